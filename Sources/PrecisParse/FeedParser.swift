import PrecisModel

/// Reads one feed document as its bytes arrive: RSS 0.90 to 2.0, Atom 0.3 and 1.0, CDF, JSON Feed.
///
/// Entries are handed on as they close, so memory holds one entry at a time. An instance reads one document, on
/// one thread at a time.
public final class FeedParser {
  private let url: String?
  private let limits: ParseLimits
  private let onEntry: (ParsedEntry) -> Void
  private let decoder: DocumentDecoder
  private var route = Route.undecided
  /// Line feeds before the first character.
  private var leadingLines = 0
  private var byteCount = 0
  private var failure: ParseError?

  /// What the events come from, on the way of XML. It stands alone so that it is changed in place.
  private var markup: MarkupReader<FeedReader>?

  private enum Route {
    case undecided
    case xml(FeedReader)
    case json(JSONFeedReader)
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
    self.url = url
    self.limits = limits
    self.onEntry = onEntry
    decoder = DocumentDecoder(contentType: contentType)
  }

  /// Takes the next bytes of the document; after a limit was passed they are ignored.
  public func consume(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard error == nil else { return }
    byteCount += bytes.count
    if byteCount > limits.maxDocumentBytes {
      failure = .limit(.documentBytes, limits.maxDocumentBytes)
      return
    }
    decoder.decode(bytes, isLast: false) { take($0) }
  }

  /// Ends the document.
  ///
  /// - Throws: `ParseError` where it is no feed, or where a limit was passed.
  public func finish() throws(ParseError) -> ParsedFeed {
    if error == nil {
      decoder.decode(UnsafeBufferPointer(start: nil, count: 0), isLast: true) { take($0) }
    }
    if case .xml(let reader) = route {
      markup?.finish()
      reader.finishDocument()
    }
    for oddity in decoder.oddities + decoder.repairs { warn(oddity) }
    if let error { throw error }
    switch route {
    case .undecided: throw decoder.oddities.first.map { .notAFeed($0) } ?? .empty
    case .json(let reader): return try reader.finish()
    case .xml(let reader):
      if reader.isFeed { return reader.feed }
      if let root = reader.foreignRoot {
        throw root.lowercased() == "html" ? .html : .notAFeed("the root element is <\(root.prefix(60))>")
      }
      throw .notAFeed(markup?.foundMarkup == true ? "no element of a feed was found" : "no markup was found")
    }
  }

  /// What is known of the feed so far.
  public var feed: ParsedFeed {
    switch route {
    case .undecided: return ParsedFeed(format: .rss)
    case .json(let reader): return reader.feed
    case .xml(let reader): return reader.feedSoFar
    }
  }

  /// What was odd, at most `maxWarnings` and one that counts the rest.
  public var warnings: [ParseWarning] {
    switch route {
    case .undecided: return []
    case .json(let reader): return reader.warningLog.all
    case .xml(let reader): return reader.warningLog.all
    }
  }

  private var error: ParseError? {
    if let failure { return failure }
    switch route {
    case .undecided: return nil
    case .json(let reader): return reader.failure
    case .xml(let reader): return reader.failure
    }
  }

  private func warn(_ message: String) {
    let warning = ParseWarning(line: 0, message: message)
    switch route {
    case .undecided: return
    case .json(let reader): reader.warningLog.add(warning)
    case .xml(let reader): reader.warningLog.add(warning)
    }
  }

  /// Takes clean UTF-8; the first character tells XML from JSON.
  private func take(_ text: UnsafeBufferPointer<UInt8>) {
    switch route {
    case .xml: markup?.consume(text)
    case .json(let reader): reader.consume(text)
    case .undecided:
      guard let first = text.firstIndex(where: { !$0.isXMLSpace }) else {
        leadingLines += text.count { $0 == 0x0A }
        return
      }
      if text[first] == 0x7B {
        route = .json(JSONFeedReader(url: url, limits: limits, leadingLines: leadingLines, onEntry: onEntry))
      } else {
        let reader = FeedReader(url: url, limits: limits, onEntry: onEntry)
        markup = MarkupReader(handler: reader, limits: limits, leadingLines: leadingLines)
        route = .xml(reader)
      }
      take(text)
    }
  }
}
