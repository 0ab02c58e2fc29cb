import PrecisJSON
import PrecisModel

/// Writes a feed document as `precis parse --json` prints it, entry by entry.
///
/// The texts of an entry are handed in by the caller, who chose whether they are raw or sanitised.
public enum FeedDocumentJSON {
  /// The texts of a feed or an entry as they are to be printed.
  public struct Texts: Sendable {
    /// The title, as characters.
    public var title: String?
    /// The summary, or a feed's description, as HTML.
    public var summaryHTML: String?
    /// The content, as HTML.
    public var contentHTML: String?

    /// Texts from their parts.
    public init(title: String? = nil, summaryHTML: String? = nil, contentHTML: String? = nil) {
      self.title = title
      self.summaryHTML = summaryHTML
      self.contentHTML = contentHTML
    }
  }

  /// Opens the document: entries come before the feed, which is only known as a whole at the end.
  public static func begin(_ json: inout JSONWriter) {
    json.beginObject()
    json.key("entries")
    json.beginArray()
  }

  /// Writes one entry.
  public static func write(_ entry: ParsedEntry, texts: Texts, to json: inout JSONWriter) {
    json.beginObject()
    json.field("id", entry.id)
    json.field("url", entry.url)
    json.field("external_url", entry.externalURL)
    json.field("title", texts.title)
    writeAuthors(entry.authors, to: &json)
    write("date_published", entry.datePublished, to: &json)
    write("date_modified", entry.dateModified, to: &json)
    json.field("summary_html", texts.summaryHTML)
    json.field("content_html", texts.contentHTML)
    json.field("image", entry.image)
    json.field("language", entry.language)
    json.field("topics", entry.topics)
    json.key("attachments")
    json.beginArray()
    for attachment in entry.attachments {
      json.beginObject()
      json.field("url", attachment.url)
      json.field("mime_type", attachment.mimeType)
      json.field("title", attachment.title)
      json.field("size_in_bytes", attachment.sizeInBytes)
      json.field("duration_in_seconds", attachment.durationInSeconds)
      json.endObject()
    }
    json.endArray()
    json.field("license", entry.license)
    json.field("location", entry.location)
    json.field("comments_url", entry.commentsURL)
    json.field("comments_feed_url", entry.commentsFeedURL)
    json.field("comment_count", entry.commentCount)
    json.field("in_reply_to", entry.inReplyTo)
    json.endObject()
  }

  /// Closes the document with the feed and the warnings.
  public static func end(
    _ feed: ParsedFeed, texts: Texts, warnings: [ParseWarning], to json: inout JSONWriter
  ) {
    json.endArray()
    json.key("feed")
    json.beginObject()
    json.field("title", texts.title)
    json.field("home_page_url", feed.homePageURL)
    json.field("feed_url", feed.feedURL)
    json.field("description", texts.summaryHTML)
    json.field("language", feed.language)
    write("date_modified", feed.dateModified, to: &json)
    json.field("icon", feed.icon)
    json.field("license", feed.license)
    writeAuthors(feed.authors, to: &json)
    json.field("format", feed.format.rawValue)
    json.endObject()
    json.key("warnings")
    json.beginArray()
    for warning in warnings {
      json.beginObject()
      json.field("line", warning.line)
      json.field("message", warning.message)
      json.endObject()
    }
    json.endArray()
    json.endObject()
  }

  private static func write(_ key: StaticString, _ date: Timestamp?, to json: inout JSONWriter) {
    guard let date else { return }
    json.key(key)
    date.withRFC3339 { json.string(utf8: $0) }
  }

  private static func writeAuthors(_ authors: [Article.Author], to json: inout JSONWriter) {
    json.key("authors")
    json.beginArray()
    for author in authors {
      json.beginObject()
      json.field("name", author.name)
      json.field("url", author.url)
      json.field("email", author.email)
      json.endObject()
    }
    json.endArray()
  }
}
