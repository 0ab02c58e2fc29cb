/// Articles made of invented words, the same for the same number: common and rare words as in prose, each article about
/// one of five hundred subjects.
struct MadeArticles {
  struct Made {
    var title: String
    var topics: [String]
    var sentences: [String]
    var text: String { sentences.joined(separator: " ") }
  }

  private static let subjects: UInt64 = 500
  private let words: [String]

  init() {
    let syllables = [
      "ka", "lo", "mi", "ren", "tu", "sa", "ver", "ni", "do", "pal", "eth", "or", "bi", "gan", "us", "ly",
    ]
    words = (0..<20_000).map { number in
      var (rest, word) = (number * 7 + 3, "")
      repeat {
        word += syllables[rest % 16]
        rest /= 16
      } while rest > 0
      return word
    }
  }

  func article(_ number: Int) -> Made {
    var random = Random(seed: UInt64(number) &* 2 &+ 1)
    let subject = Int(random.next() % Self.subjects)
    let terms = (0..<12).map { words[2000 + (subject * 31 + $0 * 977) % 18_000] }
    let topics = (0..<5).map { at in "\(terms[at]) \(terms[(at + 1 + Int(random.next() % 6)) % 12])" }
    let title = (0..<6).map { $0 % 2 == 0 ? terms[Int(random.next() % 12)] : common(&random) }.joined(
      separator: " ")
    let length = 120 + Int(random.next() % 500)
    var sentences: [String] = []
    var count = 0
    while count < length {
      let words = (0..<(8 + Int(random.next() % 14))).map { _ in
        random.next() % 8 == 0 ? terms[Int(random.next() % 12)] : common(&random)
      }
      count += words.count
      let sentence = words.joined(separator: " ")
      sentences.append(sentence.prefix(1).uppercased() + sentence.dropFirst() + ".")
    }
    return Made(title: title, topics: topics, sentences: sentences)
  }

  /// The rarer, the further behind.
  private func common(_ random: inout Random) -> String {
    let a = Double(random.next() >> 11) / Double(1 << 53)
    return words[Int(a * a * a * 19_999)]
  }
}

/// A small generator with the same numbers everywhere.
struct Random {
  private var state: UInt64

  /// Seeds that follow each other give streams that have nothing to do with each other.
  init(seed: UInt64) {
    state = seed
    state = next() ^ (seed << 32)
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
