import Glibc
import PrecisJSON
import PrecisTestSupport

/// The built executable with a store, a configuration and a home of its own.
struct Program {
  let directory: TemporaryDirectory

  /// The executable stands beside the test bundle.
  static let path: String = {
    var buffer = [CChar](repeating: 0, count: 4096)
    let count = readlink("/proc/self/exe", &buffer, buffer.count - 1)
    let own = String(decoding: buffer[..<max(0, count)].map { UInt8(bitPattern: $0) }, as: UTF8.self)
    let folder = own[..<(own.lastIndex(of: "/") ?? own.endIndex)]
    // `swift test` runs the bundle itself, or a helper of the toolchain that is told of it.
    if access("\(folder)/precis", X_OK) == 0 { return "\(folder)/precis" }
    let bundle = CommandLine.arguments.first { $0.hasSuffix(".xctest") } ?? ".build/debug/x"
    return "\(bundle[..<(bundle.lastIndex(of: "/") ?? bundle.endIndex)])/precis"
  }()

  init(_ configuration: String = "") throws {
    directory = try TemporaryDirectory()
    let settings = """
      [network]
      allow_addresses = ["127.0.0.0/8", "::1/128"]
      spacing = "0s"
      \(configuration)
      """
    _ = try directory.write(settings, to: "precis.toml")
  }

  var store: String { directory.file("store") }

  var environment: [String: String?] {
    [
      "HOME": directory.path, "XDG_RUNTIME_DIR": nil, "XDG_CONFIG_HOME": nil, "NOTIFY_SOCKET": nil,
      "TZ": "UTC",
    ]
  }

  func command(_ arguments: [String]) -> [String] {
    [Self.path, "--config", directory.file("precis.toml"), "--store", store] + arguments
  }

  @discardableResult
  func run(_ arguments: String..., stdin: String = "") -> CommandRun { run(arguments, stdin: stdin) }

  @discardableResult
  func run(_ arguments: [String], stdin: String = "") -> CommandRun {
    CommandRun.run(
      command(arguments), environment: environment, stdin: Array(stdin.utf8), timeoutSeconds: 120)
  }

  func start(_ arguments: String...) throws -> RunningCommand {
    try RunningCommand(command(arguments), environment: environment)
  }

  /// The lines that a command prints with --json.
  func json(_ arguments: String...) -> [JSONValue] { json(arguments) }

  func json(_ arguments: [String]) -> [JSONValue] {
    run(arguments + ["--json"]).stdout.split(separator: "\n").compactMap { try? JSONParser.parse(String($0)) }
  }

  /// The events of a sync, by the feed's address.
  func sync() -> [String: JSONValue] {
    var feeds: [String: JSONValue] = [:]
    for event in json("sync") where event["event"]?.string == "feed" {
      feeds[event["url"]?.string ?? ""] = event
    }
    return feeds
  }

  /// The subscriptions as feeds.json has them, by address.
  func feeds() -> [String: JSONValue] {
    var feeds: [String: JSONValue] = [:]
    for feed in json("feeds").first?["feeds"]?.array ?? [] { feeds[feed["url"]?.string ?? ""] = feed }
    return feeds
  }
}

/// A small RSS feed.
enum SampleFeed {
  static func rss(_ title: String, items: Range<Int>, host: String = "blog.example", text: String = "")
    -> String
  {
    let entries = items.map { number in
      """
      <item><title>Entry \(number) of \(title)</title><link>https://\(host)/\(number)</link>
      <guid>https://\(host)/\(number)</guid><pubDate>Mon, \(1 + number % 28) Jun 2026 10:00:00 GMT</pubDate>
      <description><![CDATA[<p>Words about number \(number) in \(title). \(text)</p>]]></description></item>
      """
    }
    return """
      <?xml version="1.0"?>
      <rss version="2.0"><channel><title>\(title)</title><link>https://\(host)/</link>
      \(entries.joined(separator: "\n"))
      </channel></rss>
      """
  }
}
