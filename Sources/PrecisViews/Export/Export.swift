import PrecisJSON
import PrecisModel

/// What an exported document says of itself.
public struct ExportHeading: Sendable, Equatable {
  /// The title.
  public var title: String
  /// A sentence on what it holds.
  public var description: String?
  /// The page that it belongs to.
  public var homePageURL: String?
  /// Where it can be fetched.
  public var feedURL: String?
  /// The moment of its newest article; an Atom feed must state one.
  public var updated: Timestamp

  /// A heading from its parts.
  public init(
    title: String = "Precis", description: String? = nil, homePageURL: String? = nil, feedURL: String? = nil,
    updated: Timestamp = Timestamp(seconds: 0)
  ) {
    self.title = title
    self.description = description
    self.homePageURL = homePageURL
    self.feedURL = feedURL
    self.updated = updated
  }
}

/// Streams articles out of the store in the formats of other programs.
///
/// A source is asked for one article after another and ends with nil; a sink gets pieces of about 64 KiB. Memory
/// does not grow with the number of articles. Errors of either pass through.
public enum Export {
  /// The next article; nil at the end.
  public typealias Source = () throws -> Article?
  /// Takes the next bytes.
  public typealias Sink = (UnsafeBufferPointer<UInt8>) throws -> Void

  /// The formats, named as `precis export --format` has them.
  public enum Format: String, Sendable, CaseIterable {
    /// JSON Feed 1.1 with `_precis`.
    case jsonFeed = "json"
    /// Atom 1.0 (RFC 4287).
    case atom
    /// Subscriptions as OPML 2.0.
    case opml
    /// One article a line, as in the store.
    case ndjson
    /// RFC 4180.
    case csv
    /// A database file.
    case sqlite
  }

  /// A source of articles that are at hand.
  public static func source(_ articles: some Sequence<Article>) -> Source {
    var iterator = articles.makeIterator()
    return { iterator.next() }
  }

  /// One JSON object a line, as the store's entries have it.
  public static func ndjson(_ source: Source, to sink: Sink) throws {
    var json = JSONWriter(capacity: 2 * pieceSize)
    while let article = try source() {
      article.write(to: &json)
      json.newline()
      try flush(&json, to: sink, from: pieceSize)
    }
    try flush(&json, to: sink, from: 1)
  }

  /// One JSON Feed 1.1 document.
  public static func jsonFeed(_ source: Source, heading: ExportHeading, to sink: Sink) throws {
    var json = JSONWriter(capacity: 2 * pieceSize)
    JSONFeedView(heading: heading).begin(&json)
    var isFirst = true
    while let article = try source() {
      // The writer forgets with its bytes that a comma is due.
      if !isFirst, json.isEmpty { try [0x2C].withUnsafeBufferPointer(sink) }
      isFirst = false
      JSONFeedView.write(article, to: &json)
      try flush(&json, to: sink, from: pieceSize)
    }
    if json.isEmpty {
      try Array("]}\n".utf8).withUnsafeBufferPointer(sink)
    } else {
      JSONFeedView.end(&json)
      try flush(&json, to: sink, from: 1)
    }
  }

  /// Bytes gathered before a sink is called.
  static let pieceSize = 65_536

  private static func flush(_ json: inout JSONWriter, to sink: Sink, from size: Int) throws {
    guard json.count >= size else { return }
    try json.withBytes(sink)
    json.removeAll()
  }
}
