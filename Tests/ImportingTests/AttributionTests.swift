import Importing
import Schema
import Testing

@Suite struct AttributionTests {
  private static let gcloud = #"[{"networkEndpoint": {"port": 80}}]"#
  private static let owned = "networkEndpoints=[{resolved, port=80}]"

  @Test(arguments: [
    ("zones/z/networkEndpointGroups/n.json", "zones/z/networkEndpointGroups/n"),
    ("a/b/endpoints/zones/z/networkEndpointGroups/n.json", "zones/z/networkEndpointGroups/n"),
    ("regions/r/networkEndpointGroups/n.xml", "regions/r/networkEndpointGroups/n"),
    ("x/global/networkEndpointGroups/n", "global/networkEndpointGroups/n"),
    (
      "zones/z/networkEndpointGroups/n/listNetworkEndpoints.json",
      "zones/z/networkEndpointGroups/n"
    ),
    (
      "x/projects/p/zones/z/networkEndpointGroups/n.json",
      "projects/p/zones/z/networkEndpointGroups/n"
    ),
    ("/abs/shop/zones/z/networkEndpointGroups/n.v1.json", "zones/z/networkEndpointGroups/n.v1"),
  ])
  func thePathNamesTheGroup(_ path: String, _ owner: String) {
    #expect(takenIn(Self.gcloud, path: path) == ["\(owner) \(Self.owned)"])
  }

  @Test(arguments: [
    "n.json", "networkEndpointGroups/n.json", "zones/networkEndpointGroups/n.json",
    "zones/z/networkEndpointGroups.json", "zones/z/instanceGroups/n.json",
    "zones/z/networkEndpointGroups/n/other.json",
  ])
  func aListThatNothingNamesIsAProblem(_ path: String) {
    let result = imported(Self.gcloud, path: path)
    #expect(takenIn(result) == [])
    #expect(result.problems.map(\.severity) == [.degrades])
    #expect(result.problems.first?.message.contains("--endpoints") == true)
  }

  @Test func theResponsesIDGoesAheadOfThePathAndThePathAheadOfTheOption() {
    let response = """
      {"kind": "compute#networkEndpointGroupsListNetworkEndpoints",
       "selfLink": "https://h/compute/v1/projects/p/zones/z/networkEndpointGroups/own/list",
       "items": [{"networkEndpoint": {"port": 80}}]}
      """
    let path = "zones/z/networkEndpointGroups/path.json"
    let option = ImportOptions.EndpointFile(
      group: "projects/p/zones/z/networkEndpointGroups/option", path: path)
    #expect(
      taken(option: option, response, path: path)
        == ["projects/p/zones/z/networkEndpointGroups/own \(Self.owned)"])
    #expect(
      taken(option: option, Self.gcloud, path: path)
        == ["zones/z/networkEndpointGroups/path \(Self.owned)"])
  }

  @Test func anOptionNamesTheGroup() {
    let option = ImportOptions.EndpointFile(
      group: "https://www.googleapis.com/compute/v1/projects/p/zones/z/networkEndpointGroups/n",
      path: "./x/eps.json")
    #expect(
      taken(option: option, Self.gcloud, path: "x/eps.json")
        == ["projects/p/zones/z/networkEndpointGroups/n \(Self.owned)"])
    #expect(
      taken(option: option, "[]", path: "x/eps.json")
        == ["projects/p/zones/z/networkEndpointGroups/n networkEndpoints=[]"])
  }

  @Test(arguments: [
    ("web", "eps.json", "names no network endpoint group"),
    ("projects/p/zones/z/networkEndpointGroups/n", "other.json", "not among the inputs"),
  ])
  func anOptionThatCannotBeFollowedIsAProblem(_ group: String, _ path: String, _ words: String) {
    let options = ImportOptions(
      fields: .all, endpoints: [ImportOptions.EndpointFile(group: group, path: path)])
    let result = importFiles(
      [InputFile(path: "eps.json", bytes: Array("[]".utf8))], options: options)
    #expect(result.problems.map(\.severity) == [.degrades])
    #expect(result.problems.first?.message.contains(words) == true)
  }

  @Test func membersOfAGroupThatNothingNamesAreAProblem() {
    let result = imported(#"[{"instance": "vm", "status": "RUNNING"}]"#, path: "members.json")
    #expect(takenIn(result) == [])
    #expect(
      result.problems.first?.message.contains("zones/ZONE/instanceGroups/NAME.json") == true)
  }

  private func taken(
    option: ImportOptions.EndpointFile, _ text: String, path: String
  ) -> [String] {
    takenIn(
      importFiles(
        [InputFile(path: path, bytes: Array(text.utf8))],
        options: ImportOptions(fields: .all, endpoints: [option])))
  }
}
