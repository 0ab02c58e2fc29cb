import PrecisModel

/// Decides when a feed is polled next, and what is remembered of a poll.
///
/// It is the one place where an outcome becomes state; it knows no clock and no randomness of its own, so the
/// same outcome, state, moment and random numbers give the same new state.
public struct SchedulePolicy: Sendable {
  /// The numbers it goes by.
  public var configuration: ScheduleConfiguration

  /// A policy that goes by these numbers.
  public init(configuration: ScheduleConfiguration = ScheduleConfiguration()) {
    self.configuration = configuration
  }

  /// The state after a poll that ended `now`.
  ///
  /// Every outcome passes here, failures too, so that none is forgotten. `random` draws the jitter.
  public func next(
    after outcome: PollOutcome, state: FeedState, now: Timestamp, random: inout some RandomNumberGenerator
  ) -> FeedState {
    var next = state
    count(outcome, in: &next)
    next.lastPolled = now
    switch outcome.kind {
    case .changed, .unchangedBody, .notModified:
      succeed(outcome, in: &next, now: now)
      if next.status == .active { plan(after: outcome, from: state, in: &next, now: now, random: &random) }
    case .failed(let kind, let message, let status):
      fail(kind, message, status, outcome: outcome, in: &next, now: now, random: &random)
    case .abandoned:
      plan(after: outcome, from: state, in: &next, now: now, random: &random)
    }
    if next.status == .merged { stop(.merged, in: &next) }
    return next
  }

  /// When a feed is due as its stored state says; nil where it is not polled.
  ///
  /// Never earlier than a promise or the minimum interval after the last poll, whatever the state says. A
  /// state from a clock that ran ahead of `now` waits its whole interval again.
  public func due(of state: FeedState, now: Timestamp) -> Timestamp? {
    guard state.status == .active else { return nil }
    guard let polled = state.lastPolled else { return max(state.notBefore ?? now, state.nextDue ?? now) }
    var due = max(state.nextDue ?? polled + Int64(configuration.defaultInterval), state.notBefore ?? polled)
    due = fitted(due, polled: polled, to: state.dueReason)
    due = max(due, polled + Int64(configuration.minimumInterval))
    if polled > now { due = due + (now - polled) }
    let longest = Int64(max(configuration.retryAfterLimit, configuration.maximumInterval)) * 2
    return min(due, now + longest)
  }

  /// A due time that was planned for another interval than the configuration sets now: what servers and feeds ask
  /// for, and failures, stay as they are.
  private func fitted(_ due: Timestamp, polled: Timestamp, to reason: PollReason?) -> Timestamp {
    guard let reason, reason.mayComeSooner || reason == .noValidators else { return due }
    guard let fixed = configuration.fixedInterval.map({ Int64($0) }) else {
      // One that is not set any more may not leave a feed waiting for longer than feeds wait.
      let most = Int64(Double(configuration.maximumInterval) * (1 + configuration.jitter))
      return reason == .configured ? min(due, polled + most) : due
    }
    return max(polled + fixed, min(due, polled + fixed + Int64(Double(fixed) * configuration.jitter)))
  }

  /// The time that usually passes between two polls of a feed, in seconds: what the queue reckons its load
  /// by.
  ///
  /// 0 for one that was never polled: the queue lets it not wait when it spreads what is overdue.
  public func interval(of state: FeedState) -> Int {
    guard let polled = state.lastPolled else { return 0 }
    guard let due = state.nextDue, due > polled else { return configuration.defaultInterval }
    return max(1, Int(min(due - polled, Int64(configuration.maximumInterval) * 30)))
  }

  /// Until when the whole host of a feed must be left alone, if it must.
  ///
  /// To be asked for every state at start: the promise was made to the host, and a restart does not end it.
  public func hostHold(of state: FeedState, now: Timestamp) -> Timestamp? {
    guard let until = state.notBefore, until > now else { return nil }
    if let status = state.failure?.httpStatus { return status == 429 || status == 503 ? until : nil }
    return state.dueReason == .rateLimit ? until : nil
  }

  /// Whether a feed may be polled now because a person asks.
  public func manual(_ state: FeedState, now: Timestamp, force: ManualForce = .no) -> ManualDecision {
    switch state.status {
    case .merged: return .refused(.merged)
    case .removed: return .refused(.gone)
    case .gone, .active: break
    }
    guard force == .no, let until = state.notBefore, until > now else { return .poll }
    // A promise from a clock that ran ahead of ours is none.
    if let polled = state.lastPolled, polled > now { return .poll }
    switch state.dueReason {
    case .retryAfter: return .wait(until: until, .retryAfter)
    case .rateLimit: return .wait(until: until, .rateLimit)
    default: return .wait(until: until, .maxAge)
    }
  }

  /// Whether a person's wish stands above what servers were promised.
  public enum ManualForce: Sendable {
    /// It does not.
    case no
    /// It does.
    case yes
  }

  /// What becomes of a person's wish to poll a feed.
  public enum ManualDecision: Equatable, Sendable {
    /// It is polled.
    case poll
    /// The server was promised rest until then.
    case wait(until: Timestamp, PollReason)
    /// It is not polled at all.
    case refused(PollReason)
  }

  /// The state after the wall clock was set by so many seconds: its moments keep their distance from now.
  public func shifted(_ state: FeedState, by seconds: Int64) -> FeedState {
    var next = state
    next.lastPolled = state.lastPolled.map { $0 + seconds }
    next.nextDue = state.nextDue.map { $0 + seconds }
    next.notBefore = state.notBefore.map { $0 + seconds }
    return next
  }

  func stop(_ reason: PollReason, in state: inout FeedState) {
    state.nextDue = nil
    state.notBefore = nil
    state.dueReason = reason
  }

  private func count(_ outcome: PollOutcome, in state: inout FeedState) {
    state.counts.polls &+= 1
    state.counts.bytes &+= max(0, outcome.bytes)
    state.counts.articles &+= max(0, outcome.newArticles)
    switch outcome.kind {
    case .notModified, .unchangedBody: state.counts.notModified &+= 1
    case .failed: state.counts.failures &+= 1
    case .changed, .abandoned: break
    }
    guard outcome.milliseconds > 0 else { return }
    let sample = min(outcome.milliseconds, 3_600_000)
    let mean = state.counts.latencyMilliseconds
    state.counts.latencyMilliseconds = mean == 0 ? sample : (mean * 7 + sample) / 8
  }
}
