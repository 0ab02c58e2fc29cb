import PrecisModel

extension SchedulePolicy {
  /// A due time that constraints push back, and the last that did.
  struct Plan {
    var due: Timestamp
    var reason: PollReason

    mutating func wait(until moment: Timestamp, _ reason: PollReason) {
      guard moment > due else { return }
      due = moment
      self.reason = reason
    }
  }

  /// Sets the next due time after a poll that went well, or that was abandoned.
  ///
  /// `before` is the state before the poll: a manual poll keeps the phase that it had.
  func plan(
    after outcome: PollOutcome, from before: FeedState, in state: inout FeedState, now: Timestamp,
    random: inout some RandomNumberGenerator
  ) {
    var (interval, reason) = ownInterval(of: state, now: now)
    if state.validators == nil, reason != .configured, before.lastPolled != nil || outcome.kind != .abandoned
    {
      let most = state.hints.window.map { max(configuration.minimumInterval, $0 / 2) } ?? .max
      let floor = min(configuration.withoutValidatorsInterval, most)
      if interval < floor { (interval, reason) = (floor, .noValidators) }
    }
    var plan = Plan(due: now + Int64(interval), reason: reason)
    if let minutes = state.hints.ttlMinutes, minutes > 0 {
      plan.wait(
        until: now + Int64(min(minutes, 10_000_000) * 60, atMost: configuration.maximumInterval), .ttl)
    }
    if let period = state.hints.updatePeriod, period > 0 {
      plan.wait(until: now + Int64(period, atMost: configuration.maximumInterval), .updatePeriod)
    }
    state.notBefore = nil
    if outcome.kind != .abandoned, let fresh = state.hints.maxAge, fresh > 0 {
      state.notBefore = now + Int64(fresh)
      plan.wait(until: now + Int64(fresh), .maxAge)
    } else if let promised = before.notBefore, promised > now {
      state.notBefore = promised
      plan.wait(until: promised, before.dueReason ?? .maxAge)
    }
    if let pause = outcome.hostPauseSeconds, pause > 0 {
      let until = now + Int64(pause, atMost: configuration.retryAfterLimit)
      state.notBefore = max(state.notBefore ?? until, until)
      plan.wait(until: until, .rateLimit)
    }
    plan.due = spread(plan, outcome: outcome, before: before, now: now, random: &random)
    skip(state.hints, in: &plan, random: &random)
    state.nextDue = plan.due
    state.dueReason = plan.reason
  }

  /// The interval that a person has set, else the one that a feed's own rhythm asks for, between the configured bounds.
  private func ownInterval(of state: FeedState, now: Timestamp) -> (seconds: Int, reason: PollReason) {
    if let fixed = configuration.fixedInterval { return (fixed, .configured) }
    let (least, most) = (configuration.minimumInterval, configuration.maximumInterval)
    var interval = configuration.defaultInterval
    var reason = PollReason.defaultInterval
    if let gap = state.publishInterval {
      interval = Int(Double(gap) * configuration.rhythmFraction)
      reason = .rhythm
    }
    if let changed = state.lastChanged ?? state.lastSuccess.map({ min($0, state.dateAdded) }) {
      let silence = Int(Double(max(0, now - changed)) * configuration.silenceFraction)
      if silence > interval, silence > least { (interval, reason) = (silence, .silence) }
    }
    interval = min(max(interval, least), max(least, most))
    if let window = state.hints.window, window / 2 < interval {
      (interval, reason) = (max(least, window / 2), .window)
    }
    return (interval, reason)
  }

  /// Moves a due time at random: back a little, but after the first poll by up to a whole wait, so that feeds that
  /// were subscribed to together part for ever. A manual poll keeps the feed's phase where it can.
  private func spread(
    _ plan: Plan, outcome: PollOutcome, before: FeedState, now: Timestamp,
    random: inout some RandomNumberGenerator
  ) -> Timestamp {
    let wait = max(0, plan.due - now)
    if before.lastPolled == nil, plan.reason != .configured {
      return now + parted(wait, plan.reason, random: &random)
    }
    if outcome.trigger == .manual, let planned = before.nextDue, planned > now {
      var kept = planned
      while kept < plan.due, wait > 0 { kept = kept + wait }
      let isTooLate = kept - now > withJitter(Int64(configuration.maximumInterval))
      return isTooLate ? now + parted(wait, plan.reason, random: &random) : kept
    }
    return plan.due + Int64.random(in: 0...max(1, withJitter(wait) - wait), using: &random)
  }

  /// A wait drawn from one to two of its length, or, where that would be longer than feeds wait at most, from the
  /// half of that on; one that must not be shortened gets its jitter then.
  private func parted(
    _ wait: Int64, _ reason: PollReason, random: inout some RandomNumberGenerator
  ) -> Int64 {
    let most = max(wait, min(wait * 2, Int64(configuration.maximumInterval)))
    let least = reason.mayComeSooner ? min(wait, max(Int64(configuration.minimumInterval), most / 2)) : wait
    return Int64.random(in: least...max(most, withJitter(least)), using: &random)
  }

  private func withJitter(_ wait: Int64) -> Int64 { wait + Int64(Double(wait) * configuration.jitter) }

  /// Moves a due time out of the hours and days that the feed asks to be left alone (RSS 2.0), to somewhere
  /// in the next hour that is free. Hints that leave no hour at all are taken as mistakes.
  private func skip(
    _ hints: FeedState.PollHints, in plan: inout Plan, random: inout some RandomNumberGenerator
  ) {
    if hints.skipHours.isEmpty, hints.skipDays.isEmpty { return }
    let hours = Set(hints.skipHours.map { $0 == 24 ? 0 : $0 }).filter { 0...23 ~= $0 }
    let days = Set(hints.skipDays).filter { 0...6 ~= $0 }
    guard !hours.isEmpty || !days.isEmpty, hours.count < 24, days.count < 7 else { return }
    var moment = plan.due
    var reason: PollReason?
    // At most seven days of hours, then a free one must have come.
    for _ in 0..<(8 * 24) {
      let civil = moment.civil
      if days.contains(civil.weekday) {
        reason = .skipDays
      } else if hours.contains(civil.hour) {
        reason = .skipHours
      } else {
        break
      }
      moment = moment + (3600 - Int64(civil.minute * 60 + civil.second))
    }
    guard let reason else { return }
    plan.due = moment + Int64.random(in: 0..<3600, using: &random)
    plan.reason = reason
  }
}

extension Int64 {
  /// A count of seconds, at most a limit.
  fileprivate init(_ seconds: Int, atMost limit: Int) { self.init(Swift.min(Swift.max(0, seconds), limit)) }
}
