import CEL
import Testing

@Suite struct CauseSetTests {
  /// Sets of numbers below eight, by all their unions: against sets of the standard library.
  @Test func setsAreNumberedByWhatIsInThem() {
    let context = Context(host: SymbolHost())
    var numbers: [Set<UInt64>: CauseSetID] = [:]
    for bits in 0..<256 {
      let members = (0..<8).filter { bits >> $0 & 1 == 1 }.map { UInt64($0) &* 0x0101_0101_0000 }
      let causes = members.map { Cause(rawValue: $0) }
      let set = context.causeSet(causes.reversed() + causes)
      #expect(context.causes(of: set) == causes)
      #expect(numbers.updateValue(set, forKey: Set(members)) == nil)
      if members.count == 1 { #expect(context.causeSet(causes[0]) == set) }
    }
    #expect(Set(numbers.values).count == 256)
    #expect(numbers[[]]?.rawValue == 0)
    for (left, first) in numbers {
      for (right, second) in numbers {
        #expect(context.union(first, second) == numbers[left.union(right)])
      }
    }
  }

  @Test func aNumberOfAnotherContextIsTheEmptySet() {
    let context = Context(host: SymbolHost())
    #expect(context.causes(of: CauseSetID(rawValue: 7)).isEmpty)
  }
}
