import Schema

/// The values of one field, row by row.
///
/// A cell is *unset*, *unreadable* (present, but nobody can tell its value), or a value.
struct Column {
  /// How cells are coded.
  enum Coding {
    /// 32 bits: symbols, references (as text, later as keys), booleans, single parts.
    case word
    /// 64 bits, signed.
    case int
    /// An IEEE 754 binary64 number.
    case double
    /// Two words: start and count of rows of the part type, or of entries of the list pool.
    case list
  }

  static let unsetWord: UInt32 = .max
  static let unreadableWord: UInt32 = .max - 1
  static let unsetInt: Int64 = .min
  static let unreadableInt: Int64 = .min + 1
  static let unsetDouble: UInt64 = 0x7FF8_0000_0000_0001
  static let unreadableDouble: UInt64 = 0x7FF8_0000_0000_0002

  let coding: Coding
  var words: [UInt32] = []
  var counts: [UInt32] = []
  var ints: [Int64] = []
  var doubles: [Double] = []

  init(for kind: Field.Kind) {
    switch kind {
    case .int, .port: coding = .int
    case .double: coding = .double
    case .list: coding = .list
    default: coding = .word
    }
  }

  /// The number of rows.
  var rowCount: Int {
    switch coding {
    case .word, .list: words.count
    case .int: ints.count
    case .double: doubles.count
    }
  }

  func isUnset(_ row: Int) -> Bool {
    switch coding {
    case .word: words[row] == Self.unsetWord
    case .int: ints[row] == Self.unsetInt
    case .double: doubles[row].bitPattern == Self.unsetDouble
    case .list: counts[row] == Self.unsetWord
    }
  }

  func isUnreadable(_ row: Int) -> Bool {
    switch coding {
    case .word: words[row] == Self.unreadableWord
    case .int: ints[row] == Self.unreadableInt
    case .double: doubles[row].bitPattern == Self.unreadableDouble
    case .list: counts[row] == Self.unreadableWord
    }
  }

  /// Appends a copy of a row.
  mutating func duplicate(_ row: Int) {
    switch coding {
    case .word: words.append(words[row])
    case .int: ints.append(ints[row])
    case .double: doubles.append(doubles[row])
    case .list:
      words.append(words[row])
      counts.append(counts[row])
    }
  }
}
