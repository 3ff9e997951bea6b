#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// The system's `write`, which the methods of that name hide.
private func writeSome(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) -> Int {
  write(descriptor, bytes.baseAddress, bytes.count)
}

/// A file that a report will be written to: opened before the work, written after it.
final class FileOutput {
  let path: String
  private let descriptor: Int32

  /// Opens or creates the file; what it holds stays until the report is written.
  ///
  /// - Parameter path: The file's path.
  /// - Throws: A usage failure where it cannot be written.
  init(path: String) throws(Failure) {
    self.path = path
    descriptor = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else {
      throw .usage("\(path) cannot be written: \(FileOutput.text(errno))")
    }
  }

  deinit { close(descriptor) }

  /// Whether this is the same file as that at a path.
  func isFile(at path: String) -> Bool {
    var own = stat()
    var other = stat()
    return fstat(descriptor, &own) == 0 && stat(path, &other) == 0
      && own.st_mode & S_IFMT == S_IFREG && own.st_dev == other.st_dev
      && own.st_ino == other.st_ino
  }

  /// Replaces what the file holds.
  func write(_ bytes: [UInt8]) throws(Failure) {
    try write { (output) throws(Failure) in output(bytes) }
  }

  /// Replaces what the file holds, piece by piece; it stays as it is where there is no piece.
  ///
  /// - Parameter body: Gives the pieces to a closure.
  /// - Throws: A failure where they cannot be written, and what the body throws.
  func write(_ body: (@escaping ([UInt8]) -> Void) throws(Failure) -> Void) throws(Failure) {
    var hasBegun = false
    var reason: Int32?
    try body { [descriptor] bytes in
      if !hasBegun { reason = FileOutput.empty(descriptor) }
      hasBegun = true
      if reason == nil { reason = FileOutput.write(bytes, to: descriptor) }
    }
    if let reason {
      throw Failure(
        status: .failure, message: "\(path) cannot be written: \(FileOutput.text(reason))")
    }
  }

  /// Drops what a file holds; returns nil, or the system's error number.
  private static func empty(_ descriptor: Int32) -> Int32? {
    var status = stat()
    let isRegular = fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
    return isRegular && ftruncate(descriptor, 0) != 0 ? errno : nil
  }

  /// Writes all bytes to a descriptor.
  ///
  /// - Returns: nil, or the system's error number.
  static func write(_ bytes: [UInt8], to descriptor: Int32) -> Int32? {
    bytes.withUnsafeBytes { buffer in
      var rest = buffer[...]
      while !rest.isEmpty {
        let part = UnsafeRawBufferPointer(rebasing: rest)
        let count = writeSome(part, to: descriptor)
        if count < 0 {
          if errno == EINTR { continue }
          return errno
        }
        rest = rest.dropFirst(count)
      }
      return nil
    }
  }

  /// The system's words for an error number.
  static func text(_ number: Int32) -> String { String(cString: strerror(number)) }
}
