/// The name of a rule set, a year and a number, such as `2026.1`: rules are pinned by it.
public struct RuleSetVersion: Hashable, Sendable, Comparable, CustomStringConvertible {
  /// The year.
  public let year: Int
  /// The number in the year, from 1.
  public let number: Int

  /// Reads a name; nil where it is not a year of four digits, a dot and a number from 1.
  ///
  /// - Parameter text: The name.
  public init?(_ text: some StringProtocol) {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    let isNumber = parts.allSatisfy { part in
      (1...4).contains(part.utf8.count) && !part.hasPrefix("0")
        && part.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }
    guard isNumber, parts.count == 2, parts[0].utf8.count == 4, let year = Int(parts[0]),
      let number = Int(parts[1])
    else { return nil }
    self.year = year
    self.number = number
  }

  /// The name, as it is written.
  public var description: String { "\(year).\(number)" }

  /// By year, then by number.
  public static func < (left: RuleSetVersion, right: RuleSetVersion) -> Bool {
    (left.year, left.number) < (right.year, right.number)
  }
}
