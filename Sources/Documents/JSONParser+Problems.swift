// What the parser says of bytes that are not JSON.
extension JSONParser {
  private func problem(_ offset: Int, _ message: String) -> ReadingProblem {
    ReadingProblem(offset: offset, message: message)
  }

  /// The problem of an input that ends too early, if `offset` is its end.
  private func truncated(_ offset: Int, _ inside: String) -> ReadingProblem? {
    guard offset >= tree.source.count else { return nil }
    return problem(
      tree.source.count, "the input ends inside \(inside): it is cut short; export it again")
  }

  /// The character at an offset as messages show it.
  private func shown(_ offset: Int) -> String {
    let start = tree.source.base + offset
    let byte = start.pointee
    if byte < 0x20 || byte == 0x7F {
      let digits = String(byte, radix: 16)
      return "the control character 0x" + (digits.count < 2 ? "0" : "") + digits
    }
    let length = JSONParser.scalarLength(start)
    guard length > 0, offset + length <= tree.source.count else {
      return "a byte that is not UTF-8"
    }
    let text = String(
      decoding: UnsafeBufferPointer(start: start, count: length), as: UTF8.self)
    return "'\(text)'"
  }

  @inline(never)
  func tooDeep(at offset: Int) -> ReadingProblem {
    problem(
      offset,
      "more than \(limits.depth) arrays and objects in each other; "
        + "if the input is meant to be so deep, raise the limit with --max-depth")
  }

  @inline(never)
  func noValue(at offset: Int) -> ReadingProblem {
    if let problem = truncated(offset, "a value") { return problem }
    let rest = UnsafeBufferPointer(
      start: tree.source.base + offset, count: min(9, tree.source.count - offset))
    func starts(_ word: StaticString) -> Bool {
      rest.count >= word.utf8CodeUnitCount
        && isEqual(UnsafeBufferPointer(rebasing: rest[..<word.utf8CodeUnitCount]), word)
    }
    if starts("NaN") || starts("Infinity") || starts("nan") || starts("inf") {
      return problem(offset, "NaN and Infinity are not JSON; write null or a number")
    }
    if starts("True") || starts("False") || starts("None") {
      return problem(
        offset, "this is Python's notation, not JSON; write true, false or null (json.dumps)")
    }
    if starts("'") { return problem(offset, "JSON strings stand in double quotes; replace '") }
    if starts("//") || starts("/*") || starts("#") {
      return problem(offset, "JSON has no comments; remove this one")
    }
    if starts("]") || starts("}") || starts(",") {
      return problem(
        offset,
        "expected a value, found \(shown(offset)); remove the comma before it or add a value")
    }
    return problem(offset, "expected a value, found \(shown(offset)); write a JSON value here")
  }

  @inline(never)
  func noName(at offset: Int) -> ReadingProblem {
    if let problem = truncated(offset, "an object") { return problem }
    if tree.source.base[offset] == UInt8(ascii: "}") {
      return problem(offset, "expected a name, found '}'; remove the comma before it")
    }
    return problem(
      offset, "expected a name in double quotes, found \(shown(offset)); quote the name")
  }

  @inline(never)
  func noColon(at offset: Int) -> ReadingProblem {
    truncated(offset, "an object")
      ?? problem(offset, "expected ':' after a name, found \(shown(offset)); add the colon")
  }

  @inline(never)
  func noEndOfValue(at offset: Int, _ isObject: Bool, opened: Int) -> ReadingProblem {
    let what = isObject ? "object" : "array"
    if let problem = truncated(offset, "the \(what) that opens at byte \(opened)") {
      return problem
    }
    let closing = isObject ? "}" : "]"
    return problem(
      offset,
      "expected ',' or '\(closing)' in the \(what) that opens at byte \(opened), "
        + "found \(shown(offset)); add a comma or close the \(what)")
  }

  @inline(never)
  func leadingZero(at offset: Int) -> ReadingProblem {
    problem(offset, "a JSON number has no leading zeros; remove them or quote the value")
  }

  @inline(never)
  func noDigit(at offset: Int, after what: String) -> ReadingProblem {
    truncated(offset, "a number")
      ?? problem(
        offset, "expected a digit after \(what), found \(shown(offset)); complete the number")
  }

  @inline(never)
  func controlCharacter(at offset: Int, _ opening: Int) -> ReadingProblem {
    truncated(offset, "the string that opens at byte \(opening)")
      ?? problem(
        offset,
        "\(shown(offset)) stands in the string that opens at byte \(opening); "
          + "close the string before it or write it as an escape")
  }

  @inline(never)
  func badEscape(at offset: Int, _ opening: Int) -> ReadingProblem {
    // The escape may be cut anywhere in its six bytes.
    if offset + 6 > tree.source.count,
      !(offset..<tree.source.count).contains(where: { tree.source.base[$0] == UInt8(ascii: "\"") })
    {
      return problem(
        tree.source.count,
        "the input ends inside the string that opens at byte \(opening): it is cut short; "
          + "export it again")
    }
    return problem(
      offset, "this backslash starts no escape of JSON; write \\\\ for a backslash itself")
  }

  @inline(never)
  func loneSurrogate(at offset: Int) -> ReadingProblem {
    problem(
      offset,
      "this \\u escape is half of a surrogate pair and stands for no character; "
        + "write both halves or another character")
  }

  @inline(never)
  func invalidUTF8(at offset: Int) -> ReadingProblem {
    problem(offset, "this byte is not part of UTF-8 text; convert the input to UTF-8")
  }
}
