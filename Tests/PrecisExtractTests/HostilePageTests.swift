import PrecisExtract
import Testing

@Suite("Hostile and odd pages")
struct HostilePageTests {
  private let extractor = ArticleExtractor()

  @Test("pages over a limit are refused with the limit")
  func limits() {
    let small = ArticleExtractor(limits: .init(bytes: 100, depth: 20, nodes: 50))
    #expect(throws: ExtractError.tooLarge(bytes: 101, limit: 100)) {
      try small.extract([UInt8](repeating: 0x20, count: 101))
    }
    #expect(throws: ExtractError.tooComplex(limit: "20 levels")) {
      try small.extract(Array(String(repeating: "<b>", count: 30).utf8))
    }
    #expect(throws: ExtractError.tooComplex(limit: "50 nodes")) {
      try ArticleExtractor(limits: .init(nodes: 50)).extract(
        Array(String(repeating: "<br>x", count: 60).utf8))
    }
    let attributes = (0..<500).map { "a\($0)=1" }.joined(separator: " ")
    #expect(throws: ExtractError.tooComplex(limit: "400 attributes of one tag")) {
      try extractor.extract(Array("<p \(attributes)>x</p>".utf8))
    }
  }

  @Test("what is no HTML is refused")
  func notHTML() {
    #expect(throws: ExtractError.notHTML(contentType: "image/png")) {
      try extractor.extract(Array("<p>x".utf8), contentType: "image/png")
    }
    #expect(throws: ExtractError.notHTML(contentType: nil)) {
      try extractor.extract(Array("%PDF-1.7 …".utf8))
    }
    #expect(throws: ExtractError.notHTML(contentType: nil)) {
      try extractor.extract([UInt8](repeating: 1, count: 64))
    }
  }

  @Test(
    "broken markup neither crashes nor hangs",
    arguments: [
      "<", "</", "<!--", "<!-->", "<script>", "<script", "<style><p>", "<p class=\"", "<p class='a",
      "<p a=b=c==d>x",
      "&#x110000;&#0;&bogus;", "<table><tr><td>x<table>", "</p></div></body></html><p>after",
      "<svg><p>x</svg>",
      "<a><a><a><p></a></p>", "<title>", "<body><body><html>", "<![CDATA[x]]>", "<?php echo 1 ?>",
      "\u{FEFF}<p>x",
    ])
  func broken(markup: String) throws {
    _ = try extractor.extract(Array(markup.utf8))
    let text = try extractor.extract(Array((ContentTests.page + markup).utf8)).text
    #expect(text.contains("The river rose"))
  }

  @Test("each cut of a page is read without a crash")
  func cuts() throws {
    let page = Array((ContentTests.page + "<p>Ünïcödé – “quoted” 磨坊</p><script>if (a < b) {}</script>").utf8)
    for end in stride(from: 0, to: page.count, by: 7) { _ = try extractor.extract(Array(page[..<end])) }
    for end in page.count - 60..<page.count { _ = try extractor.extract(Array(page[..<end])) }
  }

  @Test("large repetitive pages take their time in proportion")
  func large() throws {
    for piece in [
      "<div>", "<p>x", "<!--", "<a href='", "&amp;", "</div>", "<table><tr><td>", "\"'=", "<script>x</",
    ] {
      let page = Array((ContentTests.page + String(repeating: piece, count: 60_000 / piece.utf8.count)).utf8)
      // Nesting over the limit is refused; anything else must come to an end.
      _ = try? extractor.extract(page)
    }
  }

  @Test(
    "the encoding is taken from the mark, the bytes, the media type or the page",
    arguments: [
      ([0xEF, 0xBB, 0xBF] + Array("<p>Größe</p>".utf8), nil),
      (Array("<p>Größe</p>".utf8), "text/html; charset=iso-8859-1"),
      (Array("<p>Gr".utf8) + [0xF6, 0xDF] + Array("e</p>".utf8), "text/html; charset=ISO-8859-1"),
      (Array("<meta charset=windows-1252><p>Gr".utf8) + [0xF6, 0xDF] + Array("e</p>".utf8), nil),
      (Array("<p>Gr".utf8) + [0xF6, 0xDF] + Array("e</p>".utf8), nil),
      ([0xFF, 0xFE] + "<p>Größe</p>".utf16.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }, nil),
    ] as [([UInt8], String?)])
  func encodings(bytes: [UInt8], type: String?) throws {
    #expect(try extractor.extract(bytes, contentType: type).text == "Größe")
  }

  @Test("Japanese and Cyrillic encodings are converted")
  func iconv() throws {
    let shiftJIS: [UInt8] = Array("<p>".utf8) + [0x93, 0xFA, 0x96, 0x7B] + Array("</p>".utf8)
    #expect(try extractor.extract(shiftJIS, contentType: "text/html; charset=Shift_JIS").text == "日本")
    let koi8: [UInt8] = Array("<meta charset=\"koi8-r\"><p>".utf8) + [0xED, 0xC9, 0xD2] + Array("</p>".utf8)
    #expect(try extractor.extract(koi8).text == "Мир")
  }
}
