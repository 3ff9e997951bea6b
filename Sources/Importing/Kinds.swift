import Documents
import Schema

/// What the `kind` of a value says that it is.
enum Kind {
  /// A resource of a type of the schema.
  case resource(Int)
  /// A list or aggregated list; the type is nil where no rule reads the resources.
  case list(Int?)
  /// The endpoints of a network endpoint group.
  case endpoints
  /// The members of an instance group.
  case members
  /// A project, as Resource Manager describes it.
  case project
  /// The manifest of an export.
  case manifest
  /// The description of an API.
  case discovery
  /// Something else that an API has, which no rule reads.
  case other
  /// No kind, or none that an API gives.
  case none

  /// Reads the text of a `kind`, `compute#networkEndpointGroupList`, or the type of an asset.
  init(_ text: String) {
    guard let hash = text.firstIndex(of: "#") else {
      self = Kind(assetType: text)
      return
    }
    let service = text[..<hash]
    let word = text[text.index(after: hash)...]
    switch service {
    case "compute": self = Kind(compute: word)
    case "neglint": self = word == "exportManifest" ? .manifest : .none
    case "discovery": self = .discovery
    case _ where service.allSatisfy({ $0.isLetter || $0.isNumber }): self = .other
    default: self = .none
    }
  }

  /// Reads the type of an asset: `compute.googleapis.com/Instance`.
  ///
  /// Inventories of 2018 write `google.compute.Instance`; some tools say `Global` and `Region`
  /// ahead of the type.
  private init(assetType text: String) {
    let starts = ["compute.googleapis.com/", "google.compute."]
    guard let start = starts.first(where: { text.hasPrefix($0) }) else {
      let isProject = text == "cloudresourcemanager.googleapis.com/Project"
      let isAsset = text.contains(".googleapis.com/") || text.hasPrefix("google.")
      self = isProject ? .project : isAsset ? .other : .none
      return
    }
    let word = text.dropFirst(start.count)
    let plain = ["Global", "Region"].first { word.hasPrefix($0) }.map { word.dropFirst($0.count) }
    self = (Kind.type(word) ?? plain.flatMap { Kind.type($0) }).map { .resource($0) } ?? .other
  }

  private init(compute word: Substring) {
    if word.hasSuffix("ListNetworkEndpoints") {
      self = .endpoints
    } else if word.hasSuffix("roupsListInstances") {
      self = .members
    } else if word.hasSuffix("List") {
      let base = word.dropLast(word.hasSuffix("AggregatedList") ? 14 : 4)
      self = .list(Kind.type(base))
    } else {
      self = Kind.type(word).map { .resource($0) } ?? .other
    }
  }

  private static func type(_ word: Substring) -> Int? {
    let name = word.prefix(1).uppercased() + word.dropFirst()
    guard let type = Schema.index(of: name), !Schema.types[type].isPart else { return nil }
    return type
  }
}

/// The kinds that were met, each read once.
struct KindTable {
  /// A kind that was met.
  struct Entry {
    let text: String
    let kind: Kind
    /// How often records of this kind were left out in the current file.
    var skipped = 0
  }

  private(set) var entries: [Entry] = []
  private var numbers: [[UInt8]: Int] = [:]
  private var last: [UInt8] = []
  private var lastNumber = 0

  /// The number of the entry of a `kind`.
  ///
  /// O(length); the same kind as the last time costs one comparison.
  mutating func number(of node: Node) -> Int {
    node.withUTF8 { text in
      if !last.isEmpty, isEqual(text, last) { return lastNumber }
      let bytes = Array(text)
      if numbers[bytes] == nil {
        numbers[bytes] = entries.count
        let text = String(decoding: bytes, as: UTF8.self)
        entries.append(Entry(text: text, kind: Kind(text)))
      }
      last = bytes
      lastNumber = numbers[bytes] ?? 0
      return lastNumber
    }
  }

  /// Counts a record that is left out.
  mutating func skip(_ number: Int) { entries[number].skipped += 1 }

  /// The kinds left out since the last call, with how often.
  mutating func takeSkipped() -> [String: Int] {
    var found: [String: Int] = [:]
    for index in entries.indices where entries[index].skipped > 0 {
      found[entries[index].text] = entries[index].skipped
      entries[index].skipped = 0
    }
    return found
  }
}
