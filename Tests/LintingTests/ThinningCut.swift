import Documents
import Foundation
import Importing
import Schema

/// Something that is left out of an export: a file, an element of a list, or a member of an object.
struct ThinningCut: Sendable {
  /// What is left out.
  enum Kind: Sendable {
    case file, element, member
  }

  let kind: Kind
  /// Whether it says that a field, or an item of it, is not set, rather than leaving it open.
  let unsetsAField: Bool
  /// The file's place in the export.
  let file: Int
  /// The bytes left out, a comma included.
  let range: Range<Int>
  /// Where it stands, for messages.
  let path: String

  /// All cuts of a file: the file itself, every element and every object or list in it, and every
  /// scalar that a type of the schema has a field for.
  static func cuts(of file: Int, named path: String, _ bytes: [UInt8]) throws -> [ThinningCut] {
    let reader = DocumentReader(names: NameTable())
    let root = try reader.readValue(Source(path: path, bytes: bytes)).root
    var cuts = [
      ThinningCut(
        kind: .file, unsetsAField: false, file: file, range: 0..<bytes.count, path: path)
    ]
    func visit(_ node: Node, _ path: String, _ field: Field?) {
      let elements = Array(node.elements)
      for (index, range) in ranges(elements.map { $0.offset..<$0.end }).enumerated() {
        let path = "\(path)/\(index)"
        cuts.append(
          ThinningCut(
            kind: .element, unsetsAField: mayBeUnset(field), file: file, range: range,
            path: path))
        visit(elements[index], path, field)
      }
      let type = type(of: node, in: field)
      let members = Array(node.members)
      for (index, range) in ranges(members.map { $0.nameOffset..<$0.value.end }).enumerated() {
        let name = reader.names.name(of: members[index].name)
        let value = members[index].value
        if value.kind == .object || value.kind == .array || fieldNames.contains(name) {
          let path = "\(path)/\(name)"
          cuts.append(
            ThinningCut(
              kind: .member, unsetsAField: mayBeUnset(type?.field(name)), file: file,
              range: range, path: path))
        }
        visit(value, "\(path)/\(name)", type?.field(name))
      }
    }
    visit(root, path + "#", nil)
    return cuts
  }

  /// The bytes to leave out for each of the parts of an object or list: with the comma behind it,
  /// or before it where it is the last.
  private static func ranges(_ parts: [Range<Int>]) -> [Range<Int>] {
    parts.indices.map { index in
      if index + 1 < parts.count {
        parts[index].lowerBound..<parts[index + 1].lowerBound
      } else if index > 0 {
        parts[index - 1].upperBound..<parts[index].upperBound
      } else {
        parts[index]
      }
    }
  }

  private static let fieldNames = Set(Schema.types.flatMap { $0.fields.map(\.name) })

  /// Whether the schema reads the field's absence as "not set".
  private static func mayBeUnset(_ field: Field?) -> Bool {
    field.map { $0.absence != .unknown } ?? false
  }

  /// The type of an object: the part that its field holds, or the resource that it says it is.
  private static func type(of node: Node, in field: Field?) -> ResourceType? {
    if let part = field?.kind.partType { return Schema.type(part) }
    if node.member("networkEndpointType") != nil { return Schema.type("NetworkEndpointGroup") }
    guard let kind = node.member("kind")?.text, kind.hasPrefix("compute#") else {
      return Schema.type("NetworkEndpoint").flatMap {
        node.member("ipAddress") != nil || node.member("instance") != nil ? $0 : nil
      }
    }
    let name = kind.dropFirst("compute#".count)
    return Schema.type(name.prefix(1).uppercased() + name.dropFirst())
  }

  /// Whether the cut leaves out the record of a resource.
  func deletes(_ resource: String, from files: [(path: String, bytes: [UInt8])]) -> Bool {
    String(decoding: files[file].bytes[range], as: UTF8.self)
      .contains("\"selfLink\": \"https://www.googleapis.com/compute/v1/\(resource)\"")
  }

  /// The export without what is cut.
  func applied(to files: [(path: String, bytes: [UInt8])]) -> [InputFile] {
    files.enumerated().compactMap { index, file in
      var bytes = file.bytes
      if index == self.file {
        if kind == .file { return nil }
        bytes.removeSubrange(range)
      }
      return InputFile(path: file.path, origin: .bytes(bytes), directory: "export")
    }
  }
}

/// The JSON files of a fixture's export, by path.
func exportFiles(of fixture: String) throws -> [(path: String, bytes: [UInt8])] {
  let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("fixtures/\(fixture)").resolvingSymlinksInPath()
  let paths = try FileManager.default.subpathsOfDirectory(atPath: root.path)
  return try paths.filter { $0.hasPrefix("export/") && $0.hasSuffix(".json") }.sorted().map {
    ($0, Array(try Data(contentsOf: root.appendingPathComponent($0))))
  }
}
