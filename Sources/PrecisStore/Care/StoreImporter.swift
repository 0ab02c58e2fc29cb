import PrecisModel

/// What an import did.
public struct ImportReport: Sendable, Equatable {
  /// Articles that were new.
  public var added = 0
  /// Articles of which the other store had a later revision.
  public var updated = 0
  /// Articles that were known already.
  public var known = 0
  /// Subscriptions that were new.
  public var feeds = 0
}

/// Merges another store into one that is open for writing.
public enum StoreImporter {
  /// Takes in the articles and subscriptions of the store in `directory`, without doubles.
  ///
  /// An article is known when its id is; of two revisions the higher stays. It is known, too, when an identity key leads
  /// to one that `isSame` takes for it, unless the other store holds that as well, under its own id. New
  /// subscriptions come without validators, so that their next poll fetches all. It commits as it goes and may be
  /// repeated after a failure.
  ///
  /// - Parameters:
  ///   - page: the key of the page that an article's address is of, and the id of an article that is named by that.
  ///   - isSame: whether an article of the other store and a held one, which share a key, are one.
  public static func merge(
    from directory: String, into writer: StoreWriter,
    page: (Article) -> (key: UInt64, id: ArticleID)? = { _ in nil },
    isSame: (_ brought: Article, _ held: Article, _ key: UInt64) -> Bool
  ) throws -> ImportReport {
    let reader = try StoreReader(directory: directory)
    var report = ImportReport()
    try reader.forEachLine { head, article in
      guard let article else { return }
      var keys = head.keys
      var fingerprint = head.fingerprint
      if !head.hasIdentity { (keys, fingerprint) = writer.options.keys(article) }
      let held = writer.find(article.id.prefix64).flatMap { $0.id == article.id ? $0 : nil }
      let isKnown =
        if let held {
          held.isRemoved || held.revision >= article.revision
        } else {
          try Self.likes(of: article, keys, page(article), in: writer).contains { key, like in
            guard !like.isRemoved, try reader.article(id: like.id) == nil else { return false }
            return isSame(article, try writer.article(like), key)
          }
        }
      if isKnown {
        report.known += 1
      } else {
        try writer.append(article, keys: keys, fingerprint: fingerprint)
        if held == nil { report.added += 1 } else { report.updated += 1 }
      }
      if head.isKept { try writer.setKept(article.id, true) }
      if writer.pendingBytes >= 4 << 20 { try writer.commit() }
    }
    for var state in try reader.feeds() where try writer.state(state.id) == nil {
      state.validators = nil
      state.bodyHash = nil
      state.nextDue = nil
      try writer.put(state)
      report.feeds += 1
      if writer.pendingBytes >= 4 << 20 { try writer.commit() }
    }
    try writer.commit()
    return report
  }

  /// The held articles to which the keys of one lead, each with the key. One that is named by its page has no key of that.
  private static func likes(
    of article: Article, _ keys: [UInt64], _ page: (key: UInt64, id: ArticleID)?, in writer: StoreWriter
  ) -> [(key: UInt64, KnownArticle)] {
    var likes = keys.compactMap { key in writer.find(key).map { (key: key, $0) } }
    if let page, let like = writer.find(page.key) ?? writer.find(page.id.prefix64) {
      likes.append((page.key, like))
    }
    return likes
  }
}
