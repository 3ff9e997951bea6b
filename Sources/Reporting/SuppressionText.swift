import Linting

/// What reports say of suppressions, in the same words in each format; not made safe yet.
enum SuppressionText {
  /// `RULE on RESOURCE`.
  static func subject(_ suppression: Suppression) -> String {
    "\(suppression.rule) on \(suppression.resource)"
  }

  /// `until 2027-01-01: reason (owner)`.
  static func reason(_ suppression: Suppression) -> String {
    let until = suppression.until.map { "until \($0): " } ?? ""
    let owner = suppression.owner.map { " (\($0))" } ?? ""
    return until + suppression.reason + owner
  }

  /// `expired since 2027-01-02: reason (owner)`.
  static func expiry(of suppression: Suppression) -> String {
    let owner = suppression.owner.map { " (\($0))" } ?? ""
    return "expired" + (suppression.expiry.map { " since \($0)" } ?? "")
      + ": \(suppression.reason)\(owner)"
  }

  /// What became of a suppression.
  static func outcome(_ use: SuppressionUse) -> String {
    let findings = DisplayText.count(use.count, "finding")
    let owner = use.suppression.owner.map { " (\($0))" } ?? ""
    let reason = use.suppression.reason + owner
    switch use.state {
    case .active: return "hides \(findings) \(SuppressionText.reason(use.suppression))"
    case .expired:
      let since = use.suppression.expiry.map { " since \($0)" } ?? ""
      return use.count == 0
        ? "expired\(since) and has nothing left to hide; remove it: \(reason)"
        : "expired\(since), so \(findings) count again: \(reason)"
    case .unmatched: return "matches no finding; remove it: \(reason)"
    case .notRun: return "is about rules that did not run: \(reason)"
    }
  }
}
