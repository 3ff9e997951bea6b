import Schema

/// How the values of one field are converted.
struct FieldPlan: BitwiseCopyable {
  /// What a field's value becomes; the kinds of lists come last.
  enum Conversion: UInt8, BitwiseCopyable {
    case text, enumeration, address, range, reference, int, port, portRange, double, bool, object
    case part
    case texts, enumerations, references, portRanges, parts
  }

  /// What the field's value becomes.
  var conversion: Conversion
  // Small, since a plan is copied for each value.
  private let place: UInt16
  private var number: UInt16 = 0
  var zeroIsUnset: Bool
  /// Whether an empty list counts as loaded rather than as not set.
  var isOpenList: Bool
  /// Whether a range may be written as an address or as a prefix length alone.
  var takesShortRange: Bool
  /// Whether a range has to be written with its first address (constraints 2.3, `ip-malformed`).
  var isWholeRange: Bool
  /// Whether text has to be an address, perhaps with a length or a zone behind it, which a rule
  /// looks at: an endpoint's IPv6 address.
  var isAddressText: Bool

  /// The field's place in its type.
  var field: Int { Int(place) }

  /// The number of the part type, or the place of the enumeration's values; 0 otherwise.
  var detail: Int {
    get { Int(number) }
    set { number = UInt16(truncatingIfNeeded: newValue) }
  }

  var isList: Bool { conversion.rawValue >= Conversion.texts.rawValue }

  init(_ field: Field, at index: Int, of type: ResourceType) {
    place = UInt16(truncatingIfNeeded: index)
    conversion = Conversion(field.kind)
    zeroIsUnset = field.zeroIsUnset
    isOpenList = field.listMethod != nil
    takesShortRange = type.name == "AliasIpRange"
    isWholeRange = type.name == "Subnetwork"
    isAddressText = type.name == "NetworkEndpoint" && field.name == "ipv6Address"
  }
}

extension FieldPlan.Conversion {
  init(_ kind: Field.Kind) {
    self =
      switch kind {
      case .string, .parsedAddress, .parsedRange: .text
      case .enumeration: .enumeration
      case .ipAddress: .address
      case .ipRange: .range
      case .int: .int
      case .port: .port
      case .portRange: .portRange
      case .double: .double
      case .bool: .bool
      case .reference: .reference
      case .part: .part
      case .object: .object
      case .list(.part): .parts
      case .list(.reference): .references
      case .list(.enumeration): .enumerations
      case .list(.portRange): .portRanges
      case .list: .texts
      }
  }
}

extension Field.Kind {
  /// The values of an enumeration or of a list of them.
  var enumerationValues: [String]? {
    switch self {
    case .enumeration(let values): values
    case .list(let element): element.enumerationValues
    default: nil
    }
  }
}
