import PrecisModel

/// What the brief needs to know of an article.
public struct BriefCandidate: Equatable, Sendable {
  /// The article's id.
  public var id: ArticleID
  /// Its title.
  public var title: String
  /// Its address.
  public var url: String?
  /// The publication's name.
  public var sourceName: String
  /// The feed's address.
  public var feedURL: String
  /// When it was published; where the publisher does not say, when it came into the store.
  public var date: Timestamp
  /// Words of the article.
  public var wordCount: Int
  /// Its topics.
  public var topics: [String]
  /// Its fields of work.
  public var fields: [String]
  /// The roles that it is best for.
  public var bestFor: [String]
  /// Words of its summary.
  public var summaryWords: Int
  /// Insights, principles and practices found in it.
  public var findings: Int
  /// Code, models, data sets and papers that it refers to.
  public var codeReferences: Int
  /// Other feeds and addresses that it was seen at.
  public var sightings: Int

  /// A candidate of which only the identity, the source and the date are known.
  public init(
    id: ArticleID, title: String, url: String?, sourceName: String, feedURL: String, date: Timestamp
  ) {
    self.id = id
    self.title = title
    self.url = url
    self.sourceName = sourceName
    self.feedURL = feedURL
    self.date = date
    wordCount = 0
    topics = []
    fields = []
    bestFor = []
    summaryWords = 0
    findings = 0
    codeReferences = 0
    sightings = 0
  }

  /// The candidate that an article is.
  public init(_ article: Article) {
    self.init(
      id: article.id, title: article.title, url: article.url, sourceName: article.source.name,
      feedURL: article.source.feedURL, date: article.datePublished ?? article.dateSynced)
    wordCount = article.wordCount
    topics = article.topics
    fields = article.fields
    bestFor = article.bestFor
    summaryWords = article.summary.map { Self.words(in: $0) } ?? 0
    findings = article.keyInsights.count + article.principles.count + article.inPractice.count
    codeReferences = article.codeReferences.count
    sightings = article.duplicates.count
  }

  private static func words(in text: String) -> Int {
    text.utf8.split(whereSeparator: { $0 == 0x20 || $0 == 0x0A }).count
  }
}
