// swift-tools-version: 6.2

import PackageDescription

let settings: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .treatAllWarnings(as: .error),
]

/// A room of the pipeline: a library target under Sources/.
func room(
  _ name: String, _ dependencies: [Target.Dependency] = [], embedding files: [Resource] = []
) -> Target {
  .target(name: name, dependencies: dependencies, resources: files, swiftSettings: settings)
}

/// The tests of a room.
func tests(of name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .testTarget(
    name: "\(name)Tests", dependencies: [.byName(name: name)] + dependencies,
    swiftSettings: settings)
}

let arguments = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")

let package = Package(
  name: "neglint",
  platforms: [.macOS(.v15)],
  products: [
    .executable(name: "neglint", targets: ["neglint"]),
    .library(name: "CEL", targets: ["CEL"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
  ],
  targets: [
    .systemLibrary(
      name: "CLibXML2", pkgConfig: "libxml-2.0",
      providers: [.apt(["libxml2-dev"]), .brew(["libxml2"])]),
    .systemLibrary(
      name: "CZLib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),
    .systemLibrary(name: "CByteScan"),

    room("CEL"),
    room("Documents", ["CLibXML2", "CZLib", "CByteScan"]),
    room("Schema"),
    room("Resources", ["CEL", "Schema", "CByteScan"]),
    room(
      "Importing", ["Resources", "Documents", "Schema"], embedding: [.embedInCode("export.sh")]),
    room("Rules", ["CEL", "Schema", "Documents", yams]),
    room("Linting", ["Rules", "Resources", "CEL", "Schema"]),
    room("Configuration", ["Rules", "Linting"]),
    room("Reporting", ["Linting", "Rules", "Resources", "Documents"]),
    room("RuleTesting", ["Importing", "Linting", "Resources", "Rules", "Schema"]),
    room("RulePages", ["Rules"]),
    .target(
      name: "BuiltinRules", dependencies: ["Rules"], exclude: ["rules"], swiftSettings: settings,
      plugins: ["EmbedRulesPlugin"]),
    .executableTarget(
      name: "EmbedRules", dependencies: ["Rules"], swiftSettings: settings),
    .plugin(
      name: "EmbedRulesPlugin", capability: .buildTool(), dependencies: ["EmbedRules"],
      path: "Sources/EmbedRulesPlugin"),
    .executableTarget(
      name: "neglint",
      dependencies: [
        "BuiltinRules", "CEL", "Configuration", "Documents", "Importing", "Linting", "Reporting",
        "Resources", "RulePages", "RuleTesting", "Rules", "Schema", arguments,
      ],
      swiftSettings: settings),
    .executableTarget(
      name: "cel-conformance", dependencies: ["CEL", "Documents"], swiftSettings: settings),
    .executableTarget(
      name: "evaluate-bench", dependencies: ["CEL", "Documents"], path: "Tests/Bench/EvaluateBench",
      swiftSettings: settings),
    .executableTarget(
      name: "read-bench", dependencies: ["Documents"], path: "Tests/Bench/ReadBench",
      swiftSettings: settings),

    .target(
      name: "SchemaChecking", dependencies: ["Documents"], path: "Tests/SchemaChecking",
      swiftSettings: settings),
    tests(of: "CEL", ["cel-conformance", "Documents"]),
    tests(of: "Documents"),
    tests(of: "Resources", ["Schema", "CEL"]),
    tests(of: "Importing", ["Resources", "Documents", "Schema", "CEL"]),
    tests(of: "Rules", ["BuiltinRules", "CEL", "Schema", "Documents", "SchemaChecking"]),
    tests(
      of: "Linting",
      [
        "BuiltinRules", "CEL", "Documents", "Importing", "Resources", "RuleTesting", "Rules",
        "Schema",
      ]),
    tests(of: "Configuration", ["BuiltinRules", "Linting", "Rules", "SchemaChecking"]),
    tests(of: "Reporting", ["Linting", "Rules", "Resources", "Documents", "SchemaChecking"]),
    .testTarget(
      name: "neglintTests",
      dependencies: ["neglint", "Documents", "Reporting", "Schema", "SchemaChecking"],
      exclude: ["Expected"],
      swiftSettings: settings),
  ]
)
