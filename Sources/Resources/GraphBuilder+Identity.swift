extension GraphBuilder {
  /// What a record may say of its own identity.
  public enum IdentityText: Sendable {
    /// The name.
    case name
    /// selfLink, or an asset's name.
    case link
    /// The zone, as a name or a reference.
    case zone
    /// The region, as a name or a reference.
    case region
    /// The scope or resource path that surrounds the record: an aggregated list's key
    /// (`zones/z`), or a list's own id without the collection.
    case context
  }

  /// Takes in what a resource says of its own identity.
  ///
  /// - Parameters:
  ///   - part: What it says.
  ///   - type: The type's number in `Schema.types`.
  ///   - row: The record's row.
  ///   - text: The text; that of a link costs least after that of the name.
  public func identify(
    _ part: IdentityText, ofType type: Int, row: Int, text: UnsafeBufferPointer<UInt8>
  ) {
    guard let words = rows[type].identity(row) else { return }
    switch part {
    case .name: setIdentity(RowLayout.Head.name, words, text, type, row)
    case .zone: setIdentity(RowLayout.Head.zone, words, text, type, row)
    case .region: setIdentity(RowLayout.Head.region, words, text, type, row)
    case .context: setIdentity(RowLayout.Head.context, words, text, type, row)
    case .link:
      // All that a link has for itself is mostly the name, which is there already.
      var slash = text.count - 1
      while slash > 0, text[slash] != UInt8(ascii: "/") { slash -= 1 }
      if slash > 0, slash + 1 < text.count {
        let prefix = UnsafeBufferPointer(rebasing: text[..<slash])
        setIdentity(RowLayout.Head.linkPrefix, words, prefix, type, row)
      } else {
        slash = -1
      }
      words[RowLayout.Head.linkName] = intern(
        UnsafeBufferPointer(rebasing: text[(slash + 1)...]), guess: words[RowLayout.Head.name])
    }
  }

  private func setIdentity(
    _ place: Int, _ words: RowStore.Row, _ text: UnsafeBufferPointer<UInt8>, _ type: Int, _ row: Int
  ) {
    words[place] = intern(text, guess: rows[type].cellBefore(words, row: row)[place])
  }
}
