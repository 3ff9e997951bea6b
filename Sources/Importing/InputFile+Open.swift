public import Documents

#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#endif

extension InputFile {
  /// Opens the input's bytes, unpacked where they are compressed by gzip.
  ///
  /// Streams and standard input can be opened once.
  ///
  /// - Parameter limits: How much of a resource the input may take.
  /// - Returns: The bytes.
  /// - Throws: A problem without an offset when the bytes cannot be had.
  public func open(limits: Limits = Limits()) throws(ReadingProblem) -> Source {
    let source = try openAsIs()
    return source.isGzip ? try source.gunzipped(limits: limits) : source
  }

  /// Opens the input's bytes as they are, compressed or not.
  ///
  /// Streams and standard input can be opened once.
  ///
  /// - Returns: The bytes.
  /// - Throws: A problem without an offset when the bytes cannot be had.
  public func openAsIs() throws(ReadingProblem) -> Source {
    switch origin {
    case .file(let path), .stream(let path): try Source(path: path)
    case .standardInput: try Source.standardInput()
    case .bytes(let bytes): Source(path: path, bytes: bytes)
    }
  }

  /// The number of bytes as far as it is known ahead: the larger inputs are read first.
  var weight: Int {
    switch origin {
    case .file(let path):
      var status = stat()
      return stat(path, &status) == 0 ? Int(status.st_size) : 0
    case .stream, .standardInput: return .max
    case .bytes(let bytes): return bytes.count
    }
  }
}
