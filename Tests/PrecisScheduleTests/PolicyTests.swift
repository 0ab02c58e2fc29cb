import PrecisModel
import Testing

@testable import PrecisSchedule

/// Tuesday 2026-11-24, 12:00 UTC.
private let noon = Timestamp(seconds: 1_795_521_600)
private let feedURL = "https://blog.example/feed"
private let hour: Int64 = 3600
private let day: Int64 = 86_400

/// A feed that was polled before, with both validators.
private func polled(_ change: (inout FeedState) -> Void = { _ in }) -> FeedState {
  var state = FeedState(url: feedURL, dateAdded: noon + -10 * day)
  state.lastPolled = noon + -6 * hour
  state.lastSuccess = state.lastPolled
  state.lastChanged = noon + -day
  state.nextDue = noon
  state.publishInterval = 86_400
  state.validators = FeedState.Validators(
    url: feedURL, etag: "\"1\"", lastModified: "Mon, 23 Nov 2026 12:00:00 GMT")
  state.counts.polls = 9
  change(&state)
  return state
}

private func next(
  _ outcome: PollOutcome, _ state: FeedState, now: Timestamp = noon,
  policy: SchedulePolicy = SchedulePolicy(),
  seed: UInt64 = 1
) -> FeedState {
  var random = SeededRandom(seed)
  return policy.next(after: outcome, state: state, now: now, random: &random)
}

private func answer(
  _ kind: PollOutcome.Kind, etag: String? = "\"2\"", modified: String? = nil,
  _ change: (inout PollOutcome) -> Void = { _ in }
) -> PollOutcome {
  var outcome = PollOutcome(kind)
  if etag != nil || modified != nil {
    outcome.validators = FeedState.Validators(url: feedURL, etag: etag, lastModified: modified)
  }
  change(&outcome)
  return outcome
}

private func failure(_ kind: String, _ status: Int? = nil, retryAfter: Int? = nil) -> PollOutcome {
  var outcome = PollOutcome(.failed(kind: kind, message: "it failed", httpStatus: status))
  outcome.retryAfterSeconds = retryAfter
  return outcome
}

@Suite("Validators")
struct ValidatorTests {
  @Test("a 200 replaces both validators, also by none")
  func replaced() {
    let one = next(answer(.changed, etag: nil, modified: "Tue, 24 Nov 2026 11:00:00 GMT"), polled())
    #expect(one.validators?.etag == nil)
    #expect(one.validators?.lastModified == "Tue, 24 Nov 2026 11:00:00 GMT")
    let none = next(answer(.changed, etag: nil), polled())
    #expect(none.validators == nil)
    let same = next(answer(.unchangedBody, etag: "W/\"3-gzip\""), polled())
    #expect(same.validators == FeedState.Validators(url: feedURL, etag: "W/\"3-gzip\"", lastModified: nil))
  }

  @Test("a 304 takes over what it carries and keeps the rest")
  func kept() {
    let etag = next(answer(.notModified, etag: "\"2\""), polled())
    #expect(etag.validators?.etag == "\"2\"")
    #expect(etag.validators?.lastModified == "Mon, 23 Nov 2026 12:00:00 GMT")
    let bare = next(answer(.notModified, etag: nil), polled())
    #expect(bare.validators == polled().validators)
  }

  @Test("a failure of the network keeps them, an answer that is no feed drops them")
  func dropped() {
    #expect(next(failure("timeout"), polled()).validators == polled().validators)
    #expect(next(failure("http", 500), polled()).validators == polled().validators)
    #expect(next(failure("store"), polled()).validators == polled().validators)
    let state = next(failure("not_a_feed", 200), polled { $0.bodyHash = "ab" })
    #expect(state.validators == nil)
    #expect(state.bodyHash == nil)
  }
}

@Suite("When a healthy feed is due")
struct DueTests {
  @Test(
    "the rhythm gives the interval, between the bounds",
    arguments: [
      (3600, 3600), (86_400, 8640), (7 * 86_400, 60_480), (60 * 86_400, 86_400),
    ])
  func rhythm(gap: Int, wait: Int) throws {
    let state = next(
      answer(.notModified),
      polled {
        $0.publishInterval = gap; $0.lastChanged = noon + -60
      })
    let due = try #require(state.nextDue)
    #expect(Int(due - noon) >= wait)
    #expect(Int(due - noon) <= wait + wait / 10 + 1)
    #expect(state.dueReason == .rhythm)
  }

  @Test(
    "a configured interval stands in the rhythm's place, with its jitter, also for a server without validators"
  )
  func configured() throws {
    var policy = SchedulePolicy()
    policy.configuration = policy.configuration.fixed(interval: 6 * 3600)
    for (seed, etag) in [(1, "\"2\""), (2, nil), (3, "\"2\"")] as [(UInt64, String?)] {
      let quiet = polled {
        $0.lastChanged = noon + -100 * day; $0.validators = nil
      }
      for before in [polled(), quiet, FeedState(url: feedURL, dateAdded: noon)] {
        let state = next(answer(.changed, etag: etag), before, policy: policy, seed: seed)
        let wait = try #require(state.nextDue) - noon
        #expect(wait >= 6 * hour && wait <= 6 * hour + 6 * hour / 10 + 1)
        #expect(state.dueReason == .configured)
      }
    }
  }

  @Test("a configured interval is never under the minimum, nor before what servers and feeds ask for")
  func configuredPromises() throws {
    var policy = SchedulePolicy()
    policy.configuration = policy.configuration.fixed(interval: 60)
    let soon = next(answer(.notModified), polled(), policy: policy)
    #expect(try #require(soon.nextDue) - noon >= hour)
    let fresh = next(answer(.notModified) { $0.freshnessSeconds = 7200 }, polled(), policy: policy)
    #expect(try #require(fresh.nextDue) - noon >= 2 * hour && fresh.dueReason == .maxAge)
    let ttl = next(answer(.notModified), polled { $0.hints.ttlMinutes = 240 }, policy: policy)
    #expect(try #require(ttl.nextDue) - noon >= 4 * hour && ttl.dueReason == .ttl)
    let busy = next(failure("http", 503, retryAfter: 9000), polled(), policy: policy)
    #expect(try #require(busy.nextDue) - noon >= 9000)
  }

  @Test("an interval that changes in the configuration counts from the last poll on, promises aside")
  func reconfigured() throws {
    var policy = SchedulePolicy()
    let state = polled {
      $0.lastPolled = noon; $0.nextDue = noon + 20 * hour; $0.dueReason = .silence
    }
    policy.configuration = ScheduleConfiguration().fixed(interval: 2 * 3600)
    #expect(try #require(policy.due(of: state, now: noon)) == noon + 2 * hour + 720)
    policy.configuration = ScheduleConfiguration().fixed(interval: 30 * 3600)
    #expect(try #require(policy.due(of: state, now: noon)) == noon + 30 * hour)
    var held = state
    held.dueReason = .retryAfter
    held.notBefore = held.nextDue
    policy.configuration = ScheduleConfiguration().fixed(interval: 2 * 3600)
    #expect(policy.due(of: held, now: noon) == noon + 20 * hour)
    var free = state
    free.dueReason = .configured
    free.nextDue = noon + 30 * day
    #expect(try #require(SchedulePolicy().due(of: free, now: noon)) <= noon + day + day / 10)
  }

  @Test("a silent feed is polled less and less, but every day")
  func silence() throws {
    let state = next(answer(.notModified), polled { $0.lastChanged = noon + -10 * day })
    #expect(state.dueReason == .silence)
    #expect(Int(try #require(state.nextDue) - noon) >= 43_200)
    let longer = next(answer(.notModified), polled { $0.lastChanged = noon + -500 * day })
    #expect(Int(try #require(longer.nextDue) - noon) <= 86_400 * 11 / 10 + 1)
  }

  @Test("no interval is under an hour, whatever the feed publishes")
  func minimum() throws {
    for seed in 0..<50 as Range<UInt64> {
      let state = next(
        answer(.changed) { $0.newArticles = 50 }, polled { $0.publishInterval = 60 }, seed: seed)
      #expect(try #require(state.nextDue) - noon >= hour)
    }
  }

  @Test("a feed without validators is polled once a day")
  func bare() throws {
    let state = next(answer(.changed, etag: nil), polled())
    #expect(try #require(state.nextDue) - noon >= day)
    #expect(state.dueReason == .noValidators)
  }

  @Test("a document that would lose articles in a day is polled sooner, with validators and without")
  func window() throws {
    let dates = (0..<10 as Range<Int64>).map { noon + (0 - $0) * 1800 }
    for etag in ["\"2\"", nil] {
      let state = next(answer(.changed, etag: etag) { $0.entryDates = dates }, polled())
      #expect(state.hints.window == 9 * 1800)
      let wait = try #require(state.nextDue) - noon
      #expect(wait >= 8100 && wait <= 8100 * 11 / 10 + 1)
    }
  }

  @Test("max-age is a promise, kept over a 304 that has none")
  func maxAge() throws {
    let fresh = next(answer(.changed) { $0.freshnessSeconds = 7 * 3600 }, polled())
    #expect(fresh.notBefore == noon + 7 * hour)
    #expect(try #require(fresh.nextDue) >= noon + 7 * hour)
    #expect(fresh.dueReason == .maxAge)
    let later = noon + 8 * hour
    let again = next(answer(.notModified), fresh, now: later)
    #expect(again.notBefore == later + 7 * hour)
    let gone = next(answer(.changed), again, now: later + 8 * hour)
    #expect(gone.notBefore == nil)
    #expect(gone.hints.maxAge == nil)
  }

  @Test("an absurd max-age is believed for a week at most")
  func absurd() throws {
    let state = next(answer(.changed) { $0.freshnessSeconds = .max }, polled())
    #expect(state.notBefore == noon + 7 * day)
    #expect(try #require(state.nextDue) <= noon + 8 * day)
    let negative = next(answer(.changed) { $0.freshnessSeconds = -5 }, polled())
    #expect(negative.notBefore == nil)
  }

  @Test("ttl and sy:updatePeriod lengthen the wait, up to the greatest interval")
  func feedHints() throws {
    var hints = FeedState.PollHints()
    hints.ttlMinutes = 600
    let ttl = next(answer(.changed) { $0.hints = hints }, polled())
    #expect(ttl.dueReason == .ttl)
    #expect(try #require(ttl.nextDue) >= noon + 10 * hour)
    hints.ttlMinutes = .max
    hints.updatePeriod = .max
    let absurd = next(answer(.changed) { $0.hints = hints }, polled())
    #expect(try #require(absurd.nextDue) <= noon + 27 * hour)
    hints.ttlMinutes = -1
    hints.updatePeriod = 12 * 3600
    let period = next(answer(.changed) { $0.hints = hints }, polled())
    #expect(period.dueReason == .updatePeriod)
  }

  @Test("skipHours and skipDays move the poll to the next free hour")
  func skipped() throws {
    var hints = FeedState.PollHints()
    hints.skipHours = Array(13...23) + [24]
    let hours = next(answer(.changed) { $0.hints = hints }, polled())
    let civil = try #require(hours.nextDue).civil
    #expect(civil.day == 25 && civil.hour == 1)
    #expect(hours.dueReason == .skipHours)
    hints.skipHours = []
    hints.skipDays = [2, 3]
    let days = try #require(next(answer(.changed) { $0.hints = hints }, polled()).nextDue).civil
    #expect(days.weekday == 4 && days.hour == 0)
  }

  @Test("hints that leave no hour are mistakes")
  func noHourLeft() throws {
    var hints = FeedState.PollHints()
    hints.skipHours = Array(0...23)
    let state = next(answer(.changed) { $0.hints = hints }, polled())
    #expect(state.dueReason == .rhythm)
    hints.skipHours = [-4, 99]
    hints.skipDays = Array(0...6)
    #expect(next(answer(.changed) { $0.hints = hints }, polled()).dueReason == .rhythm)
  }

  @Test("feeds subscribed to together part after their first poll")
  func phases() throws {
    var waits: [Int64] = []
    for seed in 0..<200 as Range<UInt64> {
      let fresh = FeedState(url: feedURL, dateAdded: noon)
      waits.append(try #require(next(answer(.changed), fresh, seed: seed).nextDue) - noon)
    }
    #expect(waits.allSatisfy { hour...(2 * hour) ~= $0 })
    #expect(waits.filter { $0 > hour * 3 / 2 }.count > 60)
    #expect(waits.filter { $0 < hour * 3 / 2 }.count > 60)
  }

  @Test(
    "no feed waits longer than the maximum and its jitter, neither after its first poll nor after a manual one",
    arguments: UInt64(1)...40)
  func maximum(seed: UInt64) throws {
    let most = day + day / 10
    for etag in ["\"1\"", nil] {
      let first = next(answer(.changed, etag: etag), FeedState(url: feedURL, dateAdded: noon), seed: seed)
      let due = try #require(first.nextDue)
      #expect(due - noon >= hour)
      #expect(due - noon <= most)
      if etag == nil { #expect(due - noon >= day) }
      var manual = answer(.changed, etag: etag)
      manual.trigger = .manual
      let again = next(manual, first, now: noon + hour, seed: seed)
      #expect(try #require(again.nextDue) - (noon + hour) >= hour)
      #expect(try #require(again.nextDue) - (noon + hour) <= most)
    }
  }

  @Test("feeds that wait the longest and were subscribed to together part, too")
  func parting() {
    let waits = (UInt64(1)...200).compactMap { seed in
      let outcome = answer(.changed) {
        $0.newArticles = 3
        $0.entryDates = [noon + -100 * day, noon + -200 * day, noon + -300 * day]
      }
      return next(outcome, FeedState(url: feedURL, dateAdded: noon), seed: seed).nextDue.map { $0 - noon }
    }
    let (least, most) = (waits.min() ?? 0, waits.max() ?? 0)
    #expect(waits.count == 200)
    #expect(least >= 12 * hour && least < 14 * hour)
    #expect(most <= day && most > 22 * hour)
  }

  @Test("what a server asks for is not shortened after the first poll")
  func promiseOfFirst() throws {
    for seed in UInt64(1)...40 {
      let outcome = answer(.changed) { $0.freshnessSeconds = Int(2 * day) }
      let state = next(outcome, FeedState(url: feedURL, dateAdded: noon), seed: seed)
      #expect(try #require(state.nextDue) - noon >= 2 * day)
    }
  }

  @Test("a manual poll keeps the phase and is no reason for two polls within an hour")
  func manual() throws {
    let planned = noon + 2 * hour
    var outcome = answer(.notModified)
    outcome.trigger = .manual
    let state = next(
      outcome,
      polled {
        $0.nextDue = planned; $0.publishInterval = 4 * 86_400; $0.lastChanged = noon
      })
    let due = try #require(state.nextDue)
    #expect(due - noon >= hour)
    #expect((due - planned) % (34_560) == 0)
  }

  @Test("a poll that the daemon's stop cut off is neither success nor failure, but was a poll")
  func abandoned() throws {
    let state = next(PollOutcome(.abandoned), polled())
    #expect(state.failure == nil)
    #expect(state.lastPolled == noon)
    #expect(state.validators == polled().validators)
    #expect(try #require(state.nextDue) - noon >= hour)
  }

  @Test("a used-up rate limit holds the host")
  func rateLimit() {
    let state = next(answer(.notModified) { $0.hostPauseSeconds = 5 * 3600 }, polled())
    #expect(state.dueReason == .rateLimit)
    #expect(SchedulePolicy().hostHold(of: state, now: noon) == noon + 5 * hour)
  }
}

@Suite("Failures")
struct FailureTests {
  @Test(
    "each failure in a row waits longer, with full jitter, and there is always a next attempt",
    arguments: [
      ("dns", nil), ("connect", nil), ("timeout", nil), ("tls", nil), ("protocol", nil), ("http", 500),
      ("http", 404),
      ("http", 401), ("http", 403), ("not_a_feed", 200), ("too_large", 200), ("redirect", 302),
      ("store", nil),
      ("something new", nil),
    ] as [(String, Int?)])
  func backoff(kind: String, status: Int?) throws {
    var state = polled()
    var now = noon
    var random = SeededRandom(3)
    var longest: Int64 = 0
    for attempt in 1...30 {
      state = SchedulePolicy().next(after: failure(kind, status), state: state, now: now, random: &random)
      let due = try #require(state.nextDue)
      #expect(due - now >= hour)
      #expect(due - now <= 8 * day)
      longest = max(longest, due - now)
      #expect(state.failure?.count == attempt)
      #expect(state.failure?.since == noon)
      #expect(state.dueReason == .backoff)
      now = due
    }
    #expect(state.counts.failures == 30)
    #expect(longest > (kind == "store" ? hour : 12 * hour))
    let recovered = next(answer(.changed), state, now: now)
    #expect(recovered.failure == nil)
    #expect(recovered.status == .active)
  }

  @Test(
    "Retry-After is obeyed for 429 and 503, days long too, and holds the host over a restart",
    arguments: [429, 503])
  func retryAfter(status: Int) throws {
    let state = next(failure("http", status, retryAfter: 3 * 86_400), polled())
    #expect(state.notBefore == noon + 3 * day)
    #expect(try #require(state.nextDue) >= noon + 3 * day)
    #expect(state.dueReason == .retryAfter)
    #expect(SchedulePolicy().hostHold(of: state, now: noon + day) == noon + 3 * day)
    #expect(SchedulePolicy().hostHold(of: state, now: noon + 4 * day) == nil)
    let absurd = next(failure("http", status, retryAfter: .max), polled())
    #expect(absurd.notBefore == noon + 30 * day)
  }

  @Test("429 without Retry-After holds the host until the feed's own next attempt")
  func bare429() {
    let state = next(failure("http", 429), polled())
    #expect(state.notBefore == state.nextDue)
    #expect(SchedulePolicy().hostHold(of: state, now: noon) == state.nextDue)
  }

  @Test("a promise outlives a failure of another kind")
  func promise() throws {
    let state = next(failure("timeout"), polled { $0.notBefore = noon + 2 * day })
    #expect(state.notBefore == noon + 2 * day)
    #expect(try #require(state.nextDue) >= noon + 2 * day)
  }

  @Test("410 stops the polling until a person's poll finds it again")
  func gone() {
    let state = next(failure("http", 410), polled())
    #expect(state.status == .gone)
    #expect(state.nextDue == nil)
    #expect(SchedulePolicy().due(of: state, now: noon) == nil)
    #expect(SchedulePolicy().manual(state, now: noon) == .poll)
    let back = next(answer(.changed), state, now: noon + day)
    #expect(back.status == .active)
    #expect(back.nextDue != nil)
  }

  @Test("a server that gives no validators is not asked for the whole document again within a day")
  func bareServer() throws {
    let state = next(failure("http", 500), polled { $0.validators = nil })
    #expect(try #require(state.nextDue) - noon >= day)
    let unreached = next(failure("dns"), polled { $0.validators = nil })
    #expect(try #require(unreached.nextDue) - noon < day)
  }
}

@Suite("Redirects")
struct MoveTests {
  private static let target = "https://new.example/feed"

  private func redirected(_ chain: [(Int, String, String)], collision: FeedID? = nil) -> PollOutcome {
    answer(.notModified) {
      $0.redirects = chain.map { PollOutcome.Redirect(status: $0.0, from: $0.1, to: $0.2) }
      $0.validators = FeedState.Validators(url: chain.last?.2 ?? feedURL, etag: "\"n\"", lastModified: nil)
      $0.collision = collision
    }
  }

  /// Polls once a day with the same outcome.
  private func repeated(_ outcome: PollOutcome, days: Int, from state: FeedState = polled()) -> FeedState {
    (0..<days).reduce(state) { next(outcome, $0, now: noon + Int64($1) * day) }
  }

  @Test(
    "a permanent redirect moves the subscription after five polls over three days", arguments: [301, 308])
  func learned(status: Int) {
    let outcome = redirected([(status, feedURL, Self.target)])
    let four = repeated(outcome, days: 4)
    #expect(four.url == feedURL)
    #expect(four.move?.count == 4)
    let five = repeated(outcome, days: 5)
    #expect(five.url == Self.target)
    #expect(five.move == nil)
    #expect(five.id == FeedID(url: feedURL))
    #expect(five.subscribedURL == feedURL)
    #expect(five.validators?.url == Self.target)
    #expect(five.publishInterval == polled().publishInterval)
  }

  @Test("many polls in one day are no probation")
  func hasty() {
    let outcome = redirected([(301, feedURL, Self.target)])
    let state = (0..<50).reduce(polled()) { next(outcome, $0, now: noon + Int64($1) * 60) }
    #expect(state.url == feedURL)
  }

  @Test("temporary redirects never move it", arguments: [302, 303, 307])
  func temporary(status: Int) {
    let state = repeated(redirected([(status, feedURL, Self.target)]), days: 400)
    #expect(state.url == feedURL)
    #expect(state.move == nil)
  }

  @Test("of a chain, only the permanent beginning counts")
  func chain() {
    let middle = "https://middle.example/feed"
    let state = repeated(redirected([(301, feedURL, middle), (302, middle, Self.target)]), days: 6)
    #expect(state.url == middle)
    let other = repeated(redirected([(302, feedURL, middle), (301, middle, Self.target)]), days: 6)
    #expect(other.url == feedURL)
  }

  @Test("another target begins the probation anew, and an answer without redirect ends it")
  func flapping() {
    var state = repeated(redirected([(301, feedURL, Self.target)]), days: 4)
    state = next(redirected([(301, feedURL, "https://other.example/feed")]), state, now: noon + 5 * day)
    #expect(state.move?.count == 1)
    #expect(next(answer(.notModified), state, now: noon + 6 * day).move == nil)
  }

  @Test("a failure neither counts nor ends the probation")
  func failing() {
    let state = repeated(redirected([(301, feedURL, Self.target)]), days: 4)
    #expect(next(failure("http", 500), state, now: noon + 5 * day).move == state.move)
  }

  @Test("a loop leads nowhere")
  func loop() {
    let middle = "https://middle.example/feed"
    let state = repeated(redirected([(301, feedURL, middle), (301, middle, feedURL)]), days: 10)
    #expect(state.url == feedURL)
  }

  @Test("a feed that moved to one that is subscribed to already is merged into it")
  func collision() {
    let outcome = redirected([(301, feedURL, Self.target)], collision: FeedID(url: Self.target))
    let state = repeated(outcome, days: 5)
    #expect(state.status == .merged)
    #expect(state.url == feedURL)
    #expect(state.nextDue == nil)
    #expect(SchedulePolicy().manual(state, now: noon) == .refused(.merged))
  }
}

@Suite("Restarts, persons and clocks")
struct StateTests {
  @Test("a state never gives a poll before a promise or within the hour, whatever it says")
  func guarded() {
    let policy = SchedulePolicy()
    let early = polled {
      $0.lastPolled = noon + -60; $0.nextDue = noon + -30
    }
    #expect(policy.due(of: early, now: noon) == noon + 3540)
    let promised = polled {
      $0.nextDue = noon; $0.notBefore = noon + day
    }
    #expect(policy.due(of: promised, now: noon) == noon + day)
    #expect(policy.due(of: FeedState(url: feedURL, dateAdded: noon), now: noon) == noon)
  }

  @Test("a state from a clock that ran ahead waits its interval again, not for years")
  func future() throws {
    let ahead = polled {
      $0.lastPolled = noon + 3650 * day; $0.nextDue = noon + 3650 * day + 2 * hour
    }
    let due = try #require(SchedulePolicy().due(of: ahead, now: noon))
    #expect(due == noon + 2 * hour)
    let absurd = polled { $0.nextDue = noon + 36_500 * day }
    #expect(try #require(SchedulePolicy().due(of: absurd, now: noon)) <= noon + 61 * day)
  }

  @Test("the queue reckons with the wait that was planned, and with none before the first poll")
  func usualInterval() {
    let policy = SchedulePolicy()
    #expect(policy.interval(of: polled()) == 21_600)
    #expect(policy.interval(of: polled { $0.nextDue = nil }) == 3600)
    #expect(policy.interval(of: FeedState(url: feedURL, dateAdded: noon)) == 0)
  }

  @Test("a person waits for promises too, unless by force")
  func manual() {
    let policy = SchedulePolicy()
    let fresh = polled {
      $0.notBefore = noon + hour; $0.dueReason = .maxAge
    }
    #expect(policy.manual(fresh, now: noon) == .wait(until: noon + hour, .maxAge))
    #expect(policy.manual(fresh, now: noon, force: .yes) == .poll)
    #expect(policy.manual(fresh, now: noon + 2 * hour) == .poll)
    #expect(policy.manual(polled(), now: noon) == .poll)
  }

  @Test("the first document gives the rhythm, later ones correct it")
  func rhythm() {
    let dates = ([0, -1, -2, -3, -10] as [Int64]).map { noon + $0 * day }
    let first = next(
      answer(.changed) {
        $0.newArticles = 5; $0.entryDates = dates
      }, FeedState(url: feedURL, dateAdded: noon))
    #expect(first.publishInterval == 86_400)
    let later = next(answer(.changed) { $0.newArticles = 2 }, first, now: noon + 4 * day)
    #expect(later.publishInterval == 108_000)
    #expect(next(answer(.notModified), later, now: noon + 5 * day).publishInterval == later.publishInterval)
  }

  @Test("dates in the future and of year 0 make no rhythm")
  func wrongDates() {
    let dates = [noon + 90 * day, noon, noon + -hour, Timestamp(seconds: -62_000_000_000)]
    #expect(SchedulePolicy.medianGap(dates, now: noon) == 3600)
    #expect(SchedulePolicy.medianGap([noon], now: noon) == nil)
  }

  @Test("counts and latency are kept for every outcome")
  func counts() {
    var state = next(
      answer(.notModified) {
        $0.bytes = 200; $0.milliseconds = 80
      }, polled())
    state = next(failure("timeout"), state)
    state = next(
      answer(.changed) {
        $0.newArticles = 3; $0.bytes = 5000; $0.milliseconds = 160
      }, state)
    #expect(state.counts.polls == 12)
    #expect(state.counts.notModified == 1)
    #expect(state.counts.failures == 1)
    #expect(state.counts.articles == 3)
    #expect(state.counts.bytes == 5200)
    #expect(state.counts.latencyMilliseconds == 90)
  }

  @Test("the same poll gives the same state")
  func pure() {
    #expect(next(answer(.changed), polled(), seed: 5) == next(answer(.changed), polled(), seed: 5))
  }

  @Test("a clock that was set is told from time that passed")
  func jump() {
    var clock = SteadyClock(wall: noon, steady: 100)
    #expect(clock.jump(wall: noon + 3600, steady: 3700) == 0)
    #expect(clock.jump(wall: noon + 90_010, steady: 3710) == 86_400)
    #expect(clock.jump(wall: noon + 90_020, steady: 3720) == 0)
    #expect(clock.jump(wall: noon, steady: 3730) == -90_030)
  }

  @Test("a sleep of the machine is told from time awake, once, and short ones add up")
  func slept() {
    var watch = SleepWatch(sinceBoot: 1000, awake: 900)
    func tell(_ sinceBoot: Int64, _ awake: Int64) -> Bool {
      watch.hasSlept(sinceBoot: sinceBoot, awake: awake)
    }
    #expect(!tell(9000, 8900))
    #expect(tell(9000 + 30_000, 8901))
    #expect(!tell(9000 + 30_001, 8902))
    #expect(!tell(9000 + 30_101, 8902))
    #expect(tell(9000 + 30_201, 8902))
  }

  @Test("a shifted state keeps its distances")
  func shifted() {
    let state = SchedulePolicy().shifted(polled(), by: -500)
    #expect(state.nextDue == noon + -500)
    #expect(state.lastPolled == noon + -6 * hour + -500)
  }

  @Test("every reason has a sentence of its own")
  func sentences() {
    #expect(Set(PollReason.allCases.map(\.sentence)).count == PollReason.allCases.count)
  }
}
