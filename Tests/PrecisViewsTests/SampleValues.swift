import PrecisModel

@testable import PrecisViews

/// The article of the model page, and others that tests share.
enum Sample {
  static let now = Timestamp(seconds: 1_795_000_000)  // 2026-11-18T11:06:40Z

  static func article(_ identity: String = "a", title: String = "A title") -> Article {
    Article(
      id: ArticleID(identity: identity), feedID: FeedID(url: "https://example.org/feed"), title: title,
      source: .init(
        name: "Example Weekly", feedURL: "https://example.org/feed", homePageURL: "https://example.org/"),
      dateSynced: now)
  }

  /// An article with every member set.
  static var full: Article {
    var article = article("full", title: "Write-ahead logs & torn tails")
    article.revision = 2
    article.guid = "tag:example.org,2026:1"
    article.url = "https://example.org/posts/wal"
    article.externalURL = "https://db.example.net/wal"
    article.authors = [
      .init(name: "Ada Example", url: "https://example.org/ada"), .init(email: "b@example.org"),
    ]
    article.datePublished = Timestamp(seconds: 1_794_900_000)
    article.dateModified = Timestamp(seconds: 1_794_950_000)
    article.language = "en"
    article.fields = ["Databases & Storage"]
    article.depth = .advanced
    article.length = .medium
    article.wordCount = 612
    article.summary = "A log is written before the data. A torn tail is cut at the next start."
    article.keyTakeaway = "For database engineers, write the log first."
    article.keyInsights = ["A torn tail is not damage."]
    article.principles = ["Write ahead.", "Sync once for many."]
    article.method = "The author fails every system call in turn."
    article.inPractice = ["Count the failure points.", "Read the tail at start."]
    article.topics = ["Write-Ahead Logging", "Crash Recovery"]
    article.codeReferences = [
      .init(url: "https://github.com/example/wal", kind: .repository, owner: "example", name: "wal"),
      .init(url: "https://arxiv.org/abs/2601.00001", kind: .paper, name: "2601.00001"),
    ]
    article.bestFor = ["Database Engineer", "SRE"]
    article.related = [
      .init(
        id: ArticleID(identity: "b"), title: "Group commit", url: "https://example.org/posts/group",
        score: 0.71)
    ]
    article.attribution = .init(publisher: "Example Weekly")
    article.content = .init(
      html: "<p>A log is written before the data.</p>", text: "A log is written before the data.",
      hash: "sha256:" + String(repeating: "0", count: 64))
    article.attachments = [
      .init(
        url: "https://example.org/a.mp3", mimeType: "audio/mpeg", title: "Read aloud", sizeInBytes: 1024,
        durationInSeconds: 61), .init(url: "https://example.org/b"),
    ]
    article.image = "https://example.org/a.png"
    article.license = "https://creativecommons.org/licenses/by/4.0/"
    article.location = Article.Location(latitude: 47.4979, longitude: 19.0402, name: "Budapest")
    article.commentsURL = "https://example.org/posts/wal#comments"
    article.commentsFeedURL = "https://example.org/posts/wal/comments.atom"
    article.commentCount = 5
    article.inReplyTo = [.init(ref: "tag:example.org,2025:9", url: "https://example.org/posts/tails")]
    article.duplicates = [
      .init(
        url: "https://other.example/wal", source: .init(name: "Other", feedURL: "https://other.example/feed"),
        dateSeen: now, kind: .same)
    ]
    article.provenance = [
      "summary": .init(by: .extractive, quotes: [.init(offset: 0, text: "A log is written before the data.")])
    ]
    return article
  }

  static func feed(_ url: String = "https://example.org/feed", title: String? = "Example Weekly") -> FeedState
  {
    var feed = FeedState(url: url, dateAdded: now + -86_400 * 30)
    feed.title = title
    feed.homePageURL = "https://example.org/"
    feed.lastPolled = now + -1200
    feed.lastSuccess = now + -1200
    feed.lastChanged = now + -7200
    feed.nextDue = now + 2400
    feed.dueReason = .rhythm
    feed.counts.polls = 40
    feed.counts.notModified = 36
    feed.counts.articles = 12
    feed.validators = .init(url: url, etag: "\"1\"", lastModified: nil)
    return feed
  }

  /// What an export writes.
  static func written(_ export: (Export.Sink) throws -> Void) throws -> String {
    var bytes: [UInt8] = []
    try export { bytes.append(contentsOf: $0) }
    return String(decoding: bytes, as: UTF8.self)
  }
}
