public import CEL

/// A record by its type and number, which mean something within one run only.
public struct RecordKey: Hashable, Sendable {
  let type: UInt16
  let id: UInt64

  /// The key of a record; nil for another kind of value.
  public init?(_ value: Value) {
    guard let id = value.recordID, let type = value.recordType else { return nil }
    self.type = type
    self.id = id
  }
}

/// A violated unit: a subject, or an item or group of it.
struct Violation {
  /// The rule's place in the rule set.
  let rule: Int
  let subject: Value
  /// The record that the finding stands at.
  let place: Value
  /// Which of the subject's violated units it is, from 0.
  let ordinal: Int
  /// Whether another rule is known to silence it.
  var isSuperseded: Bool

  /// Whether it is one of the same rule on the same subject.
  func isOfSubject(of other: Violation) -> Bool {
    rule == other.rule && subject.bits == other.subject.bits
      && subject.recordType == other.subject.recordType
  }
}

/// The not-evaluated outcomes of rules over items, which wait for what may silence them.
///
/// Their causes lie one after another: without instances each record has causes of its own.
struct Doubts {
  private var rules: [Int] = []
  private var subjects: [Value] = []
  private var ends: [Int] = []
  private var causes: [Cause] = []

  mutating func append(rule: Int, subject: Value, causes: some Collection<Cause>) {
    rules.append(rule)
    subjects.append(subject)
    for cause in causes { self.causes.append(cause) }
    ends.append(self.causes.count)
  }

  /// Calls a function with each outcome.
  func forEach(_ body: (_ rule: Int, _ subject: Value, _ causes: ArraySlice<Cause>) -> Void) {
    var start = 0
    for index in rules.indices {
      body(rules[index], subjects[index], causes[start..<ends[index]])
      start = ends[index]
    }
  }
}

/// A set of few records that many are looked for in.
private struct RecordSet {
  private var keys: Set<RecordKey> = []
  /// A bit for what records of the set have in common with others: most are none of it.
  private var bits: [UInt64] = []

  var isEmpty: Bool { keys.isEmpty }

  mutating func insert(_ key: RecordKey) {
    if bits.isEmpty { bits = Array(repeating: 0, count: 64) }
    bits[Int(key.id >> 6 & 63)] |= 1 << (key.id & 63)
    keys.insert(key)
  }

  func contains(_ key: RecordKey) -> Bool {
    !bits.isEmpty && bits[Int(key.id >> 6 & 63)] >> (key.id & 63) & 1 == 1 && keys.contains(key)
  }
}

/// Which records rules are violated on, for superseding.
struct ViolatedRecords {
  /// For each rule the records that it is violated on as a whole.
  private var subjects: [RecordSet]
  /// For each rule over items the records that one of its findings stands at.
  private var places: [RecordSet]

  init(ruleCount: Int) {
    subjects = Array(repeating: RecordSet(), count: ruleCount)
    places = subjects
  }

  mutating func insert(_ violation: Violation, overItems: Bool) {
    if let key = RecordKey(violation.subject) { subjects[violation.rule].insert(key) }
    if overItems, let key = RecordKey(violation.place) { places[violation.rule].insert(key) }
  }

  /// Whether a rule is violated on a record: as a whole, on an item of it, or as an item.
  func contains(_ rule: Int, _ record: Value) -> Bool {
    guard !subjects[rule].isEmpty, let key = RecordKey(record) else { return false }
    return subjects[rule].contains(key) || places[rule].contains(key)
  }

  /// Whether a rule over items silences another one's finding at an item.
  ///
  /// A finding at another item of the same subject silences nothing.
  func silencesItem(_ rule: Int, overItems: Bool, at place: Value, of subject: Value) -> Bool {
    if overItems, let key = RecordKey(place) { return places[rule].contains(key) }
    return contains(rule, subject) || contains(rule, place)
  }
}
