/// The functions that every expression may call.
enum StandardLibrary {
  /// All functions by name; operators under their signs.
  static let functions: [String: StandardFunction] = {
    var table: [String: StandardFunction] = [:]
    let groups = [
      operators, conversions, strings, stringEditing, patterns, times, lists, sets, optionals,
      network, mathNumbers, mathBits, encoders,
    ]
    for function in groups.joined() { table[function.name] = function }
    return table
  }()

  /// `container[key]` and `container[?key]`, whose types the checker knows by itself.
  static let index = StandardFunction("[]", [], .binary(Operators.index))

  private static var operators: [StandardFunction] {
    let orders = [
      "(bool, bool): bool", "(int, int): bool", "(uint, uint): bool", "(double, double): bool",
      "(int, uint): bool", "(uint, int): bool", "(int, double): bool", "(double, int): bool",
      "(uint, double): bool", "(double, uint): bool", "(string, string): bool",
      "(bytes, bytes): bool", "(timestamp, timestamp): bool", "(duration, duration): bool",
    ]
    let numbers = ["(int, int): int", "(uint, uint): uint", "(double, double): double"]
    return [
      StandardFunction("==", ["(A, A): bool"], .binary { $0.equals($1, $2) }),
      StandardFunction("!=", ["(A, A): bool"], .binary(Operators.notEqual)),
      StandardFunction("<", orders, .binary(Operators.less)),
      StandardFunction("<=", orders, .binary(Operators.lessOrEqual)),
      StandardFunction(">", orders, .binary(Operators.greater)),
      StandardFunction(">=", orders, .binary(Operators.greaterOrEqual)),
      StandardFunction(
        "+",
        numbers + [
          "(string, string): string", "(bytes, bytes): bytes", "(list(A), list(A)): list(A)",
          "(timestamp, duration): timestamp", "(duration, timestamp): timestamp",
          "(duration, duration): duration",
        ], .binary(Operators.add)),
      StandardFunction(
        "-",
        numbers + [
          "(timestamp, timestamp): duration", "(timestamp, duration): timestamp",
          "(duration, duration): duration",
        ], .binary(Operators.subtract)),
      StandardFunction("*", numbers, .binary(Operators.multiply)),
      StandardFunction("/", numbers, .binary(Operators.divide)),
      StandardFunction(
        "%", ["(int, int): int", "(uint, uint): uint"], .binary(Operators.remainder)),
      StandardFunction("-_", ["(int): int", "(double): double"], .unary(Operators.negate)),
      StandardFunction("!", ["(bool): bool"], .unary(Operators.not)),
      StandardFunction(
        "in", ["(A, list(A)): bool", "(A, map(A, B)): bool"], .binary(Operators.contains)),
    ]
  }

  private static var conversions: [StandardFunction] {
    let sizes = ["string", "bytes", "list(A)", "map(A, B)"]
    return [
      StandardFunction(
        "size", sizes.map { "(\($0)): int" } + sizes.map { "\($0).(): int" },
        .unary(Conversions.size)),
      StandardFunction("bool", ["(bool): bool", "(string): bool"], .unary(Conversions.bool)),
      StandardFunction(
        "int",
        ["(int): int", "(uint): int", "(double): int", "(string): int", "(timestamp): int"],
        .unary(Conversions.int)),
      StandardFunction(
        "uint", ["(uint): uint", "(int): uint", "(double): uint", "(string): uint"],
        .unary(Conversions.uint)),
      StandardFunction(
        "double", ["(double): double", "(int): double", "(uint): double", "(string): double"],
        .unary(Conversions.double)),
      StandardFunction(
        "string",
        [
          "string", "bool", "int", "uint", "double", "bytes", "timestamp", "duration", "net.IP",
          "net.CIDR",
        ].map { "(\($0)): string" }, .unary(Conversions.string)),
      StandardFunction("bytes", ["(bytes): bytes", "(string): bytes"], .unary(Conversions.bytes)),
      StandardFunction("dyn", ["(A): dyn"], .unary(Conversions.dyn)),
      StandardFunction("type", ["(A): type(A)"], .unary(Conversions.type)),
      StandardFunction(
        "timestamp", ["(string): timestamp", "(int): timestamp", "(timestamp): timestamp"],
        .unary(Conversions.timestamp)),
      StandardFunction(
        "duration", ["(string): duration", "(int): duration", "(duration): duration"],
        .unary(Conversions.duration)),
    ]
  }

  private static var strings: [StandardFunction] {
    let test = ["string.(string): bool"]
    return [
      StandardFunction("contains", test, .binary(Strings.contains)),
      StandardFunction("startsWith", test, .binary(Strings.startsWith)),
      StandardFunction("endsWith", test, .binary(Strings.endsWith)),
      StandardFunction("matches", test + ["(string, string): bool"], .binary(Strings.matches)),
      StandardFunction("charAt", ["string.(int): string"], .binary(Strings.charAt)),
      StandardFunction(
        "substring", ["string.(int): string", "string.(int, int): string"],
        .variadic(Strings.substring)),
      StandardFunction(
        "indexOf", ["string.(string): int", "string.(string, int): int", "list(A).(A): int"],
        .variadic(Strings.indexOf)),
      StandardFunction(
        "lastIndexOf",
        ["string.(string): int", "string.(string, int): int", "list(A).(A): int"],
        .variadic(Strings.lastIndexOf)),
    ]
  }

  private static var stringEditing: [StandardFunction] {
    let change = ["string.(): string"]
    return [
      StandardFunction(
        "replace", ["string.(string, string): string", "string.(string, string, int): string"],
        .variadic(Strings.replace)),
      StandardFunction(
        "split", ["string.(string): list(string)", "string.(string, int): list(string)"],
        .variadic(Strings.split)),
      StandardFunction(
        "join", ["list(string).(): string", "list(string).(string): string"],
        .variadic(Strings.join)),
      StandardFunction(
        "lowerAscii", change,
        .unary { context, text in Strings.changed(context, text) { UTF8Text.lowerAscii($0) } }),
      StandardFunction(
        "upperAscii", change,
        .unary { context, text in Strings.changed(context, text) { UTF8Text.upperAscii($0) } }),
      StandardFunction("trim", change, .unary(Strings.trim)),
      StandardFunction("reverse", change + ["list(A).(): list(A)"], .unary(Strings.reverse)),
      StandardFunction(
        "strings.quote", ["(string): string"],
        .unary { context, text in Strings.changed(context, text) { UTF8Text.quote($0) } }),
      StandardFunction("format", ["string.(list(dyn)): string"], .binary(Formatting.format)),
    ]
  }

  private static var encoders: [StandardFunction] {
    [
      StandardFunction("base64.encode", ["(bytes): string"], .unary(Encoders.encode)),
      StandardFunction("base64.decode", ["(string): bytes"], .unary(Encoders.decode)),
    ]
  }
}
