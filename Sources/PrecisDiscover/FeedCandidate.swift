/// An address at which a feed may be found, and why one would think so.
public struct FeedCandidate: Equatable, Sendable {
  /// Absolute, http or https.
  public var url: String
  /// What the page calls the feed.
  public var title: String?
  /// The media type that the page gives, lower-case, without parameters.
  public var type: String?
  /// Where it was found.
  public var source: Source
  /// The higher, the likelier that this is the feed that is meant: about 0 to 100.
  public var score: Int

  /// A candidate from its parts.
  public init(url: String, title: String?, type: String?, source: Source, score: Int) {
    self.url = url
    self.title = title
    self.type = type
    self.source = source
    self.score = score
  }

  /// Where a candidate was found.
  public enum Source: String, Sendable, CaseIterable {
    /// A `link` element of the page.
    case linkElement = "link element"
    /// A `Link` header of the answer (RFC 8288).
    case linkHeader = "link header"
    /// A link in the page's text.
    case anchor
    /// The table of known sites.
    case knownSite = "known site"
    /// A path at which many sites have their feed.
    case commonPath = "common path"
  }
}
