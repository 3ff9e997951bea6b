/// A value of a snapshot, independent of the input that it was read from.
public indirect enum SnapshotValue: Hashable, Sendable {
  /// Text.
  case text(String)
  /// A number in JSON's grammar, as it was written.
  case number(String)
  /// True or false.
  case bool(Bool)
  /// Values in order.
  case list([SnapshotValue])
  /// Members in order.
  case object([SnapshotMember])
}

/// A named value of a snapshot.
public struct SnapshotMember: Hashable, Sendable {
  /// The member's name.
  public var name: String
  /// Its value.
  public var value: SnapshotValue

  init(_ name: String, _ value: SnapshotValue) {
    self.name = name
    self.value = value
  }
}

extension SnapshotValue {
  /// The members of an object; none of anything else.
  var members: [SnapshotMember] { if case .object(let members) = self { members } else { [] } }

  /// The value of a member; nil where there is none.
  subscript(name: String) -> SnapshotValue? { members.first { $0.name == name }?.value }

  /// The text of a text or number.
  var text: String? {
    switch self {
    case .text(let text), .number(let text): text
    case .bool, .list, .object: nil
    }
  }
}
