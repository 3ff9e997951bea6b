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
    for name in tables[type].type.identity {
      guard let index = tables[type].type.index(of: name), tables[type].columns[index] != nil else {
        identity.append(0)
        continue
      }
      if name == "ipv6Address" {
        append(addressIn: index, type: type, row: row, to: &identity)
      } else {
        identity.append(cell(index, type: type, row: row))
      }
    }
    return identity
  }

  private func cell(_ field: Int, type: Int, row: Int) -> UInt64 {
    guard let coding = tables[type].columns[field]?.coding else { return 0 }
    return switch coding {
    case .int: tables[type].columns[field].map { UInt64(bitPattern: $0.ints[row]) } ?? 0
    case .double: tables[type].columns[field]?.doubles[row].bitPattern ?? 0
    case .word, .list: tables[type].columns[field].map { UInt64($0.words[row]) } ?? 0
    }
  }

  private func append(
    addressIn field: Int, type: Int, row: Int, to identity: inout PartIdentity
  ) {
    let word = cell(field, type: type, row: row)
    identity.append(word == UInt64(Column.unsetWord) ? 0 : 1)
    guard word < UInt64(Column.unreadableWord),
      let address = HostAddress(utf8: symbols.utf8(of: UInt32(word)))
    else { return identity.append(word) }
    identity.append(address.value.high)
    identity.append(address.value.low)
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
