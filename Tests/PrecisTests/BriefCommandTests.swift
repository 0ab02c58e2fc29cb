import Glibc
import PrecisJSON
import PrecisTestLimits
import PrecisTestSupport
import Testing

@Suite("The day's brief on the command line", .mustEnd)
struct BriefCommandTests {
  /// Ten feeds of three articles each, of the last hours; the tenth is about bees.
  private static func feed(_ number: Int) -> Response {
    let now = time(nil)
    let items = (0..<3).map { at -> String in
      var (moment, parts) = (now - at * 7200 - number * 60, tm())
      gmtime_r(&moment, &parts)
      var date = [CChar](repeating: 0, count: 64)
      strftime(&date, 64, "%Y-%m-%dT%H:%M:%SZ", &parts)
      let text = String(decoding: date.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
      let topic = number == 9 ? "bees and honey" : "matter number \(number)"
      return """
        <entry><id>urn:\(number):\(at)</id><title>Post \(at) on \(topic)</title><updated>\(text)</updated>
        <published>\(text)</published><link href="https://f\(number).example/\(at)"/>
        <content>Words of post \(at) in feed \(number) on \(topic), and what follows from that.</content></entry>
        """
    }
    return .ok(
      "<feed xmlns='http://www.w3.org/2005/Atom'><title>Feed \(number)</title>\(items.joined())</feed>",
      type: "application/atom+xml")
  }

  @Test("it has seven articles of several sources, each with its reason, and stays the same all day")
  func walk() throws {
    let server = try LoopbackServer { request in
      Int(request.path.dropFirst()).map { Self.feed($0) } ?? Response(404)
    }
    let program = try Program("[curation]\nfetch_pages = \"never\"\ntopics = [\"Bees\"]")
    #expect(program.run("brief").stdout.isEmpty)
    for number in 1..<9 { program.run("add", server.url("/\(number)")) }
    #expect(program.run("sync").status == 0)
    let first = try #require(program.json("brief").first)
    let picks = try #require(first["picks"]?.array)
    #expect(picks.count == 7)
    #expect(picks.allSatisfy { $0["reason"]?.string?.contains("Feed ") == true })
    let sources = Dictionary(grouping: picks) { $0["source"]?.string ?? "" }
    #expect(sources.count >= 4 && sources.values.allSatisfy { $0.count <= 2 })

    // What comes later waits for tomorrow, or for --fresh.
    program.run("add", server.url("/9"))
    #expect(program.run("sync").status == 0)
    #expect(program.json("brief").first == first)
    #expect(program.json("brief", "--count", "3").first?["picks"]?.array?.count == 3)
    // More of them: the day's choice first.
    let more = try #require(program.json("brief", "--count", "12").first?["picks"]?.array)
    #expect(more.count == 12)
    #expect(Array(more.prefix(7)).map { $0["id"] } == picks.map { $0["id"] })
    #expect(Set(more.compactMap { $0["id"]?.string }).count == 12)
    #expect(program.json("brief").first?["picks"]?.array == picks)
    let fresh = try #require(program.json("brief", "--fresh").first?["picks"]?.array?.first)
    #expect(fresh["title"]?.string?.contains("bees") == true, "the reader's topic comes first")
    #expect(fresh["reason"]?.string?.contains("about your topic Bees") == true)
    #expect(program.run("brief").stdout.hasPrefix("1. Post"))
    #expect(program.run("brief", "--count", "0").status == 64)
  }

  @Test("the day's choice is the same however many are asked for first, and however few there are")
  func few() throws {
    let server = try LoopbackServer { request in
      Int(request.path.dropFirst()).map { Self.feed($0) } ?? Response(404)
    }
    let program = try Program("[curation]\nfetch_pages = \"never\"")
    func ids(_ arguments: String...) -> [String] {
      (program.json(["brief"] + arguments).first?["picks"]?.array ?? []).compactMap { $0["id"]?.string }
    }
    program.run("add", server.url("/1"))
    #expect(program.run("sync").status == 0)
    let early = ids("--count", "2")
    #expect(early.count == 2)
    let all = ids()
    #expect(all.count == 3 && Array(all.prefix(2)) == early)
    for number in 2..<9 { program.run("add", server.url("/\(number)")) }
    #expect(program.run("sync").status == 0)
    #expect(ids() == all)
    #expect(Array(ids("--count", "9").prefix(3)) == all)
  }

  @Test("an article without a title is called so")
  func untitled() throws {
    let entry =
      "<entry><id>1</id><updated>2026-01-02T03:04:05Z</updated><content>A few words of a note.</content></entry>"
    let server = try LoopbackServer { _ in
      .ok(
        "<feed xmlns='http://www.w3.org/2005/Atom'><title>Notes</title>\(entry)</feed>",
        type: "application/atom+xml")
    }
    let program = try Program("[curation]\nfetch_pages = \"never\"")
    program.run("add", server.url("/1"))
    #expect(program.run("sync").status == 0)
    #expect(program.run("brief").stdout.hasPrefix("1. (untitled)\n"))
  }
}
