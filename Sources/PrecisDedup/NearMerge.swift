import PrecisIdentity
import PrecisModel

/// A new article that reads as a stored one: whether the two are one, and what becomes of them.
///
/// Likeness of the texts is a reason to look, not yet a proof: publishers fill forms, repeat notices, and number the parts
/// of a series. In doubt two articles stay two.
public struct NearMerge {
  /// The new article, as its feed brought it.
  public var brought: Article
  /// The stored one.
  public var stored: Article
  /// How alike their texts are: 1 the same words, 0.5 to 1 nearly the same.
  public var similarity: Double
  /// Words of the new text without frame lines.
  public var broughtWords: Int
  /// Words of the stored text without frame lines.
  public var storedWords: Int

  /// Shorter texts are no evidence by themselves: their titles must agree, too.
  private static let fewestWords = 60
  /// From here on nine runs of words in ten are common.
  private static let sure = 0.95

  /// A pair from its parts.
  public init(brought: Article, stored: Article, similarity: Double, broughtWords: Int, storedWords: Int) {
    self.brought = brought
    self.stored = stored
    self.similarity = similarity
    self.broughtWords = broughtWords
    self.storedWords = storedWords
  }

  /// What is to be stored: the stored article with a sighting, or a revision of it with the fuller text; nil where the
  /// two are two articles.
  ///
  /// - Parameters:
  ///   - document: what else the new article's feed brought: entries of one document that a site tells apart are apart.
  ///   - storedFingerprint: of what its feed last brought for the stored article.
  public func decision(
    in document: inout DocumentMemory, storedFingerprint: UInt64, fingerprint: UInt64,
    configuration: DedupConfiguration
  ) -> DedupDecision? {
    guard areOne(isClaimed: document.claimed.contains(stored.id)) else { return nil }
    document.claimed.insert(stored.id)
    let merge = VersionMerge(
      stored: stored, brought: brought, configuration: configuration, kind: .near,
      fuller: FullerText(brought: broughtWords, stored: storedWords))
    return merge.foreignDecision(fingerprint: fingerprint, storedFingerprint: storedFingerprint)
  }

  /// The keys by which the sighting is known again, so that its next poll costs nothing.
  ///
  /// None for a second entry of the article's own feed: what that feed says of the article must come from the first.
  public var sightingKeys: [UInt64] {
    guard brought.feedID != stored.feedID else { return [] }
    let strong = IdentityKeys.typed(of: brought).filter { $0.kind == .guid || $0.kind == .url }
    return strong.isEmpty ? [brought.id.prefix64] : strong.map(\.rawKey)
  }

  private func areOne(isClaimed: Bool) -> Bool {
    let titles = (PlainTitle(brought.title), PlainTitle(stored.title))
    let sameNumbers = titles.0.hasSameNumbers(as: titles.1)
    let isSure = similarity >= Self.sure
    if min(broughtWords, storedWords) < Self.fewestWords {
      guard !titles.0.text.isEmpty, sameNumbers, titles.0.likeness(to: titles.1) >= 0.6 else { return false }
    }
    let isOneSite = isOneSite
    if isOneSite || brought.feedID == stored.feedID {
      // The fuller text of a second entry would come and go with each version of the first.
      let isLost = brought.feedID == stored.feedID && broughtWords > storedWords + 15
      guard sameNumbers, !isClaimed || !isOneSite, !isLost else { return false }
    }
    guard isOneSite else {
      // "Open thread 512" and "Open thread 513" may have one text.
      let isSeries = !sameNumbers && titles.0.likeness(to: titles.1) >= 0.75
      return !isSeries || (similarity >= 0.975 && areNearInTime)
    }
    // One site fills forms: notes of releases, listings, weekly threads.
    guard isSure, areNearInTime else { return false }
    return brought.feedID != stored.feedID || titles.0.isEdit(of: titles.1)
  }

  private var isOneSite: Bool {
    guard let left = brought.url.flatMap(CanonicalURL.site), let right = stored.url.flatMap(CanonicalURL.site)
    else { return brought.feedID == stored.feedID }
    return left == right
  }

  private var areNearInTime: Bool {
    guard let left = brought.datePublished, let right = stored.datePublished else { return true }
    return (left.seconds &- right.seconds).magnitude <= 2 * 86_400
  }
}
