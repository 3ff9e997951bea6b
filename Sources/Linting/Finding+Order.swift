import Resources

extension Finding {
  /// What identifies a finding in whatever file, line or wording: SHA-256 in hexadecimal of rule
  /// id NUL resource NUL locator.
  static func fingerprint(_ rule: String, _ resource: String, _ locator: String?) -> String {
    var bytes = Array(rule.utf8)
    bytes.append(0)
    bytes += resource.utf8
    bytes.append(0)
    if let locator { bytes += locator.utf8 }
    return sha256Hex(bytes)
  }

  /// The order of a report: by file, position, rule, locator, then message.
  static func precedes(_ left: Finding, _ right: Finding) -> Bool {
    let (first, second) = (left.anchor, right.anchor)
    let file = first.map { Int($0.file) } ?? .max
    let otherFile = second.map { Int($0.file) } ?? .max
    if file != otherFile { return file < otherFile }
    let offset = first?.offset ?? 0
    let otherOffset = second?.offset ?? 0
    if offset != otherOffset { return offset < otherOffset }
    return (left.ruleID, left.resource, left.locator ?? "", left.message)
      < (right.ruleID, right.resource, right.locator ?? "", right.message)
  }
}
