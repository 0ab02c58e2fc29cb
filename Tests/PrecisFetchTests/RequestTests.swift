import PrecisModel
import PrecisTestLimits
import PrecisTestSupport
import Testing

@testable import PrecisFetch

@Suite(.mustEnd)
struct RequestTests {
  @Test(
    "validators are sent byte for byte as they came",
    arguments: ["\"a\"", "W/\"a\"", "\"a-gzip\"", "unquoted", "W/\"\u{e9}, b\"", "\"\"", "\"a\\\"b\""])
  func validators(_ etag: String) async throws {
    let date = "Mon, 13 jul 2026  15:02:10 +0000"
    let server = try LoopbackServer { .conditional($0, body: [65], etag: etag, lastModified: date) }
    let fetcher = try Fetcher(configuration: loopback())
    let head = try #require(await fetcher.result(server.url()).head)
    #expect(head.etag == etag && head.lastModified == date)
    var request = FetchRequest(url: server.url())
    request.validators = .init(url: head.url, etag: head.etag, lastModified: head.lastModified)
    guard case .notModified(let again) = await fetcher.result(request).outcome else {
      Issue.record("no 304")
      return
    }
    #expect(again.etag == etag)
    #expect(server.requests.map { $0.header("If-None-Match") } == [nil, etag])
    #expect(server.requests.map { $0.header("If-Modified-Since") } == [nil, date])
  }

  @Test("validators that would bring a header line of their own are not sent")
  func injection() async throws {
    let server = try LoopbackServer { _ in .ok("x") }
    var request = FetchRequest(url: server.url())
    request.validators = .init(url: server.url(), etag: "\"a\"\r\nX-Evil: 1", lastModified: "x\nX-Evil: 2")
    request.headers = [.init(name: "X-A\r\nX-Evil", value: "3"), .init(name: "X-B", value: "4")]
    _ = await (try Fetcher(configuration: loopback())).result(request)
    let seen = try #require(server.requests.first)
    #expect(seen.header("X-Evil") == nil && seen.header("If-None-Match") == nil && seen.header("X-B") == "4")
  }

  @Test("a request says who asks and what for, and nothing unasked")
  func manners() async throws {
    let server = try LoopbackServer { _ in .ok("x") }
    let fetcher = try Fetcher(configuration: loopback { $0.userAgent = "Precis/9 (+https://example.org)" })
    _ = await fetcher.result(server.url("/feed?a=1#part"))
    var page = FetchRequest(url: server.url("/page"))
    page.accept = .page
    page.userAgent = "Mine/1"
    _ = await fetcher.result(page)
    let requests = server.requests
    #expect(requests.map(\.target) == ["/feed?a=1", "/page"])
    #expect(requests[0].header("User-Agent") == "Precis/9 (+https://example.org)")
    #expect(requests[0].header("Accept")?.contains("application/atom+xml") == true)
    #expect(requests[0].header("Accept-Encoding")?.contains("gzip") == true)
    #expect(requests[1].header("User-Agent") == "Mine/1")
    #expect(requests[1].header("Accept")?.hasPrefix("text/html") == true)
    for name in ["Cookie", "Referer", "Authorization", "If-Modified-Since", "If-None-Match", "Range"] {
      #expect(requests.allSatisfy { $0.header(name) == nil })
    }
  }

  @Test("a connection is kept where another feed of the host is due, else not")
  func connections() async throws {
    let server = try LoopbackServer { _ in .ok("x") }
    let fetcher = try Fetcher(configuration: loopback())
    for _ in 0..<3 { _ = await fetcher.result(server.url()) }
    #expect(server.connectionCount == 3)
    var request = FetchRequest(url: server.url())
    request.keepsConnection = true
    for _ in 0..<5 { _ = await fetcher.result(request) }
    #expect(server.connectionCount == 4)
    request.keepsConnection = false
    _ = await fetcher.result(request)
    #expect(server.connectionCount == 4)
    _ = await fetcher.result(request)
    #expect(server.connectionCount == 5)
    #expect(fetcher.statistics.connections == 5)
  }

  @Test("IPv6 is spoken")
  func ipv6() async throws {
    guard let server = try? LoopbackServer(address: "::1", answer: { _ in .ok("six") }) else { return }
    let sink = Collector()
    let result = try await fetched(server.url(), into: sink)
    #expect(sink.text == "six" && result.address == "::1")
    let only4 = try await fetched(server.url(), loopback { $0.ipFamily = .ipv4 })
    #expect(only4.failure != nil)
  }
}
