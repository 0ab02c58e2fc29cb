import PrecisDedup
import PrecisIdentity
import PrecisModel

/// A store in memory: what the deduplicator decides is done, as the real one does it.
struct MemoryStore: KnownArticles {
  private(set) var articles: [ArticleID: Article] = [:]
  private(set) var index: [UInt64: Known] = [:]
  private(set) var writes = 0
  var deduplicator = Deduplicator()
  var removed: Set<ArticleID> = []
  /// Articles that the index knows and the disk has lost.
  var lost: Set<ArticleID> = []
  private(set) var loads = 0

  func find(_ key: UInt64) -> Known? { index[key] }

  /// Decides a document and does what was decided; gives one letter a decision: new, unchanged, revision,
  /// sighting.
  @discardableResult
  mutating func take(_ document: [Article]) -> String {
    var loads = 0
    let (articles, lost) = (self.articles, self.lost)
    var deduplicator = self.deduplicator
    let decisions = deduplicator.decide(batch: document, known: self) { id in
      loads += 1
      return lost.contains(id) ? nil : articles[id]
    }
    self.deduplicator = deduplicator
    self.loads += loads
    return apply(decisions)
  }

  mutating func apply(_ decisions: [DedupDecision]) -> String {
    var letters = ""
    for decision in decisions {
      switch decision {
      case .new(let article, let fingerprint):
        letters += "n"
        put(article, fingerprint)
      case .unchanged: letters += "u"
      case .revision(let article, let previous, let fingerprint):
        letters += "r"
        precondition(article.id == previous.id && article.revision == previous.revision + 1)
        put(article, fingerprint)
      case .sighting(let article, _, let fingerprint):
        letters += "s"
        put(article, fingerprint)
      }
    }
    return letters
  }

  private mutating func put(_ article: Article, _ fingerprint: UInt64) {
    writes += 1
    articles[article.id] = article
    lost.remove(article.id)
    for key in [article.id.prefix64] + IdentityKeys.keys(of: article) {
      index[key] = Known(
        id: article.id, feed: article.feedID.number, fingerprint: fingerprint,
        isRemoved: removed.contains(article.id))
    }
  }

  /// Removes an article by a rule.
  mutating func remove(_ id: ArticleID) {
    removed.insert(id)
    articles[id] = nil
    for (key, known) in index where known.id == id { index[key]?.isRemoved = true }
  }

  /// The titles in the store, sorted.
  var titles: [String] { articles.values.map(\.title).sorted() }

  /// What can be compared over orders of arrival: all but revisions and dates of syncing.
  var essence: [String] {
    articles.values.map { article in
      let seen = article.duplicates.map(\.source.feedURL).sorted().joined(separator: ",")
      return
        "\(article.id) \(article.title) \(article.source.feedURL) [\(seen)] \(article.content?.hash ?? "-")"
    }.sorted()
  }
}

/// 2026-11-24 08:00:03 UTC.
let morning = Timestamp(seconds: 1_795_507_203)
let day: Int64 = 86_400

/// Feeds, as the subscriptions hold them.
struct TestFeed: Sendable {
  var url: String
  var home: String

  static let blog = TestFeed(url: "https://blog.example/feed", home: "https://blog.example/")
  static let planet = TestFeed(url: "https://planet.example/rss", home: "https://planet.example/")
  static let links = TestFeed(url: "https://links.example/rss", home: "https://links.example/")
}

/// So many words that no other number of `seed` shares.
func words(_ seed: String, _ count: Int) -> String {
  (0..<count).map { "\(seed)word\($0)" }.joined(separator: " ")
}

/// An article as the normaliser makes it.
func entry(
  _ title: String, guid: String? = nil, url: String? = nil, text: String? = nil,
  at date: Timestamp? = morning,
  feed: TestFeed = .blog, synced: Timestamp = morning, _ change: (inout Article) -> Void = { _ in }
) -> Article {
  let id = ArticleIdentity.id(guid: guid, url: url, feedURL: feed.url, title: title, datePublished: date)
  let source = Article.Source(name: feed.home, feedURL: feed.url, homePageURL: feed.home)
  var article = Article(
    id: id, feedID: FeedID(url: feed.url), title: title, source: source, dateSynced: synced)
  article.guid = guid
  article.url = url
  article.datePublished = date
  if let text {
    let hash = "sha256:" + ArticleID(identity: text).text
    article.content = Article.Content(html: "<p>\(text)</p>", text: text, hash: hash)
    article.wordCount = text.split(separator: " ").count
  }
  change(&article)
  return article
}
