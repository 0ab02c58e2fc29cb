import PrecisDedup
import PrecisIdentity
import PrecisModel

extension Engine {
  /// Near-duplicates that are looked at for one article.
  private static var nearLimit: Int { 8 }

  /// Whether polls may begin: the indexes of like articles know all that the store had when it was opened. Where not,
  /// a part of that is done and the queue comes back, so that it answers meanwhile.
  func hasCaughtUp() -> Bool {
    guard !likeArticles.isReady else { return true }
    likeArticles.catchUp()
    if likeArticles.isReady { return true }
    queue.async { @Sendable [self] in pump() }
    return false
  }

  /// What is to be done with an article that a stored one has the text of, and the keys by which it is known again.
  typealias NearDecision = (decision: DedupDecision, keys: [UInt64])

  /// Merges a new article with a stored one that has its text; false where there is none.
  func nearMerge(_ candidate: Candidate, on flight: Flight?) throws -> Bool {
    guard let flight, let near = try nearDecision(on: candidate, in: &flight.document) else { return false }
    try store(near, of: candidate, on: flight)
    return true
  }

  /// The decision on a new article that a stored one has the text of; nil where there is none.
  func nearDecision(on candidate: Candidate, in document: inout DocumentMemory) throws -> NearDecision? {
    guard let digest = candidate.digest, candidate.decision.isNew else { return nil }
    let matches = likeArticles.nearDuplicates(of: digest).prefix(Self.nearLimit)
    guard !matches.isEmpty, case .new(let curated, let fingerprint) = candidate.decision else { return nil }
    var brought = candidate.uncurated?.article ?? curated
    brought.id = curated.id
    for match in matches where match.id != brought.id {
      guard let known = writer.find(match.id.prefix64), known.id == match.id, !known.isRemoved,
        let stored = try writer.article(id: match.id)
      else { continue }
      // What the index knows may be of an earlier text: the stored one decides.
      let sketch = LikeArticles.Digest(stored, frames: likeArticles.frames(of: stored.feedID)).sketch
      let similarity = digest.sketch.similarity(with: sketch)
      guard similarity > 0 else { continue }
      let merge = NearMerge(
        brought: brought, stored: stored, similarity: similarity, broughtWords: digest.sketch.wordCount,
        storedWords: sketch.wordCount)
      let decision = merge.decision(
        in: &document, storedFingerprint: known.fingerprint, fingerprint: fingerprint,
        configuration: deduplicator.configuration)
      if let decision { return (decision, merge.sightingKeys) }
    }
    return nil
  }

  /// Stores a near-duplicate: as a sighting, or as a revision that has its text.
  func store(_ near: NearDecision, of candidate: Candidate, on flight: Flight?) throws {
    var merged = candidate
    merged.decision = near.decision
    (merged.line, merged.heldKeys) = (nil, nil)
    // Rare enough to be curated here: only where the fuller text comes second.
    if case .revision = near.decision {
      merged = merged.finished(by: curation, frames: likeArticles.frames(of:))
    }
    merged.entryKeys = merged.nearKeys(candidate.entryKeys + near.keys)
    try store(merged.decision, of: merged, on: flight)
  }
}

extension Candidate {
  /// The keys of the stored article, then those of the sighting.
  fileprivate func nearKeys(_ more: [UInt64]) -> [UInt64] {
    switch decision {
    case .sighting(let article, _, _): IdentityKeys.keys(of: article) + more
    default: more
    }
  }
}
