/// What the curator is told about an article.
public struct CuratorInput: Equatable, Sendable {
  /// Plain text.
  public var title: String
  /// Paragraphs parted by a blank line.
  public var text: String
  /// The same, as sanitised HTML; tells headings, list items, code and quotations from prose.
  public var html: String?
  /// The links of the article, with absolute addresses, in their order.
  public var links: [Link]
  /// BCP 47, where the publisher declared it.
  public var language: String?
  /// The publisher's own summary as plain text.
  public var publisherSummary: String?
  /// The publisher's categories.
  public var categories: [String]
  /// The publication's name.
  public var sourceName: String
  /// The article's address.
  public var url: String?

  /// An article of which the title and the text are known.
  public init(
    title: String, text: String, html: String? = nil, links: [(url: String, text: String)] = [],
    language: String? = nil, publisherSummary: String? = nil, categories: [String] = [],
    sourceName: String = "", url: String? = nil
  ) {
    self.title = title
    self.text = text
    self.html = html
    self.links = links.map { Link(url: $0.url, text: $0.text) }
    self.language = language
    self.publisherSummary = publisherSummary
    self.categories = categories
    self.sourceName = sourceName
    self.url = url
  }

  /// A link of an article.
  public struct Link: Equatable, Sendable {
    /// The absolute address.
    public var url: String
    /// The words that carry it.
    public var text: String

    /// A link from its parts.
    public init(url: String, text: String) {
      self.url = url
      self.text = text
    }
  }
}
