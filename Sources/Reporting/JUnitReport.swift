import Documents

extension ReportFormat {
  /// The report for continuous integration: a suite for each rule, a case for each finding.
  func junitDocument(of report: Report, options: ReportOptions) throws(ReadingProblem) -> [UInt8] {
    let suites = JUnitCases(report: report, options: options).suites()
    let isRich = options.junitProfile == .rich
    var root = JUnitElement(name: "testsuites")
    if isRich {
      root.attributes = [
        ("name", report.tool.name), ("tests", String(suites.reduce(0) { $0 + $1.cases.count })),
        ("failures", String(suites.reduce(0) { $0 + $1.failures })),
        ("errors", String(suites.reduce(0) { $0 + $1.errors })),
        ("skipped", String(suites.reduce(0) { $0 + $1.skipped })), ("time", "0.000"),
      ]
    }
    root.children = suites.enumerated().map {
      isRich ? rich($1, options) : strict($1, id: $0, options)
    }
    let writer = try XMLWriter()
    try writer.startDocument()
    try root.write(to: writer)
    return try writer.finish() + [0x0A]
  }

  private func attributes(
    of suite: JUnitSuite, _ options: ReportOptions
  ) -> [(name: String, value: String)] {
    [
      ("name", suite.name), ("tests", String(suite.cases.count)),
      ("failures", String(suite.failures)), ("errors", String(suite.errors)),
      ("skipped", String(suite.skipped)), ("time", "0.000"), ("timestamp", options.timestamp),
      ("hostname", "localhost"),
    ]
  }

  private func properties(_ properties: [(name: String, value: String)]) -> JUnitElement {
    JUnitElement(
      name: "properties",
      children: properties.map {
        JUnitElement(name: "property", attributes: [("name", $0.name), ("value", $0.value)])
      })
  }

  /// Both schemas hold: junit-10.xsd (Jenkins) and JUnit.xsd (Windy Road, Azure DevOps).
  private func strict(_ suite: JUnitSuite, id: Int, _ options: ReportOptions) -> JUnitElement {
    JUnitElement(
      name: "testsuite",
      attributes: attributes(of: suite, options) + [("package", "neglint"), ("id", String(id))],
      children: [properties(suite.properties)]
        + suite.cases.map { testCase in
          JUnitElement(
            name: "testcase", attributes: attributes(of: testCase),
            children: outcome(of: testCase).map { [$0] } ?? [])
        } + [JUnitElement(name: "system-out"), JUnitElement(name: "system-err")])
  }

  private func rich(_ suite: JUnitSuite, _ options: ReportOptions) -> JUnitElement {
    JUnitElement(
      name: "testsuite", attributes: attributes(of: suite, options),
      children: [properties(suite.properties)]
        + suite.cases.map { testCase in
          var element = JUnitElement(name: "testcase", attributes: attributes(of: testCase))
          if let location = testCase.location {
            element.attributes += [("file", location.path), ("line", String(location.line))]
          }
          if !testCase.properties.isEmpty {
            element.children.append(properties(testCase.properties))
          }
          if let outcome = outcome(of: testCase) { element.children.append(outcome) }
          if let output = testCase.output {
            element.children.append(JUnitElement(name: "system-out", text: output))
          }
          return element
        })
  }

  private func attributes(of testCase: JUnitCase) -> [(name: String, value: String)] {
    [("name", testCase.name), ("classname", testCase.className), ("time", "0.000")]
  }

  private func outcome(of testCase: JUnitCase) -> JUnitElement? {
    switch testCase.outcome {
    case .passed: nil
    case .failure(let type, let message, let body):
      JUnitElement(
        name: "failure", attributes: [("type", type), ("message", message)], text: body)
    case .error(let type, let message, let body):
      JUnitElement(name: "error", attributes: [("type", type), ("message", message)], text: body)
    case .skipped(let message, let body):
      JUnitElement(name: "skipped", attributes: [("message", message)], text: body)
    }
  }
}
