/// The classes of code points that a program cannot tell apart.
struct RegexAlphabet: Sendable {
  /// How many classes there are; the end of the text is class `count`.
  private(set) var count = 0
  /// The class of each ASCII character.
  private(set) var ascii: [UInt16] = []
  /// The class of each interval of code points.
  private var intervalClasses: [UInt16] = []
  /// Where the intervals start, 0 first.
  private var intervalStarts: [UInt32] = []
  /// Bit c of row s: set s holds the code points of class c.
  private var members: [UInt64] = []
  private var rowWidth = 0
  private(set) var newlineClass: UInt16 = 0
  /// Whether a class is one of word characters.
  private(set) var isWord: [Bool] = []

  /// Fails when the sets tell more than 65,000 classes apart.
  init(_ program: RegexProgram) throws(RegexError) {
    var sets = program.sets
    let hasWord =
      program.assertions.contains(.wordBoundary) || program.assertions.contains(.noWordBoundary)
    let hasLine = program.assertions.contains(.lineStart) || program.assertions.contains(.lineEnd)
    if hasWord { sets.append(.word) }
    if hasLine { sets.append(.newline) }
    setIntervals(sets)
    let touched = sets.map { set in set.spans.map { intervals(of: $0) } }
    try classify(touched)
    rowWidth = (count + 63) / 64
    members = [UInt64](repeating: 0, count: rowWidth * program.sets.count)
    for (row, ranges) in touched.prefix(program.sets.count).enumerated() {
      for range in ranges {
        for interval in range {
          let number = Int(intervalClasses[interval])
          members[row * rowWidth + number / 64] |= 1 << UInt64(number % 64)
        }
      }
    }
    ascii = (0..<128).map { scalarClass($0) }
    newlineClass = ascii[0x0a]
    isWord = [Bool](repeating: false, count: count)
    if hasWord {
      for byte in 0..<128 where ScalarSet.word.contains(UInt32(byte)) {
        isWord[Int(ascii[byte])] = true
      }
    }
  }

  private mutating func setIntervals(_ sets: [ScalarSet]) {
    var starts: Set<UInt32> = [0]
    for set in sets {
      for span in set.spans {
        starts.insert(span.first)
        if span.last < ScalarSet.maximum { starts.insert(span.last + 1) }
      }
    }
    intervalStarts = starts.sorted()
  }

  private func intervals(of span: ScalarSet.Span) -> Range<Int> {
    interval(of: span.first)..<interval(of: span.last) + 1
  }

  private func interval(of scalar: UInt32) -> Int {
    var low = 0
    var high = intervalStarts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if intervalStarts[middle] <= scalar { low = middle } else { high = middle }
    }
    return low
  }

  /// Gives intervals that lie in the same sets the same class.
  private mutating func classify(_ touched: [[Range<Int>]]) throws(RegexError) {
    var marks = [Int](repeating: 0, count: intervalStarts.count)
    var fresh = 1
    for ranges in touched {
      var renamed: [Int: Int] = [:]
      for range in ranges {
        for interval in range {
          let mark = marks[interval]
          if let known = renamed[mark] {
            marks[interval] = known
          } else {
            renamed[mark] = fresh
            marks[interval] = fresh
            fresh += 1
          }
        }
      }
    }
    var numbers: [Int: UInt16] = [:]
    intervalClasses.reserveCapacity(marks.count)
    for mark in marks {
      guard numbers.count < 65_000 else {
        throw RegexError(offset: 0, message: "the pattern is too large")
      }
      let number = numbers[mark] ?? UInt16(numbers.count)
      numbers[mark] = number
      intervalClasses.append(number)
    }
    count = numbers.count
  }

  /// The class of a code point.
  func scalarClass(_ scalar: UInt32) -> UInt16 { intervalClasses[interval(of: scalar)] }

  /// Whether set `row` of the program holds the code points of a class.
  @inline(__always)
  func contains(_ number: Int, inSet row: Int) -> Bool {
    members[row * rowWidth + number / 64] >> UInt64(number % 64) & 1 != 0
  }

  /// The class of the code point at byte `index`, and how many bytes it takes.
  ///
  /// A byte that starts no well-formed code point counts as U+FFFD.
  @inline(__always)
  func read(_ text: UnsafeBufferPointer<UInt8>, at index: Int) -> (number: Int, width: Int) {
    let byte = text[index]
    if byte < 0x80 { return (Int(ascii[Int(byte)]), 1) }
    let (scalar, width) = Self.decode(text, at: index)
    return (Int(scalarClass(scalar)), width)
  }

  private static func decode(
    _ text: UnsafeBufferPointer<UInt8>, at index: Int
  ) -> (scalar: UInt32, width: Int) {
    let byte = UInt32(text[index])
    let width = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2
    guard byte >= 0xc2, byte <= 0xf4, index + width <= text.count else { return (0xfffd, 1) }
    var scalar = byte & (0x7f >> UInt32(width))
    for offset in 1..<width {
      let tail = text[index + offset]
      guard tail & 0xc0 == 0x80 else { return (0xfffd, 1) }
      scalar = scalar << 6 | UInt32(tail & 0x3f)
    }
    return (scalar, width)
  }
}
