import Documents
import Schema
import Testing

@testable import neglint

/// What the program says of an export's gaps.
@Suite struct DoctorCommandTests {
  /// An export of two files, with a manifest about one of them.
  private func doctor(_ arguments: [String] = [], _ more: [String: String] = [:]) throws -> Run {
    let folder = try Files.temporaryFolder()
    defer { Files.remove(folder) }
    var files = [
      "networkEndpointGroups.json": """
      [{"kind": "compute#networkEndpointGroup", "name": "n", "size": 2,
        "networkEndpointType": "GCE_VM_IP_PORT",
        "network": "https://www.googleapis.com/compute/v1/projects/host/global/networks/net",
        "selfLink": "https://www.googleapis.com/compute/v1/projects/p/zones/z-a/networkEndpointGroups/n"}]
      """,
      "instances.json": """
      [{"kind": "compute#instance", "name": "vm", "selfLink": "projects/p/zones/z-a/instances/vm"}]
      """,
      "manifest.json": """
      {"kind": "neglint#exportManifest", "schemaVersion": "1.0", "project": "p", "files": [
        {"path": "instances.json", "collection": "instances", "scopes": ["projects/p"],
         "state": "complete"}]}
      """,
    ]
    files.merge(more) { $1 }
    for (name, text) in files { try Files.write(Array(text.utf8), to: "\(folder)/\(name)") }
    return Run(["doctor", folder] + arguments)
  }

  @Test func whatIsThereIsToldByProjectAndType() throws {
    let run = try doctor(["--verbose"])
    #expect(run.status == .findings)
    #expect(run.output.hasPrefix("3 files read, 2 resources\n"), "\(run.output)")
    for line in [
      "project p\n", "  Instance  ", "1  complete\n", "1  perhaps not all\n", "0  not loaded\n",
      "project host, referred to and not loaded: 1 Network\n",
    ] { #expect(run.output.contains(line), "\(line) in \(run.output)") }
  }

  @Test func whatIsMissingIsToldWithTheCommandsThatFetchIt() throws {
    let run = try doctor(["--verbose"])
    for line in [
      "  projects/host/aggregated/networks: not loaded\n",
      "    gcloud compute networks list --project=host --format=json\n",
      "  projects/p/zones/z-a/networkEndpointGroups/n/listNetworkEndpoints: not loaded\n",
      "    gcloud compute network-endpoint-groups list-network-endpoints n --zone=z-a --project=p "
        + "--format=json\n",
      "  projects/p/aggregated/networkEndpointGroups: may be incomplete\n",
      "  sh export.sh p export/p\n", "  sh export.sh host export/host\n",
    ] { #expect(run.output.contains(line), "\(line) in \(run.output)") }
    #expect(!run.output.contains("gcloud compute instances list"))
  }

  @Test func everyCollectionHasACommand() throws {
    let json = try doctor(["--format", "json"]).output
    let report = try DoctorJSON(json)
    for case let collection? in Schema.types.map(\.collection) where collection != "instances" {
      #expect(report.commands["projects/p/aggregated/\(collection)"] != nil, "\(collection)")
    }
  }

  @Test func theFirstOfManyAreShown() throws {
    let run = try doctor()
    #expect(run.output.contains("more are missing (--verbose: all)"), "\(run.output)")
  }

  @Test func problemsMakeItIncomplete() throws {
    let run = try doctor([], ["networks.json": "[{"])
    #expect(run.status == .incomplete)
    #expect(run.output.contains("problem: "), "\(run.output)")
  }

  @Test func nothingIsMissingWhereAllIsAssumed() throws {
    let folder = try Files.temporaryFolder()
    defer { Files.remove(folder) }
    try Files.write(
      Array(
        "[{\"kind\": \"compute#network\", \"selfLink\": \"projects/p/global/networks/n\"}]".utf8),
      to: "\(folder)/networks.json")
    let run = Run(["doctor", folder, "--assume-complete"])
    #expect(run.output.contains("Network"), "\(run.output)")
    #expect(!run.output.contains("Missing for a full evaluation"), "\(run.output)")
  }
}

/// The commands of the JSON form, by what they fetch.
private struct DoctorJSON {
  var commands: [String: String] = [:]

  init(_ text: String) throws {
    let reader = DocumentReader(names: NameTable())
    let root = try reader.readValue(Source(path: "doctor", bytes: Array(text.utf8))).root
    for thing in root.member("missing")?.elements.map(\.self) ?? [] {
      guard let path = thing.member("path")?.text, let command = thing.member("command")?.text
      else { continue }
      commands[path] = command
    }
  }
}
