/// The functions on points and spans of time.
enum Times {
  /// A getter on timestamps, in UTC or in a named zone, and for some names on durations.
  static func getter(
    _ field: @escaping @Sendable (CivilTime) -> Int,
    span: (@Sendable (Int64) -> Int64)? = nil
  ) -> StandardFunction.Body {
    .variadic { context, arguments in
      guard let value = arguments.first else { return .error(.noSuchOverload) }
      if value.tag == .duration, let span, arguments.count == 1 {
        return .int(span(value.int64))
      }
      guard let time = context.timestamp(of: value) else { return .error(.noSuchOverload) }
      var zone = TimeZone.utc
      if arguments.count == 2 {
        guard let name = context.text(of: arguments[1]) else { return .error(.noSuchOverload) }
        guard let named = TimeZone(named: name) else {
          return context.error("unknown time zone '\(name)'")
        }
        zone = named
      }
      return .int(Int64(field(time.civil(in: zone))))
    }
  }
}
