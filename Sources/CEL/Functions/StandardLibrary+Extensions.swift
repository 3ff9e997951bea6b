import Glibc

extension StandardLibrary {
  static var times: [StandardFunction] {
    let zoned = ["timestamp.(): int", "timestamp.(string): int"]
    let spans = zoned + ["duration.(): int"]
    return [
      StandardFunction("getFullYear", zoned, Times.getter { $0.year }),
      StandardFunction("getMonth", zoned, Times.getter { $0.month - 1 }),
      StandardFunction("getDate", zoned, Times.getter { $0.day }),
      StandardFunction("getDayOfMonth", zoned, Times.getter { $0.day - 1 }),
      StandardFunction("getDayOfWeek", zoned, Times.getter { $0.dayOfWeek }),
      StandardFunction("getDayOfYear", zoned, Times.getter { $0.dayOfYear - 1 }),
      StandardFunction("getHours", spans, Times.getter({ $0.hour }) { $0 / 3_600_000_000_000 }),
      StandardFunction("getMinutes", spans, Times.getter({ $0.minute }) { $0 / 60_000_000_000 }),
      StandardFunction("getSeconds", spans, Times.getter({ $0.second }) { $0 / 1_000_000_000 }),
      StandardFunction(
        "getMilliseconds", spans,
        Times.getter({ $0.millisecond }) { $0 / 1_000_000 % 1_000 }),
    ]
  }

  static var lists: [StandardFunction] {
    let orderable = [
      "int", "uint", "double", "bool", "string", "bytes", "duration", "timestamp",
    ]
    return [
      StandardFunction("slice", ["list(A).(int, int): list(A)"], .ternary(Lists.slice)),
      StandardFunction(
        "flatten", ["list(list(A)).(): list(A)", "list(dyn).(int): list(dyn)"],
        .variadic(Lists.flatten)),
      StandardFunction("distinct", ["list(A).(): list(A)"], .unary(Lists.distinct)),
      StandardFunction("sort", ["list(A).(): list(A)"], .unary(Lists.sort)),
      StandardFunction("lists.range", ["(int): list(int)"], .unary(Lists.range)),
      StandardFunction(
        "isSorted", orderable.map { "list(\($0)).(): bool" }, .unary(Lists.isSorted)),
      StandardFunction(
        "sum", ["int", "uint", "double", "duration"].map { "list(\($0)).(): \($0)" },
        .unary(Lists.sum)),
      StandardFunction(
        "min", orderable.map { "list(\($0)).(): \($0)" }, .unary { Lists.extremum($0, $1, .less) }),
      StandardFunction(
        "max", orderable.map { "list(\($0)).(): \($0)" },
        .unary { Lists.extremum($0, $1, .greater) }),
      StandardFunction("first", ["list(A).(): optional_type(A)"], .unary(Lists.first)),
      StandardFunction("last", ["list(A).(): optional_type(A)"], .unary(Lists.last)),
    ]
  }

  static var sets: [StandardFunction] {
    let test = ["(list(A), list(A)): bool"]
    return [
      StandardFunction("sets.contains", test, .binary(Lists.includesAll)),
      StandardFunction("sets.equivalent", test, .binary(Lists.equivalent)),
      StandardFunction("sets.intersects", test, .binary(Lists.intersects)),
    ]
  }

  static var optionals: [StandardFunction] {
    [
      StandardFunction("optional.of", ["(A): optional_type(A)"], .unary(Optionals.of)),
      StandardFunction(
        "optional.ofNonZeroValue", ["(A): optional_type(A)"], .unary(Optionals.ofNonZero)),
      StandardFunction("optional.none", ["(): optional_type(A)"], .variadic { _, _ in .none }),
      StandardFunction(
        "optional.unwrap", ["(list(optional_type(A))): list(A)"], .unary(Optionals.unwrap)),
      StandardFunction(
        "unwrapOpt", ["list(optional_type(A)).(): list(A)"], .unary(Optionals.unwrap)),
      StandardFunction("hasValue", ["optional_type(A).(): bool"], .unary(Optionals.hasValue)),
      StandardFunction("value", ["optional_type(A).(): A"], .unary(Optionals.value)),
      // The evaluators treat these two as operators: their argument is evaluated when needed.
      StandardFunction(
        "or", ["optional_type(A).(optional_type(A)): optional_type(A)"], isStrict: false,
        .binary { _, left, right in left.isSome ? left : right }),
      StandardFunction(
        "orValue", ["optional_type(A).(A): A"], isStrict: false,
        .binary { context, left, right in context.unwrapped(left) ?? right }),
    ]
  }

  static var network: [StandardFunction] {
    let test = ["net.IP.(): bool"]
    return [
      StandardFunction(
        "ip", ["(string): net.IP", "(net.IP): net.IP", "net.CIDR.(): net.IP"],
        .unary(Network.ip)),
      StandardFunction("isIP", ["(string): bool"], .unary(Network.isIP)),
      StandardFunction("ip.isCanonical", ["(string): bool"], .unary(Network.isCanonical)),
      StandardFunction(
        "cidr", ["(string): net.CIDR", "(net.CIDR): net.CIDR"], .unary(Network.cidr)),
      StandardFunction("isCIDR", ["(string): bool"], .unary(Network.isCIDR)),
      StandardFunction("family", ["net.IP.(): int"], .unary(Network.family)),
      StandardFunction("isUnspecified", test, Network.property { $0.isUnspecified }),
      StandardFunction("isLoopback", test, Network.property { $0.isLoopback }),
      StandardFunction("isGlobalUnicast", test, Network.property { $0.isGlobalUnicast }),
      StandardFunction("isLinkLocalUnicast", test, Network.property { $0.isLinkLocalUnicast }),
      StandardFunction(
        "isLinkLocalMulticast", test, Network.property { $0.isLinkLocalMulticast }),
      StandardFunction(
        "containsIP", ["net.CIDR.(net.IP): bool", "net.CIDR.(string): bool"],
        .binary(Network.containsIP)),
      StandardFunction(
        "containsCIDR", ["net.CIDR.(net.CIDR): bool", "net.CIDR.(string): bool"],
        .binary(Network.containsCIDR)),
      StandardFunction("masked", ["net.CIDR.(): net.CIDR"], .unary(Network.masked)),
      StandardFunction("isMask", ["net.CIDR.(): bool"], .unary(Network.isMask)),
      StandardFunction("prefixLength", ["net.CIDR.(): int"], .unary(Network.prefixLength)),
    ]
  }

  static var mathNumbers: [StandardFunction] {
    let numbers = ["int", "uint", "double"]
    var extrema = numbers.map { "(\($0)): \($0)" }
    for first in numbers {
      for second in numbers {
        extrema.append("(\(first), \(second)): \(first == second ? first : "dyn")")
      }
      extrema.append("(list(\(first))): \(first)")
    }
    let same = numbers.map { "(\($0)): \($0)" }
    let double = ["(double): double"]
    let test = ["(double): bool"]
    return [
      StandardFunction("math.greatest", extrema, .variadic(MathFunctions.greatest)),
      StandardFunction("math.least", extrema, .variadic(MathFunctions.least)),
      StandardFunction("math.ceil", double, MathFunctions.rounding { $0.rounded(.up) }),
      StandardFunction("math.floor", double, MathFunctions.rounding { $0.rounded(.down) }),
      StandardFunction("math.trunc", double, MathFunctions.rounding { $0.rounded(.towardZero) }),
      StandardFunction(
        "math.round", double, MathFunctions.rounding { $0.rounded(.toNearestOrAwayFromZero) }),
      StandardFunction("math.abs", same, .unary(MathFunctions.absolute)),
      StandardFunction("math.sign", same, .unary(MathFunctions.sign)),
      StandardFunction(
        "math.sqrt", numbers.map { "(\($0)): double" }, .unary(MathFunctions.squareRoot)),
      StandardFunction("math.isNaN", test, MathFunctions.test { $0.isNaN }),
      StandardFunction("math.isInf", test, MathFunctions.test { $0.isInfinite }),
      StandardFunction("math.isFinite", test, MathFunctions.test { $0.isFinite }),
    ]
  }

  static var mathBits: [StandardFunction] {
    let two = ["(int, int): int", "(uint, uint): uint"]
    let shift = ["(int, int): int", "(uint, int): uint"]
    return [
      StandardFunction("math.bitAnd", two, MathFunctions.bitwise { $0 & $1 }),
      StandardFunction("math.bitOr", two, MathFunctions.bitwise { $0 | $1 }),
      StandardFunction("math.bitXor", two, MathFunctions.bitwise { $0 ^ $1 }),
      StandardFunction(
        "math.bitNot", ["(int): int", "(uint): uint"], .unary(MathFunctions.bitNot)),
      StandardFunction("math.bitShiftLeft", shift, MathFunctions.shift { $0 << $1 }),
      StandardFunction("math.bitShiftRight", shift, MathFunctions.shift { $0 >> $1 }),
    ]
  }

  static var patterns: [StandardFunction] {
    [
      StandardFunction("find", ["string.(string): string"], .binary(Patterns.find)),
      StandardFunction(
        "findAll", ["string.(string): list(string)", "string.(string, int): list(string)"],
        .variadic(Patterns.findAll)),
      StandardFunction(
        "regex.extract", ["(string, string): optional_type(string)"], .binary(Patterns.extract)),
      StandardFunction(
        "regex.extractAll", ["(string, string): list(string)"], .binary(Patterns.extractAll)),
      StandardFunction(
        "regex.replace",
        ["(string, string, string): string", "(string, string, string, int): string"],
        .variadic(Patterns.replace)),
    ]
  }
}
