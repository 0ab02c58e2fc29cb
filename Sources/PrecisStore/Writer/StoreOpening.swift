import Glibc
import PrecisJSON
import PrecisModel

/// The steps from a directory to a store that can be written: version, lock, leftovers, logs, index, states.
struct StoreOpening {
  let lock: StoreFile
  let entries: SegmentLog
  let states: SegmentLog
  let keeper: IndexKeeper
  let stateTable: StateTable
  let report: RecoveryReport
  /// The last sequence number that was given to an article's line, also where that line is lost: none comes twice.
  let lastSequence: Int64
  let lastStateSequence: Int64
  /// Whether manifest.json does not say what the files are.
  let needsManifest: Bool

  init(_ files: StoreDirectory, _ options: StoreOptions) throws(StoreError) {
    // A store of a later format is left alone before anything of it is touched, its lock included.
    try Self.checkVersion(files)
    try Self.makeFolders(files)
    lock = try Self.lock(files)
    var recovery = Recovery(files)
    try Self.removeTemporaries(files)

    var manifest: Manifest?
    do throws(StoreError) { manifest = try Manifest.read(files) } catch {
      guard case .damaged(_, _, let reason) = error else { throw error }
      recovery.report.messages.append("manifest.json is damaged (\(reason)): it is made anew from the files")
    }
    var finished: Manifest?
    if let manifest { finished = try recovery.finishCompaction(manifest) }
    let known = finished ?? manifest
    var entrySegments = try recovery.segments(of: "entries", manifest: known?.entries ?? [], isDamaging: true)
    let foundStates = try recovery.segments(of: "state", manifest: known?.state ?? [], isDamaging: false)
    try recovery.flush()
    let stateSegments = try Self.withoutReplaced(foundStates, files)
    for number in recovery.damagedSegments {
      guard let at = entrySegments.firstIndex(where: { $0.number == number }) else { continue }
      entrySegments[at] = try SegmentRewrite.dropDamage(files, "entries", entrySegments[at])
    }
    let rewritten = recovery.damagedSegments.isEmpty && known == manifest
    var report = recovery.report
    if !recovery.damagedSegments.isEmpty { KeyIndex.discard(files.path(IndexKeeper.name)) }
    let identify = options.keys
    keeper = try IndexKeeper(files, segments: entrySegments, boot: options.boot, report: &report) { line in
      guard let json = try? JSONParser.parse(Array(line)), let article = Article(json: json) else {
        return ([], 0)
      }
      return identify(article)
    }
    // Whichever way the compaction ended, the index may hold the lines' places of the other one.
    if let compaction = manifest?.compaction {
      let touched = [compaction.replacement.number] + compaction.removes
      for segment in entrySegments where touched.contains(segment.number) {
        try keeper.replay(files, segment, from: 0)
      }
    }
    var table = StateTable()
    try table.load(files, stateSegments, report: &report)
    stateTable = table
    lastSequence = max(manifest?.lastSequence ?? 0, entrySegments.last { $0.records > 0 }?.lastSequence ?? 0)
    lastStateSequence = stateSegments.last { $0.records > 0 }?.lastSequence ?? 0
    entries = SegmentLog(
      files, folder: "entries", segments: entrySegments, segmentLimit: options.segmentSize, writesAhead: true)
    states = SegmentLog(
      files, folder: "state", segments: stateSegments, segmentLimit: min(options.segmentSize, 16 << 20),
      writesAhead: false)
    self.report = report
    needsManifest = !rewritten || known?.entries != entrySegments || known?.state != stateSegments
  }

  /// Ends a compaction of the state log that was cut off: a segment that begins with a line of an earlier one holds all
  /// that counts of the earlier ones, whose files are removed.
  private static func withoutReplaced(_ segments: [Manifest.Segment], _ files: StoreDirectory)
    throws(StoreError) -> [Manifest.Segment]
  {
    var last: Int64 = 0
    var start = 0
    for (index, segment) in segments.enumerated() where segment.records > 0 {
      if segment.firstSequence <= last { start = index }
      last = max(last, segment.lastSequence)
    }
    for segment in segments[..<start] {
      try files.remove("state/" + StoreDirectory.segmentName(segment.number))
    }
    return Array(segments[start...])
  }

  private static func checkVersion(_ files: StoreDirectory) throws(StoreError) {
    do throws(StoreError) { _ = try Manifest.read(files) } catch {
      switch error {
      case .damaged: return
      default: throw error
      }
    }
  }

  private static func makeFolders(_ files: StoreDirectory) throws(StoreError) {
    let isNew = try files.names(in: "entries").isEmpty
    if isNew { try files.makeParents() }
    try files.makeFolder("")
    for folder in StoreDirectory.folders { try files.makeFolder(folder) }
    if isNew { try files.synchroniseFolder(of: "entries") }
  }

  private static func lock(_ files: StoreDirectory) throws(StoreError) -> StoreFile {
    let file = try files.open("lock", .write)
    guard try file.lock() else {
      let text = String(decoding: try file.read(count: 20, at: 0), as: UTF8.self)
      let digits = text.prefix { $0.isNumber }
      throw .locked(directory: files.path, pid: Int32(digits))
    }
    let pid = Array("\(getpid())\n".utf8)
    try file.truncate(to: 0)
    try file.write(pid, at: 0)
    return file
  }

  /// Files that a killed writer left half-made; nobody reads these names.
  private static func removeTemporaries(_ files: StoreDirectory) throws(StoreError) {
    for folder in ["", "entries", "state", "index"] {
      for name in try files.names(in: folder) where name.hasSuffix(".tmp") {
        try files.remove(folder.isEmpty ? name : folder + "/" + name)
      }
    }
  }
}

extension StateTable {
  /// Reads the state log; a damaged line leaves the feed with its line before.
  mutating func load(
    _ files: StoreDirectory, _ segments: [Manifest.Segment], report: inout RecoveryReport
  ) throws(StoreError) {
    for segment in segments where segment.bytes > 0 {
      let name = "state/" + StoreDirectory.segmentName(segment.number)
      var scanner = LineScanner(try files.open(name, .read), from: 0, to: segment.bytes)
      var damaged = 0
      while true {
        let step: Void? = try scanner.next { (offset, line) throws(StoreError) in
          guard StoreLine.fault(line) == nil, let feed = Self.feed(line) else {
            damaged += 1
            return
          }
          let location = LineLocation(
            segment: UInt32(segment.number), offset: UInt32(offset), length: UInt32(line.count))
          set(feed, location)
        }
        if step == nil { break }
      }
      if damaged > 0 {
        report.messages.append("\(name): \(damaged) damaged lines; their feeds go on from an earlier state")
      }
    }
  }
}
