import Documents

/// The blocks of one name in the code of a resource, beside those of its values.
///
/// Values of a set stand in another order than the code, so that blocks are told by what is known
/// of both.
struct TerraformBlocks {
  private let expressions: [Node]
  private let values: [Node]

  /// Pairs blocks.
  ///
  /// - Parameters:
  ///   - expressions: The blocks of the code, an array.
  ///   - values: The blocks of the values.
  init(_ expressions: Node, _ values: Node?) {
    self.expressions = Array(expressions.elements)
    self.values = values.map { Array($0.elements) } ?? []
  }

  /// The code of the block at a place among the values; nil where it may be another one.
  func expression(of index: Int) -> Node? {
    if expressions.count == 1 { return expressions.first }
    guard index < values.count, expressions.count == values.count else { return nil }
    let fitting = candidates(for: index)
    if fitting.count == 1 { return fitting.first.map { expressions[$0] } }
    // Blocks of which the code says the same stand for each other.
    guard let first = fitting.first,
      fitting.allSatisfy({ constants(of: expressions[$0]) == constants(of: expressions[first]) }),
      fitting.allSatisfy({ names(of: expressions[$0]) == names(of: expressions[first]) })
    else { return nil }
    let place = (0..<index).count { candidates(for: $0) == fitting }
    return place < fitting.count ? expressions[fitting[place]] : nil
  }

  private func candidates(for index: Int) -> [Int] {
    expressions.indices.filter { fits(expressions[$0], values[index]) }
  }

  private func fits(_ expression: Node, _ value: Node) -> Bool {
    for member in expression.members {
      guard let constant = member.value.member("constant_value"),
        let known = value.member(named: member.nameText)
      else { continue }
      if !isEqual(constant, known) { return false }
    }
    return true
  }

  private func isEqual(_ constant: Node, _ value: Node) -> Bool {
    switch (constant.kind, value.kind) {
    case (.array, _), (.object, _), (_, .array), (_, .object), (.null, _), (_, .null): true
    case (.number, .number): constant.double == value.double
    case (.bool, .bool): constant.bool == value.bool
    default: constant.text == value.text
    }
  }

  private func constants(of expression: Node) -> [String] {
    expression.members.compactMap { member in
      member.value.member("constant_value").map {
        "\(member.nameText)=\($0.bool.map(String.init) ?? $0.text)"
      }
    }
  }

  private func names(of expression: Node) -> [String] { expression.members.map(\.nameText) }
}
