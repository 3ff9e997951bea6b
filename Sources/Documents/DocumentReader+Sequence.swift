extension DocumentReader {
  /// Reads an input of any number of values, one after the other, and gives each to a closure.
  ///
  /// As long as values stand one per line (newline-delimited JSON), a broken line is a problem and
  /// reading goes on at the next line. Otherwise reading stops at the first problem, whose message
  /// says how many values were read. A document of XML is one value. Memory is bounded by the
  /// largest value.
  ///
  /// - Parameters:
  ///   - source: The input.
  ///   - body: Gets each value, valid during the call. What it throws ends the reading.
  /// - Returns: The problems in the order of their offsets; empty when all was read.
  public func readSequence<E: Error>(
    _ source: Source, _ body: (Node) throws(E) -> Void
  ) throws(E) -> [ReadingProblem] {
    []
  }

  /// Reads an array of JSON and gives each of its elements to a closure.
  ///
  /// Memory is bounded by the largest element, not by the input.
  ///
  /// - Parameters:
  ///   - source: The input, whose only value is an array.
  ///   - body: Gets each element, valid during the call. What it throws ends the reading.
  /// - Returns: The problem that reading stopped at; empty when all was read.
  public func readElements<E: Error>(
    _ source: Source, _ body: (Node) throws(E) -> Void
  ) throws(E) -> [ReadingProblem] {
    []
  }
}
