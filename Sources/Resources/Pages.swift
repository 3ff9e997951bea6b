#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#endif

/// Memory that comes from the system and goes back to it at once.
///
/// The tables of texts grow to tens of megabytes in each thread and are then merged into one: an
/// allocator would keep what was freed.
struct Pages<Element: BitwiseCopyable> {
  /// The first element; all of them are zero at first.
  let base: UnsafeMutablePointer<Element>
  /// How many elements there is room for.
  let capacity: Int
  private let byteCount: Int
  private let isMapped: Bool

  /// Takes memory for at least so many elements.
  ///
  /// - Parameters:
  ///   - capacity: How many elements.
  ///   - isFilled: Whether all of it is sure to be used: the system gives it at once then.
  init(capacity: Int, isFilled: Bool = false) {
    let size = 1 << 12
    let needed = max(capacity, 1) * MemoryLayout<Element>.stride
    byteCount = (needed + size - 1) / size * size
    var flags = MAP_PRIVATE | MAP_ANONYMOUS
    #if canImport(Glibc)
      if isFilled { flags |= MAP_POPULATE }
    #endif
    let mapped = mmap(nil, byteCount, PROT_READ | PROT_WRITE, flags, -1, 0)
    if let mapped, mapped != MAP_FAILED {
      isMapped = true
      #if canImport(Glibc)
        // Look-ups go all over a table: large pages save most of the misses of their translation.
        if byteCount >= 4 << 20 { madvise(mapped, byteCount, MADV_HUGEPAGE) }
      #endif
      base = mapped.bindMemory(to: Element.self, capacity: byteCount / MemoryLayout<Element>.stride)
    } else {
      isMapped = false
      let memory = UnsafeMutableRawPointer.allocate(byteCount: byteCount, alignment: size)
      memory.initializeMemory(as: UInt8.self, repeating: 0, count: byteCount)
      base = memory.bindMemory(to: Element.self, capacity: byteCount / MemoryLayout<Element>.stride)
    }
    self.capacity = byteCount / MemoryLayout<Element>.stride
  }

  /// Gives the memory back.
  func deallocate() {
    if isMapped { munmap(base, byteCount) } else { UnsafeMutableRawPointer(base).deallocate() }
  }

  subscript(index: Int) -> Element {
    @inline(__always) get { base[index] }
    @inline(__always) nonmutating set { base[index] = newValue }
  }
}
