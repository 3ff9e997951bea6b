/// One field of a resource type or part type: its name in the Compute API or, if derived, ours.
public struct Field: Sendable {
  /// What a field holds.
  public enum Kind: Hashable, Sendable {
    /// Text without a structure that rules need.
    case string
    /// Text out of a closed list, in the API's spelling.
    case enumeration([String])
    /// The text of an IPv4 or IPv6 address.
    case ipAddress
    /// The text of an IPv4 or IPv6 range, `ADDRESS/LENGTH`.
    case ipRange
    /// A parsed IP address (CEL's net.IP); derived fields only.
    case parsedAddress
    /// A parsed range (CEL's net.CIDR); derived fields only.
    case parsedRange
    /// A whole number of at most 64 bits.
    case int
    /// A port number, read like `int`; the importer checks that it is one.
    case port
    /// Text of a port or a range of them, `80` or `8000-8010`; the importer checks that it is one.
    case portRange
    /// A floating point number.
    case double
    /// True or false.
    case bool
    /// A reference to a resource in one of the collections; none means any collection.
    case reference([String])
    /// One part (a nested object with a type of its own).
    case part(String)
    /// An object whose fields no rule reads: only whether it is set counts.
    case object
    /// A list of values of a kind.
    indirect case list(Kind)
  }

  /// What reading the field gives where it is not set (`has` is false).
  public enum Absence: Hashable, Sendable {
    /// The API's documented default.
    case text(String)
    /// The API's documented default, a number.
    case number(Double)
    /// The kind's zero: empty list, 0, false, empty text, a reference equal to nothing.
    case zero
    /// Nobody can know: the value is unknown, with the cause "the export lacks this field"; a list
    /// is open, since it may have been left out or be loaded from elsewhere.
    case unknown
  }

  /// The field's name, as in the Compute v1 API or, if derived, as rules write it.
  public let name: String
  /// What the field holds.
  public let kind: Kind
  /// What reading gives where the field is not set.
  public let absence: Absence
  /// Whether 0 means "not set" (Go clients and asset inventories drop zeros, others write them).
  public let zeroIsUnset: Bool
  /// Whether the field is computed from others rather than read from the export.
  public let isDerived: Bool
  /// The API's method that lists the parts, for lists that a resource itself does not hold.
  public let listMethod: String?
  /// One sentence for `neglint schema`.
  public let summary: String

  init(
    _ name: String, _ kind: Kind, absence: Absence = .zero, zeroIsUnset: Bool = false,
    isDerived: Bool = false, listMethod: String? = nil, _ summary: String
  ) {
    self.name = name
    self.kind = kind
    self.absence = absence
    self.zeroIsUnset = zeroIsUnset
    self.isDerived = isDerived
    self.listMethod = listMethod
    self.summary = summary
  }
}

extension Field.Kind {
  /// The part type's name where the field holds one part or a list of parts.
  public var partType: String? {
    switch self {
    case .part(let name): name
    case .list(let element): element.partType
    default: nil
    }
  }

  /// The collections that a reference, or each of a list of references, may point into.
  public var referenceCollections: [String]? {
    switch self {
    case .reference(let collections): collections
    case .list(let element): element.referenceCollections
    default: nil
    }
  }

  /// Whether the field holds a list.
  public var isList: Bool {
    if case .list = self { true } else { false }
  }
}
