/// Why a feed is due when it is due; the raw value is stored in `due_reason`.
public enum PollReason: String, Sendable, CaseIterable {
  /// It was never polled.
  case firstPoll = "first poll"
  /// No rhythm is known yet.
  case defaultInterval = "default interval"
  /// The configuration sets its interval.
  case configured = "configured interval"
  /// Its own rhythm of publishing.
  case rhythm = "rhythm"
  /// It has been silent for long.
  case silence = "silence"
  /// Its document is short for the pace of its entries.
  case window = "window"
  /// Its server gives no validators.
  case noValidators = "no validators"
  /// `ttl`.
  case ttl = "ttl"
  /// `sy:updatePeriod`.
  case updatePeriod = "update period"
  /// `skipHours`.
  case skipHours = "skip hours"
  /// `skipDays`.
  case skipDays = "skip days"
  /// `Cache-Control` or `Expires`.
  case maxAge = "max-age"
  /// `Retry-After`.
  case retryAfter = "retry-after"
  /// The host's limit of requests is used up.
  case rateLimit = "rate limit"
  /// The last poll failed.
  case backoff = "backoff"
  /// A person asked.
  case manual = "manual"
  /// 410.
  case gone = "gone"
  /// It moved to an address that is subscribed to already.
  case merged = "merged"

  /// The reason of this name; nil for one that only another version knows.
  init?(utf8 name: UnsafeBufferPointer<UInt8>) {
    guard let known = Self.names[name] else { return nil }
    self = known
  }

  private static let names = CaseNames<PollReason>()

  /// What `precis feeds` tells a person.
  public var sentence: String {
    switch self {
    case .firstPoll: "it was never polled"
    case .defaultInterval: "no publishing rhythm is known yet"
    case .configured: "the configuration sets this interval for it"
    case .rhythm: "that suits the rhythm in which it publishes"
    case .silence: "it has been silent for long"
    case .window: "its document holds few entries for the pace at which it publishes"
    case .noValidators: "its server gives no validators, so that every poll costs the whole document"
    case .ttl: "the feed asks for this interval (ttl)"
    case .updatePeriod: "the feed says that it changes at this interval (sy:updatePeriod)"
    case .skipHours: "the feed asks not to be polled in the hours before (skipHours)"
    case .skipDays: "the feed asks not to be polled on the days before (skipDays)"
    case .maxAge: "the server says that its last answer is fresh until then (Cache-Control or Expires)"
    case .retryAfter: "the server asked to wait until then (Retry-After)"
    case .rateLimit: "the server's limit of requests is used up until then"
    case .backoff: "the last poll failed, and each failure in a row waits longer"
    case .manual: "somebody asked for it"
    case .gone: "the server said that it is gone for ever (410): it is not polled"
    case .merged: "it moved to an address that is subscribed to already: that one is polled"
    }
  }
}
