import PrecisTestLimits
import PrecisTestSupport
import Testing

@testable import PrecisFetch

@Suite(.mustEnd)
struct GuardTests {
  private func blocked(_ result: FetchResult) -> String? {
    guard case .blockedAddress(let address, _, _) = result.failure else { return nil }
    return address
  }

  @Test(
    "all notations of a loopback address are refused before a connection is made",
    arguments: [
      "127.0.0.1", "127.1", "2130706433", "0x7f000001", "0177.0.0.1", "0x7f.1", "localhost",
      "LOCALHOST", "feed.localhost", "[::1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[0:0:0:0:0:0:0:1]",
      "%31%32%37.0.0.1", "127.0.0.1.",
    ])
  func notations(_ host: String) async throws {
    let server = try LoopbackServer { _ in .ok("secret") }
    let result = try await fetched("http://\(host):\(server.port)/", FetchConfiguration())
    #expect(blocked(result) != nil, "\(result.outcome)")
    #expect(server.connectionCount == 0)
  }

  @Test(
    "notations that not every resolver knows do not get through either",
    arguments: ["localhost.", "\u{FF11}27.0.0.1"])
  func oddNotations(_ host: String) async throws {
    let server = try LoopbackServer { _ in .ok("secret") }
    #expect(try await fetched("http://\(host):\(server.port)/", FetchConfiguration()).failure != nil)
    #expect(server.connectionCount == 0)
  }

  @Test(
    "literal addresses of special networks are refused",
    arguments: [
      "0.0.0.0", "0", "10.0.0.1", "169.254.169.254", "192.168.1.1", "100.64.0.1", "198.18.0.1", "240.0.0.1",
      "255.255.255.255", "224.0.0.1", "[::]", "[fc00::1]", "[fe80::1]", "[64:ff9b::a9fe:a9fe]",
      "[2002:7f00:1::]",
      "[2001::1]", "[ff02::1]",
    ])
  func literals(_ host: String) async throws {
    #expect(blocked(try await fetched("http://\(host)/", FetchConfiguration())) != nil)
  }

  @Test("a name is judged by the address it resolves to")
  func resolvedName() async throws {
    var configuration = FetchConfiguration()
    configuration.nameOverrides = ["feeds.example:80:10.0.0.7"]
    let result = try await fetched("http://feeds.example/", configuration)
    #expect(
      result.failure == .blockedAddress("10.0.0.7", host: "feeds.example", what: "a private address"))
    #expect(result.failure?.kind == "blocked_address")
  }

  @Test("of a name with several addresses only the allowed ones are tried")
  func severalAddresses() async throws {
    let server = try LoopbackServer(address: "127.0.0.3") { _ in .ok("fine") }
    let hidden = try LoopbackServer(address: "127.0.0.2") { _ in .ok("secret") }
    _ = hidden
    var configuration = FetchConfiguration()
    configuration.allowAddresses = [try #require(AddressRange("127.0.0.3"))]
    configuration.nameOverrides = ["feeds.example:\(server.port):127.0.0.2,[::1],127.0.0.3"]
    let sink = Collector()
    let result = try await fetched("http://feeds.example:\(server.port)/", configuration, into: sink)
    #expect(sink.text == "fine", "\(result.outcome)")
    #expect(result.address == "127.0.0.3")
  }

  @Test("a name that answers with a private address the second time is refused then")
  func rebinding() async throws {
    let server = try LoopbackServer(address: "127.0.0.3") { _ in .ok("fine") }
    var configuration = FetchConfiguration()
    configuration.allowAddresses = [try #require(AddressRange("127.0.0.3"))]
    configuration.nameOverrides = ["feeds.example:\(server.port):127.0.0.3"]
    let fetcher = try Fetcher(configuration: configuration)
    let first = await fetcher.result("http://feeds.example:\(server.port)/")
    #expect(first.failure == nil)
    configuration.nameOverrides = ["feeds.example:\(server.port):127.0.0.9"]
    try fetcher.reconfigure(configuration)
    let second = await fetcher.result("http://feeds.example:\(server.port)/")
    #expect(blocked(second) == "127.0.0.9")
  }

  @Test("a redirect to a refused address ends there", arguments: [301, 302, 303, 307, 308])
  func redirected(_ status: Int) async throws {
    let hidden = try LoopbackServer(address: "127.0.0.2") { _ in .ok("secret") }
    let server = try LoopbackServer { _ in .redirect(status, to: hidden.url("/latest/meta-data")) }
    var configuration = FetchConfiguration()
    configuration.allowAddresses = [try #require(AddressRange("127.0.0.1"))]
    let result = try await fetched(server.url(), configuration)
    #expect(blocked(result) == "127.0.0.2")
    #expect(hidden.connectionCount == 0)
  }

  @Test(
    "schemes other than http and https are not fetched",
    arguments: [
      "file:///etc/passwd", "FILE:///etc/passwd", " file:///etc/passwd", "gopher://127.0.0.1/", "dict://x/",
      "ftp://example.org/", "ftps://example.org/", "scp://x/", "smb://x/", "ldap://x/", "telnet://x/",
      "exec:ls", "data:text/plain,x", "javascript:1", "tftp://x/", "rtsp://x/", "mailto:a@b.example",
    ])
  func schemes(_ url: String) async throws {
    let failure = try await fetched(url, loopback()).failure
    guard case .unsupportedScheme = failure else {
      Issue.record("\(String(describing: failure))")
      return
    }
  }

  @Test(
    "what is no address fails as such", arguments: ["", "feed", "http://", "http:///", "//x/", "http://a b/"])
  func noAddress(_ url: String) async throws {
    #expect(try await fetched(url, loopback()).failure?.kind == "protocol")
  }

  @Test("proxies of the environment are not used, a configured one is, and literals are checked before it")
  func proxy() async throws {
    let proxy = try LoopbackServer { _ in .ok("through the proxy") }
    var configuration = FetchConfiguration()
    configuration.proxy = proxy.url("")
    let fetcher = try Fetcher(configuration: configuration)
    let sink = Collector()
    _ = await fetcher.result("http://feeds.example/feed", into: sink)
    #expect(sink.text == "through the proxy")
    #expect(proxy.requests.map(\.target) == ["http://feeds.example/feed"])
    #expect(blocked(await fetcher.result("http://169.254.169.254/latest/")) == "169.254.169.254")
    #expect(blocked(await fetcher.result("http://localhost./")) == "127.0.0.1")
    #expect(proxy.requests.count == 1)
  }
}
