/// A condition on a place between two code points.
enum RegexAssertion: UInt8, Hashable, Sendable {
  case textStart
  case textEnd
  case lineStart
  case lineEnd
  case wordBoundary
  case noWordBoundary
}

/// The tree of a pattern.
indirect enum RegexNode: Sendable {
  case empty
  /// One code point of the set.
  case set(ScalarSet)
  case assertion(RegexAssertion)
  case sequence([RegexNode])
  /// The alternatives, the preferred one first.
  case choice([RegexNode])
  /// `maximum` nil is no limit; lazy repetitions prefer fewer rounds.
  case repetition(RegexNode, minimum: Int, maximum: Int?, isLazy: Bool)
  case group(RegexNode, number: Int)

  /// Whether the node can match without a code point.
  var canBeEmpty: Bool {
    switch self {
    case .empty, .assertion: true
    case .set: false
    case .sequence(let nodes): nodes.allSatisfy(\.canBeEmpty)
    case .choice(let nodes): nodes.contains(where: \.canBeEmpty)
    case .repetition(let node, let minimum, _, _): minimum == 0 || node.canBeEmpty
    case .group(let node, _): node.canBeEmpty
    }
  }

  /// Whether every match begins at the start of the text.
  var startsAtTextStart: Bool {
    switch self {
    case .assertion(let assertion): assertion == .textStart
    case .sequence(let nodes): nodes.first?.startsAtTextStart ?? false
    case .choice(let nodes): nodes.allSatisfy(\.startsAtTextStart)
    case .group(let node, _): node.startsAtTextStart
    case .empty, .set, .repetition: false
    }
  }
}
