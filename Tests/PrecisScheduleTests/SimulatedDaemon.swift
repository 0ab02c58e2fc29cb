import PrecisJSON
import PrecisModel

@testable import PrecisSchedule

/// A daemon reduced to policy, queue and a fetcher without a network; it forgets everything but its states'
/// JSON at each restart.
struct SimulatedDaemon: ~Copyable {
  var web = SimulatedWeb()
  private(set) var states: [FeedState]
  private(set) var polls = 0
  private(set) var restarts = 0
  private let policy = SchedulePolicy()
  private var queue = PollQueue()
  private var random = SeededRandom(42)
  private var flights: [Flight] = []
  private var bodyVersions: [Int: Int] = [:]

  /// A poll under way.
  private struct Flight {
    var feed: Int
    var began: Timestamp
    var ends: Timestamp
    var isManual: Bool
  }

  init(feeds: Int) {
    states = (0..<feeds).map { FeedState(url: SimulatedWeb.url(of: $0), dateAdded: SimulatedWeb.start) }
  }

  private static func host(of state: FeedState) -> String {
    String(state.url.dropFirst(8).prefix { $0 != "/" })
  }

  /// Fills the queue from the states, as a start does.
  mutating func load(now: Timestamp) {
    queue = PollQueue()
    for (index, state) in states.enumerated() {
      let host = Self.host(of: state)
      queue.insert(
        UInt32(index), host: host, due: policy.due(of: state, now: now),
        interval: state.lastPolled == nil ? 0 : policy.interval(of: state))
      if let until = policy.hostHold(of: state, now: now) { queue.hold(host: host, until: until) }
      if let polled = state.lastPolled { queue.hold(host: host, until: polled + 2) }
    }
    queue.spreadOverdue(now: now, random: &random)
  }

  /// Stops: what is under way is abandoned, and all that is kept goes through JSON.
  mutating func restart(now: Timestamp) throws {
    for flight in flights {
      web.end(flight.feed)
      states[flight.feed] = policy.next(
        after: PollOutcome(.abandoned), state: states[flight.feed], now: now, random: &random)
    }
    flights = []
    states = try states.map { state in
      var json = JSONWriter()
      state.write(to: &json)
      guard let read = FeedState(json: try JSONParser.parse(json.bytes)) else { return state }
      return read
    }
    restarts += 1
    load(now: now)
  }

  /// Runs until a moment.
  mutating func run(from begin: Timestamp, until end: Timestamp) {
    var now = begin
    while true {
      for feed in queue.popDue(now: now, limit: 64) { launch(Int(feed), now: now) }
      let next = [queue.nextDue, flights.map(\.ends).min()].compactMap { $0 }.min()
      guard let next, next < end else { return }
      now = max(now, next)
      for flight in flights.filter({ $0.ends <= now }) { finish(flight, now: now) }
      flights.removeAll { $0.ends <= now }
    }
  }

  /// A person asks for everything.
  mutating func syncAll(now: Timestamp) {
    for (index, state) in states.enumerated()
    where policy.manual(state, now: now) == .poll && state.status == .active {
      queue.update(UInt32(index), due: now)
    }
    manualUntil = now + 3600
  }
  private var manualUntil: Timestamp?

  private mutating func launch(_ feed: Int, now: Timestamp) {
    let isManual = manualUntil.map { now < $0 } ?? false
    web.begin(request(feed, url: states[feed].url, at: now, isManual: isManual))
    polls += 1
    let seconds = Int64.random(in: 0...20, using: &random)
    flights.append(Flight(feed: feed, began: now, ends: now + seconds, isManual: isManual))
  }

  /// A request for an address: it carries the validators that came from there, if any did.
  private func request(_ feed: Int, url: String, at now: Timestamp, isManual: Bool) -> Request {
    let validators = states[feed].validators.flatMap { $0.url == url ? $0 : nil }
    return Request(
      feed: feed, url: url, etag: validators?.etag, lastModified: validators?.lastModified, at: now,
      isManual: isManual)
  }

  /// The answers come when a poll ends; one that is abandoned has none.
  private mutating func outcome(of flight: Flight) -> PollOutcome {
    let feed = flight.feed
    var url = states[feed].url
    var outcome = PollOutcome(.failed(kind: "redirect", message: "too many redirects", httpStatus: nil))
    outcome.trigger = flight.isManual ? .manual : .schedule
    for _ in 0..<5 {
      guard let answer = web.answer(request(feed, url: url, at: flight.began, isManual: flight.isManual))
      else {
        let kind = SimulatedWeb.manner(of: feed) == .dead ? "dns" : "tls"
        outcome.kind = .failed(kind: kind, message: "no answer", httpStatus: nil)
        break
      }
      if let location = answer.location {
        outcome.redirects.append(PollOutcome.Redirect(status: answer.status, from: url, to: location))
        url = location
        continue
      }
      read(answer, feed: feed, url: url, into: &outcome)
      break
    }
    if SimulatedWeb.manner(of: feed) == .collides {
      let target = SimulatedWeb.target(of: feed)
      outcome.collision = states.first { $0.url == target && $0.id != states[feed].id }?.id
    }
    return outcome
  }

  /// What the fetcher and the parser make of an answer.
  private mutating func read(_ answer: Answer, feed: Int, url: String, into outcome: inout PollOutcome) {
    outcome.retryAfterSeconds = answer.retryAfter
    outcome.freshnessSeconds = answer.maxAge
    if answer.etag != nil || answer.lastModified != nil {
      outcome.validators = FeedState.Validators(
        url: url, etag: answer.etag, lastModified: answer.lastModified)
    }
    guard answer.status == 200 || answer.status == 304 else {
      outcome.kind = .failed(kind: "http", message: "status \(answer.status)", httpStatus: answer.status)
      return
    }
    guard answer.status == 200 else {
      outcome.kind = .notModified
      return
    }
    guard answer.isFeed else {
      outcome.kind = .failed(kind: "not_a_feed", message: "HTML", httpStatus: 200)
      return
    }
    let before = bodyVersions[feed]
    outcome.kind = before == answer.version ? .unchangedBody : .changed
    bodyVersions[feed] = answer.version
    guard outcome.kind == .changed else { return }
    outcome.newArticles = answer.version - (before ?? answer.version - 10)
    let period = SimulatedWeb.period(of: feed)
    outcome.entryDates = (0..<20).map { SimulatedWeb.start + period * Int64(answer.version - 1 - $0) }
    var hints = FeedState.PollHints()
    switch SimulatedWeb.manner(of: feed) {
    case .ttl: hints.ttlMinutes = 240
    case .skipHours: hints.skipHours = Array(0..<9)
    case .syDaily: hints.updatePeriod = 86_400
    default: break
    }
    outcome.hints = hints
  }

  private mutating func finish(_ flight: Flight, now: Timestamp) {
    web.end(flight.feed)
    let state = policy.next(after: outcome(of: flight), state: states[flight.feed], now: now, random: &random)
    states[flight.feed] = state
    let host = Self.host(of: state)
    if let until = policy.hostHold(of: state, now: now) { queue.hold(host: host, until: until) }
    queue.finish(UInt32(flight.feed), due: state.nextDue, interval: policy.interval(of: state))
  }
}
