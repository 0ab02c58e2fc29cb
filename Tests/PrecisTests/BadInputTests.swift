import PrecisJSON
import PrecisTestLimits
import PrecisTestSupport
import Testing

/// What publishers really send: each ends in a clear message that names the feed, and harms no other.
@Suite("Bad input", .mustEnd)
struct BadInputTests {
  private static let good = SampleFeed.rss("Good", items: 0..<2, host: "good.example")

  private static func answer(_ request: RecordedRequest) -> Response {
    switch request.path {
    case "/good": .ok(good)
    case "/500": Response(500, body: .bytes(Array("oops".utf8)))
    case "/html":
      .ok("<!doctype html><html><head><title>No feed</title></head><body>Hi</body></html>", type: "text/html")
    case "/empty": .ok("")
    case "/cut": Response(200, body: .cutOff(Array(good.utf8.prefix(300)), announced: 5000))
    case "/endless":
      Response(
        200, headers: [("Content-Type", "application/rss+xml")],
        body: .endless([UInt8](repeating: 0x20, count: 65_536)))
    case "/loop": .redirect(302, to: "/loop")
    case "/drop": Response(200, body: .drop)
    default: Response(404)
    }
  }

  @Test(
    "it is told, shown with its next attempt, and harms no other feed",
    arguments: [
      ("/404", "404"), ("/500", "500"), ("/html", "HTML"), ("/empty", "empty"), ("/cut", "cut off"),
      ("/endless", "larger than"), ("/loop", "circle"), ("/drop", ""),
    ])
  func failure(path: String, words: String) throws {
    let server = try LoopbackServer(answer: Self.answer)
    let program = try Program("max_body = \"1 MiB\"")
    let bad = server.url(path)
    let opml =
      "<opml version='2.0'><body><outline type='rss' xmlUrl='\(bad)'/>"
      + "<outline type='rss' xmlUrl='\(server.url("/good"))'/></body></opml>"
    program.run("import", "-", stdin: opml)
    let run = program.run("sync")
    #expect(run.status == 1, "\(run.stdout)\(run.stderr)")
    let line = try #require(run.stderr.split(separator: "\n").first { $0.contains(bad) }, "\(run.stderr)")
    #expect(line.contains(words), "\(line)")
    #expect(program.json("list").count == 2)
    let feed = try #require(program.feeds()[bad])
    #expect(feed["failure"]?["message"]?.string?.isEmpty == false)
    #expect(feed["next_due"]?.string != nil)
    #expect(program.run("feeds").stdout.contains(bad))
    #expect(program.run("feeds", "--health").stdout.contains(bad))
  }

  @Test("a host where nobody answers, and one without an address")
  func deadHosts() throws {
    let server = try LoopbackServer(answer: Self.answer)
    let port = server.port
    server.stop()
    let program = try Program()
    for url in ["http://127.0.0.1:\(port)/feed", "http://no-such-host.invalid/feed"] {
      program.run("import", "-", stdin: "<opml><body><outline xmlUrl='\(url)'/></body></opml>")
    }
    let run = program.run("sync")
    #expect(run.status == 75)
    #expect(run.stderr.contains("127.0.0.1:\(port)"))
    #expect(run.stderr.contains("no-such-host.invalid"))
    #expect(program.feeds().values.allSatisfy { $0["failure"] != nil })
  }

  @Test("a private address is refused unless it is allowed")
  func guarded() throws {
    let server = try LoopbackServer(answer: Self.answer)
    let program = try Program()
    let url = server.url("/good")
    program.run("import", "-", stdin: "<opml><body><outline xmlUrl='\(url)'/></body></opml>")
    _ = try program.directory.write("", to: "precis.toml")
    let run = program.run("sync")
    #expect(run.status == 75)
    #expect(run.stderr.contains("allow_addresses"), "\(run.stderr)")
    #expect(server.requests.isEmpty)
  }

  @Test("a feed with 50,000 entries is read to its limit and says so, or whole")
  func manyEntries() throws {
    let items = (0..<50_000).map {
      "<item><guid isPermaLink='false'>\($0)</guid><title>T\($0)</title></item>"
    }
    let body = "<rss version='2.0'><channel><title>Many</title>\(items.joined())</channel></rss>"
    let server = try LoopbackServer { $0.path == "/many" ? .ok(body) : Self.answer($0) }
    let program = try Program()
    let opml =
      "<opml><body><outline xmlUrl='\(server.url("/many"))'/><outline xmlUrl='\(server.url("/good"))'/></body></opml>"
    program.run("import", "-", stdin: opml)
    let run = program.run("sync")
    #expect(run.stderr.contains("/many") && run.stderr.contains("20"), "\(run.stderr)")
    #expect(program.json("list", "--feed", "Good").count == 2)
    let many = program.json("export", "--format", "ndjson").count
    #expect(many >= 20_000)
  }

  @Test("an article that two feeds carry is stored once")
  func sharedArticle() throws {
    let shared = """
      <item><title>Shared words</title><link>https://origin.example/shared</link>
      <description>Exactly the same words stand in both feeds, and they are long enough to matter.</description></item>
      """
    let server = try LoopbackServer { request in
      .ok("<rss version='2.0'><channel><title>\(request.path)</title>\(shared)</channel></rss>")
    }
    let program = try Program()
    program.run(
      "import", "-",
      stdin:
        "<opml><body><outline xmlUrl='\(server.url("/a"))'/><outline xmlUrl='\(server.url("/b"))'/></body></opml>"
    )
    program.run("sync")
    let articles = program.json("list")
    #expect(articles.count == 1)
    #expect(articles.first?["duplicates"]?.array?.count == 1)
    #expect(articles.first?["source"]?["name"]?.string?.hasPrefix("/") == true)
  }

  @Test(
    "an expired certificate is told as one",
    .enabled(if: CommandRun.exists("openssl"), "openssl is not there"))
  func expiredCertificate() throws {
    let program = try Program()
    let server = try #require(TLSServer(.expired))
    let url = server.url + "feed"
    _ = try program.directory.write(
      "[network]\nallow_addresses = [\"127.0.0.0/8\", \"::1/128\"]\nca_bundle = \"\(server.bundle)\"",
      to: "precis.toml")
    program.run("import", "-", stdin: "<opml><body><outline xmlUrl='\(url)'/></body></opml>")
    let run = program.run("sync")
    #expect(run.status == 75)
    #expect(run.stderr.contains(url) && run.stderr.contains("expired"), "\(run.stderr)")
  }
}
