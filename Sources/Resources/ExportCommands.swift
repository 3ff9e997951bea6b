/// The commands that export what is missing (gcloud reference, `gcloud compute`; Compute v1 REST).
enum ExportCommands {
  /// Collections of which records, or the lists of parts, were named by a key.
  private static let groups = [
    "networkEndpointGroups": "network-endpoint-groups", "instances": "instances",
    "instanceGroups": "instance-groups", "instanceGroupManagers": "instance-groups managed",
    "backendServices": "backend-services", "firewalls": "firewall-rules", "addresses": "addresses",
    "httpHealthChecks": "http-health-checks", "httpsHealthChecks": "https-health-checks",
    "healthChecks": "health-checks", "networks": "networks", "subnetworks": "networks subnets",
    "forwardingRules": "forwarding-rules", "urlMaps": "url-maps", "zones": "zones",
    "targetHttpProxies": "target-http-proxies", "targetHttpsProxies": "target-https-proxies",
    "targetGrpcProxies": "target-grpc-proxies", "targetTcpProxies": "target-tcp-proxies",
    "targetSslProxies": "target-ssl-proxies", "regions": "regions", "targetPools": "target-pools",
    "targetInstances": "target-instances", "serviceAttachments": "service-attachments",
  ]

  /// The commands that list the parts of one record, by the owner's collection and the field.
  private static let partLists = [
    "networkEndpoints": "network-endpoint-groups list-network-endpoints",
    "instances": "instance-groups list-instances",
  ]

  /// The command that lists a collection of a project; nil for one that gcloud does not list.
  static func list(_ collection: String, project: String) -> String? {
    guard let flag = projectFlag(project) else { return nil }
    if collection == "projects" {
      return "gcloud compute project-info describe \(flag) --format=json"
    }
    return groups[collection].map { "gcloud compute \($0) list \(flag) --format=json" }
  }

  /// The command that lists the parts of one record; nil for lists that stand in the record.
  ///
  /// - Parameters:
  ///   - field: The owner's field.
  ///   - name: The owner's name; nil for a placeholder, as for the flags.
  ///   - scope: The flags that say where the owner lives.
  ///   - project: The owner's project.
  /// - Returns: The command.
  static func list(
    partsIn field: String, of name: String?, scope: String?, project: String
  ) -> String? {
    guard let command = partLists[field], let flag = projectFlag(project) else { return nil }
    // A name that looks like an option cannot be given to gcloud.
    if name?.utf8.first == UInt8(ascii: "-") { return nil }
    let owner = name.map { ShellWord.quote($0) } ?? "NAME"
    return "gcloud compute \(command) \(owner) \(scope ?? "--zone=ZONE") \(flag) --format=json"
  }

  /// The request whose answer counts as the whole collection, as no gcloud list does.
  static func wholeCollection(_ collection: String, project: String) -> String? {
    guard projectFlag(project) != nil, groups[collection] != nil else { return nil }
    let path =
      switch collection {
      case "networks", "firewalls", "httpHealthChecks", "httpsHealthChecks", "targetGrpcProxies",
        "targetSslProxies":
        "global/\(collection)"
      case "zones", "regions": collection
      default: "aggregated/\(collection)"
      }
    let url =
      "https://compute.googleapis.com/compute/v1/projects/\(project)/\(path)?maxResults=500"
    return "curl -sH \"Authorization: Bearer $(gcloud auth print-access-token)\" "
      + ShellWord.quote(url)
  }

  /// The request for the endpoints of a NEG with their healths, which gcloud does not ask for; nil
  /// for other than zonal ones, which have none (API: `healthStatus` of listNetworkEndpoints).
  static func healths(of group: String) -> String? {
    guard group.contains("/zones/"), !group.hasPrefix("projects/\(ResourceGraph.unknownProject)/")
    else { return nil }
    let url = "https://compute.googleapis.com/compute/v1/\(group)/listNetworkEndpoints"
    return "curl -sX POST -H \"Authorization: Bearer $(gcloud auth print-access-token)\" "
      + "-H 'Content-Type: application/json' -d '{\"healthStatus\": \"SHOW\"}' "
      + ShellWord.quote(url)
  }

  private static func projectFlag(_ project: String) -> String? {
    guard project != ResourceGraph.unknownProject, project != Unapplied.place, !project.isEmpty
    else { return nil }
    return "--project=\(ShellWord.quote(project))"
  }
}

/// Text as one word of a POSIX shell.
public enum ShellWord {
  /// The text as it is if that is safe, else in single quotes.
  public static func quote(_ text: String) -> String {
    let isPlain = text.utf8.allSatisfy {
      ($0 | 0x20) &- UInt8(ascii: "a") < 26 || $0 &- UInt8(ascii: "0") < 10
        || "_./:=@%+,-".utf8.contains($0)
    }
    if isPlain, !text.isEmpty { return text }
    var quoted = "'"
    for character in text.unicodeScalars {
      if character == "'" { quoted += "'\\''" } else { quoted.unicodeScalars.append(character) }
    }
    return quoted + "'"
  }
}
