import PrecisFetch
import PrecisModel
import PrecisTestLimits
import PrecisTestSupport
import Testing

@Suite(.mustEnd)
struct OutcomeTests {
  @Test("a 200 brings the whole body in one chunk, and its head")
  func body() async throws {
    let server = try LoopbackServer { _ in .ok("<rss/>").with("ETag", "\"a\"") }
    let sink = Collector()
    let result = try await fetched(server.url("/feed?x=1"), into: sink)
    guard case .body(let head) = result.outcome else {
      Issue.record("\(result)")
      return
    }
    #expect(sink.text == "<rss/>")
    #expect(sink.state.withLock { $0.chunks } == [6])
    #expect(head.status == 200)
    #expect(head.url == server.url("/feed?x=1"))
    #expect(head.contentType == "application/rss+xml")
    #expect(head.etag == "\"a\"")
    #expect(result.address == "127.0.0.1")
    #expect(result.receivedBytes > 6)
    #expect(result.bodyBytes == 6)
    #expect(server.requests.map(\.target) == ["/feed?x=1"])
  }

  @Test("an empty 200 is a body without chunks, and begins")
  func empty() async throws {
    let server = try LoopbackServer { _ in .ok("") }
    let sink = Collector()
    let result = try await fetched(server.url(), into: sink)
    guard case .body = result.outcome else {
      Issue.record("\(result)")
      return
    }
    #expect(sink.state.withLock { $0.chunks.isEmpty && $0.heads.count == 1 })
  }
}
