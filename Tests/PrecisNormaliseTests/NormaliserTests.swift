import PrecisDigest
import PrecisModel
import Testing

@testable import PrecisNormalise

@Suite("Normalising entries")
struct NormaliserTests {
  private let context = FeedContext(
    feedID: FeedID(url: "https://site.example/feed"), feedURL: "https://site.example/feed")
  private let now = Timestamp(seconds: 1_800_000_000)

  private var feed: ParsedFeed {
    var feed = ParsedFeed(format: .rss20)
    feed.title = ParsedText("Site &amp; Co", kind: .unknown)
    feed.homePageURL = "https://site.example"
    return feed
  }

  private func article(of feed: ParsedFeed? = nil, _ change: (inout ParsedEntry) -> Void) -> NormalisedArticle
  {
    var entry = ParsedEntry()
    entry.url = "https://site.example/a"
    entry.title = ParsedText("T", kind: .plain)
    change(&entry)
    return Normaliser().article(entry, of: feed ?? self.feed, in: context, at: now)
  }

  @Test("content becomes clean HTML, its text, and the hash of the text")
  func content() throws {
    let article = article {
      $0.content = ParsedText("<p>one <b onclick=x>two</b></p><script>x</script>", kind: .html)
    }.article
    let content = try #require(article.content)
    #expect(content.html == "<p>one <b>two</b></p>")
    #expect(content.text == "one two")
    #expect(content.hash == "sha256:" + SHA256.hex("one two"))
    #expect(article.wordCount == 2)
    #expect(article.length == .short)
  }

  @Test("an entry without content has none, and no length")
  func empty() {
    let article = article { _ in }.article
    #expect(article.content == nil)
    #expect(article.length == nil)
    #expect(article.summary == nil)
    #expect(article.provenance.isEmpty)
  }

  @Test("comments, licence and place come along; addresses that are none of the web do not")
  func surroundings() {
    let article = article {
      $0.commentsURL = "https://site.example/a#c"
      $0.commentsFeedURL = "javascript:alert(1)"
      $0.commentCount = 0
      $0.license = "https://user:secret@l.example/by"
      $0.location = Article.Location(latitude: 1, longitude: 2, name: "<b>Here</b> &amp; there")
      $0.inReplyTo = [.init(ref: "tag:a", url: "data:x"), .init(url: "ftp://x.example/")]
    }.article
    #expect(article.commentsURL == "https://site.example/a#c")
    #expect(article.commentsFeedURL == nil)
    #expect(article.commentCount == 0)
    #expect(article.license == "https://l.example/by")
    #expect(article.location == Article.Location(latitude: 1, longitude: 2, name: "Here & there"))
    #expect(article.inReplyTo == [Article.InReplyTo(ref: "tag:a")])
  }

  @Test("the feed's licence stands in for an entry's")
  func feedLicense() {
    var feed = feed
    feed.license = "https://l.example/feed"
    #expect(article(of: feed) { _ in }.article.license == "https://l.example/feed")
    #expect(
      article(of: feed) { $0.license = "https://l.example/own" }.article.license == "https://l.example/own")
  }

  @Test("a description beside the content is the publisher's summary")
  func summary() {
    let article = article {
      $0.content = ParsedText("<p>long text</p>", kind: .html)
      $0.summary = ParsedText("<p>In <i>short</i></p>", kind: .html)
    }.article
    #expect(article.summary == "In short")
    #expect(article.provenance["summary"]?.by == .publisher)
  }

  @Test("a description that is the content again is no summary")
  func sameSummary() {
    let article = article {
      $0.content = ParsedText("<p>same</p>", kind: .html)
      $0.summary = ParsedText("same", kind: .unknown)
    }.article
    #expect(article.summary == nil)
  }

  @Test("a long description is cut at a word")
  func longSummary() throws {
    let summary = try #require(
      article { $0.summary = ParsedText(String(repeating: "word ", count: 500), kind: .plain) }.article
        .summary)
    #expect(summary.count <= 1001)
    #expect(summary.hasSuffix("word…"))
  }

  @Test(
    "dates that cannot be are left out and named",
    arguments: [(0, true), (86_400, true), (40 * 86_400, false), (Int64.max - 1_900_000_000, false)]
      as [(Int64, Bool)])
  func futureDates(offset: Int64, isKept: Bool) {
    let result = article { $0.datePublished = Timestamp(seconds: 1_800_000_000 + offset) }
    #expect((result.article.datePublished != nil) == isKept)
    #expect(result.warnings.isEmpty == isKept)
  }

  @Test("the address falls back to a GUID that is one")
  func addressByGUID() {
    let article = article {
      $0.url = nil
      $0.id = "https://site.example/guid"
    }.article
    #expect(article.url == "https://site.example/guid")
  }

  @Test(
    "addresses that are not of the web are none", arguments: ["javascript:x", "file:///a", "nonsense", ""])
  func badAddress(url: String) {
    #expect(article { $0.url = url }.article.url == nil)
  }

  @Test("credentials in addresses are dropped")
  func credentials() {
    #expect(article { $0.url = "https://u:p@site.example/a" }.article.url == "https://site.example/a")
  }

  @Test("the source is named by override, title or host, in this order")
  func source() {
    #expect(article { _ in }.article.source.name == "Site & Co")
    #expect(article(of: ParsedFeed(format: .rss)) { _ in }.article.source.name == "site.example")
    let named = FeedContext(feedID: context.feedID, feedURL: context.feedURL, titleOverride: "Mine")
    let article = Normaliser().article(ParsedEntry(), of: feed, in: named, at: now).article
    #expect(article.source.name == "Mine")
    #expect(article.attribution?.publisher == "Mine")
    #expect(article.source.homePageURL == "https://site.example/")
  }

  @Test("the feed's authors stand in, doubles and empty ones go")
  func authors() {
    var feed = self.feed
    feed.authors = [Article.Author(name: "Feed")]
    #expect(article(of: feed) { _ in }.article.authors == [Article.Author(name: "Feed")])
    let own = article(of: feed) {
      $0.authors = [
        Article.Author(name: "A &amp; B"), Article.Author(name: "A &amp; B"), Article.Author(name: " "),
      ]
    }.article
    #expect(own.authors == [Article.Author(name: "A & B")])
  }

  @Test("topics are cleaned, without doubles, and bounded")
  func topics() {
    let result = article { $0.topics = ["Swift", "swift", " <b>AI</b> ", "", "R&amp;D"] }.article
    #expect(result.topics == ["Swift", "AI", "R&D"])
    #expect(result.provenance["topics"]?.by == .publisher)
    #expect(article { $0.topics = (0..<100).map { "t\($0)" } }.article.topics.count == 32)
  }

  @Test(
    "languages are written as BCP 47 has them",
    arguments: [
      ("EN_us", "en-US"), ("de", "de"), ("zh-hant-tw", "zh-Hant-TW"), ("sr-latn", "sr-Latn"),
      ("en-us-x", "en-US-x"),
      ("english", nil), ("", nil), ("e", nil), ("12", nil), ("en-toolongsubtag", nil), ("de-1996", "de-1996"),
    ] as [(String, String?)])
  func languages(given: String, expected: String?) {
    #expect(article { $0.language = given }.article.language == expected)
  }

  @Test("attachments keep one of each address")
  func attachments() {
    let result = article {
      $0.attachments = [
        Article.Attachment(url: "https://site.example/a.mp3", mimeType: "audio/mpeg", sizeInBytes: 5),
        Article.Attachment(url: "HTTPS://site.example/a.mp3"), Article.Attachment(url: "ftp://x/y"),
      ]
    }.article
    #expect(result.attachments.count == 1)
    #expect(result.attachments.first?.sizeInBytes == 5)
  }

  @Test("the image is the entry's, else the first of the content")
  func image() {
    let html = ParsedText("<img src=\"https://site.example/i.png\">", kind: .html)
    #expect(article { $0.content = html }.article.image == "https://site.example/i.png")
    let own = article {
      $0.content = html
      $0.image = "https://site.example/own.png"
    }.article
    #expect(own.image == "https://site.example/own.png")
  }

  @Test("an empty title stays empty, a long one is cut")
  func titles() {
    #expect(article { $0.title = nil }.article.title == "")
    #expect(
      article { $0.title = ParsedText(String(repeating: "ü", count: 5000), kind: .plain) }.article.title.utf8
        .count <= 1003)
  }

  @Test("the same entry gives the same article, whatever was normalised before")
  func pure() {
    let normaliser = Normaliser()
    var entry = ParsedEntry()
    entry.url = "https://site.example/a?utm_source=x"
    entry.content = ParsedText(
      "<p>a <a href=\"/b\">b</a></p>", kind: .html, baseURL: "https://site.example/a")
    let one = normaliser.article(entry, of: feed, in: context, at: now)
    _ = normaliser.article(ParsedEntry(), of: feed, in: context, at: now)
    let two = normaliser.article(entry, of: feed, in: context, at: now)
    #expect(one.article == two.article)
    #expect(one.links.map(\.url) == ["https://site.example/b"])
    #expect(one.article.url == "https://site.example/a")
  }
}
