/// The functions on known strings.
enum Strings {
  typealias Bytes = UnsafeBufferPointer<UInt8>

  /// Calls a function with the octets of two strings; charges for reading the first.
  private static func withTwo(
    _ context: Context, _ first: Value, _ second: Value, _ body: (Bytes, Bytes) -> Value
  ) -> Value {
    guard first.isString, second.isString else { return .error(.noSuchOverload) }
    let text = context.utf8(of: first)
    guard context.charge(UInt64(text.count / 10)) else { return .error(.costExceeded) }
    return body(text, context.utf8(of: second))
  }

  static func contains(_ context: Context, _ text: Value, _ part: Value) -> Value {
    withTwo(context, text, part) { text, part in
      let cost = UInt64(text.count / 10 + 1) &* UInt64(part.count / 10 + 1)
      guard context.charge(cost) else { return .error(.costExceeded) }
      return .bool(UTF8Text.contains(text, part))
    }
  }

  static func startsWith(_ context: Context, _ text: Value, _ part: Value) -> Value {
    withTwo(context, text, part) { .bool(UTF8Text.startsWith($0, $1)) }
  }

  static func endsWith(_ context: Context, _ text: Value, _ part: Value) -> Value {
    withTwo(context, text, part) { .bool(UTF8Text.endsWith($0, $1)) }
  }

  static func matches(_ context: Context, _ text: Value, _ pattern: Value) -> Value {
    guard text.isString, let source = context.text(of: pattern) else {
      return .error(.noSuchOverload)
    }
    return matches(context, text, context.pattern(source), patternLength: source.utf8.count)
  }

  static func matches(
    _ context: Context, _ text: Value, _ pattern: Pattern, patternLength: Int
  ) -> Value {
    guard text.isString else { return .error(.noSuchOverload) }
    let bytes = context.utf8(of: text)
    let cost = UInt64(bytes.count / 10 + 1) &* UInt64(patternLength / 4 + 1)
    guard context.charge(cost) else { return .error(.costExceeded) }
    switch pattern {
    case .compiled(let regex): return .bool(regex.matches(bytes))
    case .malformed(let message): return context.error(message)
    }
  }

  static func charAt(_ context: Context, _ text: Value, _ index: Value) -> Value {
    guard text.isString, index.tag == .int else { return .error(.noSuchOverload) }
    let bytes = context.utf8(of: text)
    guard let range = UTF8Text.charAt(index.int64, in: bytes) else {
      return .error(.indexOutOfRange)
    }
    return slice(context, text, range)
  }

  /// A part of a string, without copying where it lies in the arena.
  static func slice(_ context: Context, _ text: Value, _ range: Range<Int>) -> Value {
    if text.tag == .text {
      return Value(
        .text, small: UInt32(range.count), bits: UInt64(text.offset + range.lowerBound))
    }
    return context.string(utf8: UnsafeBufferPointer(rebasing: context.utf8(of: text)[range]))
  }

  static func substring(_ context: Context, _ arguments: UnsafeBufferPointer<Value>) -> Value {
    guard arguments.count >= 2, arguments[0].isString, arguments[1].tag == .int else {
      return .error(.noSuchOverload)
    }
    var end: Int64?
    if arguments.count == 3 {
      guard arguments[2].tag == .int else { return .error(.noSuchOverload) }
      end = arguments[2].int64
    }
    let bytes = context.utf8(of: arguments[0])
    guard context.charge(UInt64(bytes.count / 10)) else { return .error(.costExceeded) }
    guard let range = UTF8Text.substring(from: arguments[1].int64, to: end, in: bytes) else {
      return .error(.indexOutOfRange)
    }
    return slice(context, arguments[0], range)
  }

  static func indexOf(_ context: Context, _ arguments: UnsafeBufferPointer<Value>) -> Value {
    guard arguments.count >= 2 else { return .error(.noSuchOverload) }
    if arguments[0].isList { return Lists.indexOf(context, arguments) }
    if arguments.count == 3, arguments[2].tag != .int { return .error(.noSuchOverload) }
    return withTwo(context, arguments[0], arguments[1]) { text, part in
      let start = arguments.count == 3 ? arguments[2].int64 : 0
      guard let index = UTF8Text.indexOf(part, in: text, from: start) else {
        return .error(.indexOutOfRange)
      }
      return .int(index)
    }
  }

  static func lastIndexOf(_ context: Context, _ arguments: UnsafeBufferPointer<Value>) -> Value {
    guard arguments.count >= 2 else { return .error(.noSuchOverload) }
    if arguments[0].isList { return Lists.indexOf(context, arguments, fromEnd: true) }
    if arguments.count == 3, arguments[2].tag != .int { return .error(.noSuchOverload) }
    return withTwo(context, arguments[0], arguments[1]) { text, part in
      let start = arguments.count == 3 ? arguments[2].int64 : nil
      guard let index = UTF8Text.lastIndexOf(part, in: text, from: start) else {
        return .error(.indexOutOfRange)
      }
      return .int(index)
    }
  }

  static func replace(_ context: Context, _ arguments: UnsafeBufferPointer<Value>) -> Value {
    guard arguments.count >= 3, arguments.prefix(3).allSatisfy(\.isString) else {
      return .error(.noSuchOverload)
    }
    var limit: Int64 = -1
    if arguments.count == 4 {
      guard arguments[3].tag == .int else { return .error(.noSuchOverload) }
      limit = arguments[3].int64
    }
    let text = context.utf8(of: arguments[0])
    let new = context.utf8(of: arguments[2])
    // The result may have as many copies of the new text as the old text has characters.
    let worst = UInt64(text.count + 1) &* UInt64(new.count / 10 + 1)
    guard context.charge(worst / 10 + 1) else { return .error(.costExceeded) }
    let result = UTF8Text.replace(
      context.utf8(of: arguments[1]), with: new, in: text, limit: limit)
    return result.withUnsafeBufferPointer { context.string(utf8: $0) }
  }

  static func split(_ context: Context, _ arguments: UnsafeBufferPointer<Value>) -> Value {
    guard arguments.count >= 2 else { return .error(.noSuchOverload) }
    var limit: Int64 = -1
    if arguments.count == 3 {
      guard arguments[2].tag == .int else { return .error(.noSuchOverload) }
      limit = arguments[2].int64
    }
    guard arguments[0].isString, arguments[1].isString else { return .error(.noSuchOverload) }
    let text = context.utf8(of: arguments[0])
    guard context.charge(UInt64(text.count)) else { return .error(.costExceeded) }
    let ranges = UTF8Text.split(text, by: context.utf8(of: arguments[1]), limit: limit)
    return context.list(ranges.map { slice(context, arguments[0], $0) })
  }

  static func join(_ context: Context, _ arguments: UnsafeBufferPointer<Value>) -> Value {
    guard let list = arguments.first, list.isList else { return .error(.noSuchOverload) }
    if let undecided = context.undecided(in: list) { return undecided }
    var result: [UInt8] = []
    for index in 0..<Int(list.small) {
      let item = context.item(index, of: list)
      guard item.isString else { return .error(.noSuchOverload) }
      if index > 0, arguments.count == 2 {
        guard arguments[1].isString else { return .error(.noSuchOverload) }
        result.append(contentsOf: context.utf8(of: arguments[1]))
      }
      result.append(contentsOf: context.utf8(of: item))
    }
    guard context.charge(UInt64(result.count / 10 + 1)) else { return .error(.costExceeded) }
    return result.withUnsafeBufferPointer { context.string(utf8: $0) }
  }

  /// A string made of the octets of another.
  static func changed(
    _ context: Context, _ text: Value, _ change: (Bytes) -> [UInt8]
  ) -> Value {
    guard text.isString else { return .error(.noSuchOverload) }
    let bytes = context.utf8(of: text)
    guard context.charge(UInt64(bytes.count / 10 + 1)) else { return .error(.costExceeded) }
    return change(bytes).withUnsafeBufferPointer { context.string(utf8: $0) }
  }

  static func trim(_ context: Context, _ text: Value) -> Value {
    guard text.isString else { return .error(.noSuchOverload) }
    return slice(context, text, UTF8Text.trim(context.utf8(of: text)))
  }

  static func reverse(_ context: Context, _ value: Value) -> Value {
    value.isList
      ? Lists.reverse(context, value) : changed(context, value) { UTF8Text.reverse($0) }
  }
}

extension Context {
  /// A compiled pattern; each text is compiled once for the context's life, up to a bound.
  func pattern(_ text: String) -> Pattern {
    // Keyed by octets: Swift's strings are equal when they are canonically equivalent.
    let key = Array(text.utf8)
    if let known = patterns[key] { return known }
    if patterns.count >= 256 { patterns.removeAll() }
    let pattern = Pattern(text)
    patterns[key] = pattern
    return pattern
  }

  /// What keeps a function that needs all elements of a list from running: an error among the
  /// elements, else the union of the unknowns and of why the list is open.
  func undecided(in list: Value) -> Value? {
    var result: Value? = list.openBecause.map { .unknown($0) }
    if list.tag == .records { return result }
    for index in 0..<Int(list.small) {
      let item = values[list.offset + index]
      if !item.isKnown { result = result.map { strict($0, item) } ?? item }
    }
    return result
  }
}
