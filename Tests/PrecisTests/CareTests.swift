import Glibc
import PrecisJSON
import PrecisTestLimits
import PrecisTestSupport
import Testing

/// Merging, copying, mending and following a store, through the built executable.
@Suite("Taking care of a store", .mustEnd)
struct CareTests {
  private static func server(_ items: Shared<Range<Int>>) throws -> LoopbackServer {
    try LoopbackServer { request in
      let feed = String(request.path.dropFirst())
      return .ok(SampleFeed.rss(feed, items: items.value, host: "\(feed).example"))
    }
  }

  private func subscribe(_ program: Program, _ server: LoopbackServer, _ feeds: String...) {
    let outlines = feeds.map { "<outline xmlUrl='\(server.url("/" + $0))'/>" }.joined()
    program.run("import", "-", stdin: "<opml><body>\(outlines)</body></opml>")
  }

  @Test("import-store takes in articles and subscriptions without doubles, marks included, once")
  func importStore() throws {
    let server = try Self.server(Shared(0..<5))
    let (ours, other) = (try Program(), try Program())
    subscribe(ours, server, "a", "b")
    subscribe(other, server, "b", "c")
    #expect(ours.run("sync").status == 0)
    #expect(other.run("sync").status == 0)
    let kept = try #require(
      other.json("list").first { $0["source"]?["name"]?.string == "c" }?["id"]?.string)
    #expect(other.run("keep", kept).status == 0)
    let merged = try #require(ours.json("import-store", other.store).first)
    #expect(merged["added"]?.int == 5)
    #expect(merged["known"]?.int == 5)
    #expect(merged["feeds"]?.int == 1)
    #expect(ours.json("list").count == 15)
    #expect(ours.feeds().count == 3)
    #expect(ours.json("list", "--kept").compactMap { $0["id"]?.string } == [kept])
    #expect(ours.json("import-store", other.store).first?["added"]?.int == 0)
    // The feed that came with the other store brings nothing twice.
    #expect(ours.run("sync", "--force").status == 0)
    #expect(ours.json("list").count == 15)
    #expect(ours.run("verify").status == 0)
    #expect(ours.run("import-store", ours.directory.file("nowhere")).status == 66)
  }

  @Test("import-store takes in all of a store whose articles came out in the same second")
  func importAlike() throws {
    let items = ["rivers", "gardens", "engines", "letters"].enumerated().map { number, word in
      "<item><title>About \(word)</title><link>http://blog.example/\(word)</link>"
        + "<pubDate>Thu, 26 Nov 2026 10:00:07 GMT</pubDate><description>"
        + (1...60).map { "\(word) \($0 * (number + 3))" }.joined(separator: " ") + "</description></item>"
    }
    let server = try LoopbackServer { _ in
      .ok("<rss version='2.0'><channel><title>B</title>\(items.joined())</channel></rss>")
    }
    let (ours, other) = (try Program(), try Program())
    subscribe(other, server, "a")
    #expect(other.run("sync").status == 0)
    #expect(other.json("list").count == 4)
    let merged = try #require(ours.json("import-store", other.store).first)
    #expect(merged["added"]?.int == 4)
    #expect(merged["known"]?.int == 0)
  }

  @Test("a state log that was deleted is made anew from feeds.json, and what was unsubscribed stays so")
  func deletedStates() throws {
    let server = try Self.server(Shared(0..<3))
    let program = try Program()
    subscribe(program, server, "a", "b", "c")
    #expect(program.run("remove", server.url("/b")).status == 0)
    #expect(program.run("sync").status == 0)
    let before = program.feeds()
    #expect(before.count == 2)
    #expect(CommandRun.run(["sh", "-c", "rm '\(program.store)'/state/*"]).status == 0)
    let sync = program.run("sync", "--force")
    #expect(sync.status == 0, "\(sync.stderr)")
    #expect(sync.stderr.contains("2 subscriptions were brought back from feeds.json"), "\(sync.stderr)")
    let after = program.feeds()
    #expect(Set(after.keys) == Set(before.keys))
    for (url, feed) in after {
      #expect(feed["date_added"] == before[url]?["date_added"])
      #expect(feed["counts"]?["polls"]?.int == 2)
    }
    #expect(program.json("list").count == 6)
    #expect(program.run("verify").status == 0)
  }

  @Test("a copy that is made while the daemon writes opens, and holds what was reported before")
  func backup() throws {
    let items = Shared(0..<3)
    let server = try Self.server(items)
    let program = try Program()
    subscribe(program, server, "a", "b", "c", "d")
    let running = try program.start("run")
    defer { running.kill() }
    try #require(running.wait { _, log in log.contains("ready") })
    for round in 1...6 {
      let reported = program.json("list", "--limit", "1000").count
      items.value = 0..<(3 + round * 3)
      let sync = try program.start("sync", "--force")
      let copy = program.directory.file("copy\(round)")
      // Temporary names may be gone before cp comes to them; nothing else may.
      let copied = CommandRun.run(["cp", "-a", program.store, copy])
      for line in copied.stderr.split(separator: "\n") {
        #expect(line.contains(".tmp'") || line.contains("-journal'"), "\(line)")
      }
      _ = sync.wait()
      func inCopy(_ arguments: String...) -> CommandRun {
        CommandRun.run(
          [Program.path, "--config", program.directory.file("precis.toml"), "--store", copy] + arguments,
          environment: program.environment)
      }
      let listed = inCopy("list", "--json", "--limit", "1000").stdout.split(separator: "\n").count
      #expect(listed >= reported, "round \(round): \(listed) of \(reported)")
      let opened = inCopy("import", "-")
      #expect(opened.status == 65, "an empty OPML is refused, the store is opened: \(opened.stderr)")
      #expect(inCopy("verify", "--repair").status == 0)
      let check = inCopy("verify")
      #expect(check.status == 0, "\(check.stderr)")
    }
  }

  @Test("verify names the damaged line, --repair sets it aside, and the next sync brings the article again")
  func repair() throws {
    let server = try Self.server(Shared(0..<6))
    let program = try Program()
    subscribe(program, server, "a")
    #expect(program.run("sync").status == 0)
    let path = program.store + "/entries/000001.ndjson"
    var bytes = contents(path)
    let second = try #require(bytes.firstIndex(of: 0x0A)) + 40
    bytes[second] ^= 0x01
    try bytes.withUnsafeBytes { try overwrite(path, $0) }
    let check = program.run("verify")
    #expect(check.status == 65)
    #expect(check.stderr.contains("entries/000001.ndjson:2"))
    #expect(program.run("verify", "--repair").status == 0)
    #expect(program.run("verify").status == 0)
    #expect(access(program.store + "/quarantine", F_OK) == 0)
    #expect(program.json("list").count == 5)
    #expect(program.run("sync", "--force").status == 0)
    #expect(program.json("list").count == 6)
  }

  @Test("verify --repair leaves a foreign file where it is, and says that it is there still")
  func foreignFile() throws {
    let server = try Self.server(Shared(0..<2))
    let program = try Program()
    subscribe(program, server, "a")
    #expect(program.run("sync").status == 0)
    let path = program.store + "/entries/notes.txt"
    _ = try program.directory.write("hello", to: "store/entries/notes.txt")
    let repair = program.run("verify", "--repair")
    #expect(repair.status == 65)
    #expect(repair.stderr.contains("entries/notes.txt: it is no file of a store; Precis leaves it alone"))
    #expect(repair.stderr.contains("1 problem"))
    #expect(contents(path) == Array("hello".utf8))
    let report = try #require(program.json("verify", "--repair").first)
    #expect(report["left"]?.array?.compactMap { $0["file"]?.string } == ["entries/notes.txt"])
    unlink(path)
    #expect(program.run("verify", "--repair").status == 0)
  }

  @Test("a segment that was deleted is told, and its articles come again though their feed did not change")
  func deletedSegment() throws {
    let server = try Self.server(Shared(0..<6))
    let program = try Program()
    subscribe(program, server, "a")
    #expect(program.run("sync").status == 0)
    #expect(program.json("list").count == 6)
    unlink(program.store + "/entries/000001.ndjson")
    let run = program.run("sync", "--force")
    #expect(run.stderr.contains("000001.ndjson is missing"))
    #expect(program.json("list").count == 6)
    #expect(program.run("verify").status == 0)
  }

  @Test(
    "a follower that is killed and goes on with --since misses nothing and repeats nothing, over restarts of both"
  )
  func follow() throws {
    let items = Shared(0..<4)
    let server = try Self.server(items)
    let program = try Program()
    subscribe(program, server, "a", "b")
    var seen: [Int] = []
    for round in 1...4 {
      let follower = try program.start("follow", "--since", String(seen.last ?? 0))
      let daemon = try program.start("run")
      try #require(daemon.wait { _, log in log.contains("ready") })
      items.value = 0..<(4 * round)
      #expect(program.run("sync", "--force").status == 0)
      let stored = program.json("list", "--limit", "1000").count
      #expect(
        follower.wait { stdout, _ in seen.count + stdout.split(separator: "\n").count >= stored },
        "round \(round): \(follower.stderr)")
      follower.kill()
      if round % 2 == 0 { daemon.kill() } else { daemon.send(signal: SIGTERM) }
      _ = daemon.wait()
      // A line that was cut off by the kill is asked for again.
      let whole = follower.stdout.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
      seen += whole.compactMap { (try? JSONParser.parse(String($0)))?["seq"]?.int }
    }
    seen += program.json("follow", "--once", "--since", String(seen.last ?? 0)).compactMap { $0["seq"]?.int }
    let all = program.json("follow", "--once", "--since", "0").compactMap { $0["seq"]?.int }
    #expect(seen == all)
    #expect(all.count == 32)
  }
}
