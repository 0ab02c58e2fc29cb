import PrecisJSON
import PrecisTestLimits
import PrecisTestSupport
import Testing

@Suite("The command line", .mustEnd)
struct CommandLineTests {
  private static func server() throws -> LoopbackServer {
    try LoopbackServer { request in
      switch request.path {
      case "/feed.xml":
        .conditional(
          request, body: Array(SampleFeed.rss("Blog", items: 0..<3, text: "A torn write.").utf8),
          etag: "\"1\"")
      case "/page":
        .ok(
          "<html><head><link rel=alternate type='application/rss+xml' href='/feed.xml' title=Blog></head></html>",
          type: "text/html")
      default: Response(404)
      }
    }
  }

  @Test("a feed is added, synced, listed, shown, searched and removed")
  func wholeLife() throws {
    let server = try Self.server()
    let program = try Program()
    let added = program.run("add", server.url("/feed.xml"))
    #expect(added.status == 0, "\(added.stderr)")
    let first = program.run("sync")
    #expect(first.status == 0, "\(first.stderr)")
    #expect(first.stdout.contains("3 new"))

    let articles = program.json("list")
    #expect(articles.count == 3)
    let id = try #require(articles.first?["id"]?.string)
    let page = program.run("show", id)
    #expect(page.status == 0)
    #expect(page.stdout.hasPrefix("Entry 2 of Blog\n"))
    #expect(page.stdout.contains("Original article published by Blog."))
    #expect(program.run("show", String(id.prefix(8))).stdout == page.stdout)
    #expect(program.json("show", "https://blog.example/2").first?["id"]?.string == id)
    #expect(program.json("search", "torn write").count == 3)
    #expect(program.json("list", "--limit", "1").count == 1)

    let second = program.run("sync")
    #expect(second.stdout.contains("0 new"))
    #expect(server.requests.last?.header("If-None-Match") == "\"1\"")

    #expect(program.run("remove", "Blog").status == 0)
    #expect(program.feeds().isEmpty)
    #expect(program.json("list").count == 3)
  }

  @Test("a secret in an address is neither kept nor printed, and what to do with it is told")
  func secretInAddress() throws {
    let server = try Self.server()
    let program = try Program()
    let bare = server.url("/feed.xml")
    let address = bare.split(separator: "//").joined(separator: "//ann:hunter2@")
    let added = program.run("add", address)
    #expect(added.status == 65)
    #expect(added.stderr.contains("\(bare): a user name and password are not kept in addresses"))
    #expect(program.feeds().isEmpty && server.requests.isEmpty)
    let imported = program.run(
      "import", "-", stdin: "<opml><body><outline xmlUrl='\(address)'/></body></opml>")
    #expect(program.feeds().keys.map { $0 } == [bare])
    for output in [added, imported].flatMap({ [$0.stdout, $0.stderr] }) {
      #expect(!output.contains("hunter2"))
    }
    #expect(imported.stderr.contains("not kept in addresses"))
  }

  @Test("an address of another scheme is refused, and a sync without feeds says what to do")
  func nothingToDo() throws {
    let program = try Program()
    let refused = program.run("add", "ftp://blog.example/feed")
    #expect(refused.status == 65)
    #expect(refused.stderr.contains("ftp://blog.example/feed: not a web address"))
    let sync = program.run("sync")
    #expect(sync.status == 0)
    #expect(sync.stdout.contains("precis add URL"))
    let imported = program.run(
      "import", "-", stdin: "<opml><body><outline xmlUrl='http://a.example/f'/></body></opml>")
    #expect(imported.stderr.contains("1 feed added"))
  }

  @Test("a page that names no feed costs its server few requests, one at a time")
  func fewGuesses() throws {
    let links = (0..<50).map { "<a href='/\($0)/feed'>feed \($0)</a>" }.joined()
    let server = try LoopbackServer { request in
      request.path == "/" ? .ok("<html><body>\(links)</body></html>", type: "text/html") : Response(404)
    }
    let program = try Program()
    #expect(program.run("add", server.url()).status != 0)
    #expect(2...7 ~= server.requests.count)
    #expect(server.peakConcurrency == 1)
    #expect(Set(server.requests.map(\.path)).count == server.requests.count)
  }

  @Test("a page is added by the feed that it names")
  func discovery() throws {
    let server = try Self.server()
    let program = try Program()
    let added = program.json("add", server.url("/page"))
    #expect(added.first?["url"]?.string == server.url("/feed.xml"))
    #expect(program.feeds()[server.url("/feed.xml")] != nil)
  }

  @Test("subscriptions go out and in as OPML")
  func opml() throws {
    let server = try Self.server()
    let program = try Program()
    program.run("add", server.url("/feed.xml"), "--title", "Mine", "--folder", "Tech")
    let opml = program.run("export").stdout
    let other = try Program()
    let summary = try JSONParser.parse(other.run("import", "-", "--json", stdin: opml).stdout)
    #expect(summary["added"]?.int == 1)
    #expect(other.feeds()[server.url("/feed.xml")]?["title_override"]?.string == "Mine")
    #expect(other.run("export").stdout.contains("Tech"))
  }

  @Test("no articles cannot be asked for", arguments: ["0", "-1"])
  func noArticles(limit: String) throws {
    let program = try Program()
    for command in [["list"], ["search", "word"], ["export", "-f", "json"]] {
      let run = program.run(command + ["--limit=\(limit)"])
      #expect(run.status == 64)
      #expect(run.stderr.contains("--limit must be at least 1"))
    }
  }

  @Test("articles go out in every format", arguments: ["json", "atom", "ndjson", "csv"])
  func exports(format: String) throws {
    let server = try Self.server()
    let program = try Program()
    program.run("add", server.url("/feed.xml"))
    program.run("sync")
    let export = program.run("export", "--format", format)
    #expect(export.status == 0)
    #expect(export.stdout.contains("Entry 1 of Blog"))
  }

  @Test("a document is parsed as the contract has it")
  func parse() throws {
    let program = try Program()
    let run = program.run(
      "parse", "-", "--json", "--base-url", "https://blog.example/feed",
      stdin: SampleFeed.rss("B", items: 1..<2))
    let document = try JSONParser.parse(run.stdout)
    #expect(document["feed"]?["title"]?.string == "B")
    #expect(document["feed"]?["format"]?.string == "rss 2.0")
    let entry = try #require(document["entries"]?.array?.first)
    #expect(entry["id"]?.string == "https://blog.example/1")
    #expect(entry["date_published"]?.string == "2026-06-02T10:00:00Z")
  }

  @Test(
    "any number of documents are parsed in the order given, whatever stands before them",
    arguments: [
      ["--json"], ["--json", "--raw", "--base-url", "https://blog.example/feed"], ["--json", "--"],
    ])
  func manyDocuments(options: [String]) throws {
    let program = try Program()
    let files = try (0..<40).map {
      try program.directory.write(SampleFeed.rss("B\($0)", items: 0..<1), to: "\($0).xml")
    }
    let run = CommandRun.run([Program.path, "parse"] + options + files, environment: program.environment)
    let documents = try run.stdout.split(separator: "\n").map { try JSONParser.parse(String($0)) }
    #expect(documents.map { $0["feed"]?["title"]?.string } == (0..<40).map { "B\($0)" })
    let others = [files[0], "/dev/null", files[1]]
    let mixed = CommandRun.run([Program.path, "parse"] + options + others, environment: program.environment)
    #expect(mixed.status == 65)
    let lines = try mixed.stdout.split(separator: "\n").map { try JSONParser.parse(String($0)) }
    #expect(lines.map { $0["entries"]?.array?.count } == [1, 1])
    let wrong = CommandRun.run([Program.path, "parse", "--roar"] + files, environment: program.environment)
    #expect(wrong.status == 64)
    #expect(wrong.stderr.contains("--roar"), "\(wrong.stderr)")
  }

  @Test(
    "the exit status says what went wrong",
    arguments: [
      (["parse", "/dev/null"], 65), (["parse", "/nowhere"], 66), (["show", "abcdef"], 66),
      (["frobnicate"], 64),
      (["status"], 69), (["list", "--limit", "0"], 64), (["add", "not an address"], 65),
      (["remove", "https://nobody.example/"], 66), (["--set", "network.concurency=3", "check"], 78),
    ] as [([String], Int32)])
  func exitStatus(arguments: [String], expected: Int32) throws {
    let program = try Program()
    let run = CommandRun.run(program.command(arguments), environment: program.environment)
    #expect(run.status == expected, "\(run.stderr)")
    #expect(!run.stderr.isEmpty)
  }

  @Test("a configuration with a wrong type is told with its line")
  func wrongType() throws {
    let program = try Program("concurrency = \"many\"")
    let run = program.run("sync")
    #expect(run.status == 78)
    #expect(run.stderr.contains("precis.toml:4"), "\(run.stderr)")
    #expect(run.stderr.contains("concurrency"))
  }

  @Test("global options may stand before the command or after it")
  func globalOptions() throws {
    let program = try Program()
    let run = CommandRun.run(
      [
        Program.path, "check", "--config", program.directory.file("precis.toml"), "--store", "/tmp/elsewhere",
      ],
      environment: program.environment)
    #expect(run.stderr.contains("/tmp/elsewhere"))
  }

  @Test("changes are followed without a gap or a repeat")
  func follow() throws {
    let server = try Self.server()
    let program = try Program()
    program.run("add", server.url("/feed.xml"))
    program.run("sync")
    let all = program.json("follow", "--since", "0", "--once")
    let numbers = all.compactMap { $0["seq"]?.int }
    #expect(numbers == Array(1...3))
    let rest = program.json("follow", "--since", "\(numbers[0])", "--once")
    #expect(rest.compactMap { $0["seq"]?.int } == [2, 3])
  }

  @Test("a sound store is verified, a damaged line is told with file and line")
  func verify() throws {
    let server = try Self.server()
    let program = try Program()
    program.run("add", server.url("/feed.xml"))
    program.run("sync")
    #expect(program.run("verify").status == 0)
    let path = program.store + "/entries/000001.ndjson"
    var bytes = try #require(readFile(path))
    bytes[200] ^= 1
    try bytes.withUnsafeBytes { try overwrite(path, $0) }
    let run = program.run("verify")
    #expect(run.status == 65)
    #expect(run.stderr.contains("entries/000001.ndjson:1"), "\(run.stderr)")
  }
}
