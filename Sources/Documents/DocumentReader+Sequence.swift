extension DocumentReader {
  /// Reads an input of any number of values, one after the other, and gives each to a closure.
  ///
  /// As long as values stand one per line (newline-delimited JSON), a broken line is a problem and
  /// reading goes on at the next line. Otherwise reading stops at the first problem, whose message
  /// says how many values were read. A document of XML is one value. Memory is bounded by the
  /// largest value.
  ///
  /// - Parameters:
  ///   - source: The input.
  ///   - body: Gets each value, valid during the call.
  /// - Returns: The problems in the order of their offsets; empty when all was read.
  /// - Throws: What the closure throws, which ends the reading.
  public func readSequence<E: Error>(
    _ source: Source, _ body: (Node) throws(E) -> Void
  ) throws(E) -> [ReadingProblem] {
    try readParts(source, tapeLimit: .max, arrayLimit: .max) { (part) throws(E) in
      if case .value(let node) = part { try body(node) }
    }
  }

  /// Reads an input as `readSequence` does, but gives values that are too large in parts.
  ///
  /// So memory stays bounded for a single array or list response of any size, too. A value in
  /// parts is an array, element by element, or an object, member by member, where the elements of
  /// a member that is an array come one by one.
  ///
  /// - Parameters:
  ///   - source: The input.
  ///   - tapeLimit: The bytes of tape, about half of those of the input, that one value may take
  ///     before it is given in parts.
  ///   - arrayLimit: The same for arrays, of which nothing is read twice for that: a tape that is
  ///     small stays in the processor's cache.
  ///   - wants: Says of the bytes of an element, of an array that is read in parts, whether it is
  ///     to be read: what is not wanted is passed over, whether it is JSON or not. Nil where all
  ///     elements are wanted.
  ///   - body: Gets each part, valid during the call.
  /// - Returns: The problems in the order of their offsets; empty when all was read.
  /// - Throws: What the closure throws, which ends the reading.
  public func readParts<E: Error>(
    _ source: Source, tapeLimit: Int = 32 << 20, arrayLimit: Int = 128 << 10,
    wants: ((Range<Int>) -> Bool)? = nil, _ body: (Part) throws(E) -> Void
  ) throws(E) -> [ReadingProblem] {
    json.duplicates.removeAll()
    landmarks = Landmarks()
    let root: Node?
    var run = SequenceState()
    do throws(ReadingProblem) {
      root = isXML(source) ? try readXML(source).root : nil
      if root == nil { run.offset = try begin(source) }
    } catch {
      return [error]
    }
    if let root {
      try body(.value(root))
      return []
    }
    defer {
      let isOneValue = run.values == 1 && run.problems.isEmpty && run.offset >= source.count
      if !isOneValue { landmarks.dropElements() }
    }
    while run.offset < source.count {
      let start = run.offset
      let end: Int
      let repeated = json.duplicates.count
      let isArray = source.base[start] == UInt8(ascii: "[")
      let limit = isArray ? min(tapeLimit, arrayLimit) : tapeLimit
      do throws(ReadingProblem) {
        end = try json.parse(at: start, tapeLimit: max(64, limit / 8))
      } catch {
        if !(isArray && json.isOverLimit) { json.duplicates.forget(after: repeated) }
        if json.isOverLimit {
          switch try readLargeValue(source, start, wants: wants, body) {
          case .success(let end): run.pass(source, start, end)
          case .failure(let problem): return run.problems + [run.stopping(problem)]
          }
          run.offset = skipBlanks(source, run.offset)
        } else if !resume(source, &run, after: error) {
          return run.problems
        }
        continue
      }
      run.pass(source, start, end)
      run.offset = skipBlanks(source, end)
      landmarks.pass(source, upTo: end)
      if isArray, run.values == 1 {
        for element in tree.root().elements { landmarks.passElement(at: element.offset) }
      }
      try body(.value(tree.root()))
      run.released = source.release(from: run.released, upTo: run.offset)
    }
    return run.problems
  }

  /// Goes on at the next line after a broken one if values stand one per line.
  ///
  /// - Returns: False when reading must stop; the problem is noted in both cases.
  private func resume(
    _ source: Source, _ run: inout SequenceState, after problem: ReadingProblem
  ) -> Bool {
    let start = run.offset
    let lineEnd = source.endOfLine(from: start)
    let next = skipBlanks(source, lineEnd)
    guard run.values > 0 ? run.isOnePerLine : isLineOfOneValue(source, at: next) else {
      run.problems.append(run.stopping(problem))
      return false
    }
    var problem = problem
    if let offset = problem.offset, offset > lineEnd {
      problem = ReadingProblem(
        offset: lineEnd,
        message: "the line ends inside the value that begins at byte \(start); "
          + "it is left out: export it again")
    }
    run.problems.append(problem)
    if run.problems.count >= limits.brokenLines {
      run.problems.append(
        ReadingProblem(
          offset: next,
          message: "\(limits.brokenLines) broken lines, and the rest is not read; "
            + "raise the limit with --max-broken-lines"))
      return false
    }
    run.offset = next
    return true
  }

  /// Whether a line is a complete value and nothing else.
  private func isLineOfOneValue(_ source: Source, at start: Int) -> Bool {
    guard start < source.count else { return false }
    let repeated = json.duplicates.count
    defer { json.duplicates.forget(after: repeated) }
    do throws(ReadingProblem) {
      let end = try json.parse(at: start)
      let lineEnd = source.endOfLine(from: start)
      return end <= lineEnd && skipBlanks(source, end) >= lineEnd
    } catch {
      return false
    }
  }
}

/// How far a sequence of values was read.
private struct SequenceState {
  var offset = 0
  var values = 0
  /// Whether every value so far began on a line of its own and ended on it.
  var isOnePerLine = true
  var problems: [ReadingProblem] = []
  var released = 0
  private var lastEnd = 0

  /// Notes that a value was read.
  mutating func pass(_ source: Source, _ start: Int, _ end: Int) {
    if isOnePerLine {
      let isOnNewLine = values == 0 || source.endOfLine(from: lastEnd) < start
      isOnePerLine = isOnNewLine && source.endOfLine(from: start) >= end
    }
    values += 1
    lastEnd = end
    offset = end
  }

  /// A problem that ends the reading.
  func stopping(_ problem: ReadingProblem) -> ReadingProblem {
    guard values > 0 else { return problem }
    let count = values == 1 ? "1 value was" : "\(values) values were"
    return ReadingProblem(
      offset: problem.offset,
      message: "\(problem.message) (\(count) read before it, nothing after it)")
  }
}
