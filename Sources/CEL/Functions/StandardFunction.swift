import Synchronization

/// A function of the CEL standard library or of one of its extensions.
struct StandardFunction: Sendable {
  /// How it is computed; arguments are known values unless `isStrict` is false.
  enum Body: Sendable {
    case unary(@Sendable (Context, Value) -> Value)
    case binary(@Sendable (Context, Value, Value) -> Value)
    case ternary(@Sendable (Context, Value, Value, Value) -> Value)
    case variadic(@Sendable (Context, UnsafeBufferPointer<Value>) -> Value)
  }

  let name: String
  /// Signatures such as `string.(string): bool` or `(list(A)): int`.
  let signatures: [String]
  let body: Body
  let isStrict: Bool

  init(_ name: String, _ signatures: [String], isStrict: Bool = true, _ body: Body) {
    self.name = name
    self.signatures = signatures
    self.isStrict = isStrict
    self.body = body
  }

  /// The signatures that were read so far, by the functions' names.
  private static let read = Mutex<[String: [Overload]]>([:])

  /// The signatures; read when they are first asked for.
  var overloads: [Overload] {
    StandardFunction.read.withLock { read in
      if let known = read[name] { return known }
      let overloads = signatures.compactMap { Overload(name: name, signature: $0) }
      read[name] = overloads
      return overloads
    }
  }

  /// Whether there is a signature with so many parameters, the receiver counted.
  func takes(_ count: Int) -> Bool {
    signatures.isEmpty || overloads.contains { $0.parameters.count == count }
  }
}

extension Overload {
  /// Reads `receiver.(parameters): result` or `(parameters): result`; nil for malformed text.
  init?(name: String, signature: String) {
    var parameters: [Type] = []
    var isMember = false
    var reader = TypeReader(text: Array(signature.utf8))
    if !reader.accept("(") {
      guard let receiver = reader.receiver(), reader.accept("(") else { return nil }
      parameters.append(receiver)
      isMember = true
    }
    if !reader.accept(")") {
      repeat {
        guard let parameter = reader.type(depth: 0) else { return nil }
        parameters.append(parameter)
      } while reader.accept(",")
      guard reader.accept(")") else { return nil }
    }
    guard reader.accept(":"), let result = reader.type(depth: 0), reader.isAtEnd else {
      return nil
    }
    self.init(name + signature, parameters, result, isMember: isMember)
  }
}

extension TypeReader {
  /// A receiver's type with the dot behind it.
  mutating func receiver() -> Type? {
    guard let end = text[position...].firstRange(of: Array(".(".utf8)) else { return nil }
    var inner = TypeReader(text: Array(text[position..<end.lowerBound]))
    guard let type = inner.type(depth: 0), inner.isAtEnd else { return nil }
    position = end.lowerBound + 1
    return type
  }
}
