import PrecisDedup
import PrecisModel
import Testing

/// A site that changes its ways at random: whatever it does, each of its articles stays one article, and no two become one.
@Suite("A site that keeps changing")
struct MovingSiteTests {
  /// A small generator: the same numbers for the same seed.
  struct Lots: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return (state ^ (state >> 31)) &* 0x9E37_79B9_7F4A_7C15
    }
    mutating func isChosen(in count: Int) -> Bool { Int.random(in: 0..<count, using: &self) == 0 }
  }

  /// How the site writes its entries at present.
  struct Ways {
    var isSecure = false
    var host = "blog.example"
    var guid = GUID.address
    var isAMP = false
    var hasCampaign = false
    var prefix = ""

    enum GUID: CaseIterable { case address, number, uuid, everChanging, none }

    mutating func change(_ lots: inout Lots) {
      switch Int.random(in: 0..<6, using: &lots) {
      case 0: isSecure.toggle()
      case 1:
        host =
          ["blog.example", "www.blog.example", "m.blog.example", "new.example"].randomElement(using: &lots)
          ?? host
      case 2: guid = GUID.allCases.randomElement(using: &lots) ?? .number
      case 3: isAMP.toggle()
      case 4: hasCampaign.toggle()
      default: prefix = ["", "/blog", "/posts"].randomElement(using: &lots) ?? ""
      }
    }
  }

  /// What makes an article this one; its number stands in its text.
  struct Post {
    var number: Int
    var title: String
    var text: String
    var date: Timestamp
  }

  /// Titles of a series, texts that share a template, several on one day: what is easily taken for one.
  static func post(_ number: Int, _ lots: inout Lots) -> Post {
    let title =
      [
        "Release 2.\(number)", "Notes of week \(number)", "A story about garden \(words("g\(number)", 1))",
        "How we built part \(number)",
      ].randomElement(using: &lots) ?? ""
    let template =
      "What is new in this week is told here as in every week and our thanks go to all who helped"
    let own = words("p\(number)x", Int.random(in: 12..<60, using: &lots))
    let text = Bool.random(using: &lots) ? "\(template) \(own) \(template)" : own
    let seconds = Int64(number) * 21_600 + (lots.isChosen(in: 4) ? 0 : Int64(number % 50) + 7)
    return Post(number: number, title: title, text: text, date: Timestamp(seconds: morning.seconds + seconds))
  }

  static func entry(of post: Post, _ ways: Ways, _ lots: inout Lots) -> Article {
    let slug =
      "\(ways.prefix)/2026/\(post.number)-\(post.title.lowercased().split(separator: " ").joined(separator: "-"))"
    let url =
      "\(ways.isSecure ? "https" : "http")://\(ways.host)\(slug)\(ways.isAMP ? "/amp" : "")"
      + (ways.hasCampaign ? "?utm_source=rss&utm_campaign=\(lots.next() % 9)" : "")
    let guid: String? =
      switch ways.guid {
      case .address: url
      case .number: "\(post.number)"
      case .uuid: "urn:uuid:\(post.number * 7919)"
      case .everChanging: "\(lots.next())"
      case .none: nil
      }
    return PrecisDedupTests.entry(post.title, guid: guid, url: url, text: post.text, at: post.date)
  }

  @Test("every article stays one, and no two become one", arguments: 1...60)
  func property(seed: Int) {
    var lots = Lots(state: UInt64(seed))
    var store = MemoryStore()
    var ways = Ways()
    var posts: [Post] = []
    var seen: Set<Int> = []
    for poll in 0..<40 {
      for _ in 0..<Int.random(in: 0..<3, using: &lots) { posts.append(Self.post(posts.count + 1, &lots)) }
      if lots.isChosen(in: 3) { ways.change(&lots) }
      if lots.isChosen(in: 5), let at = posts.indices.suffix(6).randomElement(using: &lots) {
        posts[at].title += " again"
      }
      var window = Array(posts.suffix(10))
      if lots.isChosen(in: 4) { window.shuffle(using: &lots) }
      seen.formUnion(window.map(\.number))
      store.take(window.map { Self.entry(of: $0, ways, &lots) })
      let numbers = store.articles.values.map { Self.number(in: $0) }
      #expect(Set(numbers).count == numbers.count, "poll \(poll): a double of \(numbers.sorted()), \(ways)")
      #expect(Set(numbers) == seen, "poll \(poll): lost \(seen.subtracting(numbers)), \(ways)")
    }
  }

  /// The number of the post whose text an article has.
  private static func number(in article: Article) -> Int {
    let text = article.content?.text ?? ""
    guard let from = text.firstRange(of: "p")?.lowerBound else { return -1 }
    for word in text[from...].split(separator: " ") where word.hasPrefix("p") {
      if let number = Int(word.dropFirst().prefix { $0.isNumber }) { return number }
    }
    return -1
  }
}
