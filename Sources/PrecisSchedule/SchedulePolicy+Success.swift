import PrecisModel

extension SchedulePolicy {
  /// Takes over what a good answer brought.
  func succeed(_ outcome: PollOutcome, in state: inout FeedState, now: Timestamp) {
    state.failure = nil
    state.lastSuccess = now
    if state.status == .gone { state.status = .active }
    takeMove(outcome, in: &state, now: now)
    takeValidators(outcome, in: &state)
    takeFreshness(outcome, in: &state)
    if outcome.kind == .changed { takeDocument(outcome, in: &state) }
    takeRhythm(outcome, in: &state, now: now)
    if outcome.newArticles > 0 || outcome.revisedArticles > 0 { state.lastChanged = now }
  }

  /// RFC 9110 section 8.8, RFC 9111 section 4.3.4: a 200 replaces both validators, a 304 those that it
  /// carries.
  private func takeValidators(_ outcome: PollOutcome, in state: inout FeedState) {
    guard outcome.kind == .notModified else {
      state.validators = outcome.validators
      return
    }
    guard let received = outcome.validators else { return }
    guard let known = state.validators, known.url == received.url else {
      state.validators = received
      return
    }
    if let etag = received.etag, etag != known.etag { state.validators?.etag = etag }
    if let date = received.lastModified, date != known.lastModified { state.validators?.lastModified = date }
  }

  /// A 304 without a freshness of its own leaves the stored one (RFC 9111 section 4.3.4).
  private func takeFreshness(_ outcome: PollOutcome, in state: inout FeedState) {
    if let seconds = outcome.freshnessSeconds {
      state.hints.maxAge = min(max(0, seconds), configuration.freshnessLimit)
    } else if outcome.kind != .notModified {
      state.hints.maxAge = nil
    }
  }

  private func takeDocument(_ outcome: PollOutcome, in state: inout FeedState) {
    if let hints = outcome.hints {
      let maxAge = state.hints.maxAge
      state.hints = hints
      state.hints.maxAge = maxAge
    }
    state.hints.window = Self.window(of: outcome.entryDates)
    if let hash = outcome.bodyHash { state.bodyHash = hash }
    if let title = outcome.title, !title.isEmpty { state.title = title }
    if let home = outcome.homePageURL { state.homePageURL = home }
    state.hubURL = outcome.hubURL
  }

  /// The time that a document's entries span, in seconds; nil where fewer than three have dates.
  static func window(of dates: [Timestamp]) -> Int? {
    guard dates.count >= 3, let first = dates.min(), let last = dates.max() else { return nil }
    let (span, overflow) = last.seconds.subtractingReportingOverflow(first.seconds)
    return overflow ? nil : Int(span)
  }

  // MARK: Permanent redirects

  /// Learns a permanent redirect: it moves the subscription after enough polls in a row over enough days.
  ///
  /// Only the redirects before the first temporary one count, and only where a feed (or a 304 for one) was
  /// found.
  private func takeMove(_ outcome: PollOutcome, in state: inout FeedState, now: Timestamp) {
    guard let target = Self.permanentTarget(of: outcome.redirects, from: state.url) else {
      state.move = nil
      return
    }
    var move = FeedState.Move(target: target, count: 1, since: now)
    if let known = state.move, known.target == target {
      move.count = min(known.count, 1_000_000) + 1
      move.since = min(known.since, now)
    }
    guard move.count >= configuration.moveCount, now - move.since >= Int64(configuration.moveSeconds) else {
      state.move = move
      return
    }
    state.move = nil
    if let other = outcome.collision, other != state.id {
      state.status = .merged
      return
    }
    state.url = target
  }

  /// Where a chain of redirects leads for good; nil where it leads nowhere else.
  static func permanentTarget(of redirects: [PollOutcome.Redirect], from url: String) -> String? {
    guard !redirects.isEmpty else { return nil }
    var at = url
    var seen: Set<String> = [url]
    for redirect in redirects {
      guard redirect.isPermanent, redirect.from == at, !redirect.to.isEmpty else { break }
      guard seen.insert(redirect.to).inserted else { return nil }
      at = redirect.to
    }
    return at == url ? nil : at
  }

  // MARK: Rhythm

  /// Keeps the moving mean of the seconds between new articles.
  ///
  /// At first it is the median gap of the document's dates; later, the time since the last change shared
  /// among the new articles, so that wrong dates do no harm.
  private func takeRhythm(_ outcome: PollOutcome, in state: inout FeedState, now: Timestamp) {
    guard outcome.newArticles > 0 else { return }
    guard let changed = state.lastChanged else {
      state.publishInterval = Self.medianGap(outcome.entryDates, now: now)
      return
    }
    let sample = Int(max(60, min(now - changed, 365 * 86_400))) / outcome.newArticles
    let mean = state.publishInterval ?? sample
    state.publishInterval = max(60, (mean * 3 + sample) / 4)
  }

  /// The median gap between the newest (at most 20) dates that are not in the future; nil where there is
  /// none.
  static func medianGap(_ dates: [Timestamp], now: Timestamp) -> Int? {
    let newest = dates.filter { $0 <= now && $0.seconds > 0 }.sorted(by: >).prefix(21)
    let gaps = zip(newest, newest.dropFirst()).map { Int($0 - $1) }.sorted()
    guard !gaps.isEmpty else { return nil }
    return max(60, gaps[gaps.count / 2])
  }
}
