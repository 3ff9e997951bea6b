import Documents

/// The configuration that stands in a plan: what the expressions of attributes refer to
/// (Terraform's JSON output format, "Configuration Representation").
struct TerraformConfiguration {
  /// A module's code, by the names of the calls that lead to it.
  private struct Module {
    var resources: [String: Node] = [:]
    var calls: [String: Node] = [:]
    var outputs: Node?
  }

  private var modules: [String: Module] = [:]
  private let providers: Node?
  private let variables: Node?

  /// The configuration of a state, which has none.
  init() {
    providers = nil
    variables = nil
  }

  /// Reads the configuration of a plan; one without it refers to nothing.
  init(plan: Node) {
    let configuration = plan.member("configuration")
    providers = configuration?.member("provider_config")
    variables = plan.member("variables")
    if let root = configuration?.member("root_module") { read(root, path: "", depth: 0) }
  }

  private static let deepest = 64

  private mutating func read(_ node: Node, path: String, depth: Int) {
    guard depth < Self.deepest else { return }
    var module = Module()
    for resource in node[Key.resources].map({ Array($0.elements) }) ?? [] {
      guard let type = resource.text(Key.type), let name = resource.text(Key.name),
        resource.text(Key.mode) != "data"
      else { continue }
      module.resources["\(type).\(name)"] = resource
    }
    module.outputs = node.member("outputs")
    if let calls = node.member("module_calls") {
      for member in calls.members {
        let name = member.nameText
        module.calls[name] = member.value
        if let child = member.value.member("module") {
          read(child, path: path.isEmpty ? name : "\(path).\(name)", depth: depth + 1)
        }
      }
    }
    modules[path] = module
  }

  // MARK: - Looking up

  /// The names of the calls in a module's address: `a.b` of `module.a["k"].module.b[0]`.
  static func path(ofModule address: String) -> String {
    TerraformAddress.steps(address).filter { $0.name != "module" }.map(\.name)
      .joined(separator: ".")
  }

  /// The code of a resource.
  func resource(_ block: String, inModule module: String) -> Node? {
    modules[Self.path(ofModule: module)]?.resources[block]
  }

  /// The expression that a call gives a variable of a module; nil for the root module.
  func argument(_ name: String, ofModule module: String) -> Node? {
    call(ofModule: module)?.member("expressions")?.member(named: name)
  }

  /// The code that calls a module.
  func call(ofModule module: String) -> Node? {
    let path = Self.path(ofModule: module)
    guard !path.isEmpty else { return nil }
    let parts = path.split(separator: ".")
    let parent = parts.dropLast().joined(separator: ".")
    return parts.last.flatMap { modules[parent]?.calls[String($0)] }
  }

  /// The expression of an output of a module.
  func output(_ name: String, ofModule module: String) -> Node? {
    modules[Self.path(ofModule: module)]?.outputs?.member(named: name)?.member("expression")
  }

  /// The value of a variable of the root module.
  func variable(_ name: String) -> Node? {
    variables?.member(named: name)?.member("value")
  }

  /// The expression of a provider's argument, and the module that it stands in, by names.
  func providerArgument(_ name: StaticString, of resource: Node) -> (
    expression: Node, module: String
  )? {
    guard let key = resource.member("provider_config_key")?.setText, let providers else {
      return nil
    }
    // A module that inherits a provider names it as its own.
    let inherited = key.split(separator: ":").last.map(String.init) ?? key
    guard let provider = providers.member(named: key) ?? providers.member(named: inherited),
      let expression = provider.member("expressions")?.member(name)
    else { return nil }
    return (expression, provider.member("module_address")?.setText ?? "")
  }
}

/// The parts of Terraform's addresses.
enum TerraformAddress {
  /// A name with the index behind it: `a` and `["k"]`.
  struct Step: Equatable {
    var name: String
    var index: String
  }

  /// The parts between dots; a dot inside of an index is none.
  static func steps(_ address: String) -> [Step] {
    var steps: [Step] = []
    var name = ""
    var index = ""
    var isQuoted = false
    var depth = 0
    var isEscaped = false
    func finish() {
      if !name.isEmpty || !index.isEmpty { steps.append(Step(name: name, index: index)) }
      name = ""
      index = ""
    }
    for character in address {
      if depth > 0 {
        index.append(character)
        if isEscaped {
          isEscaped = false
        } else if character == "\\" {
          isEscaped = isQuoted
        } else if character == "\"" {
          isQuoted.toggle()
        } else if character == "[" && !isQuoted {
          depth += 1
        } else if character == "]" && !isQuoted {
          depth -= 1
        }
      } else if character == "[" {
        depth = 1
        index.append(character)
      } else if character == "." {
        finish()
      } else {
        name.append(character)
      }
    }
    finish()
    return steps
  }
}
