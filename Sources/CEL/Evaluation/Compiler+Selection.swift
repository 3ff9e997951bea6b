extension Compiler {
  /// `operand.field`, `operand.?field`.
  mutating func compileSelection(_ operand: Expression, _ field: String, isOptional: Bool)
    -> Evaluation
  {
    let key = Value.symbol(host.symbol(for: field))
    if case .record(let name) = tree.type(operand) {
      let reader = host.reader(of: field, in: name)
      return isOptional
        ? Selection.optional(of: reader, in: compile(operand))
        : readField(reader, of: operand, key, field)
    }
    let inner = compile(operand)
    if isOptional { return { $0.selectOptional(key, field, of: inner($0)) } }
    return { $0.select(key, field, of: inner($0)) }
  }

  /// A field of a record: one closure call where nothing is missing.
  private mutating func readField(
    _ reader: FieldReader, of operand: Expression, _ key: Value, _ field: String
  ) -> Evaluation {
    let get = reader.get
    if let slot = plainSlot(operand) {
      return { context in
        let record = context.slots[slot]
        if record.rawTag == Value.Tag.record.rawValue { return get(context, record) }
        return context.select(key, field, of: record)
      }
    }
    let inner = compile(operand)
    return { context in
      let record = inner(context)
      if record.rawTag == Value.Tag.record.rawValue { return get(context, record) }
      return context.select(key, field, of: record)
    }
  }

  /// `has(operand.field)`.
  mutating func compilePresence(_ operand: Expression, _ field: String) -> Evaluation {
    let key = Value.symbol(host.symbol(for: field))
    let inner = compile(operand)
    if case .record(let name) = tree.type(operand) {
      let has = host.reader(of: field, in: name).has
      return { context in
        let record = inner(context)
        if record.rawTag == Value.Tag.record.rawValue { return has(context, record) }
        return context.has(key, field, in: record)
      }
    }
    return { $0.has(key, field, in: inner($0)) }
  }
}

/// Selections from records.
enum Selection {
  /// The field as an optional: empty when it is not set.
  static func optional(of reader: FieldReader, in operand: @escaping Program.Evaluation)
    -> Program.Evaluation
  {
    { context in
      let record = operand(context)
      guard record.tag == .record else { return record.isKnown ? .error(.noSuchField) : record }
      return context.optional(of: reader, in: record)
    }
  }
}

extension Context {
  func optional(of reader: FieldReader, in record: Value) -> Value {
    let isSet = reader.has(self, record)
    if isSet.isTrue {
      let value = reader.get(self, record)
      return value.tag == .optional ? value : optional(of: value)
    }
    return isSet.isFalse ? .none : isSet
  }

  /// `operand.field` on a value of any type.
  func select(_ key: Value, _ field: String, of operand: Value) -> Value {
    switch operand.tag {
    case .unknown, .error: return operand
    case .map: return lookup(key, in: operand)
    case .optional: return selectOptional(key, field, of: operand)
    case .record: return reader(of: field, in: operand).get(self, operand)
    default: return .error(.noSelectableField)
    }
  }

  /// `operand.?field` on a value of any type.
  func selectOptional(_ key: Value, _ field: String, of operand: Value) -> Value {
    switch operand.tag {
    case .unknown, .error: return operand
    case .map: return Operators.optionalIndex(self, operand, key)
    case .optional:
      return unwrapped(operand).map { selectOptional(key, field, of: $0) } ?? operand
    case .record: return optional(of: reader(of: field, in: operand), in: operand)
    default: return .error(.noSelectableField)
    }
  }

  /// `has(operand.field)` on a value of any type.
  func has(_ key: Value, _ field: String, in operand: Value) -> Value {
    switch operand.tag {
    case .unknown, .error: return operand
    case .map:
      if find(key, in: operand) != nil { return .trueValue }
      return operand.openBecause.map { .unknown($0) } ?? .falseValue
    case .optional: return unwrapped(operand).map { has(key, field, in: $0) } ?? .falseValue
    case .record: return reader(of: field, in: operand).has(self, operand)
    default: return .error(.noSelectableField)
    }
  }

  /// The reader for a record whose type is known at run time only.
  private func reader(of field: String, in record: Value) -> FieldReader {
    let key = DynamicField(type: record.typeIndex, field: field)
    if let known = dynamicReaders[key] { return known }
    let reader = host.reader(of: field, in: host.nameOfRecordType(record.typeIndex))
    dynamicReaders[key] = reader
    return reader
  }
}

/// A field of a record type, by the host's number of the type.
struct DynamicField: Hashable {
  let type: UInt16
  let field: String
}
