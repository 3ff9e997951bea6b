#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// The bytes of one input: a mapped file, standard input, or given bytes.
///
/// The bytes never change and are freed with the object. A mapped file must not be truncated while
/// it is read: the system then ends the process.
public final class Source: Sendable {
  /// Readable zero bytes behind every input, so that readers may load words and need no end check.
  static let padding = 64
  /// Files up to this size are read instead of mapped: a mapping costs more than the copy.
  static let smallFile = 256 << 10
  /// How many mapped bytes behind a reader may stay in memory.
  static let readingWindow = 2 << 20

  /// A source without bytes.
  static let empty = Source(path: "", bytes: [])

  /// The path as it was given; `-` for standard input.
  public let path: String
  /// How many bytes the input has.
  public let count: Int

  nonisolated(unsafe) let base: UnsafePointer<UInt8>
  /// Bytes to unmap, padding included; zero when the bytes are on the heap.
  let mapped: Int

  init(path: String, base: UnsafePointer<UInt8>, count: Int, mapped: Int) {
    self.path = path
    self.base = base
    self.count = count
    self.mapped = mapped
  }

  /// Makes a source of bytes in memory, which are copied.
  ///
  /// - Parameters:
  ///   - path: The name that reports give the input.
  ///   - bytes: The input.
  public convenience init(path: String, bytes: [UInt8]) {
    let copy = UnsafeMutablePointer<UInt8>.allocate(capacity: bytes.count + Source.padding)
    bytes.withUnsafeBufferPointer { bytes in
      if let base = bytes.baseAddress { copy.update(from: base, count: bytes.count) }
    }
    (copy + bytes.count).initialize(repeating: 0, count: Source.padding)
    self.init(path: path, base: UnsafePointer(copy), count: bytes.count, mapped: 0)
  }

  /// Opens a file and maps it into memory; what cannot be mapped is read to its end.
  ///
  /// - Parameter path: The file's path.
  /// - Throws: A problem without an offset when the file cannot be opened or read.
  public convenience init(path: String) throws(ReadingProblem) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw Source.failure("cannot be opened") }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw Source.failure("cannot be examined") }
    let kind = status.st_mode & S_IFMT
    guard kind != S_IFDIR else {
      throw ReadingProblem(offset: nil, message: "is a directory, not a file; name the files in it")
    }
    let size = Int(status.st_size)
    if kind == S_IFREG && size > Source.smallFile {
      let base = try Source.map(descriptor, size)
      self.init(path: path, base: base, count: size, mapped: size + Source.padding)
    } else {
      let (base, count) = try Source.readAll(descriptor, expecting: kind == S_IFREG ? size : 0)
      self.init(path: path, base: base, count: count, mapped: 0)
    }
  }

  deinit {
    if mapped > 0 {
      munmap(UnsafeMutableRawPointer(mutating: base), mapped)
    } else {
      base.deallocate()
    }
  }

  /// Reads standard input to its end.
  ///
  /// - Returns: The bytes, with the path `-`.
  /// - Throws: A problem without an offset when reading fails.
  public static func standardInput() throws(ReadingProblem) -> Source {
    let (base, count) = try readAll(STDIN_FILENO, expecting: 0)
    return Source(path: "-", base: base, count: count, mapped: 0)
  }

  /// Calls a closure with all bytes.
  ///
  /// - Parameter body: Gets the bytes, which are valid during the call.
  /// - Returns: What the closure returns.
  /// - Throws: What the closure throws.
  public func withBytes<R, E: Error>(
    _ body: (UnsafeBufferPointer<UInt8>) throws(E) -> R
  ) throws(E) -> R {
    try body(UnsafeBufferPointer(start: base, count: count))
  }

  /// Calls a closure with some of the bytes.
  ///
  /// - Parameters:
  ///   - range: The offsets wanted; what lies outside of the input is left out.
  ///   - body: Gets the bytes, which are valid during the call.
  /// - Returns: What the closure returns.
  /// - Throws: What the closure throws.
  public func withBytes<R, E: Error>(
    in range: Range<Int>, _ body: (UnsafeBufferPointer<UInt8>) throws(E) -> R
  ) throws(E) -> R {
    let part = range.clamped(to: 0..<count)
    return try body(UnsafeBufferPointer(start: base + part.lowerBound, count: part.count))
  }

  /// The first byte that is neither a byte order mark nor blank; nil when there is none.
  ///
  /// Complexity: O(*n*) in the number of leading blanks.
  public var opening: (byte: UInt8, offset: Int)? {
    var offset = contentStart
    while offset < count && isBlank(base[offset]) { offset += 1 }
    return offset < count ? (base[offset], offset) : nil
  }

  /// The offset behind a byte order mark.
  var contentStart: Int {
    if count >= 3 && base[0] == 0xEF && base[1] == 0xBB && base[2] == 0xBF { return 3 }
    let isUTF16 = count >= 2 && base[0] ^ base[1] == 1 && base[0] >= 0xFE && base[1] >= 0xFE
    return isUTF16 ? 2 : 0
  }
}

/// Whether JSON and XML take the byte for white space.
@inline(__always)
func isBlank(_ byte: UInt8) -> Bool {
  byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
}

extension Source {
  private static func failure(_ what: String) -> ReadingProblem {
    let reason = String(cString: strerror(errno))
    return ReadingProblem(offset: nil, message: "\(what): \(reason)")
  }

  /// Maps a file and, behind it, zero bytes.
  private static func map(
    _ descriptor: Int32, _ size: Int
  ) throws(ReadingProblem) -> UnsafePointer<UInt8> {
    // The padding is the rest of the file's last page or, if that is too short, of a page of an
    // anonymous mapping that is as long as both together.
    let total = size + padding
    guard let whole = mmap(nil, total, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0),
      whole != MAP_FAILED
    else { throw failure("cannot be mapped into memory") }
    guard
      let file = mmap(whole, size, PROT_READ, MAP_PRIVATE | MAP_FIXED, descriptor, 0),
      file != MAP_FAILED
    else {
      let problem = failure("cannot be mapped into memory")
      munmap(whole, total)
      throw problem
    }
    if size > readingWindow { madvise(file, size, MADV_SEQUENTIAL) }
    return UnsafePointer(file.assumingMemoryBound(to: UInt8.self))
  }

  private static func readAll(
    _ descriptor: Int32, expecting size: Int
  ) throws(ReadingProblem) -> (UnsafePointer<UInt8>, Int) {
    var buffer = GrowingBuffer<UInt8>(capacity: max(size, 1 << 12) + padding + 1)
    while true {
      buffer.reserve(padding + 1)
      let room = buffer.capacity - buffer.count - padding
      let got = read(descriptor, buffer.base + buffer.count, room)
      if got > 0 {
        buffer.count += got
      } else if got == 0 {
        (buffer.base + buffer.count).initialize(repeating: 0, count: padding)
        return (UnsafePointer(buffer.base), buffer.count)
      } else if errno != EINTR {
        let problem = failure("cannot be read")
        buffer.base.deallocate()
        throw problem
      }
    }
  }

  /// Lets the system take back the memory of mapped bytes that will not be read soon.
  ///
  /// They come back when they are read. Little is done until enough bytes are gathered.
  ///
  /// - Returns: The offset up to which memory was given back.
  func release(from start: Int, upTo offset: Int) -> Int {
    guard offset &- start > Source.readingWindow, mapped > 0 else { return start }
    let page = 1 << 12
    let from = start / page * page
    let length = offset / page * page - from
    if length > 0 {
      madvise(UnsafeMutableRawPointer(mutating: base + from), length, MADV_DONTNEED)
    }
    return from + length
  }

  /// The offset of the first line feed from `start` on, or the input's end.
  func endOfLine(from start: Int) -> Int {
    guard start < count, let found = memchr(base + start, 0x0A, count - start) else { return count }
    return UnsafeRawPointer(found) - UnsafeRawPointer(base)
  }
}
