import Importing
import Schema
import Testing

/// Which collections count as complete (constraints H11).
@Suite struct CompletenessTests {
  private static func list(_ scope: String, _ more: String = "") -> String {
    #"{"kind": "compute#instanceList", "id": "projects/p/\#(scope)/instances"\#(more)}"#
  }
  private static let open = #", "nextPageToken": "t""#

  static let cases: [(String, [String], [String], Bool)] = [
    ("a list", [list("zones/z")], ["zones/z"], false),
    ("a page", [list("zones/z", open)], [], true),
    (
      "pages one after the other", [list("zones/z", open) + "\n" + list("zones/z")], ["zones/z"],
      false
    ),
    ("pages in an array", ["[\(list("zones/z", open)), \(list("zones/z"))]"], ["zones/z"], false),
    ("pages without the last", [list("zones/z", open) + list("zones/z", open)], [], true),
    ("pages in files of their own", [list("zones/z", open), list("zones/z")], [], true),
    ("the last page ahead of the first", [list("zones/z") + list("zones/z", open)], [], true),
    ("another zone's page", [list("zones/y", open), list("zones/z")], ["zones/z"], true),
    ("what could not be reached", [list("zones/z", #", "unreachables": ["zones/z"]"#)], [], true),
    (
      "a list with a warning", [list("zones/z", #", "warning": {"code": "UNREACHABLE"}"#)], [],
      true
    ),
    (
      "a list without results", [list("zones/z", #", "warning": {"code": "NO_RESULTS_ON_PAGE"}"#)],
      ["zones/z"], false
    ),
    (
      "a scope with a warning",
      [
        #"{"id": "projects/p/aggregated/instances", "items": {"zones/z": {"instances": [], "warning": {"code": "X"}}}}"#
      ],
      [], true
    ),
    ("a bare array", [#"[{"kind": "compute#instance", "name": "n"}]"#], [], false),
    ("a resource alone", [#"{"kind": "compute#instance", "name": "n"}"#], [], false),
    ("a list without an address", [#"{"kind": "compute#instanceList", "items": []}"#], [], false),
  ]

  @Test(arguments: cases) func onlyWholeListsAreComplete(
    _ name: String, _ texts: [String], _ scopes: [String], _ isPartial: Bool
  ) {
    let files = texts.enumerated().map { index, text in
      InputFile(path: "\(index).json", bytes: Array(text.utf8))
    }
    let result = importFiles(files, options: ImportOptions(fields: .all))
    let lines = takenIn(result).filter { $0.hasPrefix("complete") }
    #expect(lines == scopes.map { "complete instances in projects/p/\($0)" }, "\(name)")
    let notices = result.problems.filter { $0.ruleID == "dump-partial" && $0.severity == .notice }
    #expect(!notices.isEmpty == isPartial, "\(name)")
    #expect(result.problems.count == notices.count, "\(name)")
  }

  @Test func endpointsOfWhichAPageIsMissingAreAnOpenList() {
    let page = """
      {"kind": "compute#networkEndpointGroupsListNetworkEndpoints", "nextPageToken": "t",
       "id": "projects/p/zones/z/networkEndpointGroups/n", "items": []}
      """
    #expect(
      takenIn(page) == ["projects/p/zones/z/networkEndpointGroups/n networkEndpoints=[] partial"])
  }

  @Test func aManifestCompletesItsCollectionsUnlessItListsFailures() {
    let sound = #"{"kind": "neglint#exportManifest", "project": "p", "collections": ["instances"]"#
    #expect(takenIn(sound + ", \"errors\": []}") == ["complete instances in projects/p"])
    let failed = imported(sound + #", "errors": [{"file": "networks.json", "message": "403"}]}"#)
    #expect(takenIn(failed) == [])
    #expect(failed.problems.map(\.severity) == [.degrades])
    #expect(failed.problems.first?.message.contains("networks.json failed (403)") == true)
  }
}
