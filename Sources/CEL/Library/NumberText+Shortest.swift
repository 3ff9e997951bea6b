extension NumberText {
  /// The text of `string(double)`: the shortest digits that read back as the same double.
  ///
  /// As the implementations of CEL in Go and C++ print it: with an exponent of at least two digits
  /// (`1e+06`, `-1.5e-07`) below 1e-4 and from 1e6 on.
  static func shortest(_ value: Double) -> String {
    if let word = notFinite(value) { return word }
    let decimal = ShortestDecimal(value)
    let exponent = decimal.pointPosition - 1
    return exponent < -4 || exponent >= 6 ? decimal.scientific : decimal.plain
  }

  /// The shortest digits without exponent: `%s` and `%d` of doubles in format.
  static func plain(_ value: Double) -> String {
    notFinite(value) ?? ShortestDecimal(value).plain
  }
}

/// The shortest decimal digits of a finite double: 0.d1d2d3… times ten to the `pointPosition`.
private struct ShortestDecimal {
  let isNegative: Bool
  private(set) var digits: [UInt8] = []
  private(set) var pointPosition = 0

  /// Takes the digits from Swift's own shortest description, whatever its notation.
  init(_ value: Double) {
    isNegative = value.sign == .minus
    var exponent = 0
    var isInExponent = false
    var isNegativeExponent = false
    var pointSeen = false
    for byte in value.magnitude.description.utf8 {
      switch byte {
      case UInt8(ascii: "."): pointSeen = true
      case UInt8(ascii: "e"): isInExponent = true
      case UInt8(ascii: "-"): isNegativeExponent = true
      case UInt8(ascii: "+"): break
      default:
        let digit = byte - UInt8(ascii: "0")
        if isInExponent {
          exponent = exponent * 10 + Int(digit)
        } else {
          if !pointSeen { pointPosition += 1 }
          digits.append(byte)
        }
      }
    }
    pointPosition += isNegativeExponent ? -exponent : exponent
    let leading = digits.prefix { $0 == UInt8(ascii: "0") }.count
    digits.removeFirst(leading)
    pointPosition -= leading
    while digits.last == UInt8(ascii: "0") { digits.removeLast() }
    if digits.isEmpty {
      digits = [UInt8(ascii: "0")]
      pointPosition = 1
    }
  }
}

extension ShortestDecimal {
  var plain: String {
    var text: [UInt8] = isNegative ? [UInt8(ascii: "-")] : []
    let zero = UInt8(ascii: "0")
    if pointPosition <= 0 {
      text += [zero, UInt8(ascii: ".")] + [UInt8](repeating: zero, count: -pointPosition) + digits
    } else if pointPosition >= digits.count {
      text += digits + [UInt8](repeating: zero, count: pointPosition - digits.count)
    } else {
      text += digits[..<pointPosition] + [UInt8(ascii: ".")] + digits[pointPosition...]
    }
    return String(decoding: text, as: UTF8.self)
  }

  var scientific: String {
    var text: [UInt8] = isNegative ? [UInt8(ascii: "-")] : []
    text.append(digits[0])
    if digits.count > 1 { text += [UInt8(ascii: ".")] + digits[1...] }
    let exponent = pointPosition - 1
    text += [UInt8(ascii: "e"), UInt8(ascii: exponent < 0 ? "-" : "+")]
    if exponent.magnitude < 10 { text.append(UInt8(ascii: "0")) }
    text += Array(String(exponent.magnitude).utf8)
    return String(decoding: text, as: UTF8.self)
  }
}
