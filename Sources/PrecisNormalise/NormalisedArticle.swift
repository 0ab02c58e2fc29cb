import PrecisHTML
import PrecisModel

/// An article, and what only the next stages need of its entry.
public struct NormalisedArticle: Sendable {
  /// The article, its curated keys filled with what the publisher gave at most.
  public var article: Article
  /// The links of its content.
  public var links: [CleanHTML.Link]
  /// What was odd.
  public var warnings: [String]
}

/// The feed that an entry came from, as its subscription knows it.
public struct FeedContext: Sendable {
  /// The subscription.
  public var feedID: FeedID
  /// Where it is polled.
  public var feedURL: String
  /// A title that the user chose.
  public var titleOverride: String?

  /// A context from its parts.
  public init(feedID: FeedID, feedURL: String, titleOverride: String? = nil) {
    self.feedID = feedID
    self.feedURL = feedURL
    self.titleOverride = titleOverride
  }
}
