import Schema

/// Finds the keys that the texts of references mean.
struct ReferenceResolver {
  /// What a text says, found out once for each text.
  private enum Parsed {
    case malformed
    /// Says too little, wherever it stands.
    case undecided
    /// Names everything itself.
    case absolute(KeyID)
    /// A bare name.
    case bare(name: UInt32)
    /// A place in the referrer's project.
    case relative(kind: Scope.Kind, location: UInt32, collection: UInt32, name: UInt32)
  }

  private enum Resolved {
    case key(KeyID)
    /// A known form that says too little where it stands: nobody can tell what is meant.
    case undecided
    case malformed
  }

  /// What the texts up to the last slash have in common.
  private struct Shared {
    var prefix: ReferenceText.Piece
    var scope: UInt32
    var collection: UInt32
  }

  private let graph: ResourceGraph
  /// For each text the key that it names by itself; `noKey` where that is not known, `bare` for
  /// a text that is a name.
  private var absolute: [KeyID]
  /// What the other texts say.
  private var others: [UInt32: Parsed] = [:]
  private var canonicalCollections: [UInt32: UInt32] = [:]
  private var keysByNumber: [Int: [UInt64: KeyID]] = [:]
  private var shared: Shared?
  private let projects: UInt32
  private static let bare = ResourceGraph.noKey - 1
  private let freeNames: Set<UInt32>
  /// Where the last bare name was looked for: one list's names all have one referrer.
  private var lastPlace: (referrer: KeyID, scope: UInt32)?
  /// For each key whether some reference names it by a bare name; keys behind the last are not.
  private(set) var isBare: [Bool] = []

  init(graph: ResourceGraph) {
    self.graph = graph
    absolute = [KeyID](repeating: ResourceGraph.noKey, count: graph.symbols.count)
    projects = graph.symbols.intern("projects")
    freeNames = [graph.symbols.intern("all-apis"), graph.symbols.intern("vpc-sc")]
  }

  /// Replaces the texts of one field by keys.
  mutating func resolve(field: Int, type: Int, collections: [String]) {
    guard var column = graph.tables[type].columns[field] else { return }
    graph.tables[type].columns[field] = nil
    let target = Target(collections: collections, graph: graph)
    lastPlace = nil
    let referrers = graph.tables[type].keys
    for row in 0..<column.rowCount {
      let referrer = referrers[row]
      if referrer == ResourceGraph.noKey { continue }
      if column.coding == .list {
        if column.counts[row] >= Column.unreadableWord { continue }
        let start = Int(column.words[row])
        for index in start..<start + Int(column.counts[row]) {
          graph.pool[index] = resolve(
            graph.pool[index], referrer, target, field: field, type: type, row: row)
        }
      } else if column.words[row] < Column.unreadableWord {
        column.words[row] = resolve(
          column.words[row], referrer, target, field: field, type: type, row: row)
      }
    }
    graph.tables[type].columns[field] = column
  }

  private mutating func resolve(
    _ text: UInt32, _ referrer: KeyID, _ target: Target, field: Int, type: Int, row: Int
  ) -> UInt32 {
    switch key(of: text, from: referrer, to: target) {
    case .key(let key): return key
    case .undecided: return Column.unreadableWord
    case .malformed:
      graph.noteMalformedReference(text, field: field, type: type, row: row)
      return Column.unreadableWord
    }
  }

  private mutating func key(of text: UInt32, from referrer: KeyID, to target: Target) -> Resolved {
    let index = Int(text)
    let known = index < absolute.count ? absolute[index] : ResourceGraph.noKey
    if known == Self.bare { return bareKey(text, from: referrer, to: target) }
    if known != ResourceGraph.noKey { return .key(known) }
    switch parse(text) {
    case .malformed: return .malformed
    case .undecided: return .undecided
    case .absolute(let key): return .key(key)
    case .relative(let kind, let location, let collection, let name):
      if graph.keys.scope(of: referrer).project == graph.unappliedPlace { return .undecided }
      let scope = Scope(
        kind: kind, project: graph.keys.scope(of: referrer).project, location: location)
      return .key(
        keyByNumber(
          ResourceKey(
            scope: graph.keys.scopeNumber(scope), collection: collection, name: name)))
    case .bare(let name): return bareKey(name, from: referrer, to: target)
    }
  }

  private mutating func bareKey(
    _ name: UInt32, from referrer: KeyID, to target: Target
  ) -> Resolved {
    if let lastPlace, lastPlace.referrer == referrer, let collection = target.collection {
      return bareKey(ResourceKey(scope: lastPlace.scope, collection: collection, name: name))
    }
    var scope = graph.keys.scope(of: referrer)
    if scope.project == graph.unappliedPlace { return .undecided }
    let isPlaceless = scope.location == graph.unappliedPlace
    guard let collection = target.collection else {
      if !freeNames.contains(name) { return .malformed }
      scope.kind = .project
      scope.location = SymbolTable.empty
      return .key(
        graph.keys.intern(
          ResourceKey(
            scope: graph.keys.scopeNumber(scope), collection: graph.symbols.intern("googleApis"),
            name: name)))
    }
    switch target.place {
    case .project:
      scope.kind = .project
      scope.location = SymbolTable.empty
    case .zone:
      if scope.kind != .zonal || isPlaceless { return .undecided }
    case .region:
      if isPlaceless { return .undecided }
      if scope.kind == .zonal { scope.location = graph.regionName(ofZone: scope) }
      if scope.kind != .zonal && scope.kind != .regional { return .undecided }
      scope.kind = .regional
    case .regionOfReferrer where scope.kind == .regional:
      if isPlaceless { return .undecided }
    case .regionOfReferrer, .global:
      scope.kind = .global
      scope.location = SymbolTable.empty
    }
    let number = graph.keys.scopeNumber(scope)
    lastPlace = (referrer, number)
    return bareKey(ResourceKey(scope: number, collection: collection, name: name))
  }

  private mutating func bareKey(_ key: ResourceKey) -> Resolved {
    let key = keyByNumber(key)
    let index = Int(key)
    if index >= isBare.count {
      isBare += repeatElement(false, count: index + 1 - isBare.count + isBare.count / 2)
    }
    isBare[index] = true
    return .key(key)
  }

  private mutating func parse(_ text: UInt32) -> Parsed {
    if let known = others[text] { return known }
    let result = parseAnew(text)
    switch result {
    case .absolute(let key) where Int(text) < absolute.count: absolute[Int(text)] = key
    case .bare(let name) where name == text && Int(text) < absolute.count:
      absolute[Int(text)] = Self.bare
    default: others[text] = result
    }
    return result
  }

  private mutating func parseAnew(_ text: UInt32) -> Parsed {
    var bytes = graph.symbols.utf8(of: text)
    if Unapplied.isName(bytes) {
      return graph.unapplied[text].map { .absolute($0) } ?? .undecided
    }
    let slash = bytes.lastIndex(of: UInt8(ascii: "/"))
    if let shared, let slash, slash + 1 < bytes.count,
      SymbolTable.equal(shared.prefix, ReferenceText.Piece(rebasing: bytes[..<slash]))
    {
      let name = ReferenceText.Piece(rebasing: bytes[(slash + 1)...])
      if ReferenceText.isName(name) {
        return .absolute(
          keyByNumber(
            ResourceKey(
              scope: shared.scope, collection: shared.collection,
              name: graph.symbols.intern(name))))
      }
    }
    if bytes.contains(UInt8(ascii: "%")) {
      bytes = graph.symbols.utf8(of: graph.symbols.intern(PercentEncoding.decode(bytes)))
    }
    guard let reference = ReferenceText(bytes) else { return .malformed }
    let name = graph.symbols.intern(reference.name)
    guard let kind = reference.kind, let written = reference.collection else {
      return .bare(name: name)
    }
    let location = reference.location.map { graph.symbols.intern($0) } ?? SymbolTable.empty
    let collection = canonicalCollection(graph.symbols.intern(written))
    if collection == projects {
      let id = graph.keys.canonicalProject(name)
      let scope = Scope(kind: .project, project: id, location: SymbolTable.empty)
      return .absolute(
        graph.keys.intern(
          ResourceKey(scope: graph.keys.scopeNumber(scope), collection: collection, name: id)))
    }
    guard let project = reference.project.map({ graph.symbols.intern($0) }) else {
      return .relative(kind: kind, location: location, collection: collection, name: name)
    }
    let scope = graph.keys.scopeNumber(Scope(kind: kind, project: project, location: location))
    if let slash = bytes.lastIndex(of: UInt8(ascii: "/")), kind != .project,
      slash + 1 < bytes.count
    {
      shared = Shared(
        prefix: ReferenceText.Piece(rebasing: bytes[..<slash]), scope: scope,
        collection: collection)
    }
    return .absolute(keyByNumber(ResourceKey(scope: scope, collection: collection, name: name)))
  }

  private mutating func canonicalCollection(_ collection: UInt32) -> UInt32 {
    if let known = canonicalCollections[collection] { return known }
    let text = graph.symbols.text(of: collection)
    let type = Schema.index(ofCollection: text).map { Schema.types[$0] }
    let canonical = type?.collection.map { graph.symbols.intern($0) } ?? collection
    canonicalCollections[collection] = canonical
    return canonical
  }

  /// The key, or that of the loaded resource whose API number stands in the name's place.
  private mutating func keyByNumber(_ key: ResourceKey) -> KeyID {
    let id = graph.keys.intern(key)
    guard ReferenceText.isNumber(graph.symbols.utf8(of: key.name)), graph.row(ofKey: id) < 0,
      let number = UInt64(graph.symbols.text(of: key.name))
    else { return id }
    graph.extendKeyTypes()
    let type = Int(graph.keyTypes[Int(id)])
    guard type < graph.tables.count else { return id }
    if keysByNumber[type] == nil {
      keysByNumber[type] = Dictionary(
        zip(graph.tables[type].ids, graph.tables[type].keys).filter { $0.0 != 0 },
        uniquingKeysWith: { first, _ in first })
    }
    return keysByNumber[type]?[number] ?? id
  }
}

/// What a reference field may point to, for completing bare names.
private struct Target {
  /// Where the resources of the collection are that a bare name means.
  enum Place {
    case project, zone, region, regionOfReferrer, global
  }

  /// The collection of a bare name; nil where a bare name says too little.
  let collection: UInt32?
  let place: Place

  init(collections: [String], graph: ResourceGraph) {
    let isSure =
      collections.count == 1 || collections.first == "healthChecks"
      || collections.first == "backendServices"
    guard isSure, let name = collections.first else {
      collection = nil
      place = .global
      return
    }
    collection = graph.symbols.intern(name)
    switch Schema.index(ofCollection: name).map({ Schema.types[$0].scopes }) ?? [] {
    case [.none]: place = .project
    case [.zonal]: place = .zone
    case [.regional]: place = .region
    case let scopes: place = scopes.contains(.regional) ? .regionOfReferrer : .global
    }
  }
}

/// Percent-encoded text (RFC 3986, section 2.1).
enum PercentEncoding {
  /// The text with every complete escape decoded.
  static func decode(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
    var result: [UInt8] = []
    var index = 0
    while index < bytes.count {
      if bytes[index] == UInt8(ascii: "%"), index + 2 < bytes.count,
        let high = hexDigit(bytes[index + 1]), let low = hexDigit(bytes[index + 2])
      {
        result.append(high << 4 | low)
        index += 3
      } else {
        result.append(bytes[index])
        index += 1
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  private static func hexDigit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    default: nil
    }
  }
}
