import PrecisConfig
import PrecisDedup
import PrecisFetch
import PrecisModel
import PrecisNormalise
import PrecisParse
import PrecisSchedule

/// A poll that is under way, as the engine's queue knows it.
final class Flight {
  let poll: Poll
  /// nil where nothing had to be fetched.
  let token: FetchToken?
  let trigger: PollOutcome.Trigger
  /// Batches of articles that were handed over but are not in the store yet.
  var batchesUnderWay = 0
  /// Batches that have come to the engine's queue.
  var batchesTaken = 0
  /// When the server was asked, where that was before the poll.
  var askedAt: Timestamp?
  /// How the transfer ended, once it has.
  var ending: Ending?
  /// The worker that has this document open.
  var opened: Worker?
  var new = 0
  var revised = 0
  var seenElsewhere = 0
  /// What the document has brought so far, for the deduplicator.
  var document = DocumentMemory()
  /// The pages of articles that the feed has only teasers of: so many were marked…
  var pagesMarked = 0
  /// …and of these the articles are stored.
  var wantedPages: [FeedState.WantedPage] = []
  /// Why the store did not take something of it.
  var storeError: String?
  /// Whether the store forgot articles of it again, together with those of another feed that it did not take.
  var isForgotten = false

  init(poll: Poll, token: FetchToken?, trigger: PollOutcome.Trigger) {
    self.poll = poll
    self.token = token
    self.trigger = trigger
  }

  /// What the transfer and the parse came to; an object, for it passes through many hands.
  final class Ending: Sendable {
    let result: FetchResult
    /// nil where there was no body.
    let reading: Poll.Reading?
    let dates: [Timestamp]
    /// How many batches were handed over: the poll is settled when all have been taken in.
    let batches: Int
    /// The worker whose document this is, where there was a body.
    let worker: Worker?

    init(_ result: FetchResult, reading: Poll.Reading?, dates: [Timestamp], batches: Int, worker: Worker?) {
      self.result = result
      self.reading = reading
      self.dates = dates
      self.batches = batches
      self.worker = worker
    }
  }

  /// Notes the page of an article that was stored with a teaser.
  func want(_ page: FeedState.WantedPage?, of article: Article?) {
    guard var page, let article, article.content?.isExtracted != true else { return }
    // The deduplicator may have known it under another name.
    page.article = article.id
    wantedPages.append(page)
  }

  /// Lets the worker open another document, once this one is not in memory any more.
  func closeDocument() {
    guard let worker = opened else { return }
    opened = nil
    worker.queue.async { @Sendable in worker.close() }
  }
}

extension Engine {
  /// Begins a poll.
  func begin(_ feed: UInt32, now: Timestamp) {
    guard let id = subscriptions.id(feed) else { return visit(feed, now: now) }
    do {
      guard let state = try writer.state(id), state.status == .active || isAskedFor(id) else {
        return polls.finish(feed, due: nil, interval: 0)
      }
      let worker = workers[nextWorker % workers.count]
      nextWorker &+= 1
      var limits = ParseLimits.standard
      limits.maxEntries = configuration.network.maxEntries
      begin(
        Poll(
          feed, state: state, worker: worker, limits: limits, now: now, unread: unread, handOver: takeBatch),
        now: now)
    } catch {
      polls.finish(feed, due: now + 3600, interval: 3600)
      storeFailed(error)
      // Who asked for it must not wait for ever.
      commits.addLost(FeedReport(id: id, url: id.text, title: id.text, outcome: .failed))
    }
  }

  private func begin(_ poll: Poll, now: Timestamp) {
    let completion: @Sendable (FetchResult) -> Void = { @Sendable [weak self] result in
      // Without a body there is nothing for the worker: most polls end as 304.
      guard case .body = result.outcome else {
        self?.arrived(poll.feed, Flight.Ending(result, reading: nil, dates: [], batches: 0, worker: nil))
        return
      }
      poll.worker.queue.async { @Sendable [weak self] in
        poll.bodyIsWhole()
        poll.worker.whenOpen {
          let reading = poll.read()
          let ending = Flight.Ending(
            result, reading: reading, dates: poll.dates, batches: poll.batchesHandedOver, worker: poll.worker)
          self?.arrived(poll.feed, ending)
        }
      }
    }
    var flight: Flight
    let trigger: PollOutcome.Trigger = isAskedFor(poll.state.id) ? .manual : .schedule
    if let document = keptDocument(of: poll.state) {
      flight = begin(poll, document, trigger, now: now, completion)
    } else {
      let token = fetcher.fetch(request(for: poll), into: poll, completion: completion)
      flight = Flight(poll: poll, token: token, trigger: trigger)
    }
    flights[poll.feed] = flight
  }

  /// Begins a poll of a feed that has been fetched before it was subscribed to.
  private func begin(
    _ poll: Poll, _ document: FetchedDocument, _ trigger: PollOutcome.Trigger, now: Timestamp,
    _ completion: @escaping @Sendable (FetchResult) -> Void
  ) -> Flight {
    if document.isFresh(now) {
      document.give(to: poll, completion)
      let flight = Flight(poll: poll, token: nil, trigger: trigger)
      flight.askedAt = document.date
      return flight
    }
    var request = request(for: poll)
    request.validators = document.validators
    let token = fetcher.fetch(request, into: poll) { result in
      guard case .notModified(let head) = result.outcome else { return completion(result) }
      document.confirmed(by: result, head, at: now).give(to: poll, completion)
    }
    return Flight(poll: poll, token: token, trigger: trigger)
  }

  func isAskedFor(_ id: FeedID) -> Bool { runs.contains { $0.waits(for: id) } }

  private func request(for poll: Poll) -> FetchRequest {
    var request = FetchRequest(url: poll.state.url)
    request.validators = poll.state.validators
    request.keepsConnection = polls.sharesHost(poll.feed)
    if let declared = declared[poll.state] {
      request.userAgent = declared.userAgent
      request.maxBodyBytes = declared.maxBody.map { Int(clamping: $0.bytes) }
      request.credentials = credentials(of: declared)
    }
    return request
  }

  /// Takes an ending to the engine's queue, together with others that come before it gets there: most of the cost
  /// of a 304 would be the waking of threads.
  private func arrived(_ feed: UInt32, _ ending: Flight.Ending) {
    let isFirst = arrivals.withLock { waiting in
      waiting.append((feed, ending))
      return waiting.count == 1
    }
    guard isFirst else { return }
    queue.async { @Sendable [weak self] in self?.takeArrivals() }
  }

  /// Takes in what has come. The fetcher asks for it at the end of each of its turns, so that the next polls begin where the
  /// last have ended.
  func takeArrivals() {
    var all = spareArrivals
    spareArrivals = []
    arrivals.withLock { waiting in swap(&waiting, &all) }
    let isIdle = all.isEmpty
    for (feed, ending) in all { ended(feed, ending) }
    all.removeAll(keepingCapacity: true)
    spareArrivals = all
    guard !isIdle else { return }
    if isStopping { closeIfDone() } else { pump() }
  }

  /// The transfer has ended and its body is read; the batches may still be on their way to the store.
  private func ended(_ feed: UInt32, _ ending: Flight.Ending) {
    guard let flight = flights[feed] else {
      // It was unsubscribed meanwhile.
      if let worker = ending.worker { worker.queue.async { @Sendable in worker.close() } }
      return
    }
    flight.ending = ending
    flight.opened = ending.worker
    settle(feed)
  }

  /// Stores what a poll came to, once all its articles are appended, and goes on.
  func settleIfDone(_ feed: UInt32) {
    settle(feed)
    if isStopping { closeIfDone() } else { pump() }
  }

  private func settle(_ feed: UInt32) {
    guard let flight = flights[feed], flight.batchesUnderWay == 0, let ending = flight.ending,
      flight.batchesTaken >= ending.batches
    else { return }
    flights[feed] = nil
    flight.closeDocument()
    let now = moment()
    if flight.isForgotten {
      if flight.storeError == nil { flight.storeError = storeError ?? Self.groupIsLost }
      (flight.new, flight.revised, flight.seenElsewhere) = (0, 0, 0)
    }
    var outcome = PollOutcome.of(ending, flight)
    // Permanent redirects before the first temporary one are those that move a subscription.
    if let target = outcome.redirects.prefix(while: \.isPermanent).last?.to,
      let other = subscriptions.feed(at: target), other != feed
    {
      outcome.collision = subscriptions.id(other)
    }
    let policy = policy(for: flight.poll.state)
    var state = flight.poll.state(after: outcome, by: policy, now: flight.askedAt ?? now, random: &random)
    if !flight.isForgotten { want(flight.wantedPages, of: state.id, now: now) }
    state.wantedPages = pages[state.id]
    var isStored = true
    do {
      try writer.put(state)
    } catch {
      storeFailed(error)
      isStored = false
    }
    subscriptions.note(state, of: feed)
    if state.url != flight.poll.state.url { moved(feed, from: flight.poll.state.url, to: state) }
    counters.note(state, of: feed)
    count(outcome)
    polls.finish(
      feed, due: trigger == .schedule ? policy.due(of: state, now: now) : nil,
      interval: policy.interval(of: state))
    if let until = policy.hostHold(of: state, now: now) {
      polls.hold(host: Self.host(of: state.url), until: until)
      deferHeld(now: now)
    }
    let report = FeedReport(outcome, of: flight, state: state)
    log(report)
    if isStored { commits.add(report, at: .now) } else { commits.addLost(report) }
    hasUnpublishedChanges = true
  }

  private func moved(_ feed: UInt32, from url: String, to state: FeedState) {
    logger.notice("moved for good", metadata: ["from": "\(url)", "to": "\(state.url)"])
    subscriptions.moved(feed, to: state.url)
    polls.insert(
      feed, host: Self.host(of: state.url), due: nil, interval: policy.interval(of: state))
  }

  private func count(_ outcome: PollOutcome) {
    counters.polls += 1
    counters.bytes += outcome.bytes
    counters.new += outcome.newArticles
    counters.lastPoll = clock()
    if outcome.milliseconds > 0 {
      let sample = min(outcome.milliseconds, 3_600_000)
      counters.latency = counters.latency == 0 ? sample : (counters.latency * 31 + sample) / 32
    }
    switch outcome.kind {
    case .notModified, .unchangedBody: counters.notModified += 1
    case .failed: counters.failures += 1
    case .changed, .abandoned: break
    }
  }

  private func log(_ report: FeedReport) {
    switch report.outcome {
    case .failed: logger.warning("\(report.error ?? "failed")", metadata: ["feed": "\(report.url)"])
    default:
      logger.debug(
        "polled",
        metadata: ["feed": "\(report.url)", "outcome": "\(report.outcome.rawValue)", "new": "\(report.new)"])
      for warning in report.warnings { logger.debug("\(warning)", metadata: ["feed": "\(report.url)"]) }
    }
  }
}

extension PollOutcome {
  /// What the policy must know of a poll that has ended.
  static func of(_ ending: Flight.Ending, _ flight: Flight) -> PollOutcome {
    var outcome = PollOutcome(.abandoned)
    switch ending.result.outcome {
    case .notModified(let head):
      outcome.kind = .notModified
      outcome.take(head)
    case .body(let head):
      outcome.take(ending.reading)
      outcome.take(head)
    case .failed(let failure, let head):
      if failure != .cancelled {
        outcome.kind = .failed(
          kind: failure.kind, message: failure.description, httpStatus: head?.status)
      }
      if let head { outcome.take(head) }
    }
    if let storeError = flight.storeError {
      outcome.kind = .failed(kind: "store", message: storeError, httpStatus: nil)
    }
    outcome.trigger = flight.trigger
    outcome.bytes = ending.result.receivedBytes
    outcome.milliseconds = ending.result.milliseconds
    outcome.redirects = ending.result.redirects.map {
      Redirect(status: $0.status, from: $0.from, to: $0.to)
    }
    outcome.newArticles = flight.new
    outcome.revisedArticles = flight.revised
    outcome.entryDates = ending.dates
    return outcome
  }

  private mutating func take(_ head: ResponseHead) {
    if head.etag != nil || head.lastModified != nil {
      validators = FeedState.Validators(url: head.url, etag: head.etag, lastModified: head.lastModified)
    }
    freshnessSeconds = head.freshness
    retryAfterSeconds = head.retryAfter
    if head.rateLimitRemaining == 0 { hostPauseSeconds = head.rateLimitReset }
    if hubURL == nil { hubURL = head.links.first { $0.rel == "hub" }?.url }
  }

  private mutating func take(_ reading: Poll.Reading?) {
    switch reading {
    case .sameBody(let hash):
      kind = .unchangedBody
      bodyHash = hash
    case .feed(let feed, let hash, _):
      kind = .changed
      bodyHash = hash
      hints = feed.hints
      title = Normaliser.feedTitle(feed)
      homePageURL = feed.homePageURL
      hubURL = feed.hubURLs.first
    case .unreadable(let error):
      var name = "not_a_feed"
      if case .limit = error { name = "too_large" }
      kind = .failed(kind: name, message: Self.message(error), httpStatus: nil)
    case nil: break
    }
  }

  /// What happened and what to do, where the configuration has a say in it.
  private static func message(_ error: ParseError) -> String {
    guard case .limit(.entries, let limit) = error else { return error.description }
    return "the document has more than \(limit) entries, of which these were taken; "
      + "raise network.max_entries if more are wanted"
  }
}

extension FeedReport {
  /// What is told of a poll.
  init(_ outcome: borrowing PollOutcome, of flight: borrowing Flight, state: borrowing FeedState) {
    self.init(id: state.id, url: state.url, title: state.displayTitle, outcome: .unchanged)
    new = flight.new
    revised = flight.revised
    seenElsewhere = flight.seenElsewhere
    bytes = outcome.bytes
    milliseconds = outcome.milliseconds
    nextDue = state.nextDue
    if case .feed(_, _, let notes) = flight.ending?.reading { warnings = notes }
    switch outcome.kind {
    case .failed(_, let message, _):
      self.outcome = .failed
      error = message
    case .abandoned:
      self.outcome = .deferred
      error = "Precis went down before it was read"
    case .changed: self.outcome = new + revised + seenElsewhere > 0 ? .changed : .unchanged
    case .unchangedBody, .notModified: self.outcome = .unchanged
    }
  }
}
