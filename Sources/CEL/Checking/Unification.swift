/// What the type variables stand for, and which types can be assigned to which.
struct Unification {
  private var bindings: [Int: Type] = [:]
  private var variableCount = 0
  private let records: [String: RecordDeclaration]

  init(records: [String: RecordDeclaration]) {
    self.records = records
  }

  mutating func fresh() -> Type {
    variableCount += 1
    return .variable(variableCount - 1)
  }

  /// The type with all variables replaced by what they stand for; free ones become `dyn` when
  /// `isFinal`.
  func resolved(_ type: Type, isFinal: Bool = false) -> Type {
    switch type {
    case .variable(let number):
      if let bound = bindings[number] { return resolved(bound, isFinal: isFinal) }
      return isFinal ? .dyn : type
    case .list(let element): return .list(resolved(element, isFinal: isFinal))
    case .map(let key, let value):
      return .map(resolved(key, isFinal: isFinal), resolved(value, isFinal: isFinal))
    case .optional(let wrapped): return .optional(resolved(wrapped, isFinal: isFinal))
    case .type(let instance): return .type(resolved(instance, isFinal: isFinal))
    case .abstract(let name, let parameters):
      return .abstract(name, parameters.map { resolved($0, isFinal: isFinal) })
    default: return type
    }
  }

  /// The type that a variable stands for, one step down.
  func shallow(_ type: Type) -> Type {
    var type = type
    while case .variable(let number) = type, let bound = bindings[number] { type = bound }
    return type
  }

  /// Whether values of the first types can stand where the second ones are asked for; binds
  /// variables if so, and nothing otherwise.
  mutating func assign(_ sources: [Type], to targets: [Type]) -> Bool {
    guard sources.count == targets.count else { return false }
    let saved = bindings
    for (source, target) in zip(sources, targets) where !assignable(source, target) {
      bindings = saved
      return false
    }
    return true
  }

  mutating func assign(_ source: Type, to target: Type) -> Bool {
    assign([source], to: [target])
  }

  private mutating func assignable(_ source: Type, _ target: Type) -> Bool {
    if source == target { return true }
    if case .variable(let number) = target, let bound = substitute(number, by: source) {
      return bound
    }
    if case .variable(let number) = source, let bound = substitute(number, by: target) {
      return bound
    }
    if source == .dyn || target == .dyn { return true }
    if source == .null { return target.acceptsNull }
    if target == .null { return source.acceptsNull }
    switch (source, target) {
    case (.list(let first), .list(let second)), (.optional(let first), .optional(let second)):
      return assignable(first, second)
    case (.map(let firstKey, let firstValue), .map(let secondKey, let secondValue)):
      return assignable(firstKey, secondKey) && assignable(firstValue, secondValue)
    case (.type, .type): return true
    case (.record(let first), .record(let second)): return isSubtype(first, of: second)
    case (.abstract(let first, let left), .abstract(let second, let right)):
      guard first == second, left.count == right.count else { return false }
      for (source, target) in zip(left, right) where !assignable(source, target) { return false }
      return true
    default: return false
    }
  }

  /// Lets a variable stand for a type; nil when the variable is the type itself.
  private mutating func substitute(_ number: Int, by type: Type) -> Bool? {
    if case .variable(let other) = shallow(type), shallow(.variable(number)) == .variable(other) {
      return true
    }
    if let bound = bindings[number] {
      guard assignable(type, bound) || areRelated(type, bound) else { return false }
      let general = moreGeneral(type, bound)
      if !occurs(number, in: general) { bindings[number] = general }
      return true
    }
    guard !occurs(number, in: type) else { return false }
    bindings[number] = type
    return true
  }

  private func areRelated(_ first: Type, _ second: Type) -> Bool {
    guard case .record(let left) = shallow(first), case .record(let right) = shallow(second) else {
      return false
    }
    return isSubtype(left, of: right) || isSubtype(right, of: left)
  }

  func isSubtype(_ name: String, of other: String) -> Bool {
    name == other || records[name]?.supertypes.contains(other) == true
  }

  private func occurs(_ number: Int, in type: Type) -> Bool {
    switch type {
    case .variable(let other):
      if number == other { return true }
      return bindings[other].map { occurs(number, in: $0) } ?? false
    case .list(let inner), .optional(let inner), .type(let inner): return occurs(number, in: inner)
    case .map(let key, let value): return occurs(number, in: key) || occurs(number, in: value)
    case .abstract(_, let parameters): return parameters.contains { occurs(number, in: $0) }
    default: return false
    }
  }

  /// The type of a literal's elements or of a conditional's branches; nil when there is none.
  mutating func join(_ first: Type, _ second: Type) -> Type? {
    if assign(second, to: first) || areRelated(first, second) { return moreGeneral(first, second) }
    if assign(first, to: second) { return moreGeneral(first, second) }
    return nil
  }

  private func moreGeneral(_ first: Type, _ second: Type) -> Type {
    if isAtLeastAsGeneral(first, second) { return first }
    return isAtLeastAsGeneral(second, first) ? second : first
  }

  private func isAtLeastAsGeneral(_ first: Type, _ second: Type) -> Bool {
    let (first, second) = (resolved(first), resolved(second))
    switch (first, second) {
    case (.dyn, _), (.variable, _): return true
    case (_, .dyn), (_, .variable): return false
    // null is the less general of two types that were found assignable.
    case (_, .null): return true
    case (.list(let left), .list(let right)), (.optional(let left), .optional(let right)),
      (.type(let left), .type(let right)):
      return isAtLeastAsGeneral(left, right)
    case (.map(let leftKey, let leftValue), .map(let rightKey, let rightValue)):
      return isAtLeastAsGeneral(leftKey, rightKey) && isAtLeastAsGeneral(leftValue, rightValue)
    case (.abstract(let left, let first), .abstract(let right, let second)):
      return left == right && first.count == second.count
        && zip(first, second).allSatisfy { isAtLeastAsGeneral($0, $1) }
    case (.record(let left), .record(let right)): return isSubtype(right, of: left)
    default: return first == second
    }
  }

  /// A signature with fresh variables for its parameters.
  mutating func instantiate(_ overload: Overload) -> (parameters: [Type], result: Type) {
    var chosen: [String: Type] = [:]
    let parameters = overload.parameters.map { instantiate($0, &chosen) }
    return (parameters, instantiate(overload.result, &chosen))
  }

  private mutating func instantiate(_ type: Type, _ chosen: inout [String: Type]) -> Type {
    switch type {
    case .parameter(let name):
      if let known = chosen[name] { return known }
      let variable = fresh()
      chosen[name] = variable
      return variable
    case .list(let inner): return .list(instantiate(inner, &chosen))
    case .map(let key, let value):
      return .map(instantiate(key, &chosen), instantiate(value, &chosen))
    case .optional(let inner): return .optional(instantiate(inner, &chosen))
    case .type(let inner): return .type(instantiate(inner, &chosen))
    case .abstract(let name, let parameters):
      var instances: [Type] = []
      for parameter in parameters { instances.append(instantiate(parameter, &chosen)) }
      return .abstract(name, instances)
    default: return type
    }
  }
}

extension Type {
  var acceptsNull: Bool {
    switch self {
    case .null, .dyn, .timestamp, .duration, .ip, .cidr, .optional, .record, .abstract: true
    default: false
    }
  }
}
