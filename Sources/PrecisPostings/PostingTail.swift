import PrecisModel

/// The newest articles of an index, not yet packed.
struct PostingTail {
  private var entries: [(key: ArticleKey, record: [UInt8], keys: [UInt32])?] = []
  private var places: [ArticleKey: Int] = [:]
  private var postings: [UInt32: [Int32]] = [:]

  var count: Int { places.count }

  /// An estimate: a record, its dictionary entries and its postings.
  var memoryBytes: Int {
    entries.reduce(0) { $0 + 96 + ($1.map { $0.record.count + 48 * $0.keys.count } ?? 0) }
  }

  mutating func insert(_ key: ArticleKey, record: [UInt8], keys: [UInt32]) {
    remove(key)
    places[key] = entries.count
    for hash in keys { postings[hash, default: []].append(Int32(entries.count)) }
    entries.append((key, record, keys))
  }

  private mutating func remove(_ key: ArticleKey) {
    guard let place = places.removeValue(forKey: key), let entry = entries[place] else { return }
    for hash in entry.keys { postings[hash]?.removeAll { $0 == Int32(place) } }
    entries[place] = nil
  }

  func place(of key: ArticleKey) -> Int? { places[key] }
  func key(_ place: Int) -> ArticleKey { entries[place]?.key ?? ArticleKey(high: 0, low: 0) }
  func record(_ place: Int) -> [UInt8] { entries[place]?.record ?? [] }
  func postings(of hash: UInt32) -> [Int32] { postings[hash] ?? [] }

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
