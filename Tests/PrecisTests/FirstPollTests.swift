import PrecisTestLimits
import PrecisTestSupport
import Synchronization
import Testing

@Suite("A feed that was added is asked for everything once", .mustEnd)
struct FirstPollTests {
  /// A feed with an entity tag that counts its versions, if it has any.
  private final class Publisher: Sendable {
    let version = Mutex(1)
    let hasValidators: Bool
    init(hasValidators: Bool = true) { self.hasValidators = hasValidators }

    func server() throws -> LoopbackServer {
      try LoopbackServer { [self] request in
        let count = version.withLock { $0 }
        let body = Array(SampleFeed.rss("Blog", items: 0..<(2 + count)).utf8)
        return .conditional(request, body: body, etag: hasValidators ? "W/\"\(count)\"" : nil)
      }
    }
  }

  private func kept(_ program: Program) -> [String] {
    let names = CommandRun.run(["/bin/ls", program.store + "/fetched"]).stdout
    return names.split(separator: "\n").map(String.init)
  }

  private func conditions(_ server: LoopbackServer) -> [String?] {
    server.requests.map { $0.header("If-None-Match") }
  }

  /// Lets what was kept look as if it had come before.
  private func age(_ program: Program, _ change: (inout [UInt8]) -> Void) throws {
    let name = try #require(kept(program).first)
    var bytes = try #require(program.directory.read("store/fetched/" + name))
    change(&bytes)
    try program.directory.write(String(decoding: bytes, as: UTF8.self), to: "store/fetched/" + name)
  }

  private static func lastYear(_ file: inout [UInt8]) {
    let (from, to) = (Array("\"date\":\"20".utf8), Array("\"date\":\"19".utf8))
    for start in 0..<(file.count - from.count) where Array(file[start..<(start + from.count)]) == from {
      file.replaceSubrange(start..<(start + from.count), with: to)
      return
    }
  }

  @Test("by the command alone: the first sync reads what it was recognised by, the next ask conditionally")
  func oneShot() throws {
    let server = try Publisher().server()
    let program = try Program()
    #expect(program.run("add", server.url()).status == 0)
    #expect(kept(program).count == 1)
    #expect(program.run("sync").stdout.contains("3 new articles"))
    #expect(conditions(server) == [nil])
    #expect(kept(program).isEmpty)
    #expect(program.run("sync").stdout.contains("1 unchanged; 0 new"))
    #expect(conditions(server) == [nil, "W/\"1\""])
    #expect(program.feeds().values.first?["counts"]?["polls"]?.int == 2)
  }

  @Test("a daemon that is started after it reads it, too")
  func daemon() throws {
    let server = try Publisher().server()
    let program = try Program()
    #expect(program.run("add", server.url()).status == 0)
    let daemon = try program.start("run")
    defer { daemon.kill() }
    try #require(daemon.wait { _, log in log.contains("ready") })
    // Asked for, the feed is polled: by then the first poll is over.
    #expect(program.sync().values.allSatisfy { $0["outcome"]?.string != "failed" })
    #expect(conditions(server).filter { $0 == nil }.count == 1)
    #expect(program.json("list").count == 3)
  }

  @Test(
    "what lay for long is read if the server says that it is still so, else what it has now",
    arguments: [1, 2])
  func old(version: Int) throws {
    let publisher = Publisher()
    let server = try publisher.server()
    let program = try Program()
    program.run("add", server.url())
    try age(program, Self.lastYear)
    publisher.version.withLock { $0 = version }
    #expect(program.run("sync").stdout.contains("\(2 + version) new articles"))
    #expect(conditions(server) == [nil, "W/\"1\""])
    program.run("sync")
    #expect(conditions(server).last == "W/\"\(version)\"")
  }

  @Test("what lay for long of a server without validators is asked for anew")
  func oldWithoutValidators() throws {
    let publisher = Publisher(hasValidators: false)
    let server = try publisher.server()
    let program = try Program()
    program.run("add", server.url())
    try age(program, Self.lastYear)
    publisher.version.withLock { $0 = 2 }
    #expect(program.run("sync").stdout.contains("4 new articles"))
    #expect(server.requests.count == 2)
  }

  @Test("what is torn, or no document at all, is asked for anew", arguments: [true, false])
  func torn(isCut: Bool) throws {
    let server = try Publisher().server()
    let program = try Program()
    program.run("add", server.url())
    try age(program) { if isCut { $0.removeLast() } else { $0 = [0, 1, 2] } }
    let sync = program.run("sync")
    #expect(sync.status == 0)
    #expect(sync.stdout.contains("3 new articles"))
    #expect(server.requests.count == 2)
    #expect(kept(program).isEmpty)
  }

  @Test("nothing is left behind of a feed that was removed, or that nobody knows")
  func leftovers() throws {
    let server = try Publisher().server()
    let program = try Program()
    program.run("add", server.url())
    #expect(program.run("remove", server.url()).status == 0)
    #expect(kept(program).isEmpty)
    for name in ["0123456789abcdef", "0123456789abcdef.tmp"] {
      try program.directory.write("{}", to: "store/fetched/" + name)
    }
    #expect(program.run("sync").status == 0)
    #expect(kept(program).isEmpty)
  }
}
