import PrecisModel
import PrecisTestLimits
import PrecisTestSupport
import Testing

@testable import PrecisFetch

@Suite(.mustEnd)
struct FailureTests {
  @Test(
    "statuses are failures with the answer's head",
    arguments: [201, 204, 206, 400, 401, 403, 404, 410, 429, 500, 503])
  func status(_ status: Int) async throws {
    let server = try LoopbackServer { _ in
      Response(
        status, headers: [("Retry-After", "120")], body: status == 204 ? .none : .bytes(Array("no".utf8)))
    }
    let sink = Collector()
    let result = try await fetched(server.url(), into: sink)
    #expect(result.failure == .http(status: status))
    #expect(result.failure?.kind == "http")
    #expect(result.head?.status == status && result.head?.retryAfter == 120)
    #expect(sink.body.isEmpty)
    #expect(server.requests.count == 1)
  }

  @Test(
    "who stands before a server and refuses is named, from the head of the refusal alone",
    arguments: [
      ("CF-Mitigated", "challenge", Gatekeeper.cloudflare), ("Server", "cloudflare", .cloudflare),
      ("X-DataDome", "protected", .dataDome), ("Server", "AkamaiGHost", .akamai),
      ("x-amzn-waf-action", "captcha", .awsWAF), ("X-Sucuri-ID", "11005", .sucuri),
      ("X-Iinfo", "1-2", .imperva),
    ])
  func gatekeeper(_ name: String, _ value: String, _ expected: Gatekeeper) async throws {
    let server = try LoopbackServer { request in
      Response(request.path == "/403" ? 403 : 404).with(name, value)
    }
    let refused = try await fetched(server.url("/403")).failure
    #expect(refused == .http(status: 403, by: expected))
    #expect(refused?.description.contains(expected.rawValue) == true && refused?.kind == "http")
    #expect(try await fetched(server.url("/404")).failure == .http(status: 404))
  }

  @Test("a large body of an error is not received")
  func largeError() async throws {
    let server = try LoopbackServer { _ in
      Response(404, body: .endless(Array(repeating: 65, count: 50_000)))
    }
    #expect(try await fetched(server.url()).failure == .http(status: 404))
  }

  @Test("a body that ends early says how much came")
  func truncated() async throws {
    let server = try LoopbackServer { _ in Response(body: .cutOff(Array("<rss>".utf8), announced: 100)) }
    let sink = Collector()
    let result = try await fetched(server.url(), into: sink)
    #expect(result.failure == .truncated(expected: 100, received: 5))
  }

  @Test("a chunked body without its last chunk is truncated")
  func truncatedChunks() async throws {
    let raw = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n<rss>\r\n"
    let server = try LoopbackServer { _ in Response(body: .raw(Array(raw.utf8))) }
    #expect(try await fetched(server.url()).failure == .truncated(expected: nil, received: 5))
  }

  @Test("a body whose length nobody states is whole when the connection ends")
  func untilClose() async throws {
    let server = try LoopbackServer { _ in Response(body: .untilClose(Array("<rss/>".utf8))) }
    let sink = Collector()
    #expect(try await fetched(server.url(), into: sink).failure == nil)
    #expect(sink.text == "<rss/>")
  }

  @Test("a port that nobody listens on refuses the connection")
  func refused() async throws {
    let server = try LoopbackServer { _ in .ok("") }
    server.stop()
    let free = FullListener.freePort()
    let result = try await fetched("http://127.0.0.1:\(free)/")
    #expect(result.failure == .connect(host: "127.0.0.1", reason: "it refuses connections"))
    #expect(result.failure?.kind == "connect")
  }

  @Test("a name that does not exist is told apart")
  func noName() async throws {
    let result = try await fetched("http://no-such-name.invalid/")
    #expect(result.failure == .dns(host: "no-such-name.invalid"))
    #expect(result.failure?.kind == "dns")
  }

  @Test(
    "what is not HTTP is a protocol failure",
    arguments: [
      "SSH-2.0-OpenSSH_9\r\n", "220 mail ESMTP\r\n", "\u{0}\u{1}\u{2}\r\n\r\n", "HTTP/9.9 abc\r\n\r\n",
    ])
  func notHTTP(_ greeting: String) async throws {
    let server = try LoopbackServer { _ in Response(body: .raw(Array(greeting.utf8))) }
    let failure = try await fetched(server.url()).failure
    #expect(failure?.kind == "protocol", "\(String(describing: failure))")
  }

  @Test("a connection that closes without an answer is a protocol failure")
  func dropped() async throws {
    let server = try LoopbackServer { _ in Response(body: .drop) }
    #expect(try await fetched(server.url()).failure?.kind == "protocol")
  }

  @Test("broken compression is a protocol failure")
  func brokenCompression() async throws {
    let server = try LoopbackServer { _ in
      Response(body: .bytes(Array("not gzip at all".utf8))).with("Content-Encoding", "gzip")
    }
    #expect(try await fetched(server.url()).failure == .protocolError("the document's compression is broken"))
  }

  @Test("a 304 to a request without conditions is a protocol failure")
  func uncalledFor() async throws {
    let server = try LoopbackServer { _ in Response(304, body: .none) }
    #expect(try await fetched(server.url()).failure?.kind == "protocol")
  }

  @Test("each failure has a kind that the feed's state knows, and a sentence of its own")
  func kinds() {
    let failures: [FetchFailure] = [
      .invalidURL("x"), .unsupportedScheme("ftp"), .blockedAddress("127.0.0.1", host: "a", what: "a b"),
      .dns(host: "a"), .connect(host: "a", reason: "b"), .timeout(.waiting, after: .milliseconds(1500)),
      .tls(host: "a", reason: "b"), .tooLarge(limit: 1), .tooSlow(bytesPerSecond: 1, over: .seconds(2)),
      .decompressionRatio(limit: 1), .headersTooLarge(limit: 1), .redirectLoop(to: "a"),
      .tooManyRedirects(limit: 1), .redirectRefused(to: "a", reason: "b"), .http(status: 404),
      .truncated(expected: 1, received: 0), .truncated(expected: nil, received: 0), .protocolError("a"),
      .cancelled,
    ]
    let known: Set = [
      "http", "dns", "connect", "timeout", "tls", "protocol", "blocked_address", "too_large", "too_slow",
      "redirect", "cancelled",
    ]
    #expect(failures.allSatisfy { known.contains($0.kind) })
    #expect(Set(failures.map(\.description)).count == failures.count)
    #expect("\(FetchFailure.timeout(.waiting, after: .milliseconds(1500)))".contains("1.5 s"))
  }
}
