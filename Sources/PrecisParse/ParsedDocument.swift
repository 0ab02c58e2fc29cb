import PrecisModel

/// A whole feed document, for callers that want it in one piece.
public struct ParsedDocument: Equatable, Sendable {
  /// The feed.
  public var feed: ParsedFeed
  /// Its entries, in the order of the document.
  public var entries: [ParsedEntry]
  /// What was odd.
  public var warnings: [ParseWarning]

  /// A document from its parts.
  public init(feed: ParsedFeed, entries: [ParsedEntry], warnings: [ParseWarning]) {
    self.feed = feed
    self.entries = entries
    self.warnings = warnings
  }
}

extension FeedParser {
  /// Parses a document that is in memory.
  ///
  /// - Parameters:
  ///   - bytes: the document.
  ///   - url: its address.
  ///   - contentType: the `Content-Type` it came with.
  ///   - limits: what it may cost.
  /// - Throws: `ParseError` where it is no feed, or where a limit was passed.
  public static func parse(
    _ bytes: [UInt8], url: String? = nil, contentType: String? = nil, limits: ParseLimits = .standard
  ) throws(ParseError) -> ParsedDocument {
    var entries: [ParsedEntry] = []
    let parser = FeedParser(url: url, contentType: contentType, limits: limits) { entries.append($0) }
    bytes.withUnsafeBufferPointer { parser.consume($0) }
    let feed = try parser.finish()
    return ParsedDocument(feed: feed, entries: entries, warnings: parser.warnings)
  }
}
