import Glibc
import PrecisModel
import PrecisTestLimits
import PrecisTestSupport
import Testing

@testable import PrecisPipeline

/// One text in several feeds, from bytes to the store.
@Suite("Near-duplicates in the store", .mustEnd)
struct NearDuplicateTests {
  /// A feed of one article on a site of its own.
  struct Place: Sendable {
    var path: String
    var title = "On rivers and gardens"
    var url: String
    var text: [String]

    func feed() -> Response {
      rss(
        """
        <title>\(title)</title><link>\(url)</link><guid>\(url)</guid>
        <pubDate>Mon, 01 Jun 2026 10:00:00 GMT</pubDate>
        <description><![CDATA[\(text.map { "<p>\($0)</p>" }.joined())]]></description>
        """)
    }
  }

  static let text = prose(words: 400)
  static let whole = Place(path: "/a", url: "https://rivers.example/1", text: text)
  static let framed = Place(
    path: "/b", title: "On rivers and gardens", url: "https://wire.example/story/77",
    text: ["By Staff | Jan 3 2026", "Listen to this article · 4 min"] + text + [
      "Sign up for the Wire newsletter to get more stories like this in your inbox.",
      "Copyright 2026 Wire. All rights reserved.",
    ])
  static let retitled = Place(
    path: "/c", title: "What you need to know about gardens", url: "https://daily.example/x", text: text)
  static let teaser = Place(
    path: "/d", url: "https://short.example/1",
    text: [text.prefix(4).joined(separator: " ") + " It goes on."])
  static let other = Place(
    path: "/e", url: "https://other.example/1", text: prose(words: 400, seed: 9))
  static let nextPart = Place(
    path: "/f", title: "On rivers and gardens (part 2)", url: "https://rivers2.example/2",
    text: prose(words: 400, seed: 5))

  private static func server(_ places: [Place]) throws -> LoopbackServer {
    try LoopbackServer { request in places.first { $0.path == request.path }?.feed() ?? Response(404) }
  }

  private static func library() throws -> Library { try Library { $0.curation.fetchPages = .never } }

  /// What the store has after these places were synced in this order.
  private static func articles(_ places: [Place], restart: Bool = false) async throws -> [Article] {
    let server = try server(places)
    let library = try library()
    if restart {
      for place in places { try await library.sync([server.url(place.path)]) }
    } else {
      try await library.sync(places.map { server.url($0.path) })
    }
    return try library.articles()
  }

  @Test(
    "a text in another frame, under another title, or cut short is one article, whichever comes first",
    arguments: [
      [whole, framed], [whole, retitled], [whole, teaser], [framed, teaser], [retitled, framed],
    ],
    [false, true])
  func merged(places: [Place], isReversed: Bool) async throws {
    let order = isReversed ? Array(places.reversed()) : places
    let article = try #require(try await Self.articles(order).first)
    #expect(try await Self.articles(order, restart: true).count == 1, "also with a restart between")
    #expect(article.duplicates.map(\.kind) == [.near])
    let sighted = try #require(article.duplicates.first)
    #expect(Set([article.url, sighted.url]) == Set(places.map(\.url)))
    // Never less than the whole text.
    let last = try #require(Self.text.last)
    #expect(article.content?.text.contains(last) == true)
    for (_, provenance) in article.provenance {
      for quote in provenance.quotes {
        let bytes = Array(
          (article.content?.text ?? "").utf8.dropFirst(quote.offset).prefix(quote.text.utf8.count))
        #expect(String(decoding: bytes, as: UTF8.self) == quote.text, "the curated keys are of the kept text")
      }
    }
  }

  @Test("the fuller text that comes second is a revision of the article that is kept")
  func fullerSecond() async throws {
    let server = try Self.server([Self.teaser, Self.whole])
    let library = try Self.library()
    try await library.sync([server.url("/d")])
    let first = try #require(try library.articles().first)
    let report = try await library.sync([server.url("/a")]).values.first
    let second = try #require(try library.articles().first)
    #expect(report?.new == 0)
    #expect(report?.revised == 1)
    #expect(second.id == first.id)
    #expect(second.revision == 2)
    #expect(second.wordCount > first.wordCount)
    #expect(second.length == .short)
    // From then on neither feed has anything new.
    let later = try await library.sync([server.url("/d"), server.url("/a")])
    #expect(later.values.allSatisfy { $0.new + $0.revised + $0.seenElsewhere == 0 })
    #expect(try library.articles() == [second])
  }

  @Test("similar articles that are not the same stay apart")
  func apart() async throws {
    #expect(try await Self.articles([Self.whole, Self.other, Self.nextPart]).count == 3)
    // Two short posts of one text under two titles: that is no evidence.
    let short = prose(words: 40).joined(separator: " ")
    let notes = [
      Place(path: "/1", title: "Release of a tool", url: "https://one.example/1", text: [short]),
      Place(path: "/2", title: "An unrelated heading", url: "https://two.example/2", text: [short]),
    ]
    #expect(try await Self.articles(notes).count == 2)
    // The issues of a series with one text.
    let issues = [
      Place(path: "/1", title: "Open thread 512", url: "https://one.example/1", text: Self.text),
      Place(path: "/2", title: "Open thread 513", url: "https://one.example/2", text: Self.text),
    ]
    #expect(try await Self.articles(issues).count == 2)
  }

  @Test("entries of one document that its site tells apart are apart")
  func oneDocument() async throws {
    let items = (1...2).map { number in
      """
      <title>On rivers and gardens</title><link>https://rivers.example/\(number)</link><guid>g\(number)</guid>
      <description>\(Self.text.joined(separator: " "))</description>
      """
    }
    let server = try LoopbackServer { _ in rss(items[0], items[1]) }
    let library = try Self.library()
    try await library.sync([server.url("/feed")])
    #expect(try library.articles().count == 2)
    try await library.sync([server.url("/feed")])
    #expect(try library.articles().count == 2)
  }

  @Test("three places give one article with two sightings, in every order", arguments: 0..<6)
  func threePlaces(order: Int) async throws {
    var places = [Self.whole, Self.framed, Self.teaser]
    let first = places.remove(at: order / 2)
    if order % 2 == 1 { places.reverse() }
    let articles = try await Self.articles([first] + places, restart: order % 2 == 0)
    #expect(articles.count == 1)
    #expect(articles.first?.duplicates.count == 2)
    #expect(articles.first?.wordCount ?? 0 > 400)
  }

  @Test("the indexes may be lost: they are rebuilt from the store", arguments: ["deleted", "damaged"])
  func rebuilt(how: String) async throws {
    let server = try Self.server([Self.whole, Self.framed])
    let library = try Self.library()
    try await library.sync([server.url("/a")])
    let index = library.directory.file("store/index")
    for name in ["near-duplicates", "related"] {
      #expect(access("\(index)/\(name)/list", F_OK) == 0)
      if how == "deleted" {
        _ = CommandRun.run(["rm", "-rf", "\(index)/\(name)"])
      } else {
        _ = CommandRun.run(["sh", "-c", "for f in \(index)/\(name)/*; do echo broken > $f; done"])
      }
    }
    try await library.sync([server.url("/b")])
    #expect(try library.articles().count == 1)
    #expect(try library.articles().first?.duplicates.count == 1)
  }

  @Test("two feeds that bring one text at the same time bring one article")
  func together() async throws {
    let server = try Self.server([Self.whole, Self.framed])
    let library = try Self.library()
    try await library.syncTogether([server.url("/a"), server.url("/b")])
    #expect(try library.articles().count == 1)
  }
}
