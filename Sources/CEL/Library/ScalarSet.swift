/// A set of Unicode code points: sorted ranges that neither overlap nor touch.
struct ScalarSet: Hashable, Sendable {
  /// A range of code points, both ends included.
  struct Span: Hashable, Sendable {
    var first: UInt32
    var last: UInt32
  }

  private(set) var spans: [Span] = []

  static let maximum: UInt32 = 0x10ffff
  static let all = ScalarSet(0...maximum)
  static let newline = ScalarSet(0x0a...0x0a)
  /// What `\w` and `\b` mean by a word: ASCII letters, digits and the low line.
  static let word = ScalarSet(ascii: "09AZ__az")

  init() {}

  init(_ range: ClosedRange<UInt32>) {
    spans = [Span(first: range.lowerBound, last: range.upperBound)]
  }

  /// The ranges whose ends stand in pairs in `pairs`, in ascending order.
  init(ascii pairs: StaticString) {
    pairs.withUTF8Buffer { bytes in
      var index = 0
      while index + 1 < bytes.count {
        spans.append(Span(first: UInt32(bytes[index]), last: UInt32(bytes[index + 1])))
        index += 2
      }
    }
  }

  init(unsorted spans: [Span]) {
    self.spans = spans
    normalize()
  }

  var isEmpty: Bool { spans.isEmpty }

  /// The only member, if there is just one.
  var single: UInt32? {
    guard spans.count == 1, spans[0].first == spans[0].last else { return nil }
    return spans[0].first
  }

  func contains(_ scalar: UInt32) -> Bool {
    var low = 0
    var high = spans.count
    while low < high {
      let middle = (low + high) / 2
      if spans[middle].last < scalar { low = middle + 1 } else { high = middle }
    }
    return low < spans.count && spans[low].first <= scalar
  }

  mutating func insert(_ range: ClosedRange<UInt32>) {
    spans.append(Span(first: range.lowerBound, last: range.upperBound))
    if spans.count > 1, spans[spans.count - 2].last >= range.lowerBound &- 1 { normalize() }
  }

  mutating func formUnion(_ other: ScalarSet) {
    spans += other.spans
    normalize()
  }

  /// All code points that are not in this set.
  var inverted: ScalarSet {
    var result = ScalarSet()
    var next: UInt32 = 0
    for span in spans {
      if span.first > next { result.spans.append(Span(first: next, last: span.first - 1)) }
      next = span.last + 1
    }
    if next <= Self.maximum { result.spans.append(Span(first: next, last: Self.maximum)) }
    return result
  }

  private mutating func normalize() {
    spans.sort { $0.first < $1.first }
    var merged: [Span] = []
    for span in spans {
      if let last = merged.last, span.first <= last.last + 1 {
        merged[merged.count - 1].last = max(last.last, span.last)
      } else {
        merged.append(span)
      }
    }
    spans = merged
  }
}
