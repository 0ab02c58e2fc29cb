import Glibc
import PrecisModel
import PrecisTestLimits
import Testing

@testable import PrecisStore

@Suite("Damage is found, told and set aside", .mustEnd)
struct DamageTests {
  let directory = TemporaryDirectory()

  /// A store of 30 articles in several segments, closed.
  func make(_ path: String) throws {
    var options = StoreOptions()
    options.segmentSize = 8000
    let writer = try StoreWriter(directory: path, options: options)
    for number in 1...30 {
      try writer.append(number: number, size: 500)
      try writer.put(Sample.state(number % 5))
      try writer.commit()
    }
    try writer.publish(latest: Array("{}".utf8), feeds: Array("[]".utf8))
    writer.close()
  }

  func articles(_ path: String) throws -> Int {
    var count = 0
    try StoreReader(directory: path).forEach { _ in count += 1 }
    return count
  }

  @Test("a flipped bit anywhere in a segment is found, named by line, and costs one line")
  func flippedBits() throws {
    try make(directory.store)
    let path = directory.store + "/entries/000002.ndjson"
    let sound = contents(path)
    #expect(try StoreVerifier.verify(directory: directory.store).problems == [])
    for byte in stride(from: 0, to: sound.count, by: 61) {
      var damaged = sound
      damaged[byte] ^= UInt8(1 << (byte % 8))
      write(damaged, to: path)
      let report = try StoreVerifier.verify(directory: directory.store)
      #expect(report.problems.contains { $0.file == "entries/000002.ndjson" && $0.line > 0 }, "byte \(byte)")
      // Where the line feed itself is hit, two lines have run together.
      #expect(try articles(directory.store) >= 28, "byte \(byte)")
    }
    write(sound, to: path)
    #expect(try StoreVerifier.verify(directory: directory.store).isSound)
  }

  @Test("repair sets damaged lines aside and keeps all the others, also when a line feed was hit")
  func repair() throws {
    try make(directory.store)
    let path = directory.store + "/entries/000001.ndjson"
    var bytes = contents(path)
    bytes[100] ^= 4
    let feeds = bytes.indices.filter { bytes[$0] == 0x0A }
    bytes[feeds[2]] = 0x20
    write(bytes, to: path)
    let report = try StoreVerifier.verify(directory: directory.store, repair: true)
    #expect(!report.isSound)
    #expect(report.repairs.contains { $0.contains("quarantine/") })
    #expect(try StoreVerifier.verify(directory: directory.store).problems == [])
    #expect(try articles(directory.store) == 29)
    let writer = try StoreWriter(directory: directory.store)
    #expect(writer.recovery.isClean)
    #expect(writer.find(Sample.keys(30)[0]) != nil)
    #expect(try POSIXFileSystem().list(directory.store + "/quarantine").count == 2)
  }

  @Test("a torn tail is cut at every length, and the whole lines before it stay")
  func tornTail() throws {
    let writer = try StoreWriter(directory: directory.store)
    for number in 1...4 { try writer.append(number: number) }
    try writer.put(Sample.state(1))
    try writer.commit()
    writer.close()
    let path = directory.store + "/entries/000001.ndjson"
    let whole = contents(path)
    let ends = whole.indices.filter { whole[$0] == 0x0A }
    for cut in Array(stride(from: ends[0] + 1, to: whole.count, by: 7)) + ends {
      write(Array(whole.prefix(cut)), to: path)
      let opened = try StoreWriter(directory: directory.store)
      // A line that lacks only its line feed is whole.
      let lines = ends.filter { $0 <= cut }.count
      #expect(opened.counts.articles == lines, "cut at \(cut)")
      if whole[cut - 1] != 0x0A, !ends.contains(cut) {
        #expect(opened.recovery.tornBytes > 0, "cut at \(cut)")
      }
      opened.close()
      #expect(contents(path).count == ends[lines - 1] + 1)
    }
  }

  @Test("a deleted segment is told, and the rest goes on")
  func deletedSegment() throws {
    try make(directory.store)
    unlink(directory.store + "/entries/000002.ndjson")
    let report = try StoreVerifier.verify(directory: directory.store)
    #expect(report.problems.contains { $0.file == "entries/000002.ndjson" && $0.reason.contains("missing") })
    let writer = try StoreWriter(directory: directory.store)
    #expect(writer.recovery.messages.contains { $0.contains("000002.ndjson is missing") })
    try writer.append(number: 99)
    try writer.commit()
    writer.close()
    #expect(try StoreVerifier.verify(directory: directory.store).isSound)
  }

  @Test("what is lost lets every feed be read in full again, once", arguments: [true, false])
  func bringsAgain(isDeleted: Bool) throws {
    try make(directory.store)
    var writer = try StoreWriter(directory: directory.store)
    for number in 0..<5 {
      var state = Sample.state(number)
      state.bodyHash = "sha256:1"
      state.validators = .init(url: state.url, etag: "\"1\"", lastModified: nil)
      try writer.put(state)
    }
    try writer.commit()
    writer.close()
    let path = directory.store + "/entries/000002.ndjson"
    if isDeleted { unlink(path) } else { write(Array(contents(path).dropLast(100)), to: path) }
    writer = try StoreWriter(directory: directory.store)
    #expect(writer.recovery.messages.contains { $0.hasPrefix("every feed is read in full") })
    var known = 0
    try writer.forEachState { if $0.validators != nil || $0.bodyHash != nil { known += 1 } }
    #expect(known == 0)
    writer.close()
    // What is left of a line that was cut stays to be looked at.
    #expect((access(directory.store + "/quarantine", F_OK) == 0) != isDeleted)
    writer = try StoreWriter(directory: directory.store)
    #expect(!writer.recovery.didLoseArticles)
  }

  @Test(
    "the number of a lost line is given to no other, so that followers miss nothing",
    arguments: [true, false])
  func numbersAreNotReused(isRepaired: Bool) throws {
    let writer = try StoreWriter(directory: directory.store)
    for number in 1...4 { try writer.append(number: number) }
    try writer.commit()
    writer.close()
    let path = directory.store + "/entries/000001.ndjson"
    var bytes = contents(path)
    if isRepaired { bytes[bytes.count - 100] ^= 4 } else { bytes.removeLast(100) }
    write(bytes, to: path)
    if isRepaired {
      #expect(try !StoreVerifier.verify(directory: directory.store, repair: true).repairs.isEmpty)
    } else {
      try StoreWriter(directory: directory.store).close()
    }
    let again = try StoreWriter(directory: directory.store)
    #expect(again.counts.articles == 3)
    try again.append(number: 7)
    again.rollBack()
    #expect(try again.append(number: 8) == 5)
    try again.commit()
    let follower = try StoreFollower(directory: directory.store, since: 4)
    #expect(try follower.next().map(\.sequence) == [5])
  }

  @Test("a file of another program that has a segment's name is set aside, not thrown away")
  func strangersSegment() throws {
    try make(directory.store)
    let text = Array("{\"not\":\"ours\"}\n".utf8)
    write(text, to: directory.store + "/entries/000090.ndjson")
    try StoreWriter(directory: directory.store).close()
    let aside = try POSIXFileSystem().list(directory.store + "/quarantine")
    #expect(aside.count == 1)
    #expect(contents(directory.store + "/quarantine/" + (aside.first ?? "")) == text.dropLast())
    #expect(try articles(directory.store) == 30)
  }

  @Test("a foreign file is told")
  func foreignFile() throws {
    try make(directory.store)
    write(Array("hello\n".utf8), to: directory.store + "/entries/notes.txt")
    write(Array("{\"not\":\"ours\"}\n".utf8), to: directory.store + "/entries/000090.ndjson")
    let report = try StoreVerifier.verify(directory: directory.store)
    #expect(report.problems.contains { $0.file == "entries/notes.txt" })
    #expect(report.problems.contains { $0.file == "entries/000090.ndjson" && $0.line == 1 })
    #expect(report.left == report.problems)
    let repaired = try StoreVerifier.verify(directory: directory.store, repair: true)
    #expect(repaired.problems == report.problems)
    #expect(repaired.left.map(\.file) == ["entries/notes.txt"])
    #expect(repaired.articles == 30)
  }

  @Test("a damaged manifest is made anew from the files")
  func damagedManifest() throws {
    try make(directory.store)
    let path = directory.store + "/manifest.json"
    var bytes = contents(path)
    bytes[bytes.count / 2] ^= 1
    write(bytes, to: path)
    #expect(try articles(directory.store) == 30)
    let writer = try StoreWriter(directory: directory.store)
    #expect(writer.recovery.messages.contains { $0.contains("manifest.json is damaged") })
    #expect(writer.counts.articles == 30)
    writer.close()
    #expect(try StoreVerifier.verify(directory: directory.store).isSound)
  }

  @Test("a store of a later format is refused and not touched")
  func laterFormat() throws {
    try make(directory.store)
    let path = directory.store + "/manifest.json"
    let later = Array("{\"format\":2,\"anything\":[]}\n".utf8)
    write(later, to: path)
    #expect(throws: StoreError.wrongVersion(directory: directory.store, found: 2, known: 1)) {
      try StoreWriter(directory: directory.store)
    }
    #expect(throws: StoreError.self) { try StoreReader(directory: directory.store) }
    #expect(contents(path) == later)
  }

  @Test("a directory without a store is told apart from an empty store")
  func noStore() throws {
    mkdir(directory.store, 0o755)
    #expect(throws: StoreError.notAStore(directory: directory.store)) {
      try StoreReader(directory: directory.store)
    }
    try StoreWriter(directory: directory.store).close()
    #expect(try StoreReader(directory: directory.store).newest(5).isEmpty)
  }

  @Test("the derived files may be deleted or damaged at any time", arguments: [true, false])
  func derivedFiles(deletes: Bool) throws {
    try make(directory.store)
    _ = try SearchIndexer(directory: directory.store).update()
    for name in ["/index/keys", "/index/durable", "/index/search.sqlite"] {
      if deletes {
        unlink(directory.store + name)
      } else {
        write([UInt8](repeating: 0x5A, count: 5000), to: directory.store + name)
      }
    }
    let reader = try StoreReader(directory: directory.store)
    #expect(try reader.article(id: Sample.article(7).id) == Sample.article(7, size: 500))
    #expect(try reader.newest(3).count == 3)
    #expect(try reader.search("article", limit: 5).count == 5)
    let writer = try StoreWriter(directory: directory.store)
    #expect(writer.recovery.didRebuildIndex)
    #expect(writer.find(Sample.keys(7)[0])?.fingerprint == 7001)
    #expect(try SearchIndexer(directory: directory.store).update() == false)
    #expect(try SearchIndexer(directory: directory.store).sequence() == 30)
  }
}
