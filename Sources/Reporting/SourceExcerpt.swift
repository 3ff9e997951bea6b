public import Documents

/// The text of a line around a position, cut where the line is long (minified files).
public struct SourceExcerpt: Sendable, Equatable {
  /// How many Unicode scalars an excerpt has at most.
  public static let maximumLength = 160

  /// The text before the position, from the line's start or cut.
  public var before: String
  /// The text from the position on, to the line's end or cut.
  public var after: String
  /// Whether the line's start was cut off.
  public var isCutBefore: Bool
  /// Whether the line's end was cut off.
  public var isCutAfter: Bool

  /// Makes the excerpt that a saved report holds.
  init(before: String, after: String, isCutBefore: Bool, isCutAfter: Bool) {
    self.before = before
    self.after = after
    self.isCutBefore = isCutBefore
    self.isCutAfter = isCutAfter
  }

  /// Reads the line around a position, never more than a screen line of it.
  ///
  /// O(1): looks at no more than a few hundred bytes on either side.
  ///
  /// - Parameters:
  ///   - offset: A byte offset in the source.
  ///   - source: The file.
  public init(around offset: Int, in source: Source) {
    // A scalar has at most four bytes.
    let reach = SourceExcerpt.maximumLength * 4
    let offset = max(0, min(offset, source.count))
    let head = source.withBytes(in: max(0, offset - reach)..<offset) { Array($0) }
    let tail = source.withBytes(in: offset..<min(source.count, offset + reach)) { Array($0) }
    let lineStart = head.lastIndex(where: SourceExcerpt.endsLine).map { $0 + 1 }
    let lineEnd = tail.firstIndex(where: SourceExcerpt.endsLine)
    var left = head[(lineStart ?? 0)...]
    var right = tail[..<(lineEnd ?? tail.count)]
    var cutBefore = lineStart == nil && offset > reach
    var cutAfter = lineEnd == nil && offset + reach < source.count
    if lineStart == nil, !cutBefore, left.starts(with: [0xEF, 0xBB, 0xBF]) {
      left = left.dropFirst(3)
    }
    while cutBefore, let byte = left.first, byte & 0xC0 == 0x80 { left = left.dropFirst() }
    while cutAfter, let byte = right.last, byte & 0xC0 == 0x80 { right = right.dropLast() }
    if cutAfter, let byte = right.last, byte >= 0xC0 { right = right.dropLast() }
    isCutBefore = cutBefore
    isCutAfter = cutAfter
    self.before = String(decoding: left, as: UTF8.self)
    self.after = String(decoding: right, as: UTF8.self)
    if left.count + right.count <= SourceExcerpt.maximumLength { return }
    var before = Array(self.before.unicodeScalars)
    var after = Array(self.after.unicodeScalars)
    if before.count + after.count > SourceExcerpt.maximumLength {
      let half = SourceExcerpt.maximumLength / 2
      let afterCount = min(after.count, max(half, SourceExcerpt.maximumLength - before.count))
      let beforeCount = min(before.count, SourceExcerpt.maximumLength - afterCount)
      cutBefore = cutBefore || beforeCount < before.count
      cutAfter = cutAfter || afterCount < after.count
      before = Array(before.suffix(beforeCount))
      after = Array(after.prefix(afterCount))
    }
    self.before = SourceExcerpt.text(before)
    self.after = SourceExcerpt.text(after)
    isCutBefore = cutBefore
    isCutAfter = cutAfter
  }

  private static func endsLine(_ byte: UInt8) -> Bool { byte == 0x0A || byte == 0x0D }

  private static func text(_ scalars: [Unicode.Scalar]) -> String {
    var text = String.UnicodeScalarView()
    text.append(contentsOf: scalars)
    return String(text)
  }
}
