import Glibc

/// The keys of the tail and of the small segments in one filter: a question whose keys they do not have looks at one line of
/// the processor's cache for each key, not at one for each key of each segment.
///
/// Gathered in memory as articles come; after a start from the segments, with the first question.
final class RecentKeys {
  private let words: UnsafeMutablePointer<UInt64>
  private let wordCount: Int
  /// Keys that come in before a larger filter is needed.
  private let room: Int
  private var count = 0

  /// The room of the first filter, and by how much the next is larger: the seventh holds what 65,536 articles have before
  /// they become a mature segment.
  private static let (leastRoom, growth) = (42_000, 2)

  /// The keys of these segments, with room for so many more; nil where there is no memory for them.
  init?(_ segments: [PostingSegment], more: Int) {
    let held = segments.reduce(0) { $0 + $1.postings } + more
    var room = Self.leastRoom
    while room < held { room *= Self.growth }
    self.room = room
    wordCount = PostingFilter.size(keys: room)
    // Pages of its own: it goes as a whole, and leaves no hole in the heap.
    guard
      let base = mmap(
        nil, 8 * wordCount, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0), base != MAP_FAILED
    else { return nil }
    words = base.assumingMemoryBound(to: UInt64.self)
    for segment in segments { segment.forEachPostingKey { insert($0) } }
  }

  deinit { munmap(words, 8 * wordCount) }

  /// Whether so many keys more come in.
  func hasRoom(for more: Int) -> Bool { count + more <= room }

  func insert(_ key: UInt32) {
    PostingFilter.insert(key, into: words, count: wordCount)
    count += 1
  }

  /// False where the key was not inserted, for all but a few keys.
  @inline(__always)
  func mayHave(_ key: UInt32) -> Bool { PostingFilter.mayHave(key, words: wordCount) { words[$0] } }
}
