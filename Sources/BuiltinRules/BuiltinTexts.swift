public import Rules

/// The built-in rules' texts; EmbedRules writes the rest of it at build time.
enum BuiltinTexts {}

extension RuleLibrary {
  /// The rules and data files of the folder `rules/`, embedded when the program was built.
  ///
  /// Nothing is decoded until it is asked for.
  public static var builtin: RuleLibrary {
    RuleLibrary(rules: BuiltinTexts.rules, data: BuiltinTexts.data)
  }
}
