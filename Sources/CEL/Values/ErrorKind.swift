/// The kinds of evaluation error, so that an error costs nothing until somebody reads its text.
@usableFromInline enum ErrorKind: UInt32, Sendable {
  /// Text in the context's list of messages; the detail is its index.
  case message
  case costExceeded
  case noSuchOverload
  case divisionByZero
  case modulusByZero
  case overflow
  case outOfRange
  case noSuchKey
  case noSuchField
  case indexOutOfRange
  case repeatedKey
  case unsupportedKeyType
  case notBool
  case unboundVariable
  case unboundFunction
  case emptyOptional
  case invalidUTF8
  case noSelectableField
  case tooLarge
  case notIterable
  /// Marks the slot of a `cel.bind` variable that was not needed yet.
  case pending

  var text: String {
    switch self {
    case .message: "error"
    case .costExceeded: "the evaluation exceeds its cost budget"
    case .noSuchOverload: "no such overload"
    case .divisionByZero: "division by zero"
    case .modulusByZero: "modulus by zero"
    case .overflow: "number out of range (overflow)"
    case .outOfRange: "value out of range"
    case .noSuchKey: "no such key"
    case .noSuchField: "no such field"
    case .indexOutOfRange: "index out of range"
    case .repeatedKey: "a map key is repeated"
    case .unsupportedKeyType: "unsupported map key type"
    case .notBool: "a condition that is not a bool (no such overload)"
    case .unboundVariable: "a variable has no value"
    case .unboundFunction: "no such function"
    case .emptyOptional: "optional.none() has no value"
    case .invalidUTF8: "not valid UTF-8"
    case .noSelectableField: "the value does not support field selection"
    case .tooLarge: "the result is too large"
    case .notIterable: "the value cannot be iterated (no such overload)"
    case .pending: "a variable is not evaluated yet"
    }
  }
}
