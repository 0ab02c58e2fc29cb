import PrecisModel

/// What an HTML page says about its article: the main content without the page around it, and the metadata.
public struct ExtractedPage: Equatable, Sendable {
  /// The headline; nil where the page has none.
  public var title: String?
  /// Who wrote it, in the page's order.
  public var authors: [Article.Author] = []
  /// When it was published.
  public var datePublished: Timestamp?
  /// When the publisher says that it was changed.
  public var dateModified: Timestamp?
  /// BCP 47, as the page declares it.
  public var language: String?
  /// The publication.
  public var siteName: String?
  /// The page's own description or standfirst.
  public var description: String?
  /// The canonical address where the page gives an absolute one, else the address it was asked by.
  public var url: String?
  /// The address of its main image, as given (it may be relative).
  public var image: String?
  /// The main content: headings, paragraphs, lists, code, quotes, tables and images.
  ///
  /// Not sanitised: addresses are as the page has them, and the caller must sanitise it before use.
  public var html = ""
  /// The text of the main content, its blocks parted by a blank line.
  public var text = ""
  /// Words in `text`; a Chinese, Japanese or Korean ideograph or kana counts as one.
  public var wordCount = 0
  /// What kind of page it is.
  public var verdict = Verdict.empty

  /// A page of which nothing is known.
  public init() {}

  /// What kind of page was read.
  public enum Verdict: String, Sendable, CaseIterable {
    /// An article whose text is here.
    case article
    /// An article of which the page shows only the beginning to those who have not paid or signed in.
    case paywall
    /// A page that asks for consent, for cookies, for JavaScript or for proof of being human.
    case consent
    /// A page of links to articles: a home page, a section, an archive.
    case listing
    /// No text worth the name.
    case empty
  }
}

/// Why a document was not read.
public enum ExtractError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The document has more bytes than the limit.
  case tooLarge(bytes: Int, limit: Int)
  /// The document is not HTML: it is binary, or the media type says that it is something else.
  case notHTML(contentType: String?)
  /// The document's elements, attributes or nesting go beyond what a page needs.
  case tooComplex(limit: String)
  /// libxml2 gave no parser (out of memory).
  case parserUnavailable

  /// A sentence for a person.
  public var description: String {
    switch self {
    case .tooLarge(let bytes, let limit): "the page has \(bytes) bytes, more than the limit of \(limit)"
    case .notHTML(let type): "not an HTML page" + (type.map { " (\($0))" } ?? "")
    case .tooComplex(let limit): "the page is more complex than any article: over \(limit)"
    case .parserUnavailable: "no HTML parser could be made: out of memory"
    }
  }
}
