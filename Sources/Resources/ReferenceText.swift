/// A reference as written, taken apart (constraints 4.1): what it names and what it leaves out.
struct ReferenceText {
  /// Bytes of the text.
  typealias Piece = UnsafeBufferPointer<UInt8>

  /// The project; nil where the referrer's is meant.
  var project: Piece?
  /// The kind of place; nil where the referrer's is meant (a bare name).
  var kind: Scope.Kind?
  /// The region or zone.
  var location: Piece?
  /// The collection; nil for a bare name.
  var collection: Piece?
  /// The name, never empty.
  var name: Piece

  private static let maximumSegments = 24

  /// Takes a reference apart; nil where the text has none of the known forms.
  ///
  /// Known are URLs of any host, `//SERVICE/projects/…`, paths with and without a project, and
  /// bare names. O(length), without allocation.
  init?(_ text: Piece) {
    var start = 0
    var end = text.count
    while end > 0, text[end &- 1] == UInt8(ascii: "/") { end &-= 1 }
    let isURL = Self.dropHost(text, &start, end)
    guard start < end else { return nil }
    let parsed = withUnsafeTemporaryAllocation(of: Piece.self, capacity: Self.maximumSegments) {
      segments -> ReferenceText? in
      guard let count = Self.split(text, start, end, into: segments) else { return nil }
      if !isURL, count == 1 {
        return Self.isName(segments[0]) ? ReferenceText(name: segments[0]) : nil
      }
      return Self.path(of: UnsafeBufferPointer(rebasing: segments[..<count]), isURL: isURL)
    }
    guard let parsed else { return nil }
    self = parsed
  }

  private init(name: Piece) { self.name = name }

  /// The segments between slashes; nil where one is empty, or has a character that no URL has.
  private static func split(
    _ text: Piece, _ start: Int, _ end: Int, into segments: UnsafeMutableBufferPointer<Piece>
  ) -> Int? {
    var count = 0
    var first = start
    for index in start...end {
      if index < end {
        let byte = text[index]
        guard byte > 0x20, byte != 0x7F, byte != UInt8(ascii: "\\") else { return nil }
        if byte != UInt8(ascii: "/") { continue }
      }
      guard index > first, count < segments.count else { return nil }
      segments.initializeElement(at: count, to: Piece(rebasing: text[first..<index]))
      count += 1
      first = index + 1
    }
    return count
  }

  /// Drops `https://host/` or `//service/`; true where there was one.
  private static func dropHost(_ text: Piece, _ start: inout Int, _ end: Int) -> Bool {
    var slashes = 0
    while slashes < end, text[slashes] != UInt8(ascii: "/"), text[slashes] != UInt8(ascii: ":") {
      slashes += 1
    }
    if slashes < end, text[slashes] == UInt8(ascii: ":") {
      slashes += 1
    } else if slashes > 0 {
      return false
    }
    guard slashes + 1 < end, text[slashes] == UInt8(ascii: "/"),
      text[slashes + 1] == UInt8(ascii: "/")
    else {
      if end > 0, text[0] == UInt8(ascii: "/") { start = 1 }
      return false
    }
    var host = slashes + 2
    while host < end, text[host] != UInt8(ascii: "/") { host += 1 }
    start = min(host + 1, end)
    return true
  }

  private static func path(
    of all: UnsafeBufferPointer<Piece>, isURL: Bool
  ) -> ReferenceText? {
    var first = 0
    var project: Piece?
    if let start = all.prefix(4).firstIndex(where: { equals($0, "projects") }),
      start + 1 < all.count
    {
      let id = all[start + 1]
      guard isProject(id) else { return nil }
      project = id
      first = start + 2
      if first == all.count {
        var result = ReferenceText(name: id)
        result.kind = .project
        result.collection = all[start]
        return result
      }
    } else if isURL, all.count > 2, equals(all[0], "compute") {
      first = 2
    }
    guard var result = place(UnsafeBufferPointer(rebasing: all[first...])) else { return nil }
    result.project = project
    return result
  }

  private static func place(_ segments: UnsafeBufferPointer<Piece>) -> ReferenceText? {
    guard segments.count >= 2 else { return nil }
    let first = segments[0]
    var result = ReferenceText(name: segments[segments.count - 1])
    if equals(first, "global"), segments.count == 3 {
      result.kind = .global
      result.collection = segments[1]
    } else if equals(first, "zones") || equals(first, "regions") {
      switch segments.count {
      case 2:
        result.kind = .project
        result.collection = first
      case 4:
        result.kind = equals(first, "zones") ? .zonal : .regional
        result.location = segments[1]
        result.collection = segments[2]
      default: return nil
      }
    } else if equals(first, "global") || equals(first, "aggregated") {
      return nil
    } else if let start = first.baseAddress,
      let end = segments[segments.count - 2].baseAddress.map({
        $0 + segments[segments.count - 2].count
      })
    {
      // Another API's resource: everything ahead of the name is its collection.
      result.kind = .project
      result.collection = Piece(start: start, count: end - start)
    }
    return result
  }

  private static func equals(_ segment: Piece, _ word: StaticString) -> Bool {
    guard segment.count == word.utf8CodeUnitCount else { return false }
    for index in 0..<segment.count where segment[index] != word.utf8Start[index] { return false }
    return true
  }

  static func isName(_ text: Piece) -> Bool {
    text.allSatisfy {
      isAlphanumeric($0) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_")
        || $0 == UInt8(ascii: ".")
    }
  }

  private static func isProject(_ text: Piece) -> Bool {
    text.allSatisfy {
      isAlphanumeric($0) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ".")
        || $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: "_")
    }
  }

  private static func isAlphanumeric(_ byte: UInt8) -> Bool {
    (byte | 0x20) &- UInt8(ascii: "a") < 26 || byte &- UInt8(ascii: "0") < 10
  }

  /// Whether a name is a resource's number in the API rather than a name (`selfLinkWithId`).
  static func isNumber(_ name: Piece) -> Bool {
    name.count > 9 && name.allSatisfy { $0 &- UInt8(ascii: "0") < 10 }
  }
}
