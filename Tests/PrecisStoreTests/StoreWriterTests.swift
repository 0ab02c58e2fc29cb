import Glibc
import PrecisModel
import PrecisStore
import PrecisTestLimits
import Testing

@Suite("Writing a store and reading it back", .mustEnd)
struct StoreWriterTests {
  let directory = TemporaryDirectory()

  @Test("what was committed is there after a close, by id, by key and by address")
  func roundTrip() throws {
    var writer = try StoreWriter(directory: directory.store)
    #expect(writer.recovery.isClean)
    for number in 1...100 { try writer.append(number: number) }
    try writer.put(Sample.state(1))
    try writer.commit()
    #expect(writer.lastSequence == 100)
    writer.close()
    writer = try StoreWriter(directory: directory.store)
    #expect(writer.recovery.isClean)
    #expect(writer.recovery.linesIndexed == 0)
    #expect(writer.counts.articles == 100)
    #expect(try writer.article(id: Sample.article(42).id) == Sample.article(42))
    let known = try #require(writer.find(Sample.keys(7)[1]))
    #expect(known.id == Sample.article(7).id)
    #expect(known.fingerprint == 7001)
    #expect(known.titleHash == KnownArticle.titleHash(of: Sample.article(7).title))
    #expect(known.feed == FeedID(url: Sample.feedURL).number)
    #expect(try writer.state(Sample.state(1).id) == Sample.state(1))
    let reader = try StoreReader(directory: directory.store)
    #expect(try reader.article(url: "https://example.org/articles/9") == Sample.article(9))
    #expect(try reader.newest(3).map(\.id) == [100, 99, 98].map { Sample.article($0).id })
  }

  @Test("an article that is appended again is superseded, also within one group")
  func supersede() throws {
    let writer = try StoreWriter(directory: directory.store)
    try writer.append(number: 1)
    try writer.append(number: 1, revision: 2)
    #expect(writer.find(Sample.keys(1)[0])?.revision == 2)
    try writer.commit()
    try writer.append(number: 1, revision: 3)
    #expect(try writer.article(id: Sample.article(1).id)?.revision == 3)
    try writer.commit()
    #expect(writer.counts.articles == 1)
    #expect(writer.counts.lines == 3)
    let reader = try StoreReader(directory: directory.store)
    #expect(try reader.newest(10).map(\.revision) == [3])
  }

  @Test("what was not committed is forgotten at a rollback")
  func rollBack() throws {
    let writer = try StoreWriter(directory: directory.store)
    try writer.append(number: 1)
    try writer.put(Sample.state(1))
    try writer.commit()
    try writer.append(number: 2)
    try writer.put(Sample.state(1, polls: 2))
    writer.rollBack()
    #expect(writer.find(Sample.keys(2)[0]) == nil)
    #expect(try writer.state(Sample.state(1).id)?.counts.polls == 1)
    #expect(try writer.append(number: 3) == 2)
    try writer.commit()
    #expect(try StoreReader(directory: directory.store).newest(9).count == 2)
  }

  /// Opens every file twice, as it is between the fork and the exec of a child.
  private final class ForkedFileSystem: FileSystemOverlay {
    let base: any FileSystem = POSIXFileSystem()
    func open(_ path: String, _ access: FileAccess) throws(FileFailure) -> Int32 {
      let descriptor = try base.open(path, access)
      if path.hasSuffix("/lock") { _ = dup(descriptor) }
      return descriptor
    }
  }

  @Test("a store that was closed can be opened, also while a forked child has its lock open")
  func lockOfChild() throws {
    try StoreWriter(directory: directory.store, fileSystem: ForkedFileSystem()).close()
    _ = try StoreWriter(directory: directory.store)
  }

  @Test("who appended is told when the group is forgotten, and not when there was none")
  func forgotten() throws {
    let writer = try StoreWriter(directory: directory.store)
    var times = 0
    writer.onForget = { times += 1 }
    writer.rollBack()
    #expect(times == 0)
    try writer.append(number: 1)
    writer.rollBack()
    try writer.put(Sample.state(1))
    writer.rollBack()
    #expect(times == 2)
    try writer.append(number: 1)
    try writer.commit()
    writer.rollBack()
    #expect(times == 2)
  }

  @Test("a second writer is refused and told who holds the lock")
  func lock() throws {
    let writer = try StoreWriter(directory: directory.store)
    #expect(throws: StoreError.self) { try StoreWriter(directory: directory.store) }
    writer.close()
  }

  @Test("the keys of a removed article stay known, and a mark as kept stays with a new revision")
  func removal() throws {
    let writer = try StoreWriter(directory: directory.store)
    for number in 1...3 { try writer.append(number: number) }
    try writer.commit()
    #expect(try writer.setKept(Sample.article(3).id, true))
    try writer.append(number: 3, revision: 2)
    #expect(try writer.remove(Sample.article(2).id))
    try writer.commit()
    #expect(writer.find(Sample.keys(3)[0])?.isKept == true)
    #expect(writer.find(Sample.keys(2)[0])?.isRemoved == true)
    #expect(try writer.article(id: Sample.article(2).id) == nil)
    #expect(writer.counts.articles == 2)
    let reader = try StoreReader(directory: directory.store)
    #expect(try reader.newest(9).count == 2)
    #expect(try reader.changes(since: 0, limit: 99).count == 6)
  }
}
