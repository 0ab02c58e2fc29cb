import PrecisModel

/// Made-up articles, the same for the same number: 4 KB a line, words as often as in life.
struct Rows {
  private let words: [String]
  private let ranks = powers()
  private static let syllables = [
    "ba", "cor", "den", "fi", "gra", "hol", "in", "jun", "ka", "lo", "mer", "na", "or", "pre", "qui", "ra",
    "sta",
    "ter", "un", "vo", "wi", "xe", "yl", "zo",
  ]

  init() {
    var random = Random(state: 7)
    words = (0..<30_000).map { _ in
      (0...(random.next() % 3)).map { _ in Self.syllables[Int(random.next() % 24)] }.joined()
    }
  }

  /// Article `number`; its text has about `size` bytes.
  func article(_ number: Int, size: Int) -> Article {
    var random = Random(state: UInt64(number) &* 0x9E37_79B9_7F4A_7C15 &+ 1)
    let feed = "https://feed\(number % 500).example/feed.xml"
    var article = Article(
      id: Self.id(number), feedID: FeedID(url: feed), title: text(&random, 50),
      source: .init(name: "Feed \(number % 500)", feedURL: feed),
      dateSynced: Timestamp(seconds: 1_790_000_000 + Int64(number)))
    article.url = "https://feed\(number % 500).example/posts/\(number)"
    article.datePublished = Timestamp(seconds: 1_790_000_000 + Int64(number) - Int64(random.next() % 86_400))
    article.summary = text(&random, 300)
    article.topics = (0..<3).map { _ in word(&random) }
    let body = text(&random, size)
    article.content = .init(html: "<p>\(body)</p>", text: body, hash: "sha256:\(Self.id(number).text)")
    return article
  }

  static func id(_ number: Int) -> ArticleID { ArticleID(identity: "row \(number)") }
  static func keys(_ number: Int) -> [UInt64] { [UInt64(number) &* 0xD6E8_FEB8_6659_FD93 | 1] }

  /// A word: rank r comes about 1/r times as often as the first.
  func word(_ random: inout Random) -> String { words[rank(&random) - 1] }

  /// A word that is searched for: as often as in the texts, but none of the commonest fifty.
  func searched(_ random: inout Random) -> String {
    while true {
      let rank = rank(&random)
      if rank > 50 { return words[rank - 1] }
    }
  }

  private func rank(_ random: inout Random) -> Int { ranks[Int(random.next() >> 40)] }

  /// 30,000 to the power of 0, 1/65,536, …: by squaring, so that the library's exp is not needed for this.
  private static func powers() -> [Int] {
    (0..<65_536).map { step in
      var rank = 1.0
      var power = 30_000.0
      for bit in stride(from: 15, through: 0, by: -1) {
        power = power.squareRoot()
        if step >> bit & 1 == 1 { rank *= power }
      }
      return min(30_000, max(1, Int(rank)))
    }
  }

  private func text(_ random: inout Random, _ size: Int) -> String {
    var text = ""
    while text.utf8.count < size { text += word(&random) + " " }
    text.removeLast()
    return text
  }
}

/// xorshift64*: small, and the same everywhere.
struct Random {
  var state: UInt64
  mutating func next() -> UInt64 {
    state ^= state >> 12
    state ^= state << 25
    state ^= state >> 27
    return (state &* 0x2545_F491_4F6C_DD1D) >> 8
  }
}
