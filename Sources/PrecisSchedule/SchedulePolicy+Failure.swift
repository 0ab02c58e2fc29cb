import PrecisModel

extension SchedulePolicy {
  /// Records a failure and sets the next attempt: there is always one, but after 410.
  func fail(
    _ kind: String, _ message: String, _ status: Int?, outcome: PollOutcome, in state: inout FeedState,
    now: Timestamp, random: inout some RandomNumberGenerator
  ) {
    var failure = FeedState.Failure(kind: kind, message: message, httpStatus: status, count: 1, since: now)
    if let known = state.failure {
      failure.count = min(known.count, 1_000_000) + 1
      failure.since = min(known.since, now)
    }
    state.failure = failure
    let failureClass = FailureClass(kind: kind, status: status)
    // A body came that is not in the store: the validators of an older one are out of date, its own would
    // turn the next answer into a 304.
    if kind == "not_a_feed" || kind == "too_large" {
      state.validators = nil
      state.bodyHash = nil
    }
    if status == 410 {
      state.status = .gone
      stop(.gone, in: &state)
      return
    }
    guard state.status == .active else { return }

    let floor = leastWait(failureClass, outcome: outcome, state: state)
    let limit = failureClass.backoff(of: configuration.backoff).limit(failures: failure.count)
    let promised = state.notBefore.flatMap { $0 > now ? $0 : nil }
    var plan = Plan(
      due: now + Int64(floor) + Int64.random(in: 0...Int64(max(1, limit)), using: &random), reason: .backoff)
    if let seconds = outcome.retryAfterSeconds, status == 429 || status == 503, seconds >= 0 {
      let until = now + Int64(min(seconds, configuration.retryAfterLimit))
      let spread = Int64.random(
        in: 0...max(1, Int64(Double(until - now) * configuration.jitter)), using: &random)
      plan = Plan(due: max(now + Int64(floor), until) + min(spread, 3600), reason: .retryAfter)
      state.notBefore = max(promised ?? until, until)
    } else if status == 429 {
      state.notBefore = max(promised ?? plan.due, plan.due)
    } else {
      state.notBefore = promised
    }
    if let until = state.notBefore { plan.wait(until: until, plan.reason) }
    state.nextDue = plan.due
    state.dueReason = plan.reason
  }

  /// Until when the host of a page that is no feed must be left alone after an answer; nil where it need not.
  public func rest(after status: Int, _ retryAfterSeconds: Int?, now: Timestamp) -> Timestamp? {
    guard status == 429 || status == 503 else { return nil }
    if let seconds = retryAfterSeconds, seconds >= 0 {
      return now + Int64(min(seconds, configuration.retryAfterLimit))
    }
    return status == 429
      ? now + Int64(max(configuration.minimumInterval, configuration.backoff.server.base)) : nil
  }

  /// The wait that is kept whatever chance says: a server that was reached and gives no validators sends the
  /// whole document at the next attempt, too.
  private func leastWait(_ failureClass: FailureClass, outcome: PollOutcome, state: FeedState) -> Int {
    let bare =
      failureClass.reachedServer && state.lastSuccess != nil && state.validators == nil
      && outcome.validators == nil
    return bare
      ? max(configuration.minimumInterval, configuration.withoutValidatorsInterval)
      : configuration.minimumInterval
  }
}

/// Failures that are waited out alike.
enum FailureClass {
  case network, tls, server, denied, missing, content, store

  /// The class of a failure by its kind (`FeedState.Failure.kind`) and status.
  init(kind: String, status: Int?) {
    switch (kind, status) {
    case ("store", _): self = .store
    case ("tls", _): self = .tls
    case ("not_a_feed", _), ("too_large", _), ("redirect", _), ("blocked_address", _): self = .content
    case (_, 401?), (_, 403?), (_, 407?), (_, 451?): self = .denied
    case (_, 429?), (_, 408?), (_, 425?): self = .server
    case (_, let status?) where 400...499 ~= status: self = .missing
    case (_, let status?) where 500...599 ~= status: self = .server
    case ("http", _): self = .server
    default: self = .network
    }
  }

  /// The waits of this class.
  func backoff(of backoff: ScheduleConfiguration.Backoff) -> ScheduleConfiguration.Backoff.Range {
    switch self {
    case .network: backoff.network
    case .tls: backoff.tls
    case .server: backoff.server
    case .denied: backoff.denied
    case .missing: backoff.missing
    case .content: backoff.content
    case .store: backoff.store
    }
  }

  /// Whether the server answered, and so was put to work.
  var reachedServer: Bool {
    switch self {
    case .network, .tls: false
    case .server, .denied, .missing, .content, .store: true
    }
  }
}
