@testable import Importing
import Resources
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
    let partial = result.builders.flatMap(\.findings).filter { $0.rule == .partialDump }
    #expect(!partial.isEmpty == isPartial, "\(name)")
    #expect(result.problems.isEmpty, "\(name)")
  }

  @Test func endpointsOfWhichAPageIsMissingAreAnOpenList() {
    let page = """
      {"kind": "compute#networkEndpointGroupsListNetworkEndpoints", "nextPageToken": "t",
       "id": "projects/p/zones/z/networkEndpointGroups/n", "items": []}
      """
    #expect(
      takenIn(page) == ["projects/p/zones/z/networkEndpointGroups/n networkEndpoints=[] partial"])
  }

  @Test(arguments: [
    (#""completeCollections": []"#, []),
    (#""completeCollections": ["projects/p/aggregated/instances"]"#, ["instances in projects/p"]),
    (
      #""completeCollections": ["projects/p/zones/z/instances", "projects/q/aggregated/networks"]"#,
      ["instances in projects/p/zones/z", "networks in projects/q"]
    ),
    (#""networks": []"#, ["instances in projects/p", "networks in projects/p"]),
  ])
  func aSnapshotSaysWhatIsComplete(_ member: String, _ complete: [String]) {
    let text = """
      {"project": "p", \(member), "instances": [
        {"name": "a", "zone": "z"}, {"name": "b", "zone": "z"}, {"name": "c", "zone": "z"}]}
      """
    for tapeLimit in [64, 32 << 20] {
      var options = ImportOptions(fields: .all)
      options.tapeLimit = tapeLimit
      let result = importFiles(
        [InputFile(path: "snapshot.json", bytes: Array(text.utf8))], options: options)
      #expect(result.problems.isEmpty)
      let lines = takenIn(result)
      #expect(lines.filter { $0.hasPrefix("complete") } == complete.map { "complete \($0)" })
      #expect(lines.count == complete.count + 3)
    }
  }

  @Test func whatIsNoCollectionCannotBeComplete() {
    let result = imported(#"{"instances": [], "completeCollections": ["instances"]}"#)
    #expect(takenIn(result) == [])
    #expect(result.problems.map(\.severity) == [.degrades])
  }

  /// A manifest of two lists, of which one has failed, beside a list of instances.
  private static func export(
    _ state: String, instances: String = "[]", folder: String = "", suffix: String = ""
  ) -> Imported {
    let manifest = """
      {"kind": "neglint#exportManifest", "schemaVersion": "1.0", "project": "p",
       "state": "\(state)", "files": [
        {"path": "instances.json", "collection": "instances", "scopes": ["projects/p"],
         "state": "\(state)", "reason": "HTTP 403"},
        {"path": "e/zones/z/networkEndpointGroups/n.json", "collection": "networkEndpoints",
         "scopes": ["projects/p/zones/z/networkEndpointGroups/n"], "state": "complete"}]}
      """
    let files = [
      InputFile(path: "\(folder)instances.json\(suffix)", bytes: Array(instances.utf8)),
      InputFile(path: "\(folder)manifest.json", bytes: Array(manifest.utf8)),
    ]
    return importFiles(files, options: ImportOptions(fields: .all, jobs: 2))
  }

  @Test(arguments: [("", ""), ("export/", ""), ("a/b/", ".gz")])
  func aManifestCompletesItsCollections(_ folder: String, _ suffix: String) {
    let result = CompletenessTests.export("complete", folder: folder, suffix: suffix)
    #expect(result.problems.isEmpty)
    #expect(takenIn(result) == ["complete instances in projects/p"])
  }

  @Test func whatAManifestSaysHasFailedIsAProblemAndOpen() {
    let result = CompletenessTests.export("failed")
    #expect(takenIn(result) == [])
    #expect(result.problems.map(\.severity) == [.degrades])
    let message = result.problems.first?.message ?? ""
    #expect(message.contains("lacks the instances of projects/p (HTTP 403)"), "\(message)")
  }

  @Test(arguments: ["[{\"name\": \"a\"", "- yaml: 1", ""])
  func whatWasNotReadWholeIsOpenWhateverAManifestSays(_ instances: String) {
    let result = CompletenessTests.export("complete", instances: instances)
    #expect(takenIn(result).filter { $0.hasPrefix("complete") } == [])
    #expect(result.problems.first?.severity == .degrades)
  }

  @Test func whatIsNotAmongTheInputsIsOpenWhateverAManifestSays() {
    let manifest = """
      {"kind": "neglint#exportManifest", "schemaVersion": "1.0", "project": "p", "files": [
        {"path": "networks.json", "collection": "networks", "scopes": ["projects/p"],
         "state": "complete"}]}
      """
    let result = imported(manifest)
    #expect(takenIn(result) == [])
    #expect(result.problems.map(\.severity) == [.notice])
    #expect(result.problems.first?.message.contains("networks.json of this export") == true)
  }

  @Test(arguments: [
    #"{"kind": "neglint#exportManifest", "project": "p", "collections": ["instances"]}"#,
    #"{"kind": "neglint#exportManifest", "schemaVersion": "2.0", "project": "p", "files": []}"#,
    #"{"kind": "neglint#exportManifest", "schemaVersion": "1.0", "project": "p", "files": [1]}"#,
  ])
  func aManifestOfAnotherLayoutIsAProblem(_ manifest: String) {
    let result = imported(manifest)
    #expect(takenIn(result) == [])
    #expect(result.problems.map(\.severity) == [.degrades])
  }

  @Test func aManifestNamesTheProjectOfItsFiles() {
    let groups = #"[{"kind": "compute#networkEndpointGroup", "name": "n", "zone": "z"}]"#
    let files = ["p", "q"].flatMap { project in
      [
        InputFile(path: "\(project)x/negs.json", bytes: Array(groups.utf8)),
        InputFile(
          path: "\(project)x/manifest.json",
          bytes: Array(
            """
            {"kind": "neglint#exportManifest", "schemaVersion": "1.0", "project": "\(project)",
             "files": [{"path": "negs.json", "collection": "networkEndpointGroups",
              "scopes": ["projects/\(project)"], "state": "complete"}]}
            """.utf8)),
      ]
    }
    let result = importFiles(files, options: ImportOptions(fields: .none, jobs: 2))
    let graph = ResourceGraph(merging: result.builders, fields: .none)
    let type = Schema.index(of: "NetworkEndpointGroup") ?? 0
    let paths = (0..<graph.rowCount(ofType: type)).compactMap {
      graph.subject(type: type, row: $0).map { graph.path(of: $0) }
    }
    #expect(
      paths.sorted() == ["p", "q"].map { "projects/\($0)/zones/z/networkEndpointGroups/n" })
  }
}
