import Importing
import Testing

@Suite struct XMLTests {
  /// XML and the JSON that says the same.
  static let pairs: [(String, String)] = [
    (
      """
      <response><kind>compute#instanceList</kind><id>projects/p/zones/z/instances</id>
      <items><name>a</name><status>RUNNING</status></items><items><name>b</name></items></response>
      """,
      """
      {"kind": "compute#instanceList", "id": "projects/p/zones/z/instances",
       "items": [{"name": "a", "status": "RUNNING"}, {"name": "b"}]}
      """
    ),
    (
      """
      <root type="dict"><kind type="str">compute#instanceList</kind>
      <id type="str">projects/p/zones/z/instances</id>
      <items type="list"><item type="dict"><name type="str">a</name></item></items></root>
      """,
      """
      {"kind": "compute#instanceList", "id": "projects/p/zones/z/instances",
       "items": [{"name": "a"}]}
      """
    ),
    (
      """
      <list><items><key name="zones/z"><instances><instance><name>a</name></instance>
      <instance><name>b</name></instance></instances></key>
      <global><warning><code>NO_RESULTS_ON_PAGE</code></warning></global></items></list>
      """,
      """
      {"items": {"zones/z": {"instances": [{"name": "a"}, {"name": "b"}]},
       "global": {"warning": {"code": "NO_RESULTS_ON_PAGE"}}}}
      """
    ),
    (
      """
      <root><item><kind>compute#network</kind><name>n</name>
      <autoCreateSubnetworks>True</autoCreateSubnetworks>
      <subnetworks>s1</subnetworks><subnetworks>s2</subnetworks></item></root>
      """,
      """
      [{"kind": "compute#network", "name": "n", "autoCreateSubnetworks": true,
        "subnetworks": ["s1", "s2"]}]
      """
    ),
    (
      """
      <export xmlns="urn:x"><project>p</project><networkEndpointGroups><networkEndpointGroup>
      <name>n</name><zone>z</zone><defaultPort>80</defaultPort><networkEndpoints><networkEndpoint>
      <instance>vm</instance><port>8080</port></networkEndpoint></networkEndpoints>
      </networkEndpointGroup></networkEndpointGroups><networks/></export>
      """,
      """
      {"project": "p", "networkEndpointGroups": [{"name": "n", "zone": "z", "defaultPort": 80,
       "networkEndpoints": [{"instance": "vm", "port": 8080}]}], "networks": []}
      """
    ),
    (
      """
      <x:export xmlns:x="urn:x"><x:networkEndpointGroups name="n" zone="z" defaultPort="0">
      <x:networkEndpoints/></x:networkEndpointGroups></x:export>
      """,
      """
      {"networkEndpointGroups": [{"name": "n", "zone": "z", "networkEndpoints": []}]}
      """
    ),
    (
      """
      <root><headers><status>200</status></headers><body><kind>compute#network</kind>
      <name>n</name></body></root>
      """,
      #"{"headers": {"status": "200"}, "body": {"kind": "compute#network", "name": "n"}}"#
    ),
    (
      """
      <r><backendServices><name>b</name><backends><group>g</group><capacityScaler>1.0</capacityScaler>
      </backends><healthChecks><item>h</item></healthChecks></backendServices></r>
      """,
      """
      {"backendServices": [{"name": "b", "backends": [{"group": "g", "capacityScaler": 1.0}],
       "healthChecks": ["h"]}]}
      """
    ),
    (
      """
      <r><instanceGroups><instanceGroup><name>i</name><instances><instance><instance>vm</instance>
      </instance></instances></instanceGroup></instanceGroups></r>
      """,
      #"{"instanceGroups": [{"name": "i", "instances": [{"instance": "vm"}]}]}"#
    ),
  ]

  @Test(arguments: pairs) func xmlSaysWhatJSONSays(_ xml: String, _ json: String) {
    let fromXML = imported(xml)
    let fromJSON = imported(json)
    #expect(takenIn(fromXML) == takenIn(fromJSON))
    #expect(takenIn(fromXML).count > 0)
    #expect(fromXML.problems.isEmpty)
    #expect(fromXML.summaries.map(\.dialect) == fromJSON.summaries.map(\.dialect))
  }

  @Test(arguments: [
    "<l><item><networkEndpoint><port>80</port></networkEndpoint></item></l>",
    "<l><networkEndpoint><port>80</port></networkEndpoint></l>",
    "<l><items><item><networkEndpoint><port>80</port></networkEndpoint></item></items></l>",
    "<l><items><networkEndpoint><port>80</port></networkEndpoint></items></l>",
    """
    <l><kind>compute#networkEndpointGroupsListNetworkEndpoints</kind>
    <items><networkEndpoint><port>80</port></networkEndpoint></items></l>
    """,
  ])
  func endpointsAreToldInEveryListStyle(_ xml: String) {
    let lines = takenIn(xml, path: "zones/z/networkEndpointGroups/n.xml")
    #expect(
      lines == ["zones/z/networkEndpointGroups/n networkEndpoints=[{resolved, port=80}]"])
  }

  @Test func aRootWithoutChildrenIsAnEmptyList() {
    let lines = takenIn("<root/>", path: "zones/z/networkEndpointGroups/n.xml")
    #expect(lines == ["zones/z/networkEndpointGroups/n networkEndpoints=[]"])
  }

  @Test(arguments: ["mission-xml-repeated", "mission-xml-wrapped"])
  func aFixtureInXMLSaysWhatItSaysInJSON(_ name: String) throws {
    let json = importFixture("mission")
    let xml = importFixture(name)
    #expect(takenIn(xml) == takenIn(json))
    #expect(takenIn(json).count > 40)
    #expect(xml.problems.isEmpty && json.problems.isEmpty)
  }
}
