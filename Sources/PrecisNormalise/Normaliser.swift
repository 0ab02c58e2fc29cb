import PrecisDigest
import PrecisHTML
import PrecisIdentity
import PrecisModel
import PrecisURL

/// Makes an article of what a publisher wrote: dates in UTC, absolute addresses, clean HTML and its text.
///
/// Nothing is made up: what the entry does not say stays absent. Reusable, keeps its buffers; one thread at a time.
public final class Normaliser {
  /// Bytes of a title that are kept.
  static let titleLimit = 1000
  /// Topics of the publisher that are kept.
  static let topicLimit = 32
  /// Attachments that are kept.
  static let attachmentLimit = 64
  /// Authors that are kept.
  static let authorLimit = 32
  /// Characters of the publisher's summary that are kept.
  static let summaryLimit = 1000
  /// How far in the future a date of publication may lie, in seconds: clocks differ, and so do time zones.
  static let futureLimit: Int64 = 2 * 86_400

  private let cleaner: HTMLCleaner
  private var lastSource:
    (title: ParsedText?, home: String?, feedURL: String, override: String?, source: Article.Source)?

  /// A normaliser that keeps to these limits.
  public init(limits: HTMLLimits = HTMLLimits()) { cleaner = HTMLCleaner(limits: limits) }

  /// A feed's title as characters; nil where it has none.
  public static func feedTitle(_ feed: ParsedFeed) -> String? {
    feed.title.map { PlainText.of($0) }.flatMap { $0.isEmpty ? nil : $0 }
  }

  /// The article of an entry.
  public func article(
    _ entry: ParsedEntry, of feed: ParsedFeed, in context: FeedContext, at now: Timestamp
  ) -> NormalisedArticle {
    var warnings: [String] = []
    let url = address(of: entry)
    let title = cut(entry.title.map { PlainText.of($0) } ?? "", bytes: Self.titleLimit)
    let published = believable(entry.datePublished, "published", now, &warnings)
    let source = source(feed, context)
    var article = Article(
      id: ArticleIdentity.id(
        guid: entry.id, url: url, feedURL: context.feedURL, title: title, datePublished: published),
      feedID: context.feedID, title: title, source: source, dateSynced: now)
    article.guid = entry.id
    article.url = url.map { CanonicalURL.canonical($0) ?? $0 }
    article.externalURL = entry.externalURL.flatMap { web($0) }
    article.datePublished = published
    article.dateModified = believable(entry.dateModified, "modified", now, &warnings)
    article.authors = authors(entry.authors.isEmpty ? feed.authors : entry.authors)
    article.language = LanguageTag.normalised(entry.language ?? feed.language)
    article.topics = topics(entry.topics)
    if !article.topics.isEmpty { article.provenance["topics"] = Article.Provenance(by: .publisher) }
    article.attachments = attachments(entry.attachments)
    article.attribution = Article.Attribution(publisher: source.name)
    article.license = (entry.license ?? feed.license).flatMap { web($0) }
    article.location = location(entry.location)
    article.commentsURL = entry.commentsURL.flatMap { web($0) }
    article.commentsFeedURL = entry.commentsFeedURL.flatMap { web($0) }
    article.commentCount = entry.commentCount
    article.inReplyTo = answered(entry.inReplyTo)
    let (links, images) = fill(&article, from: entry)
    article.image = entry.image.flatMap { web($0) } ?? images.first
    return NormalisedArticle(article: article, links: links, warnings: warnings)
  }

  // MARK: Content

  /// Fills content and summary: the content element, else the description, which is the summary where both exist.
  private func fill(
    _ article: inout Article, from entry: ParsedEntry
  ) -> (links: [CleanHTML.Link], images: [String]) {
    let body = entry.content ?? entry.summary
    let clean = body.map { cleaner.clean($0) } ?? CleanHTML()
    if !clean.text.isEmpty || !clean.html.isEmpty {
      article.content = Article.Content(
        html: clean.html, text: clean.text, hash: "sha256:" + SHA256.hex(clean.text))
    }
    article.wordCount = clean.wordCount
    if entry.content != nil, let summary = entry.summary {
      let text = cleaner.clean(summary).text
      setSummary(&article, text, content: clean.text)
    } else if entry.content == nil {
      // The description is all there is: as the summary it is the publisher's own words, if it is short.
      setSummary(&article, clean.text, content: nil)
    }
    if article.wordCount > 0 { article.length = Article.Length(wordCount: article.wordCount) }
    return (clean.links, clean.images)
  }

  private func setSummary(_ article: inout Article, _ text: String, content: String?) {
    guard content.map({ $0 != text }) ?? true else { return }
    let line = Prose.oneLine(text, characters: Self.summaryLimit)
    guard !line.isEmpty else { return }
    article.summary = line
    article.provenance["summary"] = Article.Provenance(by: .publisher)
  }

  private func cut(_ text: String, bytes limit: Int) -> String {
    guard text.utf8.count > limit else { return text }
    var end = text.utf8.index(text.utf8.startIndex, offsetBy: limit)
    while end > text.startIndex, end.samePosition(in: text.unicodeScalars) == nil {
      end = text.utf8.index(before: end)
    }
    return String(text[..<end]) + "…"
  }

  // MARK: Parts

  /// The entry's page: its link, else a GUID that is an address.
  private func address(of entry: ParsedEntry) -> String? {
    if let url = entry.url.flatMap({ web($0) }) { return url }
    if let id = entry.id, id.hasPrefix("http"), let url = web(id) { return url }
    return entry.attachments.lazy.compactMap { [self] in web($0.url) }.first
  }

  private func web(_ text: String) -> String? {
    guard let url = WebURL(text), url.isWeb else { return nil }
    return url.withoutCredentials().text
  }

  private func believable(
    _ date: Timestamp?, _ name: String, _ now: Timestamp, _ warnings: inout [String]
  ) -> Timestamp? {
    guard let date else { return nil }
    guard date <= now + Self.futureLimit else {
      warnings.append("the date \(name) (\(date)) lies in the future and is left out")
      return nil
    }
    return date
  }

  /// The same for all entries of a feed: made once.
  private func source(_ feed: ParsedFeed, _ context: FeedContext) -> Article.Source {
    if let last = lastSource, last.title == feed.title, last.home == feed.homePageURL,
      last.feedURL == context.feedURL, last.override == context.titleOverride
    {
      return last.source
    }
    let host = WebURL(context.feedURL)?.host ?? context.feedURL
    let name = context.titleOverride ?? Self.feedTitle(feed) ?? host
    let source = Article.Source(
      name: cut(name, bytes: 300), feedURL: context.feedURL, homePageURL: feed.homePageURL.flatMap { web($0) }
    )
    lastSource = (feed.title, feed.homePageURL, context.feedURL, context.titleOverride, source)
    return source
  }

  private func authors(_ given: [Article.Author]) -> [Article.Author] {
    var seen: Set<Article.Author> = []
    var authors: [Article.Author] = []
    for author in given.prefix(Self.authorLimit) {
      let name = author.name.map { cut(PlainText.of(ParsedText($0, kind: .unknown)), bytes: 300) }
      let clean = Article.Author(
        name: name.flatMap { $0.isEmpty ? nil : $0 }, url: author.url.flatMap { web($0) }, email: author.email
      )
      if clean != Article.Author(), seen.insert(clean).inserted { authors.append(clean) }
    }
    return authors
  }

  private func topics(_ given: [String]) -> [String] {
    var seen: Set<String> = []
    var topics: [String] = []
    for topic in given {
      let text = cut(PlainText.of(ParsedText(topic, kind: .unknown)), bytes: 120)
      guard !text.isEmpty, seen.insert(text.lowercased()).inserted else { continue }
      topics.append(text)
      if topics.count == Self.topicLimit { break }
    }
    return topics
  }

  private func location(_ given: Article.Location?) -> Article.Location? {
    guard var location = given else { return nil }
    let name = location.name.map { cut(PlainText.of(ParsedText($0, kind: .unknown)), bytes: 300) }
    location.name = name.flatMap { $0.isEmpty ? nil : $0 }
    return location
  }

  private func answered(_ given: [Article.InReplyTo]) -> [Article.InReplyTo] {
    given.compactMap { answered in
      let clean = Article.InReplyTo(ref: answered.ref, url: answered.url.flatMap { web($0) })
      return clean == Article.InReplyTo() ? nil : clean
    }
  }

  private func attachments(_ given: [Article.Attachment]) -> [Article.Attachment] {
    var seen: Set<String> = []
    return given.prefix(Self.attachmentLimit).compactMap { attachment in
      guard let url = web(attachment.url), seen.insert(url).inserted else { return nil }
      var clean = attachment
      clean.url = url
      clean.title = attachment.title.map { cut(PlainText.of(ParsedText($0, kind: .unknown)), bytes: 300) }
      return clean
    }
  }
}

/// Language tags as BCP 47 writes them.
enum LanguageTag {
  /// `EN_us` becomes `en-US`; nil for what is no tag.
  static func normalised(_ text: String?) -> String? {
    guard let text else { return nil }
    let parts = text.split { $0 == "-" || $0 == "_" || $0 == " " }
    guard let first = parts.first, 2...3 ~= first.utf8.count, parts.count <= 6,
      parts.allSatisfy({ 1...8 ~= $0.utf8.count && $0.utf8.allSatisfy(isAlphanumeric) }),
      first.utf8.allSatisfy({ 0x61...0x7A ~= $0 | 0x20 })
    else { return nil }
    let rest = parts.dropFirst().map { part -> String in
      switch part.utf8.count {
      case 2: part.uppercased()
      case 4: part.prefix(1).uppercased() + part.dropFirst().lowercased()
      default: part.lowercased()
      }
    }
    return ([first.lowercased()] + rest).joined(separator: "-")
  }

  private static func isAlphanumeric(_ byte: UInt8) -> Bool {
    0x61...0x7A ~= byte | 0x20 || 0x30...0x39 ~= byte
  }
}
