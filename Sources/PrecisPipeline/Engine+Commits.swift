import Dispatch
import PrecisModel
import PrecisStore
import PrecisViews

extension Engine {
  /// When views may be published again that nobody waits for.
  ///
  /// While polls go on, in half a minute at the earliest. Else soon, but of many feeds not after every poll: a poll may
  /// end every second, and their views are megabytes. If they cost seconds, they are a small part of the time all the same.
  var nextPublication: DispatchTime {
    let isIdle = commits.isEmpty && polls.inFlight == 0
    let pause = isIdle ? min(max(1000, writer.counts.feeds * 5), 60_000) : 30_000
    return lastPublication + .nanoseconds(max(pause * 1_000_000, publicationCost * 50))
  }

  /// Begins to make durable what waits, if it is time.
  func commitIfDue() {
    let isFull = writer.pendingBytes > GroupCommit.byteLimit
    // What comes while the disk works goes with the next commit, unless that grows too large.
    let isFree = !commits.isUnderWay || writer.isCommitDone || isFull
    if isFree, isFull || commits.isDue(at: .now, isBusy: polls.inFlight > 0) { beginCommit() }
    publishIfDue()
  }

  /// Begins to make durable what waits; the engine goes on meanwhile.
  private func beginCommit() {
    if writer.isCommitDone { finishCommit() }
    let earlier = commits.begin()
    do {
      try writer.beginCommit { @Sendable [weak self] in
        guard let self else { return }
        queue.async { @Sendable in self.commitHasEnded() }
      }
      if let earlier { tell(earlier) }
      if writer.isCommitDone { finishCommit() }
    } catch {
      commitFailed(error, commits.end())
      end(earlier)
    }
  }

  private func commitHasEnded() {
    guard commits.isUnderWay, writer.isCommitDone else { return }
    finishCommit()
    pump()
  }

  /// Waits for the commit that goes on, and tells those who asked.
  private func finishCommit() { end(commits.end()) }

  private func end(_ group: GroupCommit.Group?) {
    guard let group else { return }
    do {
      try writer.finishCommit()
      tell(group)
    } catch {
      commitFailed(error, group)
    }
  }

  /// Makes durable what waits, and tells those who asked.
  func commit() {
    finishCommit()
    guard commits.isWaiting || writer.pendingBytes > 0 else { return }
    let group = commits.takeWaiting()
    do {
      try writer.commit()
      tell(group)
    } catch {
      commitFailed(error, group)
    }
  }

  /// Makes durable what was just put, for one who is told at once whether that failed.
  func commitPut() throws {
    if let group = commits.end() {
      do {
        try writer.finishCommit()
      } catch {
        commitFailed(error, group)
        throw error
      }
      tell(group)
    }
    try writer.commit()
  }

  /// Tells those who asked of what is durable, and of what was lost before.
  private func tell(_ group: GroupCommit.Group) {
    let earlierError = storeError
    storeError = nil
    for report in group.reports where report.outcome == .changed || report.outcome == .unchanged {
      forgetDocument(of: report.id)
    }
    report(group.reports + takeLost(because: earlierError), and: group.pages)
  }

  /// Tells those who asked that the store did not take it.
  private func commitFailed(_ error: any Error, _ group: GroupCommit.Group?) {
    storeFailed(error)
    if let group { lose(group) }
    report(takeLost(because: storeError))
  }

  private func takeLost(because reason: String?) -> [FeedReport] {
    let lost = commits.takeLost()
    putOff(lost)
    return lost.map { $0.failed(because: reason ?? Self.groupIsLost) }
  }

  private func lose(_ group: GroupCommit.Group) {
    commits.addLost(group.reports)
    putOff(group.pages.map(\.visit))
  }

  /// What is told of a feed whose articles went with those of another that the store did not take.
  static let groupIsLost = "the store did not take what came with it"

  /// The store forgot what was appended since the last commit was begun: it counts for none of the feeds it was of.
  func groupIsForgotten() {
    lose(commits.takeWaiting())
    lastAppended = writer.lastSequence
    // One under way would else be settled with validators that keep its forgotten articles away for good.
    for flight in flights.values where flight.batchesTaken > 0 { flight.isForgotten = true }
  }

  /// What is not durable is not done: the feeds are polled again as after any failure of the store, whose least wait
  /// spares their servers for as long as it lasts.
  private func putOff(_ lost: [FeedReport]) {
    guard trigger == .schedule else { return }
    let (now, wait) = (clock(), policy.configuration.minimumInterval)
    for report in lost {
      guard let feed = subscriptions.known(report.id) else { continue }
      let spread = Int64.random(in: 0...Int64(policy.configuration.backoff.store.base), using: &random)
      polls.update(feed, due: now + Int64(wait) + spread)
    }
  }

  /// Tells those who asked of feeds, and of pages, whose outcome is durable.
  func report(_ reports: [FeedReport], and endedPages: [PageVisit.Ending] = []) {
    let now = clock()
    let feedsOfPages = Set(endedPages.map(\.visit.feed))
    for report in reports {
      var left = pagesLeft(of: report.id, now: now)
      if left == .none, feedsOfPages.contains(report.id) { left = .later }
      for run in runs { run.report(report, pages: left) }
    }
    report(endedPages)
    finishRuns()
  }

  /// Ends the runs that wait for no feed any more; by then the views are as new as the store.
  func finishRuns() {
    for run in runs { endPatience(in: run) }
    guard runs.contains(where: \.isComplete) else { return }
    publish()
    let complete = runs.filter(\.isComplete)
    runs.removeAll(where: \.isComplete)
    for run in complete { run.finish(at: .now) { pages[$0].count } }
  }

  /// So many feeds, of half a kilobyte each, are held while feeds.json is written.
  private static var heldFeeds: Int { 16_384 }

  /// Publishes what has changed, if that was not done a short while ago.
  func publishIfDue() {
    if hasUnpublishedChanges, .now() >= nextPublication { publish() }
  }

  /// Replaces manifest.json, feeds.json and latest.json.
  func publish() {
    guard hasUnpublishedChanges else { return }
    hasUnpublishedChanges = false
    let start = DispatchTime.now()
    // Views take memory: what the indexes have mapped need not be there at the same time.
    likeArticles.release()
    do {
      try publishFeeds()
      try writer.publish(latest: try latest())
      hasNewArticles = false
      keepHouse()
    } catch {
      storeFailed(error)
    }
    lastPublication = .now()
    publicationCost = Int(lastPublication.uptimeNanoseconds - start.uptimeNanoseconds)
    guard likeArticles.isReady else { return }
    do {
      try likeArticles.persist(covered: writer.lastSequence)
    } catch {
      // Nothing is lost: what is not in the files is read again from the store.
      logger.warning("\(error)")
    }
  }

  /// Writes feeds.json, in the order of addresses; of very many feeds only the addresses are held meanwhile.
  private func publishFeeds() throws {
    guard writer.counts.feeds > Self.heldFeeds else {
      var view = FeedsView.Sorted(now: clock(), expected: writer.counts.feeds)
      try writer.forEachStateLine { view.add($0) }
      return try writer.replaceFile(name: "feeds.json") { file in
        try view.forEachPiece { piece throws(StoreError) in try file.write(piece) }
      }
    }
    var order: [(url: String, id: FeedID)] = []
    try writer.forEachState(.plan) { if $0.status != .removed { order.append(($0.url, $0.id)) } }
    order.sort { ($0.url, $0.id) < ($1.url, $1.id) }
    try writer.replaceFile(name: "feeds.json") { file in
      var view = FeedsView.Pieces(now: clock())
      for feed in order {
        if let state = try writer.state(feed.id) { view.add(state) }
        if view.count >= 64 << 10 { try file.write(view.take()) }
      }
      view.end()
      try file.write(view.take())
    }
  }

  /// latest.json, where it has changed or is missing.
  private func latest() throws -> [UInt8]? {
    guard hasNewArticles else { return nil }
    let newest = try StoreReader(directory: directory).newest(configuration.store.latestCount)
    let updated = newest.first.map { $0.datePublished ?? $0.dateSynced } ?? clock()
    return JSONFeedView(heading: ExportHeading(title: "Precis: latest articles", updated: updated)).bytes(
      newest)
  }

  /// Opens the store anew after a flush failed: what is on the disk is no longer certain until it is read again.
  func reopenStore() {
    guard writer.isPoisoned, !isClosed else { return }
    // The next writer knows nothing of what this one was about.
    finishCommit()
    writer.close()
    do {
      writer = try StoreWriter(
        directory: directory, options: StoreOptions(configuration), fileSystem: fileSystem)
      writer.onForget = { [weak self] in self?.groupIsForgotten() }
    } catch {
      // The next poll tries again.
      return storeFailed(error)
    }
    lastAppended = writer.lastSequence
    storeError = nil
    housekeeping.sweep = nil
    hasNewArticles = true
    hasUnpublishedChanges = true
    logger.notice("the store was opened anew", metadata: ["store": "\(directory)"])
    for message in writer.recovery.messages { logger.warning("\(message)") }
  }

  /// The store did not take something: it is told, and shown by `precis status`.
  func storeFailed(_ error: any Error) {
    storeError = "\(error)"
    logger.error("\(error)", metadata: ["store": "\(directory)"])
  }
}

extension FeedReport {
  /// The same poll, of which nothing was stored.
  func failed(because reason: String) -> FeedReport {
    var report = FeedReport(id: id, url: url, title: title, outcome: .failed)
    report.error = reason
    report.bytes = bytes
    return report
  }
}
