import PrecisJSON
import PrecisModel

/// Articles as JSON Feed 1.1, each item with the whole summary model under `_precis`.
///
/// `latest.json` is this view of the newest articles; `precis export --format json` of any. `_precis` of an item is
/// the article's line of the store without `content`, which the item itself carries.
/// Source: https://www.jsonfeed.org/version/1.1/
public struct JSONFeedView: Sendable {
  /// The value of `_precis.version` of the document: raised when a member changes its meaning.
  public static let version = 1

  /// What the document says of itself.
  public var heading: ExportHeading

  /// A view with its heading.
  public init(heading: ExportHeading = ExportHeading()) { self.heading = heading }

  /// The document, ended by a line feed; the articles in the order given.
  public func bytes(_ articles: [Article]) -> [UInt8] {
    var json = JSONWriter(capacity: 4096 + articles.count * 8192)
    begin(&json)
    for article in articles { Self.write(article, to: &json) }
    Self.end(&json)
    return json.bytes
  }

  /// Writes all that comes before the first item.
  func begin(_ json: inout JSONWriter) {
    json.beginObject()
    json.field("version", "https://jsonfeed.org/version/1.1")
    json.field("title", heading.title)
    json.field("home_page_url", heading.homePageURL)
    json.field("feed_url", heading.feedURL)
    json.field("description", heading.description)
    json.key("_precis")
    json.beginObject()
    json.field("version", Self.version)
    json.endObject()
    json.key("items")
    json.beginArray()
  }

  /// Writes all that comes after the last item.
  static func end(_ json: inout JSONWriter) {
    json.endArray()
    json.endObject()
    json.newline()
  }

  /// Writes one item.
  static func write(_ article: Article, to json: inout JSONWriter) {
    json.beginObject()
    json.field("id", article.id.text)
    json.field("url", article.url)
    json.field("external_url", article.externalURL)
    if !article.title.isEmpty { json.field("title", article.title) }
    writeContent(article, to: &json)
    json.field("summary", article.summary)
    json.field("image", article.image)
    json.field("date_published", article.datePublished?.description)
    json.field("date_modified", article.dateModified?.description)
    // An author of the specification has a name, an address or an avatar; one known by mail alone is left out.
    let authors = article.authors.filter { $0.name != nil || $0.url != nil }
    if !authors.isEmpty {
      json.key("authors")
      json.beginArray()
      for author in authors { Article.Author(name: author.name, url: author.url).write(to: &json) }
      json.endArray()
    }
    if !article.topics.isEmpty { json.field("tags", article.topics) }
    json.field("language", article.language)
    if !article.attachments.isEmpty {
      json.key("attachments")
      json.beginArray()
      for var attachment in article.attachments {
        // The specification asks for a type always.
        attachment.mimeType = attachment.mimeType ?? "application/octet-stream"
        attachment.write(to: &json)
      }
      json.endArray()
    }
    json.key("_precis")
    var model = article
    model.content = nil
    model.write(to: &json)
    json.endObject()
  }

  /// At least one of `content_html` and `content_text` must be there: the summary or the title stands in.
  private static func writeContent(_ article: Article, to json: inout JSONWriter) {
    guard let content = article.content, !(content.html.isEmpty && content.text.isEmpty) else {
      json.field("content_text", article.summary ?? article.title)
      return
    }
    if !content.html.isEmpty { json.field("content_html", content.html) }
    if !content.text.isEmpty { json.field("content_text", content.text) }
  }
}
