/// Finds where the characters of a plain or quoted YAML scalar stand in its file.
///
/// Escapes and folded lines make the text differ from what is written; each difference starts a
/// new run. The walk stops where it cannot follow, and the rest keeps the last run's line.
struct ScalarRuns {
  private let source: [Unicode.Scalar]
  private let text: [Unicode.Scalar]
  private let quote: Unicode.Scalar?
  private var line: Int
  private var column: Int
  private var position = 0
  private var read = 0
  private var offset = 0
  private var runs: [RuleScalar.Run] = []

  /// The runs after the first of a scalar.
  ///
  /// - Parameters:
  ///   - text: The scalar's text.
  ///   - style: How it was written.
  ///   - mark: Where it starts in the file.
  ///   - lines: The file's lines.
  /// - Returns: The runs after the first, in order.
  static func runs(
    of text: String, style: RuleScalar.Style, at mark: RuleMark, in lines: [String]
  ) -> [RuleScalar.Run] {
    guard lines.indices.contains(mark.line - 1) else { return [] }
    let written = lines[(mark.line - 1)...].prefix(text.utf8.count + 2)
    let first = written.first.map { Array($0.unicodeScalars) } ?? []
    let quote = style == .quoted && mark.column <= first.count ? first[mark.column - 1] : nil
    let fits = first.dropFirst(mark.column - 1 + (quote == nil ? 0 : 1))
      .starts(with: text.unicodeScalars)
    if fits, !text.unicodeScalars.contains("\\"), !text.unicodeScalars.contains("\n") { return [] }
    var walk = ScalarRuns(
      source: Array(written.joined(separator: "\n").unicodeScalars),
      text: Array(text.unicodeScalars), quote: quote, line: mark.line, column: 1)
    walk.advance(mark.column - 1 + (quote == nil ? 0 : 1))
    walk.follow()
    return walk.runs
  }

  private init(
    source: [Unicode.Scalar], text: [Unicode.Scalar], quote: Unicode.Scalar?, line: Int,
    column: Int
  ) {
    self.source = source
    self.text = text
    self.quote = quote
    self.line = line
    self.column = column
  }

  private mutating func advance(_ count: Int) {
    for _ in 0..<count where position < source.count {
      if source[position] == "\n" {
        line += 1
        column = 1
      } else {
        column += 1
      }
      position += 1
    }
  }

  private mutating func emit(_ count: Int) {
    for _ in 0..<count where read < text.count {
      offset += UTF8.width(text[read])
      read += 1
    }
  }

  private mutating func startRun() {
    runs.append(RuleScalar.Run(offset: offset, mark: RuleMark(line: line, column: column)))
  }

  private mutating func follow() {
    while read < text.count, position < source.count {
      if let width = foldWidth {
        let breaks = source[position..<(position + width)].filter { $0 == "\n" }.count
        advance(width)
        emit(max(1, breaks - 1))
        startRun()
      } else if quote == "'", source[position] == "'" {
        advance(2)
        emit(1)
        startRun()
      } else if quote == "\"", source[position] == "\\" {
        let isLineJoin = position + 1 < source.count && source[position + 1] == "\n"
        advance(isLineJoin ? 2 : escapeWidth)
        if isLineJoin { skipBlanks() } else { emit(1) }
        startRun()
      } else if source[position] == text[read] {
        advance(1)
        emit(1)
      } else {
        return
      }
    }
  }

  private mutating func skipBlanks() {
    while position < source.count, source[position] == " " || source[position] == "\t" {
      advance(1)
    }
  }

  /// How much is written for one line fold that starts here; nil where none does.
  private var foldWidth: Int? {
    var end = position
    var hasBreak = false
    while end < source.count, source[end] == " " || source[end] == "\t" || source[end] == "\n" {
      if source[end] == "\n" { hasBreak = true }
      end += 1
    }
    return hasBreak ? end - position : nil
  }

  private var escapeWidth: Int {
    guard position + 1 < source.count else { return 1 }
    return switch source[position + 1] {
    case "x": 4
    case "u": 6
    case "U": 10
    default: 2
    }
  }
}
