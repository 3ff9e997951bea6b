import CEL

/// What evaluating a rule on one subject gave.
struct Verdict {
  enum Kind: UInt8 {
    case notApplicable
    case satisfied
    case notEvaluated
    case violated
    case failed
  }

  /// The expression of a rule that ended in an error.
  enum Place: UInt8 {
    case when
    case require
    case list
    case key
  }

  var kind: Kind
  /// Why it is not evaluated.
  var causes = CauseSetID(rawValue: 0)
  /// The error of an expression, which there may be beside a violation; null for none.
  var failure = Value.null
  var place = Place.require

  init(_ kind: Kind) { self.kind = kind }

  /// The verdict of a condition that is neither true nor false.
  init(undecided value: Value, at place: Place) {
    if let causes = value.causes {
      kind = .notEvaluated
      self.causes = causes
    } else {
      // A condition is a bool; another value can only come out of `dyn`.
      kind = .failed
      failure = value
      self.place = place
    }
  }

  /// Adds the verdict of one more item or group of the subject.
  ///
  /// Violated if any is, then failed, then not evaluated, then satisfied.
  mutating func add(_ other: Verdict, in context: Context) {
    if failure.isNull, !other.failure.isNull {
      failure = other.failure
      place = other.place
    }
    if kind == .notEvaluated, other.kind == .notEvaluated {
      causes = context.union(causes, other.causes)
    } else if other.rank > rank {
      kind = other.kind
      causes = other.causes
    }
  }

  private var rank: Int {
    switch kind {
    case .notApplicable: 0
    case .satisfied: 1
    case .notEvaluated: 2
    case .failed: 3
    case .violated: 4
    }
  }
}
