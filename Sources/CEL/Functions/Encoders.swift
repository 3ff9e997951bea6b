/// The functions of the base64 extension on known values.
enum Encoders {
  static func encode(_ context: Context, _ value: Value) -> Value {
    guard value.tag == .bytes else { return .error(.noSuchOverload) }
    let octets = context.utf8(of: value)
    guard context.charge(UInt64(octets.count / 10 + 1)) else { return .error(.costExceeded) }
    return Base64.encode(octets).withUnsafeBufferPointer { context.string(utf8: $0) }
  }

  static func decode(_ context: Context, _ value: Value) -> Value {
    guard value.isString else { return .error(.noSuchOverload) }
    let text = context.utf8(of: value)
    guard context.charge(UInt64(text.count / 10 + 1)) else { return .error(.costExceeded) }
    guard let octets = Base64.decode(text) else {
      return Conversions.malformed(context, value, "base64 text")
    }
    return context.bytes(octets)
  }
}
