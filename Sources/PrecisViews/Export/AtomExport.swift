import PrecisModel

extension Export {
  /// One Atom 1.0 feed (RFC 4287); each entry names the feed that it came from in `source`.
  public static func atom(_ source: Source, heading: ExportHeading, to sink: Sink) throws {
    var xml = XMLWriter()
    xml.declaration()
    xml.begin(
      "feed",
      [
        ("xmlns", "http://www.w3.org/2005/Atom"), ("xmlns:thr", "http://purl.org/syndication/thread/1.0"),
        ("xmlns:georss", "http://www.georss.org/georss"),
      ])
    xml.element("id", heading.feedURL ?? "urn:precis:library")
    xml.element("title", clean(heading.title))
    xml.element("subtitle", heading.description)
    xml.element("updated", heading.updated.description)
    xml.element("generator", "Precis")
    if let url = heading.feedURL { xml.empty("link", [("rel", "self"), ("href", url)]) }
    if let url = heading.homePageURL { xml.empty("link", [("rel", "alternate"), ("href", url)]) }
    while let article = try source() {
      write(article, to: &xml)
      if xml.bytes.count >= pieceSize {
        try xml.bytes.withUnsafeBufferPointer(sink)
        xml.removeAll()
      }
    }
    xml.end()
    try xml.bytes.withUnsafeBufferPointer(sink)
  }

  private static func write(_ article: Article, to xml: inout XMLWriter) {
    xml.begin("entry", [("xml:lang", article.language)])
    xml.element("id", "urn:precis:article:" + article.id.text)
    xml.element("title", article.title.isEmpty ? "Untitled" : clean(article.title))
    xml.element("updated", (article.dateModified ?? article.datePublished ?? article.dateSynced).description)
    xml.element("published", article.datePublished?.description)
    writeAuthors(of: article, to: &xml)
    writeLinks(of: article, to: &xml)
    writeDiscussion(of: article, to: &xml)
    writePlace(of: article, to: &xml)
    for topic in article.topics { xml.empty("category", [("term", topic)]) }
    xml.element("summary", article.summary)
    if let html = article.content?.html, !html.isEmpty {
      xml.element("content", html, [("type", "html"), ("xml:base", article.url)])
    } else if let text = article.content?.text, !text.isEmpty {
      xml.element("content", text)
    }
    xml.begin("source")
    xml.element("id", article.source.feedURL)
    xml.element("title", clean(article.source.name))
    xml.element("updated", article.dateSynced.description)
    xml.empty("link", [("rel", "self"), ("href", article.source.feedURL)])
    if let home = article.source.homePageURL { xml.empty("link", [("rel", "alternate"), ("href", home)]) }
    xml.end()
    xml.end()
  }

  /// An entry must have an author, and an author a name (RFC 4287 sections 4.1.2 and 3.2.1).
  private static func writeAuthors(of article: Article, to xml: inout XMLWriter) {
    let authors = article.authors.isEmpty ? [Article.Author(name: article.source.name)] : article.authors
    for author in authors {
      xml.begin("author")
      xml.element("name", clean(author.name ?? author.email ?? author.url ?? article.source.name))
      xml.element("uri", author.url)
      xml.element("email", author.email)
      xml.end()
    }
  }

  private static func writeLinks(of article: Article, to xml: inout XMLWriter) {
    // An entry without content must have an alternate link.
    let url =
      article.url ?? (article.content == nil ? article.source.homePageURL ?? article.source.feedURL : nil)
    if let url { xml.empty("link", [("rel", "alternate"), ("href", url)]) }
    if let url = article.externalURL { xml.empty("link", [("rel", "related"), ("href", url)]) }
    if let url = article.license { xml.empty("link", [("rel", "license"), ("href", url)]) }
    for attachment in article.attachments {
      xml.empty(
        "link",
        [
          ("rel", "enclosure"), ("href", attachment.url), ("type", attachment.mimeType),
          ("length", attachment.sizeInBytes.map(String.init)), ("title", attachment.title),
        ])
    }
  }

  /// RFC 4685.
  private static func writeDiscussion(of article: Article, to xml: inout XMLWriter) {
    if let url = article.commentsURL {
      xml.empty("link", [("rel", "replies"), ("href", url), ("type", "text/html")])
    }
    if let url = article.commentsFeedURL {
      // Whether it is RSS or Atom is not known.
      xml.empty("link", [("rel", "replies"), ("href", url), ("type", "application/xml")])
    }
    if let count = article.commentCount { xml.element("thr:total", String(count)) }
    for answered in article.inReplyTo {
      // The identifier must be there: the address stands in for it.
      xml.empty("thr:in-reply-to", [("ref", answered.ref ?? answered.url), ("href", answered.url)])
    }
  }

  /// GeoRSS in its simple form.
  private static func writePlace(of article: Article, to xml: inout XMLWriter) {
    guard let location = article.location else { return }
    xml.element("georss:point", "\(location.latitude) \(location.longitude)")
    xml.element("georss:featurename", location.name.map(clean))
  }

  private static func clean(_ text: String) -> String { TerminalText.clean(text) }
}
