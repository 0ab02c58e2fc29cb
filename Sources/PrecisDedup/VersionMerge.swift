import PrecisIdentity
import PrecisModel

/// A stored article and a version of it that a feed brought: what of the two is kept.
struct VersionMerge {
  let stored: Article
  let brought: Article
  let configuration: DedupConfiguration
  /// How the two were found to be one.
  var kind = Article.Sighting.Kind.same
  /// Which text is the fuller one, where that was measured; else it goes by the number of words.
  var fuller: FullerText?

  private var broughtIsFuller: Bool {
    fuller.map { $0 == .brought } ?? Self.isFar(words(of: brought), above: words(of: stored))
  }

  /// Whether a change waits only because the article changes too often.
  var isHeldBack: Bool {
    stored.revision >= configuration.freeRevisions
      && brought.dateSynced.seconds &- stored.dateSynced.seconds < configuration.revisionSpacing
  }

  // MARK: The article's own feed

  /// A version that the article's own feed brought.
  func ownDecision(fingerprint: UInt64) -> DedupDecision {
    var merged = successor(of: brought, feedID: stored.feedID)
    merged.duplicates = stored.duplicates
    keepFullerText(in: &merged)
    guard Self.differ(stored, merged), !isHeldBack else { return .unchanged }
    return .revision(merged, previous: stored, fingerprint: fingerprint)
  }

  // MARK: Another feed

  /// A version that another feed brought.
  ///
  /// The article belongs to one feed at a time, whose versions alone make revisions. It passes to another one
  /// where that is the site's own and the present one is not, or, between equals, where that has far more of
  /// the text: so it ends up in the same place whichever feed came first, and passes on a bounded number of
  /// times.
  func foreignDecision(fingerprint: UInt64, storedFingerprint: UInt64) -> DedupDecision {
    let isFuller = broughtIsFuller
    let (atHome, wasAtHome) = (Self.isAtHome(brought), Self.isAtHome(stored))
    if (atHome && !wasAtHome) || (isFuller && atHome == wasAtHome) {
      guard !isHeldBack else { return .unchanged }
      var merged = successor(of: brought, feedID: brought.feedID)
      merged.duplicates = stored.duplicates.filter { $0.source.feedURL != brought.source.feedURL }
      add(sighting(of: stored, on: stored.dateSynced), to: &merged)
      keepFullerText(in: &merged)
      return .revision(merged, previous: stored, fingerprint: fingerprint)
    }
    let seen = stored.duplicates.contains { $0.source.feedURL == brought.source.feedURL }
    let sighting = sighting(of: brought, on: brought.dateSynced)
    if isFuller, !isHeldBack {
      // The site's own feed gives a teaser, this one the text: the article stays where it is and gets the
      // text.
      var merged = stored
      merged.revision += 1
      merged.dateSynced = brought.dateSynced
      merged.content = brought.content
      merged.wordCount = brought.wordCount
      merged.length = brought.length
      // The curator begins from what the publisher said beside this text.
      merged.summary = brought.summary
      merged.topics = brought.topics.isEmpty ? stored.topics : brought.topics
      if !seen { add(sighting, to: &merged) }
      return .revision(merged, previous: stored, fingerprint: storedFingerprint)
    }
    guard !seen, stored.duplicates.count < configuration.sightingLimit else { return .unchanged }
    var article = stored
    article.duplicates.append(sighting)
    return .sighting(article, sighting, fingerprint: storedFingerprint)
  }

  private func sighting(of article: Article, on date: Timestamp) -> Article.Sighting {
    Article.Sighting(url: article.url, source: article.source, dateSeen: date, kind: kind)
  }

  private func add(_ sighting: Article.Sighting, to article: inout Article) {
    guard article.duplicates.count < configuration.sightingLimit else { return }
    article.duplicates.append(sighting)
  }

  /// Whether an article's page and its feed, or the feed's home page, are on one site.
  static func isAtHome(_ article: Article) -> Bool {
    guard let site = article.url.flatMap(CanonicalURL.site) else { return false }
    return site == CanonicalURL.site(article.source.feedURL)
      || site == article.source.homePageURL.flatMap(CanonicalURL.site)
  }

  // MARK: What is kept

  /// The brought version under the stored id; what it does not say, the stored one still says.
  private func successor(of version: Article, feedID: FeedID) -> Article {
    var merged = version
    merged.id = stored.id
    merged.feedID = feedID
    merged.revision = stored.revision &+ 1
    merged.guid = version.guid ?? stored.guid
    merged.url = version.url ?? stored.url
    merged.externalURL = version.externalURL ?? stored.externalURL
    if version.title.isEmpty { merged.title = stored.title }
    if version.authors.isEmpty { merged.authors = stored.authors }
    if version.attachments.isEmpty { merged.attachments = stored.attachments }
    merged.image = version.image ?? stored.image
    merged.language = version.language ?? stored.language
    merged.license = version.license ?? stored.license
    merged.location = version.location ?? stored.location
    merged.commentsURL = version.commentsURL ?? stored.commentsURL
    merged.commentsFeedURL = version.commentsFeedURL ?? stored.commentsFeedURL
    merged.commentCount = version.commentCount ?? stored.commentCount
    if version.inReplyTo.isEmpty { merged.inReplyTo = stored.inReplyTo }
    // The first date of publication stays: some feeds give the present moment. A date that lay in the future
    // was wrong.
    if let first = stored.datePublished, first <= stored.dateSynced || version.datePublished == nil {
      merged.datePublished = first
    }
    return merged
  }

  /// Keeps the stored text where none was brought, where the brought one is far shorter and only its
  /// beginning (a feed that turned to teasers) or the stored one may be another feed's, and where the stored
  /// one came from the page and is longer.
  private func keepFullerText(in merged: inout Article) {
    guard let old = stored.content else { return }
    if let new = brought.content {
      guard new.hash != old.hash else { return }
      let isFarShorter = Self.isFar(stored.wordCount, above: brought.wordCount)
      let mayBeForeign = !stored.duplicates.isEmpty || stored.feedID != brought.feedID
      let isTeaser =
        fuller == .stored || (isFarShorter && (mayBeForeign || Self.isBeginning(new.text, of: old.text)))
        || (mayBeForeign && FullerText(brought: brought.wordCount, stored: stored.wordCount) == .stored
          && TextLikeness.containment(new.text, old.text) >= 0.7)
      guard isTeaser || (old.isExtracted && brought.wordCount < stored.wordCount) else { return }
    }
    merged.content = old
    merged.wordCount = stored.wordCount
    merged.length = stored.length
  }

  private func words(of article: Article) -> Int { article.content == nil ? 0 : article.wordCount }

  /// Twice as much and fifty words more.
  private static func isFar(_ more: Int, above less: Int) -> Bool {
    more >= less.multipliedReportingOverflow(by: 2).partialValue &+ 50
  }

  /// Whether a text is the beginning of another, but for an ending of up to 60 bytes (`… Read more`).
  static func isBeginning(_ text: String, of whole: String) -> Bool {
    let (short, long) = (text.utf8, whole.utf8)
    var common = 0
    for (a, b) in zip(short, long) {
      guard a == b else { break }
      common += 1
    }
    return common >= 20 && short.count - common <= 60
  }

  // MARK: What counts as a change

  /// Whether a version says anything that the stored one does not.
  static func differ(_ stored: Article, _ version: Article) -> Bool {
    if stored.title != version.title { return true }
    if stored.content?.hash != version.content?.hash { return true }
    if stored.content == nil, version.content == nil, stored.summary != version.summary { return true }
    if stored.authors.map(\.name) != version.authors.map(\.name) { return true }
    if stored.attachments.map({ IdentityKeys.withoutQuery($0.url) })
      != version.attachments.map({ IdentityKeys.withoutQuery($0.url) })
    {
      return true
    }
    return page(stored.url) != page(version.url) || page(stored.externalURL) != page(version.externalURL)
  }

  /// An address as far as a change of it matters: sessions and counters stand in the query.
  private static func page(_ url: String?) -> Substring? {
    url.map { CanonicalURL.key($0).map { IdentityKeys.withoutQuery($0) } ?? Substring($0) }
  }
}
