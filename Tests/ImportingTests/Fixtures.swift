import Foundation
import Importing
import Schema

/// The repository, found from this file.
let repository = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
  .deletingLastPathComponent().deletingLastPathComponent()

/// The reference folder, for tests that use it if it is there; says so if it is not.
func sharedFolder(_ path: String, for test: String = #function) -> String? {
  let environment = ProcessInfo.processInfo.environment["NEGLINT_SHARED"]
  let root = environment ?? repository.appendingPathComponent("../shared").path
  let folder = "\(root)/\(path)"
  if FileManager.default.fileExists(atPath: folder) { return folder }
  print("\(test) is skipped: there is no \(folder); set NEGLINT_SHARED to the reference folder")
  return nil
}

/// Imports a case of `fixtures/`.
func importFixture(_ name: String, jobs: Int = 1) -> Imported {
  let folder = repository.appendingPathComponent("fixtures/\(name)/export").path
  return importFiles(
    InputFile.find([folder]).files, options: ImportOptions(fields: .all, jobs: jobs))
}

/// Numbers that look random and are the same in every run (SplitMix64).
struct Randomness: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return value ^ (value >> 31)
  }
}
