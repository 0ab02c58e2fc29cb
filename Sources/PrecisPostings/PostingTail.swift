import PrecisModel

/// The newest articles of an index, not yet packed.
///
/// What comes is only laid down: an index may take in thousands of articles and be asked for none. Who asks brings the
/// tables by which they are found up to there first.
final class PostingTail {
  private var articles: [ArticleID] = []
  /// Those whose record was replaced since.
  private var replaced: [Bool] = []
  private var records: [UInt8] = []
  private var recordEnds: [Int] = []
  private var keys: [UInt32] = []
  private var keyEnds: [Int] = []

  /// Articles that the tables hold.
  private var tabled = 0
  private var places: [ArticleID: Int] = [:]
  /// Per bucket of keys the newest posting; each posting knows the one before it in its bucket. -1 at the end.
  private var newest: [Int32] = []
  private var postings: [(key: UInt32, place: Int32, before: Int32)] = []

  /// Articles that an index keeps loose before it packs them.
  static let limit = 1024
  private static let bucketBits: UInt32 = 16

  var count: Int { articles.count }

  /// An estimate: what was laid down, and the tables.
  var memoryBytes: Int {
    records.count + 4 * keys.count + 32 * articles.count + 4 * newest.count + 12 * postings.count
  }

  /// Makes room for so many articles as large as this one, so that nothing is copied while they come.
  private func reserve(_ count: Int, record: Int, keys: Int) {
    articles.reserveCapacity(count)
    replaced.reserveCapacity(count)
    records.reserveCapacity(count * (record + record / 8))
    recordEnds.reserveCapacity(count)
    self.keys.reserveCapacity(count * (keys + keys / 8))
    keyEnds.reserveCapacity(count)
    postings.reserveCapacity(count * (keys + keys / 8))
  }

  func insert(_ key: ArticleID, record: [UInt8], keys new: some Sequence<UInt32>) {
    // At the first articles one knows little; a sync of a few needs no room.
    if articles.count == 64 { reserve(Self.limit, record: records.count / 64, keys: keys.count / 64) }
    articles.append(key)
    replaced.append(false)
    records.append(contentsOf: record)
    recordEnds.append(records.count)
    keys.append(contentsOf: new)
    keyEnds.append(keys.count)
  }

  /// The keys of all articles, those of replaced ones too.
  var keyCount: Int { keys.count }

  func forEachKey(_ body: (UInt32) -> Void) { for key in keys { body(key) } }

  private func keyRange(_ place: Int) -> Range<Int> { (place == 0 ? 0 : keyEnds[place - 1])..<keyEnds[place] }

  private func recordRange(_ place: Int) -> Range<Int> {
    (place == 0 ? 0 : recordEnds[place - 1])..<recordEnds[place]
  }

  /// Whether the tables hold all that was laid down.
  var isTabled: Bool { tabled == articles.count }

  /// Brings the tables up to what was laid down.
  func makeTables() {
    if newest.isEmpty { newest = [Int32](repeating: -1, count: 1 << Self.bucketBits) }
    for place in tabled..<articles.count {
      if let earlier = places.updateValue(place, forKey: articles[place]) { replaced[earlier] = true }
      for at in keyRange(place) {
        let bucket = Self.bucket(keys[at])
        postings.append((keys[at], Int32(place), newest[bucket]))
        newest[bucket] = Int32(postings.count - 1)
      }
    }
    tabled = articles.count
  }

  @inline(__always)
  private static func bucket(_ hash: UInt32) -> Int { Int((hash &* 0x9E37_79B1) >> (32 - bucketBits)) }

  func place(of key: ArticleID) -> Int? { places[key] }

  func key(_ place: Int) -> ArticleID { articles[place] }

  func withRecord<Value>(_ place: Int, _ body: (UnsafeRawBufferPointer) -> Value) -> Value {
    records.withUnsafeBytes { body(UnsafeRawBufferPointer(rebasing: $0[recordRange(place)])) }
  }

  /// Gives the places that have a key, the newest first, to `body` until it answers false; false where it did.
  @inline(__always)
  func forEachPlace(of hash: UInt32, _ body: (Int) -> Bool) -> Bool {
    guard !newest.isEmpty else { return true }
    var at = newest[Self.bucket(hash)]
    while at >= 0 {
      let posting = postings[Int(at)]
      if posting.key == hash, !replaced[Int(posting.place)], !body(Int(posting.place)) { return false }
      at = posting.before
    }
    return true
  }

  /// Forgets all, and keeps the room.
  func removeAll() {
    articles.removeAll(keepingCapacity: true)
    replaced.removeAll(keepingCapacity: true)
    records.removeAll(keepingCapacity: true)
    recordEnds.removeAll(keepingCapacity: true)
    keys.removeAll(keepingCapacity: true)
    keyEnds.removeAll(keepingCapacity: true)
    places.removeAll(keepingCapacity: true)
    postings.removeAll(keepingCapacity: true)
    newest.withUnsafeMutableBufferPointer { $0.update(repeating: -1) }
    tabled = 0
  }

  /// Writes the tail as a segment.
  ///
  /// - Throws: what `sink` throws.
  func write<E: Error>(to sink: @escaping (UnsafeRawBufferPointer) throws(E) -> Void) throws(E) {
    let order = self.order()
    let pairs = self.pairs(order)
    var out = SegmentOutput<E>(postings: pairs.count, scratch: nil, sink: sink)
    try out.header()
    for place in order { try out.id(high: articles[place].prefix64, low: articles[place].suffix32) }
    var offset = 0
    for place in order {
      try out.offset(offset)
      offset += recordRange(place).count
    }
    for pair in pairs { try out.posting(pair) }
    for place in order {
      // A typed throw cannot pass through withUnsafeBytes, so the outcome is carried out.
      let outcome: Result<Void, E> = withRecord(place) { raw in
        do throws(E) { return .success(try out.record(raw)) } catch { return .failure(error) }
      }
      try outcome.get()
    }
    try out.finish()
  }

  /// The articles by id; of one that came again, its last place.
  private func order() -> [Int] {
    let sorted = articles.indices.sorted { left, right in
      articles[left] != articles[right] ? articles[left] < articles[right] : left < right
    }
    return sorted.indices.compactMap { at in
      at + 1 < sorted.count && articles[sorted[at]] == articles[sorted[at + 1]] ? nil : sorted[at]
    }
  }

  /// The postings, ascending: each key above the slot of its article.
  private func pairs(_ order: [Int]) -> [UInt64] {
    var pairs: [UInt64] = []
    pairs.reserveCapacity(keys.count)
    for (slot, place) in order.enumerated() {
      for at in keyRange(place) { pairs.append(UInt64(keys[at]) << 32 | UInt64(slot)) }
    }
    return BucketSort.sorted(pairs)
  }
}
