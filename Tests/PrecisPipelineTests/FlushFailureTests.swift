import Dispatch
import Glibc
import Logging
import PrecisConfig
import PrecisModel
import PrecisStore
import PrecisTestLimits
import PrecisTestSupport
import Synchronization
import Testing

@testable import PrecisPipeline

/// A disk whose flushes of the entries, or of the state log, fail while they are told to.
final class DyingDisk: FileSystemOverlay {
  let base: any FileSystem = POSIXFileSystem()
  private let state = Mutex((names: [Int32: String](), failures: 0, folder: "/entries/"))
  private let gate = Mutex<Gate?>(nil)

  /// From now on flushes of the entries wait for `gate`.
  func hold(at gate: Gate) { self.gate.withLock { $0 = gate } }

  func fail(_ count: Int, in folder: String = "/entries/") {
    state.withLock { ($0.failures, $0.folder) = (count, folder) }
  }

  func open(_ path: String, _ access: FileAccess) throws(FileFailure) -> Int32 {
    let descriptor = try base.open(path, access)
    state.withLock { $0.names[descriptor] = path }
    return descriptor
  }

  func synchroniseData(_ descriptor: Int32) throws(FileFailure) {
    let isOfEntries = state.withLock { $0.names[descriptor]?.contains("/entries/") == true }
    if isOfEntries { gate.withLock { $0 }?.wait() }
    let fails = state.withLock { state in
      guard state.failures > 0, state.names[descriptor]?.contains(state.folder) == true else { return false }
      state.failures -= 1
      return true
    }
    if fails { throw FileFailure(code: EIO) }
    try base.synchroniseData(descriptor)
  }
}

@Suite("The engine on a disk that dies and recovers", .mustEnd)
struct FlushFailureTests {
  private static func sync(_ engine: Engine) async -> [FeedReport] {
    let events = AsyncStream<SyncEvent> { stream in
      engine.sync(.all, force: .yes) { event in
        stream.yield(event)
        if case .finished = event { stream.finish() }
      }
    }
    var reports: [FeedReport] = []
    for await case .feed(let report) in events { reports.append(report) }
    return reports
  }

  @Test(
    "what could not be flushed is told as failed; the store is opened anew, and the next sync brings it once")
  func reopened() async throws {
    let items = Mutex(1)
    let server = try LoopbackServer { _ in
      rss(
        (0..<items.withLock { $0 }).map { item in
          "<title>Title \(item)</title><link>http://example.org/\(item)</link><description>"
            + prose(words: 200, seed: item + 1).joined(separator: " ") + "</description>"
        }.joined(separator: "</item><item>"))
    }
    let library = try Library { $0.curation.fetchPages = .never }
    let disk = DyingDisk()
    let engine = try Engine(
      configuration: library.configuration, store: library.store, trigger: .request, version: "0",
      logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }, fileSystem: disk)
    _ = await withCheckedContinuation { done in
      engine.subscribe([Subscription(url: server.url("/"))]) { done.resume(returning: $0) }
    }
    #expect(await Self.sync(engine).map(\.outcome) == [.changed])

    items.withLock { $0 = 3 }
    disk.fail(1)
    let failed = await Self.sync(engine)
    #expect(failed.map(\.outcome) == [.failed])
    #expect(failed.first?.error?.contains("Input/output error") == true)
    #expect(try library.articles().count == 1)

    #expect(await Self.sync(engine).map(\.new) == [2])
    #expect(await Self.sync(engine).map(\.new) == [0])
    await withCheckedContinuation { done in engine.stop { done.resume() } }
    #expect(Set(try library.articles().map(\.title)) == ["Title 0", "Title 1", "Title 2"])
    #expect(try StoreVerifier.verify(directory: library.store).problems.isEmpty)
  }

  private static func engine(_ library: Library, _ disk: DyingDisk, _ trigger: Engine.Trigger) throws
    -> Engine
  {
    try Engine(
      configuration: library.configuration, store: library.store, trigger: trigger, version: "0",
      logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }, fileSystem: disk)
  }

  @Test(
    "a subscription that could not be stored is none: it is not counted, polled or waited for, and can be added again"
  )
  func notSubscribed() async throws {
    let server = try LoopbackServer { _ in rss("<title>T</title><guid>1</guid>") }
    let library = try Library()
    let disk = DyingDisk()
    let engine = try Self.engine(library, disk, .request)
    func subscribe() async -> Result<ImportSummary, EngineError> {
      await withCheckedContinuation { done in
        engine.subscribe([Subscription(url: server.url("/a")), Subscription(url: server.url("/b"))]) {
          done.resume(returning: $0)
        }
      }
    }
    disk.fail(1, in: "/state/")
    guard case .failure(.store(let reason)) = await subscribe() else {
      Issue.record("it was stored")
      return
    }
    #expect(reason.contains("Input/output error"))
    let status = await withCheckedContinuation { done in engine.status { done.resume(returning: $0) } }
    #expect(status.feeds == 0)
    #expect(await Self.sync(engine).isEmpty)
    #expect(server.requests.isEmpty)

    guard case .success(let summary) = await subscribe() else {
      Issue.record("it was not stored")
      return
    }
    #expect(summary.added == 2)
    #expect(await Self.sync(engine).map(\.outcome) == [.changed, .changed])
    await library.stop(engine)
    #expect(try library.feeds().count == 2)
  }

  @Test("a declared feed that could not be stored is taken in once the store takes it")
  func declaredAgain() async throws {
    let server = try LoopbackServer { _ in rss("<title>T</title><guid>1</guid>") }
    let library = try Library()
    let disk = DyingDisk()
    let engine = try Self.engine(library, disk, .schedule)
    engine.start()
    engine.queue.sync { engine.storeRetry = .milliseconds(20) }
    disk.fail(1, in: "/state/")
    var configuration = library.configuration
    configuration.feeds = [DeclaredFeed(url: server.url("/declared"))]
    engine.reload(configuration)
    #expect(await server.waitForRequests(1))
    await library.stop(engine)
    #expect(try library.feeds().map(\.url) == [server.url("/declared")])
  }

  @Test("a sync tells a feed whose state cannot be read as failed, and ends")
  func unreadableState() async throws {
    let server = try LoopbackServer { _ in rss("<title>T</title><guid>1</guid>") }
    let library = try Library()
    let engine = try library.engine(.request)
    await library.subscribe([server.url("/a"), server.url("/b")], on: engine)
    // A bit of the first line flips while the engine runs.
    let descriptor = open(library.store + "/state/000001.ndjson", O_RDWR | O_CLOEXEC)
    try #require(descriptor >= 0)
    defer { close(descriptor) }
    var byte: UInt8 = 0
    try #require(pread(descriptor, &byte, 1, 30) == 1)
    byte ^= 1
    try #require(pwrite(descriptor, &byte, 1, 30) == 1)
    let reports = await Self.sync(engine)
    #expect(reports.map(\.outcome.rawValue).sorted() == ["changed", "failed"])
    #expect(reports.contains { $0.error?.contains("state/000001.ndjson") == true })
    await library.stop(engine)
  }

  @Test("the daemon polls a feed whose articles could not be flushed after the least wait, not after its own")
  func putOff() async throws {
    let gate = Gate()
    // Without validators its own wait is a day.
    let server = try LoopbackServer { _ in
      rss("<title>T</title><guid>1</guid><description>All there is to say.</description>").held(by: gate)
    }
    let library = try Library()
    let disk = DyingDisk()
    let engine = try Engine(
      configuration: library.configuration, store: library.store, trigger: .schedule, version: "0",
      logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }, fileSystem: disk)
    await library.subscribe([server.url("/")], on: engine)
    disk.fail(1)
    async let told = Self.sync(engine)
    #expect(await eventually { engine.queue.sync { !engine.runs.isEmpty } })
    gate.open()
    #expect(await told.map(\.outcome) == [.failed])
    let due = engine.queue.sync { engine.polls.nextDue }
    let wait = try #require(due) - engine.clock()
    #expect(3590...3700 ~= wait)
    await library.stop(engine)
  }

  @Test(
    "a feed under way whose articles went with a group that was forgotten has failed, and is read again in full"
  )
  func forgotten() async throws {
    let items = Mutex(1)
    let gate = Gate()
    let isHeld = Mutex(false)
    let server = try LoopbackServer { _ in
      if isHeld.withLock({ $0 }) { gate.wait() }
      return rss(
        (0..<items.withLock { $0 }).map { item in
          "<title>Title \(item)</title><link>http://example.org/\(item)</link><description>"
            + prose(words: 200, seed: item + 1).joined(separator: " ") + "</description>"
        }.joined(separator: "</item><item>"))
    }
    let library = try Library { $0.curation.fetchPages = .never }
    let engine = try Engine(
      configuration: library.configuration, store: library.store, trigger: .request, version: "0",
      logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    _ = await withCheckedContinuation { done in
      engine.subscribe([Subscription(url: server.url("/"))]) { done.resume(returning: $0) }
    }
    #expect(await Self.sync(engine).map(\.outcome) == [.changed])

    items.withLock { $0 = 3 }
    isHeld.withLock { $0 = true }
    async let told = Self.sync(engine)
    #expect(await eventually { engine.queue.sync { !engine.flights.isEmpty } })
    try engine.queue.sync {
      // As after its first batch, when the store does not take something of another feed.
      for flight in engine.flights.values { flight.batchesTaken = 1 }
      let other = try #require(try engine.writer.state(engine.subscriptions.id(0) ?? FeedID(number: 0)))
      try engine.writer.put(other)
      let waiting = FeedReport(id: other.id, url: other.url, title: "waits", outcome: .changed)
      engine.commits.add(waiting, at: .now)
      engine.writer.rollBack()
      for flight in engine.flights.values { flight.batchesTaken = 0 }
      #expect(engine.commits.takeWaiting().isEmpty)
      #expect(engine.commits.takeLost().map(\.title) == ["waits"])
    }
    isHeld.withLock { $0 = false }
    gate.open()
    #expect(await told.map(\.outcome) == [.failed])

    #expect(await Self.sync(engine).map(\.outcome) != [.failed])
    await withCheckedContinuation { done in engine.stop { done.resume() } }
    #expect(Set(try library.articles().map(\.title)) == ["Title 0", "Title 1", "Title 2"])
    #expect(try library.articles().count == 3)
    #expect(try StoreVerifier.verify(directory: library.store).problems.isEmpty)
  }

  @Test("a commit that fails is told as failed, also where the store is opened anew before anybody has asked")
  func unasked() async throws {
    let server = try LoopbackServer { _ in rss("<title>T</title><guid>1</guid>") }
    let library = try Library { $0.curation.fetchPages = .never }
    let disk = DyingDisk()
    let engine = try Self.engine(library, disk, .request)
    _ = await withCheckedContinuation { done in
      engine.subscribe([Subscription(url: server.url("/"))]) { done.resume(returning: $0) }
    }
    let gate = Gate()
    disk.hold(at: gate)
    async let told = Self.sync(engine)
    #expect(await eventually { engine.queue.sync { engine.commits.isUnderWay } })
    engine.queue.sync {
      disk.fail(1)
      gate.open()
      // As an append does that comes to the end of its file.
      engine.writer.rollBack()
      #expect(engine.writer.isPoisoned)
      engine.reopenStore()
      #expect(!engine.writer.isPoisoned)
    }
    #expect(await told.map(\.outcome) == [.failed])
    #expect(await Self.sync(engine).map(\.new) == [1])
    await withCheckedContinuation { done in engine.stop { done.resume() } }
    #expect(try library.articles().count == 1)
  }

  @Test("a disk that takes long holds up neither other polls nor those who ask")
  func slow() async throws {
    let seen = Mutex(0)
    let server = try LoopbackServer { _ in
      seen.withLock { $0 += 1 }
      return rss("<title>T</title><guid>1</guid>")
    }
    // One at a time, so that the second poll comes after the commit of the first was begun.
    let library = try Library {
      $0.network.concurrency = 1
      $0.curation.fetchPages = .never
    }
    let disk = DyingDisk()
    let engine = try Self.engine(library, disk, .request)
    for path in ["/a", "/b"] {
      _ = await withCheckedContinuation { done in
        engine.subscribe([Subscription(url: server.url(path))]) { done.resume(returning: $0) }
      }
    }
    let gate = Gate()
    disk.hold(at: gate)
    async let told = Self.sync(engine)
    #expect(await eventually { engine.queue.sync { engine.commits.isUnderWay } })
    // The disk works, and yet the other is polled, and the engine's queue answers.
    #expect(
      await eventually { engine.queue.sync { engine.counters.polls == 2 && engine.commits.isUnderWay } })
    #expect(seen.withLock { $0 } == 2)
    #expect(engine.queue.sync { engine.writer.counts.articles } == 0)
    gate.open()
    #expect(await told.map(\.outcome) == [.changed, .changed])
    await withCheckedContinuation { done in engine.stop { done.resume() } }
    #expect(try library.articles().count == 2)
  }
}
