import Glibc
import PrecisModel
import PrecisStore
import PrecisTestLimits
import PrecisTestSupport
import Synchronization
import Testing

/// A disk that works on flushes of the entries only while its gate is open, and whose next write to a folder fails if told so.
final class SlowDisk: FileSystemOverlay {
  let base: any FileSystem = POSIXFileSystem()
  private let names = Mutex<[Int32: String]>([:])
  private let gate = Mutex<Gate?>(nil)
  private let failing = Mutex<String?>(nil)

  /// From now on flushes of the entries wait for `gate`.
  func wait(for gate: Gate) { self.gate.withLock { $0 = gate } }

  /// The next write to a file of this folder finds no space.
  func failNextWrite(in folder: String) { failing.withLock { $0 = folder } }

  func open(_ path: String, _ access: FileAccess) throws(FileFailure) -> Int32 {
    let descriptor = try base.open(path, access)
    names.withLock { $0[descriptor] = path }
    return descriptor
  }

  private func isOf(_ folder: String, _ descriptor: Int32) -> Bool {
    names.withLock { $0[descriptor]?.contains("/\(folder)/") == true }
  }

  func write(_ descriptor: Int32, _ parts: ArraySlice<UnsafeRawBufferPointer>, at offset: Int)
    throws(FileFailure) -> Int
  {
    try check(descriptor)
    return try base.write(descriptor, parts, at: offset)
  }

  func write(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer, at offset: Int)
    throws(FileFailure) -> Int
  {
    try check(descriptor)
    return try base.write(descriptor, bytes, at: offset)
  }

  private func check(_ descriptor: Int32) throws(FileFailure) {
    guard let folder = failing.withLock({ $0 }), isOf(folder, descriptor) else { return }
    failing.withLock { $0 = nil }
    throw FileFailure(code: ENOSPC)
  }

  func synchroniseData(_ descriptor: Int32) throws(FileFailure) {
    if isOf("entries", descriptor) { gate.withLock { $0 }?.wait() }
    try base.synchroniseData(descriptor)
  }
}

@Suite("A commit that goes on beside appends", .mustEnd)
struct CommitTests {
  let directory = TemporaryDirectory()

  private func articles() throws -> [String] {
    try StoreReader(directory: directory.store).newest(99).map(\.title)
  }

  private static func titles(_ numbers: some Sequence<Int>) -> [String] {
    numbers.reversed().map { Sample.article($0).title }
  }

  @Test("what it is of is known and read meanwhile, and counts once it is durable")
  func known() throws {
    let disk = SlowDisk()
    let writer = try StoreWriter(directory: directory.store, fileSystem: disk)
    for number in 1...3 { try writer.append(number: number) }
    try writer.put(Sample.state(1))
    try writer.put(Sample.state(2))
    try writer.commit()

    let gate = Gate()
    disk.wait(for: gate)
    let isDone = Mutex(false)
    try writer.append(number: 3, revision: 2)
    try writer.append(number: 4)
    try writer.put(Sample.state(1, polls: 2))
    try writer.beginCommit { isDone.withLock { $0 = true } }
    #expect(writer.isCommitting && !writer.isCommitDone && writer.pendingBytes == 0)

    // The next group, with a newer state of what is under way.
    try writer.append(number: 4, revision: 2)
    try writer.append(number: 5)
    try writer.put(Sample.state(2, polls: 7))
    for (number, revision) in [(1, 1), (3, 2), (4, 2), (5, 1)] {
      let known = try #require(writer.find(Sample.keys(number)[0]))
      #expect(known.revision == revision)
      #expect(try writer.article(known) == Sample.article(number, revision: revision))
    }
    #expect(try writer.state(Sample.state(1).id) == Sample.state(1, polls: 2))
    #expect(try writer.state(Sample.state(2).id) == Sample.state(2, polls: 7))
    var polls: [Int] = []
    try writer.forEachState { polls.append($0.counts.polls) }
    #expect(polls.sorted() == [2, 7])
    #expect(writer.lastSequence == 3 && writer.counts.articles == 3)

    gate.open()
    try writer.finishCommit()
    #expect(!writer.isCommitting && writer.isCommitDone)
    #expect(try articles() == Self.titles(1...4))
    #expect(try StoreReader(directory: directory.store).article(id: Sample.article(4).id)?.revision == 1)
    try writer.commit()
    #expect(try articles() == Self.titles(1...5))
    writer.close()
    #expect(isDone.withLock { $0 })
    #expect(try StoreVerifier.verify(directory: directory.store).problems.isEmpty)
    let second = try StoreWriter(directory: directory.store)
    #expect(second.recovery.isClean)
    #expect(try second.state(Sample.state(1).id) == Sample.state(1, polls: 2))
    #expect(try second.state(Sample.state(2).id) == Sample.state(2, polls: 7))
  }

  @Test("many, one behind the other, over several segments and checkpoints")
  func many() throws {
    var options = StoreOptions()
    options.segmentSize = 20_000
    options.checkpointInterval = 30_000
    let writer = try StoreWriter(directory: directory.store, options: options)
    for number in 1...400 {
      try writer.append(number: number, revision: 1)
      if number > 3 { try writer.append(number: number - 3, revision: 2) }
      try writer.put(Sample.state(number % 7, polls: number))
      try writer.beginCommit()
    }
    try writer.finishCommit()
    #expect(writer.counts.articles == 400 && writer.counts.feeds == 7)
    for number in 1...397 { #expect(writer.find(Sample.keys(number)[1])?.revision == 2) }
    writer.close()
    #expect(try articles().count == 99)
    #expect(try StoreVerifier.verify(directory: directory.store).problems.isEmpty)
    #expect(try StoreWriter(directory: directory.store, options: options).counts.articles == 400)
  }

  @Test("that fails takes along what waits behind it, and none of that is flushed")
  func failingFlush() throws {
    let disk = DyingFlush(losesBytes: true)
    let first = try StoreWriter(directory: directory.store, fileSystem: disk)
    try first.append(number: 1)
    try first.put(Sample.state(1))
    try first.commit()
    let forgotten = Mutex(0)
    first.onForget = { forgotten.withLock { $0 += 1 } }

    let flushes = disk.flushes(in: "entries")
    disk.failNextFlush(in: "entries")
    try first.append(number: 2)
    try first.put(Sample.state(1, polls: 2))
    try first.beginCommit()
    try first.append(number: 3)
    try first.put(Sample.state(1, polls: 3))
    #expect(throws: StoreError.self) { try first.beginCommit() }
    #expect(throws: StoreError.self, "the one before is told, too") { try first.finishCommit() }
    #expect(first.isPoisoned && !first.isCommitting)
    #expect(disk.flushes(in: "entries") == flushes + 1)
    #expect(forgotten.withLock { $0 } == 1)
    for number in 2...3 { #expect(first.find(Sample.keys(number)[0]) == nil) }
    #expect(try first.state(Sample.state(1).id) == Sample.state(1))
    #expect(throws: StoreError.self) { try first.append(number: 4) }
    first.close()

    let second = try StoreWriter(directory: directory.store)
    #expect(second.counts.articles == 1)
    #expect(try second.state(Sample.state(1).id) == Sample.state(1))
  }

  @Test("whose states find no space keeps its articles; what came behind it is forgotten, and may come again")
  func fullDisk() throws {
    let disk = SlowDisk()
    let writer = try StoreWriter(directory: directory.store, fileSystem: disk)
    try writer.append(number: 1)
    try writer.put(Sample.state(1))
    try writer.commit()
    let gate = Gate()
    disk.wait(for: gate)
    disk.failNextWrite(in: "state")
    try writer.append(number: 2)
    try writer.put(Sample.state(1, polls: 2))
    try writer.beginCommit()
    try writer.append(number: 3)
    try writer.put(Sample.state(1, polls: 3))
    gate.open()
    let failure = #expect(throws: StoreError.self) { try writer.finishCommit() }
    if case .full = failure {} else { Issue.record("\(String(describing: failure))") }
    #expect(!writer.isPoisoned && writer.pendingBytes == 0)
    #expect(writer.find(Sample.keys(2)[0]) != nil && writer.find(Sample.keys(3)[0]) == nil)
    #expect(try writer.state(Sample.state(1).id) == Sample.state(1))

    try writer.append(number: 3)
    try writer.put(Sample.state(1, polls: 3))
    try writer.beginCommit()
    try writer.finishCommit()
    #expect(try articles() == Self.titles(1...3))
    writer.close()
    #expect(try StoreVerifier.verify(directory: directory.store).problems.isEmpty)
  }

  @Test("is not undone by a group behind it that is rolled back")
  func rollBack() throws {
    let disk = SlowDisk()
    let writer = try StoreWriter(directory: directory.store, fileSystem: disk)
    try writer.append(number: 1)
    try writer.beginCommit()
    disk.failNextWrite(in: "entries")
    try writer.append(number: 2)
    #expect(throws: StoreError.self) { try writer.beginCommit() }
    try writer.finishCommit()
    try writer.append(number: 3)
    writer.rollBack()
    #expect(writer.find(Sample.keys(2)[0]) == nil && writer.find(Sample.keys(3)[0]) == nil)
    try writer.append(number: 4)
    try writer.commit()
    #expect(try articles() == Self.titles([1, 4]))
    writer.close()
    #expect(try StoreVerifier.verify(directory: directory.store).problems.isEmpty)
  }
}
