import CEL
import Schema

extension ResourceGraph {
  /// Reads a field that a resource's key answers, loaded or not; nil for other fields.
  func identityReader(of field: String) -> FieldReader? {
    switch field {
    case "name":
      return keyReader(.name) { graph, key in .symbol(graph.keys.keys[Int(key)].name) }
    case "project":
      return keyReader(.project) { graph, key in graph.place(graph.projectKeys, key) }
    case "zone":
      return keyReader(.zone) { graph, key in graph.place(graph.zoneKeys, key) }
    case "region":
      return keyReader(.region) { graph, key in graph.region(ofKey: key) }
    case "scope":
      let words = ["global", "global", "regional", "zonal"].map { Value.symbol(symbol(for: $0)) }
      return keyReader { graph, key in words[Int(graph.keys.scope(of: key).kind.rawValue)] }
    case "scopeFlag": return scopeFlagReader()
    case "isResolved": return flagReader(.resolved)
    case "isGKEManaged": return flagReader(.gkeManaged)
    default: return nil
    }
  }

  private func place(_ places: [KeyID], _ key: KeyID) -> Value {
    let found = places[Int(keys.keys[Int(key)].scope)]
    return found == Self.noKey ? unsetRecord(Self.noType) : reference(found)
  }

  /// The region of a regional or zonal resource, or of a zone itself.
  private func region(ofKey key: KeyID) -> Value {
    if let region = indices.zoneRegions[key] { return reference(region) }
    return place(regionKeys, key)
  }

  private func keyReader(
    _ part: Unapplied.Part? = nil, _ read: @escaping (ResourceGraph, KeyID) -> Value
  ) -> FieldReader {
    let isAllApplied = unapplied.isEmpty
    let get: (Context, Value) -> Value = { context, record in
      guard record.bits < UInt64(self.keys.count) else {
        return self.unset(context)
      }
      let key = KeyID(truncatingIfNeeded: record.bits)
      if !isAllApplied, let part, let cause = self.unappliedCause(part, key) {
        return context.unknown(cause)
      }
      return read(self, key)
    }
    return FieldReader(
      get: get,
      has: { context, record in
        let value = get(context, record)
        if value.isError || value.isUnknown { return value }
        return .bool(value.recordID != UInt64(Self.noKey))
      })
  }

  private func scopeFlagReader() -> FieldReader {
    let get: (Context, Value) -> Value = { context, record in
      guard record.bits < UInt64(self.keys.count) else { return self.unset(context) }
      let scope = self.keys.scope(of: KeyID(truncatingIfNeeded: record.bits))
      return context.string(self.scopeFlag(of: scope))
    }
    return FieldReader(
      get: get,
      has: { context, record in
        let value = get(context, record)
        return value.isError || value.isUnknown ? value : .bool(true)
      })
  }

  /// gcloud's flag for a scope, without dashes.
  ///
  /// - Parameters:
  ///   - scope: The scope.
  ///   - prefix: What gcloud puts before `zone` and `region` where the flag is not the command's
  ///     own, such as `instance-group-`.
  /// - Returns: The flag.
  func scopeFlag(of scope: Scope, prefix: String = "") -> String {
    switch scope.kind {
    case .zonal: "\(prefix)zone=\(symbols.text(of: scope.location))"
    case .regional: "\(prefix)region=\(symbols.text(of: scope.location))"
    case .global, .project: "global"
    }
  }

  private func flagReader(_ flag: Table.Flags) -> FieldReader {
    let get: (Context, Value) -> Value = { context, record in
      guard record.bits < UInt64(self.keys.count) else {
        return self.unset(context)
      }
      let key = KeyID(truncatingIfNeeded: record.bits)
      let row = self.row(ofKey: key)
      guard row >= 0, self.keyTypes[Int(key)] != Self.noType else {
        return self.missing(key, context)
      }
      return .bool(self.tables[Int(self.keyTypes[Int(key)])].flags[row].contains(flag))
    }
    return FieldReader(get: get, has: get)
  }

  /// Reads a field of whatever type a record has at run time.
  func anyReader(of field: String) -> FieldReader {
    guard let reader = identityReader(of: field) else { return commonReader(of: field) }
    let name = field == "name"
    return FieldReader(
      get: { [self] context, record in
        guard isPartRecord(record) else { return reader.get(context, record) }
        return name ? .symbol(SymbolTable.empty) : reader.get(context, ownerRecord(record))
      },
      has: { [self] context, record in
        guard isPartRecord(record) else { return reader.has(context, record) }
        return name ? .bool(false) : reader.has(context, ownerRecord(record))
      })
  }

  private func isPartRecord(_ record: Value) -> Bool {
    record.recordType.map { $0 != Self.noType && isPart[Int($0)] } ?? false
  }

  /// The resource that a part belongs to: the parts of a resource live where it does.
  private func ownerRecord(_ part: Value) -> Value {
    resourceNumber(of: part).map { $0 == Self.noKey ? unsetRecord(Self.noType) : reference($0) }
      ?? unsetRecord(Self.noType)
  }

  /// Reads a field that all types of a family have, of whichever a record is.
  func familyReader(of field: String, in family: ResourceFamily) -> FieldReader {
    guard family.fields.contains(where: { $0.name == field }) else { return anyReader(of: field) }
    var readers = [FieldReader?](repeating: nil, count: Schema.types.count)
    for member in family.members {
      if let type = Schema.index(of: member) { readers[type] = reader(of: field, in: member) }
    }
    let reader = { (record: Value) -> FieldReader? in
      record.recordType.flatMap { Int($0) < readers.count ? readers[Int($0)] : nil }
    }
    return FieldReader(
      get: { context, record in reader(record)?.get(context, record) ?? self.unset(context) },
      has: { context, record in reader(record)?.has(context, record) ?? self.unset(context) })
  }

  /// Reads the fields that parts and resources have in common.
  func commonReader(of field: String) -> FieldReader {
    if field == "references" { return referencesReader() }
    if field == "misdirectedReferences" { return misdirectionsReader() }
    return FieldReader(
      get: { context, _ in context.error("no field '\(field)'") },
      has: { context, _ in context.error("no field '\(field)'") })
  }
}
