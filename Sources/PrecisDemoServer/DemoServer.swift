import Glibc
import PrecisTestSupport

/// Serves the files of a directory on a free port of 127.0.0.1, with validators, until it is killed.
///
/// For the demo: `precis-demo-server DIRECTORY` prints its address and waits.
@main
struct DemoServer {
  private static let types = [
    "xml": "application/rss+xml", "atom": "application/atom+xml", "rdf": "application/rdf+xml",
    "json": "application/feed+json", "html": "text/html",
  ]

  static func main() throws {
    guard CommandLine.arguments.count == 2 else {
      say("usage: precis-demo-server DIRECTORY\n", to: 2)
      exit(64)
    }
    let directory = CommandLine.arguments[1]
    let server = try LoopbackServer { request in answer(request, from: directory) }
    say(server.url("") + "\n", to: 1)
    withExtendedLifetime(server) { while true { pause() } }
  }

  @Sendable private static func answer(_ request: RecordedRequest, from directory: String) -> Response {
    let name = request.path.split(separator: "/").last.map(String.init) ?? ""
    guard !name.isEmpty, !name.hasPrefix("."), let bytes = readFile("\(directory)/\(name)") else {
      return Response(404)
    }
    let type = name.split(separator: ".").last.flatMap { types[String($0)] } ?? "application/octet-stream"
    let hash = bytes.reduce(UInt64(14_695_981_039_346_656_037)) { ($0 ^ UInt64($1)) &* 1_099_511_628_211 }
    return .conditional(request, body: bytes, etag: "\"\(String(hash, radix: 16))\"").with(
      "Content-Type", type)
  }

  private static func say(_ text: String, to descriptor: Int32) {
    let bytes = Array(text.utf8)
    _ = write(descriptor, bytes, bytes.count)
  }
}
