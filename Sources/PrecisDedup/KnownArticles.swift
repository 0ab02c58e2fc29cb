import PrecisModel

/// What the store knows, as the deduplicator asks for it.
public protocol KnownArticles {
  /// The newest article that was stored with this raw key (see `IdentityKeys`), or whose id has this `prefix64`; nil:
  /// there is none.
  func find(_ key: UInt64) -> Known?
}

extension KnownArticles {
  /// The article that has an id, or that was seen under it.
  func find(_ id: ArticleID) -> Known? { find(id.prefix64) }
}

/// An article of the store, as its index knows it.
public struct Known: Equatable, Sendable {
  /// Its id.
  public var id: ArticleID
  /// The number of the feed that it belongs to.
  public var feed: UInt64
  /// `IdentityKeys.fingerprint(of:)` of what the feed last brought for it.
  public var fingerprint: UInt64
  /// Whether it was removed from the store by a rule: it must not come back as new.
  public var isRemoved: Bool

  /// A known article from its parts.
  public init(id: ArticleID, feed: UInt64, fingerprint: UInt64, isRemoved: Bool = false) {
    self.id = id
    self.feed = feed
    self.fingerprint = fingerprint
    self.isRemoved = isRemoved
  }
}
