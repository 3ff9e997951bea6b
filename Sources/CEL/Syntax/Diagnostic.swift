/// A range of an expression's text, in UTF-8 bytes.
public struct Span: Hashable, Sendable {
  /// The first byte.
  public var offset: Int
  /// How many bytes.
  public var length: Int

  /// Makes a range.
  public init(offset: Int, length: Int) {
    self.offset = offset
    self.length = length
  }

  var end: Int { offset + length }

  func joined(_ other: Span) -> Span {
    let start = min(offset, other.offset)
    return Span(offset: start, length: max(end, other.end) - start)
  }
}

/// One fault of an expression's text.
public struct Diagnostic: Error, Hashable, Sendable {
  /// Where the fault begins: a byte offset in the UTF-8 of the text.
  public var offset: Int
  /// How many bytes it covers; at least 0.
  public var length: Int
  /// What is wrong.
  public var message: String
  /// A name that may have been meant.
  public var suggestion: String?

  /// Makes a diagnostic.
  public init(offset: Int, length: Int, message: String, suggestion: String? = nil) {
    self.offset = offset
    self.length = length
    self.message = message
    self.suggestion = suggestion
  }

  init(_ span: Span, _ message: String, suggestion: String? = nil) {
    self.init(
      offset: span.offset, length: span.length, message: message, suggestion: suggestion)
  }
}

extension Diagnostic: CustomStringConvertible {
  /// The message and the suggestion.
  public var description: String {
    suggestion.map { "\(message); did you mean '\($0)'?" } ?? message
  }
}

/// All faults that were found in an expression's text; at least one.
public struct ExpressionError: Error, Sendable, CustomStringConvertible {
  /// The faults in the order of the text.
  public var diagnostics: [Diagnostic]

  /// Makes an error of faults.
  public init(diagnostics: [Diagnostic]) {
    self.diagnostics = diagnostics
  }

  /// The faults, one a line.
  public var description: String {
    diagnostics.map { "\($0.offset): \($0)" }.joined(separator: "\n")
  }
}
