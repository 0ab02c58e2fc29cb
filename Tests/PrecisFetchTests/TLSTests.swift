import PrecisTestLimits
import PrecisTestSupport
import Testing

@testable import PrecisFetch

@Suite(.enabled(if: CommandRun.exists("openssl"), "the openssl command is not there"), .mustEnd)
struct TLSTests {
  private func result(_ server: TLSServer, trusts: Bool = true) async throws -> FetchResult {
    try await fetched(server.url, loopback { if trusts { $0.caBundle = server.bundle } })
  }

  @Test("a certificate that is in order lets the document through")
  func valid() async throws {
    let server = try #require(TLSServer(.valid))
    #expect(try await result(server).failure == nil)
  }

  @Test(
    "a certificate that is not in order is told, and why",
    arguments: [
      (TLSServer.Certificate.expired, "expired"), (.selfSigned, "self-signed"), (.otherName, "another name"),
    ])
  func broken(_ certificate: TLSServer.Certificate, _ word: String) async throws {
    let server = try #require(TLSServer(certificate))
    guard case .tls(let host, let reason) = try await result(server).failure else {
      Issue.record("no TLS failure")
      return
    }
    #expect(host == "localhost" && reason.contains(word), "\(reason)")
  }

  @Test("an authority that is not trusted is told")
  func untrusted() async throws {
    let server = try #require(TLSServer(.valid))
    guard case .tls(_, let reason) = try await result(server, trusts: false).failure else {
      Issue.record("no TLS failure")
      return
    }
    #expect(reason.contains("not trusted"), "\(reason)")
  }

  @Test("a server that does not answer the handshake times out while the connection is secured")
  func plain() async throws {
    let server = try LoopbackServer { _ in .ok("x") }
    let configuration = loopback { $0.connectTimeout = .seconds(2) }
    let failure = try await fetched("https://127.0.0.1:\(server.port)/", configuration).failure
    guard case .timeout(.securing, _) = failure else {
      Issue.record("\(String(describing: failure))")
      return
    }
  }

  @Test("a CA bundle that cannot be read is an error at once")
  func noBundle() {
    #expect(throws: FetcherError.unreadableCABundle("/no/such/file", errno: 2)) {
      try Fetcher(configuration: loopback { $0.caBundle = "/no/such/file" })
    }
  }
}
