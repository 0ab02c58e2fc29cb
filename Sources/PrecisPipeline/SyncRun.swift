import PrecisModel

/// One sync that somebody asked for: which feeds it still waits for, and whom it tells.
///
/// Lives on the engine's queue.
final class SyncRun {
  /// Receives the events, on the engine's queue.
  let observer: @Sendable (SyncEvent) -> Void
  /// The feeds that are not reported yet.
  private(set) var waiting: Set<FeedID>
  private var summary = SyncSummary()
  private let startedAt: ContinuousClock.Instant

  init(
    feeds: Set<FeedID>, startedAt: ContinuousClock.Instant, observer: @escaping @Sendable (SyncEvent) -> Void
  ) {
    waiting = feeds
    self.startedAt = startedAt
    self.observer = observer
    summary.feeds = feeds.count
    observer(.started(feeds: feeds.count))
  }

  /// Whether every feed has been reported.
  var isComplete: Bool { waiting.isEmpty }

  func waits(for feed: FeedID) -> Bool { waiting.contains(feed) }

  /// Reports a feed whose outcome is durable; a feed that the run did not ask for, or has reported, is passed over.
  func report(_ report: FeedReport) {
    guard waiting.remove(report.id) != nil else { return }
    summary.add(report)
    observer(.feed(report))
  }

  /// Tells the end.
  func finish(at now: ContinuousClock.Instant) {
    let (seconds, attoseconds) = (now - startedAt).components
    summary.milliseconds = Int(seconds) * 1000 + Int(attoseconds / 1_000_000_000_000_000)
    observer(.finished(summary))
  }
}
