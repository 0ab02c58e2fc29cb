import Glibc

/// Why an index was not read or written.
package enum PostingFileError: Error, Equatable, Sendable, CustomStringConvertible {
  /// A system call failed.
  case system(call: String, path: String, errno: Int32)
  /// A file is absent, of another version, cut short or damaged: the index is rebuilt from the store.
  case unreadable(path: String)

  /// A sentence for a person.
  package var description: String {
    switch self {
    case .system(let call, let path, let code):
      "\(call) failed for \(path): \(String(cString: strerror(code)))"
    case .unreadable(let path): "\(path) is absent, of another version or damaged; it is rebuilt"
    }
  }
}

/// The files of an index: segments, `000001.seg` and on, and `list`, which names those that count.
///
/// `list` is replaced in one piece after the segments were flushed, so a reader and the next start see the old or the
/// new state. Segments that it does not name are left-overs. It is text: a version, how much of the store is covered,
/// the segments' numbers, older ones first, and a checksum of all that.
package final class PostingFiles {
  /// Whether the index is only asked, or changed too.
  package enum Access { case reading, writing }

  let directory: String
  private let access: Access
  private var next = 1
  /// Written since the list was last replaced: not flushed yet.
  private var fresh: Set<Int> = []
  private var retired: [Int] = []
  /// Why the last segment was not written.
  private var failure: PostingFileError?
  private static let heading = "precis postings 3"
  /// Larger segments are trusted at the start: they were flushed before they were named.
  private static let verifiedBytes = 4 << 20

  init(directory: String, access: Access) {
    self.directory = directory
    self.access = access
  }

  private func path(_ number: Int) -> String {
    let digits = String(number)
    return "\(directory)/" + String(repeating: "0", count: max(0, 6 - digits.count)) + digits + ".seg"
  }

  // MARK: Reading

  /// What the list names; a writer removes what it does not name.
  func open() throws(PostingFileError) -> (covered: Int64, segments: [PostingSegment]) {
    // A reader may come between a new list and the removal of the old segments: it looks again.
    for _ in 0..<5 {
      let list = try readList()
      var segments: [PostingSegment] = []
      for number in list.numbers {
        guard let bytes = segmentBytes(number) else { break }
        let isVerified = access == .writing && bytes.bytes.count <= Self.verifiedBytes
        guard let segment = PostingSegment(bytes, verifying: isVerified) else {
          throw .unreadable(path: path(number))
        }
        segments.append(segment)
      }
      guard segments.count == list.numbers.count else { continue }
      next = (list.numbers.max() ?? 0) + 1
      if access == .writing { removeAll(but: Set(list.numbers)) }
      return (list.covered, segments)
    }
    throw .unreadable(path: directory)
  }

  /// A writer has all segments open for long.
  private func segmentBytes(_ number: Int) -> SegmentBytes? {
    SegmentBytes(path: path(number), number: number, isSparing: access == .writing)
  }

  private func readList() throws(PostingFileError) -> (covered: Int64, numbers: [Int]) {
    let path = directory + "/list"
    guard let bytes = SegmentBytes(path: path, number: 0, isSparing: false) else {
      throw .unreadable(path: path)
    }
    let lines = String(decoding: bytes.bytes, as: UTF8.self).split(separator: "\n")
    guard lines.count >= 3, lines[0] == Self.heading, let covered = Int64(lines[1]), covered >= 0,
      String(lines[lines.count - 1]) == Self.sum(lines.dropLast())
    else { throw .unreadable(path: path) }
    let numbers = lines[2..<(lines.count - 1)].compactMap { Int($0) }
    guard numbers.count == lines.count - 3 else { throw .unreadable(path: path) }
    return (covered, numbers)
  }

  private static func sum(_ lines: some Sequence<Substring>) -> String {
    var sum = SegmentChecksum()
    for line in lines { Array((line + "\n").utf8).withUnsafeBytes { sum.add($0) } }
    return String(sum.value, radix: 16)
  }

  private func removeAll(but numbers: Set<Int>) {
    guard let folder = opendir(directory) else { return }
    defer { closedir(folder) }
    while let entry = readdir(folder) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { raw in
        String(decoding: raw.prefix { $0 != 0 }, as: UTF8.self)
      }
      guard name.hasSuffix(".seg"), let number = Int(name.dropLast(4)) else { continue }
      next = max(next, number + 1)
      if !numbers.contains(number) { unlink("\(directory)/\(name)") }
    }
  }

  // MARK: Writing

  /// What takes a segment's bytes in pieces.
  typealias Sink = (UnsafeRawBufferPointer) throws(PostingFileError) -> Void

  /// Writes a segment to a file of its own, and maps it; nil where that fails: it is kept in memory then.
  func write(_ segment: (@escaping Sink) throws(PostingFileError) -> Void) -> PostingSegment? {
    guard access == .writing else { return nil }
    mkdir(directory, 0o755)
    let number = next
    next += 1
    do throws(PostingFileError) {
      try Self.create(path(number)) { file throws(PostingFileError) in
        try segment { (piece: UnsafeRawBufferPointer) throws(PostingFileError) in
          try Self.append(piece, to: file, path: self.path(number))
        }
      }
    } catch {
      unlink(path(number))
      failure = error
      return nil
    }
    guard let bytes = segmentBytes(number) else {
      failure = .system(call: "mmap", path: path(number), errno: errno)
      return nil
    }
    fresh.insert(number)
    return PostingSegment(bytes, verifying: false)
  }

  /// Removes a merged segment's file with the next list.
  func retire(_ bytes: SegmentBytes) {
    guard let number = bytes.file else { return }
    // One that no list has named is nobody's.
    if fresh.remove(number) != nil { unlink(path(number)) } else { retired.append(number) }
  }

  /// Flushes new segments, names those that count, and removes the others.
  func replaceList(covered: Int64, segments: [PostingSegment]) throws(PostingFileError) {
    guard access == .writing else { return }
    mkdir(directory, 0o755)
    var numbers: [Int] = []
    for segment in segments {
      // One that could not be written would be missed.
      guard let number = segment.storage.file else {
        throw failure ?? .unreadable(path: directory)
      }
      numbers.append(number)
    }
    for number in numbers where fresh.contains(number) { try Self.flush(path(number)) }
    let lines = [Self.heading, String(covered)] + numbers.map { String($0) }
    let text = lines.joined(separator: "\n") + "\n" + Self.sum(lines.map { $0[...] }) + "\n"
    let list = directory + "/list"
    let temporary = list + ".new"
    try Self.create(temporary) { file throws(PostingFileError) in
      let outcome: Result<Void, PostingFileError> = Array(text.utf8).withUnsafeBytes { raw in
        do throws(PostingFileError) { return .success(try Self.append(raw, to: file, path: temporary)) } catch
        {
          return .failure(error)
        }
      }
      try outcome.get()
      guard fdatasync(file) == 0 else { throw .system(call: "fdatasync", path: temporary, errno: errno) }
    }
    guard rename(temporary, list) == 0 else { throw .system(call: "rename", path: list, errno: errno) }
    fresh = []
    // The old segments may go only once the new list is sure to be there after a power cut.
    try Self.flush(directory)
    for number in retired where !numbers.contains(number) { unlink(path(number)) }
    retired = []
  }

  private static func create(
    _ path: String, _ body: (Int32) throws(PostingFileError) -> Void
  ) throws(PostingFileError) {
    let file = Glibc.open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard file >= 0 else { throw .system(call: "open", path: path, errno: errno) }
    defer { close(file) }
    try body(file)
  }

  private static func append(_ piece: UnsafeRawBufferPointer, to file: Int32, path: String)
    throws(PostingFileError)
  {
    var from = 0
    while from < piece.count {
      let written = Glibc.write(file, piece.baseAddress.map { $0 + from }, piece.count - from)
      if written < 0, errno == EINTR { continue }
      guard written > 0 else { throw .system(call: "write", path: path, errno: errno) }
      from += written
    }
  }

  private static func flush(_ path: String) throws(PostingFileError) {
    let file = Glibc.open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw .system(call: "open", path: path, errno: errno) }
    defer { close(file) }
    guard fsync(file) == 0 else { throw .system(call: "fsync", path: path, errno: errno) }
  }
}
