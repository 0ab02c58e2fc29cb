import PrecisConfig
import PrecisCurate
import PrecisModel

/// How articles are curated by a configuration.
public struct Curation: Sendable {
  private let curator: Curator?
  private let language: String?

  /// A curation by a curator, which is only asked for where it is needed: making one costs some milliseconds.
  public init(curator: @autoclosure () -> Curator, configuration: Configuration.Curation) {
    self.curator = configuration.enabled ? curator() : nil
    language = configuration.language
  }

  /// Fills the summary model of an article.
  ///
  /// An article that declares no language, and in which none is recognised, is taken for one in the configured language.
  public func apply(to article: inout Article, links: @autoclosure () -> [(url: String, text: String)]) {
    if let curated = curated(article, links: links()) { article = curated }
  }

  /// The article with the summary model filled; nil where that changes nothing.
  func curated(_ brought: Article, links: @autoclosure () -> [(url: String, text: String)]) -> Article? {
    guard let curator else {
      guard brought.language == nil, let language else { return nil }
      var article = brought
      article.language = language
      return article
    }
    let links = links()
    var article = brought
    curator.curate(&article, links: links)
    guard article.language == nil, let language else { return article }
    article = brought
    article.language = language
    curator.curate(&article, links: links)
    return article
  }
}
