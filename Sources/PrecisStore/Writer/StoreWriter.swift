import PrecisJSON
import PrecisModel

/// The one writer of a store. It is used by one thread at a time (a serial queue or an actor owns it).
///
/// What is appended or put is buffered; ``commit()`` makes the group durable, articles before states, or
/// ``beginCommit(_:)`` and ``finishCommit()``, between which the next group may be appended. After an error of `append`,
/// `put` or a commit everything that is not durable is forgotten: nothing half is kept.
public final class StoreWriter {
  /// The store's directory.
  public let directory: String
  /// What opening found and put right.
  public internal(set) var recovery: RecoveryReport
  /// Called when a group that held something is forgotten, by an error or by ``rollBack()``: what its caller took for
  /// appended is not in the store.
  public var onForget: (() -> Void)?
  /// Failures of derived files (checkpoints, the durable mark) that cost nothing but time, oldest first, at most 16.
  public internal(set) var warnings: [String] = []

  let files: StoreDirectory
  let options: StoreOptions
  let entries: SegmentLog
  let states: SegmentLog
  let keeper: IndexKeeper
  var stateTable = StateTable()
  /// For states that are asked for one by one.
  var stateScan: StateScan
  var stateJSON = JSONWriter(capacity: 4096)
  /// The compaction under way.
  var compaction: SegmentCompaction?
  /// Sizes of segments, by number, in which a compaction found nothing to drop.
  var incompressible: [Int: Int] = [:]
  private var lockFile: StoreFile?
  var durableFile: StoreFile?
  var durableMark: DurableMark
  var group = PendingGroup()
  /// An empty group, whose memory is used again.
  var spareGroup = PendingGroup()
  /// The commit that was begun.
  var commitUnderWay: CommitUnderWay?
  /// How the last one ended, until somebody asks.
  var endedCommit: Result<Void, StoreError>?
  let commitLine: CommitLine
  var stateUndo: [(feed: UInt64, old: LineLocation?)] = []
  /// The last sequence number before this writer.
  let inheritedSequence: Int64
  var nextSequence: Int64
  var nextStateSequence: Int64
  var bytesSinceCheckpoint = 0
  var checkpointUnderWay: RunningCheckpoint?
  private var isClosed = false

  /// Opens a store for writing, creating it where there is none; takes its lock and recovers it.
  ///
  /// Reads the manifest and the tails of the logs, not the whole store, unless damage makes it necessary.
  ///
  /// - Throws: `.locked` while another writer has it; `.wrongVersion` for a format that is not known; `.io`, `.full`.
  public init(
    directory: String, options: StoreOptions = StoreOptions(), fileSystem: some FileSystem = POSIXFileSystem()
  ) throws(StoreError) {
    let files = StoreDirectory(path: directory, fileSystem: fileSystem)
    self.directory = directory
    self.files = files
    self.options = options
    commitLine = CommitLine(options.commits)
    let opened = try StoreOpening(files, options)
    lockFile = opened.lock
    recovery = opened.report
    entries = opened.entries
    states = opened.states
    keeper = opened.keeper
    stateTable = opened.stateTable
    stateScan = StateScan(files)
    durableMark = DurableMark(boot: options.boot)
    inheritedSequence = opened.lastSequence
    nextSequence = inheritedSequence + 1
    nextStateSequence = opened.lastStateSequence + 1
    markDurable()
    if stateTable.count == 0 { bringSubscriptionsBack() }
    if recovery.didLoseArticles { bringLostAgain() }
    if opened.needsManifest { try checkpointOpened() }
  }

  deinit { close() }

  /// The sequence number of the last article line that is durable; 0 in an empty store.
  public var lastSequence: Int64 { keeper.index.watermark.sequence }

  /// Whether a flush failed, so that this writer takes nothing more: close it and open the store anew.
  public var isPoisoned: Bool { (entries.failure ?? states.failure) != nil }

  /// How much the store holds.
  public var counts: StoreCounts {
    StoreCounts(
      articles: keeper.index.liveCount, removed: keeper.index.count - keeper.index.liveCount,
      lines: entries.segments.reduce(0) { $0 + $1.records },
      bytes: entries.segments.reduce(0) { $0 + $1.bytes }, feeds: stateTable.count,
      stateBytes: states.segments.reduce(0) { $0 + $1.bytes })
  }

  /// Flushes the index, writes the manifest and lets the lock go; what was not committed is forgotten.
  public func close() {
    guard !isClosed else { return }
    isClosed = true
    rollBack()
    endCheckpoint()
    compaction?.discard()
    compaction = nil
    if entries.failure == nil, states.failure == nil {
      keeper.index.close(boot: options.boot)
      do throws(StoreError) { try writeManifest() } catch {
        warn("the next start reads a longer tail: \(error)")
      }
    }
    entries.end()
    states.end()
    durableFile = nil
    releaseLock()
  }
}

extension StoreWriter {
  /// Closing alone would not do: between fork and exec a child of this process has the file open, too, and the store could
  /// not be opened anew meanwhile.
  private func releaseLock() {
    lockFile?.unlock()
    lockFile = nil
  }

  /// Lets the lock go and writes nothing more: the files were changed behind this writer's back.
  func abandon() {
    isClosed = true
    rollBack()
    endCheckpoint()
    entries.end()
    states.end()
    durableFile = nil
    releaseLock()
  }
}

// MARK: - Articles

extension StoreWriter {
  /// What is known of the article with an identity key, or with the `prefix64` of its id; reads no disk.
  public func find(_ key: UInt64) -> KnownArticle? {
    if let line = group.line(key: key) { return KnownArticle(line.head, at: line.location) }
    if let line = commitUnderWay?.group.line(key: key) {
      let newest = pending(line.head.idHigh, line.head.idLow) ?? line
      return KnownArticle(newest.head, at: newest.location)
    }
    guard let ordinal = keeper.index.ordinal(key: key) else { return nil }
    let record = keeper.index.record(ordinal)
    if let newer = pending(record.idHigh, record.idLow) {
      return KnownArticle(newer.head, at: newer.location)
    }
    return KnownArticle(record, feed: keeper.index.feed(ordinal))
  }

  /// The newest line of an article that is not durable.
  private func pending(_ idHigh: UInt64, _ idLow: UInt32) -> PendingGroup.Line? {
    if let line = group.line(key: idHigh), line.head.idLow == idLow { return line }
    if let line = commitUnderWay?.group.line(key: idHigh), line.head.idLow == idLow { return line }
    return nil
  }

  /// Reads a known article.
  ///
  /// - Throws: `.damaged` where its line is not what was written, `.io`.
  public func article(_ known: KnownArticle) throws(StoreError) -> Article {
    let bytes = try entries.bytes(at: known.location)
    return try StoredArticle.read(bytes, id: known.id, place: known.location).article
  }

  /// The article with an id, as it was last appended; nil where there is none or it was removed.
  public func article(id: ArticleID) throws(StoreError) -> Article? {
    guard let known = find(id.prefix64), known.id == id, !known.isRemoved else { return nil }
    return try article(known)
  }

  /// Adds an article, or a newer state of one, to the group; gives the sequence number of its line.
  ///
  /// At most 16 `keys` (the article's id need not be among them); keys of its earlier lines are kept as far as
  /// there is room. A mark as kept stays.
  @discardableResult
  public func append(_ article: Article, keys: [UInt64], fingerprint: UInt64) throws(StoreError) -> Int64 {
    try append(PreparedArticle(article), keys: keys, fingerprint: fingerprint)
  }

  /// Adds an article that was made ready on another thread, as the one above does.
  @discardableResult
  public func append(_ article: PreparedArticle, keys: [UInt64], fingerprint: UInt64) throws(StoreError)
    -> Int64
  {
    // Most are new: their id is not even made into text.
    guard let head = article.head, let known = find(head.idHigh) else {
      return try append(
        article, keys: try unite(keys, with: nil, id: article.id), fingerprint: fingerprint,
        isKept: false)
    }
    let id = article.id
    return try append(
      article, keys: unite(keys, with: known, id: id), fingerprint: fingerprint,
      isKept: known.id == id && known.isKept)
  }

  /// Marks an article as kept, so that no retention rule removes it, or takes the mark away; false where there is
  /// no such article. Appends its line anew.
  @discardableResult
  public func setKept(_ id: ArticleID, _ isKept: Bool) throws(StoreError) -> Bool {
    guard let known = find(id.prefix64), known.id == id, !known.isRemoved else { return false }
    if known.isKept == isKept { return true }
    let stored = try StoredArticle.read(
      try entries.bytes(at: known.location), id: id, place: known.location)
    try append(
      PreparedArticle(stored.article), keys: stored.head.keys, fingerprint: stored.head.fingerprint,
      isKept: isKept)
    return true
  }

  /// Removes an article for good: a tombstone is appended, and compaction drops its lines. Its keys stay known.
  @discardableResult
  public func remove(_ id: ArticleID) throws(StoreError) -> Bool {
    guard let known = find(id.prefix64), known.id == id, !known.isRemoved else { return false }
    let head = StoredArticle.head(try entries.bytes(at: known.location))
    let feed = FeedID(number: known.feed)
    let keys = head?.keys ?? []
    let line = LineBuilder.tombstone(
      id, feed: feed, sequence: nextSequence, keys: keys, fingerprint: known.fingerprint)
    try append(head: line.withUnsafeBytes { EntryHead($0.part(0..<($0.count - 1))) }) { $0.append(line) }
    return true
  }

  @discardableResult
  private func append(_ article: PreparedArticle, keys: [UInt64], fingerprint: UInt64, isKept: Bool)
    throws(StoreError) -> Int64
  {
    let sequence = nextSequence
    var head = article.head
    head?.sequence = sequence
    head?.isKept = isKept
    head?.keys = keys
    head?.fingerprint = fingerprint
    head?.hasIdentity = true
    return try append(head: head) { buffer in
      LineBuilder.article(
        article, sequence: sequence, isKept: isKept, keys: keys, fingerprint: fingerprint, to: &buffer)
    }
  }

  /// Adds a line to the group, and what the index takes of it.
  @discardableResult
  private func append(head: EntryHead?, _ write: (inout LineBuffer) -> Void) throws(StoreError) -> Int64 {
    if let failure = states.failure { throw failure }
    guard let head else {
      rollBack()
      throw .damaged(file: "entries", line: 0, reason: "an article without a readable head")
    }
    if entries.isAtSegmentEnd { settle() }
    do throws(StoreError) {
      let location = try entries.append(sequence: nextSequence, write)
      group.add(PendingGroup.Line(head: head, location: location))
    } catch {
      rollBack()
      throw error
    }
    nextSequence += 1
    return nextSequence - 1
  }

  private func unite(_ keys: [UInt64], with known: KnownArticle?, id: ArticleID) throws(StoreError)
    -> [UInt64]
  {
    if known == nil, keys.count < 2 { return keys }
    var united: [UInt64] = []
    for key in keys where !united.contains(key) { united.append(key) }
    if let known, known.id == id {
      // A line that can no longer be read gives no keys; the new line takes its place.
      let earlier = (try? entries.bytes(at: known.location)).flatMap { StoredArticle.head($0) }
      for key in earlier?.keys ?? [] where !united.contains(key) { united.append(key) }
    }
    return Array(united.prefix(KeyIndex.keysPerArticle))
  }
}
