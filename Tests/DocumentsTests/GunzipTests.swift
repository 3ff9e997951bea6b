import Documents
import Foundation
import Testing

/// Inputs that gzip has compressed.
@Suite struct GunzipTests {
  /// `text` as zlib 1.3 compresses it at level 9.
  private static let packed: [UInt8] = {
    let data = Data(
      base64Encoded: """
        H4sIAAAAAAACA23SvQqDUBBE4VeRrRXcmfz6KiGFBAsLb6OkEd89tuHcbjnVx7B7zGXdxvKZ1hia1x5lXKbziu/S
        9XG0zV9JFKEY5YJyRbmh3FEeKE8KK2iqk+ykOwlPypP0pD2JT+pFvSqbUy/qRb2oF/WiXtSLelNv6l15GepNvak3
        9abe1PvUv48fPCyhKP0CAAA=
        """, options: .ignoreUnknownCharacters)
    return data.map { [UInt8]($0) } ?? []
  }()

  private static let text = Array(
    ("{\"instances\": [" + (0..<40).map { "{\"name\": \"vm-\($0)\"}" }.joined(separator: ", ")
      + "]}").utf8)

  /// A mebibyte of zeros in 1,051 bytes, as zlib writes it.
  private static let zeros: [UInt8] = {
    let head: [UInt8] = [
      0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 2, 3, 0xED, 0xC1, 0x31, 1, 0, 0, 0, 0xC2, 0xA0, 0xF5, 0x4F,
      0x6D, 0x08, 0x5F, 0xA0,
    ]
    let tail: [UInt8] = [0x3E, 3, 0x1C, 0xEA, 0x38, 0xA7, 0, 0, 0x10, 0]
    return head + [UInt8](repeating: 0, count: 1_051 - head.count - tail.count) + tail
  }()

  /// What is said of a file that cannot be unpacked; nil where it can.
  private func refusal(_ bytes: [UInt8], limits: Limits = Limits()) -> String? {
    do throws(ReadingProblem) {
      _ = try Source(path: "x", bytes: bytes).gunzipped(limits: limits)
      return nil
    } catch {
      #expect(error.offset == nil)
      return error.message
    }
  }

  private func content(_ bytes: [UInt8]) throws -> [UInt8] {
    try Source(path: "x", bytes: bytes).gunzipped().withBytes { Array($0) }
  }

  @Test func contentComesBack() throws {
    let source = Source(path: "x.gz", bytes: GunzipTests.packed)
    #expect(source.isGzip)
    let unpacked = try source.gunzipped()
    #expect(unpacked.withBytes { Array($0) } == GunzipTests.text)
    #expect(unpacked.path == "x.gz" && !unpacked.isGzip)
    #expect(!Source(path: "x", bytes: [0x1F]).isGzip)
  }

  @Test func membersFollowOneAnother() throws {
    let twice = GunzipTests.packed + GunzipTests.packed
    #expect(try content(twice) == GunzipTests.text + GunzipTests.text)
    #expect(try content(twice + [0, 0, 0]) == GunzipTests.text + GunzipTests.text)
    let refused = try #require(refusal(twice + [1, 2, 3]))
    #expect(refused.contains("behind its end") && refused.contains("byte \(twice.count)"))
  }

  @Test func everyFileThatIsCutOffIsRefused() throws {
    let sound = GunzipTests.packed
    for length in 2..<sound.count {
      let message = try #require(refusal(Array(sound[..<length])), "\(length) bytes")
      #expect(message.contains("cut off after"))
    }
    #expect(refusal(Array((sound + sound).dropLast()))?.contains("cut off after") == true)
  }

  @Test func everyDamagedFileIsRefused() {
    for place in GunzipTests.packed.indices.dropFirst(10) {
      var bytes = GunzipTests.packed
      bytes[place] ^= 0x55
      #expect(refusal(bytes) != nil, "byte \(place)")
    }
    var bytes = GunzipTests.packed
    bytes[bytes.count - 6] ^= 1
    #expect(refusal(bytes)?.contains("damaged") == true)
  }

  @Test func filesMayNotHoldMoreThanTheLimit() {
    var limits = Limits()
    limits.unpackedLength = 765
    #expect(refusal(GunzipTests.packed, limits: limits) == nil)
    limits.unpackedLength = 764
    let message = refusal(GunzipTests.packed, limits: limits)
    #expect(message?.contains("764") == true && message?.contains("--max-unpacked") == true)
  }

  @Test func aFileThatIsMadeToExhaustMemoryIsRefused() throws {
    let harmless = Array(repeatElement(GunzipTests.zeros, count: 64).joined())
    #expect(try content(harmless).count == 64 << 20)
    let message = try #require(refusal(harmless + GunzipTests.zeros))
    #expect(message.contains("250 times") && message.contains("--max-expansion"))
    var limits = Limits()
    limits.expansion = 1_000
    #expect(refusal(harmless + GunzipTests.zeros, limits: limits) == nil)
  }
}
