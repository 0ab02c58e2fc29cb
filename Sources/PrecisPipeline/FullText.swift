import PrecisDigest
import PrecisExtract
import PrecisHTML
import PrecisModel
import PrecisURL

/// An article's text as its page has it.
struct FullText: Sendable {
  private let page: ExtractedPage
  private let clean: CleanHTML

  /// Reads a page: nil where it has no article for everybody to read.
  init?(page bytes: [UInt8], url: String, contentType: String?) {
    guard let page = try? ArticleExtractor().extract(bytes, url: url, contentType: contentType),
      page.verdict == .article
    else { return nil }
    self.page = page
    clean = HTMLCleaner().clean(page.html, baseURL: WebURL(url))
  }

  /// The links of the text.
  var links: [CleanHTML.Link] { clean.links }

  /// Puts the text in the place of a teaser, where it is longer.
  ///
  /// - Returns: whether it is.
  func fill(_ article: inout Article) -> Bool {
    guard clean.wordCount > article.wordCount else { return false }
    article.content = Article.Content(
      html: clean.html, text: clean.text, hash: "sha256:" + SHA256.hex(clean.text), isExtracted: true)
    article.wordCount = clean.wordCount
    article.length = Article.Length(wordCount: clean.wordCount)
    article.language = article.language ?? page.language
    if article.authors.isEmpty { article.authors = page.authors }
    article.datePublished = article.datePublished ?? page.datePublished
    return true
  }
}
