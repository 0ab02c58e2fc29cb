import PrecisExtract
import Testing

@Suite("Layouts")
struct LayoutTests {
  private static let lines = [
    "The northern line was closed for eleven weeks while engineers replaced the old signals.",
    "Each signal had been installed before the war, and spare parts were made by hand in a workshop.",
    "Drivers say that the new system is easier to read at night, although the cab display is bright.",
    "The operator spent less than it had planned, mostly because the cables were in good condition.",
  ]
  private static let navigation =
    "<nav><ul>" + (0..<12).map { "<li><a href='/\($0)'>Section \($0)</a></li>" }.joined() + "</ul></nav>"

  private func text(_ body: String, head: String = "") throws -> String {
    let page =
      "<!doctype html><html><head><title>T</title>\(head)</head><body>\(Self.navigation)\(body)</body></html>"
    return try ArticleExtractor().extract(Array(page.utf8)).text
  }

  private func paragraphs(_ lines: some Sequence<String>) -> String {
    lines.map { "<p>\($0)</p>" }.joined()
  }

  @Test("all posts of a thread are its text")
  func thread() throws {
    let posts = Self.lines.map {
      "<div class='post'><div class='author'>somebody</div><div class='post-body'>\($0)</div></div>"
    }
    let found = try text("<div class='thread'><h1>Signals</h1>\(posts.joined())</div>")
    for line in Self.lines { #expect(found.contains(line)) }
    #expect(!found.contains("Section"))
  }

  @Test(
    "comments are left out where they are longer than the article",
    arguments: ["<section id='comments'>", "<div class='disqus-thread'>"])
  func comments(opening: String) throws {
    let comments = (0..<25).map {
      "<div><p>Comment \($0): I travelled on that line for years and never saw a bus on time, as they say.</p></div>"
    }
    let article = "<div class='post'><h1>News</h1>\(paragraphs(Self.lines))</div>"
    let found = try text(article + opening + comments.joined() + "</div>")
    #expect(found.contains(Self.lines[0]) && found.contains(Self.lines[3]))
    #expect(!found.contains("Comment 3"))
  }

  @Test("an article inside an element that is named for comments is kept")
  func misnamed() throws {
    let found = try text(
      "<div class='comment'><article><h1>News</h1>\(paragraphs(Self.lines))</article></div>")
    #expect(found.contains(Self.lines[1]))
  }

  @Test("a page that is drawn by script has its text for those without one")
  func noscript() throws {
    let article = "<noscript><article>\(paragraphs(Self.lines))</article></noscript>"
    #expect(try text("<div id='app'></div>" + article).contains(Self.lines[2]))
    #expect(
      try text("<div id='app'></div><noscript><p>Please enable JavaScript to run this app.</p></noscript>")
        == "")
  }

  @Test("a sentence whose words are links is a sentence")
  func linkedSentence() throws {
    let links =
      "<p>Read <a href='/a'>the report of the engineers</a>, <a href='/b'>the letter of the residents</a> and "
      + "<a href='/c'>the answer of the operator</a>.</p>"
    let found = try text(
      "<article>\(paragraphs(Self.lines.prefix(2)))\(links)\(paragraphs(Self.lines.dropFirst(2)))</article>")
    #expect(found.contains("the letter of the residents"))
  }

  @Test("the text of data alone, of tables within tables, of broken markup and of old encodings is found")
  func others() throws {
    let whole = Self.lines.joined(separator: " ")
    let data =
      "<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"articleBody\":\"\(whole)\"}</script>"
    #expect(try text("<div id='root'></div>", head: data).contains(Self.lines[3]))
    let cells =
      "<table><tr><td><table><tr><td><font>\(Self.lines.joined(separator: "<br><br>"))</font></td></tr></table>"
    #expect(try text(cells).contains(Self.lines[3]))
    let broken =
      "<div class=content><p>" + Self.lines.joined(separator: "</span><p>") + "<!-- never closed <p>"
    #expect(try text(broken).contains(Self.lines[3]))
    #expect(try text("<my-app><my-text>\(paragraphs(Self.lines))</my-text></my-app>").contains(Self.lines[0]))
  }

  @Test("a page in windows-1252 that calls itself UTF-8 is read as what it is")
  func wrongCharset() throws {
    var page = Array("<html><head><meta charset='utf-8'></head><body><article><p>".utf8)
    for _ in 0..<4 {
      page +=
        Array("Die Stra".utf8) + [0xDF] + Array("e war f".utf8) + [0xFC]
        + Array("r elf Wochen geschlossen. ".utf8)
    }
    page += Array("</p></article></body></html>".utf8)
    #expect(try ArticleExtractor().extract(page).text.contains("Die Straße war für elf Wochen"))
  }
}
