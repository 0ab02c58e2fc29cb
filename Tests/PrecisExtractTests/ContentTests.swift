import PrecisExtract
import Testing

@Suite("Main content")
struct ContentTests {
  static let sentence = "The river rose by two metres in a single night, and the mill at its bend stood still. "

  private func page(_ body: String, head: String = "") -> [UInt8] {
    Array("<!DOCTYPE html><html><head><title>A title</title>\(head)</head><body>\(body)</body></html>".utf8)
  }

  private func extract(_ body: String, head: String = "") throws -> ExtractedPage {
    try ArticleExtractor().extract(page(body, head: head))
  }

  private func paragraphs(_ count: Int) -> String {
    (0..<count).map { "<p>Paragraph \($0). \(Self.sentence)\(Self.sentence)</p>" }.joined()
  }

  @Test("navigation, footer and scripts are left out of an article")
  func boilerplate() throws {
    let result = try extract(
      """
      <nav><a href="/">Home</a> <a href="/news">News</a></nav>
      <script>var x = "<p>not text</p>";</script><div class="post"><article>\(paragraphs(4))</article></div>
      <footer><p>Copyright by a company that owns this site, and all of its rights are reserved.</p></footer>
      """)
    #expect(result.text.hasPrefix("Paragraph 0."))
    #expect(!result.text.contains("Home"))
    #expect(!result.text.contains("not text"))
    #expect(!result.text.contains("Copyright"))
    #expect(result.verdict == .article)
  }

  @Test("blocks are parted by a blank line and the structure is kept")
  func structure() throws {
    let result = try extract(
      """
      <main><h2>Why it rose</h2>\(paragraphs(3))<ul><li>One reason, which was rain.</li><li>Another one.</li></ul>
      <pre><code class="language-swift">let x = 1\nlet y = 2</code></pre><blockquote><p>“Never seen.”</p></blockquote>
      <p>See <a href="/m?a=1&amp;b=2">the map</a>.</p><img data-src="/lazy.jpg" src="data:,x" alt="A mill"></main>
      """)
    #expect(result.text.contains("Why it rose\n\nParagraph 0."))
    #expect(result.text.contains("let x = 1\nlet y = 2"))
    #expect(result.html.contains("<h2>Why it rose</h2>"))
    #expect(result.html.contains("<li>One reason, which was rain.</li>"))
    #expect(result.html.contains("<code class=\"language-swift\">let x = 1\nlet y = 2</code>"))
    #expect(result.html.contains("<a href=\"/m?a=1&amp;b=2\">the map</a>"))
    #expect(result.html.contains("<img src=\"/lazy.jpg\" alt=\"A mill\">"))
    #expect(result.html.contains("<blockquote>"))
  }

  @Test("a page without text is empty, and neither is it an error")
  func empty() throws {
    for body in ["", "<div></div>", "<script>x()</script>"] {
      let result = try extract(body)
      #expect(result.text.isEmpty)
      #expect(result.verdict == .empty)
    }
    #expect(try ArticleExtractor().extract([]).verdict == .empty)
  }
}
