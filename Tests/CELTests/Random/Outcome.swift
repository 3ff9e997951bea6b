@testable import CEL

/// A value apart from its context, for comparison.
indirect enum Outcome: Equatable {
  case unknown(Set<UInt64>)
  case error(String)
  case scalar(String)
  case list([Outcome], open: Set<UInt64>)
  case map([Entry], open: Set<UInt64>)
  case optional(Outcome?)

  struct Entry: Equatable {
    let key: Outcome
    let value: Outcome
  }

  init(_ value: Value, _ context: Context) {
    func causes(_ set: CauseSetID?) -> Set<UInt64> {
      Set(set.map { context.causes(of: $0).map(\.rawValue) } ?? [])
    }
    switch value.tag {
    case .unknown: self = .unknown(causes(value.causes))
    case .error: self = .error(context.errorMessage(of: value))
    case .list, .records:
      self = .list(
        (context.elements(of: value) ?? []).map { Outcome($0, context) },
        open: causes(value.openBecause))
    case .map:
      self = .map(
        (context.entries(of: value) ?? []).map {
          Entry(key: Outcome($0.key, context), value: Outcome($0.value, context))
        }, open: causes(value.openBecause))
    case .optional: self = .optional(context.unwrapped(value).map { Outcome($0, context) })
    case .symbol, .text: self = .scalar("string \(context.describe(value))")
    default: self = .scalar("\(value.tag) \(context.describe(value))")
    }
  }

  var isError: Bool { if case .error = self { true } else { false } }
  var isUnknown: Bool { if case .unknown = self { true } else { false } }

  /// Whether this, found on partial data, holds when the whole data gives `complete`.
  func holds(for complete: Outcome) -> Bool {
    switch (self, complete) {
    case (.unknown, _): true
    case (.error, .error): true
    case (.scalar(let left), .scalar(let right)): left == right
    case (.optional(let left), .optional(let right)):
      left.map { left in right.map { left.holds(for: $0) } ?? false } ?? (right == nil)
    case (.list(let left, let open), .list(let right, _)):
      open.isEmpty ? Outcome.eachHolds(left, right) : Outcome.eachHoldsSomewhere(left, right)
    case (.map(let left, let open), .map(let right, _)):
      (open.isEmpty ? left.count == right.count : left.count <= right.count)
        && left.allSatisfy { entry in
          right.contains { entry.key.holds(for: $0.key) && entry.value.holds(for: $0.value) }
        }
    default: false
    }
  }

  private static func eachHolds(_ left: [Outcome], _ right: [Outcome]) -> Bool {
    left.count == right.count && zip(left, right).allSatisfy { $0.holds(for: $1) }
  }

  /// The order of a list that may be longer is not known, only what is in it.
  private static func eachHoldsSomewhere(_ left: [Outcome], _ right: [Outcome]) -> Bool {
    guard let first = left.first else { return true }
    for index in right.indices where first.holds(for: right[index]) {
      var rest = right
      rest.remove(at: index)
      if eachHoldsSomewhere(Array(left.dropFirst()), rest) { return true }
    }
    return false
  }
}
