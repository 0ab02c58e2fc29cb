import PrecisModel

/// Finds the articles of a store that are about the same things.
///
/// An inverted index over a few weighted key terms. An article costs about 300 bytes; a question looks at the 256
/// newest articles of each of its terms at most, so its cost hardly grows with the store. It is asked when an article is
/// read, so an older article finds a newer one as well as the other way round. Derived data: rebuild it from the
/// store, in the store's order, at any time. Not thread-safe: one owner.
public final class RelatedIndex {
  var keys: [ArticleKey] = []
  /// Where an article's entries begin; one more than there are articles.
  var starts: [UInt32] = [0]
  var hashes: [UInt32] = []
  var weights: [UInt8] = []
  private var owners: [UInt32] = []
  /// The entry before this one in its bucket, plus one; 0 at the end.
  private var earlier: [UInt32] = []
  private var newest = [UInt32](repeating: 0, count: RelatedIndex.bucketCount)
  private var frequency = [UInt16](repeating: 0, count: RelatedIndex.bucketCount)
  private var slots: [ArticleKey: UInt32] = [:]

  private static let bucketCount = 1 << 17
  /// Entries of a bucket that one question looks at.
  private static let walkLimit = 256
  /// Candidates whose similarity is computed in full.
  private static let candidateLimit = 48
  /// Articles less alike than this are not called related.
  public static let lowestScore = 0.10

  /// An empty index.
  public init() {}

  /// The articles in it.
  public var count: Int { slots.count }

  /// The bytes that it holds, about.
  public var memoryBytes: Int {
    hashes.capacity * 4 + weights.capacity + owners.capacity * 4 + earlier.capacity * 4 + keys.capacity * 16
      + starts.capacity * 4 + slots.capacity * 28 + Self.bucketCount * 6
  }

  /// Adds an article, or replaces what is known of it.
  public func insert(id: ArticleID, title: String, topics: [String], text: String) {
    let terms = KeyTerms.terms(title: title, topics: topics, text: text) { self.rarity($0) }
    insert(ArticleKey(id), terms)
  }

  func insert(_ key: ArticleKey, _ terms: [KeyTerms.Term]) {
    slots[key] = UInt32(keys.count)
    for term in terms {
      let bucket = Self.bucket(term.hash)
      hashes.append(term.hash)
      weights.append(term.weight)
      owners.append(UInt32(keys.count))
      earlier.append(newest[bucket])
      newest[bucket] = UInt32(hashes.count)
      if frequency[bucket] < .max { frequency[bucket] += 1 }
    }
    keys.append(key)
    starts.append(UInt32(hashes.count))
  }

  /// Takes an article out; nothing happens where it is not there.
  public func remove(_ id: ArticleID) { slots[ArticleKey(id)] = nil }

  /// Whether an article is in it.
  public func contains(_ id: ArticleID) -> Bool { slots[ArticleKey(id)] != nil }

  /// The articles most related to one of the index, the most alike first, of equals the smaller id first.
  ///
  /// - Returns: at most `limit` articles with their similarity, 0 to 1; none where the article is not in the index.
  public func related(to id: ArticleID, limit: Int = 5) -> [(id: ArticleID, score: Double)] {
    guard let slot = slots[ArticleKey(id)] else { return [] }
    return related(terms(of: Int(slot)), excluding: ArticleKey(id), limit: limit)
  }

  /// The articles most related to one that need not be in the index.
  public func related(
    toTitle title: String, topics: [String], text: String, limit: Int = 5, excluding: ArticleID? = nil
  ) -> [(id: ArticleID, score: Double)] {
    let terms = KeyTerms.terms(title: title, topics: topics, text: text) { self.rarity($0) }
    return related(terms, excluding: excluding.map(ArticleKey.init), limit: limit)
  }

  /// Whether an article's slot is the one that counts: not removed, not replaced.
  func isLive(_ slot: Int) -> Bool { slots[keys[slot]] == UInt32(slot) }

  func terms(of slot: Int) -> [KeyTerms.Term] {
    (Int(starts[slot])..<Int(starts[slot + 1])).map { .init(hash: hashes[$0], weight: weights[$0]) }
  }
}

extension RelatedIndex {
  private static func bucket(_ hash: UInt32) -> Int { Int(hash >> 15) }

  /// 1 for a term that every article has, one more for each halving of that.
  private func rarity(_ hash: UInt32) -> Double {
    let articles = UInt64(max(1, keys.count))
    let with = UInt64(max(1, frequency[Self.bucket(hash)]))
    return 1 + max(0, Self.log2(articles) - Self.log2(with))
  }

  /// The binary logarithm, straight between powers of two: by integers, so that it is the same everywhere.
  private static func log2(_ value: UInt64) -> Double {
    let whole = 63 - value.leadingZeroBitCount
    let below = UInt64(1) << UInt64(whole)
    return Double(whole) + Double(value - below) / Double(below)
  }

  private func related(
    _ terms: [KeyTerms.Term], excluding: ArticleKey?, limit: Int
  ) -> [(id: ArticleID, score: Double)] {
    guard limit > 0, !terms.isEmpty else { return [] }
    let weighted = terms.map { (hash: $0.hash, value: Double($0.weight) * rarity($0.hash)) }
    let norm = weighted.reduce(0) { $0 + $1.value * $1.value }.squareRoot()
    let best = candidates(weighted)
    var found: [(key: ArticleKey, score: Double)] = []
    for slot in best where keys[slot] != excluding {
      let score = similarity(weighted, norm, to: slot)
      if score >= Self.lowestScore { found.append((keys[slot], min(1, score))) }
    }
    found.sort { $0.score != $1.score ? $0.score > $1.score : $0.key < $1.key }
    return found.prefix(limit).compactMap { entry in entry.key.id.map { ($0, entry.score) } }
  }

  /// The live articles with the greatest weight of common terms.
  private func candidates(_ terms: [(hash: UInt32, value: Double)]) -> [Int] {
    var sums: [UInt32: Double] = [:]
    for term in terms {
      var at = newest[Self.bucket(term.hash)]
      var walked = 0
      while at != 0, walked < Self.walkLimit {
        let entry = Int(at) - 1
        if hashes[entry] == term.hash {
          sums[owners[entry], default: 0] += term.value * Double(weights[entry])
        }
        at = earlier[entry]
        walked += 1
      }
    }
    let ranked = sums.filter { isLive(Int($0.key)) }
      .sorted { $0.value != $1.value ? $0.value > $1.value : $0.key < $1.key }
    return ranked.prefix(Self.candidateLimit).map { Int($0.key) }
  }

  /// The cosine of two articles' weighted terms.
  private func similarity(_ terms: [(hash: UInt32, value: Double)], _ norm: Double, to slot: Int) -> Double {
    var dot = 0.0
    var square = 0.0
    for term in self.terms(of: slot) {
      let value = Double(term.weight) * rarity(term.hash)
      square += value * value
      if let own = terms.first(where: { $0.hash == term.hash }) { dot += own.value * value }
    }
    let scale = norm * square.squareRoot()
    return scale > 0 ? dot / scale : 0
  }
}
