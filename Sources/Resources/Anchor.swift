/// Where a record stands: a file, the record's byte offset, and a path of names below it.
///
/// Line and column are found later, by reading the file once more (room Reporting).
public struct Anchor: Hashable, Sendable {
  /// The file's number in the order of the inputs.
  public var file: UInt32
  /// The byte offset of the record in the file.
  public var offset: Int
  /// Field names from the record to the place that is meant; empty for the record itself.
  public var path: [String]

  /// Makes an anchor.
  ///
  /// - Parameters:
  ///   - file: The file's number.
  ///   - offset: The record's byte offset.
  ///   - path: Field names below the record.
  public init(file: UInt32, offset: Int, path: [String] = []) {
    self.file = file
    self.offset = offset
    self.path = path
  }
}
