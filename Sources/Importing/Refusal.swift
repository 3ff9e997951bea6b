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
  /// The sentence about a dialect that is not read yet.
  static func unread(
    _ dialect: String, _ what: String, _ advice: String, at offset: Int
  ) -> Refusal {
    Refusal(message: "\(what) is not read yet; \(advice)", offset: offset, dialect: dialect)
  }

  /// The sentence about plans and states.
  static func terraform(_ what: String, at offset: Int) -> Refusal {
    .unread(
      "Terraform", "a Terraform \(what)",
      "apply it and export with gcloud compute ... list --format=json", at: offset)
  }
}
