import Foundation

@testable import neglint

/// Programs beside neglint that tests run.
struct Tool {
  var status: Int32
  var output: String
  var messages: String

  /// Runs a program to its end.
  ///
  /// - Parameters:
  ///   - arguments: The program, as found in the PATH, and its arguments.
  ///   - environment: Variables beside those of the tests.
  /// - Throws: Where the program cannot be started.
  init(_ arguments: [String], environment: [String: String] = [:]) throws {
    let folder = try Files.temporaryFolder()
    defer { Files.remove(folder) }
    let process = try Tool.process(arguments, environment, folder)
    process.waitUntilExit()
    status = process.terminationStatus
    output = String(decoding: try Files.read("\(folder)/out"), as: UTF8.self)
    messages = String(decoding: try Files.read("\(folder)/err"), as: UTF8.self)
  }

  /// Starts a program whose words go to the files `out` and `err` of a folder.
  static func process(
    _ arguments: [String], _ environment: [String: String], _ folder: String
  ) throws -> Process {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = arguments
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    process.standardInput = FileHandle.nullDevice
    for name in ["out", "err"] { try Files.write([], to: "\(folder)/\(name)") }
    process.standardOutput = FileHandle(forWritingAtPath: "\(folder)/out")
    process.standardError = FileHandle(forWritingAtPath: "\(folder)/err")
    try process.run()
    return process
  }

  /// Whether all programs are in the PATH; says which test is skipped where one is not.
  static func areThere(_ names: [String], for test: String = #function) -> Bool {
    let folders = (Console.environment("PATH") ?? "").split(separator: ":")
    for name in names
    where !folders.contains(where: { access("\($0)/\(name)", X_OK) == 0 }) {
      print("\(test) is skipped: there is no \(name)")
      return false
    }
    return true
  }
}

/// A server on this machine that answers as the Compute API does, from the reference folder.
final class FakeAPI {
  /// What makes gcloud and the script call this server, with settings of its own; the server runs
  /// as long as this object lives.
  private let environment: [String: String]
  private let folder: String
  private let server: Process

  /// Starts the server.
  ///
  /// - Parameters:
  ///   - tools: The folder that holds it.
  ///   - flags: What it shall do wrong.
  /// - Throws: Where Python cannot be started.
  init(in tools: String, _ flags: [String]) throws {
    folder = try Files.temporaryFolder()
    server = try Tool.process(
      [
        "python3", "\(tools)/fake-compute-api.py", "\(tools)/sample-project", "--port-file",
        "\(folder)/port",
      ] + flags, [:], folder)
    var port = ""
    for _ in 0..<600 where port.isEmpty {
      usleep(50_000)
      guard access("\(folder)/port", R_OK) == 0 else { continue }
      port = String(decoding: try Files.read("\(folder)/port"), as: UTF8.self)
        .trimmingCharacters(in: .whitespacesAndNewlines)
    }
    try Files.write(Array("a-token".utf8), to: "\(folder)/token")
    environment = [
      "CLOUDSDK_CONFIG": "\(folder)/gcloud",
      "CLOUDSDK_API_ENDPOINT_OVERRIDES_COMPUTE": "http://127.0.0.1:\(port)/compute/v1/",
      "CLOUDSDK_AUTH_DISABLE_CREDENTIALS": "true",
      "CLOUDSDK_AUTH_ACCESS_TOKEN_FILE": "\(folder)/token",
    ]
  }

  /// Exports the project to a folder.
  func export(_ arguments: [String]) throws -> Tool {
    try ExportScriptTests.run(arguments, environment: environment)
  }

  deinit {
    // Threads that run tests block signals, and what they start inherits that.
    kill(server.processIdentifier, SIGKILL)
    server.waitUntilExit()
    Files.remove(folder)
  }
}
