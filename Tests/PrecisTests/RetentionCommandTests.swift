import Glibc
import PrecisJSON
import PrecisTestLimits
import PrecisTestSupport
import Synchronization
import Testing

/// The retention and compaction keys of [store], through the built executable.
@Suite("Retention and compaction", .mustEnd)
struct RetentionCommandTests {
  /// A server whose feed has the entries of a range that a test moves.
  private final class MovingFeed: Sendable {
    private let items: Shared<Range<Int>>
    let server: LoopbackServer

    init() throws {
      let items = Shared(0..<10)
      self.items = items
      server = try LoopbackServer { _ in .ok(SampleFeed.rss("Moving", items: items.value)) }
    }

    func move(to range: Range<Int>) { items.value = range }
  }

  private func titles(_ program: Program, _ arguments: String...) -> [String] {
    CommandRun.run(program.command(["list", "--json"] + arguments), environment: program.environment).stdout
      .split(separator: "\n").compactMap { (try? JSONParser.parse(String($0)))?["title"]?.string }
  }

  private func subscribe(_ program: Program, _ feed: MovingFeed) {
    program.run(
      "import", "-", stdin: "<opml><body><outline xmlUrl='\(feed.server.url("/feed"))'/></body></opml>")
  }

  @Test("without a rule, what left the feed stays")
  func none() throws {
    let feed = try MovingFeed()
    let program = try Program()
    subscribe(program, feed)
    #expect(program.run("sync").status == 0)
    feed.move(to: 10..<20)
    #expect(program.run("sync", "--force").status == 0)
    #expect(titles(program).count == 20)
  }

  @Test("the newest of a feed stay, what is kept stays, and nothing that was removed comes back")
  func perFeed() throws {
    let feed = try MovingFeed()
    let program = try Program("[store]\nretention_per_feed = 4")
    subscribe(program, feed)
    #expect(program.run("sync").status == 0)
    let newest = (6..<10).reversed().map { "Entry \($0) of Moving" }
    #expect(titles(program) == newest)
    let latest = try JSONParser.parse(contents(program.store + "/latest.json"))
    #expect(latest["items"]?.array?.count == 4)
    // The feed still has all of them.
    let again = program.run("sync", "--force")
    #expect(again.status == 0 && titles(program) == newest, "\(again.stderr)")
    let id = try #require(program.json("list").last?["id"]?.string)
    #expect(program.run("keep", id).status == 0)
    feed.move(to: 0..<14)
    program.run("sync", "--force")
    #expect(titles(program, "--kept") == ["Entry 6 of Moving"])
    #expect(titles(program).prefix(3) == ["Entry 13 of Moving", "Entry 12 of Moving", "Entry 11 of Moving"])
    #expect(titles(program).last == "Entry 6 of Moving")
    #expect(program.run("keep", "--undo", id).status == 0)
    feed.move(to: 0..<15)
    program.run("sync", "--force")
    #expect(titles(program, "--kept").isEmpty)
    #expect(titles(program) == (11..<15).reversed().map { "Entry \($0) of Moving" })
    #expect(program.run("keep", "nothing-like-it").status == 66)
    #expect(program.run("verify").status == 0)
    let removed = program.json("follow", "--since", "0", "--once").filter {
      $0["change"]?.string == "removed"
    }
    #expect(removed.count == 11)
  }

  @Test("by count and by age", arguments: ["retention_count = 3", "retention_age = \"1d\""])
  func others(rule: String) throws {
    let feed = try MovingFeed()
    let program = try Program("[store]\n\(rule)")
    subscribe(program, feed)
    #expect(program.run("sync").status == 0)
    #expect(titles(program).count == (rule.hasPrefix("retention_count") ? 3 : 0))
  }

  @Test("the daemon removes in the background, takes over other rules, and marks")
  func daemon() throws {
    let feed = try MovingFeed()
    let program = try Program()
    subscribe(program, feed)
    #expect(program.run("sync").status == 0)
    let running = try program.start("run")
    defer { running.kill() }
    try #require(running.wait { _, log in log.contains("ready") }, "\(running.stderr)")
    let oldest = try #require(program.json("list").last?["id"]?.string)
    #expect(program.run("keep", oldest).status == 0)
    #expect(titles(program).count == 10)
    _ = try program.directory.write(
      """
      [network]
      allow_addresses = ["127.0.0.0/8"]
      [store]
      retention_count = 2
      """, to: "precis.toml")
    running.send(signal: SIGHUP)
    #expect(running.wait { _, _ in titles(program).count == 2 }, "\(running.stderr)")
    #expect(titles(program) == ["Entry 9 of Moving", "Entry 0 of Moving"])
    #expect(program.run("keep", "000000000000000000000000").status == 66)
    running.send(signal: SIGTERM)
    #expect(running.wait() == 0)
    #expect(program.run("verify").status == 0)
  }

  @Test("superseded lines are dropped at the threshold, and the newest stay readable", arguments: [5, 95])
  func compaction(threshold: Int) throws {
    let version = Shared(0)
    let words = String(repeating: "several words of a long text ", count: 1500)
    // Every other entry changes, so that half of a file is superseded.
    let server = try LoopbackServer { _ in
      let items = (0..<60).map { number in
        """
        <item><title>Entry \(number)</title><link>https://long.example/\(number)</link>
        <guid>https://long.example/\(number)</guid><pubDate>Mon, 01 Jun 2026 10:00:\(10 + number % 50) GMT</pubDate>
        <description>Version \(number % 2 == 0 ? version.value : 0). \(words)</description></item>
        """
      }
      return .ok("<rss version='2.0'><channel><title>Long</title>\(items.joined())</channel></rss>")
    }
    let program = try Program(
      "[store]\nsegment_size = \"1 MiB\"\ncompaction_threshold = \(threshold)\n[curation]\nenabled = false")
    program.run("import", "-", stdin: "<opml><body><outline xmlUrl='\(server.url("/feed"))'/></body></opml>")
    program.run("sync")
    let before = entriesSize(program.store)
    version.value = 1
    let sync = program.run("sync", "--force")
    #expect(sync.status == 0, "\(sync.stderr)")
    let articles = program.json("list", "--limit", "100")
    #expect(articles.count == 60)
    #expect(articles.count { $0["revision"]?.int == 2 } == 30)
    let after = entriesSize(program.store)
    if threshold == 5 { #expect(after < before * 13 / 10, "\(before) became \(after)") }
    if threshold == 95 { #expect(after > before * 14 / 10, "\(before) became \(after)") }
    #expect(program.run("verify").status == 0)
  }

  private func entriesSize(_ store: String) -> Int {
    var total = 0
    for number in 1...99 {
      var status = stat()
      let digits = String(number)
      let name = "\(store)/entries/" + String(repeating: "0", count: 6 - digits.count) + digits + ".ndjson"
      if stat(name, &status) == 0 { total += Int(status.st_size) }
    }
    return total
  }
}
