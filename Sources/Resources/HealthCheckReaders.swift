import CEL
import Schema

extension ResourceGraph {
  func healthCheckReader(of field: String, type: Int) -> FieldReader? {
    switch field {
    case "settings": settingsReader(HealthCheckSettings(self, type: type))
    case "settingsTypes": settingsTypesReader(HealthCheckSettings(self, type: type))
    case "usesServingPort": servingPortReader(HealthCheckSettings(self, type: type))
    case "effectivePort": probePortReader(HealthCheckSettings(self, type: type))
    case "referrers": referrersReader(type: type)
    default: nil
    }
  }

  /// The health checks of a service that are, or are not, of the legacy kind.
  func healthChecksReader(legacy: Bool, type: Int) -> FieldReader {
    let all = columnReader(ofField: "healthChecks", type: type)
    let collections = Set(["httpHealthChecks", "httpsHealthChecks"].map { symbol(for: $0) })
    return always { graph, context, record in
      let list = all.get(context, record)
      guard let checks = context.elements(of: list) else { return list }
      return context.list(
        checks.filter { check in
          guard let id = check.recordID, id < UInt64(graph.keys.count) else { return true }
          return collections.contains(graph.keys.keys[Int(id)].collection) == legacy
        })
    }
  }

  private func settingsReader(_ settings: HealthCheckSettings) -> FieldReader {
    optionally(unset: settings.unset) { _, context, record in settings.read(record, context) }
  }

  private func settingsTypesReader(_ settings: HealthCheckSettings) -> FieldReader {
    always { _, context, record in settings.types(record, context) }
  }

  private func servingPortReader(_ settings: HealthCheckSettings) -> FieldReader {
    always { _, context, record in settings.usesServingPort(record, context) }
  }

  /// The fixed port of a check; not set where it asks at the serving port.
  private func probePortReader(_ settings: HealthCheckSettings) -> FieldReader {
    optionally(unset: settings.unknownPort) { _, context, record in
      let isServing = settings.usesServingPort(record, context)
      if isServing.isTrue { return nil }
      return isServing.isFalse ? settings.fixedPort(record, context) : isServing
    }
  }
}

/// What is asked by health checks: the object among seven that counts.
private struct HealthCheckSettings {
  private let graph: ResourceGraph
  private let finder: RowFinder
  private let type: Int
  private let types: [UInt32]
  private let typeField: Int
  private let part: Int
  /// The object's column and the symbol of its type, for each protocol.
  private let objects: [(column: [UInt32], field: Int, word: UInt32)]
  private let specification: FieldReader
  private let port: FieldReader
  private let serving: UInt32
  private let defaults: [UInt32: Int64]

  var unset: Value { graph.unsetRecord(UInt16(truncatingIfNeeded: part)) }

  init(_ graph: ResourceGraph, type: Int) {
    self.graph = graph
    self.type = type
    finder = RowFinder(graph, type: type)
    types = graph.column("type", of: type)?.words ?? []
    typeField = Schema.types[type].index(of: "type") ?? 0
    part = Schema.index(of: "HealthCheckSettings") ?? 0
    objects = Schema.healthCheckProtocols.map { name, field in
      (
        graph.column(field, of: type)?.words ?? [], Schema.types[type].index(of: field) ?? 0,
        graph.symbol(for: name)
      )
    }
    specification = graph.columnReader(ofField: "portSpecification", type: part)
    port = graph.columnReader(ofField: "port", type: part)
    serving = graph.symbol(for: "USE_SERVING_PORT")
    let ports: [(String, Int64)] = [
      ("HTTP", 80), ("TCP", 80), ("HTTP2", 443), ("HTTPS", 443), ("SSL", 443),
    ]
    defaults = Dictionary(
      ports.map { (graph.symbol(for: $0.0), $0.1) }, uniquingKeysWith: { first, _ in first })
  }

  private func cause(_ kind: Missing.Kind, _ field: Int, _ row: Int) -> Cause {
    Missing.cause(kind, type: type, field: field, subject: UInt32(truncatingIfNeeded: row))
  }

  /// The type's word, or the unknown of it.
  private func declared(_ row: Int) -> UInt32 { row < types.count ? types[row] : Column.unsetWord }

  /// The object that counts; nil where there is none.
  func read(_ record: Value, _ context: Context) -> Value? {
    switch finder.row(of: record, context) {
    case .value(let value): return value
    case .row(let row):
      let word = declared(row)
      if word == Column.unreadableWord {
        return context.unknown(cause(.unreadable, typeField, row))
      }
      var found: [Value] = []
      for object in objects where word == Column.unsetWord || object.word == word {
        let cell = row < object.column.count ? object.column[row] : Column.unsetWord
        if cell == Column.unsetWord { continue }
        if cell == Column.unreadableWord {
          return context.unknown(cause(.unreadable, object.field, row))
        }
        found.append(.record(type: UInt16(truncatingIfNeeded: part), id: UInt64(cell)))
      }
      return found.count > 1 ? context.unknown(cause(.field, typeField, row)) : found.first
    }
  }

  /// The types whose object is set.
  func types(_ record: Value, _ context: Context) -> Value {
    switch finder.row(of: record, context) {
    case .value(let value): return value
    case .row(let row):
      let word = declared(row)
      var found: [Value] = []
      var open = false
      var unapplied: Cause?
      for object in objects {
        let cell = row < object.column.count ? object.column[row] : Column.unsetWord
        if cell == Column.unsetWord { continue }
        if cell == Column.unreadableWord,
          graph.unappliedAttribute(type: type, field: object.field, row: row) != nil
        {
          // Whether it is there at all is known once the plan is applied.
          unapplied = unapplied ?? cause(.unreadable, object.field, row)
        } else if cell == Column.unreadableWord {
          found.append(context.unknown(cause(.unreadable, object.field, row)))
        } else if object.word == word || !isEmpty(Int(cell)) {
          found.append(.symbol(object.word))
        } else if word >= Column.unreadableWord {
          open = true
        }
      }
      // Without a type nobody can tell which object should be there.
      if word == Column.unsetWord && found.isEmpty { open = true }
      let kind = word == Column.unsetWord ? Missing.Kind.field : .unreadable
      let doubt = open ? cause(kind, typeField, row) : unapplied
      return context.list(found, openBecause: doubt.map { context.causeSet($0) })
    }
  }

  private func isEmpty(_ row: Int) -> Bool {
    graph.tables[part].columns.allSatisfy { $0?.isUnset(row) ?? true }
  }

  func usesServingPort(_ record: Value, _ context: Context) -> Value {
    guard let settings = read(record, context) else { return .bool(false) }
    if !settings.isKnown { return settings }
    let word = specification.get(context, settings)
    return word.isKnown ? .bool(word.asSymbol == serving) : word
  }

  /// The port of the object that counts, else that of the type.
  func fixedPort(_ record: Value, _ context: Context) -> Value {
    if let settings = read(record, context) {
      if !settings.isKnown { return settings }
      let isSet = port.has(context, settings)
      if !isSet.isFalse { return isSet.isTrue ? port.get(context, settings) : isSet }
    }
    return unknownPort(graph, context, record)
  }

  /// The port of the type; unknown where it has none.
  func unknownPort(_ graph: ResourceGraph, _ context: Context, _ record: Value) -> Value {
    switch finder.row(of: record, context) {
    case .value(let value): return value
    case .row(let row):
      let word = declared(row)
      if let port = defaults[word] { return .int(port) }
      if word < Column.unreadableWord, let object = objects.first(where: { $0.word == word }) {
        return context.unknown(cause(.field, object.field, row))
      }
      return context.unknown(
        cause(word == Column.unreadableWord ? .unreadable : .field, typeField, row))
    }
  }
}
