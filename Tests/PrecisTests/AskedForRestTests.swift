import PrecisTestLimits
import PrecisTestSupport
import Synchronization
import Testing

@Suite("Who waits for a sync", .mustEnd)
struct AskedForRestTests {
  private func importAll(_ paths: [String], of server: LoopbackServer, into program: Program) {
    let outlines = paths.map { "<outline xmlUrl='\(server.url($0))'/>" }.joined()
    program.run("import", "-", stdin: "<opml><body>\(outlines)</body></opml>")
  }

  @Test(
    "a host that asks for an hour's rest puts its other feeds off, and nobody waits that long for a command")
  func heldHost() throws {
    let isBusy = Mutex(true)
    let server = try LoopbackServer { request in
      isBusy.withLock { $0 }
        ? Response(429).with("Retry-After", "3600")
        : .ok(SampleFeed.rss(request.path, items: 0..<1, host: "h\(request.path.dropFirst())"))
    }
    let program = try Program()
    importAll(["/a", "/b", "/c"], of: server, into: program)
    let first = program.json("sync").filter { $0["event"]?.string == "feed" }
    #expect(first.filter { $0["outcome"]?.string == "failed" }.count == 1)
    let deferred = first.filter { $0["outcome"]?.string == "deferred" }
    #expect(deferred.count == 2)
    #expect(deferred.allSatisfy { $0["error"]?.string?.contains("through another of its feeds") == true })
    #expect(server.requests.count == 1)
    // Nor is it asked by the next process.
    #expect(program.sync().values.allSatisfy { $0["outcome"]?.string == "deferred" })
    #expect(server.requests.count == 1)
    isBusy.withLock { $0 = false }
    let forced = program.json("sync", "--force").filter { $0["event"]?.string == "feed" }
    #expect(forced.count == 3 && forced.allSatisfy { $0["outcome"]?.string == "changed" })
  }

  @Test("pages of articles that a host does not give yet are told, and not waited for")
  func pagesLeft() throws {
    let server = try LoopbackServer { request in
      guard request.path == "/feed" else { return Response(429).with("Retry-After", "3600") }
      let page = "http://\(request.header("Host") ?? "")/page"
      return .ok(
        """
        <rss version="2.0"><channel><title>Teasers</title><item><title>On rivers</title><link>\(page)</link>
        <description>This is only the beginning of it [&#8230;]</description></item></channel></rss>
        """)
    }
    let program = try Program()
    program.run("import", "-", stdin: "<opml><body><outline xmlUrl='\(server.url("/feed"))'/></body></opml>")
    let sync = program.run("sync")
    #expect(sync.status == 0)
    #expect(sync.stdout.contains("1 new article, 1 page left to read in"))
    #expect(server.requests.map(\.path) == ["/feed", "/page"])
    let feed = program.feeds()[server.url("/feed")]
    #expect(feed?["wanted_pages"]?.array?.first?["not_before"]?.string != nil)
    // The host asked for it: not even its feeds are asked before.
    #expect(program.sync().values.map { $0["outcome"]?.string } == ["deferred"])
  }

  @Test("a feed that is unsubscribed while a sync waits for it ends the wait")
  func unsubscribed() throws {
    let server = try LoopbackServer { _ in Response(body: .hang) }
    let program = try Program()
    importAll(["/flying", "/waiting"], of: server, into: program)
    let daemon = try program.start("run")
    defer { daemon.kill() }
    try #require(daemon.wait { _, log in log.contains("ready") })
    let sync = try program.start("sync", "--json")
    defer { sync.kill() }
    try #require(sync.wait { out, _ in out.contains("started") && !server.requests.isEmpty })
    #expect(program.run("remove", server.url("/waiting")).status == 0)
    #expect(program.run("remove", server.url("/flying")).status == 0)
    #expect(sync.wait() != nil)
    #expect(sync.stdout.contains("it was unsubscribed meanwhile"))
  }
}
