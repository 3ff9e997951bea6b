extension Context {
  /// Lets a function read the UTF-8 of a string or the octets of a bytes value.
  ///
  /// The buffer must not be used after the call, nor may the function make values before it has
  /// read the buffer. For other values it is empty.
  @inlinable public func withUTF8<Result>(
    of value: Value, _ body: (UnsafeBufferPointer<UInt8>) throws -> Result
  ) rethrows -> Result {
    try body(utf8(of: value))
  }

  /// The octets where they lie; valid until the arena grows.
  @usableFromInline func utf8(of value: Value) -> UnsafeBufferPointer<UInt8> {
    switch value.tag {
    case .symbol: host.utf8(of: UInt32(truncatingIfNeeded: value.bits))
    case .text, .bytes:
      UnsafeBufferPointer(start: octets.base + value.offset, count: Int(value.small))
    default: UnsafeBufferPointer(start: nil, count: 0)
    }
  }

  /// The text of a string; nil for another kind of value.
  public func text(of value: Value) -> String? {
    guard value.isString else { return nil }
    return String(decoding: utf8(of: value), as: UTF8.self)
  }

  /// The octets of a bytes value; nil for another kind of value.
  public func bytes(of value: Value) -> [UInt8]? {
    value.tag == .bytes ? Array(utf8(of: value)) : nil
  }

  /// How many elements or entries a list or map is known to have; nil for another kind of value.
  public func count(of value: Value) -> Int? {
    value.isList || value.tag == .map ? Int(value.small) : nil
  }

  /// An element of a list, or nil outside of it.
  ///
  /// - Complexity: Constant.
  public func element(at index: Int, of list: Value) -> Value? {
    guard list.isList, index >= 0, index < Int(list.small) else { return nil }
    return item(index, of: list)
  }

  /// An element of a list, without a check.
  @inline(__always) func item(_ index: Int, of list: Value) -> Value {
    if list.rawTag == Value.Tag.records.rawValue {
      return .record(type: list.typeIndex, id: UInt64(list.offset &+ index))
    }
    return values[list.offset &+ index]
  }

  /// The known elements of a list; nil for another kind of value.
  public func elements(of list: Value) -> [Value]? {
    guard list.isList else { return nil }
    return (0..<Int(list.small)).map { item($0, of: list) }
  }

  /// The known entries of a map, in the order in which it was made; nil for another value.
  public func entries(of map: Value) -> [(key: Value, value: Value)]? {
    guard map.tag == .map else { return nil }
    return (0..<Int(map.small)).map { (mapKey($0, of: map), mapValue($0, of: map)) }
  }

  @inline(__always) func mapKey(_ index: Int, of map: Value) -> Value {
    values[map.offset &+ 2 &* index]
  }

  @inline(__always) func mapValue(_ index: Int, of map: Value) -> Value {
    values[map.offset &+ 2 &* index &+ 1]
  }

  /// The place of a key among a map's entries, or nil.
  func find(_ key: Value, in map: Value) -> Int? {
    var place = map.offset
    for index in 0..<Int(map.small) {
      if sameKey(values[place], key) { return index }
      place &+= 2
    }
    return nil
  }

  /// Whether two known keys are equal; both may be of any type.
  @inline(__always) func sameKey(_ left: Value, _ right: Value) -> Bool {
    if left.header == right.header && left.bits == right.bits { return true }
    return sameScalar(left, right)
  }

  /// Looks a key up: its value, unknown for an absent key of an open map, else an error.
  func lookup(_ key: Value, in map: Value) -> Value {
    guard let index = find(key, in: map) else { return absent(key, from: map) }
    return mapValue(index, of: map)
  }

  private func absent(_ key: Value, from map: Value) -> Value {
    switch key.tag {
    case .unknown, .error: return key
    case .bool, .int, .uint, .double, .symbol, .text:
      if let causes = map.openBecause { return .unknown(causes) }
      return .error(.noSuchKey, detail: key.tag == .symbol ? key.bits &+ 1 : 0)
    default: return .error(.unsupportedKeyType)
    }
  }
}
