import PrecisModel

/// The newest sketches of an index, not yet packed.
struct SketchTail {
  private var entries: [(key: ArticleKey, sketch: Sketch)?] = []
  private var places: [ArticleKey: Int] = [:]
  private var postings: [UInt32: [Int32]] = [:]

  var count: Int { places.count }

  /// An estimate: a sketch, its dictionary entries and its postings.
  var memoryBytes: Int { entries.count * 2600 }

  mutating func insert(_ sketch: Sketch, key: ArticleKey) {
    let place = entries.count
    entries.append((key, sketch))
    places[key] = place
    for hash in sketch.retrievalKeys { postings[hash, default: []].append(Int32(place)) }
  }

  mutating func remove(_ key: ArticleKey) {
    guard let place = places.removeValue(forKey: key), let entry = entries[place] else { return }
    for hash in entry.sketch.retrievalKeys {
      postings[hash]?.removeAll { $0 == Int32(place) }
      if postings[hash]?.isEmpty == true { postings[hash] = nil }
    }
    entries[place] = nil
  }

  func contains(_ key: ArticleKey) -> Bool { places[key] != nil }
  func key(_ place: Int) -> ArticleKey { entries[place]?.key ?? ArticleKey(high: 0, low: 0) }
  func sketch(_ place: Int) -> Sketch? { entries[place]?.sketch }
  func postings(of hash: UInt32) -> [Int32] { postings[hash] ?? [] }

  /// The tail as a segment; nil where it is empty.
  func segment() -> SketchSegment? {
    let sorted = entries.compactMap { $0 }.sorted { $0.key < $1.key }
    guard !sorted.isEmpty else { return nil }
    var out: [UInt8] = SketchSegment.magic
    func append(_ value: UInt64, _ width: Int) {
      for at in 0..<width { out.append(UInt8(truncatingIfNeeded: value >> (8 * UInt64(at)))) }
    }
    var list: [(hash: UInt32, slot: Int)] = []
    for (slot, entry) in sorted.enumerated() {
      for hash in entry.sketch.retrievalKeys { list.append((hash, slot)) }
    }
    list.sort { ($0.hash, $0.slot) < ($1.hash, $1.slot) }
    append(UInt64(SketchSegment.version), 4)
    append(UInt64(sorted.count), 4)
    append(UInt64(list.count), 4)
    append(0, 4)
    append(UInt64(sorted.reduce(0) { $0 + $1.sketch.byteCount }), 8)
    for entry in sorted {
      append(entry.key.high, 8)
      append(UInt64(entry.key.low), 4)
    }
    var offset = 0
    for entry in sorted {
      append(UInt64(offset), 4)
      offset += entry.sketch.byteCount
    }
    append(0, 4)
    append(UInt64(list.count), 4)
    for posting in list { append(UInt64(posting.hash), 4) }
    for posting in list { append(UInt64(posting.slot), 4) }
    for entry in sorted { out.append(contentsOf: entry.sketch.bytes) }
    append(0, 8)
    // One directory bucket would make look-ups linear: writing it again gives it its directory and its sum.
    guard let plain = SketchSegment(SegmentBytes(out), verifying: false) else { return nil }
    var packed: [UInt8] = []
    SegmentWriter([.init(segment: plain, removed: [])]).write { (piece: UnsafeRawBufferPointer) in
      packed.append(contentsOf: piece)
    }
    return SketchSegment(SegmentBytes(packed), verifying: false)
  }
}
