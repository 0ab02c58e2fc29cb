import PrecisIdentity
import PrecisModel

/// Whether two versions that share a key are one article: a key is a reason to look, not yet a proof.
///
/// Thresholds lean to "two articles": a double annoys, a lost article is lost.
public enum Sameness {
  /// Whether two articles that share an identity key are one, as a poll would decide that brought the first where the
  /// second is stored.
  public static func holds(of brought: Article, and stored: Article, by key: IdentityKey) -> Bool {
    let isOneFeed = brought.feedID == stored.feedID
    return switch key.kind {
    case .url: isOneFeed ? byAddress(brought, stored) : acrossFeeds(brought, stored)
    case .guid: isOneFeed && byGUID(brought, stored)
    case .path: isOneFeed && byPath(brought, stored)
    case .content: isOneFeed && byContent(brought, stored)
    case .titleDay: isOneFeed && byTitleAndDay(brought, stored)
    case .published: isOneFeed && byMoment(brought, stored)
    case nil: false
    }
  }

  /// By the same GUID in one feed: all but certain. Two articles only where title, address, date and text all
  /// differ.
  static func byGUID(_ entry: Article, _ stored: Article) -> Bool {
    if sameAddress(entry, stored) || sameMoment(entry, stored) { return true }
    let titles = (PlainTitle(entry.title), PlainTitle(stored.title))
    if titles.0.text.isEmpty || titles.1.text.isEmpty || titles.0.isEdit(of: titles.1) { return true }
    if entry.url == nil || stored.url == nil {
      // Without addresses the GUID stands alone; it is believed unless everything else speaks against it.
      guard entry.datePublished != nil, stored.datePublished != nil else { return true }
    }
    return containment(entry, stored) >= 0.5
  }

  /// By the same address in one feed, where the GUIDs differ or are absent.
  static func byAddress(_ entry: Article, _ stored: Article) -> Bool {
    if let one = fragment(entry), let other = fragment(stored), one != other {
      return resemblance(entry, stored) >= 0.95
    }
    let isEdit = PlainTitle(entry.title).isEdit(of: PlainTitle(stored.title))
    if isEdit, near(entry, stored, seconds: 2 * 86_400) {
      return !contradicts(entry, stored) || sameMoment(entry, stored)
    }
    if isEdit, resemblance(entry, stored) >= 0.8 { return true }
    return sameMoment(entry, stored) && !hasMidnight(entry) ? true : resemblance(entry, stored) >= 0.95
  }

  /// By the same address in two feeds.
  ///
  /// A feed of links gives other people's addresses to its own comments: the same address with another title
  /// and another text is another article.
  static func acrossFeeds(_ entry: Article, _ stored: Article) -> Bool {
    let titles = (PlainTitle(entry.title), PlainTitle(stored.title))
    if !titles.0.text.isEmpty, titles.0.likeness(to: titles.1) >= 0.6 { return true }
    return containment(entry, stored) >= 0.6
  }

  /// By the same path on another host, or over another scheme.
  static func byPath(_ entry: Article, _ stored: Article) -> Bool {
    PlainTitle(entry.title).isEdit(of: PlainTitle(stored.title)) && !contradicts(entry, stored)
      || sameMoment(entry, stored) && !hasMidnight(entry) || resemblance(entry, stored) >= 0.8
  }

  /// By the same text under another GUID and address.
  static func byContent(_ entry: Article, _ stored: Article) -> Bool {
    guard near(entry, stored, seconds: 2 * 86_400) else { return false }
    return PlainTitle(entry.title).isEdit(of: PlainTitle(stored.title))
      || sameMoment(entry, stored) && !hasMidnight(entry)
  }

  /// By the same title on the same day.
  static func byTitleAndDay(_ entry: Article, _ stored: Article) -> Bool {
    if entry.content == nil, stored.content == nil, sameMoment(entry, stored), !hasMidnight(entry) {
      return !contradicts(entry, stored)
    }
    return resemblance(entry, stored) >= 0.8
  }

  /// By the same second of publication.
  static func byMoment(_ entry: Article, _ stored: Article) -> Bool {
    let isEdit = PlainTitle(entry.title).isEdit(of: PlainTitle(stored.title))
    let texts = (text(of: entry), text(of: stored))
    guard texts.0.utf8.count >= 100, texts.1.utf8.count >= 100 else { return false }
    return TextLikeness.resemblance(texts.0, texts.1) >= (isEdit ? 0.5 : 0.9)
  }

  // MARK: Parts

  private static func text(of article: Article) -> String { article.content?.text ?? article.summary ?? "" }

  private static func fragment(_ article: Article) -> Substring? {
    article.url.flatMap { url in url.firstIndex(of: "#").map { url[$0...] } }
  }

  private static func containment(_ a: Article, _ b: Article) -> Double {
    TextLikeness.containment(text(of: a), text(of: b))
  }

  private static func resemblance(_ a: Article, _ b: Article) -> Double {
    TextLikeness.resemblance(text(of: a), text(of: b))
  }

  /// Whether both have a text of some length, and the texts have little in common.
  private static func contradicts(_ a: Article, _ b: Article) -> Bool {
    let texts = (text(of: a), text(of: b))
    guard texts.0.utf8.count >= 100, texts.1.utf8.count >= 100 else { return false }
    return TextLikeness.containment(texts.0, texts.1) < 0.2
  }

  private static func sameAddress(_ a: Article, _ b: Article) -> Bool {
    guard let left = a.url.flatMap(CanonicalURL.key), let right = b.url.flatMap(CanonicalURL.key) else {
      return false
    }
    return left == right
  }

  private static func sameMoment(_ a: Article, _ b: Article) -> Bool {
    a.datePublished != nil && a.datePublished == b.datePublished
  }

  private static func hasMidnight(_ article: Article) -> Bool {
    (article.datePublished?.seconds ?? 0) % 86_400 == 0
  }

  private static func near(_ a: Article, _ b: Article, seconds: Int64) -> Bool {
    guard let left = a.datePublished, let right = b.datePublished else { return true }
    return (left.seconds &- right.seconds).magnitude <= UInt64(seconds)
  }
}
