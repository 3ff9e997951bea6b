import CZLib

extension Source {
  /// Whether the bytes are compressed by gzip (RFC 1952, section 2.3.1).
  public var isGzip: Bool { count >= 2 && base[0] == 0x1F && base[1] == 0x8B }

  /// The content of a gzip file, of one member or several (RFC 1952, section 2.2).
  ///
  /// All of it is held in memory. The checksums of the members are verified; zero bytes behind the
  /// last one, as tapes and block devices leave them, are passed over.
  ///
  /// - Parameter limits: How much the content may take.
  /// - Returns: The content, with this source's path.
  /// - Throws: A problem without an offset when the file is cut off, corrupt, or too large.
  public func gunzipped(limits: Limits = Limits()) throws(ReadingProblem) -> Source {
    let inflation = Inflation(self, limits)
    try inflation.run()
    let (base, count) = inflation.takeContent()
    return Source(path: path, base: base, count: count, mapped: 0)
  }

  /// The size of the content as the last member's end tells it, modulo 2^32; often the whole.
  fileprivate var gzipSize: Int {
    guard count >= 18 else { return 0 }
    return (1...4).reduce(0) { $0 << 8 | Int(base[count - $1]) }
  }
}

/// One run of zlib over a gzip file.
private final class Inflation {
  /// Files may grow to this size whatever their ratio: small ones do no harm.
  private static let harmless = 64 << 20
  /// zlib counts in 32 bits.
  private static let chunk = 1 << 30

  private let source: Source
  private let limits: Limits
  private let allowed: Int
  private let stream: UnsafeMutablePointer<z_stream>
  private var content: GrowingBuffer<UInt8>
  private var offset = 0
  private var isContentTaken = false

  init(_ source: Source, _ limits: Limits) {
    self.source = source
    self.limits = limits
    let (product, overflow) = source.count.multipliedReportingOverflow(by: limits.expansion)
    allowed = min(limits.unpackedLength, max(Inflation.harmless, overflow ? .max : product))
    // The stream keeps its own address.
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    content = GrowingBuffer(
      capacity: max(1 << 12, min(source.gzipSize, allowed)) + Source.padding + 1)
  }

  deinit {
    inflateEnd(stream)
    stream.deallocate()
    if !isContentTaken { content.base.deallocate() }
  }

  /// Hands the content over, zero bytes behind it.
  func takeContent() -> (UnsafePointer<UInt8>, Int) {
    content.reserve(Source.padding)
    (content.base + content.count).initialize(repeating: 0, count: Source.padding)
    isContentTaken = true
    return (UnsafePointer(content.base), content.count)
  }

  func run() throws(ReadingProblem) {
    // 16 and the largest window: gzip's header, and no other.
    guard
      inflateInit2_(stream, 16 + MAX_WBITS, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
        == Z_OK
    else { throw problem("the gzip file cannot be unpacked: there is no memory for it") }
    while try inflateMember(), inflateReset(stream) == Z_OK {}
  }

  /// Unpacks one member.
  ///
  /// - Returns: Whether another one follows.
  private func inflateMember() throws(ReadingProblem) -> Bool {
    while true {
      content.reserve(min(Inflation.harmless, max(1 << 12, content.count / 2)) + Source.padding + 1)
      let room = min(content.capacity - content.count - Source.padding, Inflation.chunk)
      let input = min(source.count - offset, Inflation.chunk)
      stream.pointee.next_in = UnsafeMutablePointer(mutating: source.base + offset)
      stream.pointee.avail_in = UInt32(truncatingIfNeeded: input)
      stream.pointee.next_out = content.base + content.count
      stream.pointee.avail_out = UInt32(truncatingIfNeeded: room)
      let code = inflate(stream, Z_NO_FLUSH)
      offset += input - Int(stream.pointee.avail_in)
      content.count += room - Int(stream.pointee.avail_out)
      if content.count > allowed { throw tooLarge }
      switch code {
      case Z_STREAM_END: return try isFollowed()
      case Z_OK where stream.pointee.avail_out == 0 || offset < source.count: continue
      case Z_OK, Z_BUF_ERROR:
        throw problem(
          "the gzip file is cut off after \(content.count) bytes of content; "
            + "copy or export it again")
      case Z_MEM_ERROR: throw problem("the gzip file cannot be unpacked: there is no memory for it")
      default:
        let reason = stream.pointee.msg.map { ": \(String(cString: $0))" } ?? ""
        throw problem(
          "the gzip file is damaged near byte \(offset)\(reason); copy or export it again")
      }
    }
  }

  private func isFollowed() throws(ReadingProblem) -> Bool {
    let end = offset
    while offset < source.count, source.base[offset] == 0 { offset += 1 }
    if offset == source.count { return false }
    guard offset == end, source.count - offset >= 2, source.base[offset] == 0x1F,
      source.base[offset + 1] == 0x8B
    else {
      throw problem(
        "the gzip file has other bytes behind its end, from byte \(offset) on; "
          + "copy or export it again")
    }
    return true
  }

  private var tooLarge: ReadingProblem {
    if content.count > limits.unpackedLength {
      return problem(
        "the gzip file has more than \(limits.unpackedLength) bytes of content; if it is meant to "
          + "have them, raise the limit with --max-unpacked")
    }
    return problem(
      "the gzip file grows to more than \(limits.expansion) times its \(source.count) bytes, "
        + "as files do that are made to exhaust memory; if it is sound, raise the limit with "
        + "--max-expansion")
  }

  private func problem(_ message: String) -> ReadingProblem {
    ReadingProblem(offset: nil, message: message)
  }
}
