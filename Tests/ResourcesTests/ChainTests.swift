import CEL
import Testing

@testable import Resources

/// Derived fields of health checks, forwarding rules, target proxies, URL maps and subnets.
@Suite struct ChainTests {
  private static let path = "projects/p/global"

  @Test(
    arguments: [
      ("HTTP", [:], "80"), ("TCP", [:], "80"), ("HTTPS", [:], "443"), ("HTTP2", [:], "443"),
      ("SSL", [:], "443"), ("TCP", ["port": 25], "25"),
      ("GRPC", [:], "unknown(projects/p/global/healthChecks/hc#grpcHealthCheck)"),
    ] as [(String, [String: Cell], String)])
  func aProbeGoesToThePortOfItsType(type: String, settings: [String: Cell], port: String) {
    let field = ["HTTP": "http", "TCP": "tcp", "HTTPS": "https", "HTTP2": "http2", "SSL": "ssl"]
    let inputs = Inputs()
    inputs.add(
      "HealthCheck",
      [
        "name": "hc", "type": .text(type),
        "\(field[type] ?? "grpc")HealthCheck": .list([.object(settings)]),
      ])
    let probe = Probe(inputs.graph())
    #expect(probe.value("self.effectivePort", of: "\(Self.path)/healthChecks/hc") == port)
  }

  @Test func `of several objects the one of the type counts`() {
    let inputs = Inputs()
    let objects: [String: Cell] = [
      "tcpHealthCheck": [["port": 1]], "sslHealthCheck": [["port": 2]],
    ]
    inputs.add(
      "HealthCheck", objects.merging(["name": "typed", "type": "SSL"]) { first, _ in first })
    inputs.add("HealthCheck", objects.merging(["name": "bare"]) { first, _ in first })
    let probe = Probe(inputs.graph())
    #expect(probe.value("self.settings.port", of: "\(Self.path)/healthChecks/typed") == "2")
    #expect(
      probe.value("has(self.settings)", of: "\(Self.path)/healthChecks/bare")
        == "unknown(projects/p/global/healthChecks/bare#type)")
    #expect(
      probe.value("self.settingsTypes", of: "\(Self.path)/healthChecks/bare") == "[SSL, TCP]")
  }

  @Test func `traffic of a rule goes wherever its URL map says`() {
    let inputs = Inputs()
    inputs.add(
      "UrlMap",
      [
        "name": "m", "defaultService": "global/backendServices/a",
        "pathMatchers": [
          [
            "name": "x",
            "pathRules": [
              [
                "routeAction": [
                  ["weightedBackendServices": [["backendService": "global/backendServices/b"]]]
                ]
              ]
            ],
          ]
        ],
      ])
    inputs.add("TargetHttpProxy", ["name": "t", "urlMap": "global/urlMaps/m"])
    inputs.add("ForwardingRule", ["name": "f", "target": "global/targetHttpProxies/t"])
    inputs.add("ForwardingRule", ["name": "g", "target": "global/targetHttpProxies/gone"])
    let probe = Probe(inputs.graph())
    let services = "[\(Self.path)/backendServices/a, \(Self.path)/backendServices/b]"
    for place in ["urlMaps/m", "targetHttpProxies/t", "forwardingRules/f"] {
      #expect(probe.value("self.services", of: "\(Self.path)/\(place)") == services)
    }
    #expect(
      probe.value("self.services", of: "\(Self.path)/forwardingRules/g")
        == "[...(\(Self.path)/targetHttpProxies/gone)]")
    #expect(
      probe.value("self.referrers.exists(r, r.name == 't')", of: "\(Self.path)/urlMaps/m")
        == "true")
  }

  @Test func `intervals that meet are found as by comparing all pairs`() {
    var state: UInt32 = 1
    func next(_ bound: UInt32) -> UInt32 {
      state = state &* 1_664_525 &+ 1_013_904_223
      return (state >> 16) % bound
    }
    for _ in 0..<500 {
      let intervals = (0..<Int(next(9))).map { _ in
        let start = next(40)
        return Overlaps.Interval(start: start, end: start + next(8), rank: Int(next(5)))
      }
      let found = Overlaps.first(intervals)
      for rank in 0..<5 {
        var expected: Set<Int> = []
        for (index, one) in intervals.enumerated() where one.rank == rank {
          for (place, other) in intervals.enumerated()
          where place != index && other.rank <= rank && one.start <= other.end
            && other.start <= one.end
          {
            expected.insert(other.rank)
          }
        }
        #expect(found[rank].map { expected.contains($0) } ?? expected.isEmpty)
      }
    }
  }
}
