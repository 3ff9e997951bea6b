import Schema

/// Where the cells of one type's records lie in a row, in words of 32 bits.
struct RowLayout {
  /// Words that every row starts with.
  enum Head {
    static let file = 0
    /// 64 bits.
    static let offset = 1
    static let flags = 3
    /// Resources only: the identity as read, and 64 bits of number.
    static let linkPrefix = 4
    static let linkName = 5
    static let name = 6
    static let zone = 7
    static let region = 8
    static let context = 9
    static let id = 10
    static let partCount = 4
    static let resourceCount = 12
  }

  /// For each field of the type the place of its first word; -1 where it is not kept.
  let places: UnsafeMutableBufferPointer<Int32>
  /// A row of which nothing is set.
  let unset: UnsafeMutableBufferPointer<UInt32>

  init(_ type: ResourceType, codings: [Column.Coding?]) {
    var words = [UInt32](
      repeating: 0, count: type.isPart ? Head.partCount : Head.resourceCount)
    places = .allocate(capacity: codings.count)
    for (field, coding) in codings.enumerated() {
      places.initializeElement(at: field, to: coding == nil ? -1 : Int32(words.count))
      guard let coding else { continue }
      words += coding.unsetWords
    }
    unset = .allocate(capacity: words.count)
    _ = unset.initialize(from: words)
  }

  func deallocate() {
    places.deallocate()
    unset.deallocate()
  }
}

/// The records of one type as they come in, row by row.
///
/// A row's cells lie side by side, so that a record is written to one place; the graph has columns.
/// Rows lie in pages that never move. Trivial, so that writing a cell costs no more than that:
/// whoever makes one frees it.
struct RowStore {
  typealias Row = UnsafeMutablePointer<UInt32>

  /// How many rows one page has.
  static let rowsPerPage = 1 << shift
  private static let shift = 11

  let layout: RowLayout
  /// How many words a row has.
  let width: Int
  /// Whether the records are resources.
  private let hasIdentities: Bool
  private(set) var count = 0
  private var pages: UnsafeMutablePointer<Pages<UInt32>>
  private var pageCount = 0
  private var capacity = 4

  init(_ type: ResourceType, codings: [Column.Coding?]) {
    layout = RowLayout(type, codings: codings)
    width = layout.unset.count
    hasIdentities = !type.isPart
    pages = .allocate(capacity: capacity)
  }

  /// Frees everything.
  func deallocate() {
    for index in 0..<pageCount { pages[index].deallocate() }
    pages.deallocate()
    layout.deallocate()
  }

  /// Starts a row; O(width).
  @inline(__always)
  mutating func append(file: UInt32, offset: Int) -> Int {
    let number = count
    if number &>> Self.shift == pageCount { addPage() }
    count = number &+ 1
    let row = self.row(number)
    if let unset = layout.unset.baseAddress { row.update(from: unset, count: width) }
    row[RowLayout.Head.file] = file
    Self.store(UInt64(truncatingIfNeeded: offset), row + RowLayout.Head.offset)
    return number
  }

  /// The words of a row.
  @inline(__always)
  func row(_ number: Int) -> Row {
    pages[number &>> Self.shift].base + (number & (Self.rowsPerPage &- 1)) &* width
  }

  /// The words of a field's cell; nil where the field is not kept or there is no such row.
  @inline(__always)
  func cell(_ field: Int, row: Int) -> Row? {
    let place = layout.places[field]
    return place < 0 || row >= count ? nil : self.row(row) + Int(place)
  }

  /// The words of a resource's row; nil for parts, and where there is no such row.
  @inline(__always)
  func identity(_ row: Int) -> Row? { hasIdentities && row < count ? self.row(row) : nil }

  /// The same field's cell one row earlier, where that is next to it.
  @inline(__always)
  func cellBefore(_ cell: Row, row: Int) -> Row {
    row & (Self.rowsPerPage &- 1) == 0 ? cell : cell - width
  }

  private mutating func addPage() {
    if pageCount == capacity {
      let more = UnsafeMutablePointer<Pages<UInt32>>.allocate(capacity: capacity * 2)
      more.update(from: pages, count: pageCount)
      pages.deallocate()
      pages = more
      capacity *= 2
    }
    // After a full page most of the next one is used, too.
    pages[pageCount] = Pages(capacity: Self.rowsPerPage * width, isFilled: pageCount > 0)
    pageCount += 1
  }

  /// Calls a closure with the rows of each page and how many they are.
  ///
  /// - Parameters:
  ///   - freeing: Whether each page is freed after its call; `forget` must follow.
  ///   - body: Gets the page's first row.
  func visit(freeing: Bool, _ body: (Row, Int) -> Void) {
    for index in 0..<pageCount {
      body(pages[index].base, min(Self.rowsPerPage, count - index << Self.shift))
      if freeing { pages[index].deallocate() }
    }
  }

  /// Has no rows and no pages any more.
  mutating func forget() {
    pageCount = 0
    count = 0
  }

  @inline(__always)
  static func store(_ value: UInt64, _ cell: Row) {
    UnsafeMutableRawPointer(cell).storeBytes(of: value, as: UInt64.self)
  }

  @inline(__always)
  static func load(_ cell: Row) -> UInt64 {
    UnsafeRawPointer(cell).loadUnaligned(as: UInt64.self)
  }
}

extension Column.Coding {
  /// The words of a cell that is not set.
  var unsetWords: [UInt32] {
    switch self {
    case .word: [Column.unsetWord]
    case .int: Column.Coding.halves(UInt64(bitPattern: Column.unsetInt))
    case .double: Column.Coding.halves(Column.unsetDouble)
    case .list: [0, Column.unsetWord]
    }
  }

  /// The words of a cell that cannot be read.
  var unreadableWords: [UInt32] {
    switch self {
    case .word: [Column.unreadableWord]
    case .int: Column.Coding.halves(UInt64(bitPattern: Column.unreadableInt))
    case .double: Column.Coding.halves(Column.unreadableDouble)
    case .list: [0, Column.unreadableWord]
    }
  }

  private static func halves(_ value: UInt64) -> [UInt32] {
    withUnsafeBytes(of: value) { Array($0.bindMemory(to: UInt32.self)) }
  }
}
