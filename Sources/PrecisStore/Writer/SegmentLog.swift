/// An append-only log in numbered files: the entries, or the state.
///
/// What is appended is buffered as one group, until ``seal()`` hands it over to be made durable and the next one begins.
/// What fails is cut off again, so that the file ends where the last good group ended.
final class SegmentLog {
  let folder: String
  private let directory: StoreDirectory
  private let segmentLimit: Int
  /// Whether a large group is written ahead of its commit. What must not be durable before another log is must not be.
  private let writesAhead: Bool
  /// All segments; the last one is appended to. Counts are those of the durable lines.
  private(set) var segments: [Manifest.Segment]
  private var active: StoreFile?
  private var buffer = LineBuffer()
  /// The last segment as it will be after the group.
  private var pending: Manifest.Segment
  /// The last segment as it will be after the groups that were sealed: where the group begins.
  private var sealed: Manifest.Segment
  /// The group that was sealed last, while it is on its way.
  private var lastSealed: SealedGroup?
  /// Bytes of the group that are in the file already.
  private var written = 0
  /// Up to where space was set aside in the last segment's file; what was by a writer before this one is not known.
  private var reserved = 0
  /// Set when a flush failed: the log takes nothing more.
  private(set) var failure: StoreError?

  /// Bytes that are held back before they are written ahead of the commit, and the disk is told to begin with them: so many
  /// that telling it, an exit from a virtual machine, costs less than it gains.
  private static let bufferLimit = 512 << 10
  /// Space is set aside as far again as the file reaches, within these bounds: the blocks need not be looked for in the
  /// middle of a commit, nor do they lie scattered.
  private static let reservation = (256 << 10)...(8 << 20)
  /// The largest segment: offsets are 32 bits wide.
  private static let segmentSizeLimit = 2 << 30

  /// A log that goes on after `segments`, whose last file ends exactly where its count says.
  init(
    _ directory: StoreDirectory, folder: String, segments: [Manifest.Segment], segmentLimit: Int,
    writesAhead: Bool
  ) {
    self.directory = directory
    self.folder = folder
    self.segments = segments
    self.segmentLimit = segmentLimit
    self.writesAhead = writesAhead
    pending = segments.last ?? Manifest.Segment(number: 0)
    sealed = pending
  }

  /// Bytes of the group that was begun.
  var pendingBytes: Int { written + buffer.count }

  /// Whether the next line begins a segment; nothing may be on its way then.
  var isAtSegmentEnd: Bool { pendingBytes == 0 && (segments.isEmpty || pending.bytes >= segmentLimit) }

  /// The name of a segment's file.
  func name(_ number: Int) -> String { folder + "/" + StoreDirectory.segmentName(number) }

  /// Adds to the group the sealed line (with its line feed) that `write` adds to the buffer; gives the place that it will have.
  func append(sequence: Int64, _ write: (inout LineBuffer) -> Void) throws(StoreError) -> LineLocation {
    if let failure { throw failure }
    if isAtSegmentEnd { try rotate() }
    let start = buffer.count
    write(&buffer)
    let length = buffer.count - start
    guard length <= StoreLine.lengthLimit, pending.bytes + length < Self.segmentSizeLimit else {
      let isLine = length > StoreLine.lengthLimit
      throw .tooLarge(
        bytes: isLine ? length : pendingBytes, limit: isLine ? StoreLine.lengthLimit : Self.segmentSizeLimit)
    }
    let location = LineLocation(
      segment: UInt32(pending.number), offset: UInt32(pending.bytes), length: UInt32(length - 1))
    pending.add(sequence: sequence, bytes: length)
    // The disk works while the rest of the group is made, so that the commit waits only for the end.
    if writesAhead, buffer.count >= Self.bufferLimit { try startWriting() }
    return location
  }

  /// Writes what is not in the file yet and lets the disk begin with it.
  ///
  /// - Throws: `.full` or `.io`; the group is to be rolled back.
  func startWriting() throws(StoreError) {
    let start = sealed.bytes + written
    let count = buffer.count
    try write()
    if count > 0 { try file().startWriting(at: start, count: count) }
  }

  /// Writes what is not in the file yet.
  ///
  /// - Throws: `.full` or `.io`; the group is to be rolled back.
  func write() throws(StoreError) {
    guard !buffer.isEmpty else { return }
    let start = sealed.bytes + written
    // Counted before the write: a short one leaves bytes that a rollback must cut.
    written += buffer.count
    let file = try file()
    if let room = reserve(start + buffer.count) { file.reserve(at: room.lowerBound, count: room.count) }
    try file.write(buffer, at: start)
    buffer.removeAll()
  }

  /// Ends the group and hands it over; what is appended from now on belongs to the next. nil where it is empty.
  func seal() throws(StoreError) -> SealedGroup? {
    if let failure { throw failure }
    guard pendingBytes > 0 else { return nil }
    let start = sealed.bytes + written
    let group = SealedGroup(
      file: try file(), room: buffer.isEmpty ? nil : reserve(start + buffer.count), lines: buffer,
      start: start, end: pending)
    // The next group is probably as large, and the states of a sync are in many.
    if !buffer.isEmpty { buffer = LineBuffer(capacity: buffer.shortBytes) }
    written = 0
    sealed = pending
    lastSealed = group
    return group
  }

  /// Counts a group that is durable.
  func settle(_ group: SealedGroup) {
    segments[segments.count - 1] = group.end
    if lastSealed === group { lastSealed = nil }
  }

  /// Forgets what is not durable, and cuts off what of it is in the file; nothing may be on its way any more.
  func rollBack() {
    let reach = sealed.bytes + written
    buffer.removeAll()
    pending = segments.last ?? pending
    sealed = pending
    lastSealed = nil
    written = 0
    guard reach > pending.bytes else { return }
    reserved = 0
    do throws(StoreError) { try file().truncate(to: pending.bytes) } catch {
      if failure == nil { failure = .poisoned(reason: "\(error)") }
    }
  }

  /// Whether a line of this log may not be in its file yet.
  func isHeld(_ location: LineLocation) -> Bool {
    Int(location.segment) == pending.number
      && Int(location.offset) >= lastSealed?.start ?? (sealed.bytes + written)
  }

  /// The bytes of a line of this log, without the line feed, also of a line that is not in its file yet.
  func bytes(at location: LineLocation) throws(StoreError) -> [UInt8] {
    let start = Int(location.offset)
    let isLast = Int(location.segment) == pending.number
    if isLast, start >= sealed.bytes + written {
      return try bytes(at: location, in: buffer, from: sealed.bytes + written)
    }
    if isLast, let lastSealed, !lastSealed.lines.isEmpty, start >= lastSealed.start, start < sealed.bytes {
      return try bytes(at: location, in: lastSealed.lines, from: lastSealed.start)
    }
    let file = isLast ? try self.file() : try directory.open(name(Int(location.segment)), .read)
    return try file.read(count: Int(location.length), at: start)
  }

  private func bytes(at location: LineLocation, in lines: LineBuffer, from start: Int) throws(StoreError)
    -> [UInt8]
  {
    let first = Int(location.offset) - start
    guard let bytes = lines.bytes(first..<(first + Int(location.length))) else {
      throw .damaged(file: name(pending.number), line: 0, reason: "the index points past the end")
    }
    return bytes
  }

  /// Takes nothing more, because what is on the disk is no longer certain.
  func fail(_ reason: String) { fail(.poisoned(reason: reason)) }

  /// Takes nothing more, for the reason that `error` gives.
  func fail(_ error: StoreError) {
    if failure == nil { failure = error }
  }

  /// Closes the log: it takes nothing more.
  func end() {
    giveBack()
    if failure == nil { failure = .poisoned(reason: "it was closed") }
    active = nil
  }

  /// Takes over what a compaction made of a segment before the last.
  func replace(_ new: Manifest.Segment) {
    for index in segments.indices.dropLast() where segments[index].number == new.number {
      segments[index] = new
    }
  }

  /// Goes on with other segments; nothing may be pending.
  func replaceAll(_ new: [Manifest.Segment]) {
    giveBack()
    segments = new
    pending = new.last ?? pending
    sealed = pending
    active = nil
  }

  /// Closes the last segment and begins the next; does nothing while a group is pending.
  func beginSegment() throws(StoreError) {
    if let failure { throw failure }
    if pendingBytes == 0 { try rotate() }
  }

  /// Where space is to be set aside, so that there is some up to `end`; nil where there is.
  private func reserve(_ end: Int) -> Range<Int>? {
    guard end > reserved else { return nil }
    let start = max(reserved, sealed.bytes)
    reserved = end + min(max(end, Self.reservation.lowerBound), Self.reservation.upperBound)
    return start..<reserved
  }

  /// Gives back what was set aside behind the end of the last segment and is not needed; what fails costs nothing but space.
  private func giveBack() {
    guard failure == nil, pendingBytes == 0, let active, let end = segments.last?.bytes, reserved > end else {
      return
    }
    reserved = 0
    // ignored: the file is whole either way.
    try? active.truncate(to: end)
  }

  private func file() throws(StoreError) -> StoreFile {
    if let active { return active }
    let file = try directory.open(name(pending.number), .write)
    active = file
    return file
  }

  /// Begins the next file, whose name is durable before any line is.
  private func rotate() throws(StoreError) {
    giveBack()
    let next = Manifest.Segment(number: (segments.last?.number ?? 0) + 1)
    let file = try directory.open(name(next.number), .replace)
    do throws(StoreError) { try directory.synchroniseFolder(of: name(next.number)) } catch {
      let reason = StoreError.poisoned(reason: "\(error)")
      failure = reason
      throw reason
    }
    active = file
    segments.append(next)
    pending = next
    sealed = next
  }
}
