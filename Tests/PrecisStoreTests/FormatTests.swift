import CStoreShims
import Glibc
import PrecisModel
import PrecisTestLimits
import Testing

@testable import PrecisStore

@Suite("The format and its versions", .mustEnd)
struct FormatTests {
  let directory = TemporaryDirectory()

  @Test(
    "the checksum is CRC-32C", arguments: [("123456789", 0xE306_9283 as UInt32), ("", 0), ("a", 0xC1D0_4330)])
  func checksum(text: String, expected: UInt32) {
    #expect(Array(text.utf8).withUnsafeBytes { CRC32C.checksum($0) } == expected)
  }

  @Test("digits of base sixteen are read as they are written; with one other byte they are none")
  func hexadecimal() {
    for value in [0, 1, 0x0123_4567_89AB_CDEF, 0xFEDC_BA98_7654_3210, .max, 0x90A0_F0F9_A999_1111] as [UInt64]
    {
      var text: [UInt8] = [0x22]
      text.appendHexadecimal(value, digits: 16)
      #expect(text.withUnsafeBytes { $0.hexadecimal(at: 1, digits: 16) } == value)
      #expect(text.withUnsafeBytes { $0.hexadecimal(at: 1, digits: 8) } == value >> 32)
      #expect(text.withUnsafeBytes { $0.hexadecimal(at: 2, digits: 16) } == nil)
      for place in 1...16 {
        for byte in UInt8.min...UInt8.max where !(0x30...0x39 ~= byte || 0x61...0x66 ~= byte) {
          var other = text
          other[place] = byte
          #expect(other.withUnsafeBytes { $0.hexadecimal(at: 1, digits: 16) } == nil)
        }
      }
    }
  }

  @Test(
    "the processor's instruction and the tables give the same checksum, whatever the length and alignment")
  func checksumInstruction() {
    var random = SystemRandomNumberGenerator()
    let bytes = (0..<8192).map { _ in UInt8.random(in: 0...255, using: &random) }
    bytes.withUnsafeBytes { bytes in
      for length in [0, 1, 7, 8, 9, 1535, 1536, 1537, 3071, 3072, 4100, 6001] {
        for start in 0..<9 {
          let part = UnsafeRawBufferPointer(rebasing: bytes[start..<(start + length)])
          let whole = precis_crc32c_tables(0, part.baseAddress, length)
          #expect(CRC32C.checksum(part) == whole)
          // In two pieces.
          let first = precis_crc32c(0, part.baseAddress, length / 3)
          #expect(
            precis_crc32c(first, part.baseAddress.map { $0 + length / 3 }, length - length / 3) == whole)
          // In two pieces, of which the second was looked at before the first was known.
          let rest = CRC32C.Part(UnsafeRawBufferPointer(rebasing: part[(length / 3)...]))
          #expect(rest.checksum(after: first) == whole)
        }
      }
    }
  }

  @Test("a store that format 1 wrote at its first release opens, reads and goes on")
  func formatOne() throws {
    for folder in ["", "/entries", "/state"] { mkdir(directory.store + folder, 0o755) }
    write(Array((FormatOne.manifest + "\n").utf8), to: directory.store + "/manifest.json")
    write(
      Array((FormatOne.entries.joined(separator: "\n") + "\n").utf8),
      to: directory.store + "/entries/000001.ndjson")
    write(Array((FormatOne.state + "\n").utf8), to: directory.store + "/state/000001.ndjson")
    #expect(try StoreVerifier.verify(directory: directory.store).problems == [])
    #expect(try StoreReader(directory: directory.store).newest(9).map(\.revision) == [1, 2])
    let writer = try StoreWriter(directory: directory.store)
    #expect(writer.recovery.messages == [])
    #expect(writer.find(Sample.keys(1)[0])?.revision == 2)
    #expect(try writer.state(Sample.state(1).id) == Sample.state(1))
    #expect(try writer.append(number: 4) == 5)
    try writer.commit()
  }

  @Test("a store from before the first release is refused and not touched")
  func formatZero() throws {
    mkdir(directory.store, 0o755)
    let manifest = Array("{\"format\":0}\n".utf8)
    write(manifest, to: directory.store + "/manifest.json")
    #expect(throws: StoreError.wrongVersion(directory: directory.store, found: 0, known: 1)) {
      try StoreWriter(directory: directory.store)
    }
    #expect(contents(directory.store + "/manifest.json") == manifest)
    #expect(try POSIXFileSystem().list(directory.store) == ["manifest.json"])
  }
}
