/// Decides when what was written is made durable: one fdatasync serves every feed that ended since the last.
struct GroupCommit {
  /// Outcomes that wait at most; a commit is due when there are so many…
  static let outcomeLimit = 512
  /// …or when so many bytes wait to be written…
  static let byteLimit = 4 << 20
  /// …or when the oldest has waited so long while other feeds are on their way…
  static let patience = Duration.milliseconds(100)
  /// …or when none has come for so long: those that are still on their way hang.
  static let lull = Duration.milliseconds(lullMilliseconds)
  static let lullMilliseconds = 25

  private(set) var waiting: [FeedReport] = []
  /// Pages that were read, or given up, since the last commit.
  private var pages: [PageVisit.Ending] = []
  /// Outcomes that the store forgot again, to be told as failed.
  private(set) var lost: [FeedReport] = []
  private var oldest: ContinuousClock.Instant?
  private var newest: ContinuousClock.Instant?

  /// Whether nothing waits.
  var isEmpty: Bool { waiting.isEmpty && lost.isEmpty && pages.isEmpty }

  /// An outcome whose state was put.
  mutating func add(_ report: FeedReport, at now: ContinuousClock.Instant) {
    if waiting.isEmpty { waiting.reserveCapacity(Self.outcomeLimit) }
    waiting.append(report)
    noteArrival(at: now)
  }

  /// A page whose text, and whose feed's state, was put.
  mutating func add(_ page: PageVisit.Ending, at now: ContinuousClock.Instant) {
    pages.append(page)
    noteArrival(at: now)
  }

  private mutating func noteArrival(at now: ContinuousClock.Instant) {
    if oldest == nil { oldest = now }
    newest = now
  }

  /// Whether a commit is due while `busy` says that other feeds are on their way.
  func isDue(at now: ContinuousClock.Instant, isBusy: Bool) -> Bool {
    if isEmpty { return false }
    if !lost.isEmpty { return true }
    if !isBusy || waiting.count >= Self.outcomeLimit { return true }
    guard let oldest, let newest else { return false }
    return now - oldest >= Self.patience || now - newest >= Self.lull
  }

  /// The store forgot the group of what waits.
  mutating func lose() {
    lost += waiting
    waiting = []
    oldest = nil
  }

  /// An outcome that the store did not take.
  mutating func addLost(_ report: FeedReport) { lost.append(report) }

  /// Everything that waited, after a commit.
  mutating func take() -> [FeedReport] {
    defer {
      waiting = []
      oldest = nil
    }
    return waiting
  }

  /// The pages since the last commit, after one that succeeded or failed.
  mutating func takePages() -> [PageVisit.Ending] {
    defer { pages = [] }
    return pages
  }

  /// Everything that was lost.
  mutating func takeLost() -> [FeedReport] {
    defer { lost = [] }
    return lost
  }
}
