import Dispatch
import PrecisModel
import PrecisStore

/// What keeps the store in order: retention, compaction, the search index. It can wait, and is done a piece at a
/// time: the daemon's polls come between two pieces.
struct Housekeeping {
  /// Articles that a step removes at most.
  static let removals = 500
  /// Bytes that a step of a compaction reads: with the pause between two, 16 MiB a second.
  static let stepBytes = 4 << 20
  /// The pause between two steps of the daemon.
  static let pause = DispatchTimeInterval.milliseconds(250)
  /// Seconds between two looks at the retention rules.
  static let retentionInterval: Int64 = 3600
  /// Bytes that `precis sync` compacts at its end, or one segment…
  static let syncBytes = 64 << 20
  /// …and how long it goes on with the search index, where it brought something; `precis search` does the rest.
  static let syncIndexing = Duration.milliseconds(250)
  /// Lines that the search index takes in at a time: in the daemon, which has time, and at the end of a sync.
  static func indexedLines(_ trigger: Engine.Trigger) -> Int {
    switch trigger {
    case .schedule: 2000
    case .request: 400
    }
  }

  /// When the rules are looked at next.
  var retentionDue: Timestamp?
  /// What they do not let stay.
  var sweep: RetentionSweep?
  var report = CompactionReport()
  var isScheduled = false
  var isIndexing = false
}

extension Engine {
  /// Does what is to be done soon, step by step, in the daemon.
  func keepHouse() {
    guard trigger == .schedule, !isStopping else { return }
    updateSearchIndex()
    guard !housekeeping.isScheduled else { return }
    housekeeping.isScheduled = true
    queue.asyncAfter(deadline: .now() + Housekeeping.pause) { @Sendable [self] in
      housekeeping.isScheduled = false
      guard !isStopping, storeError == nil else { return }
      if housekeepingStep() { keepHouse() } else { publishIfDue() }
    }
  }

  /// Does as much as a sync may at its end.
  func keepHouseAtEnd() {
    guard trigger == .request, hasSynced, storeError == nil else { return }
    var steps = Housekeeping.syncBytes / Housekeeping.stepBytes
    while steps > 0 || writer.isCompacting, housekeepingStep() {
      if housekeeping.sweep == nil { steps -= 1 }
    }
    guard hasAppended else { return }
    let end = ContinuousClock.now + Housekeeping.syncIndexing
    indexSearch { ContinuousClock.now < end }
  }

  /// One piece; whether more is left.
  private func housekeepingStep() -> Bool {
    do {
      if try removeSome() { return true }
      let isMore = try writer.compactStep(compactionBudget, report: &housekeeping.report)
      if !isMore, housekeeping.report.segments > 0 {
        logger.info(
          "compacted",
          metadata: [
            "segments": "\(housekeeping.report.segments)", "lines": "\(housekeeping.report.droppedLines)",
            "freed": "\(housekeeping.report.freedBytes)",
          ])
        housekeeping.report = CompactionReport()
      }
      return isMore
    } catch {
      storeFailed(error)
      return false
    }
  }

  private var compactionBudget: CompactionBudget {
    let store = configuration.store
    let isTooLarge = store.retentionSize.map { writer.counts.bytes > Int(clamping: $0.bytes) } ?? false
    return CompactionBudget(
      bytes: Housekeeping.stepBytes,
      deadShare: isTooLarge ? 0.02 : Double(store.compactionThreshold) / 100)
  }

  /// Removes some of the articles that the rules do not let stay; false where there are none.
  private func removeSome() throws -> Bool {
    let now = clock()
    if housekeeping.sweep == nil, housekeeping.retentionDue.map({ $0 <= now }) ?? true {
      housekeeping.retentionDue = now + Housekeeping.retentionInterval
      housekeeping.sweep = writer.sweep(RetentionRules(configuration), now: now)
    }
    guard var sweep = housekeeping.sweep else { return false }
    let removed = try writer.remove(&sweep, limit: Housekeeping.removals)
    housekeeping.sweep = sweep.count > 0 ? sweep : nil
    guard removed > 0 else { return housekeeping.sweep != nil }
    commit()
    lastAppended = max(lastAppended, writer.lastSequence)
    hasUnpublishedChanges = true
    hasNewArticles = true
    logger.info("removed by the retention rules", metadata: ["articles": "\(removed)"])
    return true
  }

  // MARK: Search index

  /// Brings the search index up to date on a queue of its own.
  private func updateSearchIndex() {
    guard !housekeeping.isIndexing else { return }
    housekeeping.isIndexing = true
    indexQueue.async { @Sendable [self] in
      let isStopped = { self.isGoingDown.withLock { $0 } }
      indexSearch { !isStopped() }
      queue.async { @Sendable [self] in housekeeping.isIndexing = false }
    }
  }

  /// Takes lines into the search index while `goesOn` says so. It is derived: a failure costs the next search time.
  private func indexSearch(while goesOn: () -> Bool) {
    do {
      let indexer = try SearchIndexer(directory: directory)
      while goesOn(), try indexer.update(lines: Housekeeping.indexedLines(trigger)) {}
      while goesOn(), try indexer.merge() {}
    } catch {
      logger.warning("\(error)")
    }
  }

  // MARK: Keeping

  /// Marks an article as kept, so that no retention rule removes it, or takes the mark away.
  public func keep(
    _ id: ArticleID, _ isKept: Bool, reply: @escaping @Sendable (Result<Bool, EngineError>) -> Void
  ) {
    queue.async { @Sendable [self] in
      guard !isStopping else { return reply(.failure(.stopping)) }
      do {
        let isFound = try writer.setKept(id, isKept)
        commit()
        if let storeError { return reply(.failure(.store(storeError))) }
        lastAppended = max(lastAppended, writer.lastSequence)
        hasUnpublishedChanges = true
        publish()
        reply(.success(isFound))
      } catch {
        storeFailed(error)
        reply(.failure(.store("\(error)")))
      }
    }
  }
}
