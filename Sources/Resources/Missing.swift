import CEL

/// What an unknown outcome lacks: the coding of CEL's causes, and their texts.
enum Missing {
  enum Kind: UInt8 {
    /// A resource that was not loaded and may exist.
    case resource = 1
    /// A resource that was not loaded and, since its collection is complete, does not exist.
    case nonexistent
    /// The list of an owner's parts that comes in a file of its own.
    case list
    /// A field that the record lacks and that has no safe default.
    case field
    /// A field whose value nobody can tell: malformed, redacted, an unknown word.
    case unreadable
    /// A collection that is not known to be complete in a scope.
    case collection
    /// A field whose value leaves a choice: one interface of several, no product of the scheme.
    case ambiguous
    /// Whether a number and a name mean one project or resource.
    case projectNumber
    /// What no source says, in a rule's words.
    case undocumented
    /// A part of a resource's identity that is known only once a plan is applied.
    case unapplied
  }

  /// Layout: kind in the top byte, type, field, then 32 bits of key, row or scope.
  static func cause(_ kind: Kind, type: Int = 0, field: Int = 0, subject: UInt32) -> Cause {
    Cause(
      rawValue: UInt64(kind.rawValue) << 56 | UInt64(UInt8(truncatingIfNeeded: type)) << 48
        | UInt64(UInt16(truncatingIfNeeded: field)) << 32 | UInt64(subject))
  }
}
