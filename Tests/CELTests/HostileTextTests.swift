import Glibc
import Testing

@testable import CEL

/// Text that wants to exhaust the stack, the time or the memory gives an error or a value.
@Suite struct HostileTextTests {
  /// Expressions by what they are about.
  static let expressions: [(name: String, text: String)] = [
    ("brackets", repeated("(", 5_000) + "1" + repeated(")", 5_000)),
    ("lists", repeated("[", 5_000)),
    ("maps", repeated("{1:", 5_000)),
    ("calls", repeated("f(", 5_000)),
    ("not", repeated("!", 5_000) + "true"),
    ("minus", repeated("-", 5_000) + "x"),
    ("conditionals", repeated("true?1:", 2_000) + "1"),
    ("sum", repeated("1+", 5_000) + "1"),
    ("relations", repeated("1<", 5_000) + "1"),
    ("or", repeated("false||", 2_000) + "true"),
    ("selections", "a" + repeated(".b", 5_000)),
    ("indexes", "[1]" + repeated("[0]", 5_000)),
    ("methods", "a" + repeated(".f()", 5_000)),
    ("macros", repeated("[1].map(x,", 2_000)),
    ("optionals", "optional.of(1)" + repeated(".optMap(x,x)", 2_000)),
    ("block", "cel.block([" + repeated("1,", 2_000) + "1],1)"),
    ("number", repeated("9", 99_000)),
    ("fraction", repeated("1", 50_000) + "." + repeated("1", 40_000)),
    ("exponent", "1e" + repeated("9", 90_000)),
    ("name", repeated("a", 99_000)),
    ("string", "'" + repeated("a", 99_000)),
    ("too long", repeated(" ", 100_001)),
    ("pattern groups", "'a'.matches('\(repeated("(", 9_000))')"),
    ("pattern repetitions", "'a'.matches('(((a{9}){9}){9}){9}')"),
    ("pattern length", "'a'.matches('\(repeated("a*", 10_000))')"),
    // As deep as is allowed.
    ("brackets, allowed", repeated("(", 248) + "1" + repeated(")", 248)),
    ("lists, allowed", repeated("[", 248) + repeated("]", 248)),
    ("calls, allowed", repeated("size([", 120) + repeated("])", 120)),
    ("macros, allowed", repeated("[1].map(x,", 240) + "1" + repeated(")", 240)),
    ("conditionals, allowed", repeated("true?1:", 248) + "1"),
    ("sum, allowed", repeated("1+", 248) + "1"),
  ]

  private static func repeated(_ text: String, _ count: Int) -> String {
    String(repeating: text, count: count)
  }

  /// Some systems give worker threads half a megabyte; without optimisation, frames are larger.
  private static var stackSize: Int {
    #if DEBUG
      4 << 20
    #else
      512 << 10
    #endif
  }

  @Test(arguments: [true, false]) func needsLittleStack(isChecked: Bool) {
    var options = CheckingOptions()
    options.checksTypes = isChecked
    let outcomes = onSmallStack {
      HostileTextTests.expressions.map { name, text in
        "\(name): \(HostileTextTests.outcome(of: text, options))"
      }
    }
    #expect(outcomes.count == HostileTextTests.expressions.count)
    for outcome in outcomes where outcome.contains("allowed:") {
      #expect(!outcome.contains("nested"), "\(outcome)")
    }
  }

  private static func outcome(of text: String, _ options: CheckingOptions) -> String {
    let host = SymbolHost()
    do {
      let expression = try CheckedExpression(
        text, in: Declarations(), expecting: nil, options: options)
      let context = Context(host: host)
      let value = expression.link(to: host).evaluate(context)
      let traced = Interpreter(expression, host: host).evaluate(context)
      return value.tag == traced.tag ? "\(value.tag)" : "\(value.tag) and \(traced.tag)"
    } catch {
      return error.diagnostics.first?.message ?? "no diagnostic"
    }
  }

  /// What a thread with a small stack gives.
  private func onSmallStack(_ body: @escaping () -> [String]) -> [String] {
    final class Job {
      let body: () -> [String]
      var result: [String] = []
      init(_ body: @escaping () -> [String]) { self.body = body }
    }
    let job = Job(body)
    let attributes = UnsafeMutablePointer<pthread_attr_t>.allocate(capacity: 1)
    pthread_attr_init(attributes)
    defer {
      pthread_attr_destroy(attributes)
      attributes.deallocate()
    }
    pthread_attr_setstacksize(attributes, HostileTextTests.stackSize)
    var thread = pthread_t()
    let status = pthread_create(
      &thread, attributes,
      { argument in
        guard let argument else { return nil }
        let job = Unmanaged<Job>.fromOpaque(argument).takeUnretainedValue()
        job.result = job.body()
        return nil
      }, Unmanaged.passUnretained(job).toOpaque())
    guard status == 0 else { return [] }
    pthread_join(thread, nil)
    return job.result
  }

  @Test(arguments: [
    "(a+)+$", "(a|a)*b", "(a|aa)+$", "(.*)(.*)(.*)x", "(a*)*b", "^(([a-z])+.)+[A-Z]([a-z])+$",
  ])
  func patternsTakeLinearTime(pattern: String) throws {
    let regex = try Regex(pattern)
    let text = [UInt8](repeating: UInt8(ascii: "a"), count: 100_000) + [UInt8(ascii: "!")]
    text.withUnsafeBufferPointer { text in
      #expect(!regex.matches(text))
      let part = UnsafeBufferPointer(rebasing: text[95_000...])
      #expect(regex.firstMatch(in: part) == nil)
    }
  }
}
