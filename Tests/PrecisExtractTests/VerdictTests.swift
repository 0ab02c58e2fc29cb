import PrecisExtract
import Testing

@Suite("What kind of page it is")
struct VerdictTests {
  private func verdict(_ page: String) throws -> ExtractedPage.Verdict {
    try ArticleExtractor().extract(Array(page.utf8)).verdict
  }

  @Test("an article is an article")
  func article() throws { #expect(try verdict(ContentTests.page) == .article) }

  @Test("a beginning with a request to subscribe is a paywall")
  func paywall() throws {
    let page = """
      <article><p>\(ContentTests.sentence)</p><p>\(ContentTests.sentence)</p></article>
      <div class="offer"><p>Already a subscriber? Sign in.</p></div>
      """
    #expect(try verdict(page) == .paywall)
    let locked = """
      <script type="application/ld+json">{"@type":"NewsArticle","headline":"x","isAccessibleForFree":"False"}</script>
      <article><p>\(ContentTests.sentence)</p></article>
      """
    #expect(try verdict(locked) == .paywall)
  }

  @Test(
    "pages that ask for consent or for proof of being human are known as such",
    arguments: [
      "<title>Just a moment...</title><p>Checking your browser before accessing the site.</p>",
      "<title>Before you continue</title><main><p>We use cookies and data to deliver services. Accept all cookies?</p></main>",
      "<p>Please enable JavaScript and cookies to continue.</p>",
    ])
  func consent(page: String) throws { #expect(try verdict(page) == .consent) }

  @Test("a page of links is a listing")
  func listing() throws {
    let items = (0..<30).map {
      "<li><a href=\"/\($0)\">The headline of the story number \($0) of today</a> new</li>"
    }
    let page =
      "<main><p>\(ContentTests.sentence)</p>" + items.map { "<ul>\($0)</ul><p>Short text \($0)</p>" }.joined()
      + "</main>"
    #expect(try verdict(page) == .listing)
  }

  @Test("the text for machines is taken where the page shows hardly any")
  func articleBody() throws {
    let body = (0..<20).map { "Paragraph \($0) of 3 < 4 & more. \(ContentTests.sentence)" }.joined(
      separator: "\\n")
    let page = try ArticleExtractor().extract(
      Array(
        """
        <script type="application/ld+json">{"@type":"Article","headline":"x","articleBody":"\(body)"}</script>
        <div id="app"><p>Loading the story for you.</p></div>
        """.utf8))
    #expect(page.text.contains("Paragraph 19 of 3 < 4 & more."))
    #expect(page.html.contains("<p>Paragraph 19 of 3 &lt; 4 &amp; more."))
    #expect(page.verdict == .article)
  }
}
