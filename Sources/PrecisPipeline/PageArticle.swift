import PrecisDigest
import PrecisExtract
import PrecisHTML
import PrecisModel
import PrecisURL

/// Articles of single pages and texts, for commands that run one stage on one document.
public enum PageArticle {
  /// The article of an HTML page, the links that stand in it, and what kind of page it is.
  ///
  /// - Throws: `ExtractError` where the page cannot be read.
  public static func make(
    of html: [UInt8], url: String?, contentType: String?, at now: Timestamp
  ) throws -> (article: Article, links: [CleanHTML.Link], verdict: ExtractedPage.Verdict) {
    let page = try ArticleExtractor().extract(html, url: url, contentType: contentType)
    let clean = HTMLCleaner().clean(page.html, baseURL: (url ?? page.url).flatMap { WebURL($0) })
    var article = make(title: page.title ?? "", text: page.text, language: page.language, at: now)
    article.content?.html = clean.html
    article.url = page.url ?? url
    article.authors = page.authors
    article.datePublished = page.datePublished
    article.source.name = page.siteName ?? article.url.flatMap { WebURL($0)?.host } ?? ""
    if !article.source.name.isEmpty {
      article.attribution = Article.Attribution(publisher: article.source.name)
    }
    return (article, clean.links, page.verdict)
  }

  /// The article of a plain text.
  public static func make(title: String, text: String, language: String?, at now: Timestamp) -> Article {
    let feed = FeedID(url: "")
    var article = Article(
      id: ArticleID(identity: title + "\n" + text), feedID: feed, title: title,
      source: Article.Source(name: "", feedURL: ""), dateSynced: now)
    article.language = language
    article.content = Article.Content(html: "", text: text, hash: "sha256:" + SHA256.hex(text))
    article.wordCount = WordCount.of(text)
    article.length = Article.Length(wordCount: article.wordCount)
    return article
  }
}
