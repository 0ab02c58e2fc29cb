/// Keeps the key index true to the entries: opens it, brings it up to date or builds it anew, and lets it grow.
final class IndexKeeper {
  static let name = "index/keys"

  private(set) var index: KeyIndex
  private let boot: BootIdentity
  /// Identity of an article whose line carries none.
  private let identify: (UnsafeRawBufferPointer) -> (keys: [UInt64], fingerprint: UInt64)

  /// Opens the index of a store whose entries end where `segments` say.
  init(
    _ directory: StoreDirectory, segments: [Manifest.Segment], boot: BootIdentity,
    report: inout RecoveryReport,
    identify: @escaping (UnsafeRawBufferPointer) -> (keys: [UInt64], fingerprint: UInt64)
  ) throws(StoreError) {
    self.boot = boot
    self.identify = identify
    let path = directory.path(Self.name)
    let last = segments.last { $0.records > 0 }?.lastSequence ?? 0
    if let found = KeyIndex.open(path, writable: true) {
      let position = found.beginWriting(boot: boot)
      let home = segments.first { UInt64($0.number) == position.segment }
      let fits = position.segment == 0 || position.offset <= UInt64(home?.bytes ?? 0)
      if position.sequence <= last, fits {
        index = found
        try replay(directory, segments, from: position, report: &report)
        return
      }
      found.retire()
    }
    let records = segments.reduce(0) { $0 + $1.records }
    guard let new = KeyIndex.create(path, articles: records) else {
      throw .io(operation: "mmap", path: path, errno: 12)
    }
    index = new
    if records > 0 {
      report.didRebuildIndex = true
      try replay(directory, segments, from: IndexPosition(), report: &report)
    }
    index.finishCreation(boot: boot)
  }

  /// Takes in a durable line.
  func insert(_ head: EntryHead, keys: [UInt64], at location: LineLocation) throws(StoreError) {
    while !index.insert(head, keys: keys, at: location) {
      guard let larger = index.grown() else { throw .io(operation: "mmap", path: Self.name, errno: 12) }
      index = larger
    }
  }

  /// Enters the lines that a group begins with and that are the first of their articles, so that nobody finds them before
  /// ``KeyIndex/publishStaged()``. The group must be in its file: after a kill its lines are entered again, in the same order.
  func stage(_ group: PendingGroup) {
    guard !group.isEmpty else { return }
    if !index.hasRoom(articles: group.count, keys: group.keyCount) {
      guard let larger = index.grown(articles: group.count, keys: group.keyCount) else { return }
      index = larger
    }
    group.forEach { index.stage($0.head, at: $0.location) }
    while !index.crowdedOut.isEmpty {
      guard let larger = index.grown() else { return index.unstage() }
      index = larger
    }
  }

  /// Takes in a line as it stands in a segment; damaged lines are passed over.
  func insert(_ line: UnsafeRawBufferPointer, segment: Int, offset: Int) throws(StoreError) {
    guard StoreLine.fault(line) == nil, var head = EntryHead(line) else { return }
    if !head.hasIdentity, !head.isRemoved { (head.keys, head.fingerprint) = identify(line) }
    let location = LineLocation(
      segment: UInt32(segment), offset: UInt32(offset), length: UInt32(line.count))
    try insert(head, keys: head.keys, at: location)
  }

  private func replay(
    _ directory: StoreDirectory, _ segments: [Manifest.Segment], from position: IndexPosition,
    report: inout RecoveryReport
  ) throws(StoreError) {
    for segment in segments where UInt64(segment.number) >= position.segment {
      let start = UInt64(segment.number) == position.segment ? Int(position.offset) : 0
      guard start < segment.bytes else { continue }
      report.linesIndexed += try replay(directory, segment, from: start)
    }
    if let last = segments.last {
      index.watermark = IndexPosition(
        sequence: segments.last { $0.records > 0 }?.lastSequence ?? 0, segment: UInt64(last.number),
        offset: UInt64(last.bytes))
    }
  }

  /// Reads a segment again, so that every line of it is where the index says.
  @discardableResult
  func replay(_ directory: StoreDirectory, _ segment: Manifest.Segment, from start: Int) throws(StoreError)
    -> Int
  {
    let file = try directory.open("entries/" + StoreDirectory.segmentName(segment.number), .read)
    var scanner = LineScanner(file, from: start, to: segment.bytes)
    var lines = 0
    while true {
      let step: Void? = try scanner.next { (offset, line) throws(StoreError) in
        try insert(line, segment: segment.number, offset: offset)
      }
      if step == nil { return lines }
      lines += 1
    }
  }
}
