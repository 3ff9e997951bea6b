/// Base64 of RFC 4648, standard alphabet.
enum Base64 {
  /// With padding.
  static func encode(_ bytes: UnsafeBufferPointer<UInt8>) -> [UInt8] { [] }
  /// With or without padding; nil for bad input.
  static func decode(_ text: UnsafeBufferPointer<UInt8>) -> [UInt8]? { nil }
}
