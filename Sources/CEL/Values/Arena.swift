/// Growing memory for trivial elements that is emptied as a whole and keeps its capacity.
@usableFromInline struct Arena<Element> {
  @usableFromInline var base: UnsafeMutablePointer<Element>
  @usableFromInline var count = 0
  @usableFromInline var capacity: Int
  /// What `reset` leaves in place.
  @usableFromInline var pinned = 0

  init(capacity: Int) {
    base = .allocate(capacity: capacity)
    self.capacity = capacity
  }

  func deallocate() { base.deallocate() }

  mutating func reset() { count = pinned }

  @inlinable subscript(index: Int) -> Element {
    get { base[index] }
    nonmutating set { base[index] = newValue }
  }

  @inlinable mutating func reserve(_ extra: Int) {
    if count &+ extra > capacity { grow(to: count &+ extra) }
  }

  @usableFromInline mutating func grow(to needed: Int) {
    let size = max(needed, capacity &* 2)
    let bigger = UnsafeMutablePointer<Element>.allocate(capacity: size)
    bigger.moveInitialize(from: base, count: count)
    base.deallocate()
    base = bigger
    capacity = size
  }

  @inlinable mutating func append(_ element: Element) {
    reserve(1)
    (base + count).initialize(to: element)
    count &+= 1
  }

  mutating func append(contentsOf elements: UnsafeBufferPointer<Element>) {
    guard let start = elements.baseAddress, !elements.isEmpty else { return }
    // The elements may lie in this very arena, which growing would free.
    let inside = start >= UnsafePointer(base) && start < UnsafePointer(base + count)
    let distance = inside ? start - UnsafePointer(base) : 0
    reserve(elements.count)
    let source = inside ? UnsafePointer(base) + distance : start
    (base + count).initialize(from: source, count: elements.count)
    count &+= elements.count
  }
}
