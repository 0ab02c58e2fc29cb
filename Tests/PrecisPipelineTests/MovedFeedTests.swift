import PrecisModel
import PrecisPipeline
import PrecisTestLimits
import PrecisTestSupport
import Testing

@Suite("Feeds that move", .mustEnd)
struct MovedFeedTests {
  /// `/old` has moved to `/new` for good.
  private static func server() throws -> LoopbackServer {
    try LoopbackServer { request in
      request.path == "/old"
        ? .redirect(301, to: "/new")
        : rss("<title>T</title><guid>1</guid><description>All of it.</description>")
    }
  }

  /// The clocks of a day.
  private static func clocks(day: Int64) -> Clocks {
    let now = Timestamp(seconds: 1_795_521_600 + day * 86_400)
    return Clocks(wall: { now }, sinceBoot: { day * 86_400 }, awake: { day * 86_400 })
  }

  /// Polls a feed on as many days, in a process each.
  private func poll(_ url: String, days: Range<Int64>, in library: Library, with others: [String] = [])
    async throws
  {
    for day in days {
      let engine = try library.engine(.request, clocks: Self.clocks(day: day))
      await library.subscribe(day == 0 ? others + [url] : [], on: engine)
      for await _ in library.events(of: [url], on: engine) {}
      await library.stop(engine)
    }
  }

  @Test("a feed that moved to the address of another subscription is polled no more")
  func collision() async throws {
    let server = try Self.server()
    let library = try Library()
    try await poll(server.url("/old"), days: 0..<5, in: library, with: [server.url("/new")])
    let feeds = try library.feeds()
    #expect(feeds.first { $0.subscribedURL == server.url("/old") }?.status == .merged)
    #expect(feeds.first { $0.subscribedURL == server.url("/new") }?.status == .active)
    let asked = server.requests.count
    try await poll(server.url("/old"), days: 5..<6, in: library)
    #expect(server.requests.count == asked)
  }

  @Test("a feed that moved is polled at its new address, and removed it leaves none behind")
  func moved() async throws {
    let server = try Self.server()
    let library = try Library()
    try await poll(server.url("/old"), days: 0..<5, in: library)
    let feed = try #require(try library.feeds().first)
    #expect(feed.url == server.url("/new") && feed.subscribedURL == server.url("/old"))
    try await poll(server.url("/old"), days: 5..<6, in: library)
    #expect(server.requests.map(\.path).suffix(2) == ["/new", "/new"])

    let engine = try library.engine(.request, clocks: Self.clocks(day: 6))
    _ = await withCheckedContinuation { done in
      engine.unsubscribe(server.url("/new")) { done.resume(returning: $0) }
    }
    let again = await withCheckedContinuation { done in
      engine.subscribe([Subscription(url: server.url("/new"))]) { done.resume(returning: $0) }
    }
    await library.stop(engine)
    #expect(try again.get().added == 1)
  }
}
