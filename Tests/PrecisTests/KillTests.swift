import Glibc
import PrecisJSON
import PrecisTestSupport
import Testing

/// kill -9 at random moments of a sync.
@Suite("Being killed")
struct KillTests {
  private static let feeds = 12
  private static let entries = 20

  @Test("a sync that was killed loses nothing and doubles nothing")
  func kill() throws {
    let rounds = getenv("PRECIS_KILL_ROUNDS").flatMap { Int(String(cString: $0)) } ?? 50
    let server = try LoopbackServer { request in
      let feed = request.path.dropFirst()
      return .conditional(
        request,
        body: Array(SampleFeed.rss("F\(feed)", items: 0..<Self.entries, host: "f\(feed).example").utf8),
        etag: "\"1\"")
    }
    let outlines = (0..<Self.feeds).map { "<outline xmlUrl='\(server.url("/\($0)"))'/>" }.joined()
    let program = try Program("concurrency = 4")
    program.run("import", "-", stdin: "<opml><body>\(outlines)</body></opml>")
    var random = SystemRandomNumberGenerator()
    // The time that a sync takes, so that kills fall into all of it.
    let clock = ContinuousClock()
    let whole = clock.measure { program.run("sync") }
    var acknowledged: Set<String> = []
    for round in 0..<rounds {
      if round % 10 == 0 {
        _ = CommandRun.run(["rm", "-rf", program.store])
        program.run("import", "-", stdin: "<opml><body>\(outlines)</body></opml>")
        acknowledged = []
      }
      let running = try program.start("sync", "--force", "--json")
      let microseconds = Int(whole.components.attoseconds / 1_000_000_000_000)
      usleep(UInt32.random(in: 0...UInt32(max(1000, microseconds)), using: &random))
      running.kill()
      // A feed that was reported is durable.
      for line in running.stdout.split(separator: "\n") {
        guard let event = try? JSONParser.parse(String(line)), event["event"]?.string == "feed",
          event["outcome"]?.string == "changed", let url = event["url"]?.string
        else { continue }
        acknowledged.insert(url)
      }
      let stored = program.json("list", "--limit", "10000")
      let ids = stored.compactMap { $0["id"]?.string }
      #expect(Set(ids).count == ids.count, "round \(round): doubles")
      for url in acknowledged {
        let count = stored.count { $0["source"]?["feed_url"]?.string == url }
        #expect(count == Self.entries, "round \(round): \(url) was reported, \(count) articles are there")
      }
    }
    let last = program.run("sync", "--force")
    #expect(last.status == 0, "\(last.stderr)")
    let articles = program.json("list", "--limit", "10000")
    #expect(articles.count == Self.feeds * Self.entries)
    #expect(program.run("verify").status == 0)
  }
}
