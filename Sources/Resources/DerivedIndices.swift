import Schema

/// Look-ups that derived fields need, made while the graph is built and read while programs run.
struct DerivedIndices {
  /// For each collection the type of its records, or `ResourceGraph.noType`.
  var collectionTypes: [UInt32: UInt16] = [:]
  /// For each key whether some reference names it by a bare name.
  var isBare: [Bool] = []
  /// For each zone's key the key of its region.
  var zoneRegions: [KeyID: KeyID] = [:]
  /// For each key whether the identity is known only once a plan is applied; empty without plans.
  var isUnapplied: [Bool] = []
  /// The symbol of "projects".
  var projectCollection: UInt32 = 0
  /// Networks that a loaded subnet names.
  var networksWithSubnetworks: Set<KeyID> = []
  static func pair(_ first: UInt32, _ second: UInt32) -> UInt64 {
    UInt64(first) << 32 | UInt64(second)
  }
}
