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
    let state: FeedState
    do {
      guard let known = try writer.state(id), known.status == .active || isAskedFor(id) else {
        polls.finish(feed, due: nil, interval: 0)
        return
      }
      state = known
    } catch {
      polls.finish(feed, due: now + 3600, interval: 3600)
      storeFailed(error)
      // Who asked for it must not wait for ever.
      return commits.addLost(FeedReport(id: id, url: id.text, title: id.text, outcome: .failed))
    }
    let worker = workers[nextWorker % workers.count]
    nextWorker &+= 1
    var limits = ParseLimits.standard
    limits.maxEntries = configuration.network.maxEntries
    let poll = Poll(state: state, worker: worker, limits: limits, now: now, unread: unread) {
      [weak self] poll, batch in
      guard let self else { return }
      queue.async { @Sendable in self.sift(batch, of: poll, feed: feed) }
    }
    let completion: @Sendable (FetchResult) -> Void = { @Sendable [weak self] result in
      // Without a body there is nothing for the worker: most polls end as 304.
      guard case .body = result.outcome else {
        self?.arrived(feed, Flight.Ending(result, reading: nil, dates: [], batches: 0, worker: nil))
        return
      }
      worker.queue.async { @Sendable [weak self] in
        poll.bodyIsWhole()
        worker.whenOpen {
          let reading = poll.read()
          let ending = Flight.Ending(
            result, reading: reading, dates: poll.dates, batches: poll.batchesHandedOver, worker: worker)
          self?.arrived(feed, ending)
        }
      }
    }
    let document = keptDocument(of: state)
    var token: FetchToken?
    if let document, document.isFresh(now) {
      document.give(to: poll, completion)
    } else {
      var request = request(for: state, feed)
      if let document { request.validators = document.validators }
      token = fetcher.fetch(request, into: poll) { result in
        guard let document, case .notModified(let head) = result.outcome else { return completion(result) }
        document.confirmed(by: result, head, at: now).give(to: poll, completion)
      }
    }
    let flight = Flight(poll: poll, token: token, trigger: isAskedFor(id) ? .manual : .schedule)
    if token == nil { flight.askedAt = document?.date }
    flights[feed] = flight
  }

  func isAskedFor(_ id: FeedID) -> Bool { runs.contains { $0.waits(for: id) } }

  private func request(for state: FeedState, _ feed: UInt32) -> FetchRequest {
    var request = FetchRequest(url: state.url)
    request.validators = state.validators
    request.keepsConnection = polls.sharesHost(feed)
    if let declared = declared[state] {
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
    queue.async { @Sendable [weak self] in
      guard let self else { return }
      let all = arrivals.withLock { waiting in
        let all = waiting
        waiting = []
        waiting.reserveCapacity(all.count)
        return all
      }
      for (feed, ending) in all { ended(feed, ending) }
      if isStopping { closeIfDone() } else { pump() }
    }
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
    let before = flight.poll.state
    if flight.isForgotten {
      if flight.storeError == nil { flight.storeError = storeError ?? Self.groupIsLost }
      (flight.new, flight.revised, flight.seenElsewhere) = (0, 0, 0)
    }
    var outcome = PollOutcome(ending, of: flight)
    // Permanent redirects before the first temporary one are those that move a subscription.
    if let target = outcome.redirects.prefix(while: \.isPermanent).last?.to,
      let other = subscriptions.feed(at: target), other != feed
    {
      outcome.collision = subscriptions.id(other)
    }
    let policy = policy(for: before)
    var state = policy.next(after: outcome, state: before, now: flight.askedAt ?? now, random: &random)
    if !flight.isForgotten { want(flight.wantedPages, of: before.id, now: now) }
    state.wantedPages = pages[before.id]
    var isStored = true
    do {
      try writer.put(state)
    } catch {
      storeFailed(error)
      isStored = false
    }
    subscriptions.note(state, of: feed)
    if state.url != before.url { moved(feed, from: before, to: state) }
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

  private func moved(_ feed: UInt32, from before: FeedState, to state: FeedState) {
    logger.notice("moved for good", metadata: ["from": "\(before.url)", "to": "\(state.url)"])
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
  init(_ ending: Flight.Ending, of flight: Flight) {
    self.init(.abandoned)
    var head: ResponseHead?
    switch ending.result.outcome {
    case .notModified(let received):
      kind = .notModified
      head = received
    case .body(let received):
      head = received
      take(ending.reading)
    case .failed(.cancelled, let received):
      kind = .abandoned
      head = received
    case .failed(let failure, let received):
      kind = .failed(kind: failure.kind, message: failure.description, httpStatus: received?.status)
      head = received
    }
    if let storeError = flight.storeError {
      kind = .failed(kind: "store", message: storeError, httpStatus: nil)
    }
    trigger = flight.trigger
    bytes = ending.result.receivedBytes
    milliseconds = ending.result.milliseconds
    redirects = ending.result.redirects.map { Redirect(status: $0.status, from: $0.from, to: $0.to) }
    newArticles = flight.new
    revisedArticles = flight.revised
    entryDates = ending.dates
    guard let head else { return }
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
  init(_ outcome: PollOutcome, of flight: Flight, state: FeedState) {
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
