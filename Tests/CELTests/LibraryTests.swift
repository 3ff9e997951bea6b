import Testing

@testable import CEL

/// The pieces of the library, each by a table of texts.
@Suite struct LibraryTests {
  @Test(arguments: [
    ("0.0.0.0", "0.0.0.0"), ("255.255.255.255", "255.255.255.255"), ("10.1.2.3", "10.1.2.3"),
    ("::", "::"), ("::1", "::1"), ("1::", "1::"), ("2001:DB8::A", "2001:db8::a"),
    ("1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7:8"), ("1:0:0:2:0:0:0:3", "1:0:0:2::3"),
    ("1:0:2:3:4:5:6:7", "1:0:2:3:4:5:6:7"), ("0:0:0:0:0:0:0:0", "::"),
    ("::ffff:102:304", "1.2.3.4"), ("::ffff", "::ffff"),
  ])
  func readsAddresses(text: String, expected: String) {
    #expect(IPAddress(text)?.description == expected)
  }

  @Test(arguments: [
    "", "1", "1.2.3", "1.2.3.4.5", "256.1.1.1", "01.2.3.4", "1.2.3.-4", "1.2.3.4 ", " 1.2.3.4",
    "1.2.3.4/8", "0x1.2.3.4", ":", ":::", "1::2::3", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9",
    "12345::", "g::", "::1%eth0", "[::1]", "1:2:3:4:5:6:7::8", "::1.2.3.4",
  ])
  func refusesAddresses(text: String) {
    #expect(IPAddress(text) == nil)
  }

  @Test(arguments: [
    ("10.0.0.0/8", "10.255.255.255", true), ("10.0.0.0/8", "11.0.0.0", false),
    ("10.0.0.0/0", "192.168.0.1", true), ("10.0.0.1/32", "10.0.0.1", true),
    ("10.0.0.1/32", "10.0.0.0", false), ("10.1.2.3/8", "10.9.9.9", true),
    ("::/0", "::1", true), ("2001:db8::/32", "2001:db8:ffff::1", true),
    ("2001:db8::/33", "2001:db8:ffff::1", false), ("::/0", "1.2.3.4", false),
    ("0.0.0.0/0", "::1", false), ("2001:db8::1/128", "2001:db8::1", true),
    ("2001:db8:0:1::/64", "2001:db8:0:1:ffff::", true),
  ])
  func rangesContainAddresses(range: String, address: String, expected: Bool) throws {
    let range = try #require(IPRange(range))
    let address = try #require(IPAddress(address))
    #expect(range.contains(address) == expected)
    #expect(try evaluated("cidr('\(range)').containsIP('\(address)')") == "\(expected)")
    #expect(try evaluated("cidr('\(range)').containsIP(ip('\(address)'))") == "\(expected)")
  }

  @Test(arguments: [
    "10.0.0.0", "10.0.0.0/", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/08", "10.0.0.0/8 ",
    "::/129", "::ffff:1.2.3.4/96", "/8", "10.0.0/8", "10.0.0.0/255.0.0.0",
  ])
  func refusesRanges(text: String) {
    #expect(IPRange(text) == nil)
  }

  @Test(arguments: [
    ("0", "0s"), ("1h", "3600s"), ("1h1m1.5s", "3661.5s"), ("-1.5h", "-5400s"), (".5s", "0.5s"),
    ("1.s", "1s"), ("1us1ns", "0.000001001s"), ("+2ms", "0.002s"), ("0.1ns", "0s"),
    ("-9223372036.854775808s", "-9223372036.854775808s"), ("2562047h", "9223369200s"),
  ])
  func readsDurations(text: String, expected: String) throws {
    #expect(try evaluated("string(duration('\(text)'))") == expected)
  }

  @Test(arguments: [
    "", "1", "1x", "1 h", ".s", "h", "1h-1m", "9223372036.854775808s", "1e3s", "--1s",
  ])
  func refusesDurations(text: String) {
    var text = text
    #expect(text.withUTF8 { DurationText.parse($0) } == nil)
  }

  @Test(arguments: [
    ("0.0", "0"), ("-0.0", "-0"), ("1.0", "1"), ("1.5", "1.5"), ("100000.0", "100000"),
    ("1000000.0", "1e+06"), ("123456789.0", "1.23456789e+08"), ("0.0001", "0.0001"),
    ("0.00001", "1e-05"), ("1e300", "1e+300"), ("5e-324", "5e-324"), ("0.1", "0.1"),
    ("double('NaN')", "NaN"), ("-1.0 / 0.0", "-Infinity"),
    ("1.7976931348623157e308", "1.7976931348623157e+308"),
  ])
  func writesDoubles(text: String, expected: String) throws {
    #expect(try evaluated("string(\(text))") == expected)
  }

  @Test(arguments: [
    ("2000-02-29T00:00:00Z", "2000-02-29T00:00:00Z"),
    ("2009-02-13T23:31:30.50+01:30", "2009-02-13T22:01:30.5Z"),
    ("0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z"),
    ("9999-12-31T23:59:59.999999999Z", "9999-12-31T23:59:59.999999999Z"),
  ])
  func readsTimestamps(text: String, expected: String) throws {
    #expect(try evaluated("string(timestamp('\(text)'))") == expected)
  }

  @Test(arguments: [
    "", "2001-02-29T00:00:00Z", "2000-13-01T00:00:00Z", "2000-01-01T24:00:00Z",
    "2000-01-01T00:00:60Z", "2000-01-01 00:00:00Z", "2000-01-01T00:00:00", "2000-01-01",
    "0000-12-31T00:00:00Z", "9999-12-31T23:59:59-01:00", "2000-01-01T00:00:00.Z",
  ])
  func refusesTimestamps(text: String) {
    var text = text
    #expect(text.withUTF8 { Timestamp(rfc3339: $0) } == nil)
  }
}
