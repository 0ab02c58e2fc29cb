import PrecisModel

/// Reads one feed document as its bytes arrive: RSS 0.90 to 2.0, Atom 0.3 and 1.0, CDF, JSON Feed.
///
/// Entries are handed on as they close, so memory holds one entry at a time. An instance reads one document, on
/// one thread at a time.
public final class FeedParser {
  private let limits: ParseLimits
  private let decoder: DocumentDecoder
  private let reader: FeedReader
  private var route = Route.undecided
  private var byteCount = 0
  private var failure: ParseError?

  private enum Route {
    case undecided
    case xml(MarkupRepair)
  }

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
    self.limits = limits
    decoder = DocumentDecoder(contentType: contentType)
    reader = FeedReader(url: url, limits: limits, onEntry: onEntry)
  }

  /// Takes the next bytes of the document; after a limit was passed they are ignored.
  public func consume(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard failure == nil, reader.failure == nil else { return }
    byteCount += bytes.count
    if byteCount > limits.maxDocumentBytes {
      failure = .limit(.documentBytes, limits.maxDocumentBytes)
      return
    }
    decoder.decode(bytes, isLast: false) { take($0) }
    if case .xml(let repair) = route { repair.flush() }
  }

  /// Ends the document.
  ///
  /// - Throws: `ParseError` where it is no feed, or where a limit was passed.
  public func finish() throws(ParseError) -> ParsedFeed {
    if failure == nil, reader.failure == nil {
      decoder.decode(UnsafeBufferPointer(start: nil, count: 0), isLast: true) { take($0) }
    }
    if case .xml(let repair) = route { repair.finish() }
    reader.finishDocument()
    for oddity in decoder.oddities + decoder.repairs {
      reader.warningLog.add(ParseWarning(line: 0, message: oddity))
    }
    if let failure = failure ?? reader.failure { throw failure }
    if !reader.isFeed { throw whyNoFeed() }
    return reader.feed
  }

  /// What is known of the feed so far.
  public var feed: ParsedFeed {
    var feed = reader.feed
    reader.feedDraft.finish(&feed)
    return feed
  }

  /// What was odd, at most `maxWarnings` and one that counts the rest.
  public var warnings: [ParseWarning] { reader.warningLog.all }

  private func take(_ text: UnsafeBufferPointer<UInt8>) {
    if case .undecided = route {
      guard text.contains(where: { !$0.isXMLSpace }) else { return }
      route = .xml(MarkupRepair(handler: reader, limits: limits))
    }
    if case .xml(let repair) = route { repair.consume(text) }
  }

  private func whyNoFeed() -> ParseError {
    if decoder.isGzip { return .notAFeed("the body is compressed (gzip)") }
    guard case .xml(let repair) = route else { return .empty }
    if let root = reader.foreignRoot {
      return root.lowercased() == "html" ? .html : .notAFeed("the root element is <\(root.prefix(60))>")
    }
    return .notAFeed(repair.foundMarkup ? "no element of a feed was found" : "no markup was found")
  }
}
