/// Where a record says it lives, as far as it says so.
struct Place {
  /// The project's symbol; nil where nothing names one.
  var project: UInt32?
  var kind = Scope.Kind.global
  var location = SymbolTable.empty
  /// The name's symbol; nil where nothing names the record.
  var name: UInt32?
  /// Whether only a project was named, no place in it.
  var isWholeProject = false

  init() {}

  /// Reads `projects/P`, `zones/Z`, `regions/R` and `global` wherever they stand in a path.
  init(path: String, in symbols: SymbolTable) {
    var hasPlace = false
    let segments = path.utf8.split(separator: UInt8(ascii: "/")).map { Substring($0) }
    var index = 0
    while index < segments.count {
      let next = index + 1 < segments.count ? segments[index + 1] : ""
      switch segments[index] {
      case "projects" where !next.isEmpty:
        project = symbols.intern(String(next))
        index += 1
      case "zones" where !next.isEmpty:
        kind = .zonal
        location = symbols.intern(String(next))
        hasPlace = true
        index += 1
      case "regions" where !next.isEmpty:
        kind = .regional
        location = symbols.intern(String(next))
        hasPlace = true
        index += 1
      case "global": hasPlace = true
      default: break
      }
      index += 1
    }
    isWholeProject = !hasPlace
  }
}

/// Puts places together of what records say of themselves.
///
/// Remembers what many records share: scopes that surround them, zones, and the part of selfLink
/// ahead of the name.
struct PlaceReader {
  private let symbols: SymbolTable
  private var contexts: [UInt32: Place] = [:]
  private var zones: [UInt32: Place] = [:]
  private var regions: [UInt32: Place] = [:]
  private var links: [UInt32: Place] = [:]
  private var last: (prefix: UInt32, place: Place)?

  init(symbols: SymbolTable) { self.symbols = symbols }

  /// What a record's link, zone, region, name and surroundings say, in this order.
  mutating func place(of identity: Identity) -> Place {
    var place = identity.hasLink ? self.place(ofLinkOf: identity) : nil
    let hasLink = place != nil
    if identity.name != SymbolTable.empty || place == nil {
      place = place ?? Place()
      place?.name = identity.name == SymbolTable.empty ? nil : identity.name
    }
    guard var found = place, found.project == nil else { return place ?? Place() }
    let context = surroundings(identity.context)
    if let zone = self.place(identity.zone, .zonal, in: &zones) {
      found.kind = .zonal
      found.location = zone.location
      found.project = zone.project
    } else if let region = self.place(identity.region, .regional, in: &regions) {
      found.kind = .regional
      found.location = region.location
      found.project = region.project
    } else if !hasLink {
      found.kind = context.kind
      found.location = context.location
    }
    found.project = found.project ?? context.project
    return found
  }

  private mutating func surroundings(_ context: UInt32) -> Place {
    if context == SymbolTable.empty { return Place() }
    if let known = contexts[context] { return known }
    let place = Place(path: symbols.text(of: context), in: symbols)
    contexts[context] = place
    return place
  }

  /// A zone or region, written as a name or as a reference.
  private func place(
    _ text: UInt32, _ kind: Scope.Kind, in known: inout [UInt32: Place]
  ) -> Place? {
    if text == SymbolTable.empty { return nil }
    if let place = known[text] { return place }
    guard let reference = ReferenceText(symbols.utf8(of: text)) else { return nil }
    var place = Place()
    place.kind = kind
    place.location = symbols.intern(reference.name)
    place.project = reference.project.map { symbols.intern($0) }
    known[text] = place
    return place
  }

  private mutating func place(ofLinkOf identity: Identity) -> Place? {
    let prefix = identity.linkPrefix
    if prefix != SymbolTable.empty, last?.prefix == prefix || links[prefix] != nil,
      ReferenceText.isName(symbols.utf8(of: identity.linkName))
    {
      if last?.prefix != prefix { last = links[prefix].map { (prefix, $0) } }
      var place = last?.place
      place?.name = identity.linkName
      return place
    }
    let link = identity.link(in: symbols)
    return link.withUnsafeBufferPointer { text in
      guard let reference = ReferenceText(text), let kind = reference.kind else { return nil }
      var place = Place()
      place.kind = kind
      place.project = reference.project.map { symbols.intern($0) }
      place.location = reference.location.map { symbols.intern($0) } ?? SymbolTable.empty
      place.name = symbols.intern(reference.name)
      if prefix != SymbolTable.empty, kind != .project { links[prefix] = place }
      return place
    }
  }
}
