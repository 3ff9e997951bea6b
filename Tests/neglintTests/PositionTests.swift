import Testing

@testable import neglint

/// Lines and columns of findings, however the export is laid out.
@Suite struct PositionTests {
  /// The exports in JSON.
  static let fixtures = FixtureTests.cases.filter { name in
    !["xml", "jackson", "yq"].contains { name.contains($0) }
  }

  /// How an export's files are written.
  enum Layout: CaseIterable {
    case asIs, carriageReturns, minified, byteOrderMark

    func write(_ bytes: [UInt8]) -> [UInt8] {
      switch self {
      case .asIs: bytes
      case .carriageReturns: bytes.flatMap { $0 == 0x0A ? [0x0D, 0x0A] : [$0] }
      case .minified: Layout.withoutBlanks(bytes)
      case .byteOrderMark: [0xEF, 0xBB, 0xBF] + bytes
      }
    }

    private static func withoutBlanks(_ bytes: [UInt8]) -> [UInt8] {
      var result: [UInt8] = []
      var isInString = false
      var isEscaped = false
      for byte in bytes {
        if isInString || ![0x20, 0x0A, 0x0D, 0x09].contains(byte) { result.append(byte) }
        if byte == UInt8(ascii: "\""), !isEscaped { isInString.toggle() }
        isEscaped = byte == UInt8(ascii: "\\") && !isEscaped
      }
      return result
    }
  }

  @Test(arguments: fixtures, Layout.allCases)
  func positionsPointAtTheSameValues(fixture: String, layout: Layout) throws {
    let original = "\(Repository.root)/fixtures/\(fixture)/export"
    let folder = try Files.temporaryFolder()
    defer { Files.remove(folder) }
    try Files.copy(original, to: folder) { layout.write($0) }
    let expected = try JSONReport(Run(["lint", original, "--format", "json"]).output)
    let report = try JSONReport(Run(["lint", folder, "--format", "json"]).output)
    #expect(report.essence == expected.essence)
    for (finding, other) in zip(report.findings, expected.findings) {
      guard let place = finding.location, let otherPlace = other.location else {
        #expect(finding.location == nil && other.location == nil)
        continue
      }
      #expect(place.pointer == otherPlace.pointer)
      #expect(place.path.dropFirst(folder.count) == otherPlace.path.dropFirst(original.count))
      let value = try PositionTests.value(at: place)
      #expect(try value == PositionTests.value(at: otherPlace))
      if layout == .minified {
        #expect(place.line == 1)
      } else {
        #expect(place.line == otherPlace.line && place.column == otherPlace.column)
      }
      // The position is that of a value, not of a name or of what lies between.
      #expect(value.first.map { "{[\"-0123456789tf".contains($0) } == true, "\(value)")
    }
  }

  /// What stands at a position, up to the end of a scalar; the bracket of anything else.
  private static func value(at place: JSONReport.Location) throws -> String {
    let text = String(decoding: try Files.read(place.path), as: UTF8.self)
    var lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)[...]
    lines = lines.dropFirst(place.line - 1)
    guard var line = lines.first else { return "" }
    if place.line == 1, line.first == "\u{FEFF}" { line = line.dropFirst() }
    let rest = line.dropFirst(place.column - 1)
    guard let first = rest.first else { return "" }
    if first == "{" || first == "[" { return String(first) }
    return String(String.UnicodeScalarView(rest.prefix { !",]}\r ".unicodeScalars.contains($0) }))
  }
}
