import PrecisConfig
import PrecisHTML
import Logging
import PrecisModel
import PrecisTestLimits
import PrecisTestSupport
import Testing

@testable import PrecisPipeline

@Suite("Pages of teasers", .mustEnd)
struct TeaserPageTests {
  private static func page(status: Int = 200) -> Response {
    let text = prose(words: 400).map { "<p>\($0) \($0)</p>" }.joined(separator: "\n")
    var page = Response.ok(
      """
      <!DOCTYPE html><html lang="en"><head><title>On rivers</title></head><body><nav><a href="/">Home</a></nav>
      <article><h1>On rivers</h1>\(text)</article><footer>All rights reserved</footer></body></html>
      """, type: "text/html")
    page.status = status
    return page
  }

  private static func server(pageStatus: Int = 200) throws -> LoopbackServer {
    try LoopbackServer { request in
      guard request.path == "/feed" else { return page(status: pageStatus) }
      let host = request.header("Host") ?? ""
      return rss(
        """
        <title>On rivers</title><link>http://\(host)/rivers</link><guid>r1</guid>
        <description>The river garden engine is only the beginning of it [&#8230;]</description>
        """)
    }
  }

  @Test("The page of a teaser is fetched once, and its text is stored as extracted")
  func extracted() async throws {
    let server = try Self.server()
    let library = try Library()
    let first = try await library.sync([server.url("/feed")])
    let article = try #require(try library.articles().first)
    #expect(first.values.first?.new == 1)
    #expect(article.content?.isExtracted == true)
    #expect(article.wordCount > 400)
    #expect(article.content?.text.contains("All rights reserved") == false)

    let second = try await library.sync([server.url("/feed")])
    #expect(second.values.first?.outcome == .unchanged)
    #expect(try library.articles() == [article])
    #expect(server.requests.map(\.path) == ["/feed", "/rivers", "/feed"])
  }

  @Test("A page that cannot be had leaves the teaser and a note")
  func missingPage() async throws {
    let server = try Self.server(pageStatus: 500)
    let library = try Library()
    let engine = try library.engine(.request)
    await library.subscribe([server.url("/feed")], on: engine)
    var events: [SyncEvent] = []
    for await event in library.events(of: [server.url("/feed")], on: engine) { events.append(event) }
    await library.stop(engine)
    let article = try #require(try library.articles().first)
    #expect(article.content?.isExtracted != true)
    guard case .page(let page)? = events.dropLast().last, case .finished(let summary)? = events.last else {
      return #expect(Bool(false), "no page was told of: \(events)")
    }
    #expect(page.url == server.url("/rivers"))
    #expect(page.error?.contains("500") == true)
    #expect(summary.new == 1)
    #expect(summary.pages == 0)
    // It is not tried again.
    try await library.sync([server.url("/feed")])
    #expect(server.requests.map(\.path) == ["/feed", "/rivers", "/feed"])
  }

  @Test("A page that is read before its feed is durable is told of after it")
  func earlyPage() async throws {
    let server = try Self.server()
    let library = try Library()
    let disk = DyingDisk()
    let engine = try Engine(
      configuration: library.configuration, store: library.store, trigger: .request, version: "0",
      logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }, fileSystem: disk)
    await library.subscribe([server.url("/feed")], on: engine)
    let gate = Gate()
    disk.hold(at: gate)
    let events = library.events(of: [server.url("/feed")], on: engine)
    let id = FeedID(url: server.url("/feed"))
    #expect(await eventually { engine.queue.sync { engine.commits.holdsPages(of: id) } })
    gate.open()
    var told: [String] = []
    for await event in events {
      switch event {
      case .started: told.append("started")
      case .feed: told.append("feed")
      case .page: told.append("page")
      case .finished: told.append("finished")
      }
    }
    await library.stop(engine)
    #expect(told == ["started", "feed", "page", "finished"])
    #expect(try library.articles().first?.content?.isExtracted == true)
  }

  @Test("No page is fetched where the configuration says never")
  func never() async throws {
    let server = try Self.server()
    let library = try Library { $0.curation.fetchPages = .never }
    try await library.sync([server.url("/feed")])
    #expect(server.requests.map(\.path) == ["/feed"])
    #expect(try library.articles().first?.content?.isExtracted != true)
  }

  @Test("Every article's page is fetched where the configuration says always, and only teasers' by default")
  func always() async throws {
    let server = try LoopbackServer { request in
      guard request.path == "/feed" else { return Self.page() }
      return rss(
        """
        <title>On rivers</title><link>http://\(request.header("Host") ?? "")/rivers</link><guid>r1</guid>
        <description>A short post about rivers that says all it has to say.</description>
        """)
    }
    for (habit, paths) in [
      (Configuration.FetchPages.auto, ["/feed"]), (.always, ["/feed", "/feed", "/rivers"]),
    ] {
      let library = try Library { $0.curation.fetchPages = habit }
      try await library.sync([server.url("/feed")])
      #expect(server.requests.map(\.path) == paths)
      #expect(try library.articles().first?.content?.isExtracted == (habit == .always))
    }
  }

  @Test(
    "A short text that breaks off is a teaser",
    arguments: [
      ("It begins here […]", true), ("It begins here [...]", true), ("It begins here …", true),
      ("It begins here […]\n\nThe post On rivers appeared first on A site.", true),
      ("", true), ("A short post that ends.", false), ("Wait … what?", false),
      ("It begins here.\n\nRead more", false),
    ])
  func breaksOff(text: String, isTeaser: Bool) {
    #expect(Teaser.isTeaser(Self.article(text), links: []) == isTeaser)
  }

  @Test(
    "A text that ends in a link to its own page is a teaser",
    arguments: [
      ("Read more", "http://a.example/p", true), ("Weiterlesen →", "http://a.example/p#more", true),
      ("Lire la suite", "http://a.example/p/?utm=1", true), ("続きを読む", "http://a.example/p", true),
      ("Read more", "http://other.example/q", false), ("My photos", "http://a.example/p", false),
    ])
  func linksOn(phrase: String, url: String, isTeaser: Bool) {
    let article = Self.article("It begins here.\n\n\(phrase)")
    let link = CleanHTML.Link(url: url, text: phrase, textOffset: 0)
    #expect(Teaser.isTeaser(article, links: [link]) == isTeaser)
  }

  private static func article(_ text: String) -> Article {
    let feed = FeedID(url: "http://a.example/feed")
    var article = Article(
      id: ArticleID(identity: "a"), feedID: feed, title: "T",
      source: Article.Source(name: "A", feedURL: "http://a.example/feed"), dateSynced: Timestamp(seconds: 0))
    article.url = "http://a.example/p"
    if !text.isEmpty { article.content = Article.Content(html: text, text: text, hash: "") }
    article.wordCount = WordCount.of(text)
    return article
  }
}
