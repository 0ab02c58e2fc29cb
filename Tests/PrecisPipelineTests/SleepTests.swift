import Logging
import PrecisConfig
import PrecisModel
import PrecisPipeline
import PrecisTestLimits
import PrecisTestSupport
import Synchronization
import Testing

@Suite("What falls due together", .mustEnd)
struct SleepTests {
  /// Clocks that a test sets.
  private final class Hands: Sendable {
    private let state = Mutex((wall: Int64(1_795_521_600), sinceBoot: Int64(1000), awake: Int64(1000)))
    func turn(wall: Int64 = 0, sinceBoot: Int64 = 0, awake: Int64 = 0) {
      state.withLock { hands in
        hands.wall += wall
        hands.sinceBoot += sinceBoot
        hands.awake += awake
      }
    }
    var clocks: Clocks {
      Clocks(
        wall: { Timestamp(seconds: self.state.withLock { $0.wall }) },
        sinceBoot: { self.state.withLock { $0.sinceBoot } }, awake: { self.state.withLock { $0.awake } })
    }
  }

  private let feeds = 20
  private let day: Int64 = 86_400

  private func engine(_ library: Library, _ hands: Hands, _ trigger: Engine.Trigger) throws -> Engine {
    try Engine(
      configuration: library.configuration, store: library.store, trigger: trigger, version: "0",
      logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }, clocks: hands.clocks)
  }

  private func sync(_ engine: Engine, _ selection: Engine.Selection) async {
    await withCheckedContinuation { done in
      engine.sync(selection, force: .yes) { if case .finished = $0 { done.resume() } }
    }
  }

  /// Twenty hosts with a feed each, polled once by an engine that rests now.
  private struct Rested {
    let server: LoopbackServer
    let library: Library
    let hands: Hands
    let engine: Engine
    let urls: [String]
  }

  private func rested() async throws -> Rested {
    let server = try LoopbackServer { request in
      .conditional(
        request, body: Array("<rss version='2.0'><channel><title>F</title></channel></rss>".utf8),
        etag: "\"1\"")
    }
    let library = try Library()
    let hands = Hands()
    let engine = try engine(library, hands, .schedule)
    let urls = (0..<feeds).map { "http://h\($0).localhost:\(server.port)/" }
    _ = await withCheckedContinuation { done in
      engine.subscribe(urls.map { Subscription(url: $0) }) { done.resume(returning: $0) }
    }
    await sync(engine, .all)
    return Rested(server: server, library: library, hands: hands, engine: engine, urls: urls)
  }

  /// Turns the hands while an engine rests, asks for one feed, and gives how many were polled besides.
  private func polledBesides(_ turn: (Hands) -> Void, restart: Bool = false) async throws -> Int {
    let rested = try await rested()
    let (server, library, hands, urls) = (rested.server, rested.library, rested.hands, rested.urls)
    var engine = rested.engine
    // A new subscription is polled at once, which may be over before the sync asks for it again.
    let before = server.requests.count
    if restart {
      await withCheckedContinuation { done in engine.stop { done.resume() } }
      turn(hands)
      engine = try self.engine(library, hands, .schedule)
    } else {
      turn(hands)
    }
    engine.start()
    // The poll of this one turns the engine; what it begins besides is on its way before the second one ends.
    await sync(engine, .named([urls[0]]))
    await sync(engine, .named([urls[0]]))
    await withCheckedContinuation { done in engine.stop { done.resume() } }
    return server.requests.count - before - 2
  }

  @Test("feeds that fell due while the machine slept do not come as a burst, whatever wakes the engine first")
  func slept() async throws {
    let besides = try await polledBesides { $0.turn(wall: 2 * day, sinceBoot: 2 * day) }
    #expect(besides <= 2)
  }

  @Test(
    "the end of a sleep wakes the daemon, which polls what fell due",
    .enabled(
      if: WallClock.canBeSet, "the wall clock cannot be set here, which would stand for a sleep's end"))
  func woken() async throws {
    let rested = try await rested()
    let before = rested.server.requests.count
    rested.hands.turn(wall: 2 * day, sinceBoot: 2 * day)
    // What fell due is spread from then on.
    let isWoken = await eventually {
      #expect(WallClock.set())
      rested.hands.turn(wall: 1, sinceBoot: 1, awake: 1)
      return rested.server.requests.count > before
    }
    #expect(isWoken)
    await withCheckedContinuation { done in rested.engine.stop { done.resume() } }
  }

  @Test("feeds that fell due while the daemon was down do not come as a burst")
  func restarted() async throws {
    let besides = try await polledBesides({ $0.turn(wall: 2 * day, sinceBoot: 2 * day) }, restart: true)
    #expect(besides <= 2)
  }

  @Test("a clock that is set, by however much, brings no feed sooner", arguments: [2, -2, 3650])
  func clockSet(days: Int64) async throws {
    #expect(try await polledBesides { $0.turn(wall: days * day) } == 0)
  }

  @Test("time that passes awake brings what is due")
  func awake() async throws {
    let besides = try await polledBesides { $0.turn(wall: 2 * day, sinceBoot: 2 * day, awake: 2 * day) }
    // The first feed is due, too: it may be polled for that before it is asked for, where something else wakes the daemon.
    #expect((feeds - 1...feeds).contains(besides))
  }
}
