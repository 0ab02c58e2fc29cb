/// When a segment is worth writing anew, and how much is done at a time.
public struct CompactionBudget: Sendable {
  /// Bytes that one step reads, and writes at most.
  public var bytes = 4 << 20
  /// The share of a segment's bytes that must be superseded before it is worth it, 0 to 1.
  public var deadShare = 0.25

  /// A budget from its parts.
  public init(bytes: Int = 4 << 20, deadShare: Double = 0.25) {
    self.bytes = bytes
    self.deadShare = deadShare
  }
}

/// What a compaction did.
public struct CompactionReport: Sendable, Equatable {
  /// Segments written anew.
  public var segments = 0
  /// Lines dropped.
  public var droppedLines = 0
  /// Bytes given back.
  public var freedBytes = 0

  /// Nothing done yet.
  public init() {}
}

extension StoreWriter {
  /// Whether a segment is half written anew.
  public var isCompacting: Bool { compaction != nil }

  /// Does the next piece of the compaction: reads at most about so many bytes of a segment with enough superseded
  /// lines; whether more is left to do. Appends and commits may come between two steps.
  ///
  /// The last segment, which grows, is closed and compacted, too, where it is large enough. Readers are not disturbed.
  ///
  /// - Throws: `.io`, `.full`: then the store is as it was, or as it would have been; the next step begins anew.
  public func compactStep(_ budget: CompactionBudget, report: inout CompactionReport) throws(StoreError)
    -> Bool
  {
    settle()
    if let failure = entries.failure ?? states.failure { throw failure }
    if compaction == nil {
      if try compactStates(&report) { return true }
      guard let segment = try nextSegment(budget) else { return false }
      compaction = try SegmentCompaction(segment, files)
    }
    guard let work = compaction else { return false }
    do throws(StoreError) {
      if try work.step(keeper.index, bytes: budget.bytes) { return true }
      compaction = nil
      try install(work, report: &report)
    } catch {
      compaction = nil
      work.discard()
      throw error
    }
    return true
  }

  /// Drops every superseded line that can be dropped.
  @discardableResult
  public func compact() throws(StoreError) -> CompactionReport {
    var report = CompactionReport()
    while try compactStep(CompactionBudget(bytes: .max, deadShare: 0), report: &report) {}
    return report
  }

  /// The segment with the largest share of superseded bytes, if that is enough.
  private func nextSegment(_ budget: CompactionBudget) throws(StoreError) -> Manifest.Segment? {
    let live = keeper.index.liveBytesBySegment()
    func deadShare(_ segment: Manifest.Segment) -> Double {
      guard segment.bytes > 0 else { return 0 }
      return Double(segment.bytes - (live[UInt32(segment.number)] ?? 0)) / Double(segment.bytes)
    }
    func isWorthIt(_ segment: Manifest.Segment) -> Bool {
      deadShare(segment) > 0 && deadShare(segment) >= budget.deadShare
        && incompressible[segment.number] != segment.bytes
    }
    // A quarter of its size at least, so that the segments do not become many and small.
    if let last = entries.segments.last, last.bytes >= options.segmentSize / 4, isWorthIt(last) {
      try entries.beginSegment()
    }
    return entries.segments.dropLast().filter(isWorthIt).max { deadShare($0) < deadShare($1) }
  }

  /// Puts a segment that was written anew in the old one's place.
  private func install(_ work: SegmentCompaction, report: inout CompactionReport) throws(StoreError) {
    let (old, new) = (work.segment, work.result)
    let rewrite = SegmentRewrite(files: files, folder: "entries")
    guard !work.isDamaged, new.bytes < old.bytes else {
      if work.isDamaged {
        warn("\(rewrite.name(old.number)) is damaged and stays as it is; run precis verify --repair")
      }
      // What looked superseded is lines that no index knows: they stay, and are not looked at again.
      incompressible[old.number] = old.bytes
      return work.discard()
    }
    // From here to the last manifest the file may be the old or the new one; both are told.
    try writeManifest(compaction: Manifest.Compaction(replacement: new, removes: []))
    do throws(FileFailure) {
      try files.fileSystem.rename(
        files.path(rewrite.temporary(new.number)), to: files.path(rewrite.name(new.number)))
    } catch { throw .failed("rename", rewrite.name(new.number), error.code) }
    work.tellMoves(to: keeper.index)
    entries.replace(new)
    do throws(StoreError) { try files.synchroniseFolder(of: rewrite.name(new.number)) } catch {
      // After a power cut the old file may be back: the next start goes by the manifest that tells of both.
      entries.fail("\(error)")
      throw error
    }
    try checkpoint()
    report.segments += 1
    report.droppedLines += old.records - new.records
    report.freedBytes += old.bytes - new.bytes
  }

  /// Writes the newest line of each feed to a new state segment when two of three bytes are superseded; whether it did.
  private func compactStates(_ report: inout CompactionReport) throws(StoreError) -> Bool {
    let old = states.segments
    let size = old.reduce(0) { $0 + $1.bytes }
    guard states.pendingBytes == 0, size > options.stateLogSize, size > 3 * stateTable.liveBytes,
      let last = old.last
    else { return false }
    let rewrite = SegmentRewrite(files: files, folder: "state")
    let table = stateTable
    var moved = StateTable(capacity: table.count)
    var end = 0
    let new = try rewrite.write(last.number + 1, from: old) { segment, offset, line in
      var place = LineLocation(
        segment: UInt32(segment), offset: UInt32(offset), length: UInt32(line.count))
      guard let feed = StateTable.feed(line), table.location(feed) == place, StoreLine.fault(line) == nil
      else { return false }
      (place.segment, place.offset) = (UInt32(last.number + 1), UInt32(end))
      moved.set(feed, place)
      end += line.count + 1
      return true
    }
    try rewrite.install(new.number)
    states.replaceAll([new])
    stateTable = moved
    stateScan = StateScan(files)
    try writeManifest()
    for segment in old { try files.remove(rewrite.name(segment.number)) }
    report.segments += old.count
    report.droppedLines += old.reduce(0) { $0 + $1.records } - new.records
    report.freedBytes += size - new.bytes
    return true
  }
}

/// A segment that is being written anew without its superseded lines, a piece at a time.
final class SegmentCompaction {
  let segment: Manifest.Segment
  /// What the new file holds.
  private(set) var result: Manifest.Segment
  /// Whether it has a damaged line: to be quarantined by a repair, not dropped here.
  private(set) var isDamaged = false
  private let files: StoreDirectory
  private let temporary: String
  private let target: StoreFile
  private var scanner: LineScanner
  private var buffer: [UInt8] = []
  private var written = 0
  private var moves: [(ordinal: UInt32, sequence: Int64, offset: Int)] = []

  init(_ segment: Manifest.Segment, _ files: StoreDirectory) throws(StoreError) {
    self.segment = segment
    self.files = files
    result = Manifest.Segment(number: segment.number)
    let rewrite = SegmentRewrite(files: files, folder: "entries")
    temporary = rewrite.temporary(segment.number)
    let source = try files.open(rewrite.name(segment.number), .read)
    scanner = LineScanner(source, from: 0, to: segment.bytes)
    target = try files.open(temporary, .replace)
  }

  /// Reads on for so many bytes, writes what stays and flushes it; whether more is left.
  func step(_ index: KeyIndex, bytes: Int) throws(StoreError) -> Bool {
    let begun = scanner.offset
    var isAtEnd = false
    while !isAtEnd, scanner.offset - begun < bytes {
      let step: Void? = try scanner.next { (_, line) throws(StoreError) in take(line, index) }
      isAtEnd = step == nil
      if buffer.count >= 1 << 20 || isAtEnd { try write() }
    }
    try write()
    // Each piece is flushed by itself, so that none has to wait for a whole segment's writing.
    try target.synchronise()
    return !isAtEnd
  }

  /// Tells the index where the lines are now; what was superseded meanwhile stays where it is.
  func tellMoves(to index: KeyIndex) {
    for move in moves {
      let record = index.record(move.ordinal)
      guard record.segment == UInt32(segment.number), record.sequence == move.sequence else { continue }
      index.move(move.ordinal, to: move.offset)
    }
  }

  /// Removes the half-made file.
  func discard() {
    // ignored: nobody reads the temporary name, and the next start removes it.
    try? files.remove(temporary)
  }

  /// A line stays unless it is known to be superseded: also one that the index does not know.
  private func take(_ line: UnsafeRawBufferPointer, _ index: KeyIndex) {
    guard StoreLine.fault(line) == nil else {
      isDamaged = true
      return
    }
    if let head = EntryHead(line), let ordinal = index.ordinal(key: head.idHigh) {
      let record = index.record(ordinal)
      if record.idHigh == head.idHigh, record.idLow == head.idLow {
        guard head.sequence >= record.sequence else { return }
        moves.append((ordinal, head.sequence, result.bytes))
      }
    }
    result.add(line, to: &buffer)
  }

  private func write() throws(StoreError) {
    guard !buffer.isEmpty else { return }
    try target.write(buffer, at: written)
    written += buffer.count
    buffer.removeAll(keepingCapacity: true)
  }
}

extension KeyIndex {
  /// Bytes of the newest lines, by segment.
  func liveBytesBySegment() -> [UInt32: Int] {
    var live: [UInt32: Int] = [:]
    var segment: UInt32 = 0
    var bytes = 0
    // Neighbours are mostly of one segment: one look-up for each run of them.
    forEachRecord { record in
      if record.segment != segment {
        if bytes > 0 { live[segment, default: 0] += bytes }
        (segment, bytes) = (record.segment, 0)
      }
      bytes += Int(record.length) + 1
    }
    if bytes > 0 { live[segment, default: 0] += bytes }
    return live
  }
}
