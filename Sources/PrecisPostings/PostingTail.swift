import PrecisModel

/// The newest articles of an index, not yet packed.
struct PostingTail {
  private var entries: [(key: ArticleKey, record: [UInt8], keys: [UInt32])?] = []
  private var places: [ArticleKey: Int] = [:]
  /// Per bucket of keys the newest posting; each posting knows the one before it in its bucket. -1 at the end.
  private var newest: [Int32] = []
  private var postings: [(key: UInt32, place: Int32, before: Int32)] = []

  private static let bucketBits: UInt32 = 15

  var count: Int { places.count }

  /// An estimate: a record, its dictionary entry and its postings.
  var memoryBytes: Int {
    newest.count * 4 + entries.reduce(0) { $0 + 96 + ($1.map { $0.record.count + 16 * $0.keys.count } ?? 0) }
  }

  mutating func insert(_ key: ArticleKey, record: [UInt8], keys: [UInt32]) {
    if newest.isEmpty { newest = [Int32](repeating: -1, count: 1 << Self.bucketBits) }
    // The postings of what is replaced lead nowhere then.
    if let place = places[key] { entries[place] = nil }
    places[key] = entries.count
    for hash in keys {
      let bucket = Self.bucket(hash)
      postings.append((hash, Int32(entries.count), newest[bucket]))
      newest[bucket] = Int32(postings.count - 1)
    }
    entries.append((key, record, keys))
  }

  private static func bucket(_ hash: UInt32) -> Int { Int((hash &* 0x9E37_79B1) >> (32 - bucketBits)) }

  func place(of key: ArticleKey) -> Int? { places[key] }
  func key(_ place: Int) -> ArticleKey { entries[place]?.key ?? ArticleKey(high: 0, low: 0) }
  func record(_ place: Int) -> [UInt8] { entries[place]?.record ?? [] }

  /// Gives the places that have a key, the newest first, to `body` until it answers false; false where it did.
  @inline(__always)
  func forEachPlace(of hash: UInt32, _ body: (Int) -> Bool) -> Bool {
    guard !newest.isEmpty else { return true }
    var at = newest[Self.bucket(hash)]
    while at >= 0 {
      let posting = postings[Int(at)]
      if posting.key == hash, entries[Int(posting.place)] != nil, !body(Int(posting.place)) { return false }
      at = posting.before
    }
    return true
  }

  /// The tail as a segment; nil where it is empty.
  func segment() -> PostingSegment? {
    let sorted = entries.compactMap { $0 }.sorted { $0.key < $1.key }
    guard !sorted.isEmpty else { return nil }
    var out: [UInt8] = PostingSegment.magic
    func append(_ value: UInt64, _ width: Int) {
      for at in 0..<width { out.append(UInt8(truncatingIfNeeded: value >> (8 * UInt64(at)))) }
    }
    var list: [UInt64] = []
    for (slot, entry) in sorted.enumerated() {
      for hash in entry.keys { list.append(UInt64(hash) << 32 | UInt64(slot)) }
    }
    list.sort()
    append(UInt64(PostingSegment.version), 4)
    append(UInt64(sorted.count), 4)
    append(UInt64(list.count), 4)
    append(0, 4)
    append(UInt64(sorted.reduce(0) { $0 + $1.record.count }), 8)
    for entry in sorted {
      append(entry.key.high, 8)
      append(UInt64(entry.key.low), 4)
    }
    var offset = 0
    for entry in sorted {
      append(UInt64(offset), 4)
      offset += entry.record.count
    }
    append(0, 4)
    append(UInt64(list.count), 4)
    for posting in list { append(posting >> 32, 4) }
    for posting in list { append(posting & 0xFFFF_FFFF, 4) }
    for entry in sorted { out.append(contentsOf: entry.record) }
    append(0, 8)
    return PostingSegment(SegmentBytes(out), verifying: false)
  }
}
