import CEL
import Schema

extension ResourceGraph {
  /// Gives every scope the keys of its project, zone and region, and every NEG in an auto mode
  /// network the key of its automatic subnet.
  func finishScopes() {
    indices.projectCollection = symbols.intern("projects")
    for case let collection? in Schema.types.map(\.collection) {
      _ = type(ofCollection: symbols.intern(collection))
    }
    if let type = Schema.index(of: "Subnetwork") {
      indices.networksWithSubnetworks = Set(column("network", of: type)?.words ?? [])
    }
    inferSubnetworks()
    for number in 0..<keys.scopes.count {
      let scope = keys.scopes[number]
      projectKeys.append(key(inProject: scope, "projects", scope.project))
      zoneKeys.append(
        scope.kind == .zonal ? key(inProject: scope, "zones", scope.location) : Self.noKey)
      switch scope.kind {
      case .zonal: regionKeys.append(regionKey(ofZone: scope))
      case .regional: regionKeys.append(key(inProject: scope, "regions", scope.location))
      case .global, .project: regionKeys.append(Self.noKey)
      }
    }
    finishZones()
    // The keys just made may lie in scopes that were not there before.
    while projectKeys.count < keys.scopes.count {
      let scope = keys.scopes[projectKeys.count]
      projectKeys.append(key(inProject: scope, "projects", scope.project))
      zoneKeys.append(Self.noKey)
      regionKeys.append(Self.noKey)
    }
    extendKeyTypes()
    noteCompleteTypes()
    let others = max(0, keys.count - indices.isBare.count)
    indices.isBare += repeatElement(false, count: others)
  }

  /// For each type the number of its collection among all; parts have none of their own.
  static let collectionNumbers: [UInt64] = {
    var count: UInt64 = 0
    return Schema.types.map { type in
      defer { if type.collection != nil { count += 1 } }
      return count
    }
  }()

  private func noteCompleteTypes() {
    let collections = Schema.types.compactMap { $0.collection.map { symbols.intern($0) } }
    completeTypes = keys.scopes.map { scope in
      var bits: UInt64 = 0
      for (number, collection) in collections.enumerated() {
        if isComplete(collection, in: scope) { bits |= 1 << UInt64(number) }
      }
      return bits
    }
  }

  /// Makes sure that the region of every zone that is referred to has a key.
  private func finishZones() {
    let zones = symbols.intern("zones")
    for id in 0..<keys.count where keys.keys[id].collection == zones {
      let scope = keys.scope(of: KeyID(id))
      let zone = Scope(kind: .zonal, project: scope.project, location: keys.keys[id].name)
      indices.zoneRegions[KeyID(id)] = regionKey(ofZone: zone)
    }
  }

  private func key(inProject scope: Scope, _ collection: String, _ name: UInt32) -> KeyID {
    let project = Scope(
      kind: .project, project: scope.project, location: SymbolTable.empty)
    return keys.intern(
      ResourceKey(
        scope: keys.scopeNumber(project), collection: symbols.intern(collection), name: name))
  }

  /// The region of a zone: the loaded zone's, else the zone's name without its last part
  /// (constraints H2: `europe-west4-b` is in `europe-west4`).
  private func regionKey(ofZone scope: Scope) -> KeyID {
    let zone = key(inProject: scope, "zones", scope.location)
    if let type = Schema.index(of: "Zone"), row(ofKey: zone) >= 0,
      let region = column("region", of: type)?.words[row(ofKey: zone)],
      region < Column.unreadableWord
    {
      return region
    }
    return key(inProject: scope, "regions", regionName(ofZone: scope))
  }

  /// The name of a zone's region by the zone's name alone.
  func regionName(ofZone scope: Scope) -> UInt32 {
    let zone = symbols.utf8(of: scope.location)
    guard let dash = zone.lastIndex(of: UInt8(ascii: "-")) else { return scope.location }
    return symbols.intern(UnsafeBufferPointer(rebasing: zone[..<dash]))
  }

  /// An automatic subnet has the network's name and lies in the zone's region (statement S41).
  private func inferSubnetworks() {
    guard let type = Schema.index(of: "NetworkEndpointGroup"),
      let networkType = Schema.index(of: "Network"),
      let networks = column("network", of: type)?.words
    else { return }
    let subnetworks = symbols.intern("subnetworks")
    for (row, network) in networks.enumerated() where network < Column.unreadableWord {
      let scope = keys.scope(of: tables[type].keys[row])
      let loaded = self.row(ofKey: network)
      guard scope.kind == .zonal, scope.location != unappliedPlace, loaded >= 0,
        case .auto = mode(ofNetwork: loaded, type: networkType)
      else { continue }
      // The key first: it may be made anew, and the table grow.
      let region = regionKey(ofZone: scope)
      let place = Scope(
        kind: .regional, project: keys.scope(of: network).project,
        location: keys.keys[Int(region)].name)
      inferredSubnetworks[UInt32(truncatingIfNeeded: row)] = keys.intern(
        ResourceKey(
          scope: keys.scopeNumber(place), collection: subnetworks,
          name: keys.keys[Int(network)].name))
    }
  }

  func column(_ field: String, of type: Int) -> Column? {
    tables[type].type.index(of: field).flatMap { tables[type].columns[$0] }
  }

  /// Whether nothing of a collection is missing in a scope (constraints H11).
  ///
  /// Where completeness is assumed, that is of the modelled collections of loaded projects: of
  /// other projects nothing was meant to be there.
  func isComplete(_ collection: UInt32, in scope: Scope) -> Bool {
    if misplaced.contains(DerivedIndices.pair(scope.project, collection)) { return false }
    if contains(collection, scope) { return true }
    let project = Scope(kind: .project, project: scope.project, location: SymbolTable.empty)
    if contains(collection, project) { return true }
    return assumesCompleteness && loadedProjects.contains(scope.project)
      && indices.collectionTypes[collection].map { $0 != Self.noType } ?? false
  }

  private func contains(_ collection: UInt32, _ scope: Scope) -> Bool {
    guard let number = keys.number(ofScope: scope) else { return false }
    return completeScopes.contains(
      ResourceKey(scope: number, collection: collection, name: SymbolTable.empty))
  }
}
