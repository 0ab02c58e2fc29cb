import PrecisModel

/// Brings the files of a store back to whole lines: reads the tails, cuts what is torn, sets damage aside.
struct Recovery {
  let directory: StoreDirectory
  var report = RecoveryReport()
  /// Segments that hold damaged lines between whole ones, to be rewritten without them.
  private(set) var damagedSegments: [Int] = []
  /// Files that may hold bytes that are not on the disk.
  private var unflushed: [StoreFile] = []

  init(_ directory: StoreDirectory) { self.directory = directory }

  /// The segments of a log as they are now: those the manifest calls complete are taken at its word (their size
  /// is compared), everything after is read.
  mutating func segments(
    of folder: String, manifest known: [Manifest.Segment], isDamaging: Bool
  ) throws(StoreError) -> [Manifest.Segment] {
    let numbers = try directory.segments(in: folder)
    var segments: [Manifest.Segment] = []
    for segment in known where !numbers.contains(segment.number) && segment.records > 0 {
      report.messages.append(
        "\(folder)/\(StoreDirectory.segmentName(segment.number)) is missing:"
          + " its \(segment.records) lines (seq \(segment.firstSequence) to \(segment.lastSequence)) are lost"
      )
      if isDamaging { report.didLoseArticles = true }
    }
    for number in numbers {
      let name = folder + "/" + StoreDirectory.segmentName(number)
      let file = try directory.open(name, .write)
      let size = try file.size()
      let listed = known.first { $0.number == number }
      if let listed, listed.bytes == size, number != numbers.last {
        segments.append(listed)
        continue
      }
      var segment = listed ?? Manifest.Segment(number: number)
      let wasCut = segment.bytes > size
      if wasCut {
        report.messages.append("\(name) was cut: \(size) bytes of \(segment.bytes); reading it anew")
        segment = Manifest.Segment(number: number)
        if isDamaging { report.didLoseArticles = true }
      }
      let isLast = number == numbers.last
      segments.append(
        try tail(
          file, name, after: segment, size: size, wasCut: wasCut, mayCut: isLast, mayRewrite: isDamaging))
    }
    return segments
  }

  /// Reads the lines after `segment.bytes`, and cuts the torn end.
  private mutating func tail(
    _ file: StoreFile, _ name: String, after known: Manifest.Segment, size: Int, wasCut: Bool,
    mayCut: Bool, mayRewrite: Bool
  ) throws(StoreError) -> Manifest.Segment {
    var segment = known
    var size = size
    var faults: [(offset: Int, reason: String, bytes: [UInt8])] = []
    var wholeEnd = segment.bytes
    var scanner = LineScanner(file, from: segment.bytes, to: size)
    while true {
      let step: Void? = try scanner.next { (offset, line) throws(StoreError) in
        if let reason = StoreLine.fault(line) {
          faults.append((offset, reason, Array(line.prefix(1 << 20))))
        } else {
          segment.add(sequence: StoreLine.sequence(line) ?? 0, bytes: 0)
          wholeEnd = offset + line.count + 1
        }
      }
      if step == nil { break }
    }
    var rest: [UInt8] = []
    let restStart = scanner.offset
    if restStart < size {
      rest = try file.read(count: min(size - restStart, StoreLine.lengthLimit), at: restStart)
    }
    if !rest.isEmpty, rest.withUnsafeBytes({ StoreLine.fault($0) }) == nil {
      try file.write([0x0A], at: size)
      size += 1
      wholeEnd = size
      segment.add(sequence: rest.withUnsafeBytes { StoreLine.sequence($0) } ?? 0, bytes: 0)
      report.messages.append("\(name): its last line lacked nothing but the line feed, which it has again")
    }
    // Damage followed by whole lines lies in what may have been acknowledged: it is set aside, not cut.
    for fault in faults where fault.offset < wholeEnd {
      try quarantine(name, offset: fault.offset, reason: fault.reason, bytes: fault.bytes)
      guard mayRewrite else { continue }
      report.didLoseArticles = true
      if !damagedSegments.contains(segment.number) { damagedSegments.append(segment.number) }
    }
    // At the end a false line is what a power cut left of a write, or else a stranger's: it is cut, but not gone.
    for fault in faults where fault.offset >= wholeEnd {
      try quarantine(name, offset: fault.offset, reason: fault.reason, bytes: fault.bytes)
    }
    if wasCut, !rest.isEmpty, wholeEnd < size {
      try quarantine(name, offset: restStart, reason: "its line was cut", bytes: rest)
    }
    segment.bytes = wholeEnd
    if wholeEnd < size {
      report.tornBytes += size - wholeEnd
      report.messages.append("\(name): cut \(size - wholeEnd) bytes of a line that was not written whole")
      try file.truncate(to: wholeEnd)
    }
    // What a killed process wrote may still be on its way to the disk, but for what the manifest vouches for.
    if wholeEnd < size || (mayCut && size > known.bytes) {
      file.startWriting(at: known.bytes, count: wholeEnd - known.bytes)
      unflushed.append(file)
    }
    return segment
  }

  /// Makes durable what was found after the manifest; from here on it counts as that. Both logs are on their way to the disk
  /// by then, so that it is waited for about once.
  mutating func flush() throws(StoreError) {
    for file in unflushed { try file.synchronise() }
    unflushed = []
  }

  /// Copies damaged bytes to quarantine/ with the reason, for a person to look at.
  mutating func quarantine(_ name: String, offset: Int, reason: String, bytes: [UInt8]) throws(StoreError) {
    report.quarantinedLines += 1
    report.messages.append("\(name) at byte \(offset): \(reason); the line was copied to quarantine/")
    try directory.makeFolder("quarantine")
    let flat = name.split(separator: "/").joined(separator: "-")
    let digits = String(offset)
    let target = "quarantine/\(flat)-" + String(repeating: "0", count: max(0, 10 - digits.count)) + digits
    try directory.replace(target, with: bytes)
  }
}
