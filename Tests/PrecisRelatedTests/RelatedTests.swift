import Glibc
import PrecisModel
import PrecisRelated
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

  private func index() -> RelatedIndex {
    let index = RelatedIndex()
    for (at, article) in Self.articles.enumerated() {
      index.insert(id: id(at), title: article.title, topics: article.topics, text: article.text)
    }
    return index
  }

  @Test("articles about the same things are related, in both directions")
  func bothWays() {
    let index = index()
    #expect(index.related(to: id(0)).map(\.id) == [id(1), id(2)])
    #expect(index.related(to: id(1)).first?.id == id(0))
    #expect(index.related(to: id(2)).first?.id == id(0))
    #expect(index.related(to: id(3)).isEmpty)
  }

  @Test("an article is never related to itself, and scores lie between 0 and 1, best first")
  func scores() {
    let index = index()
    let found = index.related(to: id(0))
    #expect(!found.contains { $0.id == id(0) })
    #expect(found.allSatisfy { 0...1 ~= $0.score })
    #expect(found.map(\.score) == found.map(\.score).sorted(by: >))
    #expect(index.related(to: id(0), limit: 1).count == 1)
    #expect(index.related(to: id(0), limit: 0).isEmpty)
  }

  @Test("an article that is not in the index can be asked for by its text")
  func byText() {
    let found = index().related(
      toTitle: "Bread", topics: ["Sourdough Baking"], text: "Yeast and flour.", limit: 2)
    #expect(Set(found.map(\.id)) == [id(0), id(1)])
  }

  @Test("a removed article is not found, and a replaced one by its new text only")
  func removal() {
    let index = index()
    index.remove(id(1))
    #expect(!index.related(to: id(0)).contains { $0.id == id(1) })
    #expect(index.related(to: id(1)).isEmpty)
    index.insert(
      id: id(2), title: "Sea charts", topics: ["Navigation"], text: "Charts and a compass for sailors.")
    #expect(index.related(to: id(3)).map(\.id) == [id(2)])
    #expect(!index.related(to: id(0)).contains { $0.id == id(2) })
    #expect(index.count == 3)
  }

  @Test("Chinese and Russian articles are related by their words")
  func scripts() {
    let index = RelatedIndex()
    index.insert(id: id(0), title: "机器学习模型的评估", topics: [], text: "评估机器学习模型需要数据。机器学习模型很大。")
    index.insert(id: id(1), title: "机器学习模型入门", topics: [], text: "机器学习模型是统计方法。评估也重要。")
    index.insert(
      id: id(2), title: "Оценка моделей", topics: [], text: "Оценка моделей требует данных. Модели оценивают."
    )
    index.insert(
      id: id(3), title: "Оценка моделей на практике", topics: [], text: "Оценка моделей и данных на практике."
    )
    #expect(index.related(to: id(0)).map(\.id) == [id(1)])
    #expect(index.related(to: id(2)).map(\.id) == [id(3)])
  }

  @Test("a saved index answers as before; a damaged one is refused")
  func file() throws {
    let path = "/tmp/precis-related-\(getpid())-\(UInt32.random(in: 0 ... .max))"
    defer { unlink(path) }
    let index = index()
    index.remove(id(1))
    try index.save(to: path)
    let again = try RelatedIndex(path: path)
    #expect(again.count == 3)
    #expect(again.related(to: id(0)).map(\.id) == index.related(to: id(0)).map(\.id))
    let file = try #require(fopen(path, "r+"))
    fseek(file, 30, SEEK_SET)
    fputc(0x55, file)
    fclose(file)
    #expect(throws: RelatedFileError.unreadable(path: path)) { try RelatedIndex(path: path) }
    #expect(throws: RelatedFileError.system(call: "open", path: path + "x", errno: ENOENT)) {
      try RelatedIndex(path: path + "x")
    }
  }

  @Test("empty articles have nothing related and do no harm")
  func empty() {
    let index = index()
    index.insert(id: id(9), title: "", topics: [], text: "")
    #expect(index.related(to: id(9)).isEmpty)
  }
}
