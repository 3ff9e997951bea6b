import Dispatch
import Synchronization

/// What becomes of some items, by several threads, in the order of the items.
///
/// - Parameters:
///   - items: The items.
///   - jobs: How many threads may work.
///   - makeState: Makes what a thread keeps from item to item.
///   - transform: Is called once for each item.
/// - Returns: A result for each item.
func concurrentMap<Item: Sendable, State, Result: Sendable>(
  _ items: [Item], jobs: Int, state makeState: @Sendable () -> State,
  _ transform: @Sendable (inout State, Item) -> Result
) -> [Result] {
  guard jobs > 1, items.count > 1 else {
    var state = makeState()
    return items.map { transform(&state, $0) }
  }
  return Array(unsafeUninitializedCapacity: items.count) { results, count in
    // Each place is written to once.
    nonisolated(unsafe) let base = results.baseAddress
    let next = Atomic<Int>(0)
    DispatchQueue.concurrentPerform(iterations: min(jobs, items.count)) { _ in
      var state = makeState()
      while true {
        let place = next.add(1, ordering: .relaxed).oldValue
        guard place < items.count else { return }
        (base.map { $0 + place })?.initialize(to: transform(&state, items[place]))
      }
    }
    count = items.count
  }
}
