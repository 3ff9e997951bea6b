/// Why an input, or a part of it, is not taken in: it ends the reading of the input.
struct Refusal: Error {
  /// What the input is and what to do about it, as one sentence.
  var message: String
  /// Where that shows; nil for the input as a whole.
  var offset: Int?
  /// The name of a known dialect of which this cannot be used; nil for what is no dump.
  var dialect: String?
}

extension Refusal {
  /// What a value says that came in parts and can only be read as a whole.
  static let needsWhole = Refusal(message: "this can only be read as a whole")

  /// What is said of a file that is to be laid over others and holds no plan.
  static let noPlan = Refusal(
    message: "this is no plan of Terraform, which alone can be laid over an export; write one with "
      + "terraform plan -out=FILE and terraform show -json FILE", dialect: FileImporter.terraform)
}
