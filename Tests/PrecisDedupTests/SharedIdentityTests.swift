import PrecisIdentity
import PrecisModel
import Testing

@testable import PrecisDedup

@Suite("Entries that share what should be theirs alone")
struct SharedIdentityTests {
  private let changes = "https://blog.example/changelog"

  @Test("entries of one page stay apart, by GUID", arguments: [false, true])
  func changelog(isReversed: Bool) {
    var store = MemoryStore()
    let document = (1...5).map {
      entry("Version \($0)", guid: "v\($0)", url: changes, text: words("v\($0)", 40), at: morning + Int64($0))
    }
    #expect(store.take(isReversed ? document.reversed() : document) == "nnnnn")
    #expect(
      Set(store.articles.keys)
        == Set(
          document.map {
            ArticleIdentity.id(
              guid: $0.guid, url: nil, feedURL: TestFeed.blog.url, title: "", datePublished: nil)
          }))
    #expect(store.take(document) == "uuuuu")
    let next = entry("Version 6", guid: "v6", url: changes, text: words("v6", 40), at: morning + 6)
    #expect(store.take([next] + document.dropFirst()) == "nuuuu")
  }

  @Test("entries of one page stay apart also where a document holds but one at a time")
  func oneAtATime() {
    var store = MemoryStore()
    for number in 1...5 {
      let release = entry(
        "Version 1.\(number)", guid: "v\(number)", url: changes, text: words("v\(number)", 40),
        at: morning + Int64(number) * day)
      #expect(store.take([release]) == "n")
      #expect(store.take([release]) == "u")
    }
    #expect(store.articles.count == 5)
  }

  @Test("without GUIDs, fragments tell them apart, or titles")
  func fragments() {
    var store = MemoryStore()
    let document = (1...3).map {
      entry("Change", url: "\(changes)#v\($0)", text: words("v\($0)", 40), at: nil)
    }
    #expect(store.take(document) == "nnn")
    #expect(store.take(document.reversed()) == "uuu")
    var other = MemoryStore()
    let titled = (1...3).map { entry("Change \($0)", url: "\(changes)#v\($0)", text: words("v\($0)", 40)) }
    #expect(other.take(titled) == "nnn")
    #expect(other.take(titled.reversed()) == "uuu")
    #expect(other.take(titled) == "uuu")
  }

  @Test("links to the home page name nobody")
  func homePage() {
    var store = MemoryStore()
    let document = (1...4).map {
      entry("Note \($0)", guid: "n\($0)", url: "https://blog.example/", text: words("\($0)", 40))
    }
    #expect(store.take(document) == "nnnn")
    #expect(store.take(document) == "uuuu")
  }

  @Test(
    "one GUID, two contents, one address: the newer version counts, in either order",
    arguments: [false, true])
  func versions(isReversed: Bool) {
    var store = MemoryStore()
    let old = entry("Post", guid: "g", url: "https://blog.example/a-1", text: words("old", 60)) {
      $0.dateModified = morning
    }
    let new = entry("Post", guid: "g", url: "https://blog.example/a-1", text: words("new", 60)) {
      $0.dateModified = morning + 9
    }
    let document = isReversed ? [new, old] : [old, new]
    #expect(store.take(document).filter { $0 == "n" }.count == 1)
    #expect(store.articles[old.id]?.content == new.content)
    #expect(store.take(document.reversed()) == "uu")
  }

  @Test("one GUID for everything: addresses and titles tell them apart")
  func wrongGUIDs() {
    var store = MemoryStore()
    let document = (1...4).map {
      entry(
        "About thing \($0)", guid: "https://blog.example/", url: "https://blog.example/thing-\($0)",
        text: words("\($0)", 60), at: morning + Int64($0))
    }
    #expect(store.take(document) == "nnnn")
    #expect(store.take(document) == "uuuu")
    #expect(store.take(document.reversed()) == "uuuu")
    #expect(store.articles.count == 4)
  }

  @Test("one GUID for everything and no address: titles and dates do")
  func wrongGUIDsAlone() {
    var store = MemoryStore()
    let document = (1...4).map {
      entry("Thing \($0)", guid: "g", text: words("\($0)", 60), at: morning + Int64($0) * day)
    }
    #expect(store.take(document) == "nnnn")
    #expect(store.take(document.reversed()) == "uuuu")
    #expect(store.articles.count == 4)
  }

  @Test("a GUID used again for another article makes another article")
  func reused() {
    var store = MemoryStore()
    store.take([entry("First thing", guid: "1", url: "https://blog.example/first-1", text: words("a", 60))])
    let second = entry(
      "Quite another", guid: "1", url: "https://blog.example/second-2", text: words("b", 60),
      at: morning + day)
    #expect(store.take([second]) == "n")
    #expect(store.take([second]) == "u")
    #expect(store.articles.count == 2)
  }

  @Test("an article that got another title and address under its GUID is the same article")
  func rewritten() {
    var store = MemoryStore()
    store.take([entry("Draft", guid: "1", url: "https://blog.example/draft-1", text: words("a", 60))])
    let renamed = entry(
      "The sea in winter", guid: "1", url: "https://blog.example/sea-2", text: words("a", 60) + " more",
      at: morning + 500)
    #expect(store.take([renamed]) == "r")
    #expect(store.articles.count == 1)
  }

  @Test("a document handed over in parts is one document")
  func parts() {
    var store = MemoryStore()
    var memory = DocumentMemory()
    let document = (0..<6).map {
      entry(
        "Version \($0)", guid: "v\($0 % 5)", url: changes, text: words("v\($0 % 5)", 40),
        at: morning + Int64($0 % 5))
    }
    var letters = ""
    for start in stride(from: 0, to: 6, by: 2) {
      var deduplicator = store.deduplicator
      let (known, articles) = (store, store.articles)
      let decisions = deduplicator.decide(
        batch: Array(document[start..<(start + 2)]), in: &memory, known: known, load: { articles[$0] })
      letters += store.apply(decisions)
    }
    #expect(letters.prefix(5) == "nnnnn")
    #expect(store.articles.count == 5 || store.articles.count == 6)
    #expect(store.take(Array(document.prefix(5))) == "uuuuu")
  }
}
