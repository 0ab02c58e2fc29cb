import Glibc
import PrecisTestLimits
import PrecisTestSupport
import Testing

@testable import PrecisFetch

@Suite(.mustEnd)
struct LimitTests {
  @Test("an endless body is cut at the bound, and what came before was handed on in pieces")
  func endless() async throws {
    let server = try LoopbackServer { _ in Response(body: .endless(Array(repeating: 65, count: 50_000))) }
    let sink = Collector()
    let result = try await fetched(server.url(), loopback { $0.maxBodyBytes = 1_000_000 }, into: sink)
    #expect(result.failure == .tooLarge(limit: 1_000_000))
    #expect(result.failure?.kind == "too_large")
    #expect(sink.body.count <= 1_000_000)
    #expect(sink.state.withLock { $0.chunks.allSatisfy { $0 >= 64 << 10 && $0 <= 256 << 10 } })
  }

  @Test("a flood is received at a measured pace, and what is no flood as it comes")
  func pace() async throws {
    let flood = try LoopbackServer { _ in Response(body: .endless(Array(repeating: 65, count: 60_000))) }
    let good = try LoopbackServer(address: "127.0.0.2") { _ in
      Response(body: .bytes(Array(repeating: 65, count: 60_000)))
    }
    let fetcher = try Fetcher(
      configuration: loopback {
        $0.maxBodyBytes = 8 << 20
        $0.totalTimeout = .seconds(600)
        $0.unpacedBytes = 64 << 10
        $0.pace = 64 << 10
      })
    let sink = Collector()
    let token = fetcher.fetch(FetchRequest(url: flood.url()), into: sink) { _ in }
    #expect(await flood.waitForRequests(1))
    for _ in 0..<50 { #expect(await fetcher.result(good.url()).failure == nil) }
    // As fast as it is sent it would have come to its bound by now. libcurl reads 1.6 MB before it looks at the pace.
    #expect(sink.body.count < 4 << 20 && fetcher.statistics.active == 1)
    fetcher.cancel(token)
    #expect(FetchConfiguration().pace(bodyLimit: 16 << 20) == 4 << 20)
    #expect(FetchConfiguration().pace(bodyLimit: 1 << 30) == (2 << 30) / 60)
  }

  @Test("a body whose announced length is over the bound is not received")
  func announced() async throws {
    let server = try LoopbackServer { _ in Response(body: .cutOff([65, 66], announced: 2 << 30)) }
    let sink = Collector()
    let result = try await fetched(server.url(), into: sink)
    #expect(result.failure == .tooLarge(limit: 16 << 20))
    #expect(sink.body.isEmpty)
  }

  @Test("a request's own bound goes before the configuration's", arguments: [(999, false), (1000, true)])
  func ownBound(_ bound: Int, _ fits: Bool) async throws {
    let server = try LoopbackServer { _ in Response(body: .chunked([Array(repeating: 65, count: 1000)])) }
    var request = FetchRequest(url: server.url())
    request.maxBodyBytes = bound
    let result = await (try Fetcher(configuration: loopback())).result(request)
    #expect((result.failure == nil) == fits)
  }

  @Test("the bound counts what is left after decompression")
  func decompressed() async throws {
    let gzipped = try #require(gzip(noise(count: 300_000)))
    let server = try LoopbackServer { _ in Response(body: .bytes(gzipped)).with("Content-Encoding", "gzip") }
    let sink = Collector()
    let fits = try await fetched(server.url(), loopback { $0.maxBodyBytes = 300_000 }, into: sink)
    #expect(fits.failure == nil && sink.body == noise(count: 300_000))
    #expect(fits.receivedBytes < 300_000 && fits.bodyBytes == 300_000)
    let not = try await fetched(server.url(), loopback { $0.maxBodyBytes = 299_999 })
    #expect(not.failure == .tooLarge(limit: 299_999))
  }

  @Test("a compression bomb ends at the ratio's bound, also one in another")
  func bomb() async throws {
    let bomb = try #require(gzip(Array(repeating: 0, count: 12 << 20)))
    let nested = try #require(gzip(bomb))
    let server = try LoopbackServer { request in
      request.path == "/nested"
        ? Response(body: .bytes(nested)).with("Content-Encoding", "gzip, gzip")
        : Response(body: .bytes(bomb)).with("Content-Encoding", "gzip")
    }
    for path in ["/", "/nested"] {
      let sink = Collector()
      let result = try await fetched(server.url(path), into: sink)
      #expect(result.failure == .decompressionRatio(limit: 200))
      #expect(sink.body.count <= 16 << 20)
    }
  }

  @Test(
    "a bomb of any compression that libcurl reads ends at the ratio's bound, or at that of the body",
    arguments: [("br", Bomb.brotli), ("zstd", Bomb.zstandard)])
  func otherBombs(_ encoding: String, _ bomb: [UInt8]) async throws {
    let server = try LoopbackServer { _ in Response(body: .bytes(bomb)).with("Content-Encoding", encoding) }
    let sink = Collector()
    #expect(try await fetched(server.url(), into: sink).failure == .decompressionRatio(limit: 200))
    #expect(sink.body.count < Bomb.size)
    // Where the operator lets such ratios through, it is a document like another.
    let whole = try await fetched(server.url(), loopback { $0.maxDecompressionRatio = 10_000_000 })
    #expect(whole.failure == nil && whole.bodyBytes == Bomb.size, "\(whole.outcome)")
    let bound = loopback {
      $0.maxDecompressionRatio = 10_000_000
      $0.maxBodyBytes = 5_000_000
    }
    #expect(try await fetched(server.url(), bound).failure == .tooLarge(limit: 5_000_000))
  }

  @Test("a small body may be as repetitive as it likes")
  func smallRepetition() async throws {
    let body = [UInt8](repeating: 32, count: 900_000)
    let gzipped = try #require(gzip(body))
    let server = try LoopbackServer { _ in Response(body: .bytes(gzipped)).with("Content-Encoding", "gzip") }
    #expect(try await fetched(server.url()).failure == nil)
  }

  @Test("headers over the bound end the fetch", arguments: ["one long line", "many lines", "endless"])
  func headers(_ kind: String) async throws {
    let line = "X-A: " + String(repeating: "a", count: 990) + "\r\n"
    let head =
      switch kind {
      case "one long line": "HTTP/1.1 200 OK\r\nX-A: " + String(repeating: "a", count: 120_000) + "\r\n\r\n"
      case "many lines": "HTTP/1.1 200 OK\r\n" + String(repeating: line, count: 200) + "\r\n"
      default: "HTTP/1.1 200 OK\r\nX-A: " + String(repeating: "a", count: 2_000_000)
      }
    let server = try LoopbackServer { _ in Response(body: .raw(Array(head.utf8))) }
    let result = try await fetched(server.url(), loopback { $0.maxHeaderBytes = 100_000 })
    #expect(result.failure == .headersTooLarge(limit: 100_000), "\(result.outcome)")
  }

  @Test("a trickling body is given up")
  func trickle() async throws {
    let server = try LoopbackServer { _ in Response(body: .trickle([65], every: .milliseconds(50))) }
    let configuration = loopback {
      $0.minimumSpeed = 1000
      $0.minimumSpeedPeriod = .seconds(1)
    }
    let result = try await fetched(server.url(), configuration)
    #expect(result.failure == .tooSlow(bytesPerSecond: 1000, over: .seconds(1)))
    #expect(result.failure?.kind == "too_slow")
  }

  @Test("a server that never answers ends with the total time, and says what was waited for")
  func hang() async throws {
    let server = try LoopbackServer { _ in Response(body: .hang) }
    let result = try await fetched(server.url(), loopback { $0.totalTimeout = .seconds(2) })
    guard case .timeout(.waiting, _) = result.failure else {
      Issue.record("\(result.outcome)")
      return
    }
    #expect(result.failure?.kind == "timeout")
    #expect(result.milliseconds >= 1990)
  }

  @Test("a body that stops ends with the total time")
  func stall() async throws {
    let gate = Gate()
    let server = try LoopbackServer { _ in Response(body: .inTwo([65], gate: gate, [66])) }
    let result = try await fetched(server.url(), loopback { $0.totalTimeout = .seconds(2) })
    gate.open()
    guard case .timeout(.receiving, _) = result.failure else {
      Issue.record("\(result.outcome)")
      return
    }
  }

  @Test("redirects do not win time: the total is theirs together")
  func slowRedirects() async throws {
    // Each answer comes well within the total, but late.
    let server = try LoopbackServer { request in
      usleep(200_000)
      return .redirect(302, to: request.target + "x")
    }
    let configuration = loopback {
      $0.totalTimeout = .milliseconds(500)
      $0.maxRedirects = 20
    }
    let result = try await fetched(server.url(), configuration)
    #expect(result.failure?.kind == "timeout", "\(result.outcome)")
    #expect(result.redirects.count <= 2)
  }

  @Test("a connection that is not answered ends with the connection's time")
  func blackHole() async throws {
    // A listener whose queue is full drops the next handshakes, as a black hole does.
    let hole = try FullListener()
    let configuration = loopback { $0.connectTimeout = .milliseconds(300) }
    let result = try await fetched("http://127.0.0.1:\(hole.port)/", configuration)
    guard case .timeout(let phase, _) = result.failure else {
      Issue.record("\(result.outcome)")
      return
    }
    #expect(phase == .connecting)
  }
}
