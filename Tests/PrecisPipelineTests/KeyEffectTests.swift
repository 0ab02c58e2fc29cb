import PrecisConfig
import PrecisFetch
import PrecisModel
import PrecisTestLimits
import PrecisTestSupport
import Synchronization
import Testing

@testable import PrecisPipeline

/// Keys of the transfer that would take long here (`connect_timeout`, `minimum_speed`, `max_decompression_ratio`,
/// `ca_bundle`) are tested with the fetcher; the last test says that they reach it.
@Suite("Each key of [schedule], [network] and [[feeds]] has its effect", .mustEnd)
struct KeyEffectTests {
  private static let etag = "\"1\""
  private let hour: Int64 = 3600

  /// A feed with validators and no rhythm, whose waits are the configuration's.
  private static func feed(_ request: RecordedRequest) -> Response {
    var response = Response.conditional(
      request, body: Array("<rss version='2.0'><channel><title>F</title></channel></rss>".utf8), etag: etag)
    if request.path == "/410" { response = Response(410) }
    if request.path == "/500" { response = Response(500) }
    return response
  }

  /// Seconds from the last poll to the next, and why.
  private func wait(
    _ path: String = "/feed", syncs: Int = 1, declared: ((inout DeclaredFeed) -> Void)? = nil,
    _ change: @escaping (inout Configuration) -> Void
  ) async throws -> (seconds: Int64, reason: String) {
    let server = try LoopbackServer(answer: Self.feed)
    let library = try Library { configuration in
      configuration.schedule.jitter = 0
      change(&configuration)
      if let declared {
        var feed = DeclaredFeed(url: server.url(path))
        declared(&feed)
        configuration.feeds = [feed]
      }
    }
    for _ in 0..<syncs { try await library.sync([server.url(path)]) }
    let state = try #require(try library.feeds().first)
    let polled = try #require(state.lastPolled)
    return (try #require(state.nextDue) - polled, state.dueReason?.rawValue ?? "")
  }

  @Test("schedule.default_interval, minimum_interval and maximum_interval bound the wait")
  func intervals() async throws {
    // The second poll: the first one parts feeds by up to a whole wait.
    let standard = try await wait(syncs: 2) { $0.schedule.defaultInterval = .seconds(7200) }
    #expect(standard.seconds >= 2 * hour && standard.seconds <= 4 * hour)
    let least = try await wait(syncs: 2) { $0.schedule.minimumInterval = .seconds(30_000) }
    #expect(least.seconds >= 30_000)
    let most = try await wait(syncs: 2) {
      $0.schedule.defaultInterval = .seconds(80_000)
      $0.schedule.maximumInterval = .seconds(5000)
    }
    #expect(most.seconds <= 5001)
  }

  @Test("schedule.jitter moves a poll back at random, 0 not at all")
  func jitter() async throws {
    let none = try await wait(declared: { $0.interval = .seconds(40_000) }) { $0.schedule.jitter = 0 }
    #expect(none.seconds <= 40_001)
    var seen: Set<Int64> = []
    for _ in 0..<4 {
      let some = try await wait(declared: { $0.interval = .seconds(40_000) }) { $0.schedule.jitter = 50 }
      #expect(some.seconds >= 40_000 && some.seconds <= 60_000)
      seen.insert(some.seconds)
    }
    #expect(seen.count > 1)
  }

  @Test("schedule.backoff_initial and backoff_maximum bound the wait after a failure")
  func backoff() async throws {
    let failing = try await wait("/500", syncs: 3) { $0.schedule.backoffMaximum = .seconds(60) }
    #expect(failing.seconds >= hour && failing.seconds <= hour + 60 && failing.reason == "backoff")
    let gone = FullPort.url
    let library = try Library { $0.schedule.backoffInitial = .seconds(10) }
    try await library.sync([gone])
    let state = try #require(try library.feeds().first)
    let due = try #require(state.nextDue) - (try #require(state.lastPolled))
    #expect(due >= hour && due <= hour + 10 && state.failure?.kind == "connect")
  }

  @Test("feeds.interval stands in the place of the rhythm")
  func interval() async throws {
    let fixed = try await wait(declared: { $0.interval = .seconds(6 * 3600) }) { _ in }
    #expect(fixed.seconds == 6 * hour || fixed.seconds == 6 * hour + 1)
    #expect(fixed.reason == "configured interval")
    let short = try await wait(declared: { $0.interval = .seconds(60) }) { _ in }
    #expect(short.seconds >= hour)
  }

  @Test("feeds.title and folder name the feed, also where the configuration changes them later")
  func names() async throws {
    let server = try LoopbackServer(answer: Self.feed)
    let directory = try TemporaryDirectory()
    for (title, folder) in [("One", "A"), ("Two", "B/C")] {
      let library = try Library(in: directory) { configuration in
        var feed = DeclaredFeed(url: server.url("/feed"))
        (feed.title, feed.folder) = (title, folder)
        configuration.feeds = [feed]
      }
      try await library.sync([server.url("/feed")])
      let state = try #require(try library.feeds().first)
      #expect(state.titleOverride == title && state.folder == folder)
    }
  }

  @Test(
    "feeds.user_agent, credentials and max_body go before the general settings, however the address is written"
  )
  func feedRequests() async throws {
    let server = try LoopbackServer(answer: Self.feed)
    let directory = try TemporaryDirectory()
    let secret = try directory.write("reader:secret\n", to: "secret")
    let library = try Library { configuration in
      configuration.network.userAgent = "General/1"
      var feed = DeclaredFeed(url: server.url("/a/../feed").replacing("http://", with: "HTTP://"))
      feed.userAgent = "Special/2"
      feed.credentials = .file(secret)
      feed.maxBody = ByteSize(bytes: 1024)
      configuration.feeds = [feed]
    }
    try await library.sync([server.url("/feed"), server.url("/other")])
    let request = try #require(server.requests.first { $0.path == "/feed" })
    #expect(request.header("User-Agent") == "Special/2")
    #expect(request.header("Authorization") == "Basic cmVhZGVyOnNlY3JldA==")
    let other = try #require(server.requests.first { $0.path == "/other" })
    #expect(other.header("User-Agent") == "General/1" && other.header("Authorization") == nil)
    let large = try LoopbackServer { _ in rss("<title>\(String(repeating: "x", count: 2000))</title>") }
    let bounded = try Library { configuration in
      var feed = DeclaredFeed(url: large.url("/feed"))
      feed.maxBody = ByteSize(bytes: 1024)
      configuration.feeds = [feed]
    }
    let reports = try await bounded.sync([large.url("/feed"), large.url("/other")])
    #expect(reports[large.url("/feed")]?.outcome == .failed)
    #expect(reports[large.url("/other")]?.outcome == .changed)
  }

  @Test("network.max_body, max_redirects and max_entries bound a document")
  func bounds() async throws {
    let server = try LoopbackServer { request in
      request.path.count < 5
        ? .redirect(302, to: request.path + "x")
        : rss("<title>1</title>", "<title>2</title>", "<title>3</title>")
    }
    let redirects = try Library { $0.network.maxRedirects = 2 }
    #expect(try await redirects.sync([server.url("/")]).values.first?.outcome == .failed)
    let body = try Library { $0.network.maxBody = ByteSize(bytes: 100) }
    #expect(try await body.sync([server.url("/")]).values.first?.outcome == .failed)
    let entries = try Library { $0.network.maxEntries = 2 }
    let report = try await entries.sync([server.url("/")]).values.first
    #expect(report?.error?.contains("more than 2 entries") == true)
    #expect(report?.error?.contains("raise network.max_entries") == true)
    #expect(try entries.articles().count == 2)
  }

  @Test(
    "network.concurrency and per_host bound what is asked for at once",
    arguments: [(3, 1, 9, 3), (9, 1, 1, 1), (9, 4, 1, 4)])
  func concurrency(_ concurrency: Int, _ perHost: Int, _ hosts: Int, _ peak: Int) async throws {
    let gates = (0..<9).map { _ in Gate() }
    let asked = Mutex(0)
    let server = try LoopbackServer { request in
      let number = asked.withLock { count in
        count += 1
        return count - 1
      }
      return Self.feed(request).held(by: gates[min(number, 8)])
    }
    let library = try Library { configuration in
      configuration.network.concurrency = concurrency
      configuration.network.perHost = perHost
    }
    async let reports = library.syncTogether(
      (0..<9).map { "http://h\($0 % hosts).localhost:\(server.port)/\($0)" })
    // Always as many are under way as may be; one more would be seen.
    for number in 0..<9 {
      #expect(await server.waitForRequests(min(9, number + peak)))
      gates[number].open()
    }
    #expect(try await reports.count == 9)
    #expect(server.peakConcurrency == peak)
  }

  @Test("network.spacing parts the starts of two requests to a host")
  func spacing() async throws {
    let server = try LoopbackServer(answer: Self.feed)
    let library = try Library { $0.network.spacing = .seconds(2) }
    try await library.syncTogether([server.url("/1"), server.url("/2")])
    let times = server.requests.map(\.arrival)
    try #require(times.count == 2)
    // Moments are whole seconds.
    #expect(times[1] - times[0] >= .seconds(1))
  }

  @Test("network.timeout and proxy reach the transfer")
  func transfer() async throws {
    let hang = try LoopbackServer { _ in Response(body: .hang) }
    let late = try Library { $0.network.timeout = .seconds(1) }
    let report = try #require(try await late.sync([hang.url("/")]).values.first)
    #expect(report.outcome == .failed && report.milliseconds < 20_000)
    let proxy = try LoopbackServer(answer: Self.feed)
    let through = try Library { $0.network.proxy = proxy.url("").dropLastSlash }
    try await through.sync(["http://feed.example/x"])
    #expect(proxy.requests.first?.target == "http://feed.example/x")
  }
}

extension KeyEffectTests {
  @Test("what the fetcher goes by is what the configuration says")
  func reachesFetcher() {
    var configuration = Configuration()
    configuration.network.connectTimeout = .milliseconds(1234)
    configuration.network.minimumSpeed = ByteSize(bytes: 77)
    configuration.network.maxDecompressionRatio = 7
    configuration.network.caBundle = "/ca.pem"
    configuration.network.allowAddresses = ["10.0.0.0/8"]
    let fetch = FetchConfiguration(configuration, version: "0")
    #expect(fetch.connectTimeout == .milliseconds(1234) && fetch.minimumSpeed == 77)
    #expect(fetch.maxDecompressionRatio == 7 && fetch.caBundle == "/ca.pem")
    #expect(fetch.allowAddresses.map(\.description) == ["10.0.0.0/8"])
  }
}

/// An address at which nobody listens.
private enum FullPort { static let url = "http://127.0.0.1:1/" }

extension String {
  fileprivate var dropLastSlash: String { hasSuffix("/") ? String(dropLast()) : self }

  fileprivate func replacing(_ start: String, with other: String) -> String {
    hasPrefix(start) ? other + dropFirst(start.count) : self
  }
}
