import Glibc
import PrecisModel
import Testing

@testable import PrecisStore

@Suite("The format and its versions")
struct FormatTests {
  let directory = TemporaryDirectory()

  @Test(
    "the checksum is CRC-32C", arguments: [("123456789", 0xE306_9283 as UInt32), ("", 0), ("a", 0xC1D0_4330)])
  func checksum(text: String, expected: UInt32) {
    #expect(Array(text.utf8).withUnsafeBytes { CRC32C.checksum($0) } == expected)
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
