import Documents
import Resources
import Schema

/// A resource of a plan or state.
struct TerraformRecord {
  /// The address of the instance: `module.a["k"].google_compute_network.n[0]`.
  var address: String
  /// The module's part of the address; empty for the root module.
  var module: String
  /// Type and name, without module and index: `google_compute_network.n`.
  var block: String
  /// The index as it stands in the address: `[0]`, `["k"]`; empty where there is none.
  var index: String
  var type: TerraformType
  /// The attributes after the plan is applied.
  var values: Node
  /// Which attributes are known only after that.
  var unknown: Node?
  /// Whether values that are not there are not known: a plan without its changes has no other way
  /// to say so.
  var lacksUnknown = false
  /// What the plan does; empty for states.
  var actions: Set<String> = []
  /// Whether the record is what the plan removes, as it is before.
  var isRemoved = false
  /// Where the record stands.
  var offset: Int
  /// Who the record is; made once all records are there.
  var identity = TerraformIdentity()

  /// What the plan does to the resource.
  var change: PlannedChange {
    if isRemoved { return .removed }
    if lacksUnknown { return .planned }
    return actions.isEmpty || actions == ["no-op"] || actions == ["read"] ? .unchanged : .planned
  }

  /// Whether the resource is not there yet, or is replaced by a new one.
  var isCreated: Bool { actions.contains("create") && !isRemoved }

  /// Whether an attribute is known only after the plan is applied.
  func isUnknown(_ name: StaticString) -> Bool {
    lacksUnknown ? values.member(name) == nil : unknown?.member(name)?.bool == true
  }

  /// The text of an attribute that is set and known.
  func text(_ name: StaticString) -> String? { values.member(name)?.setText }
}

/// Where a resource lives and what it is called, as far as plans say.
struct TerraformIdentity {
  /// A part of an identity.
  enum Part: Equatable {
    case known(String)
    /// Known once the plan is applied.
    case unapplied
    /// Nothing in the plan or state says it.
    case unnamed

    /// The text where it is known.
    var text: String? { if case .known(let text) = self { text } else { nil } }
  }

  var name = Part.unnamed
  var project = Part.unnamed
  /// The zone or region; of global resources unnamed.
  var location = Part.unnamed

  /// Whether nobody can say which resource it is before the plan is applied.
  func isUnapplied(_ scope: ResourceType.Scope) -> Bool {
    if name == .unapplied || project == .unapplied { return true }
    return scope != .global && location.text == nil
  }

  /// The path ahead of the collection: `projects/P/zones/Z`.
  ///
  /// - Parameters:
  ///   - scope: The kind of place.
  ///   - unknown: What stands for a part that is not known.
  /// - Returns: The path.
  func place(_ scope: ResourceType.Scope, unknown: String) -> String {
    let root =
      switch project {
      case .known(let project): "projects/\(project)/"
      case .unapplied: "projects/\(unknown)/"
      case .unnamed: ""
      }
    let last = location.text.map(Self.lastPart) ?? unknown
    return switch scope {
    case .zonal: "\(root)zones/\(last)"
    case .regional: "\(root)regions/\(last)"
    case .global, .none: "\(root)global"
    }
  }

  /// The region of a zone, by the zone's name (constraints H2).
  static func region(ofZone zone: String) -> String {
    let name = lastPart(zone)
    return name.lastIndex(of: "-").map { String(name[..<$0]) } ?? name
  }

  /// The name at the end of a link to a zone, region or project.
  static func lastPart(_ link: String) -> String {
    link.split(separator: "/").last.map(String.init) ?? link
  }
}
