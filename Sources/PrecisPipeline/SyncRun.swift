import PrecisModel

/// One sync that somebody asked for: which feeds it still waits for, and whom it tells.
///
/// Lives on the engine's queue.
final class SyncRun {
  /// Receives the events, on the engine's queue.
  let observer: @Sendable (SyncEvent) -> Void
  /// The feeds that are not reported yet.
  private(set) var waiting: Set<FeedID>
  /// Feeds that are reported and of whose articles pages are still to be read.
  private var waitingForPages: Set<FeedID> = []
  /// All that had such pages.
  private var feedsWithPages: Set<FeedID> = []
  /// When it waits no longer for pages.
  var patienceEnd: ContinuousClock.Instant?
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

  /// When the pages of a feed that are still to be read will be.
  enum PagesLeft {
    /// There are none.
    case none
    /// As fast as their hosts may be asked.
    case soon
    /// Once their hosts have had the rest that they asked for.
    case later
  }

  /// Whether every feed has been reported, and no page is waited for.
  var isComplete: Bool { waiting.isEmpty && waitingForPages.isEmpty }

  /// Whether nothing but pages is waited for.
  var waitsForPagesAlone: Bool { waiting.isEmpty && !waitingForPages.isEmpty }

  func waits(for feed: FeedID) -> Bool { waiting.contains(feed) }

  /// Reports a feed whose outcome is durable; a feed that the run did not ask for, or has reported, is passed over.
  func report(_ report: FeedReport, pages: PagesLeft) {
    guard waiting.remove(report.id) != nil else { return }
    summary.add(report)
    observer(.feed(report))
    if pages != .none { feedsWithPages.insert(report.id) }
    if pages == .soon { waitingForPages.insert(report.id) }
  }

  /// Reports a page; one of a feed that the run did not ask for, or still waits for, is passed over.
  func report(_ page: PageReport) {
    guard feedsWithPages.contains(page.feed) else { return }
    summary.add(page)
    observer(.page(page))
    if page.left == 0 { waitingForPages.remove(page.feed) }
  }

  /// Waits no longer for the pages of feeds other than these.
  func keepPages(of isKept: (FeedID) -> Bool) {
    waitingForPages = waitingForPages.filter(isKept)
  }

  /// Tells the end; `pagesLeft` counts the pages of a feed that still wait.
  func finish(at now: ContinuousClock.Instant, pagesLeft: (FeedID) -> Int) {
    let (seconds, attoseconds) = (now - startedAt).components
    summary.milliseconds = Int(seconds) * 1000 + Int(attoseconds / 1_000_000_000_000_000)
    summary.pagesLeft = feedsWithPages.reduce(0) { $0 + pagesLeft($1) }
    observer(.finished(summary))
  }
}
