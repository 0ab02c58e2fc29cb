import PrecisModel
import PrecisStore
import PrecisTestLimits
import PrecisTestSupport
import Testing

@testable import PrecisPipeline

@Suite("Related articles of a store", .mustEnd)
struct RelatedArticlesTests {
  static let posts: [(title: String, text: String)] = [
    (
      "How sourdough rises",
      "Wild yeast makes sourdough rise. A sourdough starter needs flour and water. Yeast loves warmth."
    ),
    (
      "A sourdough starter in a week",
      "A sourdough starter takes a week: flour, water, warmth, and wild yeast. Feed the sourdough starter daily."
    ),
    (
      "Reading maps at sea",
      "Sea charts show depth and buoys. The compass points north. Sailors read sea charts."
    ),
  ]

  private static func feed(_ numbers: Range<Int>) -> Response {
    let items = numbers.map { at in
      """
      <item><title>\(posts[at].title)</title><link>https://p.example/\(at)</link><guid>\(at)</guid>
      <description>\(posts[at].text)</description></item>
      """
    }
    return .ok(
      "<?xml version='1.0'?><rss version='2.0'><channel><title>P</title>\(items.joined())</channel></rss>")
  }

  @Test("an article that came later is related to the one that was there, and the other way round")
  func bothWays() async throws {
    let server = try LoopbackServer { $0.path == "/1" ? Self.feed(0..<1) : Self.feed(1..<3) }
    let library = try Library { $0.curation.fetchPages = .never }
    try await library.sync([server.url("/1")])
    try await library.sync([server.url("/2")])
    let reader = try StoreReader(directory: library.store)
    let old = try #require(try reader.article(url: "https://p.example/0"))
    let new = try #require(try reader.article(url: "https://p.example/1"))
    let sea = try #require(try reader.article(url: "https://p.example/2"))
    let toOld = try reader.related(to: old)
    #expect(toOld.map(\.id) == [new.id])
    #expect(toOld.first?.title == "A sourdough starter in a week")
    #expect(toOld.first?.url == "https://p.example/1")
    #expect(toOld.first.map { 0.1...1 ~= $0.score } == true)
    #expect(try reader.related(to: new).map(\.id) == [old.id])
    #expect(try reader.related(to: sea).isEmpty)
  }
}
