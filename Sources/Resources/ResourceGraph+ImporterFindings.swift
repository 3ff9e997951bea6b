public import CEL
import Schema

extension ResourceGraph {
  /// Takes findings over whose rows are the graph's.
  public func add(_ findings: [ImporterFinding]) {
    importerFindings = (importerFindings + findings).sorted(by: Self.precedes)
  }

  /// The record that a finding is about; nil for one about a list.
  public func record(of finding: ImporterFinding) -> Value? {
    guard case .record(let type, let row) = finding.subject else { return nil }
    return subject(type: type, row: row)
  }

  /// The command that exports what a finding is about once more; nil where none is known.
  public func exportCommand(of finding: ImporterFinding) -> String? {
    switch finding.subject {
    case .record(let type, let row):
      let key = tables[type].keys[row]
      return key == Self.noKey ? nil : listCommand(ofKey: key)
    case .truncatedList(let path), .refusedList(let path):
      let parts = path.split(separator: "/").map(String.init)
      guard let place = parts.firstIndex(of: "projects"), place + 2 < parts.count,
        let collection = parts.last
      else { return nil }
      if let list = partList(named: collection, parts) { return list }
      return ExportCommands.list(collection, project: parts[place + 1])
    }
  }

  /// The command for a list of parts: `.../networkEndpointGroups/N/listNetworkEndpoints`.
  private func partList(named method: String, _ parts: [String]) -> String? {
    for type in Schema.types {
      guard let field = type.fields.first(where: { $0.listMethod == method }) else { continue }
      guard parts.count > 4, let place = parts.firstIndex(of: "projects") else { return nil }
      let scope =
        parts.firstIndex(of: "zones").map { "--zone=\(ShellWord.quote(parts[$0 + 1]))" }
        ?? parts.firstIndex(of: "regions").map { "--region=\(ShellWord.quote(parts[$0 + 1]))" }
        ?? "--global"
      return ExportCommands.list(
        partsIn: field.name, of: parts[parts.count - 2], scope: scope, project: parts[place + 1])
    }
    return nil
  }

  /// Sorts the findings, and drops those on records that do not count.
  func finishImporterFindings() {
    for index in importerFindings.indices {
      guard case .record(let type, let row) = importerFindings[index].subject else { continue }
      if let copy = copies[DerivedIndices.pair(UInt32(type), UInt32(truncatingIfNeeded: row))] {
        importerFindings[index].subject = .record(type: type, row: copy)
      }
    }
    importerFindings.removeAll { finding in
      guard case .record = finding.subject else { return false }
      return record(of: finding) == nil
    }
    importerFindings.sort(by: Self.precedes)
  }

  private static func precedes(_ left: ImporterFinding, _ right: ImporterFinding) -> Bool {
    (left.anchor.file, left.anchor.offset, left.rule.rawValue, left.path.first ?? "")
      < (right.anchor.file, right.anchor.offset, right.rule.rawValue, right.path.first ?? "")
  }

  /// Notes a cell that holds no reference.
  func noteMalformedReference(_ text: UInt32, field: Int, type: Int, row: Int) {
    let name = tables[type].type.fields[field].name
    importerFindings.append(
      ImporterFinding(
        .malformedReference, on: .record(type: type, row: row),
        at: Anchor(
          file: tables[type].files[row], offset: tables[type].offsets[row], path: [name]),
        path: [name],
        message: "'\(symbols.text(of: text))' in \(name) is no reference to a resource"))
  }

  /// How many NEGs have fewer endpoints in their list than their size says.
  public var shortEndpointLists: Int {
    guard let type = Schema.index(of: "NetworkEndpointGroup"),
      let counts = column("networkEndpoints", of: type)?.counts,
      let sizes = column("size", of: type)?.ints
    else { return 0 }
    return counts.indices.lazy.filter { row in
      counts[row] < Column.unreadableWord && sizes[row] > Int64(counts[row])
        && !self.tables[type].flags[row].contains(.shadowed)
    }.count
  }

  /// The resources that several records describe: the one that counts, then the others.
  public var duplicates: [(type: Int, rows: [Int])] {
    tables.indices.lazy.filter { !self.isPart[$0] }.flatMap { type in
      var others: [KeyID: [Int]] = [:]
      for (row, flags) in self.tables[type].flags.enumerated() where flags.contains(.shadowed) {
        others[self.tables[type].keys[row], default: []].append(row)
      }
      return others.map { key, rows in
        let sorted = rows.sorted { self.anchor(type, $0) < self.anchor(type, $1) }
        return (type: type, rows: [self.row(ofKey: key)] + sorted)
      }
      .sorted { self.anchor(type, $0.rows[0]) < self.anchor(type, $1.rows[0]) }
    }
  }

  private func anchor(_ type: Int, _ row: Int) -> (UInt32, Int) {
    (tables[type].files[row], tables[type].offsets[row])
  }

  /// Where the record of a row stands.
  public func anchor(ofType type: Int, row: Int) -> Anchor {
    Anchor(file: tables[type].files[row], offset: tables[type].offsets[row])
  }
}
