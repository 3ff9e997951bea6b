@testable import Importing
import Testing

@Suite struct AddressTextTests {
  @Test(arguments: [
    "0.0.0.0", "10.0.0.1", "255.255.255.255", "::", "::1", "1::", "fd20::5", "1:2:3:4:5:6:7:8",
    "1:2:3:4:5:6:1.2.3.4", "::ffff:10.0.0.1", "FD20:0:0:0::1", "1:2:3:4:5:6:7::",
  ])
  func addressesAreKnown(_ text: String) { #expect(isAddress(text)) }

  @Test(arguments: [
    "", "10.0.0", "10.0.0.0.1", "10.0.0.256", "10.0.0.01", "010.0.0.1", "10.0.0.1 ", "10..0.1",
    "10.0.0.1/32", "+1.0.0.1", "a.b.c.d", ":", ":::", "1:::2", "1::2::3", "1:2:3:4:5:6:7",
    "1:2:3:4:5:6:7:8:9", "1:2:3:4:5:6:7:", ":1:2:3:4:5:6:7", "12345::", "g::", "fe80::1%eth0",
    "1:2:3:4:5:6:7:1.2.3.4", "::1.2.3", "::1.2.3.4:5", "1:2:3:4:5:6:7:8::", "[::1]",
  ])
  func othersAreNot(_ text: String) { #expect(!isAddress(text)) }

  @Test(arguments: [
    ("10.0.0.0/8", true, true), ("10.0.0.0/32", true, true), ("10.0.0.0/33", false, false),
    ("fd20::/64", true, true), ("fd20::/129", false, false), ("10.0.0.1", false, true),
    ("/24", false, true), ("/33", false, false), ("10.0.0.0/", false, false),
    ("10.0.0.0/08", false, false), ("10.0.0/8", false, false), ("10.0.0.0/8/8", false, false),
  ])
  func rangesAreKnown(_ text: String, _ isRange: Bool, _ isShort: Bool) {
    #expect(self.isRange(text, orShort: false) == isRange)
    #expect(self.isRange(text, orShort: true) == isShort)
  }

  private func isAddress(_ text: String) -> Bool {
    Array(text.utf8).withUnsafeBufferPointer { AddressText.isAddress($0) }
  }

  private func isRange(_ text: String, orShort: Bool) -> Bool {
    Array(text.utf8).withUnsafeBufferPointer { AddressText.isRange($0, orShort: orShort) }
  }
}
