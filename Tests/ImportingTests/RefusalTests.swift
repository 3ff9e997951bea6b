import Importing
import Schema
import Testing

@Suite struct RefusalTests {
  /// Texts that are no dump, and words of the sentence that says so.
  static let refusals: [(String, [String])] = [
    ("", ["empty"]),
    (" \n\u{FEFF}\n", ["neither JSON nor XML"]),
    ("---\nname: n\n", ["YAML", "--format=json"]),
    ("# a comment\n\nname: n\nzone: z\n", ["YAML", "--format=json"]),
    ("- name: n\n", ["YAML"]),
    ("NAME  ZONE  NETWORK_ENDPOINT_TYPE\nweb   z     GCE_VM_IP\n", ["table", "--format=json"]),
    ("GET https://compute.googleapis.com/ HTTP/1.1\n", ["log of HTTP"]),
    ("<!DOCTYPE html><html><body>Sign in</body></html>", ["HTML", "sign-in"]),
    ("WARNING: Some requests did not succeed.\n[]\n", ["shell", "standard output"]),
    ("$ gcloud compute instances list\n[]\n", ["shell"]),
    ("here it is\n[]\n", ["text stands ahead"]),
    ("name,zone,status\nvm,z,RUNNING\n", ["CSV"]),
    ("null", ["single value"]), ("\"text\"", ["single value"]), ("12", ["single value"]),
    ("\u{1F}\u{0}binary", ["binary"]),
    ("{}", ["an empty object"]),
    (#"{"name": "package", "version": "1"}"#, ["name, version", "no export"]),
    ("[[\"a\"], [\"b\"]]", ["single value"]),
    (#"{"kind": "discovery#restDescription", "name": "compute"}"#, ["discovery document"]),
    (#"[{"asset_type": "compute.googleapis.com/Instance"}]"#, ["--content-type=resource"]),
    (#"{"readTime": "t", "assets": [{"assetType": "a"}]}"#, ["--content-type=resource"]),
    (#"{"results": [{"assetType": "a"}]}"#, ["searchAllResources"]),
    (#"{"format_version": "2.0", "planned_values": {}}"#, ["Terraform plan", "2.0", "update"]),
    (#"{"format_version": "0.3", "values": {"root_module": {}}}"#, ["Terraform state", "0.3"]),
    (#"{"version": 3, "serial": 1, "modules": []}"#, ["Terraform state", "version 3"]),
    ("<svg><path d=\"M0\"/></svg>", ["XML", "no export"]),
    ("[\n  CHECK\n]", ["not valid JSON"]),
    (#"{"kind": "compute#network", {% if x %}"a": 1}"#, ["template"]),
    ("<a><b></a>", ["not well-formed XML"]),
    ("<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>", ["DOCTYPE"]),
  ]

  @Test(arguments: refusals) func aNamedFileThatIsNoDumpIsAProblem(
    _ text: String, _ words: [String]
  ) {
    let result = imported(text)
    #expect(result.problems.count == 1)
    #expect(result.problems.first?.severity == .degrades)
    #expect(result.summaries.first?.refusal != nil)
    #expect(takenIn(result) == [])
    let message = result.problems.first?.message ?? ""
    for word in words { #expect(message.contains(word), "\(message)") }
  }

  @Test(arguments: [
    ([0x1F, 0x8B, 8, 0], "gzip file is cut off"), ([0x50, 0x4B, 3, 4], "unzip"),
    ([0x28, 0xB5, 0x2F, 0xFD], "zstd"),
  ])
  func aCompressedFileIsNamed(_ bytes: [UInt8], _ command: String) {
    let result = importFiles(
      [InputFile(path: "a.gz", bytes: bytes)], options: ImportOptions(fields: .all))
    #expect(result.problems.first?.message.contains(command) == true)
  }

  @Test func aNonDumpInADirectoryIsLeftOut() {
    let dump = InputFile(
      path: "d/a.json", origin: .bytes(Array(#"{"networks": []}"#.utf8)), directory: "d")
    let texts = ["read me", #"{"name": "package"}"#, "---\na: 1\n", ""]
    let others = texts.enumerated().map { index, text in
      InputFile(path: "d/b\(index)", origin: .bytes(Array(text.utf8)), directory: "d")
    }
    let result = importFiles([dump] + others, options: ImportOptions(fields: .all))
    #expect(result.problems.isEmpty)
    #expect(result.summaries.map { $0.refusal != nil } == [false, true, true, true, true])
  }

  @Test func aDirectoryNeedsADump() {
    let file = InputFile(path: "d/a", origin: .bytes(Array("read me".utf8)), directory: "d")
    let result = importFiles([file], options: ImportOptions(fields: .all))
    #expect(result.problems.map(\.severity) == [.degrades])
    #expect(result.problems.first?.message.hasPrefix("d: ") == true)
  }

  @Test(arguments: [
    #"{"error": {"code": 403, "message": "Required permission"}}"#,
    #"[{"error": {"code": 403, "message": "Required permission"}}]"#,
    #"{"headers": {"status": "403"}, "body": {"error": {"message": "Required permission"}}}"#,
    "<response><error><code>403</code><message>Required permission</message></error></response>",
  ])
  func anErrorOfTheAPIIsAProblemWhereverItStands(_ text: String) {
    let result = imported(text, directory: "d")
    let problem = result.problems.first { $0.file != nil }
    #expect(problem?.severity == .degrades)
    #expect(problem?.message.contains("403: Required permission") == true)
  }

  @Test(arguments: [
    (#"{"networks": [{"name": "n"}"#, 0), (#"{"kind": "compute#network", "name": "n"} ]"#, 1),
    (
      "{\"kind\": \"compute#network\", \"name\": \"n\"}\n{\"kind\": \"comp\n"
        + "{\"kind\": \"compute#network\", \"name\": \"o\"}\n", 2
    ),
  ])
  func brokenJSONIsAProblemWhereverItStands(_ text: String, _ resources: Int) {
    let result = imported(text, directory: "d")
    #expect(result.problems.contains { $0.file == 0 && $0.severity == .degrades })
    #expect(result.summaries.first?.resources == resources)
  }

  @Test func aStrangeRecordAmongOthersIsAProblem() {
    let result = imported(#"[{"kind": "compute#network", "name": "n"}, {"a": 1}, {"b": 2}, null]"#)
    #expect(result.summaries.first?.resources == 1)
    #expect(result.problems.map(\.offset) == [43, 63])
    #expect(result.problems.first?.message.contains("1 more") == true)
  }

  @Test func aKnownDialectThatCannotBeUsedIsAProblemWhereverItStands() {
    let result = imported(#"{"version": 3, "serial": 1, "modules": []}"#, directory: "d")
    #expect(result.problems.first { $0.file == 0 }?.severity == .degrades)
    #expect(result.summaries.first?.dialect == "Terraform")
  }
}
