public import CEL
import Schema

/// What a plan that is laid over other records does to the ones of the same key.
public enum PlannedChange: Sendable {
  /// It makes or changes the resource.
  case planned
  /// It leaves the resource as it is.
  case unchanged
  /// It removes the resource.
  case removed
}

/// Resources of a plan of which the name, the place or the project is known once it is applied.
///
/// Such a resource has a name that nothing else has, and is equal to nothing that is named.
public enum Unapplied {
  private static let prefix = "terraform:"

  /// What stands for the name of a resource, and for references to it.
  ///
  /// - Parameter address: The resource's address in the plan.
  /// - Returns: The name.
  public static func name(of address: String) -> String { prefix + address }

  /// What stands for a zone, region or project that is not known.
  public static let place = prefix + "?"

  /// Whether a text is one of these names.
  static func isName(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    text.count > prefix.utf8.count && text.starts(with: prefix.utf8)
  }

  /// The address in a name.
  static func address(in name: String) -> String { String(name.dropFirst(prefix.count)) }

  /// What stands for the same attribute of several resources of one type:
  /// `google_compute_instance.*.network_interface.network_ip`.
  static func pattern(of attribute: String) -> String {
    var plain = ""
    var depth = 0
    for character in attribute {
      if character == "[" { depth += 1 }
      if depth == 0 { plain.append(character) }
      if character == "]" { depth = max(0, depth - 1) }
    }
    var names = plain.split(separator: ".")
    while names.count > 3, names[0] == "module" { names.removeFirst(2) }
    guard names.count > 2 else { return attribute }
    names[1] = "*"
    return names.joined(separator: ".")
  }

  /// The parts of an identity, as causes number them.
  enum Part: Int {
    case name, zone, region, project
  }
}

extension ResourceGraph {
  /// What Terraform calls a record, or the resource that a part belongs to; nil for what came from
  /// elsewhere.
  ///
  /// O(1).
  public func terraformAddress(of record: Value) -> String? {
    let reference = record.recordID.flatMap { ReferenceID($0) }
    var place = reference.map { ($0.type, $0.row) } ?? place(of: record)
    while let (type, row) = place {
      if let symbol = tables[type].notes[Table.noteKey(row: row)] {
        return symbols.text(of: symbol)
      }
      guard isPart[type] else { return nil }
      place = (Int(tables[type].ownerTypes[row]), Int(tables[type].owners[row]))
    }
    return nil
  }

  /// The attribute whose value is a field's once a plan is applied; nil for other fields.
  func unappliedAttribute(type: Int, field: Int, row: Int) -> String? {
    tables[type].notes[Table.noteKey(row: row, field: field)].map { symbols.text(of: $0) }
  }

  /// Whether a record's field is known only once a plan is applied.
  func isUnapplied(_ field: String, type: Int, row: Int) -> Bool {
    if tables[type].notes.isEmpty { return false }
    return Schema.types[type].index(of: field).map {
      tables[type].notes[Table.noteKey(row: row, field: $0)] != nil
    } ?? false
  }

  /// The rows whose field is known only once a plan is applied.
  func unappliedRows(type: Int, field: Int) -> Set<Int> {
    let mark = Table.noteKey(row: 0, field: field)
    return Set(
      tables[type].notes.keys.lazy.filter { $0 >> 48 == mark >> 48 }.map { Int($0 & 0xFFFF_FFFF) })
  }

  /// Notes which keys are of resources whose identity is not known.
  func finishUnapplied() {
    if unapplied.isEmpty { return }
    indices.isUnapplied = [Bool](repeating: false, count: keys.count)
    for key in unapplied.values { indices.isUnapplied[Int(key)] = true }
  }

  /// Why a part of a key cannot be told; nil where it can.
  func unappliedCause(_ part: Unapplied.Part, _ key: KeyID) -> Cause? {
    guard Int(key) < indices.isUnapplied.count, indices.isUnapplied[Int(key)] else { return nil }
    let scope = keys.scope(of: key)
    let isKnown =
      switch part {
      case .name: false
      case .zone: scope.kind != .zonal || scope.location != unappliedPlace
      case .region: scope.location != unappliedPlace
      case .project: scope.project != unappliedPlace
      }
    return isKnown ? nil : Missing.cause(.unapplied, field: part.rawValue, subject: key)
  }

  /// What such a cause means.
  func missingIdentity(part: Int, key: KeyID) -> MissingThing {
    let name = symbols.text(of: keys.keys[Int(key)].name)
    let attribute = Unapplied.Part(rawValue: part) ?? .name
    let path = "\(Unapplied.address(in: name)).\(attribute)"
    return MissingThing(path: path, foldedPath: path, reason: Self.unappliedReason)
  }

  static let unappliedReason = "known only once the plan is applied"
}
