import PrecisModel
import PrecisTestLimits
import PrecisTestSupport
import Testing

@testable import PrecisFetch

@Suite(.mustEnd)
struct RedirectTests {
  @Test("each kind of redirect is followed and recorded", arguments: [301, 302, 303, 307, 308])
  func kinds(_ status: Int) async throws {
    let server = try LoopbackServer { $0.path == "/old" ? .redirect(status, to: "/new") : .ok("here") }
    let sink = Collector()
    let result = try await fetched(server.url("/old"), into: sink)
    #expect(sink.text == "here")
    #expect(result.head?.url == server.url("/new"))
    #expect(result.redirects == [Redirect(status: status, from: server.url("/old"), to: server.url("/new"))])
    #expect(result.redirects.first?.isPermanent == (status == 301 || status == 308))
    #expect(server.requests.map(\.method) == ["GET", "GET"])
  }

  @Test("other 3xx are failures", arguments: [300, 305, 306, 399])
  func others(_ status: Int) async throws {
    let server = try LoopbackServer { _ in .redirect(status, to: "/new") }
    #expect(try await fetched(server.url()).failure == .http(status: status))
    #expect(server.requests.count == 1)
  }

  @Test("a redirect in a circle ends at once, by whatever way round")
  func loop() async throws {
    let server = try LoopbackServer { .redirect(302, to: $0.path == "/a" ? "/b#x" : "/a") }
    let result = try await fetched(server.url("/a"))
    #expect(result.failure == .redirectLoop(to: server.url("/a")))
    #expect(server.requests.count == 2)
    let same = try LoopbackServer { .redirect(301, to: $0.target) }
    #expect(try await fetched(same.url("/x")).failure == .redirectLoop(to: same.url("/x")))
    #expect(same.requests.count == 1)
  }

  @Test("more redirects than the bound end the fetch", arguments: [0, 1, 5])
  func bound(_ bound: Int) async throws {
    let server = try LoopbackServer { .redirect(302, to: $0.target + "x") }
    let result = try await fetched(server.url("/"), loopback { $0.maxRedirects = bound })
    #expect(result.failure == .tooManyRedirects(limit: bound))
    #expect(server.requests.count == bound + 1)
  }

  @Test(
    "a redirect out of http is refused",
    arguments: [
      "file:///etc/passwd", "ftp://example.org/", "gopher://127.0.0.1:70/", "data:,x", "http://", "//",
    ])
  func schemes(_ target: String) async throws {
    let server = try LoopbackServer { _ in .redirect(302, to: target) }
    let failure = try await fetched(server.url()).failure
    guard case .redirectRefused = failure else {
      Issue.record("\(String(describing: failure))")
      return
    }
    #expect(failure?.kind == "redirect")
  }

  @Test("a redirect without an address is a failure")
  func noLocation() async throws {
    let server = try LoopbackServer { _ in Response(302) }
    #expect(try await fetched(server.url()).failure?.kind == "protocol")
  }

  @Test("credentials in a redirect's address are not used")
  func credentialsInLocation() async throws {
    let port = try LoopbackServer { _ in .ok("x") }
    let target = "http://user:secret@127.0.0.1:\(port.port)/y"
    let server = try LoopbackServer { _ in .redirect(302, to: target) }
    let result = try await fetched(server.url())
    #expect(port.requests.first?.header("Authorization") == nil)
    #expect(result.head?.url == port.url("/y"))
  }

  @Test("credentials and further headers never leave their origin, nor come back to it")
  func credentialScope() async throws {
    let other = try LoopbackServer(address: "127.0.0.2") { request in
      .redirect(302, to: "http://127.0.0.1:\(request.header("X-Port") ?? "1")/back")
    }
    let home = try LoopbackServer { request in
      switch request.path {
      case "/same": .redirect(302, to: "/kept")
      case "/kept": .redirect(302, to: other.url("/away"))
      default: .ok("x")
      }
    }
    let elsewhere = try LoopbackServer(address: "127.0.0.2") { _ in .redirect(302, to: home.url("/back")) }
    let start = try LoopbackServer { request in
      request.path == "/same" ? .redirect(302, to: "/kept") : .redirect(302, to: elsewhere.url("/away"))
    }
    for credentials in [
      Credentials.basic(user: "ann", password: "pw"), .bearer("token"), .header(name: "X-Key", value: "key"),
    ] {
      var request = FetchRequest(url: start.url("/same"))
      request.credentials = credentials
      request.headers = [.init(name: "X-Extra", value: "extra")]
      _ = await (try Fetcher(configuration: loopback())).result(request)
    }
    func carried(_ request: RecordedRequest) -> Bool {
      request.header("Authorization") != nil || request.header("X-Key") != nil
    }
    #expect(start.requests.count == 6 && start.requests.allSatisfy { carried($0) })
    #expect(start.requests.allSatisfy { $0.header("X-Extra") == "extra" })
    #expect(start.requests[0].header("Authorization") == "Basic YW5uOnB3")
    #expect(start.requests[2].header("Authorization") == "Bearer token")
    // Other host; then another port of the first host, which is another origin too.
    #expect(elsewhere.requests.count == 3 && home.requests.count == 3)
    for request in elsewhere.requests + home.requests {
      #expect(!carried(request) && request.header("X-Extra") == nil)
    }
  }

  @Test("credentials that went away do not come back with the origin")
  func backAgain() async throws {
    let slot = Slot()
    let away = try LoopbackServer(address: "127.0.0.2") { _ in .redirect(302, to: slot.url + "/end") }
    let home = try LoopbackServer { $0.path == "/end" ? .ok("x") : .redirect(302, to: away.url()) }
    slot.url = home.url("")
    var request = FetchRequest(url: home.url("/start"))
    request.credentials = .bearer("token")
    _ = await (try Fetcher(configuration: loopback())).result(request)
    #expect(home.requests.map { $0.header("Authorization") } == ["Bearer token", nil])
  }

  @Test("a 401 is not answered with credentials that were not given, nor sent twice")
  func unauthorised() async throws {
    let server = try LoopbackServer { _ in
      Response(401).with("WWW-Authenticate", "Basic realm=\"x\"").with("WWW-Authenticate", "Negotiate")
    }
    #expect(try await fetched(server.url()).failure == .http(status: 401))
    #expect(server.requests.count == 1 && server.requests[0].header("Authorization") == nil)
  }

  @Test("a user name and password of the address are basic credentials, and appear nowhere")
  func userInfo() async throws {
    let server = try LoopbackServer { _ in .ok("x") }
    let result = try await fetched("http://ann:p%40w@127.0.0.1:\(server.port)/f")
    #expect(server.requests.first?.header("Authorization") == "Basic YW5uOnBAdw==")
    #expect(result.head?.url == server.url("/f"))
    #expect(!"\(Credentials.basic(user: "ann", password: "pw"))".contains("pw"))
  }

  @Test("a cookie lives as long as the chain of redirects, on the host that set it")
  func cookies() async throws {
    let other = try LoopbackServer(address: "127.0.0.2") { _ in .ok("x") }
    let server = try LoopbackServer { request in
      if request.header("Cookie") == nil {
        return .redirect(302, to: request.target).with("Set-Cookie", "seen=1; Path=/; HttpOnly")
          .with("Set-Cookie", "safe=1; Secure")
      }
      return .redirect(302, to: other.url())
    }
    let fetcher = try Fetcher(configuration: loopback())
    #expect(await fetcher.result(server.url("/feed")).failure == nil)
    #expect(server.requests.map { $0.header("Cookie") } == [nil, "seen=1"])
    #expect(other.requests.first?.header("Cookie") == nil)
    _ = await fetcher.result(server.url("/feed"))
    #expect(server.requests[2].header("Cookie") == nil)
  }

  @Test("validators go only to the address that they came with")
  func validators() async throws {
    let slot = Slot()
    let server = try LoopbackServer {
      $0.path == "/new" ? .conditional($0, body: [65], etag: "\"n\"") : .redirect(302, to: slot.url + "/new")
    }
    slot.url = server.url("")
    let fetcher = try Fetcher(configuration: loopback())
    var request = FetchRequest(url: server.url("/old"))
    request.validators = .init(url: server.url("/new"), etag: "\"n\"", lastModified: nil)
    let result = await fetcher.result(request)
    guard case .notModified = result.outcome else {
      Issue.record("\(result.outcome)")
      return
    }
    #expect(server.requests.map { $0.header("If-None-Match") } == [nil, "\"n\""])
    request.validators?.url = server.url("/old")
    guard case .body = await fetcher.result(request).outcome else {
      Issue.record("validators of the old address were sent to the new one")
      return
    }
    #expect(server.requests.suffix(2).map { $0.header("If-None-Match") } == ["\"n\"", nil])
  }
}

/// A text that is known later than the closure that uses it.
final class Slot: @unchecked Sendable {  // Written before the first request, read after.
  var url = ""
}
