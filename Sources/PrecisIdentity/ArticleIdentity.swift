import PrecisDigest
import PrecisModel

/// What makes an article this article: the text that its id is the hash of.
public enum ArticleIdentity {
  /// The id of an entry: by its page's address, else by its GUID within its feed, else by title and date.
  ///
  /// An address counts where it is a page of its own: not a site's root, and not the feed. The same page
  /// gives the same id whichever feed brings it, over http or https, with or without tracking parameters.
  public static func id(
    guid: String?, url: String?, feedURL: String, title: String, datePublished: Timestamp?
  ) -> ArticleID {
    byAddress(url, feedURL: feedURL) ?? byGUID(guid, feedURL: feedURL)
      ?? byTitle(title, datePublished: datePublished, feedURL: feedURL)
  }

  /// The id by the page's address; nil where the address is absent or no page of its own.
  public static func byAddress(_ url: String?, feedURL: String) -> ArticleID? {
    guard let address = url.flatMap(AddressMemory.address), let page = address.page,
      address.key != CanonicalURL.key(feedURL)
    else { return nil }
    return page.id
  }

  /// The id by the GUID within the feed; nil where the GUID is absent or blank.
  ///
  /// A feed stays the same one over http and https, so its entries keep their ids.
  public static func byGUID(_ guid: String?, feedURL: String) -> ArticleID? {
    guard let guid = guid.map(trimmed), !guid.isEmpty else { return nil }
    return ArticleID(identity: "guid\n\(scope(feedURL))\n\(guid)")
  }

  /// The id by an address with its fragment, for the entries of a page that holds several; nil without a
  /// fragment.
  public static func byFragment(_ url: String?, feedURL: String) -> ArticleID? {
    guard let url, let hash = url.utf8.firstIndex(of: 0x23), let key = CanonicalURL.key(url) else {
      return nil
    }
    return ArticleID(identity: "fragment\n\(scope(feedURL))\n\(key)\n\(url[hash...])")
  }

  /// The id by title and date within the feed: for entries that give nothing better.
  public static func byTitle(_ title: String, datePublished: Timestamp?, feedURL: String) -> ArticleID {
    let date = datePublished.map { String($0.seconds) } ?? ""
    return ArticleID(identity: "title\n\(scope(feedURL))\n\(PlainTitle(title).text)\n\(date)")
  }

  /// The id by everything an entry says: the last resort, where all else is another article's.
  public static func byContent(of article: Article) -> ArticleID {
    let parts = [
      scope(article.source.feedURL), article.guid ?? "", article.url ?? "", article.title,
      article.datePublished.map { String($0.seconds) } ?? "", article.content?.hash ?? article.summary ?? "",
    ]
    return ArticleID(identity: "content\n" + parts.joined(separator: "\n"))
  }

  private static func scope(_ feedURL: String) -> String { CanonicalURL.key(feedURL) ?? feedURL }

  private static func trimmed(_ text: String) -> String {
    func isSpace(_ byte: UInt8) -> Bool { byte <= 0x20 }
    let bytes = text.utf8
    guard let first = bytes.first, let last = bytes.last, isSpace(first) || isSpace(last) else { return text }
    let head = bytes.drop(while: isSpace)
    var end = head.endIndex
    while end > head.startIndex, isSpace(head[head.index(before: end)]) { end = head.index(before: end) }
    return String(decoding: head[..<end], as: UTF8.self)
  }
}
