import Glibc
import PrecisJSON
import PrecisTestLimits
import PrecisTestSupport
import Testing

@Suite("The library over HTTP", .mustEnd)
struct LibraryInterfaceTests {
  /// A daemon with two articles that listens on a free port of loopback.
  private struct Served {
    let server: LoopbackServer
    let program: Program
    let running: RunningCommand
    let address: String

    init() throws {
      server = try LoopbackServer { request in
        .conditional(request, body: Array(SampleFeed.rss("Wire", items: 0..<2).utf8), etag: "\"1\"")
      }
      program = try Program("[server]\nlisten = \"127.0.0.1:0\"")
      running = try program.start("run")
      try #require(running.wait { _, log in log.contains("ready") }, "\(running.stderr)")
      let log = running.stderr
      let start = try #require(log.firstRange(of: " 127.0.0.1:"))
      address = "127.0.0.1:" + log[start.upperBound...].prefix { $0.isNumber }
      #expect(program.run("add", server.url("/a")).status == 0)
      #expect(program.run("sync").status == 0)
    }

    /// The status and the body that curl gets.
    func curl(_ path: String, _ options: String...) -> (status: Int, body: String) {
      let answer = CommandRun.run(
        ["curl", "-s", "--max-time", "20", "-w", "\n%{http_code}"] + options + ["http://\(address)\(path)"],
        environment: [:], timeoutSeconds: 30
      ).stdout
      let lines = answer.split(separator: "\n", omittingEmptySubsequences: false)
      return (Int(lines.last ?? "") ?? 0, lines.dropLast().joined(separator: "\n"))
    }
  }

  @Test("articles, searches, feeds and views are read over TCP")
  func reads() throws {
    let served = try Served()
    defer { served.running.kill() }
    let articles = served.curl("/v1/articles?limit=1")
    let article = try JSONParser.parse(articles.body)
    let id = try #require(article["id"]?.string)
    #expect(articles.status == 200)
    #expect(try JSONParser.parse(served.curl("/v1/articles/\(id)").body)["id"]?.string == id)
    #expect(served.curl("/v1/articles?feed=Wire").body.split(separator: "\n").count == 2)
    #expect(served.curl("/v1/articles?until=2001-01-01").body.isEmpty)
    #expect(served.curl("/v1/search?q=number%201").body.contains("Entry 1 of Wire"))
    let latest = try JSONParser.parse(served.curl("/v1/latest.json").body)
    #expect(latest["version"]?.string == "https://jsonfeed.org/version/1.1")
    #expect(latest["items"]?.array?.count == 2)
    #expect(served.curl("/v1/latest.atom").body.contains("<title>Entry 1 of Wire</title>"))
    #expect(try JSONParser.parse(served.curl("/v1/feeds").body)["feeds"]?.array?.count == 1)
    #expect(try JSONParser.parse(served.curl("/v1/status").body)["articles"]?.int == 2)
    #expect(served.curl("/healthz").body == "ok\n")
    #expect(served.curl("/metrics").body.contains("\nprecis_articles 2\n"))
    #expect(served.curl("/metrics", "--head").status == 200)
  }

  @Test("an article that is asked for by itself comes with what is related to it")
  func related() throws {
    let served = try Served()
    defer { served.running.kill() }
    let articles = served.program.json("list")
    let id = try #require(articles.first?["id"]?.string)
    let other = try #require(articles.last?["id"]?.string)
    let related = try #require(
      try JSONParser.parse(served.curl("/v1/articles/\(id)").body)["related"]?.array?.first)
    #expect(related["id"]?.string == other)
    #expect(related["title"]?.string == articles.last?["title"]?.string)
    #expect(related["url"]?.string == articles.last?["url"]?.string)
    #expect((related["score"]?.double ?? 0) > 0)
    // In a list it is left out: it is worked out for one article at a time.
    #expect(
      try JSONParser.parse(served.curl("/v1/articles?limit=1").body)["related"]?.array?.isEmpty != false)
  }

  @Test("list, export and the HTTP API select the same articles, and refuse the same things")
  func selection() throws {
    let served = try Served()
    defer { served.running.kill() }
    let newest = try #require(served.program.json("list").first?["date_published"]?.string)
    for (query, options, count) in [
      ("feed=Wire", ["--feed", "Wire"], 2), ("since=\(newest)", ["--since", newest], 1),
      ("topic=nothing", ["--topic", "nothing"], 0),
    ] {
      func ids(_ text: String) throws -> [String?] {
        try text.split(separator: "\n").map { try JSONParser.parse(String($0))["id"]?.string }
      }
      let listed = served.program.json(["list"] + options).map { $0["id"]?.string }
      #expect(listed.count == count, "\(query)")
      #expect(try ids(served.curl("/v1/articles?\(query)").body) == listed)
      #expect(try ids(served.program.run(["export", "--format", "ndjson"] + options).stdout) == listed)
    }
    for options in [["--feed", "unknown"], ["--since", "tomorrow"]] {
      let list = served.program.run(["list"] + options)
      let export = served.program.run(["export", "--format", "ndjson"] + options)
      #expect(list.status != 0)
      #expect((export.status, export.stderr) == (list.status, list.stderr))
    }
  }

  @Test("over TCP nothing is changed, and no foreign name is answered")
  func refuses() throws {
    let served = try Served()
    defer { served.running.kill() }
    let before = served.server.requests.count
    #expect(served.curl("/v1/sync", "-X", "POST").status == 403)
    #expect(served.curl("/v1/feeds?feed=Wire", "-X", "DELETE").status == 403)
    #expect(served.curl("/v1/articles", "-H", "Host: evil.example").status == 421)
    #expect(served.server.requests.count == before)
    #expect(served.program.json("feeds").first?["feeds"]?.array?.count == 1)
  }

  @Test(
    "what cannot be answered says why",
    arguments: [
      ("/v1/nothing", 404), ("/v1/articles/nonsense", 400), ("/v1/articles/000000000000000000000000", 404),
      ("/v1/articles?limit=0", 400), ("/v1/articles?limit=501", 400), ("/v1/articles?since=tomorrow", 400),
      ("/v1/articles?feed=unknown", 404), ("/v1/search", 400),
    ])
  func refusals(path: String, status: Int) throws {
    let served = try Served()
    defer { served.running.kill() }
    let answer = served.curl(path)
    #expect(answer.status == status)
    #expect(try JSONParser.parse(answer.body)["error"]?.string?.isEmpty == false)
  }

  @Test("an address that is taken ends the daemon with a message that names it")
  func taken() throws {
    let served = try Served()
    defer { served.running.kill() }
    let program = try Program("[server]\nlisten = \"\(served.address)\"")
    let second = program.run("run")
    #expect(second.status == 73)
    #expect(second.stderr.contains(served.address))
  }
}
