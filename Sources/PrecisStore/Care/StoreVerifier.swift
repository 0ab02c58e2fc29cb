import PrecisJSON
import PrecisModel

/// What a check of the whole store found.
public struct VerificationReport: Sendable, Equatable {
  /// Something that is not as it should be.
  public struct Problem: Sendable, Equatable, CustomStringConvertible {
    /// The file, from the store's directory.
    public let file: String
    /// The line, counted from 1; 0 where it is the file as a whole.
    public let line: Int
    /// What is wrong.
    public let reason: String

    /// `file:line: reason`.
    public var description: String { line > 0 ? "\(file):\(line): \(reason)" : "\(file): \(reason)" }
  }

  /// What is wrong, in the order of the files; empty for a store in which all is well.
  public internal(set) var problems: [Problem] = []
  /// Whole lines of the entries.
  public internal(set) var lines = 0
  /// Whole lines of the state log.
  public internal(set) var stateLines = 0
  /// Articles in their newest state that are not removed.
  public internal(set) var articles = 0
  /// What `repair` did, as sentences.
  public internal(set) var repairs: [String] = []
  /// What is wrong still: without a repair all problems, after one those that it does not mend, such as a foreign file.
  public internal(set) var left: [Problem] = []

  /// Whether nothing was wrong.
  public var isSound: Bool { problems.isEmpty }
}

/// Checks a store: every line against its checksum, every file against the manifest.
public enum StoreVerifier {
  /// Reads the whole store. With `repair`, damaged lines are moved to quarantine/ and the derived files made anew; that
  /// takes the writer's lock.
  ///
  /// - Throws: `.notAStore`, `.wrongVersion`, `.io`; with `repair`, `.locked`.
  public static func verify(
    directory: String, repair: Bool = false, options: StoreOptions = StoreOptions(),
    fileSystem: some FileSystem = POSIXFileSystem()
  ) throws(StoreError) -> VerificationReport {
    let files = StoreDirectory(path: directory, fileSystem: fileSystem)
    var report = VerificationReport()
    let manifest = try check(files, into: &report)
    report.left = report.problems
    guard repair, !report.isSound else { return report }
    try self.repair(files, manifest, options, &report)
    var mended = VerificationReport()
    _ = try check(files, into: &mended)
    (mended.left, mended.problems, mended.repairs) = (mended.problems, report.problems, report.repairs)
    return mended
  }

  private static func check(_ files: StoreDirectory, into report: inout VerificationReport)
    throws(StoreError) -> Manifest?
  {
    let entries = try ReaderView.segments(files, "entries")
    let states = try ReaderView.segments(files, "state")
    var manifest: Manifest?
    do throws(StoreError) {
      manifest = try Manifest.read(files)
      if manifest == nil { report.add(Manifest.name, 0, "it is missing") }
    } catch {
      guard case .damaged(_, let line, let reason) = error else { throw error }
      report.add(Manifest.name, line, reason)
    }
    var newest: [UInt64: (sequence: Int64, isRemoved: Bool)] = [:]
    try check(files, "entries", entries, manifest?.entries ?? [], into: &report) { line in
      guard let head = EntryHead(line) else { return "it is no article's line" }
      if !head.isRemoved {
        guard let json = try? JSONParser.parse(Array(line)), Article(json: json) != nil else {
          return "it holds no article"
        }
      }
      if newest[head.idHigh].map({ $0.sequence <= head.sequence }) ?? true {
        newest[head.idHigh] = (head.sequence, head.isRemoved)
      }
      return nil
    }
    report.articles = newest.values.reduce(0) { $0 + ($1.isRemoved ? 0 : 1) }
    let entryLines = report.lines
    try check(files, "state", states, manifest?.state ?? [], into: &report) { line in
      guard let json = try? JSONParser.parse(Array(line)), FeedState(json: json) != nil else {
        return "it holds no feed's state"
      }
      return nil
    }
    report.stateLines = report.lines - entryLines
    report.lines = entryLines
    for name in ["latest.json", "feeds.json"] {
      guard let bytes = try files.contents(name) else { continue }
      do throws(JSONError) { _ = try JSONParser.parse(bytes) } catch {
        report.add(name, error.line, error.reason)
      }
    }
    return manifest
  }

  private static func check(
    _ files: StoreDirectory, _ folder: String, _ segments: [Manifest.Segment], _ known: [Manifest.Segment],
    into report: inout VerificationReport, content: (UnsafeRawBufferPointer) -> String?
  ) throws(StoreError) {
    for name in try files.names(in: folder) where StoreDirectory.segmentNumber(name) == nil {
      report.add(folder + "/" + name, 0, "it is no file of a store; Precis leaves it alone")
    }
    for listed in known where listed.bytes > 0 && !segments.contains(where: { $0.number == listed.number }) {
      report.add(
        folder + "/" + StoreDirectory.segmentName(listed.number), 0,
        "it is missing; the manifest says that it has \(listed.records) lines")
    }
    var last: Int64 = 0
    for segment in segments {
      let name = folder + "/" + StoreDirectory.segmentName(segment.number)
      let listed = known.first { $0.number == segment.number }
      if let listed, segment.bytes < listed.bytes {
        report.add(name, 0, "it has \(segment.bytes) bytes; the manifest says \(listed.bytes)")
      }
      let file = try files.open(name, .read)
      var scanner = LineScanner(file, from: 0, to: segment.bytes)
      var number = 0
      var records = 0
      var damaged = false
      // The compacted state log, before the files that it replaces are removed.
      let mayBeginAnew = folder == "state"
      while true {
        number += 1
        let step: Void? = try scanner.next { (offset, line) throws(StoreError) in
          if let fault = StoreLine.fault(line) {
            damaged = true
            return report.add(name, number, fault)
          }
          if let fault = content(line) { return report.add(name, number, fault) }
          let sequence = StoreLine.sequence(line) ?? 0
          if sequence <= last, records > 0 || !mayBeginAnew {
            report.add(name, number, "its seq \(sequence) does not follow \(last)")
          }
          last = records == 0 && mayBeginAnew ? sequence : max(last, sequence)
          records += 1
          report.lines += 1
        }
        if step == nil { break }
      }
      if scanner.offset < segment.bytes {
        report.add(name, number, "the last \(segment.bytes - scanner.offset) bytes are not a whole line")
      }
      if let listed, segment.bytes == listed.bytes, records != listed.records, !damaged {
        report.add(name, 0, "it has \(records) lines; the manifest says \(listed.records)")
      }
    }
  }

  /// Rewrites what is damaged, whole lines kept, and lets a writer make the rest anew.
  private static func repair(
    _ files: StoreDirectory, _ manifest: Manifest?, _ options: StoreOptions,
    _ report: inout VerificationReport
  ) throws(StoreError) {
    // Opening takes the lock, ends compactions and cuts torn tails.
    let writer = try StoreWriter(directory: files.path, options: options, fileSystem: files.fileSystem)
    report.repairs += writer.recovery.messages
    var lost = 0
    for segment in writer.entries.segments where segment.bytes > 0 {
      lost += try salvage(files, "entries", segment, &report)
    }
    for segment in writer.states.segments where segment.bytes > 0 {
      _ = try salvage(files, "state", segment, &report)
    }
    for name in ["latest.json", "feeds.json"] where report.problems.contains(where: { $0.file == name }) {
      try files.remove(name)
      report.repairs.append("\(name) was removed; the next sync writes it anew")
    }
    // What was read from the damaged files goes: the next start reads the mended ones, and goes on counting.
    var counted = Manifest()
    counted.lastSequence = writer.lastGivenSequence
    try files.replace(Manifest.name, with: counted.render())
    KeyIndex.discard(files.path(IndexKeeper.name))
    writer.abandon()
    let again = try StoreWriter(directory: files.path, options: options, fileSystem: files.fileSystem)
    if lost > 0, !writer.recovery.didLoseArticles {
      try again.forgetValidators()
      report.repairs.append(StoreWriter.bringsAgain)
    }
    again.close()
  }

  /// Moves the damaged lines of a segment to quarantine/; gives how many there were.
  private static func salvage(
    _ files: StoreDirectory, _ folder: String, _ segment: Manifest.Segment, _ report: inout VerificationReport
  ) throws(StoreError) -> Int {
    let rewrite = SegmentRewrite(files: files, folder: folder)
    var recovery = Recovery(files)
    var damaged: [(Int, [UInt8])] = []
    let new = try rewrite.write(segment.number, from: [segment], salvages: true) { _, offset, line in
      if StoreLine.fault(line) == nil { return true }
      damaged.append((offset, Array(line)))
      return false
    }
    guard !damaged.isEmpty else {
      try files.remove(rewrite.temporary(segment.number))
      return 0
    }
    for (offset, bytes) in damaged {
      try recovery.quarantine(
        rewrite.name(segment.number), offset: offset, reason: "it was damaged", bytes: bytes)
    }
    try rewrite.install(segment.number)
    report.repairs.append(
      "\(rewrite.name(segment.number)): \(damaged.count) lines moved to quarantine/, \(new.records) kept")
    return damaged.count
  }
}

extension VerificationReport {
  fileprivate mutating func add(_ file: String, _ line: Int, _ reason: String) {
    // A file that is damaged throughout is told by its first thousand lines.
    if problems.count < 1000 { problems.append(Problem(file: file, line: line, reason: reason)) }
  }
}
