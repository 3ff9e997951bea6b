public import CEL

/// A value of a data file.
public indirect enum DataValue: Hashable, Sendable {
  /// A truth value.
  case bool(Bool)
  /// A whole number.
  case int(Int64)
  /// A number.
  case double(Double)
  /// A text.
  case text(String)
  /// A list.
  case list([DataValue])
  /// A mapping whose values have one type, sorted by key: a CEL map.
  case map([DataEntry])

  /// The CEL type; an empty list or map has elements of type dyn.
  public var type: Type {
    switch self {
    case .bool: .bool
    case .int: .int
    case .double: .double
    case .text: .string
    case .list(let items): .list(DataValue.commonType(items.map(\.type)))
    case .map(let entries): .map(.string, DataValue.commonType(entries.map(\.value.type)))
    }
  }

  /// The type of all elements; dyn where they differ.
  static func commonType(_ types: [Type]) -> Type {
    guard let first = types.first else { return .dyn }
    return types.dropFirst().reduce(first) { join($0, $1) }
  }

  private static func join(_ left: Type, _ right: Type) -> Type {
    switch (left, right) {
    case _ where left == right: left
    case (.list(let a), .list(let b)): .list(join(a, b))
    case (.map(_, let a), .map(_, let b)): .map(.string, join(a, b))
    case (.int, .double), (.double, .int): .double
    default: .dyn
    }
  }

  /// The value as one of a type that its own is at home in: whole numbers become doubles where the
  /// type says double; nil where the type is another.
  func converted(to type: Type) -> DataValue? {
    switch (self, type) {
    case (_, .dyn): return self
    case (.bool, .bool), (.int, .int), (.double, .double), (.text, .string): return self
    case (.int(let number), .double): return .double(Double(number))
    case (.list(let items), .list(let element)):
      let converted = items.compactMap { $0.converted(to: element) }
      return converted.count == items.count ? .list(converted) : nil
    case (.map(let entries), .map(_, let element)):
      let converted = entries.compactMap { entry in
        entry.value.converted(to: element).map { DataEntry(key: entry.key, value: $0) }
      }
      return converted.count == entries.count ? .map(converted) : nil
    default: return nil
    }
  }

  /// The value in a context; texts are interned by the host, the rest lies in the arena.
  func value(in context: Context) -> Value {
    switch self {
    case .bool(let value): .bool(value)
    case .int(let value): .int(value)
    case .double(let value): .double(value)
    case .text(let value): context.string(value)
    case .list(let items): context.list(items.map { $0.value(in: context) })
    case .map(let entries):
      context.map(entries.map { (context.string($0.key), $0.value.value(in: context)) })
    }
  }
}

/// A key of a data mapping with its value.
public struct DataEntry: Hashable, Sendable {
  /// The key.
  public let key: String
  /// The value.
  public let value: DataValue

  /// Makes an entry.
  public init(key: String, value: DataValue) {
    self.key = key
    self.value = value
  }
}
