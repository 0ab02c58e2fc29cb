import PrecisExtract
import Testing

@Suite("Main content")
struct ContentTests {
  static let sentence =
    "The river rose by two metres in a single night, and the mill at its bend stood still. "

  /// A whole page with an article on it.
  static let page =
    "<html><body><article>" + String(repeating: "<p>\(sentence)\(sentence)</p>", count: 6)
    + "</article></body></html>"

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

  @Test("sharing, related links, comments and prompts are left out, quotations and tables stay")
  func frame() throws {
    let result = try extract(
      """
      <div class="entry-content"><h1>A title</h1><p>By A. Writer, 3 March 2021</p>\(paragraphs(4))
      <div class="share-buttons"><p>Share this with everybody you know, please do it now.</p></div>
      <aside class="related-posts"><h3>Related</h3><ul><li><a href="/1">Another story of ours</a></li></ul></aside>
      <blockquote class="twitter-tweet"><p>It rose, and rose, and then it stopped.</p></blockquote>
      <table><tr><td>Monday</td><td>2 m</td></tr><tr><td>Tuesday</td><td>3 m</td></tr></table>
      <p>Advertisement</p><h3>Read next</h3></div>
      <div id="comments"><p>\(Self.sentence) said a reader, who wrote a long comment about it.</p></div>
      <div class="cookie-consent"><p>We use cookies to improve this site and to show advertisements.</p></div>
      """)
    #expect(result.text.hasPrefix("Paragraph 0."))
    #expect(result.text.contains("and then it stopped."))
    #expect(result.text.contains("Monday 2 m\nTuesday 3 m"))
    for unwanted in [
      "Share this", "Another story", "said a reader", "cookies", "Advertisement", "Read next", "Writer",
    ] {
      #expect(!result.text.contains(unwanted), "\(unwanted)")
    }
  }

  @Test("a name that sounds like a frame does not lose an article")
  func guarded() throws {
    let result = try extract(
      "<div class=\"sidebar newsletter\"><div class=\"ad\">\(paragraphs(6))</div></div>")
    #expect(result.text.contains("Paragraph 5."))
  }

  @Test("words are counted, ideographs one by one")
  func words() throws {
    #expect(try extract("<p>One two-three don't 4.</p>").wordCount == 4)
    #expect(try extract("<p>磨坊停了 now.</p>").wordCount == 5)
  }

  @Test("a short post is found among many links")
  func shortPost() throws {
    let links = (0..<60).map { "<li><a href=\"/\($0)\">Some other story number \($0)</a></li>" }.joined()
    let result = try extract(
      "<div><ul>\(links)</ul><main><div><p>\(Self.sentence)</p><ul>\(links)</ul></div></main></div>")
    #expect(result.text == Self.sentence.trimmed)
  }
}

extension String {
  fileprivate var trimmed: String { String(self[...(lastIndex { $0 != " " } ?? startIndex)]) }
}
