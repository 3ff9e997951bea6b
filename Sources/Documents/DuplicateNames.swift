/// A name that an object of JSON has more than once.
public struct DuplicateName: Hashable, Sendable {
  /// The byte that the repetition stands at: its opening quote.
  public let offset: Int
  /// The name, as a number of the reader's table.
  public let name: NameID
}

/// The repeated names of one input; the first ones by place, the others as a number only.
struct DuplicateNames {
  static let most = 1_000
  private(set) var listed: [DuplicateName] = []
  private(set) var count = 0

  mutating func add(offset: Int, name: NameID) {
    count += 1
    if listed.count < DuplicateNames.most {
      listed.append(DuplicateName(offset: offset, name: name))
    }
  }

  mutating func removeAll() {
    listed = []
    count = 0
  }

  /// Forgets all names but the first `kept`, because what was read since then was given up.
  mutating func forget(after kept: Int) {
    listed.removeLast(max(0, listed.count - kept))
    count = kept
  }
}
