public import CEL
import Schema

/// A missing thing in words.
public struct MissingThing: Hashable, Sendable {
  /// What is missing, by its path: a resource, a list, `PATH#field`, or a collection.
  public var path: String
  /// What stands for it where several of one kind, collection and project are missing.
  public var foldedPath: String
  /// The command that fetches it; nil where no export can give it.
  public var command: String?
  /// The command that stands for those of several such things; nil for the same as `command`.
  var commandOfSeveral: String?
  /// The command where several of one kind, collection and project are missing.
  public var foldedCommand: String? { commandOfSeveral ?? command }
  /// Why that matters, in a few words: "not loaded", "does not exist", "not set in the export".
  public var reason: String
}

extension ResourceGraph {
  /// What a cause that this graph gave means.
  public func missingThing(_ cause: Cause) -> MissingThing {
    let raw = cause.rawValue
    let type = Int(UInt8(truncatingIfNeeded: raw >> 48))
    let field = Int(UInt16(truncatingIfNeeded: raw >> 32))
    let subject = UInt32(truncatingIfNeeded: raw)
    switch Missing.Kind(rawValue: UInt8(truncatingIfNeeded: raw >> 56)) {
    case .resource:
      return MissingThing(
        path: path(ofKey: subject), foldedPath: collectionPath(ofKey: subject),
        command: listCommand(ofKey: subject), reason: "not loaded")
    case .nonexistent:
      return MissingThing(
        path: path(ofKey: subject), foldedPath: collectionPath(ofKey: subject),
        reason: "does not exist")
    case .list: return missingList(type: type, field: field, key: subject)
    case .field:
      return missingField(type: type, field: field, row: subject, reason: "not set in the export")
    case .unreadable:
      return missingField(type: type, field: field, row: subject, reason: "cannot be read")
    case .ambiguous:
      let reason =
        switch Schema.types[type].name {
        case "NetworkInterface": "several interfaces are in the subnet"
        case "Firewall": "counts for some destinations only"
        case "Network": "a firewall policy decides, which is not read"
        case "AliasIpRange": "a length alone, as requests have it"
        default: "fits no load balancer of the scheme"
        }
      return missingField(type: type, field: field, row: subject, reason: reason)
    case .collection: return missingCollection(type: type, scope: subject)
    case .projectNumber:
      return MissingThing(
        path: path(ofKey: subject), foldedPath: collectionPath(ofKey: subject),
        command: listCommand(ofKey: subject, of: "projects"),
        reason: "named by number, and nobody says whose number it is")
    case .undocumented:
      let text = symbols.text(of: subject)
      return MissingThing(path: text, foldedPath: text, reason: "not documented")
    case .unapplied: return missingIdentity(part: field, key: subject)
    case nil:
      return MissingThing(path: "", foldedPath: "", reason: "unknown")
    }
  }

  private func missingField(
    type: Int, field: Int, row: UInt32, reason: String
  ) -> MissingThing {
    let name = Schema.types[type].fields[field].name
    let row = Int(row)
    guard row < tables[type].count else {
      return MissingThing(path: name, foldedPath: name, reason: reason)
    }
    let key = tables[type].keys[row]
    if let attribute = unappliedAttribute(type: type, field: field, row: row) {
      return MissingThing(
        path: attribute, foldedPath: Unapplied.pattern(of: attribute),
        reason: Self.unappliedReason)
    }
    let inner = locator(of: record(type: type, row: row)).map { "\($0).\(name)" } ?? name
    let ofPart = isPart[type] ? "\(Schema.types[type].name)." : ""
    return MissingThing(
      path: "\(path(ofKey: key))#\(inner)",
      foldedPath: "\(collectionPath(ofKey: key))#\(ofPart)\(name)",
      command: listCommand(ofKey: key), reason: reason)
  }

  func missingList(type: Int, field: Int, key: UInt32) -> MissingThing {
    let name = Schema.types[type].fields[field].name
    let project = symbols.text(of: keys.scope(of: key).project)
    guard let method = Schema.types[type].fields[field].listMethod else {
      let inner = isPart[type] ? "\(Schema.types[type].name).\(name)" : name
      return MissingThing(
        path: "\(path(ofKey: key))#\(inner)",
        foldedPath: "\(collectionPath(ofKey: key))#\(inner)",
        command: isPart[type]
          ? ExportCommands.healths(of: path(ofKey: key)) : listCommand(ofKey: key),
        commandOfSeveral: isPart[type]
          ? ExportCommands.healths(
            of: "projects/\(project)/zones/ZONE/networkEndpointGroups/NAME") : nil,
        reason: "not set in the export")
    }
    return MissingThing(
      path: "\(path(ofKey: key))/\(method)",
      foldedPath: "\(collectionPath(ofKey: key))/*/\(method)",
      command: ExportCommands.list(
        partsIn: name, of: symbols.text(of: keys.keys[Int(key)].name), scope: scopeFlag(ofKey: key),
        project: project),
      commandOfSeveral: ExportCommands.list(
        partsIn: name, of: nil, scope: nil, project: project),
      reason: "not loaded")
  }

  private func missingCollection(type: Int, scope: UInt32) -> MissingThing {
    let collection = Schema.types[type].collection ?? ""
    let scope = keys.scopes[Int(scope)]
    let project = symbols.text(of: scope.project)
    let location = symbols.text(of: scope.location)
    let folded = "projects/\(project)/aggregated/\(collection)"
    let path =
      switch scope.kind {
      case .zonal: "projects/\(project)/zones/\(location)/\(collection)"
      case .regional: "projects/\(project)/regions/\(location)/\(collection)"
      case .global: "projects/\(project)/global/\(collection)"
      case .project: folded
      }
    return MissingThing(
      path: path, foldedPath: folded,
      command: ExportCommands.wholeCollection(collection, project: project),
      reason: "may be incomplete")
  }

  /// The collection of a key, whatever its scope: `projects/P/aggregated/instances`.
  private func collectionPath(ofKey key: KeyID) -> String {
    let collection = symbols.text(of: keys.keys[Int(key)].collection)
    return "projects/\(symbols.text(of: keys.scope(of: key).project))/aggregated/\(collection)"
  }

  func listCommand(ofKey key: KeyID, of collection: String? = nil) -> String? {
    ExportCommands.list(
      collection ?? symbols.text(of: keys.keys[Int(key)].collection),
      project: symbols.text(of: keys.scope(of: key).project))
  }

  private func scopeFlag(ofKey key: KeyID) -> String {
    let scope = keys.scope(of: key)
    let location = ShellWord.quote(symbols.text(of: scope.location))
    return switch scope.kind {
    case .zonal: "--zone=\(location)"
    case .regional: "--region=\(location)"
    case .global, .project: "--global"
    }
  }
}
