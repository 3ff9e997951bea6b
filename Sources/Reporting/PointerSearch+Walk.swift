import Documents
import Resources

extension PointerSearch {
  /// A value, with the range of targets that lie in it.
  private struct Frame {
    var node: Node
    var pointer: String
    var targets: Range<Int>
  }

  /// Walks into those values of a tree only that hold a target.
  mutating func walk(
    from root: Node, pointer: String, targets range: Range<Int>
  ) {
    var stack = [Frame(node: root, pointer: pointer, targets: range)]
    while let frame = stack.popLast() {
      var first = frame.targets.lowerBound
      while first < frame.targets.upperBound, targets[first].anchor.offset <= frame.node.offset {
        if targets[first].anchor.offset == frame.node.offset {
          settle(first, at: frame.node, frame.pointer, targets[first].anchor.path[...])
        }
        first += 1
      }
      guard first < frame.targets.upperBound else { continue }
      descend(into: frame, first..<frame.targets.upperBound, &stack)
    }
  }

  /// Deals the targets of a value out to its children.
  private func descend(
    into frame: Frame, _ range: Range<Int>, _ stack: inout [Frame]
  ) {
    var first = range.lowerBound
    var current: (node: Node, pointer: () -> String)?
    func take(upTo offset: Int) {
      var end = first
      while end < range.upperBound, targets[end].anchor.offset < offset { end += 1 }
      if let current, end > first {
        stack.append(
          Frame(node: current.node, pointer: current.pointer(), targets: first..<end))
      }
      first = end
    }
    for (child, step) in Children(of: frame.node, names) {
      take(upTo: child.offset)
      guard first < range.upperBound else { return }
      current = (child, { "\(frame.pointer)/\(step())" })
    }
    take(upTo: .max)
  }

  /// Follows an anchor's path from its record as far as it goes.
  mutating func settle(
    _ index: Int, at node: Node, _ pointer: String, _ path: ArraySlice<String>
  ) {
    var node = node
    var pointer = pointer
    var path = path
    while let name = path.popFirst() {
      if let number = path.first.flatMap({ Int($0) }),
        let item = repeated(name, number, of: node)
      {
        node = item
        pointer += "/\(PointerSearch.escape(name))/\(number)"
        path.removeFirst()
      } else if let (child, step) = child(name, of: node) {
        node = child
        pointer += "/\(step)"
      } else {
        break
      }
    }
    targets[index].place = node.offset
    targets[index].pointer = pointer
  }

  /// An item of a list that is written as repeated elements of XML; nil where it is not.
  private func repeated(_ name: String, _ number: Int, of node: Node) -> Node? {
    guard node.isXML, let id = names.id(of: name) else { return nil }
    let items = node.members.filter { $0.name == id }
    return items.count > 1 && items.indices.contains(number) ? items[number].value : nil
  }

  private func child(_ name: String, of node: Node) -> (Node, String)? {
    if let id = names.id(of: name), let child = node[id] {
      return (child, PointerSearch.escape(name))
    }
    guard let wanted = Int(name) else { return nil }
    for (index, element) in node.elements.enumerated() where index == wanted {
      return (element, name)
    }
    // A wrapper element of XML: its children are the items, whatever they are called.
    guard node.isXML else { return nil }
    for (index, member) in node.members.enumerated() where index == wanted {
      let step = PointerSearch.escape(names.name(of: member.name))
      return (member.value, node.count > 1 ? "\(step)/\(wanted)" : step)
    }
    return nil
  }

  /// A name as a pointer's token (RFC 6901, section 3).
  static func escape(_ name: String) -> String {
    guard name.utf8.contains(where: { $0 == UInt8(ascii: "~") || $0 == UInt8(ascii: "/") })
    else { return name }
    var token = ""
    for scalar in name.unicodeScalars {
      switch scalar {
      case "~": token += "~0"
      case "/": token += "~1"
      default: token.unicodeScalars.append(scalar)
      }
    }
    return token
  }
}

/// The children of a value with the tokens that lead to them.
///
/// Repeated elements of XML count as a list: their tokens are the name and their number.
private struct Children: Sequence, IteratorProtocol {
  private var members: Members
  private var elements: Elements
  private let isObject: Bool
  private let names: NameTable
  private var index = 0
  private var repeated: [NameID: Int] = [:]
  private var seen: [NameID: Int] = [:]

  init(of node: Node, _ names: NameTable) {
    members = node.members
    elements = node.elements
    isObject = node.kind == .object
    self.names = names
    if node.isXML {
      for member in node.members { repeated[member.name, default: 0] += 1 }
    }
  }

  mutating func next() -> (Node, () -> String)? {
    if !isObject {
      guard let element = elements.next() else { return nil }
      let number = index
      index += 1
      return (element, { String(number) })
    }
    guard let member = members.next() else { return nil }
    let name = member.name
    let names = names
    guard repeated[name, default: 1] > 1 else {
      return (member.value, { PointerSearch.escape(names.name(of: name)) })
    }
    let number = seen[name, default: 0]
    seen[name] = number + 1
    return (member.value, { "\(PointerSearch.escape(names.name(of: name)))/\(number)" })
  }
}
