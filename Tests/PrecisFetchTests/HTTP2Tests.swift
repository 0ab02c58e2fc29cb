import PrecisModel
import PrecisTestLimits
import PrecisTestSupport
import Testing

@testable import PrecisFetch

/// nginx with HTTP/2 on a loopback port; nil where a command is missing or no port is to be had.
private final class HTTP2Server: Sendable {
  let port: Int
  let bundle: String
  private let directory: TemporaryDirectory
  private let command: RunningCommand

  static let commands = ["nginx", "openssl"]
  static var isPossible: Bool { commands.allSatisfy { CommandRun.exists($0) } }

  init?(documents: Int) throws {
    directory = try TemporaryDirectory()
    let path = directory.path
    bundle = directory.file("cert.pem")
    let made = CommandRun.run([
      "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
      "-days",
      "2", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-keyout",
      directory.file("key.pem"), "-out", bundle,
    ])
    guard made.status == 0 else { return nil }
    for number in 0..<documents { try directory.write("document \(number)", to: "www/\(number)") }
    port = FullListener.freePort()
    let temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map {
      "\($0)_temp_path \(path)/\($0);"
    }
    try directory.write(
      """
      daemon off; master_process off; pid \(path)/pid; error_log \(path)/error.log;
      events {}
      http { access_log \(path)/access.log; \(temporary.joined(separator: " "))
        server { listen 127.0.0.1:\(port) ssl http2; root \(path)/www;
          ssl_certificate \(bundle); ssl_certificate_key \(path)/key.pem; } }
      """, to: "nginx.conf")
    _ = CommandRun.run(["chmod", "-R", "a+rX", path])
    command = try RunningCommand([
      "nginx", "-e", directory.file("error.log"), "-c", directory.file("nginx.conf"),
    ])
  }

  deinit { command.kill() }
}

@Suite(.enabled(if: HTTP2Server.isPossible, "nginx or the openssl command is not there"), .mustEnd)
struct HTTP2Tests {
  @Test(
    "feeds of a host that are due together share one connection over HTTP/2, at once and one after the other")
  func multiplexing() async throws {
    let server = try #require(try HTTP2Server(documents: 8))
    let configuration = loopback {
      $0.caBundle = server.bundle
      $0.maxPerHost = 8
    }
    let fetcher = try Fetcher(configuration: configuration)
    @Sendable func document(_ number: Int) async -> (text: String, result: FetchResult) {
      var request = FetchRequest(url: "https://localhost:\(server.port)/\(number)")
      request.keepsConnection = true
      let sink = Collector()
      let result = await fetcher.result(request, into: sink)
      return (sink.text, result)
    }
    // nginx has to begin to listen.
    var first = await document(0).result
    let deadline = ContinuousClock.now + .seconds(10)
    while first.failure?.kind == "connect", ContinuousClock.now < deadline {
      first = await document(0).result
    }
    #expect(first.head?.httpVersion == "2", "\(first.outcome)")
    let before = fetcher.statistics.connections
    let texts = await withTaskGroup(of: String.self) { group in
      for number in 0..<8 { group.addTask { await document(number).text } }
      return await group.reduce(into: []) { $0.append($1) }
    }
    #expect(texts.sorted() == (0..<8).map { "document \($0)" })
    for number in 0..<3 { #expect(await document(number).text == "document \(number)") }
    #expect(fetcher.statistics.connections == before)
  }
}
