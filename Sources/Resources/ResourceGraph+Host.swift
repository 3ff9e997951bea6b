public import CEL
import Schema

extension ResourceGraph {
  /// The number of an interned text; called while programs are linked.
  public func symbol(for text: String) -> UInt32 { symbols.intern(text) }

  /// The bytes of an interned text.
  public func utf8(of symbol: UInt32) -> UnsafeBufferPointer<UInt8> { symbols.utf8(of: symbol) }

  /// How to read a field of a record type; called while programs are linked.
  public func reader(of field: String, in recordType: String) -> FieldReader {
    if let make = extraReaders[recordType] { return make(field) }
    if recordType == Schema.anyType { return anyReader(of: field) }
    if let family = Schema.family(recordType) { return familyReader(of: field, in: family) }
    guard let type = Schema.index(of: recordType), let index = tables[type].type.index(of: field)
    else { return commonReader(of: field) }
    if let reader = derivedReader(of: field, type: type, field: index) { return reader }
    if !tables[type].type.isPart, let reader = identityReader(of: field) { return reader }
    return columnReader(type: type, field: index)
  }

  /// Reads a field of records that are not the graph's, such as dated figures.
  ///
  /// To be called before programs are linked.
  ///
  /// - Parameters:
  ///   - recordType: The record type's name in the declarations.
  ///   - make: Gives the reader of a field.
  public func setReader(
    ofRecordType recordType: String, _ make: @escaping (_ field: String) -> FieldReader
  ) {
    extraReaders[recordType] = make
  }

  /// Whether two records are one: resources by their keys, parts by their rows.
  ///
  /// Not decided are keys that differ only in a project number here and a project id there, or in
  /// a resource's number here and its name there.
  public func recordsEqual(_ left: Value, _ right: Value, _ context: Context) -> Value {
    guard let first = left.recordID, let second = right.recordID else { return .bool(false) }
    if first == UInt64(Self.noKey) || second == UInt64(Self.noKey) { return .bool(false) }
    let isPart = left.recordType.map { Int($0) < self.isPart.count && self.isPart[Int($0)] }
    if isPart == true {
      if first == second { return .bool(left.recordType == right.recordType) }
      if Self.isPhantom(first) { return context.unknown(phantomCause(first)) }
      if Self.isPhantom(second) { return context.unknown(phantomCause(second)) }
      return .bool(false)
    }
    if first == second { return .bool(true) }
    guard first < UInt64(keys.count), second < UInt64(keys.count) else { return .bool(false) }
    guard let doubt = doubt(KeyID(first), KeyID(second)) else { return .bool(false) }
    return context.unknown(Missing.cause(.projectNumber, subject: doubt))
  }

  /// The key that is written by number where two different keys may still mean one resource, as
  /// nobody knows whose number it is (constraints 4.1); nil where they are two for certain.
  func doubt(_ left: KeyID, _ right: KeyID) -> KeyID? {
    let first = keys.keys[Int(left)]
    let second = keys.keys[Int(right)]
    guard first.collection == second.collection else { return nil }
    let one = keys.scopes[Int(first.scope)]
    let other = keys.scopes[Int(second.scope)]
    guard one.kind == other.kind, one.location == other.location else { return nil }
    var numbered: KeyID?
    if one.project != other.project {
      if isOpenNumber(one.project, for: other.project) {
        numbered = left
      } else if isOpenNumber(other.project, for: one.project) {
        numbered = right
      } else {
        return nil
      }
    }
    if first.name == second.name || first.collection == indices.projectCollection {
      return numbered
    }
    if isOpenNumber(first.name, ofResource: right) { return numbered ?? left }
    return isOpenNumber(second.name, ofResource: left) ? numbered ?? right : nil
  }

  /// Whether a project number may be that of the project with an id.
  private func isOpenNumber(_ number: UInt32, for id: UInt32) -> Bool {
    isNumber(number) && !isNumber(id) && !keys.isNumberKnown(ofProject: id)
  }

  /// Whether a name is a number that may be the resource's.
  private func isOpenNumber(_ name: UInt32, ofResource key: KeyID) -> Bool {
    guard ReferenceText.isNumber(symbols.utf8(of: name)) else { return false }
    let row = row(ofKey: key)
    return row < 0 || tables[Int(keyTypes[Int(key)])].ids[row] == 0
  }

  private func isNumber(_ symbol: UInt32) -> Bool {
    let text = symbols.utf8(of: symbol)
    return !text.isEmpty && text.allSatisfy { $0 &- UInt8(ascii: "0") < 10 }
  }

  /// A record in messages: a resource's name, a part's identity.
  public func describe(_ record: Value, _ context: Context) -> String { name(of: record) }

  /// The name of a record: a resource's name, a part's locator.
  public func name(of record: Value) -> String {
    guard let type = record.recordType, let id = record.recordID else { return "" }
    if Int(type) < isPart.count, isPart[Int(type)] { return locator(of: record) ?? "" }
    guard id < UInt64(keys.count) else { return "" }
    return symbols.text(of: keys.keys[Int(id)].name)
  }

  /// The name of the type with this number; `Resource` for records of unmodelled collections.
  public func nameOfRecordType(_ index: UInt16) -> String {
    Int(index) < tables.count ? tables[Int(index)].type.name : Schema.anyType
  }
}

extension ResourceGraph {
  /// The reference that is not set: equal to nothing, and an error to follow.
  func unsetRecord(_ type: UInt16) -> Value { .record(type: type, id: UInt64(Self.noKey)) }

  /// A reference to a key.
  func reference(_ key: KeyID) -> Value { .record(type: keyTypes[Int(key)], id: UInt64(key)) }

  /// Why a resource of that key cannot be read: it was not loaded, or it does not exist.
  func missing(_ key: KeyID, _ context: Context) -> Value {
    context.unknown(missingCause(key))
  }

  func missingCause(_ key: KeyID) -> Cause {
    Missing.cause(isProvablyMissing(key) ? .nonexistent : .resource, subject: key)
  }

  /// Whether a resource that was not loaded does not exist: its collection is complete without it.
  ///
  /// A number in the name's place may mean a record that was loaded without its number.
  func isProvablyMissing(_ key: KeyID) -> Bool {
    if !removed.isEmpty, removed.contains(key) { return true }
    let type = keyTypes[Int(key)]
    let entry = keys.keys[Int(key)]
    guard type != Self.noType,
      completeTypes[Int(entry.scope)] >> Self.collectionNumbers[Int(type)] & 1 == 1
    else { return false }
    return !ReferenceText.isNumber(symbols.utf8(of: entry.name))
  }

  /// The stand-in for the parts of an owner whose list was not loaded: every field is unknown.
  func phantomPart(type: Int, ownerType: Int, field: Int, owner: KeyID) -> Value {
    .record(
      type: UInt16(truncatingIfNeeded: type),
      id: 1 << 63 | UInt64(ownerType) << 48 | UInt64(field) << 32 | UInt64(owner))
  }

  static func isPhantom(_ id: UInt64) -> Bool { id >> 63 != 0 }

  func phantomCause(_ id: UInt64) -> Cause {
    Missing.cause(
      .list, type: Int(id >> 48 & 0x7FFF), field: Int(id >> 32 & 0xFFFF),
      subject: UInt32(truncatingIfNeeded: id))
  }

  func unset(_ context: Context) -> Value {
    context.error("the reference is not set; guard it with has()")
  }
}
