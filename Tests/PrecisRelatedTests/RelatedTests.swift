import PrecisModel
import PrecisPostings
import PrecisRelated
import PrecisTestSupport
import Testing

@Suite("Related articles")
struct RelatedTests {
  static let articles: [(title: String, topics: [String], text: String)] = [
    (
      "How sourdough rises", ["Sourdough Baking", "Fermentation"],
      "Wild yeast and lactic bacteria make sourdough rise. The starter needs flour and water. Yeast loves warmth."
    ),
    (
      "A starter in a week", ["Sourdough Baking"],
      "A sourdough starter takes a week: flour, water, warmth, and yeast from the air. Feed the starter daily."
    ),
    (
      "Beer and its yeasts", ["Fermentation", "Brewing"],
      "Brewers choose yeast by temperature. Fermentation of wort gives beer; lager yeast likes the cold."
    ),
    (
      "Reading maps at sea", ["Navigation"],
      "Charts show depth, buoys and lights. The compass points to magnetic north. Sailors plot a course on charts."
    ),
  ]

  private func id(_ at: Int) -> ArticleID { ArticleID(identity: "r\(at)") }

  private func terms(_ at: Int) -> RelatedTerms {
    let article = Self.articles[at]
    return RelatedTerms(title: article.title, topics: article.topics, text: article.text)
  }

  private func index(_ index: RelatedIndex = RelatedIndex()) -> RelatedIndex {
    for at in Self.articles.indices { index.insert(terms(at), id: id(at)) }
    return index
  }

  private func related(to at: Int, in index: RelatedIndex, limit: Int = 5) -> [(id: ArticleID, score: Double)]
  {
    index.related(to: terms(at), excluding: id(at), limit: limit)
  }

  @Test("articles about the same things are related, in both directions")
  func bothWays() {
    let index = index()
    #expect(related(to: 0, in: index).map(\.id) == [id(1), id(2)])
    #expect(related(to: 1, in: index).first?.id == id(0))
    #expect(related(to: 2, in: index).first?.id == id(0))
    #expect(related(to: 3, in: index).isEmpty)
  }

  @Test("an article is never related to itself, and scores lie between 0 and 1, best first")
  func scores() {
    let found = related(to: 0, in: index())
    #expect(!found.contains { $0.id == id(0) })
    #expect(found.allSatisfy { 0...1 ~= $0.score })
    #expect(found.map(\.score) == found.map(\.score).sorted(by: >))
    #expect(related(to: 0, in: index(), limit: 1).count == 1)
    #expect(related(to: 0, in: index(), limit: 0).isEmpty)
  }

  @Test("an article that is not in the index can be asked for")
  func byText() {
    let bread = RelatedTerms(title: "Bread", topics: ["Sourdough Baking"], text: "Yeast and flour.")
    #expect(Set(index().related(to: bread, limit: 2).map(\.id)) == [id(0), id(1)])
  }

  @Test("a replaced article is found by its new text only")
  func replacing() {
    let index = index()
    index.insert(
      RelatedTerms(title: "Sea charts", topics: ["Navigation"], text: "Charts and a compass for sailors."),
      id: id(2))
    #expect(related(to: 3, in: index).map(\.id) == [id(2)])
    #expect(!related(to: 0, in: index).contains { $0.id == id(2) })
  }

  @Test("the answers do not depend on the order of arrival")
  func order() {
    let backwards = RelatedIndex()
    for at in Self.articles.indices.reversed() { backwards.insert(terms(at), id: id(at)) }
    for at in Self.articles.indices {
      #expect(related(to: at, in: backwards).map(\.id) == related(to: at, in: index()).map(\.id))
    }
  }

  @Test("Chinese and Russian articles are related by their words")
  func scripts() {
    let texts = [
      ("机器学习模型的评估", "评估机器学习模型需要数据。机器学习模型很大。"), ("机器学习模型入门", "机器学习模型是统计方法。评估也重要。"),
      ("Оценка моделей", "Оценка моделей требует данных. Модели оценивают."),
      ("Оценка моделей на практике", "Оценка моделей и данных на практике."),
    ].map { RelatedTerms(title: $0.0, topics: [], text: $0.1) }
    let index = RelatedIndex()
    for (at, terms) in texts.enumerated() { index.insert(terms, id: id(at)) }
    #expect(index.related(to: texts[0], excluding: id(0)).map(\.id) == [id(1)])
    #expect(index.related(to: texts[2], excluding: id(2)).map(\.id) == [id(3)])
  }

  @Test("an index over files answers as one in memory, and costs less than 600 bytes an article")
  func files() throws {
    let directory = try TemporaryDirectory()
    #expect(RelatedIndex(reading: directory.file("related")) == nil)
    let postings = PostingIndex(startingAt: directory.file("related"))
    let written = index(RelatedIndex(postings))
    try postings.persist(covered: 1)
    let read = try #require(RelatedIndex(reading: directory.file("related")))
    #expect(related(to: 0, in: read).map(\.id) == related(to: 0, in: written).map(\.id))
    #expect(read.memoryBytes / read.count < 600)
  }

  @Test("empty articles have nothing related and do no harm")
  func empty() {
    let index = index()
    let nothing = RelatedTerms(title: "", topics: [], text: "")
    index.insert(nothing, id: id(9))
    #expect(index.related(to: nothing, excluding: id(9)).isEmpty)
  }
}
