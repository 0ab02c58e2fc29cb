import PrecisModel
import PrecisStore

/// Which articles a person or a program asks for, in their words: what `precis list`, `precis export` and the HTTP API share.
public struct ArticleSelection: Sendable, Equatable {
  /// Of a feed, by id, address or title.
  public var feed: String?
  /// With a topic.
  public var topic: String?
  /// Published at or after a date.
  public var since: String?
  /// Published before a date.
  public var until: String?
  /// Marked as kept.
  public var isKept = false

  /// A selection from its parts; nil asks for nothing.
  public init(
    feed: String? = nil, topic: String? = nil, since: String? = nil, until: String? = nil,
    isKept: Bool = false
  ) {
    self.feed = feed
    self.topic = topic
    self.since = since
    self.until = until
    self.isKept = isKept
  }

  /// Why it means nothing.
  public enum Failure: Error, Equatable {
    /// `.unknownFeed` or `.ambiguousFeed`.
    case feed(EngineError)
    /// What was given as a date is none.
    case notADate(String, name: String)
  }

  /// What the store is asked.
  ///
  /// - Throws: `Failure`, `StoreError`.
  public func filter(of reader: StoreReader) throws -> ArticleFilter {
    var filter = ArticleFilter(topic: topic, isKept: isKept)
    filter.since = try date(since, "since")
    filter.until = try date(until, "until")
    if let feed { filter.feed = try Self.feed(feed, of: reader).id }
    return filter
  }

  /// The articles, newest first.
  ///
  /// - Throws: `Failure`, `StoreError`.
  public func articles(of reader: StoreReader, limit: Int) throws -> [Article] {
    try reader.articles(where: try filter(of: reader), limit: limit)
  }

  /// The one feed that a name means.
  private static func feed(_ name: String, of reader: StoreReader) throws -> FeedState {
    let matches = FeedSelector.matches(name, among: try reader.feeds())
    guard let feed = matches.first else { throw Failure.feed(.unknownFeed(name)) }
    guard matches.count == 1 else {
      throw Failure.feed(.ambiguousFeed(name, matches: matches.map(\.url)))
    }
    return feed
  }

  private func date(_ text: String?, _ name: String) throws -> Timestamp? {
    guard let text else { return nil }
    guard let date = Timestamp(dateOrTime: text) else { throw Failure.notADate(text, name: name) }
    return date
  }
}
