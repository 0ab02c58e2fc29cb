import PrecisModel
import Testing

@testable import PrecisIdentity

private let feed = "https://blog.example/feed"
private let date = Timestamp(seconds: 1_795_521_603)

private func id(_ guid: String?, _ url: String?, _ title: String = "T", feed: String = feed) -> ArticleID {
  ArticleIdentity.id(guid: guid, url: url, feedURL: feed, title: title, datePublished: date)
}

private func article(_ change: (inout Article) -> Void = { _ in }) -> Article {
  var article = Article(
    id: id("g1", "https://blog.example/a-1", "A title"), feedID: FeedID(url: feed), title: "A title",
    source: Article.Source(name: "Blog", feedURL: feed), dateSynced: date)
  article.guid = "g1"
  article.url = "https://blog.example/a-1"
  article.datePublished = date
  let text = String(repeating: "All the words of the article. ", count: 10)
  article.content = Article.Content(html: "<p>\(text)</p>", text: text, hash: "sha256:\(text.utf8.count)")
  change(&article)
  return article
}

@Suite("Ids of articles")
struct ArticleIdentityTests {
  @Test("a page gives one id in every feed and in every form of its address")
  func page() {
    let one = id("g1", "https://blog.example/a-1")
    #expect(
      id("g2", "http://www.blog.example/a-1/?utm_source=rss", feed: "https://planet.example/rss") == one)
    #expect(id(nil, "https://blog.example/a-1#x", "Other") == one)
    #expect(id("g1", "https://blog.example/a-2") != one)
  }

  @Test(
    "an address that is no page of its own gives none: the GUID does",
    arguments: [
      "https://blog.example/", "https://blog.example", feed, "http://www.blog.example/feed/",
      "not an address",
    ])
  func notOwn(url: String) {
    #expect(id("g1", url) == id("g1", nil))
    #expect(id("g1", url) != id("g2", url))
  }

  @Test("a GUID counts within its feed, over http and https alike")
  func guid() {
    #expect(id("1", nil) != id("1", nil, feed: "https://other.example/feed"))
    #expect(id("1", nil) == id(" 1\n", nil, feed: "http://blog.example/feed/"))
    #expect(id("1", nil, "A") == id("1", nil, "B"))
  }

  @Test("without both, title and date do")
  func title() {
    #expect(id(nil, nil, "A  Title!") == id("", nil, "a title"))
    #expect(id(nil, nil, "A") != id(nil, nil, "B"))
  }

  @Test("the id is the same in every version of Precis")
  func frozen() {
    #expect(id("g1", "https://blog.example/a-1").text == ArticleID(identity: "url\nblog.example/a-1").text)
    #expect(id("g1", nil).text == ArticleID(identity: "guid\nblog.example/feed\ng1").text)
  }
}

@Suite("Identity keys")
struct IdentityKeyTests {
  private func key(_ kind: IdentityKey.Kind, _ article: Article) -> [UInt64] {
    IdentityKeys.keys(of: article).filter { IdentityKey(rawKey: $0).kind == kind }
  }

  @Test("an article has a key of each kind, recognisable by its first bits")
  func kinds() {
    let kinds = IdentityKeys.keys(of: article()).map { IdentityKey(rawKey: $0).kind }
    #expect(kinds == [.guid, .path, .content, .titleDay, .published])
    let moved = article { $0.url = "https://blog.example/a-2" }
    let kindsAfterMove = IdentityKeys.keys(of: moved).map { IdentityKey(rawKey: $0).kind }
    #expect(kindsAfterMove.contains(.url))
    #expect(IdentityKey(rawKey: 0).kind == nil)
  }

  @Test("the address is found from other feeds, everything else only from its own")
  func scope() {
    // One that has its id from its address is found by the id.
    let other = article { $0.feedID = FeedID(url: "https://other.example/feed") }
    #expect(other.id == article().id && key(.url, other) == [])
    func moved(_ article: Article) -> [UInt64] {
      var article = article
      article.url = "https://blog.example/a-2"
      return key(.url, article)
    }
    #expect(moved(other) == moved(article()) && moved(other).count == 1)
    for kind in [IdentityKey.Kind.guid, .path, .content, .titleDay, .published] {
      #expect(key(kind, other) != key(kind, article()), "\(kind)")
    }
  }

  @Test("a path is found again after the site moved")
  func moved() {
    let old = article { $0.guid = "http://old.example/2026/a-1" }
    let new = article { $0.guid = "https://new.example/2026/a-1" }
    #expect(Set(key(.path, old)).isSubset(of: Set(key(.path, new))))
  }

  @Test("an article that was named by its GUID is not found by the address that it shares")
  func shared() {
    let named = article { $0.id = id("g1", nil) }
    #expect(key(.url, named) == [])
    let fragment = article {
      $0.url = "https://blog.example/changes#v2"
      $0.guid = nil
      $0.id = ArticleIdentity.byFragment($0.url, feedURL: feed) ?? $0.id
    }
    #expect(key(.url, fragment) == [])
  }

  @Test("what says too little gives no key")
  func sparse() {
    let bare = article {
      $0.guid = ""
      $0.url = "https://blog.example/"
      $0.content = Article.Content(html: "", text: "Comments", hash: "sha256:1")
      $0.datePublished = nil
      $0.title = "?!"
    }
    #expect(IdentityKeys.typed(of: bare).map(\.kind) == [])
    let midnight = article { $0.datePublished = Timestamp(seconds: 86_400 * 20_000) }
    #expect(key(.published, midnight) == [])
  }

  @Test(
    "the fingerprint sees what counts",
    arguments: [
      { $0.title = "Another" },
      { $0.content?.hash = "sha256:other" },
      { $0.authors = [Article.Author(name: "Ann")] },
      { $0.url = "https://blog.example/a-2" },
      { $0.externalURL = "https://else.example/x" },
      { $0.attachments = [Article.Attachment(url: "https://blog.example/a.mp3")] },
    ] as [@Sendable (inout Article) -> Void])
  func counted(change: @Sendable (inout Article) -> Void) {
    #expect(IdentityKeys.fingerprint(of: article(change)) != IdentityKeys.fingerprint(of: article()))
  }

  @Test(
    "the fingerprint does not see what does not count",
    arguments: [
      { $0.dateSynced = Timestamp(seconds: 1) },
      { $0.datePublished = nil },
      { $0.dateModified = Timestamp(seconds: 1) },
      { $0.revision = 7 },
      { $0.content?.html = "<div>other markup</div>" },
      { $0.url = "http://www.blog.example/a-1/?utm_source=x" },
      { $0.topics = ["X"] },
      { $0.summary = "curated" },
      { $0.image = "https://cdn.example/1.png?t=2" },
    ] as [@Sendable (inout Article) -> Void])
  func uncounted(change: @Sendable (inout Article) -> Void) {
    #expect(IdentityKeys.fingerprint(of: article(change)) == IdentityKeys.fingerprint(of: article()))
  }

  @Test("a signed attachment is the same with another signature")
  func signature() {
    let one = article { $0.attachments = [Article.Attachment(url: "https://cdn.example/a.mp3?token=1")] }
    let two = article { $0.attachments = [Article.Attachment(url: "https://cdn.example/a.mp3?token=2")] }
    #expect(IdentityKeys.fingerprint(of: one) == IdentityKeys.fingerprint(of: two))
  }
}

@Suite("Titles compared")
struct PlainTitleTests {
  @Test(
    "case, spaces and punctuation do not count",
    arguments: [
      ("  A Title: with—dashes ", "a title with dashes"), ("It’s", "its"),
      ("ÄRGER in Köln", "ärger in köln"),
      ("?!", ""),
      ("10 % more", "10 more"),
    ])
  func plain(title: String, text: String) {
    #expect(PlainTitle(title).text == text)
  }

  @Test(
    "an edit is told from another title",
    arguments: [
      ("How we moved to Swift", "How we moved to Swift 6", false),
      ("How we moved our service to Swift", "How we moved our services to Swift", true),
      ("Episode 12: The sea", "Episode 13: The sea", false), ("Daily links", "Weekly news", false),
      ("", "", true), ("A", "B", false),
    ])
  func edit(left: String, right: String, isEdit: Bool) {
    #expect(PlainTitle(left).isEdit(of: PlainTitle(right)) == isEdit)
    #expect(PlainTitle(right).isEdit(of: PlainTitle(left)) == isEdit)
  }
}
