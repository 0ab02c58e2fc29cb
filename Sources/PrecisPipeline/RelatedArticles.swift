import PrecisModel
import PrecisRelated
import PrecisStore

extension StoreReader {
  /// The articles of the store that are most related to one, best first, by the index that the store's writer keeps.
  ///
  /// They are worked out when an article is read, not stored with it: so an older article finds a newer one too, and titles
  /// and addresses are those of now. None where there is no index yet.
  public func related(to article: Article, limit: Int = 5) throws -> [Article.RelatedArticle] {
    guard let index = RelatedIndex(reading: LikeArticles.relatedDirectory(of: directory)) else { return [] }
    let terms = RelatedTerms(title: article.title, topics: article.topics, text: article.ownText)
    var found: [Article.RelatedArticle] = []
    // Some may have been removed from the store since.
    for match in index.related(to: terms, excluding: article.id, limit: limit * 3) where found.count < limit {
      guard let other = try self.article(id: match.id) else { continue }
      let score = (match.score * 1000).rounded() / 1000
      found.append(Article.RelatedArticle(id: other.id, title: other.title, url: other.url, score: score))
    }
    return found
  }
}
