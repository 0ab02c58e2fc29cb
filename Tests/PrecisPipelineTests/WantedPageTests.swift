import PrecisConfig
import PrecisModel
import PrecisTestLimits
import PrecisTestSupport
import Testing

@testable import PrecisPipeline

@Suite("Pages that wait for their host", .mustEnd)
struct WantedPageTests {
  /// A feed of so many teasers of pages beside it.
  private static func feed(_ request: RecordedRequest, of pages: [String]) -> Response {
    let host = request.header("Host") ?? ""
    let items = pages.map { page in
      """
      <item><title>On \(page)</title><link>http://\(host)/\(page)</link><guid>\(page)</guid>
      <category>Waterways</category>
      <description>The \(page) garden engine is only the beginning of it [&#8230;]</description></item>
      """
    }
    return .ok("<rss version='2.0'><channel><title>F</title>\(items.joined())</channel></rss>")
  }

  private static func page(_ path: String) -> Response {
    let text = prose(words: 400, seed: path.utf8.reduce(1) { $0 &* 31 &+ Int($1) })
    return .ok(
      """
      <!DOCTYPE html><html lang="en"><head><title>\(path)</title></head><body><article><h1>\(path)</h1>
      \(text.map { "<p>\($0)</p>" }.joined())</article></body></html>
      """, type: "text/html")
  }

  @Test("pages and feeds of a host take turns, one at a time and spaced")
  func spaced() async throws {
    let server = try LoopbackServer { request in
      switch request.path {
      case "/a": Self.feed(request, of: ["one", "two"])
      case "/b": Self.feed(request, of: ["three"])
      default: Self.page(request.path)
      }
    }
    let library = try Library { $0.network.spacing = .seconds(1) }
    let start = ContinuousClock.now
    try await library.syncTogether([server.url("/a"), server.url("/b")])
    #expect(Set(server.requests.map(\.path)) == ["/a", "/b", "/one", "/two", "/three"])
    #expect(server.peakConcurrency == 1)
    let arrivals = server.requests.map(\.arrival)
    // The server's thread may have been late for the first of two; for the start nobody was.
    for (first, second) in zip(arrivals, arrivals.dropFirst()) {
      #expect(second - first > .milliseconds(500))
    }
    for (number, arrival) in arrivals.enumerated() { #expect(arrival - start > .seconds(number)) }
    #expect(try library.articles().map { $0.content?.isExtracted } == [true, true, true])
  }

  @Test(
    "a teaser is stored and told at once; a page that Precis did not get to read is read by the next process")
  func restart() async throws {
    let gate = Gate()
    let server = try LoopbackServer { request in
      request.path == "/feed" ? Self.feed(request, of: ["one"]) : Self.page(request.path).held(by: gate)
    }
    let library = try Library()
    let first = try library.engine(.request)
    await library.subscribe([server.url("/feed")], on: first)
    for await case .feed(let report) in library.events(of: [server.url("/feed")], on: first) {
      #expect(report.new == 1)
      break
    }
    let teaser = try #require(try library.articles().first)
    #expect(teaser.wordCount < 20)
    #expect(try library.feeds().first?.wantedPages.map(\.article) == [teaser.id])
    await library.stop(first)
    #expect(try library.feeds().first?.wantedPages.count == 1)

    gate.open()
    let second = try library.engine(.schedule)
    second.start()
    for await _ in library.events(of: [server.url("/feed")], on: second) {}
    await library.stop(second)
    let article = try #require(try library.articles().first)
    #expect(article.content?.isExtracted == true)
    #expect(article.id == teaser.id)
    #expect(article.revision == 1)
    #expect(article.topics.contains("Waterways"))
    #expect(try library.feeds().first?.wantedPages.isEmpty == true)
    #expect(try library.articles().count == 1)
  }

  @Test("the spacing of a host holds over a restart")
  func spacedOverRestart() async throws {
    let server = try LoopbackServer { request in
      rss("<title>T</title><guid>\(request.path)</guid><description>All there is to say.</description>")
    }
    let library = try Library { $0.network.spacing = .seconds(2) }
    let start = ContinuousClock.now
    try await library.sync([server.url("/a")])
    let daemon = try library.engine(.schedule)
    daemon.start()
    await library.subscribe([server.url("/b")], on: daemon)
    for await _ in library.events(of: [server.url("/b")], on: daemon) {}
    await library.stop(daemon)
    try #require(server.requests.map(\.path).prefix(2) == ["/a", "/b"])
    #expect(server.requests[1].arrival - start > .seconds(2))
  }

  @Test("a page's text is curated as if it had come with the feed")
  func curated() async throws {
    let server = try LoopbackServer { request in
      request.path == "/feed" ? Self.feed(request, of: ["one"]) : Self.page(request.path)
    }
    let library = try Library()
    try await library.sync([server.url("/feed")])
    let article = try #require(try library.articles().first)
    let text = try #require(article.content?.text)
    #expect(article.summary?.isEmpty == false)
    for (key, provenance) in article.provenance {
      for quote in provenance.quotes {
        let bytes = Array(text.utf8.dropFirst(quote.offset).prefix(quote.text.utf8.count))
        #expect(String(decoding: bytes, as: UTF8.self) == quote.text, "\(key)")
      }
    }
  }

  @Test("a host that asks for rest at a page gets it, from its feeds too, and over a restart")
  func askedForRest() async throws {
    let server = try LoopbackServer { request in
      switch request.path {
      case "/feed": Self.feed(request, of: ["one", "two"])
      case "/other": rss("<title>T</title><guid>1</guid><description>All there is to say.</description>")
      default: Response(429).with("Retry-After", "7200")
      }
    }
    let library = try Library()
    var summaries: [SyncSummary] = []
    for _ in 0..<2 {
      let engine = try library.engine(.request)
      await library.subscribe([server.url("/feed")], on: engine)
      if !summaries.isEmpty { await library.subscribe([server.url("/other")], on: engine) }
      let feeds = summaries.isEmpty ? ["/feed"] : ["/feed", "/other"]
      for await case .finished(let end) in library.events(
        of: feeds.map { server.url($0) }, on: engine, force: .no)
      {
        summaries.append(end)
      }
      await library.stop(engine)
    }
    #expect(server.requests.map(\.path) == ["/feed", "/one"])
    #expect(summaries.map(\.pagesLeft) == [2, 2])
    #expect(summaries.map(\.deferred) == [0, 2])
    #expect(summaries.map(\.new) == [2, 0])
  }

  @Test("a host that a page's redirect leads to gets the rest that it asks for, too")
  func redirectedToRest() async throws {
    let tired = try LoopbackServer { _ in Response(429).with("Retry-After", "7200") }
    let server = try LoopbackServer { request in
      request.path == "/feed" ? Self.feed(request, of: ["one"]) : .redirect(302, to: tired.url("/page"))
    }
    let library = try Library()
    let engine = try library.engine(.request)
    await library.subscribe([server.url("/feed"), tired.url("/feed")], on: engine)
    for await _ in library.events(of: [server.url("/feed")], on: engine) {}
    var outcome: FeedReport.Outcome?
    for await case .feed(let report) in library.events(of: [tired.url("/feed")], on: engine, force: .no) {
      outcome = report.outcome
    }
    await library.stop(engine)
    #expect(outcome == .deferred)
    #expect(tired.requests.map(\.path) == ["/page"])
  }

  @Test("after three pages that cannot be had the others of the feed are given up")
  func failures() async throws {
    let server = try LoopbackServer { request in
      request.path == "/feed"
        ? Self.feed(request, of: ["one", "two", "three", "four", "five"]) : Response(500)
    }
    let library = try Library()
    try await library.sync([server.url("/feed")])
    #expect(server.requests.map(\.path) == ["/feed", "/one", "/two", "/three"])
    #expect(try library.feeds().first?.wantedPages.isEmpty == true)
  }

  @Test("of whatever hosts, few pages lie in memory at once")
  func atOnce() async throws {
    let gate = Gate()
    let server = try LoopbackServer { request in
      guard request.path.hasPrefix("/feed") else { return Self.page(request.path).held(by: gate) }
      let port = request.header("Host")?.split(separator: ":").last ?? ""
      let items = (0..<10).map { number in
        let page = "http://\(request.path.dropFirst())-\(number).localhost:\(port)/page"
        return
          "<title>On \(page)</title><link>\(page)</link><guid>\(page)</guid><description>On […]</description>"
      }
      return rss(items.joined(separator: "</item><item>"))
    }
    let library = try Library()
    let engine = try library.engine(.request)
    let feeds = (0..<3).map { server.url("/feed\($0)") }
    await library.subscribe(feeds, on: engine)
    let events = library.events(of: feeds, on: engine)
    #expect(await server.waitForRequests(feeds.count + PageVisit.limit))
    // The third feed may still be on its way.
    let status = await withCheckedContinuation { done in engine.status { done.resume(returning: $0) } }
    #expect(status.inFlight <= PageVisit.limit + 1)
    gate.open()
    for await _ in events {}
    await library.stop(engine)
    #expect(server.requests.count == 33)
  }

  @Test("a sync waits for pages as long as it has patience; the next one reads what is left")
  func patience() async throws {
    let gate = Gate()
    let server = try LoopbackServer { request in
      request.path == "/feed"
        ? Self.feed(request, of: ["one", "two"]) : Self.page(request.path).held(by: gate)
    }
    let library = try Library()
    let engine = try library.engine(.request)
    engine.queue.sync { engine.pagePatience = 1 }
    await library.subscribe([server.url("/feed")], on: engine)
    var summaries: [SyncSummary] = []
    for await case .finished(let end) in library.events(of: [server.url("/feed")], on: engine) {
      summaries.append(end)
    }
    // The first page has not come, though it was asked for.
    #expect(server.requests.map(\.path) == ["/feed", "/one"])
    gate.open()
    engine.queue.sync { engine.pagePatience = 60 }
    for await case .finished(let end) in library.events(of: [server.url("/feed")], on: engine) {
      summaries.append(end)
    }
    await library.stop(engine)
    #expect(summaries.map(\.pagesLeft) == [2, 0])
    #expect(try #require(summaries.first).milliseconds >= 1000)
    #expect(try library.articles().map { $0.content?.isExtracted } == [true, true])
  }

  @Test("at most ten pages of a poll are read")
  func limit() async throws {
    let server = try LoopbackServer { request in
      request.path == "/feed"
        ? Self.feed(request, of: (0..<14).map { "page\($0)" }) : Self.page(request.path)
    }
    let library = try Library()
    try await library.sync([server.url("/feed")])
    #expect(server.requests.count == 11)
    #expect(try library.articles().count == 14)
  }

  @Test("pages of a feed that was unsubscribed are not read")
  func unsubscribed() async throws {
    let gate = Gate()
    let server = try LoopbackServer { request in
      switch request.path {
      case "/feed": Self.feed(request, of: ["one", "two"])
      case "/feed2": Self.feed(request, of: [])
      default: Self.page(request.path).held(by: gate)
      }
    }
    let library = try Library()
    let engine = try library.engine(.request)
    await library.subscribe([server.url("/feed")], on: engine)
    for await case .feed in library.events(of: [server.url("/feed")], on: engine) { break }
    _ = await withCheckedContinuation { done in
      engine.unsubscribe(server.url("/feed")) { done.resume(returning: $0) }
    }
    await library.subscribe([server.url("/feed2")], on: engine)
    gate.open()
    // Twice: what waited for the host would have its turn before the second.
    for _ in 0..<2 { for await _ in library.events(of: [server.url("/feed2")], on: engine) {} }
    await library.stop(engine)
    #expect(!server.requests.map(\.path).contains("/two"))
    #expect(try library.articles().count == 2)
  }

  @Test("a page with the text of an article of another feed becomes a sighting of that")
  func nearDuplicate() async throws {
    let text = prose(words: 400, seed: 7)
    let server = try LoopbackServer { request in
      switch request.path {
      case "/feed": return Self.feed(request, of: ["one"])
      case "/whole":
        return rss(
          """
          <title>On one</title><link>http://\(request.header("Host") ?? "")/1</link><guid>w</guid>
          <description>\(text.map { "&lt;p&gt;\($0)&lt;/p&gt;" }.joined())</description>
          """)
      default:
        return .ok(
          """
          <html lang="en"><head><title>On one</title></head><body><article><h1>On one</h1>
          \(text.map { "<p>\($0)</p>" }.joined())</article></body></html>
          """, type: "text/html")
      }
    }
    let library = try Library()
    let elsewhere = "http://elsewhere.localhost:\(server.port)"
    try await library.sync([elsewhere + "/whole", server.url("/feed")])
    let articles = try library.articles()
    #expect(articles.map(\.url) == [elsewhere + "/1"])
    #expect(articles.first?.duplicates.map(\.url) == [server.url("/one")])
    // Its feed brings nothing new later.
    let again = try await library.sync([server.url("/feed")])
    #expect(again.values.first?.outcome == .unchanged)
    #expect(try library.articles().count == 1)
  }
}
