import PrecisIdentity
import PrecisModel
import Testing

@testable import PrecisDedup

private let address = "https://blog.example/2026/a-post"

@Suite("Two feeds")
struct TwoFeedsTests {
  private let own = entry("A post", guid: "g", url: address, text: words("a", 200))
  private let elsewhere = entry(
    "A post", guid: "planet-1", url: "http://www.blog.example/2026/a-post/?utm_source=planet",
    text: words("a", 200),
    feed: .planet)

  @Test("an article seen elsewhere is a sighting, once")
  func sighting() throws {
    var store = MemoryStore()
    #expect(store.take([own]) == "n")
    #expect(store.take([elsewhere]) == "s")
    #expect(store.take([elsewhere]) == "u")
    let stored = try #require(store.articles[own.id])
    #expect(stored.duplicates.map(\.source.feedURL) == [TestFeed.planet.url])
    #expect(stored.duplicates.first?.kind == .same)
    #expect(stored.revision == 1)
    #expect(store.take([own]) == "u")
    #expect(store.writes == 2)
  }

  @Test("a deduplicator that remembers nothing decides alike")
  func restart() {
    var store = MemoryStore()
    for document in [[own], [elsewhere], [own], [elsewhere]] {
      store.deduplicator = Deduplicator()
      store.take(document)
    }
    #expect(store.writes == 2)
  }

  @Test("the site's own feed owns the article, whichever came first")
  func order() {
    var (one, two) = (MemoryStore(), MemoryStore())
    one.take([own])
    one.take([elsewhere])
    #expect(two.take([elsewhere]) == "n")
    #expect(two.take([own]) == "r")
    #expect(two.take([elsewhere]) == "u")
    #expect(one.essence == two.essence)
    #expect(two.articles[own.id]?.source.feedURL == TestFeed.blog.url)
  }

  @Test(
    "two feeds with two versions of one article settle, in any order and for ever", arguments: [false, true])
  func pingPong(isReversed: Bool) {
    var store = MemoryStore()
    let other = entry(
      "A post", guid: "p", url: address, text: words("a", 190) + words("planet", 20), feed: .planet)
    for poll in 0..<100 {
      if isReversed || poll > 0 { store.take([other]) }
      store.take([own])
    }
    #expect(store.articles.count == 1)
    #expect(store.writes == 2)
    #expect(store.articles[own.id]?.content == own.content)
  }

  @Test("only the owner's changes make revisions")
  func ownerChanges() {
    var store = MemoryStore()
    store.take([own])
    store.take([elsewhere])
    let edited = entry("A post", guid: "p", url: address, text: words("edited", 200), feed: .planet)
    #expect(store.take([edited]) == "u")
    #expect(store.take([entry("A post", guid: "g", url: address, text: words("b", 200))]) == "r")
    #expect(store.take([edited]) == "u")
    #expect(store.articles[own.id]?.duplicates.count == 1)
  }

  @Test("a full text replaces a teaser, whichever came first, and is not lost again")
  func fuller() {
    let teaser = entry("A post", guid: "g", url: address, text: words("a", 30))
    let full = entry("A post", guid: "p", url: address, text: words("a", 300), feed: .planet)
    for order in [[teaser, full], [full, teaser]] {
      var store = MemoryStore()
      for article in order { store.take([article]) }
      for _ in 0..<5 {
        for article in order { #expect(store.take([article]) == "u") }
      }
      #expect(store.articles.count == 1)
      #expect(store.articles[own.id]?.content == full.content)
      #expect(store.articles[own.id]?.source.feedURL == TestFeed.blog.url)
      #expect(store.articles[own.id]?.duplicates.map(\.source.feedURL) == [TestFeed.planet.url])
    }
  }

  @Test("a list of links that came first passes its entry to the article's own feed")
  func linkList() throws {
    var store = MemoryStore()
    store.take([entry("A post", guid: "hn-1", url: address, text: "Comments", feed: .links)])
    #expect(store.take([own]) == "r")
    let stored = try #require(store.articles[own.id])
    #expect(stored.source.feedURL == TestFeed.blog.url)
    #expect(stored.content == own.content)
    #expect(stored.duplicates.map(\.source.feedURL) == [TestFeed.links.url])
    #expect(store.take([entry("A post", guid: "hn-1", url: address, text: "Comments", feed: .links)]) == "u")
  }

  @Test("another's comment under the article's address is an article of its own")
  func comment() {
    let comment = entry(
      "Why this matters", guid: "l-1", url: address, text: words("comment", 80), feed: .links)
    for order in [[own, comment], [comment, own]] {
      var store = MemoryStore()
      for article in order { #expect(store.take([article]) == "n") }
      for article in order { #expect(store.take([article]) == "u") }
      #expect(store.titles == ["A post", "Why this matters"])
    }
  }

  @Test("equal GUIDs of two feeds mean nothing")
  func guids() {
    var store = MemoryStore()
    store.take([entry("One", guid: "1", text: words("a", 60))])
    #expect(store.take([entry("One", guid: "1", text: words("a", 60), feed: .planet)]) == "n")
  }

  @Test("sightings are bounded, and feeds beyond the bound cost no write")
  func manyFeeds() {
    var store = MemoryStore()
    store.take([own])
    for round in 0..<3 {
      for number in 0..<100 {
        let feed = TestFeed(url: "https://p\(number).example/rss", home: "https://p\(number).example/")
        let letter = store.take([entry("A post", guid: "x", url: address, text: words("a", 200), feed: feed)])
        #expect(letter == (round == 0 && number < 32 ? "s" : "u"))
      }
    }
    #expect(store.articles[own.id]?.duplicates.count == 32)
  }

  @Test("feeds that outbid each other with longer texts end soon")
  func outbidding() {
    var store = MemoryStore()
    let home = TestFeed(url: "https://a.example/rss", home: "https://a.example/")
    for round in 0..<200 {
      let feed = round % 2 == 0 ? home : .planet
      let text = words("x", min(60_000, 100 + round * 100))
      store.take([entry("A post", guid: "x", url: address, text: text, feed: feed)])
    }
    #expect(store.writes < 20)
  }
}

@Suite("Texts compared")
struct TextLikenessTests {
  @Test("a text contains its beginning, and resembles only itself")
  func measures() {
    #expect(TextLikeness.containment(words("a", 100), words("a", 20)) == 1)
    #expect(TextLikeness.resemblance(words("a", 100), words("a", 20)) < 0.2)
    #expect(TextLikeness.resemblance(words("a", 100), words("a", 100).uppercased()) == 1)
    #expect(TextLikeness.containment(words("a", 100), words("b", 100)) == 0)
    #expect(TextLikeness.containment("", "") == 0)
    #expect(TextLikeness.containment("one two", "one two") == 1)
  }

  @Test("a beginning is one whatever its last words are")
  func beginning() {
    #expect(VersionMerge.isBeginning(words("a", 30) + "… Continue reading →", of: words("a", 300)))
    #expect(!VersionMerge.isBeginning(words("b", 30), of: words("a", 300)))
    #expect(!VersionMerge.isBeginning("short", of: words("a", 300)))
  }
}
