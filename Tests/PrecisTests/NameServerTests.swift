import Glibc
import PrecisTestLimits
import PrecisTestSupport
import Testing

/// A name server that takes questions and answers none, at an address of the loopback network of its own; nil where
/// its port is not to be had, which only root gets.
private final class DeadNameServer {
  let address: String
  private let descriptor: Int32

  init?() {
    address = "127.77.\(getpid() >> 8 & 0xFF).\(getpid() & 0xFF | 2)"
    descriptor = socket(AF_INET, Int32(SOCK_DGRAM.rawValue), 0)
    var name = sockaddr_in()
    name.sin_family = sa_family_t(AF_INET)
    name.sin_port = in_port_t(53).bigEndian
    inet_pton(AF_INET, address, &name.sin_addr)
    let isBound = withUnsafePointer(to: &name) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
      }
    }
    guard isBound else { return nil }
  }

  deinit { close(descriptor) }

  /// Whether a command can be given a resolv.conf of its own.
  static var isPossible: Bool {
    geteuid() == 0
      && CommandRun.run(["unshare", "-m", "mount", "--bind", "/dev/null", "/etc/resolv.conf"]).status == 0
  }
}

@Suite(
  .enabled(if: DeadNameServer.isPossible, "only root may give a command a name server of its own"), .mustEnd)
struct NameServerTests {
  @Test("a name server that does not answer costs its feeds a timeout each, and others nothing")
  func dead() throws {
    let dns = try #require(DeadNameServer())
    let server = try LoopbackServer { request in
      .ok(SampleFeed.rss(request.path, items: 0..<1, host: "h\(request.path.dropFirst())"))
    }
    let program = try Program("connect_timeout = \"1s\"\nconcurrency = 32\n")
    let resolver = try program.directory.write(
      "nameserver \(dns.address)\noptions timeout:30 attempts:2\n", to: "resolv.conf")
    let dead = (0..<12).map { "http://f\($0).dead.example/feed" }
    let good = (0..<40).map { "http://h\($0).localhost:\(server.port)/\($0)" }
    let outlines = (dead + good).map { "<outline xmlUrl='\($0)'/>" }.joined()
    #expect(program.run("import", "-", stdin: "<opml><body>\(outlines)</body></opml>").status == 0)
    let start = ContinuousClock.now
    let run = CommandRun.run(
      ["unshare", "-m", "sh", "-c", "mount --bind \(resolver) /etc/resolv.conf && exec \"$@\"", "sh"]
        + program.command(["sync", "--json"]),
      environment: program.environment, timeoutSeconds: 60)
    #expect(run.status == 1, "\(run.stderr)")
    // The resolver itself would go on for a minute.
    #expect(ContinuousClock.now - start < .seconds(30))
    let feeds = program.feeds()
    for url in dead {
      #expect(feeds[url]?["failure"]?["kind"]?.string == "timeout")
      #expect(feeds[url]?["failure"]?["message"]?.string?.contains("name") == true)
    }
    for url in good { #expect(feeds[url]?["failure"] == nil && feeds[url]?["last_success"] != nil) }
  }
}
