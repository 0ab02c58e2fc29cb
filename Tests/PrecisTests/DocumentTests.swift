import PrecisJSON
import PrecisTestLimits
import PrecisTestSupport
import Testing

@Suite("extract and curate on single documents", .mustEnd)
struct DocumentTests {
  private static let abstract = """
    We present a scheduler that orders the requests of a database by the age of their oldest waiting row. The scheduler \
    keeps a table of waiting rows for each client and needs no locks. Experiments on three workloads show that it \
    halves the longest wait while throughput stays the same. The database needs no change to its clients.
    """

  @Test("a text of one paragraph is read as text, not as a title")
  func untitled() throws {
    let program = try Program()
    let file = try program.directory.write(Self.abstract, to: "abstract.txt")
    let article = try #require(program.json("curate", file).first)
    #expect(article["title"]?.string ?? "" == "")
    #expect((article["topics"]?.strings ?? []).count >= 3)
    #expect(article["key_insights"]?.strings.isEmpty == false)
  }

  @Test("the first line of a text is its title")
  func titled() throws {
    let program = try Program()
    let file = try program.directory.write("Waiting rows first\n\n" + Self.abstract, to: "abstract.txt")
    let article = try #require(program.json("curate", file).first)
    #expect(article["title"]?.string == "Waiting rows first")
    #expect(article["content"]?["text"]?.string == Self.abstract)
  }

  @Test("several documents are curated one after another")
  func several() throws {
    let program = try Program()
    let first = try program.directory.write("One\n\n" + Self.abstract, to: "one.txt")
    let second = try program.directory.write("Two\n\n" + Self.abstract, to: "two.txt")
    #expect(program.json("curate", first, second).map { $0["title"]?.string } == ["One", "Two"])
  }

  @Test("a summary of so many words is printed alone, as text or as JSON")
  func budget() throws {
    let program = try Program()
    let file = try program.directory.write("Waiting rows first\n\n" + Self.abstract, to: "abstract.txt")
    let text = program.run("curate", "--words", "30", file).stdout.split(separator: "\n").joined()
    #expect((10...33).contains(text.split(separator: " ").count))
    #expect(program.json("curate", "--words", "30", file).first?["summary"]?.string == text)
  }

  @Test("a file that is no text is refused with its name")
  func noText() throws {
    let program = try Program()
    let bytes = (0..<4000).map { UInt8(truncatingIfNeeded: $0 &* $0 &+ $0 / 7) }
    let noise = String(decoding: bytes, as: UTF8.self)
    let run = program.run("curate", try program.directory.write(noise, to: "page.gz"))
    #expect(run.status == 65)
    #expect(run.stderr.contains("page.gz: not a text"))
  }

  @Test("a text that nobody published is credited to nobody")
  func noPublisher() throws {
    let program = try Program()
    let run = program.run("curate", try program.directory.write(Self.abstract, to: "abstract.txt"))
    #expect(run.stdout.hasSuffix("Editorial summary, takeaway, and curation by Precis.\n"))
  }

  @Test("a page that is more complex than any article is told with its name")
  func tooComplex() throws {
    let program = try Program()
    let file = try program.directory.write(
      "<html><body>" + String(repeating: "<div>", count: 3000) + "<p>Deep</p>", to: "deep.html")
    let run = program.run("curate", file)
    #expect(run.status == 65)
    #expect(run.stderr.contains("deep.html: the page is more complex"))
  }

  @Test("a document that is named is curated, also where feeds' articles are not")
  func switchedOff() throws {
    let program = try Program("[curation]\nenabled = false")
    let file = try program.directory.write("Waiting rows first\n\n" + Self.abstract, to: "abstract.txt")
    let article = try #require(program.json("curate", file).first)
    #expect((article["topics"]?.strings ?? []).count >= 3)
  }

  @Test("the links of a page lead to its code")
  func linksOfPage() throws {
    let program = try Program()
    let page = """
      <html><body><article><h1>Waiting rows</h1><p>\(Self.abstract)</p>
      <p>The code is <a href="https://github.com/example/waiting/issues">public</a>, and anybody may use it.</p>
      </article></body></html>
      """
    let file = try program.directory.write(page, to: "page.html")
    let article = try #require(program.json("curate", file).first)
    let references = article["code_references"]?.array ?? []
    #expect(references.compactMap { $0["url"]?.string } == ["https://github.com/example/waiting"])
  }

  @Test("a page is curated under the address that its redirects lead to, which its links are relative to")
  func redirectedPage() throws {
    let server = try LoopbackServer { request in
      guard request.path == "/articles/new" else { return .redirect(301, to: "/articles/new") }
      return .ok(
        """
        <html><head><link rel="canonical" href="https://mirror.example/elsewhere/new"></head><body><article>
        <h1>Waiting rows</h1><p>\(Self.abstract) The text is <a href="text.txt">here</a>.</p></article></body></html>
        """, type: "text/html")
    }
    let program = try Program()
    let article = try #require(program.json("curate", server.url("/short")).first)
    #expect(article["content"]?["html"]?.string?.contains("\"\(server.url("/articles/text.txt"))\"") == true)
    let plain = try #require(program.json("curate", server.url("/articles/new")).first)
    #expect(plain["content"] == article["content"])
  }

  @Test("what begins as a page is read as one, and plain text from an address as text")
  func kinds() throws {
    let server = try LoopbackServer { _ in .ok("Waiting rows\n\n" + Self.abstract, type: "text/plain") }
    let program = try Program()
    let page =
      "\n<!DOCTYPE HTML><html><head><title>Rows</title></head><body><p>\(Self.abstract)</p></body></html>"
    let saved = try #require(program.json("curate", try program.directory.write(page, to: "saved")).first)
    #expect(saved["title"]?.string == "Rows")
    #expect(saved["content"]?["text"]?.string == Self.abstract)
    let text = try #require(program.json("curate", server.url("/text")).first)
    #expect(text["title"]?.string == "Waiting rows")
    #expect(text["content"]?["text"]?.string == Self.abstract)
    #expect(text["url"]?.string == server.url("/text"))
  }

  @Test("a password in a page's address is used, and is not in what is printed")
  func secret() throws {
    let server = try LoopbackServer { _ in .ok("<html><body><p>\(Self.abstract)</p>", type: "text/html") }
    let program = try Program()
    let run = program.run("curate", "--json", "http://ada:hunter2@127.0.0.1:\(server.port)/")
    #expect(run.status == 0)
    #expect(!run.stdout.contains("hunter2") && !run.stderr.contains("hunter2"))
    #expect(server.requests.first?.header("Authorization") != nil)
  }

  @Test("nor is it in the message where the page cannot be had")
  func secretOfNothing() throws {
    let server = try LoopbackServer { _ in Response(404) }
    let program = try Program()
    let run = program.run("curate", "http://ada:hunter2@127.0.0.1:\(server.port)/gone")
    #expect(run.status != 0 && run.stderr.contains("/gone"))
    #expect(!run.stderr.contains("hunter2"))
  }

  @Test(
    "a feed is no article: it is told so, and what to do with it",
    arguments: [
      "<rss version='2.0'><channel><title>News</title><item><title>One</title></item></channel></rss>",
      "\u{FEFF}<?xml version='1.0'?><feed xmlns='http://www.w3.org/2005/Atom'><title>News</title></feed>",
      #"{"version": "https://jsonfeed.org/version/1.1", "title": "News", "items": []}"#,
    ])
  func feedToCurate(feed: String) throws {
    let server = try LoopbackServer { _ in .ok(feed, type: "application/octet-stream") }
    let program = try Program()
    let file = try program.directory.write(feed, to: "feed.xml")
    for arguments in [["curate", file], ["extract", file], ["curate", server.url("/feed")]] {
      let run = program.run(arguments)
      #expect(run.status == 65)
      #expect(run.stdout.isEmpty)
      #expect(run.stderr.contains("is a feed") && run.stderr.contains("precis add"))
    }
  }

  @Test("a text that begins with markup of its own is no feed")
  func markupThatIsNoFeed() throws {
    let program = try Program()
    let file = try program.directory.write("<rss> is the root\n\n" + Self.abstract, to: "notes.txt")
    #expect(program.run("curate", file).status == 0)
  }

  @Test("a summary of no words is refused", arguments: ["0", "-5"])
  func noWords(count: String) throws {
    let program = try Program()
    let file = try program.directory.write("One\n\n" + Self.abstract, to: "one.txt")
    let run = program.run("curate", "--words=\(count)", file)
    #expect(run.status == 64)
    #expect(run.stderr.contains("--words must be at least 1"))
  }

  @Test("a file without a text is refused", arguments: ["", "\n \n", "%PDF-1.4\nsome words of a stream"])
  func nothingToCurate(content: String) throws {
    let program = try Program()
    let run = program.run("curate", try program.directory.write(content, to: "file"))
    #expect(run.status == 65)
    #expect(run.stdout.isEmpty)
  }

  @Test("of several documents one that cannot be had keeps no other from being curated")
  func severalOfWhichOneFails() throws {
    let server = try LoopbackServer { _ in Response(404) }
    let program = try Program()
    let text = try program.directory.write("One\n\n" + Self.abstract, to: "one.txt")
    let missing = program.directory.file("missing.txt")
    let run = program.run("curate", missing, server.url("/gone"), text)
    #expect(run.status == 66)
    #expect(run.stderr.contains("missing.txt") && run.stderr.contains("/gone: there is no document"))
    #expect(run.stdout.contains("One\n"))
  }

  @Test("a page without an article is told by the exit status")
  func noArticle() throws {
    let program = try Program()
    let file = try program.directory.write(
      "<html><body><nav><a href='/'>Home</a></nav></body></html>", to: "p.html")
    #expect(program.run("extract", file).status == 65)
  }

  @Test(
    "a page that asks for consent or holds nothing is refused, not curated",
    arguments: [
      """
      <div><h1>We value your privacy</h1><p>We and our 843 partners store and access information on a device, such as \
      cookies. You may accept or manage your choices.</p><button>Accept all</button></div>
      """,
      "<nav><a href='/'>Home</a></nav>",
    ])
  func noArticleToCurate(body: String) throws {
    let program = try Program()
    let file = try program.directory.write("<html><body>\(body)</body></html>", to: "p.html")
    let result = program.run("curate", file)
    #expect(result.status == 65)
    #expect(result.stdout.isEmpty)
  }

  @Test("pages are extracted in turn, and one without an article keeps no other from being read")
  func severalPages() throws {
    let program = try Program()
    let empty = try program.directory.write(
      "<html><body><nav><a href='/'>Home</a></nav></body></html>", to: "p.html")
    let page = try program.directory.write(
      "<html><body><article><h1>Waiting rows</h1><p>\(Self.abstract)</p></article></body></html>",
      to: "q.html")
    let other = try program.directory.write("<html></html>", to: "r.html")
    let result = program.run("extract", page, empty, page, other)
    #expect(result.status == 65)
    // Each one is told.
    #expect(result.stderr.contains("p.html") && result.stderr.contains("r.html"))
    #expect(result.stdout.split(separator: "\n").filter { $0.hasPrefix("We present a scheduler") }.count == 2)
  }
}
