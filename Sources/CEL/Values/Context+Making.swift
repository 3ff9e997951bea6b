extension Context {
  /// A string value; copied into the arena.
  public func string(_ text: String) -> Value {
    var text = text
    return text.withUTF8 { string(utf8: $0) }
  }

  /// A string value of valid UTF-8; copied into the arena.
  public func string(utf8: UnsafeBufferPointer<UInt8>) -> Value {
    let start = octets.count
    octets.append(contentsOf: utf8)
    return textValue(.text, from: start)
  }

  /// The decimal digits of a number, as a string.
  func decimal(_ number: Int64) -> Value {
    octets.reserve(20)
    let start = octets.count
    var rest = number.magnitude
    repeat {
      octets.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10))
      rest /= 10
    } while rest > 0
    if number < 0 { octets.append(UInt8(ascii: "-")) }
    var digits = UnsafeMutableBufferPointer(
      start: octets.base + start, count: octets.count - start)
    digits.reverse()
    return textValue(.text, from: start)
  }

  /// A value of octets; copied into the arena.
  public func bytes(_ octets: [UInt8]) -> Value {
    octets.withUnsafeBufferPointer { buffer in
      let start = self.octets.count
      self.octets.append(contentsOf: buffer)
      return textValue(.bytes, from: start)
    }
  }

  /// The value of the octets that were appended to the arena from `start` on.
  func textValue(_ tag: Value.Tag, from start: Int) -> Value {
    let length = octets.count - start
    guard octets.count <= Int(UInt32.max) else { return .error(.tooLarge) }
    return Value(tag, small: UInt32(length), bits: UInt64(start))
  }

  /// A list of values, possibly open.
  ///
  /// - Parameters:
  ///   - elements: The known elements; unknown values are allowed among them.
  ///   - openBecause: Why the list may have more elements; nil for a complete one.
  /// - Returns: The list.
  public func list(_ elements: [Value], openBecause: CauseSetID? = nil) -> Value {
    let start = values.count
    elements.withUnsafeBufferPointer { values.append(contentsOf: $0) }
    return listValue(at: start, count: elements.count).opened(openBecause?.rawValue ?? 0)
  }

  /// Begins a list whose elements are given one by one: nothing else may make values until
  /// `endList`.
  ///
  /// - Returns: What `endList` takes.
  public func beginList() -> Int { values.count }

  /// Gives the list that was begun its next element.
  public func appendElement(_ element: Value) { values.append(element) }

  /// Ends the list that was begun.
  ///
  /// - Parameter start: What `beginList` gave.
  /// - Returns: The list, which is complete.
  public func endList(_ start: Int) -> Value {
    listValue(at: start, count: values.count - start)
  }

  /// A list without known elements, possibly open.
  public func emptyList(openBecause: CauseSetID? = nil) -> Value {
    Value(.list, bits: 0).opened(openBecause?.rawValue ?? 0)
  }

  /// A list of records with consecutive numbers, possibly open.
  ///
  /// - Parameters:
  ///   - type: The host's index of the records' type.
  ///   - start: The first record's number.
  ///   - count: How many records.
  ///   - openBecause: Why the list may have more elements; nil for a complete one.
  /// - Returns: The list.
  public func records(
    type: UInt16, start: UInt32, count: UInt32, openBecause: CauseSetID? = nil
  ) -> Value {
    Value.records(type: type, start: start, count: count).opened(openBecause?.rawValue ?? 0)
  }

  /// The list of values that lie in the arena.
  func listValue(at start: Int, count: Int) -> Value {
    guard start + count <= Int(UInt32.max) else { return .error(.tooLarge) }
    return Value(.list, small: UInt32(count), bits: UInt64(start))
  }

  /// Makes room for values that are stored one by one; they are null until then.
  func reserveValues(_ count: Int) -> Int {
    let start = values.count
    values.reserve(count)
    for _ in 0..<count { values.append(.null) }
    return start
  }

  /// A map, possibly open; an error value for repeated or unsupported keys.
  ///
  /// - Parameters:
  ///   - entries: Keys (bool, int, uint, string) and
  ///     their values; unknown values are allowed.
  ///   - openBecause: Why the map may have more entries; nil for a complete one.
  /// - Returns: The map.
  public func map(_ entries: [(Value, Value)], openBecause: CauseSetID? = nil) -> Value {
    let start = values.count
    for (key, value) in entries {
      values.append(key)
      values.append(value)
    }
    return mapValue(at: start, count: entries.count).opened(openBecause?.rawValue ?? 0)
  }

  /// The map of keys and values that lie in turn in the arena.
  ///
  /// Errors and unknowns among the keys are the result; linear for up to 16 entries, hashed above.
  func mapValue(at start: Int, count: Int) -> Value {
    guard start + 2 * count <= Int(UInt32.max) else { return .error(.tooLarge) }
    var seen = Set<HashedKey>()
    for index in 0..<count {
      let key = values[start + 2 * index]
      switch key.tag {
      case .bool, .int, .uint, .symbol, .text: break
      case .unknown, .error: return key
      default: return .error(.unsupportedKeyType)
      }
      if count > 16 {
        if !seen.insert(HashedKey(value: key, context: self)).inserted {
          return .error(.repeatedKey)
        }
      } else {
        for earlier in 0..<index where sameKey(values[start + 2 * earlier], key) {
          return .error(.repeatedKey)
        }
      }
    }
    return Value(.map, small: UInt32(count), bits: UInt64(start))
  }

  /// The timestamp that a text of RFC 3339 stands for; an error value for any other text.
  public func timestamp(_ text: String) -> Value { Conversions.timestamp(self, string(text)) }

  /// The duration that a text such as `1h30m` stands for; an error value for any other text.
  public func duration(_ text: String) -> Value { Conversions.duration(self, string(text)) }

  /// The optional that holds a value.
  public func optional(of value: Value) -> Value {
    if !value.isKnown { return value }
    values.append(value)
    return Value(.optional, small: 1, bits: UInt64(values.count - 1))
  }

  /// What an optional holds; nil when it is empty or the value is no optional.
  public func unwrapped(_ value: Value) -> Value? {
    value.tag == .optional && value.isSome ? values[value.offset] : nil
  }
}

/// A map key under CEL's equality, where `1`, `1u` and `1.0` are one key.
struct HashedKey: Hashable {
  let value: Value
  let context: Context

  static func == (left: HashedKey, right: HashedKey) -> Bool {
    left.context.sameKey(left.value, right.value)
  }

  func hash(into hasher: inout Hasher) { context.hash(value, into: &hasher) }
}
