import PrecisExtract
import PrecisModel
import Testing

@Suite("Page metadata")
struct MetadataTests {
  private func extract(head: String, body: String = "", url: String? = nil) throws -> ExtractedPage {
    try ArticleExtractor().extract(
      Array("<html lang=\"de-de\"><head>\(head)</head><body>\(body)</body></html>".utf8), url: url,
      contentType: nil)
  }

  @Test("JSON-LD is the first witness")
  func linkedData() throws {
    let page = try extract(
      head: """
        <script type="application/ld+json">{"@context":"https://schema.org","@graph":[
        {"@type":"WebSite","name":"The Mill"},
        {"@type":"NewsArticle","headline":"Flood &amp; fire","datePublished":"2019-11-19T10:00:00-0500",
         "dateModified":"2019-11-20","author":[{"@type":"Person","name":"A. Writer","url":"https://a.example/"},
         {"@id":"#b"}],"image":{"url":"https://a.example/i.jpg"},"publisher":{"name":"Mill Press"}},
        {"@id":"#b","@type":"Person","name":"B. Other"}]}</script>
        <meta property="og:title" content="Another title"><title>Third - Mill</title>
        """)
    #expect(page.title == "Flood & fire")
    #expect(page.authors == [.init(name: "A. Writer", url: "https://a.example/"), .init(name: "B. Other")])
    #expect(page.datePublished?.description == "2019-11-19T15:00:00Z")
    #expect(page.dateModified?.description == "2019-11-20T00:00:00Z")
    #expect(page.siteName == "Mill Press")
    #expect(page.image == "https://a.example/i.jpg")
    #expect(page.language == "de-DE")
  }

  @Test("OpenGraph and meta elements fill in, and broken JSON-LD does no harm")
  func metaElements() throws {
    let page = try extract(
      head: """
        <script type="application/ld+json">{"@type": "NewsArticle", "headline": </script>
        <meta property="og:title" content="The flood | Mill"><meta property="og:site_name" content="Mill">
        <meta name="author" content="By C. Third"><meta property="article:published_time" content="2020-02-29T08:30Z">
        <meta name="description" content="How it   rose."><meta property="og:image" content="/i.png">
        <link rel="canonical" href="https://m.example/flood">
        """, url: "https://m.example/flood?utm_source=x")
    #expect(page.title == "The flood")
    #expect(page.authors.map(\.name) == ["C. Third"])
    #expect(page.datePublished?.description == "2020-02-29T08:30:00Z")
    #expect(page.description == "How it rose.")
    #expect(page.image == "/i.png")
    #expect(page.url == "https://m.example/flood")
  }

  @Test("microdata, bylines and time elements are read where nothing else speaks")
  func microdata() throws {
    let page = try extract(
      head: "<title>The flood - Mill Weekly</title>",
      body: """
        <article itemscope><h1 itemprop="headline">The flood</h1><span class="byline">By D. Fourth</span>
        <time datetime="2021-03-04">March</time><p>Text.</p></article>
        """, url: "https://m.example/x")
    #expect(page.title == "The flood")
    #expect(page.authors.map(\.name) == ["D. Fourth"])
    #expect(page.datePublished?.description == "2021-03-04T00:00:00Z")
    #expect(page.url == "https://m.example/x")
  }

  @Test(
    "dates are read as pages write them",
    arguments: [
      ("2019-11-19", "2019-11-19T00:00:00Z"), ("2019-11-19 10:00:00", "2019-11-19T10:00:00Z"),
      ("2019-11-19T10:00:00.123+01:00", "2019-11-19T09:00:00Z"), ("20191119T100000Z", nil),
      ("November 19, 2019 at 10:05 pm EST", "2019-11-20T03:05:00Z"), ("19 Nov 2019", "2019-11-19T00:00:00Z"),
      ("Tue, 19 Nov 2019 10:00:00 GMT", "2019-11-19T10:00:00Z"), ("yesterday", nil), ("", nil),
      ("0001-01-01", nil),
      ("2019-13-45", nil),
    ])
  func dates(text: String, expected: String?) throws {
    let page = try extract(head: "<meta name=\"date\" content=\"\(text)\">")
    if text == "20191119T100000Z" {
      #expect(page.datePublished.map { $0.civil.day } == 19)
    } else {
      #expect(page.datePublished?.description == expected)
    }
  }

  @Test("an unknown page claims nothing")
  func nothing() throws {
    let page = try ArticleExtractor().extract(Array("<p>x</p>".utf8))
    #expect(page.title == nil && page.authors.isEmpty && page.datePublished == nil && page.language == nil)
    #expect(page.siteName == nil && page.description == nil && page.image == nil && page.url == nil)
  }
}
