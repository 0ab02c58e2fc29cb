/// Everything that Precis remembers of one subscription between polls; one line of the store's state log.
public struct FeedState: Equatable, Sendable {
  /// The subscription's name for ever.
  public var id: FeedID { didSet { head.forget() } }
  /// Where it is polled now.
  public var url: String { didSet { head.forget() } }
  /// Where it was first subscribed to.
  public var subscribedURL: String { didSet { head.forget() } }
  /// When it was subscribed to.
  public var dateAdded: Timestamp { didSet { head.forget() } }
  /// The publication's title, as the feed gives it.
  public var title: String? { didSet { head.forget() } }
  /// A title the user chose instead.
  public var titleOverride: String? { didSet { head.forget() } }
  /// The site's address.
  public var homePageURL: String? { didSet { head.forget() } }
  /// The folder of an OPML import, parts joined by `/`.
  public var folder: String? { didSet { head.forget() } }
  /// Whether and why it is polled.
  public var status: Status { didSet { head.forget() } }
  /// What the next conditional request sends.
  public var validators: Validators? { didSet { head.forget() } }
  /// 32 hexadecimal digits of the hash of the last body that was parsed and stored.
  public var bodyHash: String? { didSet { head.forget() } }
  /// A permanent redirect on probation.
  public var move: Move?
  /// When the last poll ended.
  public var lastPolled: Timestamp?
  /// When a poll last ended with 200 or 304.
  public var lastSuccess: Timestamp?
  /// When a poll last brought an article, new or changed.
  public var lastChanged: Timestamp?
  /// When the next poll is due.
  public var nextDue: Timestamp?
  /// Why then.
  public var dueReason: PollReason?
  /// What the server was promised: no poll before this (Retry-After, max-age, 429 of its host).
  public var notBefore: Timestamp?
  /// What the feed and the server say of polling.
  public var hints: PollHints
  /// Seconds between new articles, as a moving mean; nil until two were seen.
  public var publishInterval: Int?
  /// The failure that lasts, if one does.
  public var failure: Failure?
  /// Counts since the subscription.
  public var counts: Counts
  /// The WebSub hub that the feed names.
  public var hubURL: String?
  /// Pages of articles that the feed has only teasers of, which were not read yet.
  public var wantedPages: [WantedPage] = []
  /// Whether only a part of the line was read (``Extent``): such a state is not to be stored.
  public internal(set) var isPartial = false
  /// The first members as they stand in the line that this was read from.
  var head = LineHead()

  /// The state of a subscription that was never polled.
  public init(url: String, dateAdded: Timestamp) {
    self.init(id: FeedID(url: url), url: url, dateAdded: dateAdded)
  }

  /// A state to read a line into.
  init() { self.init(id: FeedID(number: 0), url: "", dateAdded: Timestamp(seconds: 0)) }

  init(id: FeedID, url: String, dateAdded: Timestamp) {
    self.id = id
    self.url = url
    subscribedURL = url
    self.dateAdded = dateAdded
    status = .active
    hints = PollHints()
    counts = Counts()
  }

  /// How much of a stored state is read.
  public enum Extent: Sendable {
    /// Everything.
    case whole
    /// What says when a feed is due: addresses, status, the last and the next poll, promises, the failure and the pages
    /// that are wanted.
    case plan
    /// What health is judged by. The address is read where the feed is not active, or was subscribed to at another;
    /// validators, where there are any, are empty.
    case health
  }

  /// Whether and why a subscription is polled.
  public enum Status: String, Sendable, CaseIterable {
    /// It is polled when due.
    case active
    /// Its server answered 410 Gone: it is not polled until a person says so.
    case gone
    /// It moved to an address that is subscribed to already: that one is polled instead.
    case merged
    /// It was unsubscribed; the line is a tombstone.
    case removed

    /// The status of this name.
    init?(utf8 name: UnsafeBufferPointer<UInt8>) {
      guard let known = Self.names[name] else { return nil }
      self = known
    }

    private static let names = CaseNames<Status>()
  }

  /// What a server gave to ask it later whether anything changed (RFC 9110 section 8.8), byte for byte.
  public struct Validators: Equatable, Sendable {
    /// The address that they came with: they are sent to no other.
    public var url: String
    /// `ETag`, quotes and `W/` included.
    public var etag: String?
    /// `Last-Modified`.
    public var lastModified: String?

    /// Validators from their parts.
    public init(url: String, etag: String?, lastModified: String?) {
      self.url = url
      self.etag = etag
      self.lastModified = lastModified
    }
  }

  /// A permanent redirect that was seen, and how often in a row.
  public struct Move: Equatable, Sendable {
    /// Where it leads.
    public var target: String
    /// Polls in a row that saw it.
    public var count: Int
    /// When it was first seen.
    public var since: Timestamp

    /// A move from its parts.
    public init(target: String, count: Int, since: Timestamp) {
      self.target = target
      self.count = count
      self.since = since
    }
  }

  /// What the feed and the server say of polling.
  public struct PollHints: Equatable, Sendable {
    /// RSS `ttl`, in minutes.
    public var ttlMinutes: Int?
    /// RSS `skipHours`: hours in UTC, 0 to 23.
    public var skipHours: [Int] = []
    /// RSS `skipDays`: 0 is Sunday.
    public var skipDays: [Int] = []
    /// `sy:updatePeriod` divided by `sy:updateFrequency`, in seconds.
    public var updatePeriod: Int?
    /// `Cache-Control: max-age` or `Expires` minus `Date`, less `Age`, in seconds.
    public var maxAge: Int?
    /// The time that the entries of the last document span, in seconds.
    public var window: Int?

    /// No hints.
    public init() {}
  }

  /// A failure that lasts.
  public struct Failure: Equatable, Sendable {
    /// A value of the fetcher's or parser's failure classes, for programs: `http`, `dns`, `connect`, `timeout`,
    /// `tls`, `protocol`, `blocked_address`, `too_large`, `too_slow`, `redirect`, `not_a_feed`, `store`.
    public var kind: String
    /// A sentence for a person.
    public var message: String
    /// The HTTP status, where there was an answer.
    public var httpStatus: Int?
    /// Failed polls in a row.
    public var count: Int
    /// When the first of them ended.
    public var since: Timestamp

    /// A failure from its parts.
    public init(kind: String, message: String, httpStatus: Int?, count: Int, since: Timestamp) {
      self.kind = kind
      self.message = message
      self.httpStatus = httpStatus
      self.count = count
      self.since = since
    }
  }

  /// Counts since the subscription.
  public struct Counts: Equatable, Sendable {
    /// Polls that ended, however.
    public var polls = 0
    /// Of these, answered by 304 or by a body known already.
    public var notModified = 0
    /// Of these, failed.
    public var failures = 0
    /// Bytes received, as they came over the network.
    public var bytes = 0
    /// Articles stored, new ones.
    public var articles = 0
    /// Milliseconds from request to last byte, as a moving mean.
    public var latencyMilliseconds = 0

    /// Nothing counted yet.
    public init() {}
  }

  /// The title to show: the user's, the publisher's, else the address.
  public var displayTitle: String {
    if let titleOverride, !titleOverride.isEmpty { return titleOverride }
    if let title, !title.isEmpty { return title }
    return url
  }
}
