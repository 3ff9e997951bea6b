/// A reference as written, taken apart (constraints 4.1): what it names and what it leaves out.
struct ReferenceText {
  /// The parts of the text that name the target, as ranges of the text's bytes.
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
  /// bare names. O(length).
  init?(_ text: Piece) {
    var rest = text[...]
    while let last = rest.last, last == UInt8(ascii: "/") { rest = rest.dropLast() }
    guard !rest.isEmpty, rest.allSatisfy({ $0 > 0x20 && $0 != 0x7F && $0 != UInt8(ascii: "\\") })
    else { return nil }
    let isURL = Self.dropHost(&rest)
    var segments: [Slice<Piece>] = []
    segments.reserveCapacity(8)
    for segment in rest.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false) {
      if segment.isEmpty || segments.count == Self.maximumSegments { return nil }
      segments.append(segment)
    }
    if !isURL, segments.count == 1 {
      guard Self.isName(segments[0]) else { return nil }
      name = Piece(rebasing: segments[0])
      return
    }
    guard let path = Self.path(of: segments, isURL: isURL) else { return nil }
    self = path
  }

  private init(name: Slice<Piece>) { self.name = Piece(rebasing: name) }

  /// Drops `https://host` or `//service`; true where there was one.
  private static func dropHost(_ text: inout Slice<Piece>) -> Bool {
    var start = text.startIndex
    while start < text.endIndex, text[start] != UInt8(ascii: "/"), text[start] != UInt8(ascii: ":")
    {
      start += 1
    }
    let isScheme = start < text.endIndex && text[start] == UInt8(ascii: ":")
    let slashes = isScheme ? start + 1 : start
    guard isScheme || start == text.startIndex, slashes + 1 < text.endIndex,
      text[slashes] == UInt8(ascii: "/"), text[slashes + 1] == UInt8(ascii: "/")
    else {
      if text.first == UInt8(ascii: "/") { text = text.dropFirst() }
      return false
    }
    var host = slashes + 2
    while host < text.endIndex, text[host] != UInt8(ascii: "/") { host += 1 }
    text = text[min(host + 1, text.endIndex)...]
    return true
  }

  private static func path(of all: [Slice<Piece>], isURL: Bool) -> ReferenceText? {
    var segments = all[...]
    var project: Slice<Piece>?
    if let start = segments.prefix(4).firstIndex(where: { equals($0, "projects") }),
      start + 1 < segments.endIndex
    {
      project = segments[start + 1]
      segments = segments[(start + 2)...]
      guard let id = project, isProject(id) else { return nil }
      if segments.isEmpty {
        var result = ReferenceText(name: id)
        result.kind = .project
        result.collection = Piece(rebasing: all[start])
        return result
      }
    } else if isURL, segments.count > 2, equals(segments[segments.startIndex], "compute") {
      segments = segments.dropFirst(2)
    }
    guard var result = place(segments) else { return nil }
    result.project = project.map { Piece(rebasing: $0) }
    return result
  }

  private static func place(_ segments: ArraySlice<Slice<Piece>>) -> ReferenceText? {
    guard let first = segments.first, let name = segments.last, segments.count >= 2 else {
      return nil
    }
    var result = ReferenceText(name: name)
    if equals(first, "global"), segments.count == 3 {
      result.kind = .global
      result.collection = Piece(rebasing: segments[segments.startIndex + 1])
    } else if equals(first, "zones") || equals(first, "regions") {
      switch segments.count {
      case 2:
        result.kind = .project
        result.collection = Piece(rebasing: first)
      case 4:
        result.kind = equals(first, "zones") ? .zonal : .regional
        result.location = Piece(rebasing: segments[segments.startIndex + 1])
        result.collection = Piece(rebasing: segments[segments.startIndex + 2])
      default: return nil
      }
    } else if equals(first, "global") || equals(first, "aggregated") {
      return nil
    } else {
      // Another API's resource: everything ahead of the name is its collection.
      result.kind = .project
      let end = segments[segments.endIndex - 2].endIndex
      result.collection = Piece(rebasing: Slice(base: first.base, bounds: first.startIndex..<end))
    }
    return result
  }

  private static func equals(_ segment: Slice<Piece>, _ word: StaticString) -> Bool {
    guard segment.count == word.utf8CodeUnitCount else { return false }
    let start = segment.startIndex
    for index in 0..<segment.count where segment.base[start + index] != word.utf8Start[index] {
      return false
    }
    return true
  }

  static func isName(_ text: Slice<Piece>) -> Bool {
    text.allSatisfy {
      isAlphanumeric($0) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_")
        || $0 == UInt8(ascii: ".")
    }
  }

  private static func isProject(_ text: Slice<Piece>) -> Bool {
    text.allSatisfy {
      isAlphanumeric($0) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ".")
        || $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: "_")
    }
  }

  private static func isAlphanumeric(_ byte: UInt8) -> Bool {
    (byte | 0x20) &- UInt8(ascii: "a") < 26 || byte &- UInt8(ascii: "0") < 10
  }
}
