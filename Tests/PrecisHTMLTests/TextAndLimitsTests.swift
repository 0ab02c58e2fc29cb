import PrecisModel
import PrecisURL
import Testing

@testable import PrecisHTML

@Suite("Text of HTML")
struct TextOfHTMLTests {
  private func clean(_ html: String) -> CleanHTML {
    HTMLCleaner().clean(html, baseURL: WebURL("https://site.example/"))
  }

  @Test(
    "blocks are parted by a blank line, items and lines by a newline",
    arguments: [
      ("<p>a</p><p>b</p>", "a\n\nb"), ("a<br>b", "a\nb"), ("<ul><li>a</li><li>b</li></ul>", "a\nb"),
      ("<p>a  \n b</p>", "a b"), ("<pre>a\n  b</pre>", "a\n  b"), ("<p>a<b>b</b>c</p>", "abc"),
      ("<h2>a</h2>\n\n<p>b</p>", "a\n\nb"), ("a&nbsp;b", "a\u{A0}b"), ("<p>&lt;b&gt; &amp; c</p>", "<b> & c"),
      ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a b\nc"),
      ("<p>a</p><script>x</script><style>y</style><p>b</p>", "a\n\nb"), ("<img alt=\"alt\" src=/x>", ""),
    ])
  func text(html: String, expected: String) {
    #expect(clean(html).text == expected)
  }

  @Test("a link says where its words stand in the text")
  func links() throws {
    let result = clean("<p>Früh <a href=/a>one two</a></p><p><a href=/b>three</a></p>")
    #expect(result.links.map(\.url) == ["https://site.example/a", "https://site.example/b"])
    for link in result.links {
      let bytes = Array(result.text.utf8)[link.textOffset...].prefix(link.text.utf8.count)
      #expect(String(decoding: bytes, as: UTF8.self) == link.text)
    }
    #expect(result.links.map(\.text) == ["one two", "three"])
  }

  @Test(
    "words are counted in any script",
    arguments: [
      ("one two three", 3), ("don't stop", 2), ("well-known fact", 2), ("3.5 GHz", 2), ("", 0), ("— … !", 0),
      ("日本語の文章", 3), ("Привет, мир", 2), ("naïve café", 2), ("a\nb\tc", 3), ("🙂 hi", 1),
    ])
  func words(text: String, count: Int) {
    #expect(PlainText.wordCount(text) == count)
  }

  @Test("words of ASCII are counted the same eight bytes at a time as one by one", arguments: 0..<400)
  func wordsAtATime(round: Int) {
    var number = UInt64(round) &* 0x9E37_79B9_7F4A_7C15 | 1
    var text: [UInt8] = []
    for _ in 0..<(round % 97) {
      number ^= number << 13
      number ^= number >> 7
      number ^= number << 17
      // Every third from the characters that words are made of and joined by.
      text.append(
        number % 3 == 0 ? UInt8(number >> 32 & 0x7F) : Array("az'AZ-09._ ".utf8)[Int(number >> 32 % 11)])
    }
    var count = 0
    var isInWord = false
    for byte in text {
      let isWord = "0"..."9" ~= Character(Unicode.Scalar(byte)) || Character(Unicode.Scalar(byte)).isLetter
      if isWord, !isInWord { count += 1 }
      isInWord = isWord || isInWord && "'-._".utf8.contains(byte)
    }
    #expect(PlainText.wordCount(String(decoding: text, as: UTF8.self)) == count)
  }

  @Test(
    "references are decoded as browsers do",
    arguments: [
      ("&amp;", "&"), ("&eacute;", "é"), ("&copy 2026", "© 2026"), ("&#8217;", "’"), ("&#x2019;", "’"),
      ("&#146;", "’"), ("&#150;", "–"), ("&#0;", "\u{FFFD}"), ("&#xD800;", "\u{FFFD}"),
      ("&#99999999999;", "\u{FFFD}"), ("&nosuch;", "&nosuch;"), ("&", "&"), ("&;", "&;"), ("&#;", "&#;"),
      ("&NotEqualTilde;", "≂̸"), ("&CounterClockwiseContourIntegral;", "∳"), ("&notin;", "∉"),
      ("&amp;lt;", "&lt;"),
      ("&hellip;&mdash;", "…—"),
    ])
  func references(text: String, expected: String) {
    #expect(PlainText.decodeEntities(text) == expected)
  }

  @Test("an attribute leaves a query alone that looks like a reference")
  func queries() {
    #expect(clean("<a href=\"/?a=1&copy=2&amp;lt=3\">x</a>").html.contains("?a=1&amp;copy=2&amp;lt=3"))
  }
}

@Suite("Plain text of titles")
struct PlainTextTests {
  @Test(
    "markup goes, characters stay, by what kind of text it is",
    arguments: [
      ("A &amp; B", .html, "A & B"), ("A &amp; B", .unknown, "A & B"), ("A &amp; B", .plain, "A &amp; B"),
      ("<b>A</b> B", .html, "A B"), ("Using Array<T>", .unknown, "Using Array<T>"), ("a < b", .html, "a < b"),
      ("  a \n\t b  ", .plain, "a b"), ("a\u{202E}b\u{0}c\u{1B}[0m", .plain, "abc[0m"),
      ("a\u{200B}b", .plain, "ab"),
      ("<p>a</p><p>b</p>", .html, "a b"), ("a<script>x</script>b", .html, "ab"),
      ("a<!-- x -->b", .html, "ab"),
      ("it&#8217;s", .unknown, "it’s"), ("", .html, ""),
    ] as [(String, ParsedText.Kind, String)])
  func titles(value: String, kind: ParsedText.Kind, expected: String) {
    #expect(PlainText.of(ParsedText(value, kind: kind)) == expected)
  }
}

@Suite("Limits of HTML")
struct HTMLLimitsTests {
  @Test(
    "a megabyte of hostile markup ends",
    arguments: [
      "<a", "<b>", "<a href=\"x", "<!--", "<![CDATA[", "&", "&#", "<table><td>", "</p>", "<p ", "<a x='",
      "<svg>",
      "<script>", "<li>", "<div><b>", "<", "<!", "</", "&amp;lt;a", "<a =", "<img srcset=\"a,", "&lt;b",
      "<b</b", "\u{0}",
    ])
  func floods(piece: String) {
    let flood = String(repeating: piece, count: 1_000_000 / piece.utf8.count / 4)
    let cleaner = HTMLCleaner()
    #expect(MarkupCheck.faults(String(cleaner.clean(flood, baseURL: nil).html.prefix(0))) == [])
    _ = cleaner.clean(ParsedText(flood, kind: .unknown))
    _ = PlainText.of(ParsedText(flood, kind: .unknown))
    _ = PlainText.of(ParsedText(flood + ">", kind: .html))
  }

  @Test(
    "cleaning again changes nothing where elements nest too deep",
    arguments: [
      "<table>x", "<table><tr><td>x", "<table><tr>x", "<b><table>x", "<p><table><td>x<i>",
      "<div><iframe src=https://www.youtube.com/embed/x></iframe>", "<table><caption>x</caption>y",
    ])
  func stableDepth(_ html: String) {
    for before in 0..<6 {
      let text = String(repeating: "<b>", count: before) + String(repeating: html, count: 120)
      let once = HTMLCleaner().clean(text, baseURL: nil).html
      #expect(HTMLCleaner().clean(once, baseURL: nil).html == once)
    }
  }

  @Test("elements nest as deep as the limit says")
  func depth() {
    let clean = HTMLCleaner().clean(String(repeating: "<div>", count: 10_000) + "x", baseURL: nil)
    #expect(clean.html.components("<div>") == HTMLLimits().maxDepth)
    #expect(clean.text == "x")
  }

  @Test("output that is too long is cut off and says so")
  func bytes() {
    var limits = HTMLLimits()
    limits.maxBytes = 1000
    let clean = HTMLCleaner(limits: limits).clean(String(repeating: "<p>word</p>", count: 1000), baseURL: nil)
    #expect(clean.isTruncated)
    #expect(clean.html.utf8.count < 1200)
    #expect(MarkupCheck.faults(clean.html) == [])
  }

  @Test("links and images are listed up to their limits")
  func lists() {
    var limits = HTMLLimits()
    (limits.maxLinks, limits.maxImages) = (2, 1)
    let html = String(
      repeating: "<a href=\"https://a.example/\">x</a><img src=\"https://a.example/i.png\">", count: 5)
    let clean = HTMLCleaner(limits: limits).clean(html, baseURL: nil)
    #expect(clean.links.count == 2)
    #expect(clean.images.count == 1)
  }

  @Test("a cleaner that is used again keeps nothing of before")
  func reused() {
    let cleaner = HTMLCleaner()
    _ = cleaner.clean("<pre><b><a href=\"https://a.example/\">x", baseURL: nil)
    #expect(cleaner.clean("<p>a  b</p>", baseURL: nil) == HTMLCleaner().clean("<p>a  b</p>", baseURL: nil))
  }

  @Test("markup that was escaped twice is decoded once more")
  func twiceEscaped() {
    let cleaner = HTMLCleaner()
    #expect(cleaner.clean(ParsedText("&lt;p&gt;a&lt;/p&gt;", kind: .unknown)).html == "<p>a</p>")
    #expect(cleaner.clean(ParsedText("&lt;script&gt;x&lt;/script&gt;a", kind: .html)).html == "a")
    #expect(cleaner.clean(ParsedText("a < b & c", kind: .plain)).html == "a &lt; b &amp; c")
    #expect(cleaner.clean(ParsedText("one\n\ntwo", kind: .plain)).html == "<p>one</p>\n<p>two</p>")
  }
}

extension String {
  fileprivate func components(_ part: String) -> Int {
    var count = 0
    var rest = Substring(self)
    while let range = rest.firstRange(of: part) {
      count += 1
      rest = rest[range.upperBound...]
    }
    return count
  }
}
