import PrecisModel
import Testing

@testable import PrecisParse

@Suite("Broken markup and bytes")
struct RepairTests {
  @Test(
    "a title is read out of broken markup",
    arguments: [
      ("<title>a & b</title>", "a & b"), ("<title>a < b</title>", "a < b"),
      ("<title>&nbsp;&eacute;</title>", "\u{A0}é"),
      ("<title>&#146;</title>", "’"), ("<title>a&unknown;</title>", "a&unknown;"), ("<title>a", "a"),
      ("<title>a<link>http://e.org/</link>", "a"), ("<title>a<!-- c -->b</title>", "ab"),
      ("<title><![CDATA[a]]]]><![CDATA[>b]]></title>", "a]]>b"), ("<title>]]&gt;</title>", "]]>"),
      ("<title>a</Title>", "a"), ("<title a=1 b a=2>x</title>", "x"),
      ("<title><me@e.org></title>", "<me@e.org>"), ("<title>a\u{1}b</title>", "ab"),
      ("<title>a&#0;</title>", "a\u{FFFD}"), ("<title>x</title></nothing>", "x"),
    ])
  func repairs(_ elements: String, _ title: String) {
    #expect(rssItem(elements)?.title?.value == title)
  }

  @Test("entries go on after an item that is not closed")
  func unclosedItem() {
    let text = "<rss><channel><item><title>a</title><item><title>b</title></item></channel></rss>"
    #expect(parse(text)?.entries.compactMap(\.title?.value) == ["a", "b"])
  }

  @Test(
    "an end tag closes the element of its name, whatever its length and case",
    arguments: [1, 3, 4, 7, 8, 9, 15, 16, 17, 31, 32, 33, 40])
  func names(_ length: Int) {
    let name = String("element".prefix(length)) + String(repeating: "x", count: max(0, length - 7))
    let opened = String(name.dropLast()) + "A"
    for closed in [opened, opened.uppercased()] {
      let item = rssItem("<\(opened)><b>c</b></\(closed)><title>t</title>")
      #expect(item?.title?.value == "t")
    }
    // Another name, though only in the middle, closes nothing.
    let middle = name.index(name.startIndex, offsetBy: length / 2)
    let other = name.replacingCharacters(at: middle, with: "_")
    let document = parse(
      "<rss><channel><item><title>t<\(name)>u</\(other)>v</\(name)>w</title></item></channel></rss>")
    #expect(document?.warnings.map(\.message) == ["</\(other.prefix(40))> closes nothing that is open"])
  }

  @Test("unescaped HTML stays in its text")
  func inlineHTML() {
    #expect(
      rssItem("<description>a<br>b <p>c<p>d</description>")?.summary?.value == "a<br />b <p>c</p><p>d</p>")
  }

  @Test("junk before and a second document behind are passed over")
  func surroundings() {
    let text =
      "\n \u{FEFF}junk\n<?xml version=\"1.0\"?><rss><channel><item/></channel></rss><rss><channel><item/></channel></rss>"
    #expect(parse(text)?.entries.count == 2)
  }

  @Test("lines are those of the document")
  func lines() {
    let text =
      "<?xml version=\"1.0\"?>\n<!-- \n -->\n<!DOCTYPE rss [\n]>\n<rss><channel>\n<item/></channel></rss>"
    #expect(parse(text)?.entries.first?.line == 7)
  }

  @Test(
    "charsets by mark, header and declaration",
    arguments: [
      ([0xFF, 0xFE] + utf16("<rss><channel><title>é</title></channel></rss>"), nil),
      (utf16("<rss><channel><title>é</title></channel></rss>"), nil),
      (Array("<?xml version=\"1.0\" encoding=\"iso-8859-1\"?><rss><channel><title>".utf8) + [0xE9], nil),
      (Array("<rss><channel><title>".utf8) + [0xE9], "text/xml; charset=windows-1252"),
      (Array("<rss><channel><title>".utf8) + [0xE9], nil),
      (
        Array("<?xml version='1.0' encoding='koi8-r'?><rss><channel><title>".utf8) + [0xC3, 0xA9],
        "a/b;charset=utf-8"
      ),
    ] as [([UInt8], String?)])
  func charsets(_ bytes: [UInt8], _ type: String?) throws {
    let document = try FeedParser.parse(bytes, contentType: type)
    #expect(document.feed.title?.value == "é")
  }

  @Test("a mark before a large document is no part of it")
  func largeWithMark() throws {
    let bytes: [UInt8] = [0xEF, 0xBB, 0xBF]
    let text =
      "<rss><channel><title>é</title>" + String(repeating: "<item/>", count: 500) + "</channel></rss>"
    let document = try FeedParser.parse(bytes + text.utf8)
    #expect(document.feed.title?.value == "é")
    #expect(document.entries.count == 500)
    #expect(document.warnings.isEmpty)
  }

  private static func utf16(_ text: String) -> [UInt8] {
    text.utf16.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 >> 8)] }
  }

  @Test("a gzip body is read without a header that says so, whole or cut")
  func gzip() throws {
    let text =
      "H4sIAAAAAAACA7MpKi5WKEstKs7Mz7NVMtIzULKzSc5IzMtLzbGzKcksyUm1i8osKEhNUUhLTU3RUxjljFiOjT4kPdjowxOIPjD12AEAHHKAC0MCAAA="
    let body = try #require(Base64.decode(text.utf8))
    let title = try FeedParser.parse(body).feed.title?.value
    #expect(title?.hasPrefix("Zipped feed. Zipped feed.") == true)
    #expect(failure(Array(body.prefix(14))) != nil)
  }

  @Test(
    "a document in any pieces gives the same",
    arguments: [
      "<?xml version=\"1.0\"?><!DOCTYPE r [<!ENTITY a \"b\">]><rss><channel><item><title>é &a;&#233;]]&gt;<![CDATA[x]]]></title>"
        + "<description>a &lt;&gt;&amp;&quot;&apos;&ltx;<br>\r\n\r<i b='c&amp;d' e=f>g</x></description></item><item><guid>&bogus</guid></rss>",
      "{\"items\":[{\"id\":\"\\u00e9\\\"]\",\"title\":\"é\"},{\"id\":2,},],\"version\":\"https://jsonfeed.org/version/1\"}",
    ])
  func pieces(_ text: String) throws {
    let bytes = Array(text.utf8)
    let whole = try FeedParser.parse(bytes)
    for step in 1...9 {
      var entries: [ParsedEntry] = []
      let parser = FeedParser { entries.append($0) }
      bytes.withUnsafeBufferPointer { all in
        for at in stride(from: 0, to: all.count, by: step) {
          parser.consume(UnsafeBufferPointer(rebasing: all[at..<min(at + step, all.count)]))
        }
      }
      let feed = try parser.finish()
      #expect(ParsedDocument(feed: feed, entries: entries, warnings: whole.warnings) == whole)
    }
  }
}

@Suite("Long texts")
struct LongTextTests {
  @Test("text, sections and references keep their order, and lines are counted")
  func order() throws {
    let long = String(repeating: "0123456789\n", count: 200)
    let text =
      "<rss><channel><item><title>a<![CDATA[\(long)]]>b&amp;<![CDATA[\(long)]]>]]&gt;<![CDATA[c]]]]><![CDATA[>\(long)]]></title>"
      + "</item>\n<item/></channel></rss>"
    let document = try #require(parse(text))
    #expect(document.entries.first?.title?.value == ("a\(long)b&\(long)]]>c]]>\(long)").trimmed)
    #expect(document.entries.last?.line == 602)
  }
}

@Suite("Names and namespaces")
struct NamespaceTests {
  private let dublinCore = "http://purl.org/dc/elements/1.1/"

  @Test("a prefix means what the nearest declaration says, and its old meaning comes back")
  func scopes() throws {
    let text = """
      <rss xmlns:a="\(dublinCore)"><channel>
      <item><a:creator>A</a:creator></item>
      <item xmlns:a="urn:else"><a:creator>nobody</a:creator><b:creator xmlns:b="\(dublinCore)">B</b:creator></item>
      <item><a:creator>C</a:creator><b:creator>nobody</b:creator></item>
      </channel></rss>
      """
    let entries = try #require(parse(text)?.entries)
    #expect(entries.map { $0.authors.map(\.name) } == [["A"], ["B"], ["C"]])
  }

  @Test("a default namespace holds for what is inside, and can be taken back")
  func defaults() throws {
    let text = """
      <x:feed xmlns:x="http://www.w3.org/2005/Atom"><x:entry><title xmlns="urn:other">no</title>
      <x:title>yes</x:title></x:entry><entry xmlns="http://www.w3.org/2005/Atom"><title>two</title>
      <summary xmlns="">three</summary></entry></x:feed>
      """
    let entries = try #require(parse(text)?.entries)
    #expect(entries.map(\.title?.value) == ["yes", "two"])
    #expect(entries.last?.summary?.value == "three")
  }

  @Test("undeclared and misspelt namespaces are understood by their customary prefix")
  func custom() throws {
    let text =
      "<rss xmlns:media=\"http://search.yahoo.example/typo\"><item><dc:creator>A</dc:creator>"
      + "<media:title>T</media:title></item></rss>"
    let entry = try #require(parse(text)?.entries.first)
    #expect(entry.authors.first?.name == "A")
    #expect(entry.title?.value == "T")
  }

  @Test("names of any length, and namespaces without number")
  func floods() throws {
    let long = String(repeating: "n", count: 100)
    var text = "<rss><channel><item><title>a<\(long)>b</\(long)></title></item>"
    for number in 0..<1200 { text += "<p:x xmlns:p=\"urn:\(number)\"/>" }
    text += "<item xmlns:q=\"\(dublinCore)\"><q:creator>A</q:creator></item></channel></rss>"
    let entries = try #require(parse(text)?.entries)
    #expect(entries.first?.title?.value == "a<\(long)>b</\(long)>")
    #expect(entries.count == 2)
  }

  @Test("values of attributes: quotes of both kinds or none, references, line ends, doubles")
  func attributes() throws {
    let text =
      "<rss><item><enclosure URL='http://e.org/?a=1&amp;b=2&c\n' type=audio/mpeg type='x' length = \"7\" x/></item></rss>"
    let attachment = try #require(parse(text)?.entries.first?.attachments.first)
    #expect(attachment.url == "http://e.org/?a=1&b=2&c")
    #expect(attachment.mimeType == "audio/mpeg")
    #expect(attachment.sizeInBytes == 7)
  }
}

@Suite("Addresses and people of smaller vocabularies")
struct VocabularyTests {
  @Test("a counter's enclosure gets the publisher's address; a torrent and a person are kept")
  func others() throws {
    let text = """
      <rss xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0" xmlns:media="http://search.yahoo.com/mrss/"
      xmlns:podcast="https://podcastindex.org/namespace/1.0"><item>
      <enclosure url="http://counter.example/a.mp3" type="audio/mpeg"/>
      <feedburner:origEnclosureLink>http://e.org/a.mp3</feedburner:origEnclosureLink>
      <media:peerLink type="application/x-bittorrent" href="http://e.org/a.torrent"/>
      <podcast:person role="host">Jane Doe</podcast:person></item></rss>
      """
    let entry = try #require(parse(text)?.entries.first)
    #expect(entry.attachments.map(\.url) == ["http://e.org/a.mp3", "http://e.org/a.torrent"])
    #expect(entry.authors.map(\.name) == ["Jane Doe"])
  }

  @Test(
    "a mail address leaves no brackets behind",
    arguments: [
      ("Me (you@e.org)", "Me"), ("Me <you@e.org>", "Me"), ("you@e.org (Me)", "Me"),
      ("you@e.org (Me (Inc.))", "Me (Inc.)"),
    ])
  func people(_ text: String, _ name: String) {
    let author = Person.read(text)
    #expect(author?.name == name)
    #expect(author?.email == "you@e.org")
  }
}

extension String {
  fileprivate func replacingCharacters(at index: Index, with text: String) -> String {
    String(self[..<index]) + text + self[self.index(after: index)...]
  }
}
