import Documents

/// What the beginning of an input looks like that is neither JSON nor XML.
struct Appearance {
  private let text: String
  private let lines: [Substring]

  /// Says why an input cannot be a dump, by its first bytes.
  ///
  /// O(1): at most four kilobytes are looked at.
  ///
  /// - Returns: The refusal; nil where the input may be JSON or XML.
  static func refusal(of source: Source) -> Refusal? {
    if let format = compression(of: source) {
      return Refusal(
        message: "this is a compressed file (\(format.name)), which is not read; "
          + "unpack it first (\(format.command)), or compress it with gzip, which is read")
    }
    guard let opening = source.opening else {
      return Refusal(
        message: "the input is empty; the export has failed or was cut off: export it again")
    }
    let head = source.withBytes(in: opening.offset..<opening.offset + 4096) { Array($0) }
    if opening.byte == UInt8(ascii: "<") {
      let start = String(decoding: head.prefix(64), as: UTF8.self).lowercased()
      guard start.hasPrefix("<!doctype html") || start.hasPrefix("<html") else { return nil }
      return Refusal(
        message: "this is an HTML page, as a proxy or a sign-in page answers; "
          + "export with gcloud compute ... list --format=json")
    }
    if opening.byte == UInt8(ascii: "{") || opening.byte == UInt8(ascii: "[") { return nil }
    // A byte order mark or zeros: UTF-16, which the readers decide about.
    if head.prefix(2) == [0xFE, 0xFF] || head.prefix(2) == [0xFF, 0xFE] { return nil }
    if head.contains(0), head.prefix(4).contains(UInt8(ascii: "<")) { return nil }
    if head.contains(0) {
      return Refusal(message: "this is a binary file; export with --format=json")
    }
    return Appearance(String(decoding: head, as: UTF8.self)).refusal(at: opening.offset)
  }

  private init(_ text: String) {
    self.text = text
    lines = text.split(whereSeparator: \.isNewline).prefix(200).filter {
      !$0.allSatisfy(\.isWhitespace)
    }
  }

  private static func compression(of source: Source) -> (name: String, command: String)? {
    let head = source.withBytes(in: 0..<6) { Array($0) }
    let formats: [([UInt8], String, String)] = [
      ([0x1F, 0x8B], "gzip within gzip", "gunzip -k FILE"),
      ([0x50, 0x4B, 3, 4], "zip", "unzip FILE"),
      ([0x28, 0xB5, 0x2F, 0xFD], "zstd", "zstd -d FILE"),
      ([0x42, 0x5A, 0x68], "bzip2", "bunzip2 -k FILE"),
      ([0xFD, 0x37, 0x7A, 0x58, 0x5A], "xz", "unxz -k FILE"),
    ]
    return formats.first { head.starts(with: $0.0) }.map { ($0.1, $0.2) }
  }

  private func refusal(at offset: Int) -> Refusal {
    Refusal(message: message, offset: offset)
  }

  private var message: String {
    guard let first = lines.first else { return "this is neither JSON nor XML" }
    if isLog(first) {
      return "this is a log of HTTP requests; give the bodies of the responses as JSON files, "
        + "or export with gcloud compute ... list --format=json"
    }
    if isShell(first) {
      return "text of a shell stands ahead of the data (\(shortened(first))); "
        + "send standard output alone to the file: gcloud ... --format=json > FILE"
    }
    if isTable(first) {
      return "this is a table as gcloud prints it on the console; add --format=json to the command"
    }
    let content = lines.first { !$0.hasPrefix("#") } ?? first
    if isYAML(first) || isYAML(content) {
      return "this is YAML, which is not read; add --format=json to the gcloud command"
    }
    if lines.contains(where: { $0.hasPrefix("{") || $0.hasPrefix("[") }) {
      return "text stands ahead of the JSON (\(shortened(first))); remove it"
    }
    if content.split(separator: ",").count > 2 {
      return "this looks like CSV; add --format=json to the gcloud command"
    }
    if isScalar(content) {
      return "this is a single value of JSON, not an object or array of Compute resources; "
        + "export with gcloud compute ... list --format=json"
    }
    return "this is neither JSON nor XML; export with gcloud compute ... list --format=json"
  }

  private func isLog(_ line: Substring) -> Bool {
    ["GET ", "POST ", "PUT ", "PATCH ", "DELETE ", "HTTP/"].contains { line.hasPrefix($0) }
  }

  private func isShell(_ line: Substring) -> Bool {
    let starts = ["$ ", "> ", "# gcloud", "gcloud ", "WARNING:", "ERROR:", "Listed ", "API ["]
    return starts.contains { line.hasPrefix($0) }
  }

  private func isTable(_ line: Substring) -> Bool {
    let words = line.split(separator: " ")
    guard words.count > 1, line.contains("  ") else { return false }
    return words.allSatisfy { word in
      word.allSatisfy { $0.isUppercase || $0.isNumber || "_-/()".contains($0) }
    }
  }

  private func isYAML(_ line: Substring) -> Bool {
    if line.hasPrefix("---") || line.hasPrefix("- ") || line.hasPrefix("%YAML") { return true }
    let key = line.prefix { $0.isLetter || $0.isNumber || "_-./".contains($0) }
    let rest = line.dropFirst(key.count)
    return !key.isEmpty && rest.hasPrefix(":") && (rest.count == 1 || rest.hasPrefix(": "))
  }

  private func isScalar(_ line: Substring) -> Bool {
    line.hasPrefix("\"") || ["null", "true", "false"].contains(line) || Double(line) != nil
  }

  private func shortened(_ line: Substring) -> String {
    let start = line.prefix(40)
    return "“\(start)\(start.count < line.count ? "..." : "")”"
  }
}
