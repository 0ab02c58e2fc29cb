/// The numbers of the polling policy; all durations in seconds.
public struct ScheduleConfiguration: Sendable, Equatable {
  /// The least time between two polls of one feed. Servers that watch their guests call less than an hour
  /// rude.
  public var minimumInterval = 3600
  /// The most time between two polls of a healthy feed that gives no reason for more.
  public var maximumInterval = 86_400
  /// The time between polls while no rhythm is known.
  public var defaultInterval = 3600
  /// The time between polls that a person has set, instead of the feed's rhythm.
  public private(set) var fixedInterval: Int?
  /// The time between polls of a feed whose server gives no validators.
  public var withoutValidatorsInterval = 86_400
  /// The part of the mean time between two articles that a poll waits.
  public var rhythmFraction = 0.1
  /// The part of the time since the last article that a poll waits at least.
  public var silenceFraction = 0.05
  /// The most that each due time is moved back at random, as a part of the wait.
  public var jitter = 0.1
  /// The longest freshness (max-age, Expires) that is believed.
  public var freshnessLimit = 7 * 86_400
  /// The longest Retry-After that is believed.
  public var retryAfterLimit = 30 * 86_400
  /// The least time between two requests to one host.
  public var perHostSpacing = 2
  /// How many polls in a row must see a permanent redirect before the subscription moves.
  public var moveCount = 5
  /// For how long a permanent redirect must have been seen before the subscription moves.
  public var moveSeconds = 3 * 86_400
  /// The waits after failures, by class.
  public var backoff = Backoff()

  /// The defaults.
  public init() {}

  /// These numbers for a feed whose interval a person has set: never under the minimum, and what the server and the
  /// feed ask for still lengthens it.
  public func fixed(interval: Int) -> ScheduleConfiguration {
    var fixed = self
    fixed.fixedInterval = max(interval, minimumInterval)
    return fixed
  }

  /// The waits after failures: `base` after the first, doubled with each in a row, at most `cap`.
  ///
  /// The wait is drawn evenly from zero to that ("full jitter") and added to the minimum interval.
  public struct Backoff: Sendable, Equatable {
    /// Name resolution, connection, timeout, broken protocol, too slow: the network.
    public var network = Range(base: 1800, cap: 86_400)
    /// A certificate that does not hold.
    public var tls = Range(base: 7200, cap: 86_400)
    /// 5xx, and 429 without Retry-After.
    public var server = Range(base: 3600, cap: 86_400)
    /// 401, 403, 407, 451: somebody must act.
    public var denied = Range(base: 21_600, cap: 3 * 86_400)
    /// 404 and other 4xx.
    public var missing = Range(base: 14_400, cap: 7 * 86_400)
    /// An answer that is no feed, is too large, or redirects without end.
    public var content = Range(base: 7200, cap: 86_400)
    /// Our own disk.
    public var store = Range(base: 60, cap: 3600)

    /// The defaults.
    public init() {}

    /// A first wait and a last one.
    public struct Range: Sendable, Equatable {
      /// After the first failure.
      public var base: Int
      /// At most.
      public var cap: Int

      /// A range from its ends.
      public init(base: Int, cap: Int) {
        self.base = base
        self.cap = cap
      }

      /// The longest wait after so many failures in a row (from 1).
      public func limit(failures: Int) -> Int {
        let doublings = min(max(failures - 1, 0), 24)
        return min(cap, base << doublings)
      }
    }
  }
}
