import Glibc
import PrecisModel
import PrecisStore
import Synchronization
import PrecisTestLimits
import Testing

/// A disk of which one flush fails, as Linux reports it: once. The pages are clean afterwards, whatever became of them, and
/// the next flush of the same file succeeds.
final class DyingFlush: FileSystemOverlay {
  let base: any FileSystem = POSIXFileSystem()
  private let state = Mutex(State())
  /// Whether the bytes that were to be flushed are gone.
  private let losesBytes: Bool

  private struct State {
    var names: [Int32: String] = [:]
    var durable: [String: Int] = [:]
    var flushes: [String: Int] = [:]
    var failing: String?
    var beforeFailing: (@Sendable () -> Void)?
  }

  init(losesBytes: Bool) { self.losesBytes = losesBytes }

  /// The next flush of a file of this folder fails.
  func failNextFlush(in folder: String) { state.withLock { $0.failing = folder } }

  /// The next flush of a file of this folder fails, and `body` runs before.
  func failNextFlush(in folder: String, after body: @escaping @Sendable () -> Void) {
    state.withLock { ($0.failing, $0.beforeFailing) = (folder, body) }
  }

  /// How often files of this folder were flushed, or were to be.
  func flushes(in folder: String) -> Int { state.withLock { $0.flushes[folder] ?? 0 } }

  func open(_ path: String, _ access: FileAccess) throws(FileFailure) -> Int32 {
    let descriptor = try base.open(path, access)
    state.withLock { $0.names[descriptor] = path }
    return descriptor
  }

  func synchroniseData(_ descriptor: Int32) throws(FileFailure) {
    let path = state.withLock { $0.names[descriptor] ?? "" }
    let folder = path.split(separator: "/").dropLast().last.map(String.init) ?? ""
    let fails = state.withLock { state in
      state.flushes[folder, default: 0] += 1
      defer { if state.failing == folder { state.failing = nil } }
      return state.failing == folder
    }
    guard fails else {
      try base.synchroniseData(descriptor)
      let size = try base.size(descriptor)
      return state.withLock { $0.durable[path] = size }
    }
    state.withLock { $0.beforeFailing }?()
    if losesBytes { try base.truncate(descriptor, to: state.withLock { $0.durable[path] ?? 0 }) }
    throw FileFailure(code: EIO)
  }
}

@Suite("A flush that fails", .mustEnd)
struct FlushFailureTests {
  let directory = TemporaryDirectory()

  @Test(
    "of the articles: nothing is asked again or written until the store is opened anew, and nothing is lost",
    arguments: [true, false])
  func articles(losesBytes: Bool) throws {
    let disk = DyingFlush(losesBytes: losesBytes)
    let first = try StoreWriter(directory: directory.store, fileSystem: disk)
    for number in 1...5 { try first.append(number: number) }
    try first.put(Sample.state(1))
    try first.commit()

    disk.failNextFlush(in: "entries")
    for number in 6...9 { try first.append(number: number) }
    try first.put(Sample.state(1, polls: 2))
    let flushes = disk.flushes(in: "entries")
    #expect(throws: StoreError.self) { try first.commit() }
    #expect(first.isPoisoned)
    // The disk would say yes now: it must not be asked.
    #expect(throws: StoreError.self) { try first.commit() }
    #expect(throws: StoreError.self) { try first.append(number: 10) }
    #expect(throws: StoreError.self) { try first.put(Sample.state(1, polls: 3)) }
    #expect(throws: StoreError.self) { try first.publish(latest: [0x7B, 0x7D]) }
    #expect(disk.flushes(in: "entries") == flushes + 1)
    #expect(first.lastSequence == 5)
    first.close()

    let second = try StoreWriter(directory: directory.store, fileSystem: disk)
    #expect(second.counts.articles == 5)
    #expect(try second.state(Sample.state(1).id) == Sample.state(1), "the state is not ahead of the articles")
    for number in 6...9 { try second.append(number: number) }
    try second.put(Sample.state(1, polls: 2))
    try second.commit()
    second.close()
    let reader = try StoreReader(directory: directory.store)
    #expect(try reader.newest(99) == (1...9).reversed().map { Sample.article($0) })
    #expect(try StoreVerifier.verify(directory: directory.store).problems.isEmpty)
  }

  @Test(
    "of articles whose keys were entered meanwhile: they lead to nobody who comes in their place",
    arguments: [true, false])
  func keys(losesBytes: Bool) throws {
    let disk = DyingFlush(losesBytes: losesBytes)
    let first = try StoreWriter(directory: directory.store, fileSystem: disk)
    for number in 1...5 { try first.append(number: number) }
    try first.commit()
    disk.failNextFlush(in: "entries")
    for number in 6...9 { try first.append(number: number) }
    #expect(throws: StoreError.self) { try first.commit() }
    for number in 6...9 { #expect(first.find(Sample.keys(number)[0]) == nil) }
    first.close()

    let second = try StoreWriter(directory: directory.store, fileSystem: disk)
    #expect(!second.recovery.didRebuildIndex)
    for number in 16...19 { try second.append(number: number) }
    try second.commit()
    for number in 6...9 { #expect(second.find(Sample.keys(number)[0]) == nil) }
    for number in 6...9 { try second.append(number: number) }
    try second.commit()
    for number in [1, 5, 6, 9, 16, 19] {
      #expect(second.find(Sample.keys(number)[0])?.id == Sample.article(number).id)
    }
    #expect(second.counts.articles == 13)
  }

  @Test("that a kill comes before: what was entered while it ran is found once, under the same ordinals")
  func killed() throws {
    let disk = DyingFlush(losesBytes: false)
    let store = directory.store
    let first = try StoreWriter(directory: store, fileSystem: disk)
    for number in 1...5 { try first.append(number: number) }
    try first.commit()
    for number in 4...9 { try first.append(number: number, revision: 2) }
    // What a process that is killed here leaves: the lines in their file, and pages of the index in the middle of a group.
    let left = Mutex<[String: [UInt8]]>([:])
    let names = ["/index/keys", "/entries/000001.ndjson"]
    disk.failNextFlush(in: "entries") {
      left.withLock { left in for name in names { left[name] = contents(store + name) } }
    }
    #expect(throws: StoreError.self) { try first.commit() }
    first.close()
    for (name, bytes) in left.withLock({ $0 }) { write(bytes, to: store + name) }

    let second = try StoreWriter(directory: store)
    #expect(!second.recovery.didRebuildIndex)
    #expect(second.recovery.linesIndexed == 6)
    #expect(second.counts.articles == 9)
    for number in 1...9 {
      let known = second.find(Sample.keys(number)[0])
      #expect(known?.id == Sample.article(number).id)
      #expect(known?.revision == (number < 4 ? 1 : 2))
    }
    try second.append(number: 10)
    try second.commit()
    let newest = try StoreReader(directory: store).newest(99)
    #expect(newest.map(\.id) == (1...10).reversed().map { Sample.article($0).id })
  }

  @Test("of the states: the articles of the group are there, and the feed's next poll brings none twice")
  func states() throws {
    let disk = DyingFlush(losesBytes: true)
    let first = try StoreWriter(directory: directory.store, fileSystem: disk)
    try first.append(number: 1)
    try first.put(Sample.state(1))
    disk.failNextFlush(in: "state")
    #expect(throws: StoreError.self) { try first.commit() }
    #expect(first.isPoisoned)
    first.close()

    let second = try StoreWriter(directory: directory.store, fileSystem: disk)
    #expect(second.find(Sample.keys(1)[0])?.revision == 1)
    #expect(try second.state(Sample.state(1).id) == nil)
    try second.put(Sample.state(1))
    try second.commit()
    #expect(try second.state(Sample.state(1).id) == Sample.state(1))
    #expect(second.counts.lines == 1)
  }

  @Test("of a checkpoint beside the appends: it is told, and the articles are durable all the same")
  func checkpoint() throws {
    let disk = DyingFlush(losesBytes: true)
    var options = StoreOptions()
    options.checkpointInterval = 10_000
    let store = directory.store
    let first = try StoreWriter(directory: store, options: options, fileSystem: disk)
    disk.failNextFlush(in: store.split(separator: "/").last.map(String.init) ?? "")
    for number in 1...200 {
      try first.append(number: number)
      try first.commit()
    }
    first.close()
    #expect(first.warnings.contains { $0.contains("checkpoint: ") && $0.contains("manifest.json") })
    let second = try StoreWriter(directory: store, options: options, fileSystem: disk)
    #expect(second.recovery.isClean)
    #expect(second.counts.articles == 200)
  }
}
