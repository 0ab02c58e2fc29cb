import PrecisModel
import Testing

@testable import PrecisSchedule

@Suite("Thirty days")
struct SimulationTests {
  @Test("200 feeds on 20 hosts, a restart every day: no rule of a good guest is broken")
  func thirtyDays() throws {
    let start = SimulatedWeb.start
    var daemon = SimulatedDaemon(feeds: 200)
    daemon.load(now: start)
    for day in 0..<30 as Range<Int64> {
      let begin = start + day * 86_400
      let restart = begin + (20_000 + day * 1777)
      daemon.run(from: begin, until: restart)
      try daemon.restart(now: restart)
      if day == 12 {
        // A person syncs everything, twice in a row.
        daemon.syncAll(now: restart + 10)
        daemon.run(from: restart + 10, until: restart + 1800)
        daemon.syncAll(now: restart + 1800)
      }
      // The machine sleeps a night.
      let wake = day == 20 ? restart + 40_000 : restart
      if day == 20 { daemon.load(now: wake) }
      daemon.run(from: wake, until: begin + 86_400)
    }
    #expect(daemon.web.violations == [])
    #expect(daemon.restarts == 30)
    #expect(daemon.polls > 20_000)
    // Nobody is given up, and nobody polled for nothing.
    for (feed, state) in daemon.states.enumerated() {
      let manner = SimulatedWeb.manner(of: feed)
      let polls = daemon.web.requestsOfFeed[feed] ?? []
      switch manner {
      case .gone: #expect(state.status == .gone)
      case .moved: #expect(state.url == SimulatedWeb.target(of: feed))
      case .temporary, .flapping: #expect(state.url == SimulatedWeb.url(of: feed))
      case .collides: #expect(state.status == .merged || state.url == SimulatedWeb.target(of: feed))
      case .missing, .denied:
        #expect(state.status == .active)
        #expect(polls.filter { $0 - start > 20 * 86_400 }.count < 12)
      case .dead: #expect(state.failure == nil)
      case .absurdMaxAge: #expect((4...6).contains(polls.count))
      default: #expect(state.failure == nil || [.busy429, .busy503, .bare429, .brokenTLS].contains(manner))
      }
      if manner != .gone, manner != .collides, manner != .absurdMaxAge {
        #expect(polls.last.map { start + 30 * 86_400 - $0 < 8 * 86_400 } ?? false, "\(manner) \(feed)")
      }
      // One unconditional request for each address that gives validators; more only after it gave junk.
      let whole = daemon.web.unconditional[feed] ?? 0
      switch manner {
      case .noValidators, .junkForDays: break
      // The address that redirects gives no validators of its own.
      case .moved, .collides, .temporary, .flapping: break
      // These may refuse the very first request a few times.
      case .busy429, .busy503: break
      case .gone, .missing, .denied, .bare429, .dead, .brokenTLS: #expect(whole <= 2, "\(manner) \(feed)")
      default: #expect(whole == 1, "\(manner) \(feed)")
      }
    }
  }

  @Test("of feeds that move to one address, one stays and the others are merged into it")
  func collisions() throws {
    var daemon = SimulatedDaemon(feeds: 200)
    daemon.load(now: SimulatedWeb.start)
    for day in 0..<8 as Range<Int64> {
      daemon.run(
        from: SimulatedWeb.start + day * 86_400, until: SimulatedWeb.start + (day + 1) * 86_400)
    }
    let moving = daemon.states.indices.filter { SimulatedWeb.manner(of: $0) == .collides }
    let targets = Set(moving.map { SimulatedWeb.target(of: $0) })
    let kept = moving.filter { daemon.states[$0].status == .active }
    #expect(Set(kept.map { daemon.states[$0].url }) == targets)
    #expect(kept.count == targets.count)
  }
}

@Suite("The load of 10,000 feeds")
struct LoadTests {
  private static let minutesPerBin = 10

  /// Polls of 10,000 feeds in bins of ten minutes over some days.
  private static func bins(
    days: Int, _ disturb: (inout PollQueue, inout [FeedState], Int) -> Int64 = { _, _, _ in 0 }
  )
    -> [Int]
  {
    let policy = SchedulePolicy()
    var random = SeededRandom(9)
    var queue = PollQueue(perHostSpacing: 1)
    let start = Timestamp(seconds: 1_795_521_600)
    var states = (0..<10_000).map { feed in
      var state = FeedState(url: "https://h\(feed % 4000).example/\(feed)", dateAdded: start)
      state.publishInterval = 3600 + feed * 7919 % 300_000
      return state
    }
    queue.reserve(states.count)
    for feed in states.indices {
      queue.insert(UInt32(feed), host: "h\(feed % 4000)", due: start, interval: 0)
    }
    var bins = [Int](repeating: 0, count: days * 144)
    var asleepUntil = start
    for minute in 0..<(days * 1440) {
      let now = start + Int64(minute * 60)
      let sleep = disturb(&queue, &states, minute)
      if sleep > 0 { asleepUntil = now + sleep }
      guard now >= asleepUntil else { continue }
      if now == asleepUntil, minute > 0 { queue.spreadOverdue(now: now, random: &random) }
      while true {
        let due = queue.popDue(now: now + 59, limit: 4096)
        guard !due.isEmpty else { break }
        bins[minute / minutesPerBin] += due.count
        for feed in due {
          var outcome = PollOutcome(.notModified)
          outcome.validators = FeedState.Validators(
            url: states[Int(feed)].url, etag: "\"e\"", lastModified: nil)
          let state = policy.next(after: outcome, state: states[Int(feed)], now: now + 59, random: &random)
          states[Int(feed)] = state
          queue.finish(feed, due: state.nextDue, interval: policy.interval(of: state))
        }
      }
    }
    return bins
  }

  private static func peak(_ bins: ArraySlice<Int>) -> Double {
    let mean = Double(bins.reduce(0, +)) / Double(max(1, bins.count))
    return Double(bins.max() ?? 0) / mean
  }

  @Test("the peak stays within twice the mean, though all were subscribed to at once")
  func steady() {
    let bins = Self.bins(days: 3)
    #expect(Self.peak(bins[144...]) < 2)
  }

  @Test("after a night's sleep the peak stays within twice the mean")
  func sleep() {
    let bins = Self.bins(days: 3) { _, _, minute in minute == 1440 ? 9 * 3600 : 0 }
    #expect(bins[144..<198].allSatisfy { $0 == 0 })
    let mean = Double(bins[288...].reduce(0, +)) / 144
    #expect(Double(bins[198...].max() ?? 0) < 2 * mean)
  }
}
