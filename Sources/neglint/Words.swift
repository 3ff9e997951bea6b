/// Words that depend on a number.
enum Words {
  /// A number and its noun, with the plural's `s` where there are not exactly one.
  static func count(_ number: Int, _ noun: String) -> String {
    number == 1 ? "1 \(noun)" : "\(number) \(noun)s"
  }
}
