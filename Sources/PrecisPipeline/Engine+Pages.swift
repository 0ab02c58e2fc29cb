import Dispatch
import PrecisConfig
import PrecisDedup
import PrecisModel
import PrecisURL

extension Engine {
  // MARK: Which pages

  /// Marks the candidates whose pages are worth reading: teasers, the newest first. They are stored at once all the
  /// same, for a page takes its turn among the requests to its host.
  func markTeasers(among candidates: inout [Candidate], of state: FeedState, on flight: Flight) {
    let room = PageVisit.pollLimit - flight.pagesMarked
    let habit = fetchPages(of: state)
    guard habit != .never, room > 0 else { return }
    let wanted = candidates.indices.filter { index in
      candidates[index].decision.isWanted {
        (habit == .always || Teaser.isTeaser($0, links: candidates[index].links)) && $0.url != state.url
      }
    }
    // Of equal dates the document's order counts.
    let newest = wanted.sorted { left, right in
      let (a, b) = (candidates[left].article?.datePublished, candidates[right].article?.datePublished)
      guard a != b else { return left < right }
      guard let a else { return false }
      return b.map { a > $0 } ?? true
    }
    for index in newest.prefix(room) {
      candidates[index].page = candidates[index].article.flatMap { FeedState.WantedPage(of: $0) }
      flight.pagesMarked += 1
    }
  }

  func fetchPages(of state: FeedState) -> Configuration.FetchPages {
    declared[state]?.fetchPages ?? configuration.curation.fetchPages
  }

  // MARK: Waiting

  /// Lets pages of a feed wait for their hosts. A process that is to poll nothing but what it is asked for reads none
  /// before that.
  func want(_ wanted: [FeedState.WantedPage], of feed: FeedID, now: Timestamp) {
    for page in wanted where pages.add(page, of: feed) {
      let host = Self.host(of: page.url)
      let line = pages.line(of: host) ?? subscriptions.takeSpareNumber()
      if pages.line(of: host) == nil {
        pages.open(line, for: host)
        polls.insert(line, host: host, due: trigger == .schedule || hasSynced ? now : nil)
      }
      pages.queueUp(page.article, of: feed, in: line)
      if let until = page.notBefore, until > now { polls.hold(host: host, until: until) }
    }
  }

  /// Begins to read the pages of feeds that were left before.
  func readPages(of feeds: Set<FeedID>, now: Timestamp) {
    guard trigger == .request else { return }
    for feed in feeds {
      for line in pages.lines(of: feed, host: Self.host(of:)) { polls.update(line, due: now) }
    }
  }

  /// When the pages of a feed will be read.
  func pagesLeft(of feed: FeedID, now: Timestamp) -> SyncRun.PagesLeft {
    // One that was read is told of with its commit.
    if commits.holdsPages(of: feed) { return .soon }
    let lines = pages.lines(of: feed, host: Self.host(of:))
    guard !lines.isEmpty else { return .none }
    let soon = now + pagePatience
    return lines.contains { polls.hostAllows($0) < soon } ? .soon : .later
  }

  // MARK: Syncs that wait

  /// Tells of pages.
  func report(_ endings: [PageVisit.Ending]) {
    for ending in endings {
      let left = pages[ending.visit.feed].count
      let report = PageReport(
        feed: ending.visit.feed, url: ending.visit.page.url, error: ending.error, left: left)
      for run in runs { run.report(report) }
      if let error = ending.error {
        logger.debug("page not taken: \(error)", metadata: ["page": "\(ending.visit.page.url)"])
      }
    }
  }

  /// Looks after a while whether syncs have waited long enough for pages.
  func endPatience(in run: SyncRun) {
    guard run.waitsForPagesAlone, run.patienceEnd == nil else { return }
    run.patienceEnd = .now + .seconds(pagePatience)
    queue.asyncAfter(deadline: .now() + .seconds(Int(pagePatience))) { @Sendable [weak self] in
      guard let self else { return }
      for run in runs where run.patienceEnd.map({ $0 <= .now }) ?? false { run.keepPages { _ in false } }
      finishRuns()
    }
  }
}

extension DedupDecision {
  /// What is to be stored for the first time or anew.
  var article: Article? {
    switch self {
    case .new(let article, _), .revision(let article, _, _): article
    case .unchanged, .sighting: nil
    }
  }

  /// Whether there is more to be had on the page of what is to be stored, by the article itself.
  fileprivate func isWanted(_ isTeaser: (Article) -> Bool) -> Bool {
    switch self {
    case .new(let article, _), .revision(let article, _, _):
      article.content?.isExtracted != true && isTeaser(article)
        && article.url.flatMap { WebURL($0) }?.isWeb == true
    case .unchanged, .sighting: false
    }
  }

  var isNew: Bool { if case .new = self { true } else { false } }
  var isUnchanged: Bool { if case .unchanged = self { true } else { false } }
}

extension Candidate {
  /// What is to be stored for the first time or anew.
  var article: Article? { decision.article }
}
