/// What a feed document says of itself, before anything is made of it.
public struct ParsedFeed: Equatable, Sendable {
  /// The format that the document is in.
  public var format: FeedFormat
  /// The title.
  public var title: ParsedText?
  /// The site's address, absolute where the document or its address allows.
  public var homePageURL: String?
  /// The feed's own address, where it states one.
  public var feedURL: String?
  /// The description, tagline or subtitle.
  public var description: ParsedText?
  /// BCP 47.
  public var language: String?
  /// When the feed says that it changed.
  public var dateModified: Timestamp?
  /// An icon or logo.
  public var icon: String?
  /// Authors of the whole feed: they stand in for entries without any.
  public var authors: [Article.Author] = []
  /// What it says of polling (`ttl`, `skipHours`, `skipDays`, `sy:`).
  public var hints = FeedState.PollHints()
  /// WebSub hubs (`rel="hub"`, or JSON Feed `hubs`).
  public var hubURLs: [String] = []
  /// The address it says it moved to (`itunes:new-feed-url`).
  public var newFeedURL: String?
  /// RFC 5005: the next page, or the previous archive.
  public var nextPageURL: String?
  /// The licence of the whole feed: it stands in for entries without one.
  public var license: String?

  /// A feed of which only the format is known.
  public init(format: FeedFormat) { self.format = format }
}

/// A feed format, named as `precis parse` prints it.
public enum FeedFormat: String, Sendable, CaseIterable {
  case rss090 = "rss 0.90"
  case rss091 = "rss 0.91"
  case rss092 = "rss 0.92"
  case rss093 = "rss 0.93"
  case rss094 = "rss 0.94"
  case rss10 = "rss 1.0"
  case rss20 = "rss 2.0"
  /// RSS without a version that is known.
  case rss = "rss"
  case atom03 = "atom 0.3"
  case atom10 = "atom 1.0"
  case cdf = "cdf"
  case jsonFeed10 = "json feed 1.0"
  case jsonFeed11 = "json feed 1.1"
}

/// A text of a feed, and what kind of text it is.
public struct ParsedText: Equatable, Sendable {
  /// The characters, XML entities decoded once.
  public var value: String
  /// Whether it is markup.
  public var kind: Kind
  /// What relative addresses in it are resolved against (`xml:base`, else the document's address); nil: unknown.
  public var baseURL: String?

  /// A text from its parts.
  public init(_ value: String, kind: Kind, baseURL: String? = nil) {
    self.value = value
    self.kind = kind
    self.baseURL = baseURL
  }

  /// What kind of text a text is.
  public enum Kind: Sendable {
    /// Characters, nothing else.
    case plain
    /// HTML or XHTML markup, hostile until sanitised.
    case html
    /// Either: RSS does not say. Markup where it has tags or entities, else characters.
    case unknown
  }
}

/// One entry of a feed as the publisher wrote it: nothing sanitised, addresses absolute where they could be made so.
public struct ParsedEntry: Equatable, Sendable {
  /// RSS `guid`, Atom `id`, JSON Feed `id`, RDF `rdf:about`.
  public var id: String?
  /// The entry's page.
  public var url: String?
  /// JSON Feed `external_url`, Atom `rel="related"`: what a link post points at.
  public var externalURL: String?
  /// The title.
  public var title: ParsedText?
  /// Who wrote it.
  public var authors: [Article.Author] = []
  /// When it was published.
  public var datePublished: Timestamp?
  /// When it was changed.
  public var dateModified: Timestamp?
  /// A summary or description.
  public var summary: ParsedText?
  /// The whole content.
  public var content: ParsedText?
  /// Categories, tags and keywords, in the order given, without doubles.
  public var topics: [String] = []
  /// Enclosures.
  public var attachments: [Article.Attachment] = []
  /// An image for the entry (`itunes:image`, `media:thumbnail`, JSON Feed `image`).
  public var image: String?
  /// BCP 47.
  public var language: String?
  /// The publication it was taken from (RSS `source`, Atom `source`).
  public var sourceTitle: String?
  /// The feed of that publication.
  public var sourceURL: String?
  /// A page of comments (RSS `comments`, Atom `rel="replies"`).
  public var commentsURL: String?
  /// A feed of the comments (`wfw:commentRss`, Atom `rel="replies"` of another type than HTML).
  public var commentsFeedURL: String?
  /// How many comments there are (`slash:comments`, `thr:total`, `thr:count`).
  public var commentCount: Int?
  /// What it answers (`thr:in-reply-to`).
  public var inReplyTo: [Article.InReplyTo] = []
  /// The address of its licence (`rel="license"`, `creativeCommons:license`, `cc:license`).
  public var license: String?
  /// The place that it is about (`georss:point`, `gml:pos`, `geo:lat` and `geo:long`, `podcast:location`).
  public var location: Article.Location?
  /// The line of the document where the entry begins, from 1; 0: unknown.
  public var line = 0

  /// An entry of which nothing is known.
  public init() {}
}

/// Something odd in a document that did not stop it from being read.
public struct ParseWarning: Equatable, Sendable {
  /// The line, from 1; 0: unknown.
  public var line: Int
  /// What is odd, in words.
  public var message: String

  /// A warning from its parts.
  public init(line: Int, message: String) {
    self.line = line
    self.message = message
  }
}
