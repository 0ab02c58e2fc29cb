import PrecisJSON

extension FeedState {
  /// The page of an article that was stored with its feed's teaser and is to be read.
  ///
  /// What the feed said beside the text is kept until then: in the stored article the curator's words stand in its
  /// place, and the page's text is to be curated from the publisher's own.
  public struct WantedPage: Equatable, Sendable {
    /// The article.
    public var article: ArticleID
    /// Its page.
    public var url: String
    /// The summary that the feed gave.
    public var summary: String?
    /// The categories that the feed gave.
    public var topics: [String] = []
    /// The language that the feed declared.
    public var language: String?
    /// The page is not asked for before this: its server said so.
    public var notBefore: Timestamp?

    /// The page of an article as its feed brought it; nil where it has none.
    public init?(of article: Article) {
      guard let url = article.url else { return nil }
      self.init(article: article.id, url: url)
      summary = article.summary
      topics = article.topics
      language = article.language
    }

    init(article: ArticleID, url: String) {
      self.article = article
      self.url = url
    }
  }
}

extension FeedState.WantedPage {
  func write(to json: inout JSONWriter) {
    json.beginObject()
    json.field("article", article.text)
    json.field("url", url)
    json.field("summary", summary)
    if !topics.isEmpty { json.field("topics", topics) }
    json.field("language", language)
    json.moment("not_before", notBefore)
    json.endObject()
  }

  /// Reads what `write(to:)` writes; nil for anything else.
  init?(json: JSONValue) {
    guard let article = json["article"]?.string.flatMap({ ArticleID($0) }), let url = json["url"]?.string
    else { return nil }
    self.init(article: article, url: url)
    summary = json["summary"]?.string
    topics = json["topics"]?.strings ?? []
    language = json["language"]?.string
    notBefore = json.moment("not_before")
  }
}
