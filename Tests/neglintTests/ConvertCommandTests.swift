import Importing
import SchemaChecking
import Testing

@testable import neglint

/// Inputs written as one snapshot.
@Suite struct ConvertCommandTests {
  /// Exports whose snapshots give what they give.
  static let fixtures = [
    "mission", "mission-gcloud", "mission-dicttoxml", "mission-assets", "clean", "partial",
    "shared-vpc",
  ]
  private static let schemaPath = "\(Repository.root)/docs/schemas/snapshot.xsd"

  private func converted(_ path: String, to form: String) -> String {
    let run = Run(["convert", "--to", form, path])
    #expect(run.status == .clean, "\(run.messages)")
    return run.output
  }

  @Test(arguments: fixtures) func snapshotsGiveWhatTheirInputsGive(fixture: String) throws {
    let folder = try Files.temporaryFolder()
    defer { Files.remove(folder) }
    let path = "\(Repository.root)/fixtures/\(fixture)/export"
    let expected = try JSONReport(FixtureTests.reports([path]).json)
    var texts: [String: String] = [:]
    for form in ["json", "xml"] {
      let text = converted(path, to: form)
      texts[form] = text
      try Files.write(Array(text.utf8), to: "\(folder)/snapshot.\(form)")
      let report = try JSONReport(FixtureTests.reports(["\(folder)/snapshot.\(form)"]).json)
      #expect(report.outcomes == expected.outcomes, "\(form)")
    }
    // To and fro, nothing changes.
    for from in ["json", "xml"] {
      for form in ["json", "xml"] {
        #expect(converted("\(folder)/snapshot.\(from)", to: form) == texts[form])
      }
    }
    let xml = Array(try #require(texts["xml"]).utf8)
    #expect(try XMLSchema(path: ConvertCommandTests.schemaPath).accepts(xml))
  }

  @Test func theSchemaIsPublished() throws {
    let document = SnapshotSchema.document
    if Console.environment("NEGLINT_RECORD") == "1" {
      try Files.write(Array(document.utf8), to: ConvertCommandTests.schemaPath)
    }
    let published = String(
      decoding: try Files.read(ConvertCommandTests.schemaPath), as: UTF8.self)
    #expect(published == document, "NEGLINT_RECORD=1 writes docs/schemas/snapshot.xsd anew")
  }

  @Test(arguments: [
    "<snapshot><projekt>p</projekt></snapshot>",
    "<snapshot><instances><vm/></instances></snapshot>",
    "<snapshot><instances><instance><nome>a</nome></instance></instances></snapshot>",
  ])
  func theSchemaRefusesWhatIsNoSnapshot(document: String) throws {
    #expect(try !XMLSchema(path: ConvertCommandTests.schemaPath).accepts(Array(document.utf8)))
  }

  @Test(arguments: ["json", "xml"]) func secretsAreLeftOut(form: String) throws {
    let folder = try Files.temporaryFolder()
    defer { Files.remove(folder) }
    let dump = """
      {"project": {"name": "p", "commonInstanceMetadata": {"items": [
          {"key": "ssh-keys", "value": "SECRET"}]}},
       "instances": [{"name": "vm", "zone": "z", "metadata": {"items": [
          {"key": "startup-script", "value": "SECRET"}]},
          "serviceAccounts": [{"email": "a@p", "scopes": ["SECRET"]}], "labels": {"token": "SECRET"}}],
       "backendServices": [{"name": "b", "iap": {"oauth2ClientSecret": "SECRET"},
          "customRequestHeaders": ["Authorization: SECRET"],
          "securitySettings": {"awsV4Authentication": {"accessKey": "SECRET"}}}],
       "urlMaps": [{"name": "u", "headerAction": {"requestHeadersToAdd": [
          {"headerName": "a", "headerValue": "SECRET"}]}}],
       "sslCertificates": [{"name": "c", "privateKey": "SECRET", "certificate": "SECRET"}]}
      """
    try Files.write(Array(dump.utf8), to: "\(folder)/dump.json")
    let run = Run(["convert", "--to", form, "\(folder)/dump.json"])
    #expect(run.status == .clean)
    #expect(!run.output.contains("SECRET"), "\(run.output)")
    #expect(run.output.contains("vm") && run.output.contains("zones/z"))
    #expect(run.messages.contains("1 sslCertificates"), "\(run.messages)")
  }

  @Test func wrongValuesAndOddTextComeThrough() throws {
    let folder = try Files.temporaryFolder()
    defer { Files.remove(folder) }
    let dump = """
      {"project": "p", "networkEndpointGroups": [
        {"name": "n", "zone": "z", "size": "many", "defaultPort": 80.5, "description": "<&>\\"ä\\n",
         "networkEndpointType": "REDACTED", "networkEndpoints": [
           {"instance": "vm", "port": "0080"}, {"ipAddress": "10.0.0.1", "port": 1e2}]}]}
      """
    try Files.write(Array(dump.utf8), to: "\(folder)/dump.json")
    let json = converted("\(folder)/dump.json", to: "json")
    for words in [
      "\"many\"", "80.5", "\"<&>\\\"ä\\n\"", "\"REDACTED\"", "\"0080\"", ": 1e2",
    ] { #expect(json.contains(words), "\(words) in \(json)") }
    try Files.write(
      Array(converted("\(folder)/dump.json", to: "xml").utf8), to: "\(folder)/dump.xml")
    #expect(converted("\(folder)/dump.xml", to: "json") == json)
  }

  @Test func unreadableInputsAreTold() throws {
    let run = Run(["convert", "--to", "json", "/nonexistent.json", "fixtures/clean/export"])
    #expect(run.status == .incomplete)
    #expect(run.messages.contains("/nonexistent.json: cannot be opened"))
    #expect(run.output.hasPrefix("{"))
    #expect(Run(["convert", "fixtures/clean/export"]).status == .usage)
  }
}
