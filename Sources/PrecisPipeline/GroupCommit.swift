import PrecisModel

/// Decides when what was written is made durable: one fdatasync serves every feed that ended since the last. While it
/// goes on, the next outcomes gather.
struct GroupCommit {
  /// What one commit makes durable.
  struct Group {
    var reports: [FeedReport] = []
    /// Pages that were read, or given up.
    var pages: [PageVisit.Ending] = []

    var isEmpty: Bool { reports.isEmpty && pages.isEmpty }
  }

  /// Outcomes that wait at most; a commit is due when there are so many…
  static let outcomeLimit = 512
  /// …or when so many bytes wait to be written…
  static let byteLimit = 4 << 20
  /// …or when the oldest has waited so long while other feeds are on their way…
  static let patience = Duration.milliseconds(100)
  /// …or when none has come for so long: those that are still on their way hang.
  static let lull = Duration.milliseconds(lullMilliseconds)
  static let lullMilliseconds = 25

  /// What waits for a commit.
  private var waiting = Group()
  /// What the commit makes durable that goes on.
  private var underWay: Group?
  /// Outcomes that the store forgot again, to be told as failed.
  private(set) var lost: [FeedReport] = []
  private var oldest: ContinuousClock.Instant?
  private var newest: ContinuousClock.Instant?

  /// Whether nothing waits, and no commit goes on.
  var isEmpty: Bool { !isWaiting && underWay == nil }

  /// Whether something waits for a commit to be begun.
  var isWaiting: Bool { !waiting.isEmpty || !lost.isEmpty }

  /// Whether a commit goes on.
  var isUnderWay: Bool { underWay != nil }

  /// Whether a page of a feed was read that is not durable yet.
  func holdsPages(of feed: FeedID) -> Bool {
    waiting.pages.contains { $0.visit.feed == feed }
      || underWay?.pages.contains { $0.visit.feed == feed } == true
  }

  /// An outcome whose state was put.
  mutating func add(_ report: FeedReport, at now: ContinuousClock.Instant) {
    if waiting.isEmpty { waiting.reports.reserveCapacity(Self.outcomeLimit) }
    waiting.reports.append(report)
    noteArrival(at: now)
  }

  /// A page whose text, and whose feed's state, was put.
  mutating func add(_ page: PageVisit.Ending, at now: ContinuousClock.Instant) {
    waiting.pages.append(page)
    noteArrival(at: now)
  }

  private mutating func noteArrival(at now: ContinuousClock.Instant) {
    if oldest == nil { oldest = now }
    newest = now
  }

  /// Whether a commit is due while `busy` says that other feeds are on their way.
  func isDue(at now: ContinuousClock.Instant, isBusy: Bool) -> Bool {
    if !isWaiting { return false }
    if !lost.isEmpty { return true }
    if !isBusy || waiting.reports.count >= Self.outcomeLimit { return true }
    guard let oldest, let newest else { return false }
    return now - oldest >= Self.patience || now - newest >= Self.lull
  }

  /// The commit of what waits was begun; gives what one made durable that had gone on.
  mutating func begin() -> Group? {
    defer { underWay = takeWaiting() }
    return underWay
  }

  /// The commit that went on has ended: gives what it was of.
  mutating func end() -> Group? {
    defer { underWay = nil }
    return underWay
  }

  /// Everything that waits, no longer kept.
  mutating func takeWaiting() -> Group {
    defer {
      waiting = Group()
      oldest = nil
    }
    return waiting
  }

  /// An outcome that the store did not take.
  mutating func addLost(_ report: FeedReport) { lost.append(report) }

  /// Outcomes that the store forgot again.
  mutating func addLost(_ reports: [FeedReport]) { lost += reports }

  /// Everything that was lost.
  mutating func takeLost() -> [FeedReport] {
    defer { lost = [] }
    return lost
  }
}
