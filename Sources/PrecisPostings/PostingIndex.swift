import PrecisModel

/// An inverted index over a few 32-bit keys of each article, which keeps a small record of it.
///
/// New articles gather in a tail in memory; a full tail becomes a segment, and when eight segments of like size
/// have come together they become one: an insertion costs amortised logarithmic time. Segments are files that are
/// mapped, not read, so the memory is the page cache's. Derived data: ``covered`` says how far it goes, the rest is
/// read again from the store. Not thread-safe: one owner.
package final class PostingIndex {
  /// Where an article is: the segment, or -1 for the tail, and the place in it.
  package struct Place: Hashable {
    package var segment: Int
    package var slot: Int

    package init(segment: Int, slot: Int) {
      self.segment = segment
      self.slot = slot
    }
  }

  /// The store's last sequence number of which everything is in the files.
  package private(set) var covered: Int64 = 0
  /// Tells at a merge which articles are worth keeping.
  package var isKept: (ArticleID) -> Bool = { _ in true }

  private var segments: [PostingSegment] = []
  private let tail = PostingTail()
  /// The keys of the tail and of the segments that are not mature; made with the first question.
  private var recent: RecentKeys?
  private var files: PostingFiles?
  /// Whether the files do not hold all.
  package private(set) var isChanged = false
  /// Articles that came since mapped pages were given back.
  private var sinceRelease = 0

  /// Segments of like size that become one.
  private static let fanIn = 8
  /// Segments of so many articles, which no merge soon takes away, are asked each by its own filter.
  private static let matureCount = 1 << 15
  /// Segments are not merged beyond so many articles: a merge must not take long.
  private static let segmentLimit = 1 << 18
  /// After so many articles mapped pages are given back: a look-up here and there would soon have mapped all.
  private static let releaseInterval = 128

  /// An empty index in memory.
  package init() {}

  /// The index in a directory.
  ///
  /// - Throws: `PostingFileError.unreadable` where a file is absent, of another version or damaged.
  package init(directory: String, access: PostingFiles.Access) throws(PostingFileError) {
    let files = PostingFiles(directory: directory, access: access)
    (covered, segments) = try files.open()
    self.files = files
  }

  /// An empty index that begins a directory anew.
  package init(startingAt directory: String) {
    files = PostingFiles(directory: directory, access: .writing)
  }

  /// The articles in it; those that were replaced count twice until their segments are merged.
  package var count: Int { tail.count + segments.reduce(0) { $0 + $1.count } }

  /// The bytes that it holds, mapped file pages included.
  package var bytes: Int { tail.memoryBytes + segments.reduce(0) { $0 + $1.storage.bytes.count } }

  /// Adds an article, or replaces what is known of it.
  package func insert(_ key: ArticleID, record: [UInt8], keys: [UInt32]) {
    let keys = keys.lazy.map(Self.spread)
    tail.insert(key, record: record, keys: keys)
    if let recent, recent.hasRoom(for: keys.count) {
      for key in keys { recent.insert(key) }
    } else {
      recent = nil
    }
    isChanged = true
    if tail.count >= PostingTail.limit { pack() }
    sinceRelease += 1
    guard sinceRelease >= Self.releaseInterval else { return }
    sinceRelease = 0
    for segment in segments { segment.releaseEntries() }
  }

  /// Whether an article is in it.
  package func contains(_ key: ArticleID) -> Bool { place(of: key) != nil }

  /// Where the newest record of an article is.
  package func place(of key: ArticleID) -> Place? {
    makeTables()
    if let slot = tail.place(of: key) { return Place(segment: -1, slot: slot) }
    for index in segments.indices.reversed() {
      if let slot = segments[index].slot(of: key) { return Place(segment: index, slot: slot) }
    }
    return nil
  }

  /// The article at a place.
  package func key(at place: Place) -> ArticleID {
    place.segment < 0 ? tail.key(place.slot) : segments[place.segment].foundKey(place.slot)
  }

  /// Gives the record at a place to `body`.
  package func withRecord<Value>(at place: Place, _ body: (UnsafeRawBufferPointer) -> Value) -> Value {
    place.segment < 0
      ? tail.withRecord(place.slot, body) : segments[place.segment].withFoundRecord(place.slot, body)
  }

  /// Before the tail is read: those who ask from inside an answer find nothing to do.
  private func makeTables() {
    if !tail.isTabled { tail.makeTables() }
  }

  /// A key as it is stored: keys that were chosen for being small would crowd one end of a segment's directory. One to one.
  private static func spread(_ key: UInt32) -> UInt32 { key &* 0x9E37_79B1 }

  /// How many articles have a key.
  package func frequency(of key: UInt32) -> Int {
    makeTables()
    let key = Self.spread(key)
    var count = segments.reduce(0) { $0 + $1.postings(of: key).count }
    _ = tail.forEachPlace(of: key) { _ in
      count += 1
      return true
    }
    return count
  }

  /// Gives the places of the articles that have a key to `body`, the newest segments first, until it answers false; of
  /// a segment in the order of the ids.
  @inline(__always)
  package func forEachPlace(of key: UInt32, _ body: (Place) -> Bool) {
    makeTables()
    let key = Self.spread(key)
    guard tail.forEachPlace(of: key, { body(Place(segment: -1, slot: $0)) }) else { return }
    for index in segments.indices.reversed() {
      for at in segments[index].postings(of: key)
      where !body(Place(segment: index, slot: segments[index].postingSlot(at))) { return }
    }
  }

  /// Gives the places of the articles that have one of several keys to `body`, with the key's number, until it answers
  /// false for that key: segment by segment, so that the look-ups of a segment need not wait for each other.
  @inline(__always)
  package func forEachPlace(ofAny keys: [UInt32], _ body: (_ key: Int, Place) -> Bool) {
    let recent = recentKeys()
    withUnsafeTemporaryAllocation(of: UInt32.self, capacity: keys.count) { spread in
      for at in keys.indices { spread[at] = Self.spread(keys[at]) }
      // The numbers of the keys that the tail and the small segments may have, and of those that a segment may have.
      withUnsafeTemporaryAllocation(of: Int.self, capacity: keys.count) { young in
        withUnsafeTemporaryAllocation(of: Int.self, capacity: keys.count) { present in
          let youngCount = Self.gather(keys.indices, into: young) { recent?.mayHave(spread[$0]) ?? true }
          let young = young.prefix(youngCount)
          if youngCount > 0 { makeTables() }
          for at in young {
            _ = tail.forEachPlace(of: spread[at]) { body(at, Place(segment: -1, slot: $0)) }
          }
          for index in segments.indices.reversed() {
            let segment = segments[index]
            let presentCount =
              Self.isMature(segment)
              ? Self.gather(keys.indices, into: present) { segment.mayHave(spread[$0]) }
              : Self.gather(young, into: present) { segment.mayHave(spread[$0]) }
            for at in present.prefix(presentCount) {
              for posting in segment.postings(of: spread[at])
              where !body(at, Place(segment: index, slot: segment.postingSlot(posting))) { break }
            }
          }
        }
      }
    }
  }

  /// Writes the numbers that pass to the front of `out`; gives how many they are.
  @inline(__always)
  private static func gather(
    _ numbers: some Sequence<Int>, into out: UnsafeMutableBufferPointer<Int>, where passes: (Int) -> Bool
  ) -> Int {
    var count = 0
    for number in numbers where passes(number) {
      out[count] = number
      count += 1
    }
    return count
  }

  private static func isMature(_ segment: PostingSegment) -> Bool { segment.count >= matureCount }

  /// nil where there is no memory for it: then each segment is asked.
  private func recentKeys() -> RecentKeys? {
    if recent == nil {
      recent = RecentKeys(segments.filter { !Self.isMature($0) }, more: tail.keyCount)
      tail.forEachKey { recent?.insert($0) }
    }
    return recent
  }
}

extension PostingIndex {
  /// Makes a segment of the tail, and merges where several segments of like size have come together.
  private func pack() {
    guard tail.count > 0, let segment = packed() else { return }
    tail.removeAll()
    segments.append(segment)
    while let run = segmentsToMerge, let segment = merged(Array(segments[run])) {
      let old = segments[run]
      segments.replaceSubrange(run, with: [segment])
      for segment in old { files?.retire(segment.storage) }
      // Its keys are asked for by its own filter now.
      if Self.isMature(segment) { recent = nil }
    }
  }

  /// The last segments, where there are enough that are no larger than the size class of the last.
  private var segmentsToMerge: Range<Int>? {
    guard let last = segments.last else { return nil }
    let level = Self.level(last.count)
    var first = segments.count
    var total = 0
    while first > 0, Self.level(segments[first - 1].count) <= level,
      total + segments[first - 1].count <= Self.segmentLimit
    {
      first -= 1
      total += segments[first].count
    }
    return segments.count - first >= Self.fanIn ? first..<segments.count : nil
  }

  /// A power of eight.
  private static func level(_ count: Int) -> Int {
    (Int.bitWidth - max(count, 1).leadingZeroBitCount - 1) / 3
  }

  /// The tail as a segment; in memory where no file can be written.
  private func packed() -> PostingSegment? {
    if let segment = files?.write({ [tail] sink throws(PostingFileError) in try tail.write(to: sink) }) {
      return segment
    }
    var out: [UInt8] = []
    tail.write { (piece: UnsafeRawBufferPointer) in out.append(contentsOf: piece) }
    return PostingSegment(SegmentBytes(out), verifying: false)
  }

  /// Several segments as one; in memory where no file can be written.
  private func merged(_ sources: [PostingSegment]) -> PostingSegment? {
    let writer = SegmentWriter(sources, isKept: isKept)
    if let segment = files?.write({ sink throws(PostingFileError) in
      try writer.write(scratch: files?.directory, to: sink)
    }) {
      return segment
    }
    var out: [UInt8] = []
    out.reserveCapacity(sources.reduce(0) { $0 + $1.storage.bytes.count })
    writer.write(scratch: nil) { (piece: UnsafeRawBufferPointer) in out.append(contentsOf: piece) }
    return PostingSegment(SegmentBytes(out), verifying: false)
  }

  /// Makes durable what is in it, and gives the mapped pages back.
  ///
  /// - Parameter covered: the store's last sequence number; everything up to it must be in the index, and durable in
  ///   the store: an id that a crash takes from the store is only asked for in vain, a line that is counted as covered
  ///   and is not would be missed for ever.
  /// - Throws: `PostingFileError`; the files are as they were.
  package func persist(covered: Int64) throws(PostingFileError) {
    guard let files, isChanged || covered != self.covered else { return }
    pack()
    try files.replaceList(covered: covered, segments: segments)
    self.covered = covered
    isChanged = false
  }

  /// Gives mapped pages back to the page cache.
  package func release() {
    sinceRelease = 0
    for segment in segments { segment.storage.release() }
  }
}
