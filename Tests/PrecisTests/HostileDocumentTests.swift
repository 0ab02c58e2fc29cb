import PrecisJSON
import PrecisTestLimits
import PrecisTestSupport
import Testing

/// A document that somebody made to hurt, in pieces that are repeated.
struct HostileDocument: Sendable, CustomTestStringConvertible {
  let name: String
  let parts: [(text: String, count: Int)]
  /// What the error names; nil: the document is read, within the limits of what is kept.
  let limit: String?

  init(_ name: String, _ parts: (text: String, count: Int)..., limit: String?) {
    self.name = name
    self.parts = parts
    self.limit = limit
  }

  var testDescription: String { name }

  var bytes: [UInt8] {
    var bytes: [UInt8] = []
    for part in parts {
      let unit = Array(part.text.utf8)
      for _ in 0..<part.count { bytes.append(contentsOf: unit) }
    }
    return bytes
  }

  private static let item = "<rss><channel><item><description>"
  private static let json = "{\"version\":\"https://jsonfeed.org/version/1\",\"items\":["

  /// Ten entities, each ten of the one before.
  private static let laughs =
    "<!DOCTYPE rss [<!ENTITY l0 \"lol\">"
    + (1...9).map { level in
      "<!ENTITY l\(level) \"" + String(repeating: "&l\(level - 1);", count: 10) + "\">"
    }.joined() + "]><rss><channel><title>&l9;"

  static let all = [
    HostileDocument(
      "a million elements, one in the other", ("<rss><channel>", 1), ("<a>", 1_000_000),
      limit: "256 nested elements"),
    HostileDocument("a billion laughs", (laughs, 1), limit: "bytes of expanded entities"),
    HostileDocument(
      "one long entity, many times", ("<!DOCTYPE rss [<!ENTITY a \"", 1), ("aaaaaaaaaa", 5000),
      ("\">]><rss><channel><title>", 1), ("&a;", 50_000), limit: "bytes of expanded entities"),
    HostileDocument(
      "entities in attributes", ("<!DOCTYPE rss [<!ENTITY a \"", 1), ("aaaaaaaaaa", 5000),
      ("\">]><rss><channel>", 1), ("<a b='&a;&a;&a;'/>", 10_000), limit: "bytes of expanded entities"),
    HostileDocument(
      "a million attributes", ("<rss", 1), (" a=''", 300_000), (" a1=''", 300_000), ("/>", 1),
      limit: "256 attributes of one element"),
    HostileDocument(
      "a tag without end", ("<rss a=\"", 1), ("xxxxxxxxxx", 600_000), limit: "bytes of one tag"),
    HostileDocument("a name without end", ("<rss><", 1), ("xxxxxxxxxx", 600_000), limit: "bytes of one tag"),
    HostileDocument(
      "a million entries", ("<rss><channel>", 1), ("<item/>", 1_000_000), limit: "100000 entries"),
    HostileDocument("a text without end", (item, 1), ("xxxxxxxxxx", 1_000_000), limit: "bytes of one text"),
    HostileDocument(
      "an entry without end", ("<rss><channel><item>", 1),
      ("<title>xxxxxxxxxxxxxxxxxxxxxxxx</title>", 1_000_000),
      limit: "bytes of one entry"),
    HostileDocument(
      "JSON, nested", (json, 1), ("[", 1_000_000), limit: "128 nested elements"),
    HostileDocument(
      "JSON of a million items", (json, 1), ("{\"id\":\"1\"},", 1_000_000), limit: "100000 entries"),
    HostileDocument(
      "a comment without end", ("<rss><channel><title>a</title><!--", 1), ("- -", 1_000_000), limit: nil),
    HostileDocument(
      "a document type without end", ("<!DOCTYPE rss [", 1), ("<!ENTITY a 'b'>", 300_000), limit: "not a feed"
    ),
    HostileDocument(
      "a million namespaces", ("<rss><channel>", 1),
      ((0..<2000).map { "<x:a xmlns:x='u:\($0)'/>" }.joined(), 20), limit: nil),
    HostileDocument("end tags of nothing", ("<rss><channel>", 1), ("</x>", 1_000_000), limit: nil),
    HostileDocument("nested HTML", (item, 1), ("&lt;b>&lt;p>", 300_000), limit: nil),
    HostileDocument("HTML tags without end", (item, 1), ("&lt;a href='", 300_000), limit: nil),
    HostileDocument("HTML comments without end", (item, 1), ("&lt;!--", 600_000), limit: nil),
    HostileDocument("ampersands", (item, 1), ("&amp;#", 600_000), limit: nil),
    HostileDocument(
      "misnested HTML", (item, 1), ("&lt;table>&lt;a>&lt;td>&lt;b>&lt;/a>&lt;i>&lt;/td>", 60_000), limit: nil),
    HostileDocument(
      "an attribute flood in HTML", (item, 1), ("&lt;p", 1), (" a='b'", 600_000), (">x", 1), limit: nil),
  ]
}

@Suite("Hostile documents and the built executable", .mustEnd)
struct HostileDocumentTests {
  @Test("each ends in time, within limits that the error names", arguments: HostileDocument.all)
  func ends(_ document: HostileDocument) throws {
    let program = try Program()
    let run = CommandRun.run(
      program.command(["parse", "-", "--json"]), environment: program.environment, stdin: document.bytes,
      timeoutSeconds: 60)
    if let limit = document.limit {
      #expect(run.status == 65, "\(run.stderr.prefix(300))")
      #expect(run.stderr.contains(limit), "\(run.stderr.prefix(300))")
    } else {
      #expect(run.status == 0, "\(run.stderr.prefix(300))")
      #expect(try JSONParser.parse(run.stdout)["entries"] != nil)
    }
  }

  @Test("a long document is one JSON value, though it is written in pieces")
  func long() throws {
    let program = try Program()
    let text = String(repeating: "many words ", count: 200)
    let run = program.run("parse", "-", "--json", stdin: SampleFeed.rss("B", items: 0..<500, text: text))
    #expect(run.stdout.utf8.count > 1 << 20)
    let entries = try JSONParser.parse(run.stdout)["entries"]?.array
    #expect(entries?.count == 500)
  }

  @Test("markup that attacks comes out harmless, also when it is escaped twice")
  func scripts() throws {
    let program = try Program()
    let attack = "<img src=x onerror=alert(1)><script>alert(2)</script><a href='javascript:alert(3)'>x</a>"
    let once = attack.split(separator: "<", omittingEmptySubsequences: false).joined(separator: "&lt;")
    let twice = once.split(separator: "&", omittingEmptySubsequences: false).joined(separator: "&amp;")
    for text in [once, twice, "<![CDATA[\(attack)]]>", attack] {
      let run = program.run(
        "parse", "-", "--json",
        stdin: "<rss><channel><item><description>\(text)</description></item></channel></rss>")
      let html =
        try JSONParser.parse(run.stdout)["entries"]?.array?.first?["content_html"]?.string
        ?? JSONParser.parse(run.stdout)["entries"]?.array?.first?["summary_html"]?.string ?? ""
      for forbidden in ["onerror", "<script", "javascript:", "alert(2)"] {
        #expect(!html.contains(forbidden), "\(html)")
      }
    }
  }
}
