import Documents

/// The tree of one input as text: compact JSON with raw numbers, and its root's name for XML.
func tree(of text: String, limits: Limits = Limits()) throws(ReadingProblem) -> String {
  try tree(of: Array(text.utf8), limits: limits)
}

/// The tree of one input as text: compact JSON with raw numbers, and its root's name for XML.
func tree(of bytes: [UInt8], limits: Limits = Limits()) throws(ReadingProblem) -> String {
  let reader = DocumentReader(names: NameTable(), limits: limits)
  let document = try reader.readValue(Source(path: "test", bytes: bytes))
  let value = rendered(document.root, reader.names)
  return document.rootName.map { "\($0) \(value)" } ?? value
}

/// A node as compact JSON: numbers as they are written, strings without escapes but `\"` and `\\`.
func rendered(_ node: Node, _ names: NameTable) -> String {
  switch node.kind {
  case .null: "null"
  case .bool: node.bool == true ? "true" : "false"
  case .number: node.text
  case .string: quoted(node.text)
  case .array: "[" + node.elements.map { rendered($0, names) }.joined(separator: ",") + "]"
  case .object:
    "{"
      + node.members.map { quoted(names.name(of: $0.name)) + ":" + rendered($0.value, names) }
      .joined(separator: ",") + "}"
  }
}

private func quoted(_ text: String) -> String {
  var scalars = String.UnicodeScalarView()
  for scalar in text.unicodeScalars {
    if scalar == "\"" || scalar == "\\" { scalars.append("\\") }
    scalars.append(scalar)
  }
  return "\"\(String(scalars))\""
}

/// The problem that an input is refused with; nil when it is read.
func refusal(of bytes: [UInt8], limits: Limits = Limits()) -> ReadingProblem? {
  let reader = DocumentReader(names: NameTable(), limits: limits)
  do throws(ReadingProblem) {
    _ = try reader.readValue(Source(path: "test", bytes: bytes))
    return nil
  } catch {
    return error
  }
}

/// The problem that an input is refused with; nil when it is read.
func refusal(of text: String, limits: Limits = Limits()) -> ReadingProblem? {
  refusal(of: Array(text.utf8), limits: limits)
}

/// The problem that an input is refused with; nil when it is read.
func refusal(of source: Source) -> ReadingProblem? {
  let reader = DocumentReader(names: NameTable())
  do throws(ReadingProblem) {
    _ = try reader.readValue(source)
    return nil
  } catch {
    return error
  }
}
