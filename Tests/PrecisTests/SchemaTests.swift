import Glibc
import PrecisTestLimits
import PrecisTestSupport
import Testing

/// What the executable writes, held against docs/schema by a validator that is not ours.
@Suite("Documents fit their schemas", .mustEnd)
struct SchemaTests {
  private static let root = String(#filePath.split(separator: "/").dropLast(3).reduce("") { $0 + "/" + $1 })

  /// Runs Tests/schema/validate.py; nil, with a message, where Python or its package is missing.
  private func validate(_ arguments: [String]) -> CommandRun? {
    for python in ["python3", "/usr/bin/python3"] {
      let run = CommandRun.run([python, "\(Self.root)/Tests/schema/validate.py"] + arguments)
      if run.status != 77, run.status != 127 { return run }
    }
    print("skipped: no python3 with the package jsonschema (Debian: python3-jsonschema)")
    return nil
  }

  @Test("the samples and the configurations")
  func samples() {
    guard let run = validate([]) else { return }
    #expect(run.status == 0, "\(run.stdout)\(run.stderr)")
  }

  @Test(
    "a store after a life with failures, revisions, keeps, removals and compaction; exports and parsed documents"
  )
  func store() throws {
    let server = try LoopbackServer { request in
      switch request.path {
      case "/rss":
        .ok(SampleFeed.rss("Blog", items: 0..<12, text: "See https://github.com/apple/swift for code."))
      case "/atom": .ok(Self.atom, type: "application/atom+xml")
      case "/json": .ok(Self.jsonFeed, type: "application/feed+json")
      case "/gone": Response(410)
      case "/broken": .ok("<rss><channel><title>Half", type: "text/xml")
      default: Response(500)
      }
    }
    let program = try Program("[store]\nretention_per_feed = 8")
    let outlines = ["/rss", "/atom", "/json", "/gone", "/broken", "/error"]
      .map { "<outline xmlUrl='\(server.url($0))'/>" }.joined()
    program.run("import", "-", stdin: "<opml><body>\(outlines)</body></opml>")
    program.run("sync")
    let id = program.json("list").last?["id"]?.string ?? ""
    #expect(program.run("keep", id).status == 0)
    program.run("remove", server.url("/json"))
    program.run("sync", "--force")
    guard let run = validate(["--store", program.store]) else { return }
    #expect(run.status == 0, "\(run.stdout)\(run.stderr)")

    _ = try program.directory.write(program.run("list", "--json").stdout, to: "articles.ndjson")
    _ = try program.directory.write(program.run("export", "-f", "json").stdout, to: "export.json")
    _ = try program.directory.write(program.run("feeds", "--json").stdout, to: "feeds.json")
    _ = try program.directory.write(Self.atom, to: "atom.xml")
    let parsed = program.run("parse", program.directory.file("atom.xml"), "--json")
    _ = try program.directory.write(parsed.stdout, to: "parsed.json")
    for (schema, file) in [
      ("article", "articles.ndjson"), ("json-feed", "export.json"), ("feeds", "feeds.json"),
      ("parse", "parsed.json"),
    ] {
      let run = validate(["--schema", schema, program.directory.file(file)])
      #expect(run?.status == 0, "\(file): \(run?.stdout ?? "")\(run?.stderr ?? "")")
    }
  }

  private static let atom = """
    <feed xmlns="http://www.w3.org/2005/Atom" xmlns:thr="http://purl.org/syndication/thread/1.0"
      xmlns:georss="http://www.georss.org/georss" xml:lang="en-GB"><link rel="license" href="https://l.example/"/><title>Atom</title><id>urn:a</id>
    <author><name>Ada</name><uri>https://ada.example/</uri></author>
    <entry><id>urn:a:1</id><title>One</title><georss:point>47.5 -0.1</georss:point>
    <georss:featurename>Here</georss:featurename><thr:in-reply-to ref="urn:b" href="https://b.example/"/>
    <link rel="replies" href="https://atom.example/1#c" thr:count="2"/>
    <link rel="replies" type="application/atom+xml" href="https://atom.example/1.atom"/><updated>2026-06-01T10:00:00+02:00</updated>
    <link href="https://atom.example/1"/><link rel="enclosure" type="audio/mpeg" length="12" href="https://atom.example/1.mp3"/>
    <category term="Swift"/><content type="html">&lt;p&gt;Use a lock. Never hold it while you wait.&lt;/p&gt;</content></entry>
    <entry><id>urn:a:2</id><title/><updated>2026-06-02T10:00:00Z</updated><summary>Without a title or an address</summary></entry>
    </feed>
    """

  private static let jsonFeed = """
    {"version": "https://jsonfeed.org/version/1.1", "title": "JSON", "items": [
      {"id": "1", "url": "https://json.example/1", "content_text": "Plain text", "tags": ["A"],
       "attachments": [{"url": "https://json.example/1.mp3", "mime_type": "audio/mpeg", "size_in_bytes": 3}]},
      {"id": "2", "external_url": "https://elsewhere.example/", "title": "A link", "image": "https://json.example/i.png"}]}
    """
}
