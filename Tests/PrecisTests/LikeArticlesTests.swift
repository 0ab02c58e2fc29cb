import Glibc
import PrecisJSON
import PrecisTestLimits
import PrecisTestSupport
import Testing

/// Near-duplicates and related articles, through the built executable.
@Suite("Like articles", .mustEnd)
struct LikeArticlesTests {
  private static let sentences = (0..<40).map { at in
    "Sentence \(at) tells of the river, of mill number \(at * 7), and of miller \(at * at)'s \(at + 3) children."
  }
  private static let text = sentences.joined(separator: " ")

  private static func rss(_ title: String, _ link: String, _ html: String) -> Response {
    .ok(
      """
      <?xml version="1.0"?><rss version="2.0"><channel><title>\(title)</title><link>https://\(title).example/</link>
      <item><title>The mills of the river</title><link>\(link)</link><guid>\(link)</guid>
      <description><![CDATA[\(html)]]></description></item></channel></rss>
      """)
  }

  private static func server() throws -> LoopbackServer {
    try LoopbackServer { request in
      switch request.path {
      case "/home": rss("home", "https://home.example/mills", "<p>\(text)</p>")
      case "/wire":
        rss(
          "wire", "https://wire.example/77",
          "<p>By Staff | Feb 11 2026</p><p>\(text)</p><p>All rights reserved.</p>")
      case "/teaser":
        rss("teaser", "https://teaser.example/9", "<p>\(sentences.prefix(3).joined(separator: " "))</p>")
      case "/second":
        rss(
          "second", "https://second.example/1", "<p>A miller's river needs no mill. Rivers and mills age.</p>"
        )
      default: Response(404)
      }
    }
  }

  @Test("a syndicated article is shown once, with where else it was seen and what is related to it")
  func shown() throws {
    let server = try Self.server()
    let program = try Program("[curation]\nfetch_pages = \"never\"")
    for path in ["/teaser", "/wire", "/home", "/second"] {
      program.run("add", server.url(path))
      #expect(program.run("sync").status == 0)
    }
    let articles = program.json("list")
    #expect(articles.count == 2)
    let mills = try #require(
      articles.first { $0["title"]?.string == "The mills of the river" && ($0["word_count"]?.int ?? 0) > 200 }
    )
    let id = try #require(mills["id"]?.string)
    let shown = try #require(program.json("show", id).first)
    let duplicates = try #require(shown["duplicates"]?.array)
    #expect(duplicates.count == 2)
    #expect(duplicates.allSatisfy { $0["kind"]?.string == "near" })
    let related = try #require(shown["related"]?.array?.first)
    #expect(related["url"]?.string == "https://second.example/1")
    #expect(related["title"]?.string == "The mills of the river")
    #expect((related["score"]?.double ?? 0) > 0.1)
    let back = program.json("show", related["id"]?.string ?? "").first?["related"]?.array?.first
    #expect(back?["id"]?.string == id, "the one that came first knows of the one that came later, and back")
    #expect(
      program.run("show", id).stdout.contains(
        "Related on Precis\n- The mills of the river: https://second.example/1"))
  }

  @Test("a sync that is killed leaves indexes that still know every article")
  func killed() throws {
    let server = try Self.server()
    let program = try Program("[curation]\nfetch_pages = \"never\"")
    program.run("add", server.url("/home"))
    #expect(program.run("sync").status == 0)
    var random = SystemRandomNumberGenerator()
    for _ in 0..<12 {
      let running = try program.start("sync", "--force")
      usleep(UInt32.random(in: 0...40_000, using: &random))
      running.kill()
    }
    // Its lines are in the store and the indexes may be behind them, or gone.
    program.run("add", server.url("/wire"))
    #expect(program.run("sync", "--force").status == 0)
    #expect(program.json("list").count == 1)
    #expect(program.json("list").first?["duplicates"]?.array?.count == 1)
    #expect(program.run("verify").status == 0)
  }
}
