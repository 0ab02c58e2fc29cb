import Glibc
import PrecisTestLimits
import PrecisTestSupport
import Testing

/// A small disk of memory, for a store that runs out of room; goes away with its owner.
final class SmallDisk {
  let path: String

  /// nil, with a message, where nothing can be mounted.
  init?(at path: String, size: String) {
    self.path = path
    mkdir(path, 0o755)
    let mount = CommandRun.run(["mount", "-t", "tmpfs", "-o", "size=\(size)", "none", path])
    guard mount.status == 0 else {
      print("skipped: no tmpfs can be mounted here (root is needed): \(mount.stderr)")
      return nil
    }
  }

  deinit { _ = CommandRun.run(["umount", "-l", path]) }

  func remount(_ options: String) -> Bool {
    CommandRun.run(["mount", "-o", "remount,\(options)", path]).status == 0
  }
}

/// Real disks that are full, or may not be written to.
@Suite("The disk", .mustEnd)
struct DiskTests {
  private static let feeds = 20
  private static let entries = 15

  /// Feeds of 300 KB, which make 600 KB of lines.
  private static func server() throws -> LoopbackServer {
    let words = String(repeating: "many words that fill a disk ", count: 700)
    return try LoopbackServer { request in
      let feed = request.path.dropFirst()
      return .conditional(
        request,
        body: Array(
          SampleFeed.rss("F\(feed)", items: 0..<Self.entries, host: "f\(feed).example", text: words).utf8),
        etag: "\"1\"")
    }
  }

  private static func outlines(_ server: LoopbackServer) -> String {
    "<opml><body>"
      + (0..<feeds).map { "<outline xmlUrl='\(server.url("/\($0)"))'/>" }.joined() + "</body></opml>"
  }

  @Test("on a full disk a sync says so and keeps nothing half; with room again it brings the rest")
  func full() throws {
    let server = try Self.server()
    let program = try Program("concurrency = 4\n[curation]\nenabled = false")
    guard let disk = SmallDisk(at: program.store, size: "5m") else { return }
    program.run("import", "-", stdin: Self.outlines(server))
    let sync = program.run("sync")
    #expect(sync.status == 1 || sync.status == 75, "\(sync.status)")
    #expect((sync.stdout + sync.stderr).contains("No space left on device"))
    let check = program.run("verify")
    #expect(check.status == 0, "\(check.stderr)")
    let some = program.json("list", "--limit", "10000")
    #expect(some.count < Self.feeds * Self.entries)
    try #require(disk.remount("size=100m"))
    let again = program.run("sync", "--force")
    #expect(again.status == 0, "\(again.stderr)")
    #expect(program.json("list", "--limit", "10000").count == Self.feeds * Self.entries)
    #expect(program.run("verify").status == 0)
  }

  @Test("a daemon on a full disk stays up, says so, and goes on when there is room again")
  func fullDaemon() throws {
    let server = try Self.server()
    let program = try Program(
      """
      concurrency = 4
      [curation]
      enabled = false
      [schedule]
      minimum_interval = "60s"
      backoff_initial = "60s"
      backoff_maximum = "60s"
      """)
    guard let disk = SmallDisk(at: program.store, size: "5m") else { return }
    program.run("import", "-", stdin: Self.outlines(server))
    let running = try program.start("run")
    defer { running.kill() }
    let isTold = running.wait { _, _ in program.json("status").first?["store_error"]?.string != nil }
    #expect(isTold, "\(running.stderr)")
    try #require(disk.remount("size=100m"))
    if getenv("PRECIS_SOAK") != nil {
      // By itself: a feed that could not be stored is polled again a minute after the least interval.
      #expect(
        running.wait(timeoutSeconds: 150) { _, _ in
          program.json("list", "--limit", "10000").count == Self.feeds * Self.entries
        }, "\(running.stderr)")
    } else {
      // A poll that met the full disk may still be under way, and fails.
      #expect(running.wait { _, _ in program.run("sync", "--force").status == 0 }, "\(running.stderr)")
    }
    #expect(program.json("list", "--limit", "10000").count == Self.feeds * Self.entries)
    #expect(program.json("status").first?["store_error"]?.string == nil)
    running.send(signal: SIGTERM)
    #expect(running.wait() == 0)
    #expect(program.run("verify").status == 0)
  }

  @Test("a disk that may not be written to is read, and nothing else")
  func readOnly() throws {
    let server = try Self.server()
    let program = try Program("[curation]\nenabled = false")
    guard let disk = SmallDisk(at: program.store, size: "100m") else { return }
    program.run("add", server.url("/1"))
    #expect(program.run("sync").status == 0)
    try #require(disk.remount("ro"))
    #expect(program.json("list").count == Self.entries)
    #expect(program.json("search", "disk").count == Self.entries)
    #expect(program.run("verify").status == 0)
    let sync = program.run("sync", "--force")
    #expect(sync.status == 77, "\(sync.status): \(sync.stderr)")
    #expect(sync.stderr.contains("Read-only file system"))
    #expect(program.run("run").status == 77)
    #expect(program.run("keep", program.json("list").first?["id"]?.string ?? "").status == 77)
    #expect(program.json("list").count == Self.entries)
  }

  @Test(
    "with few descriptors less is fetched, and the store stays whole",
    arguments: [8, 12, 16, 20, 24, 32, 48, 64])
  func fewDescriptors(limit: Int) throws {
    guard CommandRun.exists("prlimit") else { return print("skipped: prlimit is missing") }
    let server = try LoopbackServer { request in
      let feed = String(request.path.dropFirst())
      return .ok(SampleFeed.rss(feed, items: 0..<5, host: "\(feed).example"))
    }
    let program = try Program("concurrency = 16")
    let outlines = (0..<12).map { "<outline xmlUrl='\(server.url("/f\($0)"))'/>" }.joined()
    program.run("import", "-", stdin: "<opml><body>\(outlines)</body></opml>")
    let scarce = CommandRun.run(
      ["prlimit", "--nofile=\(limit)"] + program.command(["sync"]), environment: program.environment)
    // Whatever it could do, it ended by itself and said what failed; but Dispatch stops a process that has no
    // descriptor left for Dispatch's own.
    if limit >= 24 {
      #expect([0, 1, 69, 70, 74, 75].contains(scarce.status), "\(scarce.status): \(scarce.stderr)")
      #expect(scarce.status == 0 || !(scarce.stdout + scarce.stderr).isEmpty)
    }
    #expect(program.run("verify").status == 0)
    #expect(program.run("sync", "--force").status == 0)
    #expect(program.json("list", "--limit", "1000").count == 60)
    #expect(program.run("verify").status == 0)
  }
}
