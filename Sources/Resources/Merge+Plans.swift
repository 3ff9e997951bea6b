import Schema

extension Merge {
  /// Takes out what a plan does not leave of an owner's lists.
  ///
  /// A whole list of the plan counts instead of all that is; what it removes is told by identity.
  ///
  /// - Parameters:
  ///   - lists: The lists, of which some go.
  ///   - owner: Whose lists they are.
  ///   - part: The number of the parts' type.
  /// - Returns: The parts that are no more.
  func applyPlan(
    to lists: inout [PartList], of owner: ResourceGraph.ListPlace, type part: Int
  ) -> Set<PartIdentity> {
    guard lists.contains(where: { $0.change != nil }) else { return [] }
    var gone: Set<PartIdentity> = []
    for list in lists where list.change == .removed {
      for row in list.rows { gone.insert(graph.partIdentity(type: part, row: row)) }
    }
    let isWhole = lists.contains { $0.change == .planned && !$0.isPartial }
    let kept = lists.filter { list in
      list.change == .planned || list.change != .removed && !isWhole
    }
    for list in lists where !kept.contains(where: { $0.rows == list.rows }) {
      for row in list.rows { graph.tables[part].flags[row].insert(.shadowed) }
    }
    if lists.contains(where: { $0.change == .planned || $0.change == .removed }) {
      forgetSize(of: owner)
    }
    // What the plan makes anew is there, though something like it goes.
    for list in kept where list.change == .planned {
      for row in list.rows { gone.remove(graph.partIdentity(type: part, row: row)) }
    }
    lists = kept
    return gone
  }

  /// A count of parts is that of before the plan.
  private func forgetSize(of owner: ResourceGraph.ListPlace) {
    guard let field = Schema.types[owner.type].index(of: "size") else { return }
    graph.tables[owner.type].columns[field]?.ints[owner.row] = Column.unsetInt
  }
}
