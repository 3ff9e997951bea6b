import Documents
import Schema

/// Which kind of list comes without its owner's name.
enum MemberList {
  case endpoints, members

  /// The owner's collection in REST paths.
  var collection: String {
    switch self {
    case .endpoints: "networkEndpointGroups"
    case .members: "instanceGroups"
    }
  }

  /// The file name of the response below the owner's folder.
  var response: String {
    switch self {
    case .endpoints: "listNetworkEndpoints"
    case .members: "listInstances"
    }
  }

  /// The owner's type, and its field that holds the list.
  var place: (type: Int, field: Int, part: Int) {
    let owner = self == .endpoints ? "NetworkEndpointGroup" : "InstanceGroup"
    let field = self == .endpoints ? "networkEndpoints" : "instances"
    let part = self == .endpoints ? "NetworkEndpoint" : "InstanceGroupMember"
    let type = Schema.index(of: owner) ?? 0
    return (type, Schema.types[type].index(of: field) ?? 0, Schema.index(of: part) ?? 0)
  }

  /// What the list holds, and what owns it, in words.
  var words: (items: String, owner: String) {
    switch self {
    case .endpoints: ("endpoints", "network endpoint group")
    case .members: ("members", "instance group")
    }
  }
}

/// Where lists without an owner's name belong (exports.md, part 0).
struct EndpointOwners: Sendable {
  private var groups: [String: String] = [:]
  private var options: [ImportOptions.EndpointFile] = []
  private var problems: [ImportProblem] = []

  /// Reads the options `--endpoints NEG_SELFLINK=FILE`.
  init(_ options: [ImportOptions.EndpointFile]) {
    self.options = options
    for option in options {
      if let owner = MemberList.endpoints.owner(inLink: option.group) {
        groups[Self.normal(option.path)] = owner
      } else {
        problems.append(
          ImportProblem(
            file: nil,
            message: "--endpoints \(option.group)=\(option.path): this names no network endpoint "
              + "group; write projects/P/zones/Z/networkEndpointGroups/NAME"))
      }
    }
  }

  /// What is wrong with the options.
  ///
  /// - Parameter files: The inputs, among which every file of an option must be.
  /// - Returns: A problem for each option that cannot be followed.
  func problems(_ files: [InputFile]) -> [ImportProblem] {
    let paths = Set(files.map { Self.normal($0.path) })
    let missing = options.filter { !paths.contains(Self.normal($0.path)) }
    return problems
      + missing.map { option in
        ImportProblem(
          file: nil,
          message: "--endpoints \(option.group)=\(option.path): this file is not among the inputs; "
            + "name it, or a directory that it is in, as well")
      }
  }

  /// The owner of the lists in a file, by the file's path or else the options.
  func owner(of list: MemberList, path: String) -> String? {
    list.owner(inPath: path) ?? (list == .endpoints ? groups[Self.normal(path)] : nil)
  }

  private static func normal(_ path: String) -> String {
    let parts = path.split(separator: "/").filter { $0 != "." }.joined(separator: "/")
    return path.hasPrefix("/") ? "/\(parts)" : parts
  }
}

extension MemberList {
  /// The owner that a response's `id` or `selfLink` names:
  /// `projects/P/zones/Z/networkEndpointGroups/NAME`; nil where it names none.
  func owner(inLink link: String) -> String? {
    let parts = link.split(separator: "/")
    guard let index = parts.lastIndex(of: Substring(collection)), index + 1 < parts.count,
      let place = Self.place(parts, before: index)
    else { return nil }
    return "\(place)/\(collection)/\(parts[index + 1])"
  }

  /// The owner that a file's path mirrors: `zones/Z/networkEndpointGroups/NAME.json` or
  /// `zones/Z/networkEndpointGroups/NAME/listNetworkEndpoints.json`, below any prefix; `.json`
  /// stands for any extension, with or without `.gz` behind it.
  func owner(inPath path: String) -> String? {
    var parts = path.utf8.split(separator: UInt8(ascii: "/")).map { Substring($0) }
    guard let last = parts.last else { return nil }
    let stem = InputFile.stem(of: last)
    parts[parts.count - 1] = stem
    if stem == response { parts.removeLast() }
    guard parts.count >= 3, parts[parts.count - 2] == collection,
      let name = parts.last, !name.isEmpty,
      let place = Self.place(parts, before: parts.count - 2)
    else { return nil }
    return "\(place)/\(collection)/\(name)"
  }

  /// The scope ahead of a collection, with the project ahead of the scope where there is one.
  private static func place(_ parts: [Substring], before end: Int) -> String? {
    let isGlobal = end >= 1 && parts[end - 1] == "global"
    let isScoped = end >= 2 && (parts[end - 2] == "zones" || parts[end - 2] == "regions")
    guard isGlobal || isScoped else { return nil }
    let start = end - (isGlobal ? 1 : 2)
    let scope = parts[start..<end].joined(separator: "/")
    guard start >= 2, parts[start - 2] == "projects" else { return scope }
    return "projects/\(parts[start - 1])/\(scope)"
  }
}
