/// When segments are written anew, and how much of it at a time.
public struct CompactionBudget: Sendable {
  /// Bytes of segments that one call reads and writes anew; at least one segment is done.
  public var bytes = 128 << 20
  /// The share of a segment's bytes that must be superseded before it is worth it, 0 to 1.
  public var deadShare = 0.25

  /// The defaults.
  public init() {}
}

/// What a compaction did.
public struct CompactionReport: Sendable, Equatable {
  /// Segments written anew.
  public var segments = 0
  /// Lines dropped.
  public var droppedLines = 0
  /// Bytes given back.
  public var freedBytes = 0
  /// Whether more is left to do than the budget allowed.
  public var hasMore = false
}

extension StoreWriter {
  /// Drops superseded lines from the segments that have many, and from the state log, within a budget.
  ///
  /// The group must be committed first; the last segment, which grows, is left alone. Readers are not disturbed.
  ///
  /// - Throws: `.io`, `.full`: then the store is as it was, or as it would have been.
  @discardableResult
  public func compactIfNeeded(_ budget: CompactionBudget = CompactionBudget()) throws(StoreError)
    -> CompactionReport
  {
    if let failure = entries.failure ?? states.failure { throw failure }
    guard pendingBytes == 0 else { throw .io(operation: "compact", path: directory, errno: 16) }
    var report = CompactionReport()
    let live = keeper.index.liveBytesBySegment()
    var spent = 0
    for segment in entries.segments.dropLast() where segment.bytes > 0 {
      let dead = segment.bytes - (live[UInt32(segment.number)] ?? 0)
      guard dead > 0, Double(dead) >= budget.deadShare * Double(segment.bytes) else { continue }
      if spent > 0, spent + segment.bytes > budget.bytes {
        report.hasMore = true
        break
      }
      spent += segment.bytes
      try compact(segment, report: &report)
    }
    try compactStates(&report)
    return report
  }

  /// Drops every superseded line that is not in the last segment.
  @discardableResult
  public func compact() throws(StoreError) -> CompactionReport {
    var budget = CompactionBudget()
    budget.bytes = .max
    budget.deadShare = 0
    return try compactIfNeeded(budget)
  }

  private func compact(_ segment: Manifest.Segment, report: inout CompactionReport) throws(StoreError) {
    let rewrite = SegmentRewrite(files: files, folder: "entries")
    let index = keeper.index
    var moves: [(ordinal: UInt32, offset: Int)] = []
    var end = 0
    let new = try rewrite.write(segment.number, from: [segment]) { _, _, line in
      guard StoreLine.fault(line) == nil, let head = EntryHead(line) else { return false }
      if let ordinal = index.ordinal(key: head.idHigh) {
        let record = index.record(ordinal)
        if record.idHigh == head.idHigh, record.idLow == head.idLow {
          guard head.sequence >= record.sequence else { return false }
          moves.append((ordinal, end))
        }
      }
      end += line.count + 1
      return true
    }
    guard new.bytes < segment.bytes else { return try files.remove(rewrite.temporary(segment.number)) }
    // From here to the last manifest the file may be the old or the new one; both are told.
    try writeManifest(compaction: Manifest.Compaction(replacement: new, removes: []))
    do throws(FileFailure) {
      try files.fileSystem.rename(
        files.path(rewrite.temporary(segment.number)), to: files.path(rewrite.name(segment.number)))
    } catch { throw .failed("rename", rewrite.name(segment.number), error.code) }
    for move in moves { index.move(move.ordinal, to: move.offset) }
    entries.replaceSegments(entries.segments.map { $0.number == new.number ? new : $0 })
    do throws(StoreError) { try files.synchroniseFolder(of: rewrite.name(segment.number)) } catch {
      // After a power cut the old file may be back: the next start goes by the manifest that tells of both.
      entries.fail("\(error)")
      throw error
    }
    try checkpoint()
    report.segments += 1
    report.droppedLines += segment.records - new.records
    report.freedBytes += segment.bytes - new.bytes
  }

  /// Writes the newest line of each feed to a new state segment when most lines are superseded.
  private func compactStates(_ report: inout CompactionReport) throws(StoreError) {
    let old = states.segments
    let size = old.reduce(0) { $0 + $1.bytes }
    guard size > 1 << 20, size > 2 * stateTable.liveBytes, let last = old.last else { return }
    let rewrite = SegmentRewrite(files: files, folder: "state")
    let table = stateTable
    let new = try rewrite.write(last.number + 1, from: old) { segment, offset, line in
      guard StoreLine.fault(line) == nil, let feed = StateTable.feed(line) else { return false }
      let place = LineLocation(
        segment: UInt32(segment), offset: UInt32(offset), length: UInt32(line.count))
      return table.location(feed) == place
    }
    try rewrite.install(new.number)
    states.replaceSegments([new])
    var loaded = StateTable()
    try loaded.load(files, [new], report: &recovery)
    stateTable = loaded
    try writeManifest()
    for segment in old { try files.remove(rewrite.name(segment.number)) }
    report.segments += old.count
    report.droppedLines += old.reduce(0) { $0 + $1.records } - new.records
    report.freedBytes += size - new.bytes
  }
}

extension KeyIndex {
  /// Bytes of the newest lines, by segment.
  func liveBytesBySegment() -> [UInt32: Int] {
    var live: [UInt32: Int] = [:]
    guard count > 0 else { return live }
    for ordinal in 1...UInt32(count) {
      let record = record(ordinal)
      live[record.segment, default: 0] += Int(record.length) + 1
    }
    return live
  }
}
