/// Reads RE2's syntax of regular expressions.
///
/// The syntax is that of https://github.com/google/re2/wiki/Syntax without `\C`.
struct RegexParser {
  struct Flags: OptionSet {
    var rawValue: UInt8
    static let ignoresCase = Flags(rawValue: 1)
    static let multiline = Flags(rawValue: 2)
    static let dotMatchesNewline = Flags(rawValue: 4)
    static let prefersFewer = Flags(rawValue: 8)
  }

  /// How deep groups may nest.
  static let maximumDepth = 200
  /// The product of nested counted repetitions may not be greater.
  static let maximumRepetition = 1000

  let bytes: [UInt8]
  var index = 0
  var flags: Flags = []
  /// Names of the groups, nil at 0 for the whole match.
  private(set) var groupNames: [String?] = [nil]
  private var depth = 0

  init(_ pattern: String) {
    bytes = Array(pattern.utf8)
  }

  /// The tree of the whole pattern.
  mutating func parse() throws(RegexError) -> RegexNode {
    let result = try parseChoice()
    guard index == bytes.count else { throw error("unexpected )") }
    return result.node
  }

  /// A node and the greatest product of counted repetitions nested in it.
  struct Item {
    var node: RegexNode
    var repetitions = 1
  }

  private mutating func parseChoice() throws(RegexError) -> Item {
    var alternatives = [try parseSequence()]
    while next == UInt8(ascii: "|") {
      index += 1
      alternatives.append(try parseSequence())
    }
    guard alternatives.count > 1 else { return alternatives[0] }
    let repetitions = alternatives.reduce(1) { max($0, $1.repetitions) }
    return Item(node: .choice(alternatives.map(\.node)), repetitions: repetitions)
  }

  private mutating func parseSequence() throws(RegexError) -> Item {
    var items: [Item] = []
    var afterRepetition = false
    while let byte = next, byte != UInt8(ascii: "|"), byte != UInt8(ascii: ")") {
      let start = index
      if let (minimum, maximum) = try parseQuantifier() {
        guard !afterRepetition else { throw error("bad repetition operator", at: start) }
        guard let item = items.popLast() else {
          throw error("no argument for repetition operator", at: start)
        }
        var isLazy = flags.contains(.prefersFewer)
        if next == UInt8(ascii: "?") {
          index += 1
          isLazy.toggle()
        }
        items.append(
          try repeated(item, minimum: minimum, maximum: maximum, isLazy: isLazy, at: start))
        afterRepetition = true
        continue
      }
      afterRepetition = false
      switch byte {
      case UInt8(ascii: "("):
        if let group = try parseGroup() { items.append(group) }
      case UInt8(ascii: "\\"):
        items += try parseEscapedNodes().map { Item(node: $0) }
      default:
        items.append(Item(node: try parseAtom(byte)))
      }
    }
    if items.count == 1 { return items[0] }
    let repetitions = items.reduce(1) { max($0, $1.repetitions) }
    return Item(
      node: items.isEmpty ? .empty : .sequence(items.map(\.node)), repetitions: repetitions)
  }

  private mutating func parseAtom(_ byte: UInt8) throws(RegexError) -> RegexNode {
    switch byte {
    case UInt8(ascii: "["):
      return .set(try parseClass())
    case UInt8(ascii: "."):
      index += 1
      return .set(flags.contains(.dotMatchesNewline) ? .all : ScalarSet.newline.inverted)
    case UInt8(ascii: "^"):
      index += 1
      return .assertion(flags.contains(.multiline) ? .lineStart : .textStart)
    case UInt8(ascii: "$"):
      index += 1
      return .assertion(flags.contains(.multiline) ? .lineEnd : .textEnd)
    default:
      return literal(try parseScalar())
    }
  }

  /// The node of one code point, with its other cases if they count.
  func literal(_ scalar: UInt32) -> RegexNode {
    .set(folded(ScalarSet(scalar...scalar)))
  }

  func folded(_ set: ScalarSet) -> ScalarSet {
    flags.contains(.ignoresCase) ? CaseFolding.closure(of: set) : set
  }

  private func repeated(
    _ item: Item, minimum: Int, maximum: Int?, isLazy: Bool, at start: Int
  ) throws(RegexError) -> Item {
    let count = max(maximum ?? minimum, 1)
    let repetitions = item.repetitions * count
    guard count == 1 || repetitions <= Self.maximumRepetition else {
      throw error("repetitions multiply to more than \(Self.maximumRepetition)", at: start)
    }
    let node = RegexNode.repetition(
      item.node, minimum: minimum, maximum: maximum, isLazy: isLazy)
    return Item(node: node, repetitions: repetitions)
  }

  /// A group, or nil for `(?flags)`, which sets the flags of what follows.
  private mutating func parseGroup() throws(RegexError) -> Item? {
    let start = index
    guard depth < Self.maximumDepth else { throw error("groups nest too deep") }
    index += 1
    let outerFlags = flags
    var number: Int?
    if next == UInt8(ascii: "?") {
      if let name = try parseGroupName() {
        number = groupNames.count
        groupNames.append(name)
      } else {
        guard try parseFlags(from: start) else { return nil }
      }
    } else {
      number = groupNames.count
      groupNames.append(nil)
    }
    depth += 1
    var item = try parseChoice()
    depth -= 1
    guard next == UInt8(ascii: ")") else { throw error("missing )", at: start) }
    index += 1
    flags = outerFlags
    if let number { item.node = .group(item.node, number: number) }
    return item
  }

  /// The name of `(?P<name>` or `(?<name>`; nil, with nothing read, if there is none.
  private mutating func parseGroupName() throws(RegexError) -> String? {
    var start = index + 1
    if start < bytes.count, bytes[start] == UInt8(ascii: "P") { start += 1 }
    guard start < bytes.count, bytes[start] == UInt8(ascii: "<") else { return nil }
    start += 1
    var end = start
    while end < bytes.count, ScalarSet.word.contains(UInt32(bytes[end])) { end += 1 }
    guard end > start, end < bytes.count, bytes[end] == UInt8(ascii: ">") else {
      throw error("invalid group name (or look-behind, which is not supported)", at: start)
    }
    let name = String(decoding: bytes[start..<end], as: UTF8.self)
    guard !groupNames.contains(name) else { throw error("duplicate group name", at: start) }
    index = end + 1
    return name
  }

  /// Reads `?flags:` (true) or `?flags)` (false).
  private mutating func parseFlags(from start: Int) throws(RegexError) -> Bool {
    index += 1
    var isNegated = false
    var sawFlag = false
    var result = flags
    while let byte = next {
      index += 1
      let flag: Flags
      switch byte {
      case UInt8(ascii: "i"): flag = .ignoresCase
      case UInt8(ascii: "m"): flag = .multiline
      case UInt8(ascii: "s"): flag = .dotMatchesNewline
      case UInt8(ascii: "U"): flag = .prefersFewer
      case UInt8(ascii: "-") where !isNegated:
        isNegated = true
        sawFlag = false
        continue
      case UInt8(ascii: ":") where sawFlag || !isNegated:
        flags = result
        return true
      case UInt8(ascii: ")") where sawFlag || !isNegated:
        flags = result
        return false
      default:
        throw error("invalid group (look-around is not supported)", at: start)
      }
      sawFlag = true
      if isNegated { result.remove(flag) } else { result.insert(flag) }
    }
    throw error("missing )", at: start)
  }

  var next: UInt8? { index < bytes.count ? bytes[index] : nil }

  func error(_ message: String, at offset: Int? = nil) -> RegexError {
    RegexError(offset: offset ?? index, message: message)
  }
}
