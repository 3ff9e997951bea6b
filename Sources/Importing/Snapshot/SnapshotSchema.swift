import Schema

/// The XML Schema of the canonical form: what `docs/schemas/snapshot.xsd` publishes.
public enum SnapshotSchema {
  /// The schema document, made of the resource schema.
  public static var document: String {
    var text = """
      <?xml version="1.0" encoding="UTF-8"?>
      <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" elementFormDefault="qualified">
        <xs:annotation>
          <xs:documentation>
            The canonical XML form of a snapshot, as `neglint convert --to xml` writes it: what
            neglint reads of one or more projects. Members may stand in any order. A list is a
            wrapper around its items. `completeCollections` names the collections of which nothing
            is missing; without it every collection that is present counts as complete.
          </xs:documentation>
        </xs:annotation>
        <xs:element name="snapshot">
          <xs:complexType>
            <xs:all>
              <xs:element name="project" type="xs:string" minOccurs="0"/>
      \(list("completeCollections", "xs:string", 8))

      """
    for type in Schema.types {
      if let collection = type.collection { text += list(collection, type.name, 8) + "\n" }
    }
    text += """
            </xs:all>
          </xs:complexType>
        </xs:element>

      """
    for type in Schema.types where type.name != "Reference" { text += definition(of: type) }
    return text + """
        <xs:complexType name="AnyObject">
          <xs:sequence>
            <xs:any minOccurs="0" maxOccurs="unbounded" processContents="skip"/>
          </xs:sequence>
          <xs:attribute name="isSet" type="xs:boolean"/>
        </xs:complexType>
      </xs:schema>

      """
  }

  private static func definition(of type: ResourceType) -> String {
    var known: Set<String> = []
    let identity = type.isPart ? [] : SnapshotRecorder.identity
    var lines = identity.filter { known.insert($0).inserted }.map { name in
      element(name, "xs:string", 6)
    }
    for field in type.fields where !field.isDerived && known.insert(field.name).inserted {
      lines.append(element(field))
    }
    if type.name == "NetworkEndpoint" {
      // As a response has it, an endpoint stands beside its healths.
      lines.append(element("networkEndpoint", type.name, 6))
    }
    return """
        <xs:complexType name="\(type.name)">
          <xs:annotation>
            <xs:documentation>\(escaped(type.summary))</xs:documentation>
          </xs:annotation>
          <xs:all>
      \(lines.joined(separator: "\n"))
          </xs:all>
          <xs:attribute name="isSet" type="xs:boolean"/>
        </xs:complexType>

      """
  }

  private static func element(_ field: Field) -> String {
    if case .list(let kind) = field.kind { return list(field.name, name(of: kind), 6) }
    return element(field.name, name(of: field.kind), 6)
  }

  /// Numbers and truth values may be placeholders or wrong, which is what linting is for.
  private static func name(of kind: Field.Kind) -> String {
    switch kind {
    case .part(let name): name
    case .object: "AnyObject"
    default: "xs:string"
    }
  }

  private static func element(_ name: String, _ type: String, _ indent: Int) -> String {
    String(repeating: " ", count: indent)
      + "<xs:element name=\"\(name)\" type=\"\(type)\" minOccurs=\"0\"/>"
  }

  private static func list(_ name: String, _ type: String, _ indent: Int) -> String {
    let item = Snapshot.itemName(of: name)
    let lines = [
      "<xs:element name=\"\(name)\" minOccurs=\"0\">", "  <xs:complexType>", "    <xs:sequence>",
      "      <xs:element name=\"\(item)\" type=\"\(type)\" minOccurs=\"0\" "
        + "maxOccurs=\"unbounded\"/>",
      "    </xs:sequence>", "  </xs:complexType>", "</xs:element>",
    ]
    return lines.map { String(repeating: " ", count: indent) + $0 }.joined(separator: "\n")
  }

  private static func escaped(_ text: String) -> String {
    String(
      text.flatMap { character -> [Character] in
        switch character {
        case "&": Array("&amp;")
        case "<": Array("&lt;")
        default: [character]
        }
      })
  }
}
