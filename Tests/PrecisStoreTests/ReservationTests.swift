import Glibc
import PrecisModel
import PrecisStore
import PrecisTestLimits
import Testing

@Suite("Space that is set aside", .mustEnd)
struct ReservationTests {
  let directory = TemporaryDirectory()

  @Test("is never seen by readers, and is given back when the store is closed")
  func space() throws {
    let writer = try StoreWriter(directory: directory.store)
    for number in 1...20 {
      try writer.append(number: number)
      try writer.commit()
      #expect(try status().st_size == writer.counts.bytes)
    }
    let bytes = writer.counts.bytes
    writer.close()
    let closed = try status()
    #expect(closed.st_size == bytes)
    #expect(closed.st_blocks * 512 <= bytes + 8192)
    #expect(try StoreReader(directory: directory.store).newest(99).count == 20)
  }

  private func status() throws -> stat {
    var status = stat()
    try #require(stat(directory.store + "/entries/000001.ndjson", &status) == 0)
    return status
  }
}
