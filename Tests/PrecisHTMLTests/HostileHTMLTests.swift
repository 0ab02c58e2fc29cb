import PrecisModel
import PrecisURL
import Testing

@testable import PrecisHTML

@Suite("Hostile HTML")
struct HostileHTMLTests {
  private let base = WebURL("https://site.example/post/")

  @Test("no vector leaves anything that could run", arguments: HostileVectors.all)
  func harmless(vector: String) {
    let clean = HTMLCleaner().clean(vector, baseURL: base)
    #expect(MarkupCheck.faults(clean.html) == [])
  }

  @Test("a vector inside of a paragraph, a table and a link stays harmless", arguments: HostileVectors.all)
  func harmlessInside(vector: String) {
    let cleaner = HTMLCleaner()
    for frame in [
      ("<p>a", "b</p>c"), ("<table><tr><td>a", "b</table>c"), ("<a href='/x'>a", "b</a>c"),
      ("<ul><li>", "</ul>"),
    ] {
      #expect(MarkupCheck.faults(cleaner.clean(frame.0 + vector + frame.1, baseURL: base).html) == [])
    }
  }

  @Test("cleaning what was cleaned changes nothing", arguments: HostileVectors.all)
  func fixedPoint(vector: String) {
    let cleaner = HTMLCleaner()
    let once = cleaner.clean("<p>a" + vector + "<b>z", baseURL: base).html
    #expect(cleaner.clean(once, baseURL: base).html == once)
  }

  @Test("titles made of vectors are characters", arguments: HostileVectors.all)
  func titles(vector: String) {
    let text = PlainText.of(ParsedText(vector, kind: .html))
    #expect(!text.unicodeScalars.contains { $0.value < 0x20 || 0x7F...0x9F ~= $0.value })
  }

  @Test("there are vectors enough")
  func vectorCount() {
    #expect(Set(HostileVectors.all).count >= 180)
  }

  @Test("tags cut at every place leave nothing that could run")
  func everyPrefix() {
    let whole =
      "<p title='a\"b'>x<img src=\"https://a.example/i.png\" onerror='alert(1)' alt=\"<b>\"><!-- c --><script>alert(1)</script><a href=javascript:x>y</a>&lt;b&gt;</p>"
    let cleaner = HTMLCleaner()
    for length in 0...whole.utf8.count {
      let part = String(decoding: Array(whole.utf8.prefix(length)), as: UTF8.self)
      #expect(MarkupCheck.faults(cleaner.clean(part, baseURL: base).html) == [])
    }
  }

  @Test("random markup comes out well-formed and stays as it is when cleaned again")
  func random() {
    var seed: UInt64 = 0x9E37_79B9_7F4A_7C15
    func next(_ bound: Int) -> Int {
      seed ^= seed << 13
      seed ^= seed >> 7
      seed ^= seed << 17
      return Int(seed % UInt64(bound))
    }
    let names = [
      "p", "b", "i", "a", "a href='/x'", "div", "table", "tr", "td", "th", "tbody", "caption", "ul", "ol",
      "li", "dl",
      "dd", "dt", "h1", "h2", "pre", "code", "blockquote", "ruby", "rt", "rp", "img src=/a.png", "br", "hr",
      "svg",
      "math", "style", "select", "form", "button", "video src='/v'", "source src=/s", "details", "summary",
      "picture",
      "thead", "tfoot", "font", "center", "iframe src='/f'", "span", "section", "title", "template", "em",
      "col",
    ]
    let cleaner = HTMLCleaner()
    for _ in 0..<3000 {
      var html = ""
      for _ in 0..<(1 + next(24)) {
        let name = names[next(names.count)]
        switch next(5) {
        case 0: html += ["text", " ", "\n", "&lt;", "&amp;amp;", "<", "\"", "x\u{0}y", "]]>", "--"][next(10)]
        case 1, 2: html += "</\(name.prefix { $0 != " " })>"
        default: html += "<\(name)>"
        }
      }
      let once = cleaner.clean(html, baseURL: base)
      #expect(MarkupCheck.faults(once.html) == [], "\(html)")
      let twice = cleaner.clean(once.html, baseURL: base)
      #expect(twice.html == once.html, "\(html)")
      #expect(twice.text == once.text, "\(html)")
    }
  }
}
