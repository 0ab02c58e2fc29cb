import Dispatch
import Glibc
import Logging
import PrecisConfig
import PrecisCurate
import PrecisDedup
import PrecisFetch
import PrecisModel
import PrecisNormalise
import PrecisSchedule
import PrecisStore
import PrecisURL
import Synchronization

/// The pipeline: polls feeds when they are due or when somebody asks, and stores what is new.
///
/// The daemon and the one-shot sync are this engine with another ``Trigger``. One serial queue owns the store, the
/// schedule and the deduplication; the fetcher and the workers hand over to it. Every method may be called from any
/// thread; answers come on the engine's queue.
public final class Engine: @unchecked Sendable {  // All mutable state is confined to `queue`.
  /// What begins polls.
  public enum Trigger: Sendable {
    /// Due times and requests: the daemon.
    case schedule
    /// Requests alone: `precis sync` without a daemon.
    case request
  }

  let queue = DispatchQueue(label: "precis.engine")
  /// The store's directory.
  public let directory: String
  let trigger: Trigger
  let version: String
  let logger: Logger
  private let clocks: Clocks
  /// Tells the time: the wall's.
  public var clock: @Sendable () -> Timestamp { clocks.wall }
  let workers: [Worker]
  let fetcher: Fetcher
  let startedAt: Timestamp

  // MARK: State of the queue

  var configuration: Configuration
  var declared: DeclaredFeeds
  /// Another one after a flush failed.
  var writer: StoreWriter { didSet { latestWriter.writer = writer } }
  private let latestWriter: LatestWriter
  let fileSystem: any FileSystem
  var policy: SchedulePolicy
  var polls: PollQueue
  var subscriptions = Subscriptions()
  var deduplicator: Deduplicator
  /// nil until something is curated: its tables take ten milliseconds to make.
  var madeCurator: Curator?
  let likeArticles: LikeArticles
  var random = SystemRandomNumberGenerator()
  private var steady: SteadyClock
  private var sleepWatch: SleepWatch
  private var clockWatch: ClockWatch?
  var timer: any DispatchSourceTimer
  /// What the timer is set to.
  var armed: DispatchTime?
  var flights: [UInt32: Flight] = [:]
  /// Takes the articles of polls in.
  var takeBatch: @Sendable (Poll, [NormalisedArticle]) -> Void = { _, _ in }
  /// Pages of articles that wait, and those that are being read.
  var pages = WantedPages()
  /// Seconds for which a sync waits for pages once its feeds are done; what is left then is read by the daemon, or by the
  /// next sync.
  var pagePatience: Int64 = 30
  var pageVisits = 0
  /// Lines whose turn it was while too many pages were being read.
  var waitingLines: [UInt32] = []
  /// Failures in a row of each feed's pages.
  var pageFailures: [FeedID: Int] = [:]
  /// The feeds whose first poll is served with what they were recognised by.
  var keptDocuments: Set<FeedID> = []
  /// What the fetcher has brought and the workers have not read.
  let unread = UnreadBodies()
  /// Endings on their way to the queue.
  let arrivals = Mutex<[(feed: UInt32, ending: Flight.Ending)]>([])
  /// A buffer that takes turns with that of ``arrivals``.
  var spareArrivals: [(feed: UInt32, ending: Flight.Ending)] = []
  var runs: [SyncRun] = []
  var commits = GroupCommit()
  var housekeeping = Housekeeping()
  /// Whether a sync was asked for.
  var hasSynced = false
  /// Whether articles were appended since the start.
  var hasAppended = false
  let indexQueue = DispatchQueue(label: "precis.search", qos: .utility)
  /// For the queue of the search index, which stops then.
  let isGoingDown = Mutex(false)
  var counters = EngineCounters()
  var hasUnpublishedChanges = false
  /// Whether latest.json is older than the store.
  var hasNewArticles = false
  var lastPublication = DispatchTime.now()
  /// Nanoseconds that it took.
  var publicationCost = 0
  var storeError: String?
  /// After so long declared feeds are offered again to a store that did not take them.
  var storeRetry = DispatchTimeInterval.seconds(60)
  /// The number of the line that was appended last, durable or not.
  var lastAppended: Int64
  var nextWorker = 0
  var onStopped: [@Sendable () -> Void] = []
  var isStopping = false
  var isClosed = false

  /// For those who ask the store for longer than one writer lives.
  private final class LatestWriter {
    var writer: StoreWriter
    init(_ writer: StoreWriter) { self.writer = writer }
  }

  /// Opens the store, recovers it where need be, and takes in the subscriptions.
  ///
  /// - Throws: `StoreError`, `.locked` where another process writes to the store; `FetchFailure` where libcurl does
  ///   not start.
  public init(
    configuration: Configuration, store directory: String, trigger: Trigger, version: String, logger: Logger,
    fileSystem: any FileSystem = POSIXFileSystem(),
    clocks: Clocks = .system
  ) throws {
    self.configuration = configuration
    declared = DeclaredFeeds(configuration.feeds)
    self.directory = directory
    self.trigger = trigger
    self.version = version
    self.logger = logger
    self.clocks = clocks
    startedAt = clocks.wall()
    self.fileSystem = fileSystem
    writer = try StoreWriter(
      directory: directory, options: StoreOptions(configuration), fileSystem: fileSystem)
    latestWriter = LatestWriter(writer)
    lastAppended = writer.lastSequence
    likeArticles = LikeArticles(store: directory, lastSequence: writer.lastSequence) { [latestWriter] key in
      latestWriter.writer.find(key.prefix64).map { !$0.isRemoved } ?? false
    }
    // A crash between a commit and the publication leaves it behind; one that is missing is made.
    hasNewArticles =
      !writer.recovery.isClean || writer.recovery.linesIndexed > 0
      || access(directory + "/latest.json", F_OK) != 0
    for message in writer.recovery.messages + likeArticles.notices { logger.warning("\(message)") }
    fetcher = try Fetcher(
      configuration: FetchConfiguration(configuration, version: version), target: queue)
    policy = SchedulePolicy(configuration: ScheduleConfiguration(configuration))
    polls = PollQueue(configuration)
    deduplicator = Deduplicator()
    steady = SteadyClock(wall: startedAt, steady: clocks.sinceBoot())
    sleepWatch = SleepWatch(sinceBoot: clocks.sinceBoot(), awake: clocks.awake())
    workers = (0..<max(1, min(8, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))))).map { Worker(number: $0) }
    timer = DispatchSource.makeTimerSource(queue: queue)
    try queue.sync { try open() }
  }

  /// Begins to poll what is due.
  public func start() {
    queue.async { @Sendable [self] in
      pump()
      keepHouse()
    }
  }

  private func open() throws {
    writer.onForget = { [weak self] in self?.groupIsForgotten() }
    takeBatch = { [weak self] poll, batch in
      guard let self else { return }
      queue.async { @Sendable in self.sift(batch, of: poll, feed: poll.feed) }
    }
    timer.setEventHandler { @Sendable [weak self] in
      guard let self else { return }
      _ = moment()
      armed = nil
      pump()
    }
    if trigger == .schedule { clockWatch = ClockWatch(queue: queue) { [weak self] in self?.pump() } }
    timer.schedule(deadline: .distantFuture)
    timer.activate()
    let now = clock()
    fetcher.onSlotsReleased { [weak self] in self?.pump() }
    fetcher.onTurnEnd { [weak self] in self?.takeArrivals() }
    try writer.forEachState(.plan) { state in register(state, now: now) }
    try findKeptDocuments()
    try subscribeDeclared(now: now)
    if trigger == .schedule { polls.spreadOverdue(now: now, random: &random) }
  }

  /// Takes a subscription into the queue.
  func register(_ state: FeedState, now: Timestamp) {
    guard state.status != .removed else { return }
    let policy = policy(for: state)
    let number = subscriptions.number(of: state.id)
    let host = Self.host(of: state.url)
    if state.url != state.subscribedURL { subscriptions.moved(number, to: state.url) }
    counters.note(state, of: number)
    subscriptions.note(state, of: number)
    polls.insert(
      number, host: host, due: trigger == .schedule ? policy.due(of: state, now: now) : nil,
      interval: policy.interval(of: state))
    if let until = policy.hostHold(of: state, now: now) { polls.hold(host: host, until: until) }
    // The spacing holds over a restart, too; the last poll was somewhere in its second.
    let spacing = Int64(policy.configuration.perHostSpacing)
    if trigger == .schedule, let polled = state.lastPolled, polled <= now, polled + spacing > now {
      polls.hold(host: host, until: polled + spacing + 1)
    }
    guard !state.wantedPages.isEmpty else { return }
    want(state.wantedPages, of: state.id, now: now)
    // Nothing tells when a page of the host was last asked for.
    if trigger == .schedule {
      for page in state.wantedPages { polls.hold(host: Self.host(of: page.url), until: now + spacing) }
    }
  }

  /// The host whose budget a feed uses: its authority without credentials.
  static func host(of url: String) -> String {
    WebURL.authority(of: url) ?? url
  }

  // MARK: Time

  /// The present, after what the clocks tell of the time since the last look was taken in.
  ///
  /// Whatever turns the engine after a sleep comes past here: what fell due meanwhile must not begin as a burst.
  func moment() -> Timestamp {
    let now = clock()
    let sinceBoot = clocks.sinceBoot()
    let jump = steady.jump(wall: now, steady: sinceBoot)
    if jump != 0 {
      logger.notice("the clock was set by \(jump) s; waits keep their length")
      shift(by: jump)
    }
    // A timer counts no time asleep, so one that is late says that the process was stopped.
    let isLate = armed.map { $0 + .seconds(Int(SleepWatch.tolerance)) < .now() } ?? false
    if sleepWatch.hasSlept(sinceBoot: sinceBoot, awake: clocks.awake()) || isLate {
      armed = nil
      // What somebody waits for does not wait for that.
      let asked = runs.flatMap(\.waiting).compactMap { subscriptions.known($0) }
        .filter { polls.isDue($0, now: now) }
      polls.spreadOverdue(now: now, random: &random)
      for feed in asked { polls.update(feed, due: now) }
    }
    return now
  }

  /// Moves all waits with the clock, in the queue and in the store.
  private func shift(by seconds: Int64) {
    polls.shift(by: seconds)
    do {
      var states: [FeedState] = []
      try writer.forEachState { states.append(policy.shifted($0, by: seconds)) }
      for state in states where state.status != .removed { try writer.put(state) }
      try commitPut()
    } catch {
      storeFailed(error)
    }
  }

  /// Begins what is due, as far as there is room, and sets the timer to what comes next.
  func pump() {
    guard !isStopping, hasCaughtUp() else { return }
    reopenStore()
    let now = moment()
    // No more at once than the fetcher takes: only what comes back tells whether bodies come.
    let room = min(pollLimit - polls.inFlight, configuration.network.concurrency)
    if room > 0 {
      let due = polls.popDue(now: now, limit: room, milliseconds: clocks.milliseconds())
      for feed in due { begin(feed, now: now) }
    }
    commitIfDue()
    setTimer(now: now)
  }

  /// Polls that may be under way: where no bodies come, twice what the fetcher has on the wire, so that it never waits
  /// for the store; few while the parser has enough to do.
  private var pollLimit: Int {
    let concurrency = configuration.network.concurrency
    let limit =
      switch unread.amount {
      case .none: concurrency * 2
      case .some: concurrency
      case .enough: min(Self.fewPolls, concurrency)
      }
    // What waits for a server that takes long is in nobody's way.
    return limit + fetcher.slowTransfers
  }

  private static let fewPolls = 16

  private func setTimer(now: Timestamp) {
    let isFull = polls.inFlight >= pollLimit
    var deadline: DispatchTime?
    if !isFull, let due = polls.nextDue {
      deadline = .now() + .seconds(Int(max(0, min(due - now, 86_400))))
    }
    let waitsForLull = commits.isWaiting && !commits.isUnderWay
    if waitsForLull { deadline = .now() + .milliseconds(GroupCommit.lullMilliseconds) }
    if hasUnpublishedChanges { deadline = min(deadline ?? .distantFuture, nextPublication) }
    guard let deadline else { return }
    // One that is set to an earlier moment stays: it looks again then, and each setting costs a wake-up.
    guard armed.map({ deadline < $0 }) ?? true else { return }
    armed = deadline
    timer.schedule(deadline: deadline, leeway: .milliseconds(waitsForLull ? 5 : 50))
  }

  // MARK: Life

  /// Abandons what is under way, makes durable what was read, and closes the store; `done` is called then.
  public func stop(_ done: @escaping @Sendable () -> Void) {
    queue.async { @Sendable [self] in
      if isClosed { return done() }
      onStopped.append(done)
      guard !isStopping else { return }
      isStopping = true
      isGoingDown.withLock { $0 = true }
      timer.schedule(deadline: .distantFuture)
      fetcher.shutdown()
      closeIfDone()
    }
  }

  /// Closes the store once nothing is under way any more.
  func closeIfDone() {
    guard isStopping, !isClosed, flights.isEmpty, pageVisits == 0 else { return }
    commit()
    keepHouseAtEnd()
    publish()
    isClosed = true
    timer.cancel()
    clockWatch = nil
    writer.close()
    for done in onStopped { done() }
    onStopped = []
  }
}
