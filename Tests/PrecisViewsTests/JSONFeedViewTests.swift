import PrecisJSON
import PrecisModel
import PrecisViews
import Testing

@Suite struct JSONFeedViewTests {
  private func item(_ article: Article) throws -> JSONValue {
    let json = try JSONParser.parse(JSONFeedView().bytes([article]))
    return try #require(json["items"]?.array?.first)
  }

  @Test("the document says that it is JSON Feed 1.1, also without items")
  func empty() throws {
    let heading = ExportHeading(title: "T", homePageURL: "https://a.example/", feedURL: "https://a.example/f")
    let bytes = JSONFeedView(heading: heading).bytes([])
    #expect(
      String(decoding: bytes, as: UTF8.self) == """
        {"version":"https://jsonfeed.org/version/1.1","title":"T","home_page_url":"https://a.example/",\
        "feed_url":"https://a.example/f","_precis":{"version":1},"items":[]}

        """)
  }

  @Test("an item has what JSON Feed has a name for, and the whole model under _precis")
  func full() throws {
    let item = try item(Sample.full)
    #expect(item["id"]?.string == Sample.full.id.text)
    #expect(item["url"]?.string == "https://example.org/posts/wal")
    #expect(item["external_url"]?.string == "https://db.example.net/wal")
    #expect(item["content_html"]?.string == "<p>A log is written before the data.</p>")
    #expect(item["content_text"]?.string == "A log is written before the data.")
    #expect(item["date_published"]?.string == "2026-11-17T07:20:00Z")
    #expect(item["tags"]?.strings == ["Write-Ahead Logging", "Crash Recovery"])
    #expect(item["authors"]?.array?.count == 1)
    #expect(
      item["attachments"]?.array?.map { $0["mime_type"]?.string } == [
        "audio/mpeg", "application/octet-stream",
      ])
    let model = try #require(item["_precis"])
    var expected = Sample.full
    expected.content = nil
    #expect(Article(json: model) == expected)
  }

  @Test("an item always has content: the summary, else the title stands in")
  func contentless() throws {
    var article = Sample.article(title: "Only a title")
    #expect(try item(article)["content_text"]?.string == "Only a title")
    article.summary = "A teaser."
    #expect(try item(article)["content_text"]?.string == "A teaser.")
  }

  @Test("the same articles give the same bytes, and a stream of them too")
  func streamed() throws {
    let articles = (0..<40).map { index in
      var article = Sample.full
      article.id = ArticleID(identity: "\(index)")
      article.content?.text = String(repeating: "word ", count: 1000)
      return article
    }
    let whole = String(decoding: JSONFeedView().bytes(articles), as: UTF8.self)
    var pieces = 0
    let streamed = try Sample.written { sink in
      try Export.jsonFeed(Export.source(articles), heading: ExportHeading()) { piece in
        pieces += 1
        try sink(piece)
      }
    }
    #expect(streamed == whole)
    #expect(pieces > 3)
  }

  @Test("a stream is one document at every number of articles", arguments: 0...9)
  func anyCount(count: Int) throws {
    let articles = (0..<count).map { index in
      var article = Sample.article("\(index)")
      article.content = .init(html: "", text: String(repeating: "x", count: 30_000 * (index + 1)), hash: "")
      return article
    }
    let text = try Sample.written {
      try Export.jsonFeed(Export.source(articles), heading: ExportHeading(), to: $0)
    }
    #expect(try JSONParser.parse(text)["items"]?.array?.count == count)
  }
}
