import PrecisModel

/// How one poll of a feed ended, as far as it matters for the next: plain values, filled by the pipeline.
public struct PollOutcome: Sendable {
  /// How it ended.
  public var kind: Kind
  /// Who asked for it.
  public var trigger = Trigger.schedule
  /// The validators of the final answer (200 or 304), with the final address; nil where it had none.
  public var validators: FeedState.Validators?
  /// How long the answer stays fresh: `Cache-Control: max-age`, else `Expires` minus `Date`, less `Age`; in
  /// seconds.
  public var freshnessSeconds: Int?
  /// `Retry-After`, either form, as seconds from now.
  public var retryAfterSeconds: Int?
  /// How long the whole host asks for a pause although the poll went well (`RateLimit` used up); in seconds.
  public var hostPauseSeconds: Int?
  /// What the document says of polling; nil where none was parsed. Its `maxAge` is not read.
  public var hints: FeedState.PollHints?
  /// Articles stored that were not known before.
  public var newArticles = 0
  /// Articles stored as a new revision.
  public var revisedArticles = 0
  /// When the entries of the document were published, in any order; empty where none was parsed.
  public var entryDates: [Timestamp] = []
  /// The redirects that were followed, in order.
  public var redirects: [Redirect] = []
  /// The other subscription that polls the address where the permanent redirects lead, if one does.
  public var collision: FeedID?
  /// Bytes received over the network.
  public var bytes = 0
  /// From the request to the last byte.
  public var milliseconds = 0
  /// 32 hexadecimal digits of the hash of the body; nil where none came.
  public var bodyHash: String?
  /// What the document calls itself.
  public var title: String?
  /// The site's address, as the document gives it.
  public var homePageURL: String?
  /// The WebSub hub that the document names.
  public var hubURL: String?

  /// An outcome of which only the kind is known.
  public init(_ kind: Kind) { self.kind = kind }

  /// How a poll can end.
  public enum Kind: Sendable, Equatable {
    /// A body that was parsed and durably stored.
    case changed
    /// A body that is the last one again, by hash.
    case unchangedBody
    /// 304.
    case notModified
    /// Anything that went wrong, with a class of `FeedState.Failure.kind`, a sentence, and the status if any
    /// came.
    case failed(kind: String, message: String, httpStatus: Int?)
    /// The daemon stopped while it was under way: nobody's failure, but the server was asked.
    case abandoned
  }

  /// Who can ask for a poll.
  public enum Trigger: Sendable {
    /// The queue: it was due.
    case schedule
    /// A person or a program, at any time.
    case manual
  }

  /// One redirect.
  public struct Redirect: Sendable, Equatable {
    /// The status: 301, 302, 303, 307 or 308.
    public var status: Int
    /// The address that answered with it.
    public var from: String
    /// The absolute address that it named.
    public var to: String

    /// A redirect from its parts.
    public init(status: Int, from: String, to: String) {
      self.status = status
      self.from = from
      self.to = to
    }

    /// Whether the server says that the old address need not be asked again.
    public var isPermanent: Bool { status == 301 || status == 308 }
  }
}
