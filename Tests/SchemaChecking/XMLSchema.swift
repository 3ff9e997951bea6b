#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// Validation by the schema reader of libxml2, which the program is linked with anyway.
///
/// Looked up at run time, since no target but Documents imports the library.
public struct XMLSchema {
  private typealias NewParser = @convention(c) (UnsafePointer<CChar>) -> OpaquePointer?
  private typealias Convert = @convention(c) (OpaquePointer) -> OpaquePointer?
  private typealias ReadMemory =
    @convention(c) (
      UnsafePointer<CChar>, Int32, UnsafePointer<CChar>?, UnsafePointer<CChar>?, Int32
    ) -> OpaquePointer?
  private typealias Validate = @convention(c) (OpaquePointer, OpaquePointer) -> Int32

  private let schema: OpaquePointer

  /// Reads a schema.
  ///
  /// - Parameter path: The XSD file.
  /// - Throws: `Missing` where the file is no schema, or the library has no such function.
  public init(path: String) throws {
    let newParser = try XMLSchema.function("xmlSchemaNewParserCtxt", NewParser.self)
    let parse = try XMLSchema.function("xmlSchemaParse", Convert.self)
    guard let parser = newParser(path), let schema = parse(parser) else {
      throw Missing(name: path)
    }
    self.schema = schema
  }

  /// Whether a document is valid; libxml2 says on standard error why it is not.
  public func accepts(_ document: [UInt8]) throws -> Bool {
    let newContext = try XMLSchema.function("xmlSchemaNewValidCtxt", Convert.self)
    let validate = try XMLSchema.function("xmlSchemaValidateDoc", Validate.self)
    guard let tree = try XMLSchema.tree(of: document), let context = newContext(schema) else {
      return false
    }
    return validate(context, tree) == 0
  }

  /// Whether a document is well-formed.
  public static func isWellFormed(_ document: [UInt8]) throws -> Bool {
    try tree(of: document) != nil
  }

  /// The trees are never freed: a test run has few.
  private static func tree(of document: [UInt8]) throws -> OpaquePointer? {
    let read = try function("xmlReadMemory", ReadMemory.self)
    return document.withUnsafeBytes { bytes in
      bytes.withMemoryRebound(to: CChar.self) { text in
        text.baseAddress.flatMap { read($0, Int32(text.count), nil, nil, 0) }
      }
    }
  }

  private static func function<F>(_ name: String, _ type: F.Type) throws -> F {
    guard let symbol = dlsym(dlopen(nil, RTLD_NOW), name) else { throw Missing(name: name) }
    return unsafeBitCast(symbol, to: type)
  }

  /// A file or function that is not there.
  public struct Missing: Error { var name: String }
}
