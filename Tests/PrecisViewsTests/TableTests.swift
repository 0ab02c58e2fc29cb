import PrecisModel
import Testing

@testable import PrecisViews

@Suite struct TableTests {
  @Test("articles are listed in aligned columns")
  func articles() {
    var second = Sample.article("b", title: "")
    second.source.name = "日報"
    let text = ArticleListText.text([.init(Sample.full), .init(second)])
    #expect(
      text == """
        ID                        DATE        SOURCE          TITLE
        \(Sample.full.id)  2026-11-17  Example Weekly  Write-ahead logs & torn tails
        \(second.id)  2026-11-18  日報            (untitled)

        """)
    #expect(ArticleListText.text([]) == "")
  }

  @Test("a search's snippets stand under their articles")
  func snippets() {
    var row = ArticleListText.Row(Sample.full)
    row.snippet = "a log  is\nwritten"
    let lines = ArticleListText.text([row, .init(Sample.article())]).split(separator: "\n")
    #expect(lines.count == 4)
    #expect(lines[2] == "    a log is written")
  }

  @Test("a table keeps to the terminal's width, the last columns give way first")
  func width() {
    var article = Sample.full
    article.title = String(repeating: "title ", count: 30)
    let text = ArticleListText.text([.init(article)], style: PageStyle(width: 72))
    #expect(text.split(separator: "\n").allSatisfy { TerminalText.width(String($0)) <= 72 })
    #expect(text.contains("…"))
  }

  @Test("feeds are listed with state, last and next poll and why")
  func feeds() {
    var failing = Sample.feed("https://b.example/rss", title: nil)
    failing.failure = .init(
      kind: "http", message: "the server answered 503", httpStatus: 503, count: 3, since: Sample.now + -9000)
    failing.dueReason = .backoff
    var gone = Sample.feed("https://c.example/rss", title: "Gone")
    gone.status = .gone
    gone.dueReason = .gone
    gone.failure = .init(
      kind: "http", message: "the document is gone for good (410)", httpStatus: 410, count: 1,
      since: Sample.now)
    var removed = Sample.feed("https://d.example/rss", title: "Removed")
    removed.status = .removed
    #expect(
      FeedListText.text([Sample.feed(), failing, gone, removed], now: Sample.now) == """
        ID                TITLE                  STATE      ARTICLES     LAST    NEXT  WHY      URL
        \(Sample.feed().id)  Example Weekly         ok               12  20m ago  in 40m  rhythm   https://example.org/feed
        \(failing.id)  https://b.example/rss  failing 3        12  20m ago  in 40m  backoff  https://b.example/rss
        \(gone.id)  Gone                   gone             12  20m ago   never  gone     https://c.example/rss
        failing: https://b.example/rss: the server answered 503
        gone: Gone: the document is gone for good (410)

        """)
    #expect(FeedListText.text([removed], now: Sample.now) == "")
  }

  @Test("a feed that was never polled is new and due now")
  func newFeed() {
    let feed = FeedState(url: "https://a.example/", dateAdded: Sample.now)
    #expect(
      FeedListText.text([feed], now: Sample.now).contains(
        "  new           0     -   now  -    https://a.example/"))
  }

  @Test("WebSub hubs are told in one line")
  func hubs() {
    var one = Sample.feed("https://a.example/", title: "One")
    one.hubURL = "https://hub.example/"
    #expect(
      FeedListText.text([one], now: Sample.now).hasSuffix(
        "hub: One would be pushed by its WebSub hub, https://hub.example/; Precis polls\n"))
    #expect(
      FeedListText.text([one, one], now: Sample.now).hasSuffix(
        "hub: 2 feeds would be pushed by WebSub hubs (hub_url in precis feeds --json); Precis polls\n"))
  }

  @Test("a daemon's status is told line by line")
  func status() {
    var status = DaemonStatus(
      version: "0.1.0", processID: 42, since: Sample.now + -7300, store: "/var/lib/precis")
    status.feeds = 212
    status.failing = 3
    status.articles = 10_000
    status.lastSequence = 10_412
    status.inFlight = 2
    status.nextDue = Sample.now + 30
    status.nextFeed = (title: "A feed", reason: "rhythm")
    status.lastPoll = Sample.now + -60
    status.latencyMilliseconds = 120
    status.failureKinds = ["http": 1, "timeout": 2]
    status.polls = 200
    status.notModified = 150
    status.failures = 4
    status.new = 17
    status.bytes = 3_600_000
    status.storeError = "No space left on device"
    #expect(
      StatusText.text(status, now: Sample.now) == """
        daemon        precis 0.1.0, process 42, up 2h
        store         /var/lib/precis, 10000 articles, sequence 10412
        feeds         212, 3 failing: 2 timeout, 1 http (precis feeds --health)
        polling now   2
        last poll     1m ago
        next poll     in 30s: A feed (rhythm)
        since start   200 polls (75 % unchanged), 4 failed, 17 new articles
        received      3.4 MiB, 120 ms a poll
        not storing   No space left on device

        """)
  }

  @Test(
    "spans and sizes are short",
    arguments: [
      (0, "0s", "0 B"), (59, "59s", "59 B"), (60, "1m", "60 B"), (7199, "1h", "7.0 KiB"),
      (172_799, "47h", "169 KiB"), (172_800, "2d", "169 KiB"), (94_608_000, "3y", "90 MiB"),
    ])
  func short(number: Int, span: String, size: String) {
    #expect(RelativeTime.span(Int64(number)) == span)
    #expect(RelativeTime.size(number) == size)
  }
}
