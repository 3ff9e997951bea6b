import Documents
import Resources
import Schema

/// What a member means for a record's identity, beside being a field.
enum IdentityRole: UInt8, BitwiseCopyable {
  case none, link, name, zone, region, id, creationTimestamp, description
}

/// What a member of a record of some type looks like.
enum MemberShape: UInt8, BitwiseCopyable {
  case foreign, scalar, any
}

/// What to do with the members of one type's records: one look-up for each member.
///
/// Trivial, so that no reference is counted for a record: `RecordPlans` frees it.
struct RecordPlan: BitwiseCopyable, @unchecked Sendable {
  /// What to do with the members of one name.
  struct Slot: BitwiseCopyable {
    /// The place in `fields`, plus one; 0 for members that are not converted.
    var field: UInt8 = 0
    var role = IdentityRole.none
    var shape = MemberShape.foreign
  }

  /// Whether the records are zones, whose region says of what region they are a part.
  let isOfZones: Bool
  private let slots: UnsafeMutableBufferPointer<Slot>
  private let plans: UnsafeMutableBufferPointer<FieldPlan>

  /// Makes the plan of a type.
  ///
  /// - Parameters:
  ///   - type: The type.
  ///   - wants: Whether the field at a place is converted.
  ///   - enumerations: Gets the values of the type's enumerations.
  init(_ type: ResourceType, wants: (Int) -> Bool, enumerations: inout [[[UInt8]]]) {
    isOfZones = type.collection == "zones"
    slots = .allocate(capacity: Key.seed.count)
    slots.initialize(repeating: Slot())
    plans = .allocate(capacity: type.fields.count)
    var count = 0
    for (index, field) in type.fields.enumerated() where !field.isDerived {
      let name = Int(Key.id(field.name).rawValue)
      slots[name].shape = field.isScalar ? .scalar : .any
      guard wants(index) else { continue }
      var plan = FieldPlan(field, at: index, of: type)
      if let part = field.kind.partType {
        plan.detail = Schema.index(of: part) ?? 0
      } else if let values = field.kind.enumerationValues {
        plan.detail = enumerations.count
        enumerations.append(values.map { Array($0.utf8) })
      }
      plans.initializeElement(at: count, to: plan)
      count += 1
      slots[name].field = UInt8(truncatingIfNeeded: count)
    }
    for name in type.isPart ? RecordPlan.unmodelled[type.name] ?? [] : RecordPlan.common {
      slots[Int(Key.id(name).rawValue)].shape = .scalar
    }
    if !type.isPart {
      for (name, role) in RecordPlan.roles { slots[Int(name.rawValue)].role = role }
    }
  }

  /// Frees everything.
  func deallocate() {
    slots.deallocate()
    plans.deallocate()
  }

  /// What to do with members of a name.
  ///
  /// O(1).
  @inline(__always)
  func slot(_ name: NameID) -> Slot {
    let index = Int(truncatingIfNeeded: name.rawValue)
    return index < slots.count ? slots[index] : Slot()
  }

  /// Whether an element of XML is a record of the type rather than a wrapper around records: it
  /// has a field of the type (exports.md, part 0).
  func isItem(_ node: Node) -> Bool {
    for member in node.members {
      switch slot(member.name).shape {
      case .foreign: continue
      case .scalar: if member.value.kind != .object { return true }
      case .any: return true
      }
    }
    return false
  }

  /// The plan of the field that a slot names.
  @inline(__always)
  func field(_ slot: Slot) -> FieldPlan { plans[Int(slot.field) &- 1] }

  /// Scalar members of the API's resources that the schema may not have as fields.
  private static let common = [
    "kind", "id", "name", "selfLink", "creationTimestamp", "description",
  ]
  /// The same of parts.
  private static let unmodelled = [
    "NetworkInterface": ["kind", "name"], "AccessConfig": ["kind", "name"],
    "Backend": ["description"],
  ]
  private static let roles: [(NameID, IdentityRole)] = [
    (Key.selfLink, .link), (Key.name, .name), (Key.zone, .zone), (Key.region, .region),
    (Key.identifier, .id), (Key.creationTimestamp, .creationTimestamp),
    (Key.description, .description),
  ]
}

/// The plans of all types, made once for all threads.
final class RecordPlans: Sendable {
  let types: [RecordPlan]
  /// For each type the numbers of the types of the parts that its members hold, by name.
  private let partTypes: [[NameID: Int]]
  /// The values of all enumerations, as bytes.
  let enumerations: [[[UInt8]]]
  let endpointType = Schema.index(of: "NetworkEndpoint") ?? 0
  let memberType = Schema.index(of: "InstanceGroupMember") ?? 0

  /// Makes plans.
  ///
  /// - Parameters:
  ///   - builder: Says which fields are kept.
  ///   - readsEveryField: Whether all modelled fields are looked at, kept or not.
  init(_ builder: GraphBuilder, readsEveryField: Bool) {
    var enumerations: [[[UInt8]]] = []
    types = Schema.types.enumerated().map { number, type in
      RecordPlan(
        type, wants: { readsEveryField || builder.wants(field: $0, ofType: number) },
        enumerations: &enumerations)
    }
    self.enumerations = enumerations
    partTypes = Schema.types.map { type in
      Dictionary(
        type.fields.filter { !$0.isDerived }.compactMap { field in
          field.kind.partType.map { (Key.id(field.name), Schema.index(of: $0) ?? 0) }
        }, uniquingKeysWith: { first, _ in first })
    }
  }

  deinit { for plan in types { plan.deallocate() } }

  /// The number of the type of the parts that members of a name hold; nil for other fields.
  func partType(_ name: NameID, of type: Int) -> Int? { partTypes[type][name] }
}

extension Field {
  /// Whether the field's value is text in XML.
  fileprivate var isScalar: Bool {
    switch kind {
    case .list, .part, .object: false
    default: true
    }
  }
}
