public import CEL

/// What stands for a cause where outcomes are summed up; equal where the folded paths are.
public struct CauseFold: Hashable, Comparable, Sendable {
  let kind: UInt8
  let type: UInt8
  let field: UInt16
  let project: UInt32
  let collection: UInt32

  /// Some order.
  public static func < (left: CauseFold, right: CauseFold) -> Bool {
    (left.thing, left.collection) < (right.thing, right.collection)
  }

  private var thing: UInt64 {
    UInt64(kind) << 56 | UInt64(type) << 48 | UInt64(field) << 32 | UInt64(project)
  }
}

extension ResourceGraph {
  /// The number of the resource that a record is, or is a part of; nil where there is none.
  ///
  /// O(1). Numbers depend on the order in which files were read; sort by `path(ofResource:)`.
  public func resourceNumber(of record: Value) -> UInt32? {
    guard let id = record.recordID else { return nil }
    if Self.isPhantom(id) { return UInt32(truncatingIfNeeded: id) }
    if let reference = ReferenceID(id) { return tables[reference.type].keys[reference.row] }
    if let type = record.recordType, type != Self.noType, isPart[Int(type)] {
      return id < UInt64(tables[Int(type)].keys.count) ? tables[Int(type)].keys[Int(id)] : nil
    }
    return id < UInt64(keys.count) ? UInt32(truncatingIfNeeded: id) : nil
  }

  /// The canonical path of a resource by its number.
  public func path(ofResource number: UInt32) -> String { path(ofKey: number) }

  /// Whether a GKE controller made the resource with this number; false where it was not loaded.
  public func isGKEManaged(resource number: UInt32) -> Bool {
    guard Int(number) < keys.count, row(ofKey: number) >= 0 else { return false }
    let type = keyTypes[Int(number)]
    return type != Self.noType
      && tables[Int(type)].flags[row(ofKey: number)].contains(.gkeManaged)
  }

  /// What stands for a cause where many are summed up: without making any text.
  ///
  /// O(1).
  public func fold(_ cause: Cause) -> CauseFold {
    let raw = cause.rawValue
    let kind = UInt8(truncatingIfNeeded: raw >> 56)
    let type = UInt8(truncatingIfNeeded: raw >> 48)
    let field = UInt16(truncatingIfNeeded: raw >> 32)
    let subject = UInt32(truncatingIfNeeded: raw)
    var key: KeyID?
    switch Missing.Kind(rawValue: kind) {
    case .resource, .nonexistent, .list, .projectNumber: key = subject
    case .field, .unreadable, .ambiguous:
      let rows = tables[Int(type)].keys
      key = Int(subject) < rows.count ? rows[Int(subject)] : nil
    case .collection:
      return CauseFold(
        kind: kind, type: type, field: field,
        project: keys.scopes[Int(subject)].project, collection: 0)
    case .undocumented, .unapplied, nil: key = nil
    }
    guard let key, Int(key) < keys.count else {
      return CauseFold(kind: kind, type: type, field: field, project: subject, collection: 0)
    }
    return CauseFold(
      kind: kind, type: type, field: field, project: keys.scope(of: key).project,
      collection: keys.keys[Int(key)].collection)
  }
}
