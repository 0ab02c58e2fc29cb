import Dispatch
import PrecisConfig
import PrecisDedup
import PrecisFetch
import PrecisModel
import PrecisStore

/// A page that is being read for an article that its feed has only a teaser of.
struct PageVisit: Sendable {
  /// Pages that one poll asks for at most.
  static let pollLimit = 10
  /// Pages that are read at once, of whatever hosts: each lies whole in memory.
  static let limit = 16
  /// After so many failures a feed's other pages are given up.
  static let failureLimit = 3
  /// Bytes of one page at most.
  static let bodyLimit = 8 << 20

  let feed: FeedID
  let page: FeedState.WantedPage
  /// The line of its host in the queue.
  let line: UInt32

  /// What became of a page; told once it is durable.
  struct Ending: Sendable {
    let visit: PageVisit
    /// Why its text was not taken; nil where it was.
    var error: String?
  }
}

extension Engine {
  /// Asks for the next page of a line, whose turn it is at its host.
  func visit(_ line: UInt32, now: Timestamp) {
    guard pageVisits < PageVisit.limit else {
      waitingLines.append(line)
      return polls.finish(line, due: nil, interval: 0)
    }
    guard let (feed, page) = pages.takeFirst(of: line) else { return leave(line, now: now) }
    let visit = PageVisit(feed: feed, page: page, line: line)
    do {
      guard let state = try writer.state(feed), fetchPages(of: state) != .never,
        let known = teaser(page.article)
      else {
        try end(visit, error: nil)
        return leave(line, now: now)
      }
      let stored = try writer.article(known)
      pageVisits += 1
      fetch(visit, of: stored, known: known)
    } catch {
      storeFailed(error)
      putOff([visit])
      leave(line, now: now)
    }
  }

  /// The article of a wanted page, if it is there.
  private func teaser(_ id: ArticleID) -> KnownArticle? {
    writer.find(id.prefix64).flatMap { $0.id == id && !$0.isRemoved ? $0 : nil }
  }

  private func fetch(_ visit: PageVisit, of stored: Article, known: KnownArticle) {
    let worker = workers[nextWorker % workers.count]
    nextWorker &+= 1
    let body = WholeBody()
    var request = FetchRequest(url: visit.page.url)
    request.accept = .page
    request.keepsConnection = polls.sharesHost(visit.line) || !pages.isEmpty(visit.line)
    request.maxBodyBytes = min(PageVisit.bodyLimit, Int(clamping: configuration.network.maxBody.bytes))
    let curation = curation
    let frames = likeArticles.frames(of: visit.feed)
    _ = fetcher.fetch(request, into: body) { @Sendable [weak self] result in
      worker.queue.async { @Sendable [weak self] in
        var text: FullText?
        if result.failure == nil, let head = result.head {
          text = FullText(page: body.bytes, url: head.url, contentType: head.contentType)
        }
        let filled = text.flatMap { Candidate(visit.page, of: stored, known: known, text: $0) }
          .map { $0.finished(by: curation) { _ in frames }.prepared() }
        self?.queue.async { @Sendable [weak self, text, filled] in
          self?.came(visit, known: known, result: result, text: text, filled: filled)
        }
      }
    }
  }

  /// Stores what a page came to and goes on.
  private func came(
    _ visit: PageVisit, known: KnownArticle, result: FetchResult, text: FullText?, filled: Candidate?
  ) {
    pageVisits -= 1
    let now = moment()
    defer {
      leave(visit.line, now: now)
      if !waitingLines.isEmpty { polls.update(waitingLines.removeFirst(), due: now) }
      if isStopping { closeIfDone() } else { pump() }
    }
    if case .cancelled? = result.failure { return }
    if let head = result.head, head.rateLimitRemaining == 0, let seconds = head.rateLimitReset {
      let most = Int64(policy.configuration.retryAfterLimit)
      hold([head.url], until: now + min(Int64(seconds), most), now: now)
    }
    do {
      var error = result.failure?.description
      if error == nil {
        error = try store(filled, of: visit, known: known, text: text) ? nil : "no longer text on it"
        if error == nil { pageFailures[visit.feed] = nil }
      } else if try rest(visit, after: result, now: now) {
        return
      }
      try end(visit, error: error)
    } catch {
      storeFailed(error)
      putOff([visit])
    }
  }

  /// Stores the text of a page in the place of the teaser; false where it is no longer. An article that another feed
  /// brought turns out to be the same then at times: it gets the sighting, and the teaser goes.
  private func store(_ filled: Candidate?, of visit: PageVisit, known: KnownArticle, text: FullText?) throws
    -> Bool
  {
    // A retention rule may have removed it meanwhile.
    guard let present = teaser(visit.page.article) else { return true }
    var filled = filled
    if present.sequence != known.sequence, let text {
      let stored = try writer.article(present)
      filled = Candidate(visit.page, of: stored, known: present, text: text)?
        .finished(by: curation, frames: likeArticles.frames(of:)).prepared()
    }
    guard let candidate = filled, case .new(let article, let fingerprint) = candidate.decision else {
      return false
    }
    var document = DocumentMemory()
    if !present.isKept, let near = try nearDecision(on: candidate, in: &document),
      case .sighting = near.decision
    {
      try store(near, of: candidate, on: nil)
      try writer.remove(article.id)
      lastAppended += 1
    } else {
      try append(candidate.prepared(), fingerprint)
    }
    return true
  }

  /// Lets a host rest that asked for it, and its page wait that long; a page that was put off once is given up.
  private func rest(_ visit: PageVisit, after result: FetchResult, now: Timestamp) throws -> Bool {
    guard let head = result.head, let until = policy.rest(after: head.status, head.retryAfter, now: now)
    else {
      return false
    }
    hold([visit.page.url, head.url], until: until, now: now)
    guard visit.page.notBefore == nil else { return false }
    var page = visit.page
    page.notBefore = until
    want([page], of: visit.feed, now: now)
    try putPages(of: visit.feed)
    return true
  }

  /// Lets the hosts of addresses rest; nobody waits for what is theirs.
  private func hold(_ urls: [String], until: Timestamp, now: Timestamp) {
    for host in Set(urls.map(Self.host(of:))) { polls.hold(host: host, until: until) }
    deferHeld(now: now)
    for run in runs { run.keepPages { pagesLeft(of: $0, now: now) == .soon } }
    finishRuns()
  }

  /// Remembers that a page was read, or given up because of an error.
  private func end(_ visit: PageVisit, error: String?) throws {
    pages.remove(visit.page.article, of: visit.feed)
    if error != nil {
      pageFailures[visit.feed, default: 0] += 1
      if pageFailures[visit.feed, default: 0] >= PageVisit.failureLimit {
        pages.remove(visit.feed)
        pageFailures[visit.feed] = nil
      }
    }
    try putPages(of: visit.feed)
    commits.add(PageVisit.Ending(visit: visit, error: error), at: .now)
  }

  /// Stores which pages of a feed still wait.
  private func putPages(of feed: FeedID) throws {
    guard var state = try writer.state(feed), state.status != .removed, state.wantedPages != pages[feed]
    else { return }
    state.wantedPages = pages[feed]
    try writer.put(state)
  }

  /// Goes on with a line once its page has come, or does away with it.
  private func leave(_ line: UInt32, now: Timestamp) {
    guard pages.isEmpty(line) else { return polls.finish(line, due: now, interval: 0) }
    pages.close(line)
    polls.remove(line)
    subscriptions.giveBack(line)
  }

  /// Asks again later for pages whose text the store did not take.
  func putOff(_ visits: [PageVisit]) {
    guard !visits.isEmpty else { return }
    let wait = DispatchTimeInterval.seconds(policy.configuration.minimumInterval)
    queue.asyncAfter(deadline: .now() + wait) { @Sendable [weak self] in
      guard let self, !isStopping else { return }
      let now = moment()
      for visit in visits { want([visit.page], of: visit.feed, now: now) }
      pump()
    }
  }
}

extension Candidate {
  /// The text of a page in the place of a teaser, with what the feed said beside that; the fingerprint stays that of the
  /// feed's entry, so that the same teaser is known again. nil where the text is no longer.
  fileprivate init?(
    _ page: FeedState.WantedPage, of stored: Article, known: KnownArticle, text: FullText
  ) {
    var article = stored
    article.takeBackCuration(summary: page.summary, topics: page.topics, language: page.language)
    guard text.fill(&article) else { return nil }
    self.init(
      decision: .new(article, fingerprint: known.fingerprint), links: text.links, keys: nil,
      decidedAfter: known.sequence)
  }
}

extension Article {
  /// As its feed brought it: nothing that was curated from an earlier text may stand beside another.
  fileprivate mutating func takeBackCuration(summary: String?, topics: [String], language: String?) {
    (self.summary, self.topics, self.language) = (summary, topics, language)
    (keyTakeaway, method, depth) = (nil, nil, nil)
    (keyInsights, principles, inPractice, fields, bestFor) = ([], [], [], [], [])
    codeReferences = []
    provenance = [:]
    if summary != nil { provenance["summary"] = Provenance(by: .publisher) }
    if !topics.isEmpty { provenance["topics"] = Provenance(by: .publisher) }
  }
}
