/// The functions that find and replace by regular expressions, on known values.
enum Patterns {
  /// All matches from left to right that do not overlap, each with its groups.
  private static func matches(
    _ context: Context, _ text: Value, _ pattern: Value, limit: Int64
  ) -> Result<[[Range<Int>?]], Failure> {
    guard text.isString, let source = context.text(of: pattern) else {
      return .failure(Failure(value: .error(.noSuchOverload)))
    }
    let bytes = context.utf8(of: text)
    let perMatch = UInt64(bytes.count / 10 + 1) &* UInt64(source.utf8.count / 4 + 1)
    guard case .compiled(let regex) = context.pattern(source) else {
      return .failure(Failure(value: context.error("malformed regular expression")))
    }
    var found: [[Range<Int>?]] = []
    var start = 0
    while start <= bytes.count, limit < 0 || found.count < limit {
      guard context.charge(perMatch) else {
        return .failure(Failure(value: .error(.costExceeded)))
      }
      guard let groups = regex.firstMatch(in: bytes, from: start), let whole = groups.first ?? nil
      else { break }
      found.append(groups)
      start = whole.upperBound
      if whole.isEmpty {
        start += 1
        while start < bytes.count, bytes[start] & 0xC0 == 0x80 { start += 1 }
      }
    }
    return .success(found)
  }

  private struct Failure: Error {
    let value: Value
  }

  static func find(_ context: Context, _ text: Value, _ pattern: Value) -> Value {
    switch matches(context, text, pattern, limit: 1) {
    case .failure(let failure): return failure.value
    case .success(let found):
      guard let range = found.first?.first ?? nil else { return context.string("") }
      return Strings.slice(context, text, range)
    }
  }

  static func findAll(_ context: Context, _ arguments: UnsafeBufferPointer<Value>) -> Value {
    var limit: Int64 = -1
    if arguments.count == 3 {
      guard arguments[2].tag == .int else { return .error(.noSuchOverload) }
      limit = arguments[2].int64
    }
    switch matches(context, arguments[0], arguments[1], limit: limit) {
    case .failure(let failure): return failure.value
    case .success(let found):
      return context.list(
        found.compactMap { $0[0] }.map { Strings.slice(context, arguments[0], $0) })
    }
  }

  /// The first group if the pattern has one, else the whole match.
  private static func extracted(_ groups: [Range<Int>?]) -> Range<Int>? {
    groups.count > 1 ? groups[1] : groups[0]
  }

  static func extract(_ context: Context, _ text: Value, _ pattern: Value) -> Value {
    switch matches(context, text, pattern, limit: 1) {
    case .failure(let failure): return failure.value
    case .success(let found):
      if let groups = found.first, groups.count > 2 {
        return context.error("regex.extract() takes a pattern with one group at most")
      }
      guard let groups = found.first, let range = extracted(groups) else { return .none }
      return context.optional(of: Strings.slice(context, text, range))
    }
  }

  static func extractAll(_ context: Context, _ text: Value, _ pattern: Value) -> Value {
    switch matches(context, text, pattern, limit: -1) {
    case .failure(let failure): return failure.value
    case .success(let found):
      if let groups = found.first, groups.count > 2 {
        return context.error("regex.extractAll() takes a pattern with one group at most")
      }
      return context.list(
        found.compactMap(extracted).map { Strings.slice(context, text, $0) })
    }
  }

  static func replace(_ context: Context, _ arguments: UnsafeBufferPointer<Value>) -> Value {
    var limit: Int64 = -1
    if arguments.count == 4 {
      guard arguments[3].tag == .int else { return .error(.noSuchOverload) }
      limit = arguments[3].int64
    }
    guard arguments.count >= 3, arguments[2].isString else { return .error(.noSuchOverload) }
    switch matches(context, arguments[0], arguments[1], limit: limit) {
    case .failure(let failure): return failure.value
    case .success(let found):
      return replaced(context, arguments[0], found, by: Array(context.utf8(of: arguments[2])))
    }
  }

  private static func replaced(
    _ context: Context, _ text: Value, _ found: [[Range<Int>?]], by template: [UInt8]
  ) -> Value {
    let bytes = context.utf8(of: text)
    var result: [UInt8] = []
    var end = 0
    for groups in found {
      guard let whole = groups[0] else { continue }
      result.append(contentsOf: bytes[end..<whole.lowerBound])
      guard append(template, groups, bytes, to: &result) else {
        return context.error("malformed replacement: a backslash needs a group's number")
      }
      guard context.charge(UInt64(template.count / 10 + 1)), result.count < 1 << 28 else {
        return .error(.costExceeded)
      }
      end = whole.upperBound
    }
    result.append(contentsOf: bytes[end...])
    return result.withUnsafeBufferPointer { context.string(utf8: $0) }
  }

  /// Appends a template with its references to groups replaced; false when it is malformed.
  private static func append(
    _ template: [UInt8], _ groups: [Range<Int>?], _ text: Strings.Bytes, to result: inout [UInt8]
  ) -> Bool {
    var index = 0
    while index < template.count {
      guard template[index] == 0x5C else {
        result.append(template[index])
        index += 1
        continue
      }
      guard index + 1 < template.count else { return false }
      let next = template[index + 1]
      if next == 0x5C {
        result.append(next)
      } else {
        guard Lexer.isDigit(next), Int(next - 0x30) < groups.count else { return false }
        if let range = groups[Int(next - 0x30)] { result.append(contentsOf: text[range]) }
      }
      index += 2
    }
    return true
  }
}
