import PrecisCurate
import PrecisDedup
import PrecisHTML
import PrecisIdentity
import PrecisModel
import PrecisNearDuplicate
import PrecisNormalise
import PrecisStore

extension Engine {
  /// Sorts out what a batch of a feed's articles is to the store; what is new or changed goes on to the curator.
  func sift(_ batch: [NormalisedArticle], of poll: Poll, feed: UInt32) {
    guard let flight = flights[feed] else { return }
    var document = flight.document
    var changed: [Candidate] = []
    do {
      let decisions = try deduplicator.decideWithKeys(
        batch: batch.lazy.map(\.article), in: &document, known: StoredArticles(writer: writer)
      ) { try writer.article(id: $0) }
      for (decided, normalised) in zip(decisions, batch) where !decided.decision.isUnchanged {
        changed.append(
          Candidate(
            decision: decided.decision, links: normalised.links, keys: decided.keys,
            decidedAfter: lastAppended))
      }
    } catch {
      storeFailed(error)
      flight.storeError = "\(error)"
    }
    flight.document = document
    flight.batchesUnderWay += 1
    flight.batchesTaken += 1
    markTeasers(among: &changed, of: poll.state, on: flight)
    curate(changed, on: poll, feed: feed)
  }

  private func curator() -> Curator {
    if let madeCurator { return madeCurator }
    let curator = Curator(configuration: CuratorConfiguration(configuration))
    madeCurator = curator
    return curator
  }

  /// Fills the summary model on the feed's worker, and appends then; only then is more of the body read, so that what
  /// waits for the store is bounded.
  private func curate(_ candidates: [Candidate], on poll: Poll, feed: UInt32) {
    let curation = curation
    let frames = likeArticles.frames(of: poll.state.id)
    poll.worker.queue.async { @Sendable [self, frames] in
      var frames = frames
      let learned = frames.learn(from: candidates.compactMap(\.ownText))
      let ready = candidates.map { $0.finished(by: curation) { _ in frames }.prepared() }
      queue.async { @Sendable [self] in
        likeArticles.learn(learned, of: poll.state.id)
        append(ready, feed: feed)
        // A body that has come to its end waits for nothing.
        if let flight = flights[feed], flight.ending == nil {
          poll.worker.queue.async { @Sendable in poll.batchWasTaken() }
        }
      }
    }
  }

  /// What fills the summary model, by the present configuration.
  var curation: Curation { Curation(curator: curator(), configuration: configuration.curation) }

  /// Appends curated articles; they are durable with the next commit.
  private func append(_ candidates: [Candidate], feed: UInt32) {
    let flight = flights[feed]
    flight?.batchesUnderWay -= 1
    for candidate in candidates {
      do {
        let (decisions, isAsDecided) = try confirmed(candidate, on: flight)
        for decision in decisions {
          var candidate = candidate
          if !isAsDecided { candidate.decide(decision) }
          guard try !nearMerge(candidate, on: flight) else { continue }
          try store(decision, of: candidate, on: flight)
          flight?.want(candidate.page, of: decision.article)
        }
      } catch {
        storeFailed(error)
        flight?.storeError = "\(error)"
      }
    }
    settleIfDone(feed)
  }

  /// The decision on a candidate, taken anew where another feed stored the article while this one was with the
  /// curator.
  private func confirmed(_ candidate: Candidate, on flight: Flight?) throws
    -> (decisions: [DedupDecision], isAsDecided: Bool)
  {
    guard let id = candidate.decision.storedID else { return ([], true) }
    // Numbers of lines that were forgotten are given out again.
    let decidedAfter = flight?.isForgotten == true ? 0 : candidate.decidedAfter
    func isStoredSince(_ key: UInt64) -> Bool {
      writer.find(key).map { $0.sequence > decidedAfter } ?? false
    }
    // Weak keys may be shared by entries of one document: they prove nothing here.
    let strong = candidate.keys?.lazy.filter { $0.kind == .guid || $0.kind == .url }
    guard isStoredSince(id.prefix64) || strong?.contains(where: { isStoredSince($0.rawKey) }) ?? false else {
      return ([candidate.decision], true)
    }
    // The stored article plus a sighting is no article of this feed's: the sighting is found at its next poll.
    guard let article = candidate.article else { return ([], false) }
    let decisions = try deduplicator.decide(batch: [article], known: StoredArticles(writer: writer)) {
      try writer.article(id: $0)
    }
    return (decisions, false)
  }

  func store(_ decision: DedupDecision, of candidate: Candidate, on flight: Flight?) throws {
    switch decision {
    case .unchanged: return
    case .new(_, let fingerprint):
      try append(candidate.prepared(), fingerprint)
      flight?.new += 1
    case .revision(_, _, let fingerprint):
      try append(candidate.prepared(), fingerprint)
      flight?.revised += 1
    case .sighting(let article, _, let fingerprint):
      lastAppended = try writer.append(
        article, keys: candidate.entryKeys.isEmpty ? IdentityKeys.keys(of: article) : candidate.entryKeys,
        fingerprint: fingerprint)
      hasUnpublishedChanges = true
      hasNewArticles = true
      hasAppended = true
      flight?.seenElsewhere += 1
    }
  }

  /// Appends what a worker has made ready.
  func append(_ candidate: Candidate, _ fingerprint: UInt64) throws {
    guard let line = candidate.line else { return }
    lastAppended = try writer.append(
      line, keys: (candidate.heldKeys ?? []) + candidate.entryKeys, fingerprint: fingerprint)
    if let digest = candidate.digest { likeArticles.insert(digest, id: line.id) }
    hasUnpublishedChanges = true
    hasNewArticles = true
    hasAppended = true
  }
}

/// The store's index as the deduplicator asks it.
struct StoredArticles: KnownArticles {
  let writer: StoreWriter

  func find(_ key: UInt64) -> Known? {
    writer.find(key).map {
      Known(id: $0.id, feed: $0.feed, fingerprint: $0.fingerprint, isRemoved: $0.isRemoved)
    }
  }
}

/// What the deduplicator said of an article, and what the curator needs beside it.
struct Candidate: Sendable {
  var decision: DedupDecision
  var links: [CleanHTML.Link]
  /// The keys of the article that was decided on; nil where they are to be made.
  var keys: [IdentityKey]?
  /// Those of them that the store is to hold.
  var heldKeys: [UInt64]?
  /// Keys of a sighting, by which its feed's entry is known again.
  var entryKeys: [UInt64] = []
  /// Its page, where that is to be read.
  var page: FeedState.WantedPage?
  /// The number of the store's last line then.
  let decidedAfter: Int64
  /// The decision with the article as it was before the curator.
  var uncurated: DedupDecision?
  /// What the article is recognised by among others.
  var digest: LikeArticles.Digest?
  /// The article as it is appended, made on the worker.
  var line: PreparedArticle?

  /// Takes a decision that was taken anew: what was made for the one before is no longer of use.
  mutating func decide(_ decision: DedupDecision) {
    self.decision = decision
    keys = nil
    heldKeys = nil
    line = nil
  }

  /// With the summary model filled, and what the article is recognised by; what the publisher gave stays where the
  /// curator finds nothing.
  func finished(by curation: Curation, frames: (FeedID) -> FeedFrames) -> Candidate {
    var copy = self
    let curated: DedupDecision? =
      switch decision {
      case .new(let article, let fingerprint):
        curated(article, by: curation).map { .new($0, fingerprint: fingerprint) }
      case .revision(let article, let previous, let fingerprint):
        curated(article, by: curation).map { .revision($0, previous: previous, fingerprint: fingerprint) }
      case .unchanged, .sighting: nil
      }
    if let curated {
      if decision.isNew { copy.uncurated = decision }
      copy.decision = curated
      // It was made of the article as it was.
      copy.line = nil
    }
    copy.digest = copy.decision.digest(frames: frames)
    // The curator changes nothing that a key is made of.
    if copy.keys == nil { copy.keys = copy.decision.keys }
    return copy
  }

  private func curated(_ article: Article, by curation: Curation) -> Article? {
    curation.curated(article, links: links.map { (url: $0.url, text: $0.text) })
  }

  /// The text that the publisher gave what is to be stored as an article of the feed.
  var ownText: String? {
    switch decision {
    case .new(let article, _), .revision(let article, _, _): article.ownText
    case .unchanged, .sighting: nil
    }
  }

  /// With its line and its keys made, where they are not.
  func prepared() -> Candidate {
    var copy = self
    if line == nil { copy.line = decision.line }
    if heldKeys == nil { copy.heldKeys = decision.heldKeys(keys) }
    return copy
  }
}

extension DedupDecision {
  /// The id under which something is to be stored, if anything.
  fileprivate var storedID: ArticleID? {
    switch self {
    case .unchanged: nil
    case .new(let article, _), .revision(let article, _, _), .sighting(let article, _, _): article.id
    }
  }

  fileprivate var keys: [IdentityKey]? {
    switch self {
    case .unchanged: nil
    case .new(let article, _), .revision(let article, _, _), .sighting(let article, _, _):
      IdentityKeys.typed(of: article)
    }
  }

  fileprivate func heldKeys(_ known: [IdentityKey]?) -> [UInt64]? {
    switch self {
    case .new(let article, _), .revision(let article, _, _):
      IdentityKeys.held(known ?? IdentityKeys.typed(of: article), of: article)
    case .unchanged, .sighting: nil
    }
  }

  fileprivate var line: PreparedArticle? {
    switch self {
    case .new(let article, _), .revision(let article, _, _): PreparedArticle(article)
    case .unchanged, .sighting: nil
    }
  }

  fileprivate func digest(frames: (FeedID) -> FeedFrames) -> LikeArticles.Digest? {
    switch self {
    case .new(let article, _), .revision(let article, _, _):
      LikeArticles.Digest(article, frames: frames(article.feedID))
    case .unchanged, .sighting: nil
    }
  }
}
