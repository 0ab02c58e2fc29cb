import PrecisModel

/// Reads one feed document as its bytes arrive: RSS 0.90 to 2.0, Atom 0.3 and 1.0, CDF, JSON Feed.
///
/// Entries are handed on as they close, so memory holds one entry at a time. An instance reads one document, on
/// one thread at a time.
public final class FeedParser {
  private let onEntry: (ParsedEntry) -> Void
  private var bytes: [UInt8] = []

  /// A parser of one document.
  ///
  /// - Parameters:
  ///   - url: the document's address: relative addresses are resolved against it.
  ///   - contentType: the `Content-Type` it came with; its charset counts (RFC 7303).
  ///   - limits: what the document may cost.
  ///   - onEntry: takes each entry as it closes, in the order of the document.
  public init(
    url: String? = nil, contentType: String? = nil, limits: ParseLimits = .standard,
    onEntry: @escaping (ParsedEntry) -> Void
  ) {
    self.onEntry = onEntry
  }

  /// Takes the next bytes of the document; after a limit was passed they are ignored.
  public func consume(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes.append(contentsOf: bytes) }

  /// Ends the document.
  ///
  /// - Throws: `ParseError` where it is no feed, or where a limit was passed.
  public func finish() throws(ParseError) -> ParsedFeed {
    if bytes.isEmpty { throw .empty }
    return feed
  }

  /// What is known of the feed so far.
  public private(set) var feed = ParsedFeed(format: .rss)

  /// What was odd, at most `maxWarnings` and one that counts the rest.
  public private(set) var warnings: [ParseWarning] = []
}
