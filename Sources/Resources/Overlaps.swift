/// Intervals that have something in common.
enum Overlaps {
  /// An interval, both ends included, and the rank of whatever it is of.
  struct Interval: Sendable {
    var start: UInt32
    var end: UInt32
    var rank: Int
  }

  /// For each rank with an interval that meets one of a lower rank, or another one of its own, a
  /// rank that it meets: of those met while going through the intervals, the lowest.
  ///
  /// Of intervals that all hold one point, each but that of the lowest rank is in the result.
  /// O(n log n) but for moving the intervals that are open at one point.
  static func first(_ intervals: [Interval]) -> [Int: Int] {
    var found: [Int: Int] = [:]
    func note(_ rank: Int, _ other: Int) { found[rank] = min(found[rank] ?? other, other) }
    // The lowest rank last. Of those that are open, all others have been noted.
    var open: [Interval] = []
    var ends: [Int: UInt32] = [:]
    for interval in intervals.sorted(by: { ($0.start, $0.rank) < ($1.start, $1.rank) }) {
      while let lowest = open.last, lowest.end < interval.start { open.removeLast() }
      if let lowest = open.last {
        if lowest.rank < interval.rank { note(interval.rank, lowest.rank) }
        if lowest.rank > interval.rank { note(lowest.rank, interval.rank) }
      }
      if let end = ends[interval.rank], end >= interval.start { note(interval.rank, interval.rank) }
      ends[interval.rank] = max(ends[interval.rank] ?? 0, interval.end)
      var low = 0
      var high = open.count
      while low < high {
        let middle = (low + high) / 2
        if open[middle].rank > interval.rank { low = middle + 1 } else { high = middle }
      }
      open.insert(interval, at: low)
    }
    return found
  }
}
