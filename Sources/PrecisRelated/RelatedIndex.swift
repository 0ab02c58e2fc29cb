import PrecisModel
import PrecisPostings

/// Finds the articles of a store that are about the same things.
///
/// An inverted index over a few weighted key terms of each article, which costs about 300 bytes. It is asked when an
/// article is read, so an older article finds a newer one as well as the other way round. A question looks at a
/// bounded number of articles of each term, so its cost hardly grows with the store. Derived data: it is rebuilt from
/// the store at any time. Not thread-safe: one owner.
public final class RelatedIndex {
  private let postings: PostingIndex

  /// Articles of one term that one question looks at, the newest segments first.
  private static let walkLimit = 256
  /// Candidates whose similarity is computed in full.
  private static let candidateLimit = 48
  /// Articles less alike than this are not called related.
  public static let lowestScore = 0.10

  /// An empty index in memory.
  public init() { postings = PostingIndex() }

  /// An index over postings, in a directory or not.
  package init(_ postings: PostingIndex) { self.postings = postings }

  /// The index that a store's writer keeps in a directory, for asking; nil where there is none yet.
  public init?(reading directory: String) {
    guard let postings = try? PostingIndex(directory: directory, access: .reading) else { return nil }
    self.postings = postings
  }

  /// The articles in it; those that were replaced count until they are merged away.
  public var count: Int { postings.count }

  /// The bytes that it holds, mapped file pages included.
  public var memoryBytes: Int { postings.bytes }

  /// Adds an article, or replaces what is known of it.
  public func insert(_ terms: RelatedTerms, id: ArticleID) {
    postings.insert(id, record: terms.record, keys: terms.terms.map(\.hash))
  }

  /// Whether an article is in it.
  public func contains(_ id: ArticleID) -> Bool { postings.contains(id) }

  /// The articles most related to one, the most alike first, of equals the smaller id first; it need not be in the
  /// index.
  ///
  /// - Returns: at most `limit` articles with their similarity, 0 to 1.
  public func related(
    to terms: RelatedTerms, excluding: ArticleID? = nil, limit: Int = 5
  ) -> [(id: ArticleID, score: Double)] {
    guard limit > 0, !terms.terms.isEmpty else { return [] }
    var rarities = Rarities(postings)
    let weighted = terms.terms.map { (hash: $0.hash, value: Double($0.weight) * rarities.of($0.hash)) }
    let norm = weighted.reduce(0) { $0 + $1.value * $1.value }.squareRoot()
    let excluded = excluding
    var found: [(key: ArticleID, score: Double)] = []
    for place in candidates(weighted) {
      let key = postings.key(at: place)
      guard key != excluded, postings.place(of: key) == place else { continue }
      let other = postings.withRecord(at: place, RelatedTerms.terms)
      let score = similarity(weighted, norm, to: other, &rarities)
      if score >= Self.lowestScore { found.append((key, min(1, score))) }
    }
    found.sort { $0.score != $1.score ? $0.score > $1.score : $0.key < $1.key }
    return found.prefix(limit).map { ($0.key, $0.score) }
  }
}

extension RelatedIndex {
  /// The places with the greatest weight of common terms.
  private func candidates(_ terms: [(hash: UInt32, value: Double)]) -> [PostingIndex.Place] {
    var sums: [PostingIndex.Place: Double] = [:]
    for term in terms {
      var walked = 0
      postings.forEachPlace(of: term.hash) { place in
        sums[place, default: 0] += term.value
        walked += 1
        return walked < Self.walkLimit
      }
    }
    let ranked = sums.map { (place: $0.key, sum: $0.value, key: postings.key(at: $0.key)) }
      .sorted { $0.sum != $1.sum ? $0.sum > $1.sum : $0.key < $1.key }
    return ranked.prefix(Self.candidateLimit).map(\.place)
  }

  /// The cosine of two articles' weighted terms.
  private func similarity(
    _ terms: [(hash: UInt32, value: Double)], _ norm: Double, to other: [KeyTerms.Term],
    _ rarities: inout Rarities
  ) -> Double {
    var dot = 0.0
    var square = 0.0
    for term in other {
      let value = Double(term.weight) * rarities.of(term.hash)
      square += value * value
      if let own = terms.first(where: { $0.hash == term.hash }) { dot += own.value * value }
    }
    let scale = norm * square.squareRoot()
    return scale > 0 ? dot / scale : 0
  }
}

/// How telling terms are in the store, looked up once for a question.
private struct Rarities {
  private let postings: PostingIndex
  private let articles: Double
  private var known: [UInt32: Double] = [:]

  init(_ postings: PostingIndex) {
    self.postings = postings
    articles = Self.log2(UInt64(postings.count + Self.young))
  }

  /// A store of a few articles says little about what is rare: it is taken to have so many more.
  private static let young = 16

  /// 1 for a term that every article has, one more for each halving of that.
  mutating func of(_ hash: UInt32) -> Double {
    if let rarity = known[hash] { return rarity }
    let rarity = 1 + max(0, articles - Self.log2(UInt64(max(1, postings.frequency(of: hash)))))
    known[hash] = rarity
    return rarity
  }

  /// The binary logarithm, straight between powers of two: by integers, so that it is the same everywhere.
  private static func log2(_ value: UInt64) -> Double {
    let whole = 63 - value.leadingZeroBitCount
    let below = UInt64(1) << UInt64(whole)
    return Double(whole) + Double(value - below) / Double(below)
  }
}
