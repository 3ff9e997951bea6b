import CEL
import Schema

/// What tells one part of an owner from another: the values of its identity fields.
struct PartIdentity: Hashable {
  private var words: [UInt64] = []

  mutating func append(_ word: UInt64) { words.append(word) }
}

extension ResourceGraph {
  /// What tells a part from others of the same list; IPv6 addresses count by value.
  func partIdentity(type: Int, row: Int) -> PartIdentity {
    var identity = PartIdentity()
    for field in identityFields[type] {
      let word = tables[type].cell(field.index, row)
      guard field.isAddress, let address = address(word) else {
        identity.append(word)
        continue
      }
      identity.append(address.high)
      identity.append(address.low)
    }
    return identity
  }

  /// How many of the parts in `start ..< row` have the same locator as the one in `row`, but for
  /// its number.
  func namesakes(type: Int, from start: Int, before row: Int) -> Int {
    var rows = Array(start..<row)
    for field in identityFields[type] where !rows.isEmpty {
      guard let column = tables[type].columns[field.index] else { continue }
      switch column.coding {
      case .int: rows.removeAll { column.shownInt($0) != column.shownInt(row) }
      case .double:
        rows.removeAll { column.doubles[$0].bitPattern != column.doubles[row].bitPattern }
      case .word, .list:
        let word = column.shownWord(row)
        let name = field.isName && word < Column.unreadableWord ? keys.keys[Int(word)].name : nil
        rows.removeAll { other in
          let otherWord = column.shownWord(other)
          if otherWord == word { return false }
          guard let name, otherWord < Column.unreadableWord else { return true }
          return keys.keys[Int(otherWord)].name != name
        }
      }
    }
    return rows.count
  }

  private func address(_ word: UInt64) -> IPAddress? {
    guard word < UInt64(Column.unreadableWord) else { return nil }
    return HostAddress(utf8: symbols.utf8(of: UInt32(truncatingIfNeeded: word)))?.value
  }
}

/// A field that tells parts apart.
struct IdentityField {
  /// Its place in the type's fields.
  let index: Int
  /// Whether it is the text of an address, which can be written in several ways.
  let isAddress: Bool
  /// Whether it is a reference of which locators give the name only.
  let isName: Bool

  /// The identity fields of a table that are kept, in the locator's order.
  static func all(of table: Table) -> [IdentityField] {
    table.type.identity.compactMap { name in
      guard let index = table.type.index(of: name), table.columns[index] != nil else { return nil }
      let isReference = table.type.fields[index].kind.referenceCollections != nil
      return IdentityField(
        index: index, isAddress: name == "ipv6Address",
        isName: isReference && table.type.identity.count > 1)
    }
  }
}

extension Table {
  /// A cell as it is coded; equal cells of one column are equal values.
  func cell(_ field: Int, _ row: Int) -> UInt64 {
    switch columns[field]?.coding {
    case .int: columns[field].map { UInt64(bitPattern: $0.ints[row]) } ?? 0
    case .double: columns[field]?.doubles[row].bitPattern ?? 0
    case .word, .list: columns[field].map { UInt64($0.words[row]) } ?? 0
    case nil: 0
    }
  }
}

/// The text of one address, a `/128` behind it allowed.
struct HostAddress {
  /// The address; of an IPv4-mapped one, the IPv4 address.
  let value: IPAddress

  /// Reads an address; nil for a range of several, and for any other text.
  init?(utf8 text: UnsafeBufferPointer<UInt8>) {
    var text = text
    if text.count > 4, text.suffix(4).elementsEqual("/128".utf8) {
      text = UnsafeBufferPointer(rebasing: text.dropLast(4))
    }
    guard let address = IPAddress(lenientUTF8: text) else { return nil }
    value = address
  }
}

extension Column {
  /// A cell as locators show it: one that cannot be read is left out like one that is not set.
  fileprivate func shownWord(_ row: Int) -> UInt32 {
    words[row] == Self.unreadableWord ? Self.unsetWord : words[row]
  }

  fileprivate func shownInt(_ row: Int) -> Int64 {
    ints[row] == Self.unreadableInt ? Self.unsetInt : ints[row]
  }
}
