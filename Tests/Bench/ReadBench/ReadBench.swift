import Documents
import Foundation

/// Parses every JSON file below a folder with one reader; prints the seconds inside of it.
@main enum ReadBench {
  static func main() throws {
    let root = CommandLine.arguments.last ?? "."
    let reader = DocumentReader(names: NameTable(seed: []))
    let clock = ContinuousClock()
    var spent = Duration.zero
    let files = FileManager.default.enumerator(atPath: root)
    while let name = files?.nextObject() as? String {
      guard name.hasSuffix(".json") else { continue }
      let source = try Source(path: "\(root)/\(name)")
      spent += try clock.measure { _ = try reader.readValue(source) }
    }
    print(Double(spent.components.attoseconds) / 1e18 + Double(spent.components.seconds))
  }
}
