import Glibc
import PrecisJSON
import PrecisTestLimits
import PrecisTestSupport
import Testing

/// kill -9 at random moments of a sync.
@Suite("Being killed", .mustEnd)
struct KillTests {
  /// The feeds that a sync reported as changed: what they brought is durable.
  private static func reported(_ events: String) -> [String] {
    events.split(separator: "\n").compactMap { line in
      guard let event = try? JSONParser.parse(String(line)), event["event"]?.string == "feed",
        event["outcome"]?.string == "changed"
      else { return nil }
      return event["url"]?.string
    }
  }

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
      let microseconds = Int(whole / .microseconds(1))
      usleep(UInt32.random(in: 0...UInt32(max(1000, microseconds)), using: &random))
      running.kill()
      acknowledged.formUnion(Self.reported(running.stdout))
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

  @Test("a sync that was killed while articles change, are removed and compacted loses no revision")
  func killWhileCompacting() throws {
    let rounds = (getenv("PRECIS_KILL_ROUNDS").flatMap { Int(String(cString: $0)) } ?? 50) / 2
    // Each round every article has another text: half of what is stored is superseded at once.
    let version = Shared(1)
    let server = try LoopbackServer { request in
      let feed = request.path.dropFirst()
      let items = (0..<Self.entries).map { number in
        // No two are alike: what is alike is merged.
        var seed = UInt64(number + 1) &* 0x9E37_79B9_7F4A_7C15 &+ UInt64(feed.utf8.last ?? 0) &* 77_777 &+ 1
        if feed.utf8.count > 1 { seed = seed &* 31 }
        let words = (0..<500).map { _ in
          seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
          return "w\(seed >> 40)"
        }
        return """
          <item><title>Entry \(number) of \(feed)</title><link>https://f\(feed).example/\(number)</link>
          <guid>https://f\(feed).example/\(number)</guid><pubDate>Mon, \(1 + number) Jun 2026 10:00:00 GMT</pubDate>
          <description>Version \(version.value). \(words.joined(separator: " "))</description></item>
          """
      }
      return .ok("<rss version='2.0'><channel><title>F\(feed)</title>\(items.joined())</channel></rss>")
    }
    let outlines = (0..<Self.feeds).map { "<outline xmlUrl='\(server.url("/\($0)"))'/>" }.joined()
    let program = try Program(
      """
      concurrency = 4
      [store]
      segment_size = "1 MiB"
      compaction_threshold = 5
      retention_per_feed = 15
      [curation]
      enabled = false
      """)
    program.run("import", "-", stdin: "<opml><body>\(outlines)</body></opml>")
    program.run("sync")
    var random = SystemRandomNumberGenerator()
    let whole = ContinuousClock().measure { program.run("sync", "--force") }
    let microseconds = Int(whole / .microseconds(1))
    var acknowledged: [String: Int] = [:]
    for round in 0..<rounds {
      version.value += 1
      let running = try program.start("sync", "--force", "--json")
      usleep(UInt32.random(in: 0...UInt32(max(1000, microseconds)), using: &random))
      running.kill()
      for url in Self.reported(running.stdout) { acknowledged[url] = version.value }
      let stored = program.json("list", "--limit", "10000")
      let ids = stored.compactMap { $0["id"]?.string }
      #expect(Set(ids).count == ids.count, "round \(round): doubles")
      for (url, version) in acknowledged {
        let versions = stored.filter { $0["source"]?["feed_url"]?.string == url }.map { article in
          // After ten revisions an article waits a day for the next; one whose feed was killed between its articles is
          // one ahead of the others.
          if article["revision"]?.int ?? 0 >= 10 { return Int.max }
          let text = article["content"]?["text"]?.string ?? ""
          return text.split(separator: "Version ").last.flatMap { Int($0.prefix { $0.isNumber }) } ?? 0
        }
        #expect(versions.count >= 15, "round \(round): \(url) has \(versions.count) articles")
        #expect((versions.min() ?? 0) >= version, "round \(round): \(url) went back from \(version)")
      }
    }
    program.run("sync", "--force")
    #expect(program.json("list", "--limit", "10000").count == Self.feeds * 15)
    let check = program.run("verify")
    #expect(check.status == 0, "\(check.stderr)")
  }
}
