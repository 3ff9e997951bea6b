import Testing

@testable import CEL

/// Functions that the conformance suite does not cover.
@Suite struct FunctionTests {
  @Test(arguments: [
    ("[1, 2, 2].isSorted()", "true"), ("['b', 'a'].isSorted()", "false"), ("[].isSorted()", "true"),
    ("[1, 2, 3].sum()", "6"), ("[1.5, 2.0].sum()", "3.5"), ("[].sum() == 0", "true"),
    ("[duration('1s'), duration('2s')].sum()", "3s"),
    ("[9223372036854775807, 1].sum()", "error: number out of range (overflow)"),
    ("[3, 1, 2].min()", "1"), ("['a', 'c', 'b'].max()", "c"),
    ("[].max()", "error: the list is empty"),
    ("[1, 2, 1].indexOf(1)", "0"), ("[1, 2, 1].lastIndexOf(1)", "2"), ("[1].lastIndexOf(2)", "-1"),
    ("[3, 1, 2].sort()", "[1, 2, 3]"), ("['b', 'a'].sortBy(x, x)", "[\"a\", \"b\"]"),
    ("[1, 2, 1].distinct()", "[1, 2]"), ("[[1], [2]].flatten()", "[1, 2]"),
    ("[1, 2, 3].slice(1, 2)", "[2]"), ("[1, 2].reverse()", "[2, 1]"), ("lists.range(2)", "[0, 1]"),
    ("[1].slice(0, 2)", "error: index out of range"),
    ("sets.contains([1, 2], [2])", "true"), ("sets.equivalent([1, 1], [1])", "true"),
    ("sets.intersects([1], [2])", "false"),
    ("'a1b22'.find('[0-9]+')", "1"), ("'ab'.find('x')", ""),
    ("'a1b22'.findAll('[0-9]+')", "[\"1\", \"22\"]"),
    ("'a1b22'.findAll('[0-9]+', 1)", "[\"1\"]"),
    ("regex.replace('ab', '(a)(b)', r'\\2\\1')", "ba"),
    ("regex.extract('key=value', 'key=(.*)').value()", "value"),
    ("regex.extract('a', 'b').hasValue()", "false"),
    ("regex.extractAll('a1b2', '[0-9]')", "[\"1\", \"2\"]"),
    ("'e\\u0301'.size()", "2"), ("'\\u00e9' == 'e\\u0301'", "false"),
    ("timestamp('2024-01-01T00:00:00Z').getHours('+05:30')", "5"),
  ])
  func gives(text: String, expected: String) throws {
    #expect(try evaluated(text) == expected)
  }
}
