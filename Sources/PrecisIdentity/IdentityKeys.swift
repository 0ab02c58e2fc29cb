import PrecisDigest
import PrecisModel

/// One thing by which an article can be found again: a kind and 60 bits of a hash.
public struct IdentityKey: Hashable, Sendable {
  /// What a key is made of, strongest evidence first; the number stands in the key's highest four bits.
  public enum Kind: UInt8, Sendable, CaseIterable {
    // 1 was the article's id, by which the store finds it anyway; lines written before have it still.
    /// The GUID, within the feed.
    case guid = 2
    /// The page's address, over all feeds.
    case url = 3
    /// The GUID or the address without scheme and host, within the feed: for sites that moved.
    case path = 4
    /// The text, within the feed: for entries that were re-issued under another GUID.
    case content = 5
    /// The title and the day of publication, within the feed.
    case titleDay = 6
    /// The second of publication, within the feed, where it is no midnight: for titles that changed.
    case published = 7
  }

  /// The kind in the highest four bits, the hash in the others.
  public let rawKey: UInt64

  /// What the key is made of; nil for a number that is no key.
  public var kind: Kind? { Kind(rawValue: UInt8(rawKey >> 60)) }

  /// The key of a kind over a text.
  init(_ kind: Kind, _ text: String) { self.init(kind, hash: SHA256.prefix64(text)) }

  fileprivate init(_ kind: Kind, hash: UInt64) { rawKey = UInt64(kind.rawValue) << 60 | hash >> 4 }

  /// A key as it was stored.
  public init(rawKey: UInt64) { self.rawKey = rawKey }
}

/// All by which an article can be found again, and whether it changed.
public struct IdentityKeys {
  /// The raw keys of an article, strongest first: what the store's index holds for it.
  ///
  /// At most eight. Equal for the same article at every start and on every machine.
  public static func keys(of article: Article) -> [UInt64] { held(typed(of: article), of: article) }

  /// What the store's index holds of an article's keys: an article that has its id from its address is found by that, and
  /// needs no key of it besides.
  package static func held(_ typed: [IdentityKey], of article: Article) -> [UInt64] {
    let page = article.url.flatMap(AddressMemory.address)?.page
    let needless = page?.id == article.id ? page?.urlKey : nil
    return typed.lazy.map(\.rawKey).filter { $0 != needless }
  }

  /// The keys of an article, strongest first.
  public static func typed(of article: Article) -> [IdentityKey] {
    typed(of: article, guidKey: article.guid.flatMap { $0.isEmpty ? nil : guidKey($0, feed: article.feedID) })
  }

  /// The keys of an article, strongest first, where the one of its GUID is known already.
  package static func typed(of article: Article, guidKey: IdentityKey?) -> [IdentityKey] {
    var keys: [IdentityKey] = []
    keys.reserveCapacity(8)
    var text = KeyText(feed: article.feedID)
    if let guidKey { keys.append(guidKey) }
    let address = article.url.flatMap(AddressMemory.address)
    if let page = address?.page, isOwn(page.id, of: article) { keys.append(IdentityKey(rawKey: page.urlKey)) }
    let path = article.guid == article.url ? address?.pathKey : article.guid.flatMap(CanonicalURL.pathKey)
    if let path { keys.append(text.key(.path, path)) }
    if let other = address?.pathKey, other != path { keys.append(text.key(.path, other)) }
    if let content = article.content, content.text.utf8.count >= 100 {
      keys.append(text.key(.content, content.hash))
    }
    if let date = article.datePublished {
      let title = PlainTitle(article.title).text
      if !title.isEmpty {
        let day = (date.seconds - (date.seconds < 0 ? 86_399 : 0)) / 86_400
        keys.append(text.key(.titleDay, title, String(day)))
      }
      if date.seconds % 86_400 != 0 { keys.append(text.key(.published, String(date.seconds))) }
    }
    return keys
  }

  /// A hash of what counts as a change of an article; equal hashes: nothing to store.
  ///
  /// Counted: title, text (else the summary), authors' names, the addresses, attachments. Not counted: dates,
  /// which some feeds renew at every fetch; markup around unchanged text; tracking parameters; queries of
  /// attachments, where signatures stand; whatever the curator made.
  public static func fingerprint(of article: Article) -> UInt64 {
    fingerprint(of: article, addressKey: article.url.flatMap(CanonicalURL.key))
  }

  /// The fingerprint, where the key of the article's address is known already.
  package static func fingerprint(of article: Article, addressKey: String?) -> UInt64 {
    var text = HashedText()
    text.add(article.title)
    text.add("\n\u{1}", article.content?.hash ?? article.summary ?? "")
    for author in article.authors { text.add("\n\u{2}", author.name ?? "") }
    text.add("\n\u{3}", addressKey ?? "")
    text.add("\n\u{4}", article.externalURL.flatMap(CanonicalURL.key) ?? "")
    for attachment in article.attachments { text.add("\n\u{5}", String(withoutQuery(attachment.url))) }
    return text.hash
  }

  /// The key of a GUID within a feed.
  package static func guidKey(_ guid: String, feed: FeedID) -> IdentityKey {
    var text = KeyText(feed: feed)
    return text.key(.guid, guid)
  }

  /// What an address has in common with others of its page, and the key of that over all feeds; nil where the text is
  /// no absolute address. Where it is one page's, also the key of that over all feeds, and the id of an article that has its
  /// id from it: by the one or by the other it is found.
  package static func addressKeys(
    _ url: String
  ) -> (address: String, page: (key: IdentityKey, id: ArticleID)?)? {
    AddressMemory.address(url).map { known in
      (known.key, known.page.map { (IdentityKey(rawKey: $0.urlKey), $0.id) })
    }
  }

  /// An address without its query, as attachments are compared.
  public static func withoutQuery(_ url: String) -> Substring { url.prefix { $0 != "?" && $0 != "#" } }

  /// Whether an address stands for the article alone: one that several entries share gave them ids by GUID.
  private static func isOwn(_ page: ArticleID, of article: Article) -> Bool {
    let feed = article.source.feedURL
    return article.id == page
      || article.id != ArticleIdentity.byGUID(article.guid, feedURL: feed)
        && article.id != ArticleIdentity.byFragment(article.url, feedURL: feed)
  }
}

/// What keys within a feed are hashed from: its id and what follows, a line each. One buffer for all of an article's.
private struct KeyText {
  private var text = HashedText()

  init(feed: FeedID) { text.add(feed) }

  mutating func key(_ kind: IdentityKey.Kind, _ line: String, _ second: String? = nil) -> IdentityKey {
    text.cut(to: FeedID.textLength)
    text.add("\n", line)
    if let second { text.add("\n", second) }
    return IdentityKey(kind, hash: text.hash)
  }
}
