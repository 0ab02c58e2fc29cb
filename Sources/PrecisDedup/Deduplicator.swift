import PrecisIdentity
import PrecisModel

/// Decides for the entries of a feed document whether each is new, changed, known, or known from elsewhere.
///
/// Evidence is taken strongest first: the GUID within the feed, the address over all feeds, then (within the
/// feed) the address without scheme and host, the text, the title with its day, the second of publication. A
/// match by a weak key is believed only where the stored article reads the same (``Sameness``). See
/// docs/deduplication.md.
///
/// The same document and store give the same decisions; what it remembers only saves it from reading the
/// store.
public struct Deduplicator: Sendable {
  /// The numbers it goes by.
  public var configuration: DedupConfiguration
  /// Pairs of a stored and a brought version that came to nothing, as hashes: they need not be compared
  /// again.
  private var settled: Set<UInt64> = []
  private static let settledLimit = 65_536

  /// A deduplicator that goes by these numbers.
  public init(configuration: DedupConfiguration = DedupConfiguration()) { self.configuration = configuration }

  /// One decision for each article of a whole feed document, in its order.
  public mutating func decide(
    batch: [Article], known: some KnownArticles, load: (ArticleID) throws -> Article?
  ) rethrows -> [DedupDecision] {
    var document = DocumentMemory()
    return try decide(batch: batch, in: &document, known: known, load: load)
  }

  /// One decision for each article of a part of a feed document, in its order.
  ///
  /// What is decided to be stored must be found by `known` before the next document is decided.
  /// - Parameters:
  ///   - document: what the document brought before; the same value from its first part to its last.
  ///   - load: reads a stored article; nil where it is not there any more.
  public mutating func decide(
    batch: [Article], in document: inout DocumentMemory, known: some KnownArticles,
    load: (ArticleID) throws -> Article?
  ) rethrows -> [DedupDecision] {
    try decideWithKeys(batch: batch, in: &document, known: known, load: load).map(\.decision)
  }

  /// A decision, and the keys of what it is about, where they were made on the way to it.
  public typealias KeyedDecision = (decision: DedupDecision, keys: [IdentityKey]?)

  /// The same decisions with the keys of what is new, as `IdentityKeys.typed(of:)` gives them, where it kept its id.
  public mutating func decideWithKeys(
    batch: some Sequence<Article>, in document: inout DocumentMemory, known: some KnownArticles,
    load: (ArticleID) throws -> Article?
  ) rethrows -> [KeyedDecision] {
    let entries = batch.map { Entry($0) }
    Self.settleInside(entries, &document)
    var decisions = [KeyedDecision?](repeating: nil, count: entries.count)
    // Strong keys of all entries come before weak ones of any: an article that is still in the document under
    // its own GUID is nobody else's.
    for index in entries.indices {
      if entries[index].isSuperseded {
        decisions[index] = (.unchanged, nil)
      } else {
        decisions[index] = try matchStrongly(entries[index], in: &document, known, load).map { ($0, nil) }
      }
    }
    for index in entries.indices where decisions[index] == nil {
      let keys = IdentityKeys.typed(of: entries[index].article, guidKey: entries[index].guidKey)
      if let decision = try matchWeakly(entries[index], keys, in: &document, known, load) {
        decisions[index] = (decision, nil)
      } else {
        let (decision, keepsID) = adopt(entries[index], in: &document, known)
        decisions[index] = (decision, keepsID ? keys : nil)
      }
    }
    return decisions.map { $0 ?? (.unchanged, nil) }
  }

  // MARK: Matches

  private mutating func matchStrongly(
    _ entry: Entry, in document: inout DocumentMemory, _ known: some KnownArticles,
    _ load: (ArticleID) throws -> Article?
  ) rethrows -> DedupDecision? {
    let hasGUID = entry.guidKey.map { !document.sharedGUIDs.contains($0.rawKey) } ?? false
    if hasGUID, let key = entry.guidKey, let found = known.find(key.rawKey),
      let decision = try match(entry, found, in: &document, load, Sameness.byGUID)
    {
      return decision
    }
    let hasAddress = entry.page != nil && !isShared(entry, in: document)
    if hasAddress, let page = entry.page, let found = known.find(page.key.rawKey) ?? known.find(page.id) {
      let isSame = found.feed == entry.feed ? Sameness.byAddress : Sameness.acrossFeeds
      if let decision = try match(entry, found, in: &document, load, isSame) { return decision }
    }
    // Entries with neither GUID nor address of their own have nothing but fragment, title and date: what
    // their ids are made of.
    guard !hasGUID, !hasAddress else { return nil }
    for way in IDSource.allCases where way != .content {
      guard let id = id(of: entry, by: way, in: document),
        let found = known.find(id), found.feed == entry.feed
      else { continue }
      if let decision = try match(entry, found, in: &document, load, { _, _ in true }) { return decision }
    }
    return nil
  }

  private mutating func matchWeakly(
    _ entry: Entry, _ keys: [IdentityKey], in document: inout DocumentMemory, _ known: some KnownArticles,
    _ load: (ArticleID) throws -> Article?
  ) rethrows -> DedupDecision? {
    for key in keys {
      let isSame: (Article, Article) -> Bool
      switch key.kind {
      case .path: isSame = Sameness.byPath
      case .content: isSame = Sameness.byContent
      case .titleDay: isSame = Sameness.byTitleAndDay
      case .published: isSame = Sameness.byMoment
      case .guid, .url, nil: continue
      }
      guard document.weakMatches < configuration.weakMatchLimit, let found = known.find(key.rawKey),
        found.feed == entry.feed, !document.claimed.contains(found.id)
      else { continue }
      document.weakMatches += 1
      let guids = document.guids
      let decision = try match(entry, found, in: &document, load) { brought, stored in
        // Its GUID is in this very document, on another entry.
        if let guid = stored.guid, guid != brought.guid,
          guids[IdentityKeys.guidKey(guid, feed: brought.feedID).rawKey] != nil
        {
          return false
        }
        return isSame(brought, stored)
      }
      if let decision { return decision }
    }
    return nil
  }

  /// What follows from a match with a stored article; nil where it is another article after all.
  private mutating func match(
    _ entry: Entry, _ found: Known, in document: inout DocumentMemory, _ load: (ArticleID) throws -> Article?,
    _ isSame: (Article, Article) -> Bool
  ) rethrows -> DedupDecision? {
    guard !document.claimed.contains(found.id) else { return nil }
    let isOwn = found.feed == entry.feed
    if found.isRemoved || (isOwn && found.fingerprint == entry.fingerprint) {
      document.claimed.insert(found.id)
      return .unchanged
    }
    let pair = Self.pair(found, entry)
    if settled.contains(pair) {
      document.claimed.insert(found.id)
      return .unchanged
    }
    guard let stored = try load(found.id) else {
      // The index knows it, the store has lost it: what the feed still has takes its place.
      document.claimed.insert(found.id)
      var article = entry.article
      article.id = found.id
      return .new(article, fingerprint: entry.fingerprint)
    }
    guard isSame(entry.article, stored) else { return nil }
    document.claimed.insert(found.id)
    let merge = VersionMerge(stored: stored, brought: entry.article, configuration: configuration)
    let decision =
      isOwn
      ? merge.ownDecision(fingerprint: entry.fingerprint)
      : merge.foreignDecision(fingerprint: entry.fingerprint, storedFingerprint: found.fingerprint)
    if decision == .unchanged, !merge.isHeldBack {
      if settled.count >= Self.settledLimit { settled.removeAll(keepingCapacity: true) }
      settled.insert(pair)
    }
    return decision
  }

  private static func pair(_ found: Known, _ entry: Entry) -> UInt64 {
    var hash = found.id.prefix64
    for part in [found.fingerprint, entry.fingerprint, entry.feed] {
      hash = (hash ^ part) &* 0x9E37_79B9_7F4A_7C15
    }
    return hash ^ (hash >> 29)
  }

  /// Makes an entry a new article, under the first id of its own that is nobody else's; tells whether it is the one that
  /// it came with.
  private func adopt(_ entry: Entry, in document: inout DocumentMemory, _ known: some KnownArticles)
    -> (decision: DedupDecision, keepsID: Bool)
  {
    for way in IDSource.allCases {
      guard let id = id(of: entry, by: way, in: document), !document.claimed.contains(id),
        known.find(id) == nil
      else { continue }
      document.claimed.insert(id)
      if id == entry.article.id { return (.new(entry.article, fingerprint: entry.fingerprint), true) }
      var article = entry.article
      article.id = id
      return (.new(article, fingerprint: entry.fingerprint), false)
    }
    // Everything that it says has been said.
    return (.unchanged, false)
  }

  /// What an id may be made of, best first.
  private enum IDSource: CaseIterable { case address, guid, fragment, title, content }

  /// The id that an entry may have in one way; nil where that rests on what it shares with other entries of its
  /// document. Made one by one, for the first is nearly always free.
  private func id(of entry: Entry, by source: IDSource, in document: DocumentMemory) -> ArticleID? {
    let article = entry.article
    let feed = article.source.feedURL
    switch source {
    case .address:
      return isShared(entry, in: document) ? nil : ArticleIdentity.byAddress(article.url, feedURL: feed)
    case .guid:
      let isShared = entry.guidKey.map { document.sharedGUIDs.contains($0.rawKey) } ?? false
      return isShared ? nil : ArticleIdentity.byGUID(article.guid, feedURL: feed)
    case .fragment:
      return isShared(entry, in: document) ? ArticleIdentity.byFragment(article.url, feedURL: feed) : nil
    case .title:
      return ArticleIdentity.byTitle(article.title, datePublished: article.datePublished, feedURL: feed)
    case .content: return ArticleIdentity.byContent(of: article)
    }
  }

  private func isShared(_ entry: Entry, in document: DocumentMemory) -> Bool {
    entry.addressKey.map { document.sharedAddresses.contains($0) } ?? false
  }
}
