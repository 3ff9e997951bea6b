import Schema

/// The number of a resource's canonical key, loaded or not.
typealias KeyID = UInt32

/// Where a resource lives: a project and a place in it.
struct Scope: Hashable {
  enum Kind: UInt8 {
    /// Directly in the project: regions, zones, and collections of other APIs.
    case project
    case global
    case regional
    case zonal

    /// The same in the schema's words.
    var schemaScope: ResourceType.Scope {
      switch self {
      case .project: .none
      case .global: .global
      case .regional: .regional
      case .zonal: .zonal
      }
    }
  }

  var kind: Kind
  /// The project's id or number; the empty symbol for resources outside of projects.
  var project: UInt32
  /// The region or zone; the empty symbol otherwise.
  var location: UInt32
}

/// A resource's canonical key: project, scope, collection and name (constraints H1).
struct ResourceKey: Hashable {
  var scope: UInt32
  var collection: UInt32
  var name: UInt32
}

/// The keys of all resources that were loaded or referred to.
struct KeyTable {
  private(set) var scopes: [Scope] = []
  private(set) var keys: [ResourceKey] = []
  /// For each key the row of the loaded resource, plus one; 0 where none was loaded.
  var rows: [UInt32] = []
  /// The ids of the projects whose numbers are known, by number; both as symbols.
  private(set) var projectIDs: [UInt32: UInt32] = [:]
  private var projectsWithNumbers: Set<UInt32> = []
  private var scopeNumbers: [Scope: UInt32] = [:]
  private var slots = [UInt32](repeating: 0, count: 1 << 12)
  private var lastScope: (scope: Scope, number: UInt32)?

  var count: Int { keys.count }

  /// Says that a project number and a project id name one project (constraints 4.1).
  ///
  /// To be called before the first key is made.
  mutating func noteProject(number: UInt32, id: UInt32) {
    projectIDs[number] = id
    projectsWithNumbers.insert(id)
  }

  /// Whether the number of the project with this id is known.
  func isNumberKnown(ofProject id: UInt32) -> Bool { projectsWithNumbers.contains(id) }

  /// The project's id where it is known, else its number as it is.
  func canonicalProject(_ project: UInt32) -> UInt32 { projectIDs[project] ?? project }

  mutating func scopeNumber(_ given: Scope) -> UInt32 {
    if let last = lastScope, last.scope == given { return last.number }
    var scope = given
    scope.project = canonicalProject(given.project)
    let number = scopeNumbers[scope] ?? UInt32(truncatingIfNeeded: scopes.count)
    if Int(number) == scopes.count {
      scopes.append(scope)
      scopeNumbers[scope] = number
    }
    lastScope = (given, number)
    return number
  }

  /// The number of a key, given anew if need be.
  ///
  /// O(1).
  mutating func intern(_ key: ResourceKey) -> KeyID {
    let slot = find(key)
    if slots[slot] != 0 { return slots[slot] - 1 }
    let number = KeyID(truncatingIfNeeded: keys.count)
    keys.append(key)
    rows.append(0)
    slots[slot] = number + 1
    if keys.count * 2 > slots.count { grow() }
    return number
  }

  /// The number of a key that is in the table.
  func number(of key: ResourceKey) -> KeyID? {
    let found = slots[find(key)]
    return found == 0 ? nil : found - 1
  }

  func number(ofScope scope: Scope) -> UInt32? {
    var scope = scope
    scope.project = canonicalProject(scope.project)
    return scopeNumbers[scope]
  }

  func scope(of key: KeyID) -> Scope { scopes[Int(keys[Int(key)].scope)] }

  private func find(_ key: ResourceKey) -> Int {
    let mask = slots.count - 1
    var slot = Self.hash(key) & mask
    while slots[slot] != 0, keys[Int(slots[slot] - 1)] != key { slot = (slot &+ 1) & mask }
    return slot
  }

  private mutating func grow() {
    slots = [UInt32](repeating: 0, count: slots.count * 4)
    let mask = slots.count - 1
    for (index, key) in keys.enumerated() {
      var slot = Self.hash(key) & mask
      while slots[slot] != 0 { slot = (slot &+ 1) & mask }
      slots[slot] = UInt32(truncatingIfNeeded: index + 1)
    }
  }

  private static func hash(_ key: ResourceKey) -> Int {
    var hash = UInt64(key.name) &* 0x9E37_79B9_7F4A_7C15
    hash = (hash ^ (UInt64(key.scope) &<< 32 | UInt64(key.collection))) &* 0xFF51_AFD7_ED55_8CCD
    hash ^= hash &>> 33
    return Int(truncatingIfNeeded: hash & 0x7FFF_FFFF_FFFF_FFFF)
  }
}
