import PrecisIdentity
import PrecisModel
import Testing

@testable import PrecisDedup

private func page(_ name: String) -> String { "https://blog.example/2026/\(name)" }

@Suite("One feed")
struct OneFeedTests {
  @Test("a document taken again writes nothing and reads nothing")
  func again() {
    var store = MemoryStore()
    let document = (0..<50).map {
      entry("Post \($0)", guid: "g\($0)", url: page("post-\($0)"), text: words("\($0)", 80))
    }
    #expect(store.take(document) == String(repeating: "n", count: 50))
    #expect(store.take(document) == String(repeating: "u", count: 50))
    #expect(store.take(document.reversed()) == String(repeating: "u", count: 50))
    #expect(store.writes == 50)
    #expect(store.loads == 0)
  }

  @Test(
    "a changed text is a revision of the same article", arguments: ["title", "text", "author", "attachment"])
  func revision(part: String) {
    var store = MemoryStore()
    let old = entry("A post", guid: "g", url: page("a-post"), text: words("a", 80))
    store.take([old])
    let new = entry("A post", guid: "g", url: page("a-post"), text: words("a", 80)) {
      switch part {
      case "title": $0.title = "Another name altogether"
      case "text": $0.content?.hash = "sha256:new"
      case "author": $0.authors = [Article.Author(name: "Ann")]
      default: $0.attachments = [Article.Attachment(url: "https://blog.example/a.mp3")]
      }
    }
    #expect(store.take([new]) == "r")
    #expect(store.articles.count == 1)
    #expect(store.articles[old.id]?.revision == 2)
    #expect(store.take([new]) == "u")
  }

  @Test("a number of comments that grows with each poll writes nothing and reads nothing")
  func commentCount() {
    var store = MemoryStore()
    for count in [0, 5, 6] {
      let post = entry("A post", guid: "g", url: page("a-post"), text: words("a", 80)) {
        $0.commentCount = count
      }
      #expect(store.take([post]) == (count == 0 ? "n" : "u"))
    }
    #expect(store.writes == 1)
    #expect(store.loads == 0)
    let edited = entry("Another name altogether", guid: "g", url: page("a-post"), text: words("a", 80)) {
      $0.commentCount = 7
    }
    #expect(store.take([edited]) == "r")
    #expect(store.articles[edited.id]?.commentCount == 7)
  }

  @Test("what the publisher no longer says stays: comments, licence, place and what is answered")
  func keptSurroundings() {
    var store = MemoryStore()
    let old = entry("A post", guid: "g", url: page("a-post"), text: words("a", 80)) {
      $0.commentsURL = "https://blog.example/c"
      $0.commentsFeedURL = "https://blog.example/c.rss"
      $0.commentCount = 3
      $0.license = "https://l.example/by"
      $0.location = Article.Location(latitude: 1, longitude: 2)
      $0.inReplyTo = [Article.InReplyTo(ref: "tag:a")]
    }
    store.take([old])
    store.take([entry("A post, renamed", guid: "g", url: page("a-post"), text: words("a", 80))])
    let kept = store.articles[old.id]
    #expect(kept?.title == "A post, renamed")
    #expect(kept?.commentsURL == old.commentsURL)
    #expect(kept?.commentsFeedURL == old.commentsFeedURL)
    #expect(kept?.commentCount == old.commentCount)
    #expect(kept?.license == old.license)
    #expect(kept?.location == old.location)
    #expect(kept?.inReplyTo == old.inReplyTo)
  }

  @Test("what the publisher no longer says stays: authors, attachments, image, date")
  func kept() {
    var store = MemoryStore()
    let old = entry("A post", guid: "g", url: page("a-post"), text: words("a", 80)) {
      $0.authors = [Article.Author(name: "Ann")]
      $0.attachments = [Article.Attachment(url: "https://blog.example/a.mp3")]
      $0.image = "https://blog.example/a.png"
    }
    store.take([old])
    store.take([
      entry("A post, renamed", guid: "g", url: page("a-post"), text: words("a", 80), at: morning + day)
    ])
    let kept = store.articles[old.id]
    #expect(kept?.title == "A post, renamed")
    #expect(kept?.authors == old.authors)
    #expect(kept?.attachments == old.attachments)
    #expect(kept?.image == old.image)
    #expect(kept?.datePublished == morning)
  }

  @Test("a new template around unchanged texts, and dates that are always now, make no revision")
  func template() {
    var store = MemoryStore()
    let make = { (html: String, date: Timestamp) in
      (0..<20).map { number in
        entry(
          "Post \(number)", guid: "g\(number)", url: page("post-\(number)"), text: words("\(number)", 50),
          at: date
        ) {
          $0.content?.html = html
          $0.dateModified = date
        }
      }
    }
    store.take(make("<p>x</p>", morning))
    #expect(store.take(make("<div class=new>x</div>", morning + day)) == String(repeating: "u", count: 20))
    #expect(store.writes == 20)
  }

  @Test("a feed that turns to teasers, or to titles alone, takes no text away")
  func teaser() {
    var store = MemoryStore()
    let full = entry("A post", guid: "g", url: page("a-post"), text: words("a", 300))
    store.take([full])
    let teaser = entry("A post", guid: "g", url: page("a-post"), text: words("a", 40) + " … Read more")
    #expect(store.take([teaser]) == "u")
    #expect(store.take([entry("A post", guid: "g", url: page("a-post"))]) == "u")
    #expect(store.take([entry("A new title", guid: "g", url: page("a-post"))]) == "r")
    #expect(store.articles[full.id]?.content == full.content)
    #expect(store.articles[full.id]?.wordCount == 300)
    #expect(store.articles[full.id]?.title == "A new title")
  }

  @Test("a text that its author shortened is shortened")
  func shortened() {
    var store = MemoryStore()
    let full = entry("A post", guid: "g", url: page("a-post"), text: words("a", 300))
    store.take([full])
    #expect(store.take([entry("A post", guid: "g", url: page("a-post"), text: words("a", 280))]) == "r")
    #expect(
      store.take([entry("A post", guid: "g", url: page("a-post"), text: words("retracted", 30))]) == "r")
    #expect(store.articles[full.id]?.wordCount == 30)
  }

  @Test("a text that came from the page is not replaced by the feed's teaser")
  func extracted() {
    var store = MemoryStore()
    let full = entry("A post", guid: "g", url: page("a-post"), text: words("page", 90)) {
      $0.content?.isExtracted = true
    }
    store.take([full])
    #expect(store.take([entry("A post", guid: "g", url: page("a-post"), text: words("teaser", 60))]) == "u")
    #expect(store.take([entry("A post", guid: "g", url: page("a-post"), text: words("longer", 120))]) == "r")
  }

  @Test("an article that changes at every poll is stored ten times, then once a day")
  func restless() {
    var store = MemoryStore()
    var letters = ""
    for poll in 0..<(24 * 10) {
      let now = morning + Int64(poll) * 3600
      letters += store.take([
        entry("Clock", guid: "g", url: page("clock"), text: words("t\(poll)", 60), synced: now)
      ])
    }
    #expect(letters.prefix(10) == "nrrrrrrrrr")
    #expect(letters.filter { $0 == "r" }.count <= 9 + 10)
    #expect(letters.filter { $0 == "r" }.count >= 9 + 8)
  }

  @Test("two servers that take turns with two versions do not fill the store")
  func alternating() {
    var store = MemoryStore()
    for poll in 0..<500 {
      let now = morning + Int64(poll) * 3600
      store.take([
        entry("Post", guid: "g", url: page("post"), text: words(poll % 2 == 0 ? "a" : "b", 60), synced: now)
      ])
    }
    #expect(store.writes < 35)
    #expect(store.articles.count == 1)
  }

  @Test("an article that a rule removed does not come back")
  func removed() {
    var store = MemoryStore()
    let article = entry("Old", guid: "g", url: page("old-1"), text: words("a", 60))
    store.take([article])
    store.remove(article.id)
    #expect(store.take([article]) == "u")
    #expect(store.take([entry("Old, edited", guid: "g", url: page("old-1"), text: words("b", 60))]) == "u")
    #expect(store.articles.isEmpty)
  }

  @Test("an article that the store lost is taken in again under its id")
  func lost() {
    var store = MemoryStore()
    let article = entry("Post", guid: "g", url: page("post-1"), text: words("a", 60))
    store.take([article])
    store.lost = [article.id]
    #expect(store.take([entry("Post 1", guid: "g", url: page("post-1"), text: words("b", 60))]) == "n")
    #expect(store.articles[article.id]?.title == "Post 1")
    #expect(store.articles.count == 1)
  }

  @Test("the same documents give the same decisions")
  func deterministic() {
    let documents = (0..<20).map { round in
      (0..<10).map { number in
        entry(
          "Post \(number % 7) \(round % 3)", guid: number % 4 == 0 ? nil : "g\(number % 5)",
          url: page("p-\((number * round) % 6)"), text: words("\(number % 3)\(round % 2)", 60))
      }
    }
    var (one, two) = (MemoryStore(), MemoryStore())
    for document in documents { #expect(one.take(document) == two.take(document)) }
    #expect(one.articles == two.articles)
  }
}

@Suite("GUIDs that change")
struct ChangedGUIDTests {
  /// A feed of fifty posts, whose GUIDs are made by a function.
  private func document(_ count: Int = 50, guid: (Int) -> String?, url: (Int) -> String?) -> [Article] {
    (0..<count).map {
      entry(
        "The post number \($0)", guid: guid($0), url: url($0), text: words("\($0)", 60),
        at: morning + Int64($0) * -40_000)
    }
  }

  private func checkFlood(_ old: [Article], _ new: [Article], _ comment: Comment) {
    var store = MemoryStore()
    store.take(old)
    let letters = store.take(new)
    #expect(!letters.contains("n"), comment)
    #expect(store.articles.count == old.count, comment)
    #expect(store.take(new) == String(repeating: "u", count: new.count), comment)
    #expect(store.take(old).contains("n") == false, comment)
  }

  @Test("http to https")
  func scheme() {
    checkFlood(
      document(guid: { "http://blog.example/?p=\($0)" }, url: { "http://blog.example/2026/post-\($0)" }),
      document(guid: { "https://blog.example/?p=\($0)" }, url: { "https://blog.example/2026/post-\($0)" }),
      "scheme")
    checkFlood(
      document(guid: { "http://blog.example/?p=\($0)" }, url: { _ in nil }),
      document(guid: { "https://blog.example/?p=\($0)" }, url: { _ in nil }), "scheme, no address")
  }

  @Test("another host")
  func host() {
    checkFlood(
      document(
        guid: { "https://old.example/2026/post-\($0)" }, url: { "https://old.example/2026/post-\($0)" }),
      document(
        guid: { "https://new.example/2026/post-\($0)" }, url: { "https://new.example/2026/post-\($0)" }),
      "host")
  }

  @Test("another GUID scheme, with addresses kept, changed, or absent")
  func reissued() {
    let old = document(guid: { "tag:\($0)" }, url: { page("post-\($0)") })
    checkFlood(old, document(guid: { "urn:uuid:\($0)" }, url: { page("post-\($0)") }), "address kept")
    checkFlood(
      old, document(guid: { "urn:uuid:\($0)" }, url: { "https://new.example/a/\($0)-b" }), "address changed")
    checkFlood(
      document(guid: { "tag:\($0)" }, url: { _ in nil }),
      document(guid: { "urn:uuid:\($0)" }, url: { _ in nil }),
      "no address")
    checkFlood(old, document(guid: { _ in nil }, url: { page("post-\($0)") }), "GUIDs gone")
  }

  @Test("random GUIDs at every poll write nothing at all")
  func random() {
    var store = MemoryStore()
    for poll in 0..<20 {
      store.take(document(guid: { "\(poll)-\($0)" }, url: { page("post-\($0)?sid=\(poll)") }))
    }
    #expect(store.articles.count == 50)
    #expect(store.writes == 50)
  }

  @Test("a title in GUID and address: an edit of the title is an edit")
  func slug() {
    var store = MemoryStore()
    let make = { (title: String, slug: String, tail: String) in
      entry(title, guid: page(slug), url: page(slug), text: words("x", 100) + tail)
    }
    store.take([make("How we moved our service to Swift", "how-we-moved-our-service", "")])
    #expect(store.take([make("How we moved our services to Swift", "how-we-moved-our-services", "")]) == "r")
    #expect(
      store.take([make("How we moved all our services to Swift", "how-we-moved-all", " and a tail")]) == "r")
    #expect(store.articles.count == 1)
  }

  @Test("an article that is still in the document under its own GUID is nobody else's")
  func stillThere() {
    var store = MemoryStore()
    let first = entry("Release notes of the week", guid: "1", url: page("r-1"), text: words("a", 60))
    store.take([first])
    let second = entry("Release notes of the week", guid: "2", url: page("r-2"), text: words("a", 60))
    #expect(store.take([second, first]) == "nu")
    #expect(store.articles.count == 2)
  }

  @Test(
    "articles that look alike stay apart",
    arguments: [
      // Episodes with one form of title, published in one second.
      ("Episode 12", "e-12", "Episode 13", "e-13", Int64(0), false),
      // The same title on two days.
      ("Daily thread", "t-1", "Daily thread", "t-2", day, false),
      // The same title on one day, other texts.
      ("Incident", "i-1", "Incident", "i-2", 3600, false),
      // The same words under two titles, days apart.
      ("Happy new year", "h-1", "Happy new year", "h-2", 365 * day, true),
    ])
  func apart(one: String, slug: String, other: String, otherSlug: String, later: Int64, sameText: Bool) {
    var store = MemoryStore()
    store.take([entry(one, guid: slug, url: page(slug), text: words("a", 60))])
    let text = words(sameText ? "a" : "b", 60)
    #expect(
      store.take([entry(other, guid: otherSlug, url: page(otherSlug), text: text, at: morning + later)])
        == "n")
    #expect(store.articles.count == 2)
  }

  @Test("posts of several sites in one feed with one path stay apart")
  func planet() {
    var store = MemoryStore()
    store.take([
      entry(
        "Hello", guid: "http://a.example/?p=1", url: "http://a.example/?p=1", text: words("a", 60),
        feed: .planet)
    ])
    let other = entry(
      "My first post", guid: "http://b.example/?p=1", url: "http://b.example/?p=1", text: words("b", 60),
      at: morning + 500, feed: .planet)
    #expect(store.take([other]) == "n")
  }

  @Test("a document of made-up near matches reads a bounded number of articles")
  func bounded() {
    var store = MemoryStore()
    for number in 0..<1500 {
      store.take([
        entry(
          "Same", guid: "a\(number)", url: page("a-\(number)"), text: words("\(number)", 30),
          at: morning + Int64(number))
      ])
    }
    let before = store.loads
    store.take(
      (0..<1500).map {
        entry(
          "Same", guid: "b\($0)", url: page("b-\($0)"), text: words("x\($0)", 30), at: morning + Int64($0))
      })
    #expect(store.loads - before <= 400)
    #expect(store.articles.count == 3000)
  }
}
