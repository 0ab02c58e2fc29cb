import PrecisModel

@testable import PrecisParse

/// Parses a document that a test writes out; nil where it is no feed.
func parse(
  _ text: String, url: String? = nil, type: String? = nil, limits: ParseLimits = .standard
) -> ParsedDocument? {
  try? FeedParser.parse(Array(text.utf8), url: url, contentType: type, limits: limits)
}

/// The error that a document ends with.
func failure(_ bytes: [UInt8], limits: ParseLimits = .standard) -> ParseError? {
  do throws(ParseError) {
    _ = try FeedParser.parse(bytes, limits: limits)
    return nil
  } catch {
    return error
  }
}

/// An RSS 2.0 document around the elements of one item.
func rssItem(_ elements: String, _ namespaces: String = "") -> ParsedEntry? {
  parse("<rss version=\"2.0\" \(namespaces)><channel><item>\(elements)</item></channel></rss>")?.entries.first
}

/// An Atom 1.0 document around the elements of one entry.
func atomEntry(_ elements: String, url: String? = nil) -> ParsedEntry? {
  parse("<feed xmlns=\"http://www.w3.org/2005/Atom\"><entry>\(elements)</entry></feed>", url: url)?.entries
    .first
}
