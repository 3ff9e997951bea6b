import Glibc

/// A reproducible source of random numbers (SplitMix64).
struct RandomSource: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) {
    state = seed
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
    return mixed ^ mixed >> 31
  }

  mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }

  mutating func chance(_ percent: Int) -> Bool { below(100) < percent }

  mutating func pick<Element>(_ elements: [Element]) -> Element { elements[below(elements.count)] }
}

/// How many random cases a test tries: a default for every day, more by `NEGLINT_RANDOM_CASES`.
func randomCases(_ usual: Int) -> Int {
  getenv("NEGLINT_RANDOM_CASES").flatMap { Int(String(cString: $0)) } ?? usual
}

/// Where random tests start: `NEGLINT_RANDOM_SEED`, else always the same.
func randomSeed() -> UInt64 {
  getenv("NEGLINT_RANDOM_SEED").flatMap { UInt64(String(cString: $0)) } ?? 1
}
