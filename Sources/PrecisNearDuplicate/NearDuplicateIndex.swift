import PrecisModel
import PrecisPostings

/// Finds, among all articles of a store, the one that has the same text as a new one.
///
/// Derived data: it can be rebuilt from the store at any time. Its answers depend on the articles that are in it and not
/// on their order. An article costs about 1.3 KB, in files that are mapped. Not thread-safe: one owner.
public final class NearDuplicateIndex {
  private let postings: PostingIndex

  /// A retrieval key that more articles than this share is a site's frame, not a text.
  private static let commonKey = 256
  /// Candidates that are compared for one question.
  private static let candidateLimit = 64

  /// An empty index in memory.
  public init() { postings = PostingIndex() }

  /// An index over postings, in a directory or not.
  package init(_ postings: PostingIndex) { self.postings = postings }

  /// The sketches in it; those that were replaced count until they are merged away.
  public var count: Int { postings.count }

  /// The bytes that it holds, mapped file pages included.
  public var memoryBytes: Int { postings.bytes }

  /// Adds an article, or replaces its sketch. Sketches that are too short to recognise a text by are left out.
  public func insert(_ sketch: Sketch, id: ArticleID) {
    let key = id
    if !sketch.isTooShort {
      postings.insert(key, record: sketch.bytes, keys: sketch.retrievalKeys)
    } else if postings.contains(key) {
      postings.insert(key, record: [], keys: [])
    }
  }

  /// Whether an article is in it.
  public func contains(_ id: ArticleID) -> Bool { postings.contains(id) }

  /// The near-duplicate that is most alike, of equals the one with the smallest id; nil where there is none.
  public func duplicate(of sketch: Sketch, excluding: ArticleID? = nil) -> ArticleID? {
    duplicates(of: sketch, excluding: excluding).first?.id
  }

  /// All near-duplicates of a text, the most alike first, of equals the smaller id first.
  public func duplicates(
    of sketch: Sketch, excluding: ArticleID? = nil
  ) -> [(id: ArticleID, similarity: Double)] {
    guard !sketch.isTooShort else { return [] }
    let excluded = excluding
    var found: [(key: ArticleID, score: Double)] = []
    for candidate in candidates(for: sketch) where candidate.key != excluded {
      let score = postings.withRecord(at: candidate.place) { raw in
        Sketch(raw: raw).map { sketch.similarity(with: $0) } ?? 0
      }
      // A text that was replaced since is no candidate.
      guard score > 0, postings.place(of: candidate.key) == candidate.place else { continue }
      found.append((candidate.key, score))
    }
    found.sort { $0.score != $1.score ? $0.score > $1.score : $0.key < $1.key }
    return found.map { ($0.key, $0.score) }
  }
}

extension NearDuplicateIndex {
  /// The articles that share the most retrieval keys, most first.
  private func candidates(for sketch: Sketch) -> [(key: ArticleID, place: PostingIndex.Place)] {
    let keys = sketch.retrievalKeys
    var counts = [Int](repeating: 0, count: keys.count)
    var found: [(key: Int, place: UInt64)] = []
    postings.forEachPlace(ofAny: keys) { key, place in
      counts[key] += 1
      found.append((key, Self.number(place)))
      return counts[key] <= Self.commonKey
    }
    guard !found.isEmpty else { return [] }
    var hits = found.filter { counts[$0.key] <= Self.commonKey }.map(\.place)
    let common = keys.indices.filter { counts[$0] > Self.commonKey }.map { keys[$0] }
    // Only common keys: the rarest must do.
    let counted = hits.isEmpty ? common.map { (key: $0, count: postings.frequency(of: $0)) } : []
    if let rarest = counted.min(by: { ($0.count, $0.key) < ($1.count, $1.key) }) {
      gatherFirst(rarest.key, into: &hits)
    }
    guard !hits.isEmpty else { return [] }
    hits.sort()
    var ranked: [(key: ArticleID, place: PostingIndex.Place, shared: Int)] = []
    var at = 0
    while at < hits.count {
      let first = at
      while at < hits.count, hits[at] == hits[first] { at += 1 }
      let place = Self.place(hits[first])
      ranked.append((postings.key(at: place), place, at - first))
    }
    ranked.sort { $0.shared != $1.shared ? $0.shared > $1.shared : $0.key < $1.key }
    return ranked.prefix(Self.candidateLimit).map { ($0.key, $0.place) }
  }

  /// Of the articles that have a very common key, those with the smallest ids.
  private func gatherFirst(_ key: UInt32, into hits: inout [UInt64]) {
    var places: [PostingIndex.Place] = []
    postings.forEachPlace(of: key) {
      places.append($0)
      return true
    }
    places.sort { postings.key(at: $0) < postings.key(at: $1) }
    hits += places.prefix(Self.commonKey).map(Self.number)
  }

  private static func number(_ place: PostingIndex.Place) -> UInt64 {
    UInt64(place.segment + 1) << 32 | UInt64(place.slot)
  }

  private static func place(_ number: UInt64) -> PostingIndex.Place {
    PostingIndex.Place(segment: Int(number >> 32) - 1, slot: Int(number & 0xFFFF_FFFF))
  }
}
