import PrecisModel
import PrecisStore
import PrecisViews

extension Engine {
  /// The least time between two publications while polls go on.
  private static var publicationInterval: Duration { .seconds(30) }

  /// Makes durable what waits, if it is time.
  func commitIfDue() {
    if commits.isDue(at: .now, isBusy: polls.inFlight > 0) || writer.pendingBytes > GroupCommit.byteLimit {
      commit()
    }
    publishIfDue()
  }

  /// Makes durable what waits, and tells those who asked.
  func commit() {
    guard !commits.isEmpty || writer.pendingBytes > 0 else { return }
    do {
      try writer.commit()
      storeError = nil
      report(commits.take())
    } catch {
      storeFailed(error)
      // What is not durable is not done: the feeds are reported as failed, and polled again soon.
      let now = clock()
      let lost = commits.take()
      for report in lost {
        guard trigger == .schedule, let feed = subscriptions.known(report.id) else { continue }
        polls.update(feed, due: now + Int64(policy.configuration.backoff.store.base))
      }
      report(lost.map { $0.failed(because: "\(error)") })
    }
  }

  private func report(_ reports: [FeedReport]) {
    for report in reports {
      for run in runs { run.report(report) }
    }
    finishRuns()
  }

  /// Ends the runs that wait for no feed any more; by then the views are as new as the store.
  func finishRuns() {
    guard runs.contains(where: \.isComplete) else { return }
    publish()
    let complete = runs.filter(\.isComplete)
    runs.removeAll(where: \.isComplete)
    for run in complete { run.finish(at: .now) }
  }

  private func publishIfDue() {
    guard hasUnpublishedChanges, commits.isEmpty, polls.inFlight == 0 || isLongAgo else { return }
    publish()
  }

  private var isLongAgo: Bool {
    lastPublished.map { .now - $0 >= Self.publicationInterval } ?? true
  }

  /// Replaces manifest.json, feeds.json and latest.json.
  func publish() {
    guard hasUnpublishedChanges else { return }
    hasUnpublishedChanges = false
    lastPublished = .now
    do {
      var feeds: [FeedState] = []
      try writer.forEachState { if $0.status != .removed { feeds.append($0) } }
      feeds.sort { $0.url < $1.url }
      try writer.publish(latest: try latest(), feeds: FeedsView.bytes(feeds, now: clock()))
      hasNewArticles = false
    } catch {
      storeFailed(error)
    }
    guard likeArticles.isReady else { return }
    do {
      try likeArticles.persist(covered: writer.lastSequence)
    } catch {
      // Nothing is lost: what is not in the files is read again from the store.
      logger.warning("\(error)")
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
