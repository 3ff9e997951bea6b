/// What a list's `id` or `selfLink` says of it: `projects/P/zones/Z/instances`.
struct ListAddress {
  /// The path ahead of the collection, without `aggregated`: `projects/P/zones/Z`, `projects/P`.
  var scope: String
  /// The collection.
  var collection: Substring

  /// Takes the address apart; nil for text that is no address of a list in a project.
  init?(_ text: String) {
    var parts = text.split(separator: "/")
    guard let start = parts.firstIndex(of: "projects"), parts.count - start > 2,
      let last = parts.popLast()
    else { return nil }
    collection = last.prefix { $0 != "?" }
    if parts.last == "aggregated" { parts.removeLast() }
    scope = parts[start...].joined(separator: "/")
  }
}
