import PrecisModel

/// What is wrong or remarkable with one subscription, as a program decides it from the feed's state.
public struct FeedHealth: Sendable, Equatable {
  /// The kinds of findings, the gravest first.
  public enum Finding: String, Sendable, CaseIterable {
    /// The server said 410 Gone, or polls have failed for ``deadAfter`` and at least 5 times.
    case dead
    /// The last poll failed.
    case failing
    /// It moved: to another subscription, to a new address, or a redirect is on probation.
    case moved
    /// It takes ``slowMilliseconds`` or longer to answer, as a mean.
    case slow
    /// It publishes an article every ``noisyInterval`` seconds or faster.
    case noisy
    /// It never answers that nothing changed, so every poll transfers everything.
    case wasteful
    /// It answers, but brought nothing new for ``silentAfter``.
    case silent
  }

  /// 14 days, in seconds.
  public static let deadAfter: Int64 = 14 * 86_400
  /// 180 days, in seconds.
  public static let silentAfter: Int64 = 180 * 86_400
  /// 5 seconds.
  public static let slowMilliseconds = 5000
  /// 30 minutes, in seconds: about 50 articles a day.
  public static let noisyInterval = 1800

  /// The findings, the gravest first, each with a sentence; empty: all is well.
  public let findings: [(finding: Finding, reason: String)]

  /// The health of a subscription at a moment.
  public init(_ feed: borrowing FeedState, now: Timestamp) {
    var findings: [(finding: Finding, reason: String)] = []
    for finding in Finding.allCases {
      if let reason = Self.reason(finding, feed, now) { findings.append((finding, reason)) }
    }
    self.findings = findings
  }

  /// Equal where all findings and reasons are.
  public static func == (left: FeedHealth, right: FeedHealth) -> Bool {
    left.findings.elementsEqual(right.findings) { $0.finding == $1.finding && $0.reason == $1.reason }
  }

  private static func reason(_ finding: Finding, _ feed: FeedState, _ now: Timestamp) -> String? {
    switch finding {
    case .dead: return dead(feed, now)
    case .failing:
      guard let failure = feed.failure, dead(feed, now) == nil else { return nil }
      return "\(failure.message) (\(failure.count) in a row since \(failure.since))"
    case .moved: return moved(feed)
    case .slow:
      guard feed.counts.latencyMilliseconds >= slowMilliseconds else { return nil }
      return "takes \((feed.counts.latencyMilliseconds + 500) / 1000) s to answer"
    case .noisy:
      guard let interval = feed.publishInterval, 1...noisyInterval ~= interval else { return nil }
      return "about \(86_400 / interval) articles a day"
    case .wasteful:
      let good = feed.counts.polls - feed.counts.failures
      guard good >= 20, feed.counts.notModified * 20 < good, feed.validators == nil else { return nil }
      return "\(feed.counts.notModified) of \(good) polls answered unchanged; no validators"
    case .silent:
      guard feed.status == .active, feed.failure == nil else { return nil }
      let last = feed.lastChanged ?? feed.dateAdded
      guard now - last >= silentAfter else { return nil }
      return "nothing new since \(String(last.description.prefix(10)))"
    }
  }

  private static func dead(_ feed: FeedState, _ now: Timestamp) -> String? {
    if feed.status == .gone { return "410 Gone; not polled any more (precis sync FEED asks again)" }
    guard let failure = feed.failure, failure.count >= 5, now - failure.since >= deadAfter else { return nil }
    return "\(failure.message) (for \(RelativeTime.span(now - failure.since)))"
  }

  private static func moved(_ feed: FeedState) -> String? {
    if feed.status == .merged { return "moved to a feed that is subscribed to already: \(feed.url)" }
    if let move = feed.move {
      return "redirects to \(move.target) (seen \(move.count) times since \(move.since))"
    }
    if feed.subscribedURL != feed.url { return "moved from \(feed.subscribedURL)" }
    return nil
  }
}
