import Glibc
import PrecisControl
import PrecisJSON
import PrecisTestLimits
import PrecisTestSupport
import Testing

@Suite("The daemon", .mustEnd)
struct DaemonTests {
  /// A daemon that is ready.
  private func daemon(_ program: Program) throws -> RunningCommand {
    let running = try program.start("run")
    try #require(running.wait { _, log in log.contains("ready") }, "\(running.stderr)")
    return running
  }

  private func feeds() throws -> LoopbackServer {
    try LoopbackServer { request in
      .conditional(
        request,
        body: Array(SampleFeed.rss(request.path, items: 0..<2, host: "h\(request.path.dropFirst())").utf8),
        etag: "\"1\"")
    }
  }

  @Test("commands go through the running daemon, and SIGTERM ends it cleanly")
  func throughDaemon() throws {
    let server = try feeds()
    let program = try Program()
    let running = try daemon(program)
    defer { running.kill() }
    #expect(program.run("add", server.url("/a")).status == 0)
    let sync = program.run("sync")
    #expect(sync.status == 0, "\(sync.stderr)")
    #expect(program.json("list").count == 2)
    // The document that the feed was recognised by is the first poll's: everything was asked for once.
    #expect(server.requests.filter { $0.header("If-None-Match") == nil }.count == 1)
    let status = try #require(program.json("status").first)
    #expect(status["feeds"]?.int == 1)
    #expect(status["articles"]?.int == 2)
    #expect(program.run("status").stdout.contains(program.store))
    // A second daemon on the same store is refused.
    #expect(program.run("run").status == 75)
    running.send(signal: SIGTERM)
    #expect(running.wait() == 0)
    #expect(program.run("verify").status == 0)
    #expect(program.run("status").status == 69)
  }

  @Test("a transfer that hangs does not keep SIGTERM waiting")
  func hangingTransfer() throws {
    let server = try LoopbackServer { _ in Response(200, body: .hang) }
    let program = try Program()
    program.run("import", "-", stdin: "<opml><body><outline xmlUrl='\(server.url("/hang"))'/></body></opml>")
    let running = try daemon(program)
    defer { running.kill() }
    _ = running.wait { _, _ in !server.requests.isEmpty }
    running.send(signal: SIGTERM)
    // The server hangs for thirty seconds, the daemon would wait for a minute.
    #expect(running.wait(timeoutSeconds: 20) == 0)
    #expect(program.run("verify").status == 0)
  }

  @Test("SIGUSR1 syncs everything, SIGHUP takes over declared feeds and refuses a wrong file")
  func signals() throws {
    let server = try feeds()
    let program = try Program()
    let running = try daemon(program)
    defer { running.kill() }
    let base = "[network]\nallow_addresses = [\"127.0.0.0/8\"]\nspacing = \"0s\"\n"
    _ = try program.directory.write(
      base + "[[feeds]]\nurl = \"\(server.url("/declared"))\"\n", to: "precis.toml")
    running.send(signal: SIGHUP)
    #expect(running.wait { _, _ in program.json("list").count == 2 }, "\(running.stderr)")
    let before = server.requests.count
    running.send(signal: SIGUSR1)
    #expect(running.wait { _, log in log.contains("synced") && server.requests.count > before })
    _ = try program.directory.write("[network]\nconcurrency = \"no\"\n", to: "precis.toml")
    running.send(signal: SIGHUP)
    #expect(running.wait { _, log in log.contains("stays as it was") })
    #expect(running.isRunning)
  }

  @Test("a feed that its server calls gone is told as gone, not as failing")
  func gone() throws {
    let server = try LoopbackServer { Response($0.path == "/gone" ? 410 : 500) }
    let program = try Program()
    let running = try daemon(program)
    defer { running.kill() }
    let outlines = ["/gone", "/broken"].map { "<outline xmlUrl='\(server.url($0))'/>" }.joined()
    #expect(program.run("import", "-", stdin: "<opml><body>\(outlines)</body></opml>").status == 0)
    #expect(program.run("sync").status == 75)
    let status = try #require(program.json("status").first)
    #expect(status["failing"]?.int == 1)
    #expect(status["gone"]?.int == 1)
    #expect(status["failure_kinds"]?["http"]?.int == 1)
    #expect(program.run("status").stdout.contains("2, 1 failing: 1 http (precis feeds --health), 1 gone\n"))
    let lines = program.run("feeds").stdout.split(separator: "\n")
    #expect(lines.contains { $0.hasPrefix("gone: \(server.url("/gone")): the document is gone") })
    #expect(lines.contains { $0.hasPrefix("failing: \(server.url("/broken"))") })
    #expect(lines.count { $0.hasPrefix("failing: ") } == 1)
  }

  @Test("SIGHUP takes over the level of the log")
  func logLevel() throws {
    let server = try feeds()
    let program = try Program()
    let running = try daemon(program)
    defer { running.kill() }
    #expect(program.run("add", server.url("/a")).status == 0)
    #expect(program.run("sync").status == 0)
    #expect(!running.stderr.contains("polled"))
    _ = try program.directory.write(
      "[network]\nallow_addresses = [\"127.0.0.0/8\"]\n[logging]\nlevel = \"debug\"\n", to: "precis.toml")
    running.send(signal: SIGHUP)
    #expect(running.wait { _, log in log.contains("read again") })
    #expect(program.run("sync", "--force").status == 0)
    #expect(running.wait { _, log in log.contains("polled") && log.contains("feed=\(server.url("/a"))") })
  }

  @Test("the socket speaks HTTP")
  func http() throws {
    let program = try Program()
    let running = try daemon(program)
    defer { running.kill() }
    let client = ControlClient(path: program.store + "/precis.sock")
    #expect(throws: ControlError.self) { try client.send(ControlRequest(method: "GET", path: "/nothing")) }
    #expect(throws: ControlError.self) { try client.send(ControlRequest(method: "PUT", path: "/v1/feeds")) }
    #expect(throws: ControlError.self) {
      try client.send(ControlRequest(method: "POST", path: "/v1/feeds", body: Array("{".utf8)))
    }
    let status = try JSONParser.parse(try client.send(ControlRequest(method: "GET", path: "/v1/status")))
    #expect(status["pid"]?.int == Int(running.processID))
  }

  @Test("readiness and an end are told to the service manager")
  func notifies() throws {
    let program = try Program()
    let path = program.directory.file("notify")
    let socket = Glibc.socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)
    defer { close(socket) }
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
    let bound = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(socket, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
    try #require(bound == 0)
    var limit = timeval(tv_sec: 20, tv_usec: 0)
    setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    func message() -> String {
      var bytes = [UInt8](repeating: 0, count: 4096)
      let count = recv(socket, &bytes, bytes.count, 0)
      return String(decoding: bytes[..<max(0, count)], as: UTF8.self)
    }
    var environment = program.environment
    environment["NOTIFY_SOCKET"] = .some(path)
    environment["WATCHDOG_USEC"] = .some("2000000")
    let running = try RunningCommand(program.command(["run"]), environment: environment)
    defer { running.kill() }
    var seen: [String] = []
    while !seen.contains(where: { $0.contains("READY=1") }) || !seen.contains("WATCHDOG=1") {
      let next = message()
      try #require(!next.isEmpty, "\(seen) \(running.stderr)")
      seen.append(next)
    }
    running.send(signal: SIGTERM)
    while !seen.contains("STOPPING=1") {
      let next = message()
      try #require(!next.isEmpty, "\(seen)")
      seen.append(next)
    }
    #expect(running.wait() == 0)
  }
}
