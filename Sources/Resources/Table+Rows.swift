import Schema

/// How the numbers in a builder's rows become those of the graph.
struct RowMapping {
  /// The graph's symbol for each of the builder's; nil where both have the same table.
  var symbols: [UInt32]?
  /// For each type the graph's rows ahead of the builder's.
  var bases: [UInt32]
  /// The entries of the graph's pool ahead of the builder's.
  var poolBase: UInt32

  /// What is to be done to the words of one column.
  enum Words {
    case keep
    case add(UInt32)
    case look([UInt32])

    func map(_ words: UnsafeMutableBufferPointer<UInt32>) {
      switch self {
      case .keep: return
      case .add(let base):
        for index in words.indices where words[index] < Column.unreadableWord {
          words[index] &+= base
        }
      case .look(let symbols):
        for index in words.indices where words[index] < Column.unreadableWord {
          words[index] = symbols[Int(words[index])]
        }
      }
    }
  }

  /// The graph's symbol for one of the builder's.
  func symbol(_ own: UInt32) -> UInt32 { symbols.map { $0[Int(own)] } ?? own }

  var ofSymbols: Words { symbols.map { .look($0) } ?? .keep }

  func words(of kind: Field.Kind) -> Words {
    if let part = kind.partType { return .add(bases[Schema.index(of: part) ?? 0]) }
    if kind.isList { return .add(poolBase) }
    return kind == .bool || kind == .object ? .keep : ofSymbols
  }
}

extension Table {
  /// Makes room for rows.
  mutating func reserve(_ count: Int) {
    files.reserveCapacity(count)
    offsets.reserveCapacity(count)
    flags.reserveCapacity(count)
    if type.isPart {
      owners.reserveCapacity(count)
      ownerTypes.reserveCapacity(count)
    } else {
      identities.reserveCapacity(count)
      ids.reserveCapacity(count)
    }
    for index in kept { columns[index]?.reserve(count) }
  }

  /// Appends rows, page by page, so that what is read lies in a near cache.
  ///
  /// - Parameters:
  ///   - store: The rows.
  ///   - mapping: What becomes of their numbers.
  ///   - freeing: Whether each page is freed once it is read.
  mutating func append(_ store: RowStore, mapping: RowMapping, freeing: Bool) {
    if store.count == 0 { return }
    let words = kept.map { mapping.words(of: type.fields[$0].kind) }
    let symbols = mapping.ofSymbols
    let scratch = UnsafeMutableBufferPointer<UInt32>.allocate(capacity: RowStore.rowsPerPage)
    defer { scratch.deallocate() }
    let width = store.width
    let places = store.layout.places
    store.visit(freeing: freeing) { rows, count in
      let part = UnsafeMutableBufferPointer(rebasing: scratch[..<count])
      appendHeads(rows, count, width: width)
      if type.isPart {
        owners.append(contentsOf: repeatElement(0, count: count))
        ownerTypes.append(contentsOf: repeatElement(0, count: count))
      } else {
        appendIdentities(rows, count, width: width, symbols)
      }
      for (number, index) in kept.enumerated() {
        columns[index]?.append(
          rows + Int(places[index]), stride: width, mapping: words[number], part)
      }
    }
  }

  /// Says which record some parts are of.
  mutating func setOwner(ofParts parts: Range<Int>, type: Int, row: Int, key: KeyID) {
    owners.withUnsafeMutableBufferPointer {
      $0[parts].update(repeating: UInt32(truncatingIfNeeded: row))
    }
    ownerTypes.withUnsafeMutableBufferPointer {
      $0[parts].update(repeating: UInt8(truncatingIfNeeded: type))
    }
    keys.withUnsafeMutableBufferPointer { $0[parts].update(repeating: key) }
  }

  private mutating func appendHeads(_ rows: RowStore.Row, _ count: Int, width: Int) {
    let all = (0..<count).lazy.map { rows + $0 &* width }
    files.append(contentsOf: all.map { $0[RowLayout.Head.file] })
    offsets.append(
      contentsOf: all.map {
        Int(truncatingIfNeeded: RowStore.load($0 + RowLayout.Head.offset))
      })
    flags.append(
      contentsOf: all.map {
        Flags(rawValue: UInt8(truncatingIfNeeded: $0[RowLayout.Head.flags]))
      })
  }

  private mutating func appendIdentities(
    _ rows: RowStore.Row, _ count: Int, width: Int, _ symbols: RowMapping.Words
  ) {
    let first = RowLayout.Head.linkPrefix
    for index in 0..<count {
      let row = rows + index &* width
      symbols.map(
        UnsafeMutableBufferPointer(start: row + first, count: RowLayout.Head.id - first))
      identities.append(Identity(row))
      ids.append(RowStore.load(row + RowLayout.Head.id))
    }
  }
}

extension Identity {
  /// The identity in a row.
  init(_ row: RowStore.Row) {
    linkPrefix = row[RowLayout.Head.linkPrefix]
    linkName = row[RowLayout.Head.linkName]
    name = row[RowLayout.Head.name]
    zone = row[RowLayout.Head.zone]
    region = row[RowLayout.Head.region]
    context = row[RowLayout.Head.context]
  }
}

extension Column {
  mutating func reserve(_ count: Int) {
    switch coding {
    case .word: words.reserveCapacity(count)
    case .int: ints.reserveCapacity(count)
    case .double: doubles.reserveCapacity(count)
    case .list:
      words.reserveCapacity(count)
      counts.reserveCapacity(count)
    }
  }

  /// Appends cells of rows.
  ///
  /// - Parameters:
  ///   - cells: The first row's cell.
  ///   - stride: How many words one row's cell is ahead of the next one's.
  ///   - mapping: What becomes of the words.
  ///   - part: Room for as many words as cells are to be appended.
  mutating func append(
    _ cells: RowStore.Row, stride: Int, mapping: RowMapping.Words,
    _ part: UnsafeMutableBufferPointer<UInt32>
  ) {
    switch coding {
    case .word:
      for index in part.indices { part[index] = cells[index &* stride] }
      mapping.map(part)
      words.append(contentsOf: part)
    case .list:
      for index in part.indices { part[index] = cells[index &* stride &+ 1] }
      counts.append(contentsOf: part)
      for index in part.indices { part[index] = cells[index &* stride] }
      mapping.map(part)
      for index in part.indices where cells[index &* stride &+ 1] >= Self.unreadableWord {
        part[index] = 0
      }
      words.append(contentsOf: part)
    case .int:
      ints.append(
        contentsOf: part.indices.lazy.map {
          Int64(bitPattern: RowStore.load(cells + $0 &* stride))
        })
    case .double:
      doubles.append(
        contentsOf: part.indices.lazy.map {
          Double(bitPattern: RowStore.load(cells + $0 &* stride))
        })
    }
  }
}
