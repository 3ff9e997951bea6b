/// The program's name and version, as reports and `--version` give them.
enum Product {
  static let name = "neglint"
  static let version = "0.1.0"
}
