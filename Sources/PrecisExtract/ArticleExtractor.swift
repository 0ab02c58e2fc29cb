import PrecisModel

/// Finds the article in an HTML page.
///
/// Generic rules only: the mass of text and of links, the elements' meaning and the words of their names. It
/// works in time linear in the page, holds nothing between pages and gives the same result everywhere.
public struct ArticleExtractor: Sendable {
  /// What a page may cost.
  public struct Limits: Equatable, Sendable {
    /// The largest page in bytes.
    public var bytes: Int
    /// The deepest nesting of elements.
    public var depth: Int
    /// The most elements and runs of text.
    public var nodes: Int

    /// Limits from their parts.
    public init(bytes: Int = 8 << 20, depth: Int = 1000, nodes: Int = 500_000) {
      self.bytes = bytes
      self.depth = depth
      self.nodes = nodes
    }
  }

  private let limits: Limits
  /// Shorter ones only ask to switch scripts on.
  private static let shortestStatic = 240

  /// An extractor that refuses pages beyond these limits.
  public init(limits: Limits = Limits()) { self.limits = limits }

  /// The article of a page.
  ///
  /// - Parameters:
  ///   - html: the page as it came, in any encoding.
  ///   - url: the address that it came from; stands for the canonical one where the page names none.
  ///   - contentType: the media type that it came with, for its charset.
  /// - Throws: `ExtractError` for what is no HTML page or is beyond the limits; a page without an article is
  ///   no error but has its verdict.
  public func extract(
    _ html: [UInt8], url: String? = nil, contentType: String? = nil
  ) throws(ExtractError) -> ExtractedPage {
    guard html.count <= limits.bytes else { throw .tooLarge(bytes: html.count, limit: limits.bytes) }
    try Self.checkIsHTML(html, contentType: contentType)
    let page = try PageReduction(CharacterDecoding.utf8(html, contentType: contentType))
    let tree = try PageTreeBuilder.build(page.bytes, limits: limits)
    let metadata = PageMetadata(tree: tree, linkedData: page.linkedData)
    var result = ExtractedPage()
    metadata.fill(&result, url: url)
    var content = ContentFinder.find(in: tree, title: result.title)
    var rendered = ContentRenderer.render(tree, content)
    if rendered.text.isEmpty {
      // Pages that are drawn by script may have their text for readers without one as well.
      let unscripted = ContentFinder.find(in: tree, title: result.title, scripting: .off)
      let other = ContentRenderer.render(tree, unscripted)
      if other.text.utf8.count >= Self.shortestStatic { (content, rendered) = (unscripted, other) }
    }
    result.html = rendered.html
    result.text = rendered.text
    if let body = metadata.data.articleBody { Self.prefer(body, in: &result) }
    result.wordCount = WordCount.words(in: rendered.text)
    result.verdict = PageVerdict.judge(tree: tree, content: content, page: result, metadata: metadata)
    return result
  }

  /// Takes the text that the page gives to machines where it is much more than what it shows: the page shows the rest
  /// by script, or to subscribers.
  private static func prefer(_ body: String, in result: inout ExtractedPage) {
    let paragraphs = body.split(separator: "\n").map { PlainText.clean(String($0), limit: 100_000) }.filter {
      !$0.isEmpty
    }
    let text = paragraphs.joined(separator: "\n\n")
    guard text.utf8.count > (result.text.isEmpty ? 80 : 2 * result.text.utf8.count + 400) else { return }
    result.text = text
    result.html = paragraphs.map { "<p>" + PlainText.escaped($0) + "</p>\n" }.joined()
  }

  /// Types that are pages although their name does not say so: servers send pages as these.
  private static let acceptedTypes = ["html", "xml", "text/plain", "application/octet-stream"]

  private static func checkIsHTML(_ bytes: [UInt8], contentType: String?) throws(ExtractError) {
    if let type = contentType?.lowercased(), type.contains("/"), !acceptedTypes.contains(where: type.contains)
    {
      throw .notHTML(contentType: contentType)
    }
    let head = bytes.prefix(1024)
    let isUTF16 = head.starts(with: [0xFF, 0xFE]) || head.starts(with: [0xFE, 0xFF])
    let controls = head.count { $0 < 0x09 || 0x0E...0x1A ~= $0 || 0x1C...0x1F ~= $0 }
    if !isUTF16, controls * 10 > head.count { throw .notHTML(contentType: contentType) }
    for magic in [[0x25, 0x50, 0x44, 0x46], [0x50, 0x4B, 0x03, 0x04], [0x89, 0x50, 0x4E, 0x47]] as [[UInt8]]
    where head.starts(with: magic) {
      throw .notHTML(contentType: contentType)
    }
  }
}
