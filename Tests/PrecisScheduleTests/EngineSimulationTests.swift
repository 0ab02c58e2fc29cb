import Glibc
import Logging
import PrecisConfig
import PrecisModel
import PrecisStore
import PrecisTestLimits
import PrecisTestSupport
import Testing

@testable import PrecisPipeline

/// A disk that is not waited for: what is tested here is when feeds are polled.
private struct HastyDisk: FileSystemOverlay {
  let base: any FileSystem = POSIXFileSystem()
  func synchroniseData(_ descriptor: Int32) {}
  func synchroniseDirectory(_ path: String) {}
}

/// The whole engine over thirty days: its clock is set, its server is real, its store is on the disk.
@Suite("Thirty days of the engine", .mustEnd)
struct EngineSimulationTests {
  private let directory: TemporaryDirectory
  private let clock = SetClock(SimulatedWeb.start)
  private let site: SimulatedSite
  private let server: LoopbackServer
  private let configuration: Configuration

  init() throws {
    directory = try TemporaryDirectory()
    site = SimulatedSite(clock)
    server = try site.server()
    var configuration = Configuration()
    configuration.network.allowAddresses = ["127.0.0.0/8", "::1/128"]
    configuration.curation.enabled = false
    self.configuration = configuration
  }

  private func engine() throws -> Engine {
    let clock = clock
    let seconds: @Sendable () -> Int64 = { clock.now - SimulatedWeb.start + 1000 }
    var clocks = Clocks(wall: { clock.now }, sinceBoot: seconds, awake: seconds)
    clocks.milliseconds = { UInt32(truncatingIfNeeded: seconds() * 1000) }
    return try Engine(
      configuration: configuration, store: directory.file("store"), trigger: .schedule, version: "0",
      logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }, fileSystem: HastyDisk(), clocks: clocks
    )
  }

  /// Lets the engine do all that falls due up to a moment; the clock goes on once nothing is under way.
  private func run(_ engine: Engine, until end: Timestamp) async {
    while true {
      engine.queue.sync { engine.pump() }
      while !(engine.queue.sync { engine.flights.isEmpty && engine.commits.isEmpty }) {
        try? await Task.sleep(for: .microseconds(200))
      }
      guard let due = engine.queue.sync(execute: { engine.polls.nextDue }), due < end else { break }
      clock.now = max(due, clock.now)
    }
    clock.now = max(end, clock.now)
  }

  private func stop(_ engine: Engine) async {
    await withCheckedContinuation { done in engine.stop { done.resume() } }
  }

  @Test("200 feeds on 20 hosts, a restart every day: no rule of a good guest is broken")
  func thirtyDays() async throws {
    var engine = try engine()
    let urls = (0..<200).map { site.url(SimulatedWeb.url(of: $0)) }
    _ = await withCheckedContinuation { [engine] done in
      engine.subscribe(urls.map { Subscription(url: $0) }) { done.resume(returning: $0) }
    }
    for day in 0..<30 as Range<Int64> {
      let begin = SimulatedWeb.start + day * 86_400
      await run(engine, until: begin + (20_000 + day * 1777))
      await stop(engine)
      engine = try self.engine()
      await run(engine, until: begin + 86_400)
    }
    await stop(engine)
    let web = site.web
    server.stop()
    #expect(web.violations == [])
    #expect(web.requests > 20_000)

    let states = Dictionary(
      try StoreReader(directory: directory.file("store")).feeds().map { ($0.subscribedURL, $0) },
      uniquingKeysWith: { first, _ in first })
    for (feed, url) in urls.enumerated() {
      let manner = SimulatedWeb.manner(of: feed)
      let state = try #require(states[url])
      switch manner {
      case .gone: #expect(state.status == .gone)
      case .moved: #expect(state.url == site.url(SimulatedWeb.target(of: feed)))
      case .temporary, .flapping: #expect(state.url == url)
      default: break
      }
      // One unconditional request for each address that gives validators.
      let whole = web.unconditional[feed] ?? 0
      switch manner {
      case .both, .etagOnly, .dateOnly, .newETagWithEvery304, .maxAge, .absurdMaxAge, .ttl, .skipHours,
        .syDaily,
        .sameBody, .fast:
        #expect(whole == 1, "\(manner) \(feed)")
      default: break
      }
    }
  }
}
