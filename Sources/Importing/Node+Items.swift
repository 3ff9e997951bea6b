import Documents

extension Node {
  /// Whether the node holds nothing: null, an empty text, list or object.
  var isUnset: Bool {
    switch kind {
    case .null: true
    case .string: withUTF8(\.isEmpty)
    case .array, .object: count == 0
    case .bool, .number: false
    }
  }

  /// The text of a string that is not empty.
  var setText: String? { kind == .string && !isUnset ? text : nil }

  /// The text of a member that is a string and not empty.
  func text(_ name: NameID) -> String? { self[name]?.setText }

  /// Whether a member of that name is there and holds something.
  func has(_ name: NameID) -> Bool { self[name].map { !$0.isUnset } ?? false }

  /// The values of all members of a name; JSON has one but for duplicates, XML one for each item.
  func values(_ name: NameID) -> [Node] {
    var found: [Node] = []
    for member in members where member.name == name { found.append(member.value) }
    return found
  }

  /// Calls a closure with each item of a list that stands in the node as members of a name.
  ///
  /// XML: an element is an item if it has text or is one by `isItem`, else it is a wrapper whose
  /// children are the items; an empty element is no item (exports.md, part 0).
  ///
  /// - Parameters:
  ///   - name: The members' name.
  ///   - isItem: Whether an element with children is an item; never asked for JSON.
  ///   - body: Gets each item.
  @inline(__always)
  func forEachItem(_ name: NameID, isItem: (Node) -> Bool, _ body: (Node) -> Void) {
    for member in members where member.name == name {
      member.value.forEachItem(isItem: isItem, body)
    }
  }

  /// Calls a closure with each item of the list that the node is, as one of the members above.
  @inline(__always)
  func forEachItem(isItem: (Node) -> Bool, _ body: (Node) -> Void) {
    switch kind {
    case .array: for element in elements { body(element) }
    case .null: return
    case .object where isXML && !isItem(self): for child in members { body(child.value) }
    default: body(self)
    }
  }
}
