/// An append-only log in numbered files: the entries, or the state.
///
/// What is appended is buffered, and written and flushed by ``commit()`` as one group. A group that fails is cut off
/// again, so that the file ends where the last good group ended.
final class SegmentLog {
  let folder: String
  private let directory: StoreDirectory
  private let segmentLimit: Int
  /// All segments; the last one is appended to. Counts are those of the durable lines.
  private(set) var segments: [Manifest.Segment]
  private var active: StoreFile?
  private var buffer = LineBuffer()
  /// The last segment as it will be after the group.
  private var pending: Manifest.Segment
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
  init(_ directory: StoreDirectory, folder: String, segments: [Manifest.Segment], segmentLimit: Int) {
    self.directory = directory
    self.folder = folder
    self.segments = segments
    self.segmentLimit = segmentLimit
    pending = segments.last ?? Manifest.Segment(number: 0)
  }

  /// Bytes of the group that was begun.
  var pendingBytes: Int { written + buffer.count }

  /// The name of a segment's file.
  func name(_ number: Int) -> String { folder + "/" + StoreDirectory.segmentName(number) }

  /// Adds to the group the sealed line (with its line feed) that `write` adds to the buffer; gives the place that it will have.
  func append(sequence: Int64, _ write: (inout LineBuffer) -> Void) throws(StoreError) -> LineLocation {
    if let failure { throw failure }
    if pendingBytes == 0, segments.isEmpty || pending.bytes >= segmentLimit { try rotate() }
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
    if buffer.count >= Self.bufferLimit {
      // The disk works while the rest of the group is made, so that the commit waits only for the end.
      do throws(StoreError) { try startWriting() } catch {
        rollBack()
        throw error
      }
    }
    return location
  }

  /// Writes what is not in the file yet and lets the disk begin with it.
  ///
  /// - Throws: `.full` or `.io`; the group is to be rolled back.
  func startWriting() throws(StoreError) {
    let start = (segments.last?.bytes ?? 0) + written
    let count = buffer.count
    try flush()
    if count > 0 { try file().startWriting(at: start, count: count) }
  }

  /// Makes the group durable: a write for what is not in the file yet, and one fdatasync.
  ///
  /// - Throws: `.full` or `.io` where a write failed; `.poisoned` where the flush failed, after which the log takes
  ///   nothing more. The group is to be rolled back.
  func commit() throws(StoreError) {
    if let failure { throw failure }
    guard pendingBytes > 0 else { return }
    try flush()
    do throws(StoreError) { try file().synchronise() } catch {
      // The kernel may have dropped the dirty pages and will report success next time: never ask again.
      let reason = StoreError.poisoned(reason: "\(error)")
      failure = reason
      throw reason
    }
    segments[segments.count - 1] = pending
    written = 0
  }

  /// Forgets the group that was begun, and cuts off what of it is in the file.
  func rollBack() {
    buffer.removeAll()
    pending = segments.last ?? pending
    guard written > 0 else { return }
    written = 0
    reserved = 0
    do throws(StoreError) { try file().truncate(to: pending.bytes) } catch {
      if failure == nil { failure = .poisoned(reason: "\(error)") }
    }
  }

  /// Whether a line of this log is not in its file yet.
  func isBuffered(_ location: LineLocation) -> Bool {
    Int(location.segment) == pending.number && Int(location.offset) >= (segments.last?.bytes ?? 0) + written
  }

  /// The bytes of a line of this log, without the line feed, also of a line that is still buffered.
  func bytes(at location: LineLocation) throws(StoreError) -> [UInt8] {
    let start = Int(location.offset)
    if isBuffered(location) {
      let from = start - (segments.last?.bytes ?? 0) - written
      guard let bytes = buffer.bytes(from..<(from + Int(location.length))) else {
        throw .damaged(file: name(pending.number), line: 0, reason: "the index points past the end")
      }
      return bytes
    }
    let file =
      Int(location.segment) == pending.number
      ? try self.file() : try directory.open(name(Int(location.segment)), .read)
    return try file.read(count: Int(location.length), at: start)
  }

  /// Takes nothing more, because what is on the disk is no longer certain.
  func fail(_ reason: String) {
    if failure == nil { failure = .poisoned(reason: reason) }
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
    active = nil
  }

  /// Closes the last segment and begins the next; does nothing while a group is pending.
  func beginSegment() throws(StoreError) {
    if let failure { throw failure }
    if pendingBytes == 0 { try rotate() }
  }

  private func flush() throws(StoreError) {
    guard !buffer.isEmpty else { return }
    let start = (segments.last?.bytes ?? 0) + written
    // Counted before the write: a short one leaves bytes that a rollback must cut.
    written += buffer.count
    let file = try file()
    reserve(start + buffer.count, in: file)
    let outcome: Result<Void, StoreError> = buffer.withParts { parts in
      do throws(StoreError) { return .success(try file.write(parts, at: start)) } catch {
        return .failure(error)
      }
    }
    try outcome.get()
    buffer.removeAll()
  }

  /// Sets space aside beyond `end`, where a write will end that there is no space for yet.
  private func reserve(_ end: Int, in file: StoreFile) {
    guard end > reserved else { return }
    let start = max(reserved, segments.last?.bytes ?? 0)
    reserved = end + min(max(end, Self.reservation.lowerBound), Self.reservation.upperBound)
    file.reserve(at: start, count: reserved - start)
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
  }
}
