import PrecisModel

/// Finds, among all articles of a store, the one that has the same text as a new one.
///
/// Derived data: it can be rebuilt from the store at any time. Its answers depend on the articles that are in it and not
/// on their order. New sketches gather in a small tail; full tails become segments, and segments of like size are
/// merged, so an insertion costs amortised logarithmic time and an article about 1.3 KB. Not thread-safe: one owner.
public final class NearDuplicateIndex {
  private var segments: [SegmentWriter.Source] = []
  private var tail = SketchTail()

  /// Sketches that are kept loose before they are packed.
  private static let tailLimit = 1024
  /// A retrieval key that more articles than this share is a site's frame, not a text.
  private static let commonKey = 256
  /// Candidates that are compared for one question.
  private static let candidateLimit = 64

  /// An empty index.
  public init() {}

  init(segment: SketchSegment) { segments = [SegmentWriter.Source(segment: segment, removed: [])] }

  /// The articles in it.
  public var count: Int { tail.count + segments.reduce(0) { $0 + $1.segment.count - $1.removed.count } }

  /// The bytes that it holds, mapped file pages included.
  public var memoryBytes: Int {
    tail.memoryBytes + segments.reduce(0) { $0 + $1.segment.storage.bytes.count }
  }

  /// Adds an article, or replaces its sketch. Sketches that are too short to recognise a text by are left out.
  public func insert(_ sketch: Sketch, id: ArticleID) {
    remove(id)
    guard !sketch.isTooShort else { return }
    tail.insert(sketch, key: ArticleKey(id))
    if tail.count >= Self.tailLimit { pack() }
  }

  /// Takes an article out; nothing happens where it is not there.
  public func remove(_ id: ArticleID) {
    let key = ArticleKey(id)
    tail.remove(key)
    for index in segments.indices {
      if let slot = segments[index].segment.slot(of: key) { segments[index].removed.insert(slot) }
    }
  }

  /// Whether an article is in it.
  public func contains(_ id: ArticleID) -> Bool {
    let key = ArticleKey(id)
    return tail.contains(key)
      || segments.contains { source in
        source.segment.slot(of: key).map { !source.removed.contains($0) } ?? false
      }
  }

  /// The near-duplicate that is most alike, of equals the one with the smallest id; nil where there is none.
  public func duplicate(of sketch: Sketch, excluding: ArticleID? = nil) -> ArticleID? {
    duplicates(of: sketch, excluding: excluding).first?.id
  }

  /// All near-duplicates of a text, the most alike first, of equals the smaller id first.
  public func duplicates(
    of sketch: Sketch, excluding: ArticleID? = nil
  ) -> [(id: ArticleID, similarity: Double)] {
    guard !sketch.isTooShort else { return [] }
    let excluded = excluding.map(ArticleKey.init)
    var found: [(key: ArticleKey, score: Double)] = []
    for candidate in candidates(for: sketch) where candidate.key != excluded {
      guard let other = self.sketch(at: candidate.place) else { continue }
      let score = sketch.similarity(with: other)
      if score > 0 { found.append((candidate.key, score)) }
    }
    found.sort { $0.score != $1.score ? $0.score > $1.score : $0.key < $1.key }
    return found.compactMap { entry in entry.key.id.map { ($0, entry.score) } }
  }
}

extension NearDuplicateIndex {
  /// Where a sketch lies: the segment, or -1 for the tail, and the place in it.
  private struct Place: Hashable {
    var segment: Int
    var slot: Int
  }

  private func sketch(at place: Place) -> Sketch? {
    place.segment < 0 ? tail.sketch(place.slot) : segments[place.segment].segment.sketch(place.slot)
  }

  /// The articles that share the most retrieval keys, most first.
  private func candidates(for sketch: Sketch) -> [(key: ArticleKey, place: Place)] {
    var shared: [Place: Int] = [:]
    var common: [(key: UInt32, count: Int)] = []
    for key in sketch.retrievalKeys {
      let count =
        tail.postings(of: key).count + segments.reduce(0) { $0 + $1.segment.postings(of: key).count }
      if count > Self.commonKey { common.append((key, count)) } else { gather(key, into: &shared) }
    }
    // Only common keys: the rarest must do.
    if shared.isEmpty, let rarest = common.min(by: { ($0.count, $0.key) < ($1.count, $1.key) }) {
      gather(rarest.key, into: &shared)
    }
    var ranked: [(key: ArticleKey, place: Place, shared: Int)] = []
    ranked.reserveCapacity(shared.count)
    for (place, count) in shared { ranked.append((key(at: place), place, count)) }
    ranked.sort { $0.shared != $1.shared ? $0.shared > $1.shared : $0.key < $1.key }
    return ranked.prefix(Self.candidateLimit).map { ($0.key, $0.place) }
  }

  private func key(at place: Place) -> ArticleKey {
    place.segment < 0 ? tail.key(place.slot) : segments[place.segment].segment.key(place.slot)
  }

  /// Counts the articles that have a retrieval key; of a very common one, those with the smallest ids.
  private func gather(_ key: UInt32, into shared: inout [Place: Int]) {
    var places: [Place] = []
    for slot in tail.postings(of: key) { places.append(Place(segment: -1, slot: Int(slot))) }
    for (index, source) in segments.enumerated() {
      // Places are in id order, so the first of each segment hold the first of all.
      for at in source.segment.postings(of: key).prefix(Self.commonKey) {
        let slot = source.segment.postingSlot(at)
        if !source.removed.contains(slot) { places.append(Place(segment: index, slot: slot)) }
      }
    }
    if places.count > Self.commonKey {
      places.sort { self.key(at: $0) < self.key(at: $1) }
      places.removeLast(places.count - Self.commonKey)
    }
    for place in places { shared[place, default: 0] += 1 }
  }
}

extension NearDuplicateIndex {
  /// Makes a segment of the tail, and merges segments until each is more than twice as large as the next.
  ///
  /// A mapped segment stays as it is: merging would pull it into memory. Saving merges all.
  private func pack() {
    guard let packed = tail.segment() else { return }
    tail = SketchTail()
    var merged = [SegmentWriter.Source(segment: packed, removed: [])]
    var size = packed.count
    while let last = segments.last, last.segment.count <= size * 2, !last.segment.storage.isMapped {
      size += last.segment.count
      merged.append(last)
      segments.removeLast()
    }
    guard merged.count > 1 else { return segments.append(contentsOf: merged) }
    if let segment = Self.merge(merged) {
      segments.append(SegmentWriter.Source(segment: segment, removed: []))
    } else {
      segments.append(contentsOf: merged.reversed())
    }
  }

  private static func merge(_ sources: [SegmentWriter.Source]) -> SketchSegment? {
    var out: [UInt8] = []
    out.reserveCapacity(sources.reduce(0) { $0 + $1.segment.storage.bytes.count })
    SegmentWriter(sources).write { (piece: UnsafeRawBufferPointer) in out.append(contentsOf: piece) }
    return SketchSegment(SegmentBytes(out), verifying: false)
  }

  /// Goes on with a segment that holds all that is in it.
  func replaceAll(with segment: SketchSegment) {
    segments = [SegmentWriter.Source(segment: segment, removed: [])]
    tail = SketchTail()
  }

  /// All that is in it, for writing.
  var writer: SegmentWriter {
    var sources = segments
    if let packed = tail.segment() { sources.append(SegmentWriter.Source(segment: packed, removed: [])) }
    return SegmentWriter(sources)
  }
}
