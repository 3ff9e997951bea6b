/// What an expression may name: variables, record types and functions of the host.
public struct Declarations: Sendable {
  /// The variables; a variable's place is its slot number in the `Context`.
  public var variables: [VariableDeclaration]
  /// The record types by name.
  public var records: [String: RecordDeclaration]
  /// The functions of the host, beside the standard ones.
  public var functions: [FunctionDeclaration]
  /// The namespace for names, such as `com.example`; empty for none.
  public var container: String

  /// Makes declarations; all parts may stay empty.
  public init(
    variables: [VariableDeclaration] = [], records: [RecordDeclaration] = [],
    functions: [FunctionDeclaration] = [], container: String = ""
  ) {
    self.variables = variables
    self.records = [:]
    self.functions = functions
    self.container = container
    for record in records { self.records[record.name] = record }
  }

  /// The slot number of a variable, or nil.
  public func slot(of variable: String) -> Int? {
    variables.firstIndex { $0.name == variable }
  }
}

/// A variable that expressions may read.
public struct VariableDeclaration: Sendable {
  /// The name; it may be qualified, as in `a.b`.
  public var name: String
  /// The type.
  public var type: Type

  /// Makes a declaration.
  public init(_ name: String, _ type: Type) {
    self.name = name
    self.type = type
  }
}

/// A record type of the host.
public struct RecordDeclaration: Sendable {
  /// The name.
  public var name: String
  /// The fields and their types.
  public var fields: [String: Type]
  /// The names of all types to which a record of this type can be assigned.
  public var supertypes: [String]

  /// Makes a declaration.
  ///
  /// - Parameters:
  ///   - name: The type's name.
  ///   - fields: The fields' types by name.
  ///   - supertypes: The types to which such a record can be assigned.
  public init(_ name: String, fields: [String: Type], supertypes: [String] = []) {
    self.name = name
    self.fields = fields
    self.supertypes = supertypes
  }
}

/// A function of the host.
public struct FunctionDeclaration: Sendable {
  /// What the host does: the arguments (the receiver first) to a value.
  ///
  /// The buffer is valid during the call only.
  public typealias Implementation =
    @Sendable (_ context: Context, _ arguments: UnsafeBufferPointer<Value>) -> Value

  /// The name; it may be qualified, as in `net.parse`.
  public var name: String
  /// The signatures; one implementation serves them all.
  public var overloads: [Overload]
  /// Whether errors and unknowns among the arguments are the result without a call: the first
  /// error, else the union of the unknowns.
  public var isStrict: Bool
  /// What the function does.
  public var implementation: Implementation

  /// Makes a declaration.
  ///
  /// - Parameters:
  ///   - name: The function's name.
  ///   - overloads: Its signatures.
  ///   - isStrict: Whether it is not called with errors and unknowns.
  ///   - implementation: What it does.
  public init(
    _ name: String, overloads: [Overload], isStrict: Bool = true,
    implementation: @escaping Implementation
  ) {
    self.name = name
    self.overloads = overloads
    self.isStrict = isStrict
    self.implementation = implementation
  }
}

/// One signature of a function.
public struct Overload: Hashable, Sendable {
  /// The name of the signature in messages and traces.
  public var id: String
  /// The parameters' types; a member's receiver is the first.
  public var parameters: [Type]
  /// The result's type.
  public var result: Type
  /// Whether it is called as `receiver.name(...)`.
  public var isMember: Bool

  /// Makes a signature.
  ///
  /// - Parameters:
  ///   - id: The name of the signature.
  ///   - parameters: The parameters' types, the receiver first.
  ///   - result: The result's type.
  ///   - isMember: Whether it is called on a receiver.
  public init(_ id: String, _ parameters: [Type], _ result: Type, isMember: Bool = false) {
    self.id = id
    self.parameters = parameters
    self.result = result
    self.isMember = isMember
  }
}

/// A field of a record type.
public struct FieldName: Hashable, Sendable {
  /// The record type's name.
  public var record: String
  /// The field's name.
  public var field: String

  /// Makes a name.
  public init(record: String, field: String) {
    self.record = record
    self.field = field
  }
}
