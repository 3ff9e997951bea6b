/// A compiled regular expression or why it is none.
enum Pattern: Sendable {
  case compiled(Regex)
  case malformed(String)

  init(_ text: String) {
    do {
      self = .compiled(try Regex(text))
    } catch {
      self = .malformed("malformed regular expression: \(error.message)")
    }
  }
}
