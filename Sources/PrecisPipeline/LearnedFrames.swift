import Glibc
import PrecisNearDuplicate

/// The frame lines of all feeds, and their file: pairs of a feed's number and a line's hash, 16 bytes each.
///
/// Derived data: lost, they are learned again from the next document of each feed.
struct LearnedFrames {
  private let path: String
  private var lines: [UInt64: [UInt64]] = [:]
  private var count = 0
  private var isChanged = false

  /// Lines that one feed may have, and all feeds together: a megabyte.
  private static let perFeed = 64
  private static let limit = 65_536

  /// Those of a file; none where it cannot be read.
  init(path: String) {
    self.path = path
    guard let file = fopen(path, "r") else { return }
    defer { fclose(file) }
    var pair: [UInt64] = [0, 0]
    while count < Self.limit, fread(&pair, 16, 1, file) == 1 {
      add([UInt64(littleEndian: pair[1])], of: UInt64(littleEndian: pair[0]))
    }
    isChanged = false
  }

  /// The lines of a feed.
  subscript(feed: UInt64) -> FeedFrames { FeedFrames(lines[feed] ?? []) }

  /// Remembers lines as long as there is room.
  mutating func add(_ new: [UInt64], of feed: UInt64) {
    guard !new.isEmpty else { return }
    var known = lines[feed] ?? []
    for line in new where known.count < Self.perFeed && count < Self.limit && !known.contains(line) {
      known.append(line)
      count += 1
      isChanged = true
    }
    lines[feed] = known
  }

  /// Replaces the file, where something is new; a failure costs nothing but the learning.
  mutating func save() {
    guard isChanged else { return }
    let temporary = path + ".new"
    guard let file = fopen(temporary, "w") else { return }
    var isWhole = true
    for (feed, lines) in lines.sorted(by: { $0.key < $1.key }) {
      for line in lines {
        let pair = [feed.littleEndian, line.littleEndian]
        isWhole = fwrite(pair, 16, 1, file) == 1 && isWhole
      }
    }
    isWhole = fclose(file) == 0 && isWhole
    if isWhole, rename(temporary, path) == 0 { isChanged = false } else { unlink(temporary) }
  }
}
