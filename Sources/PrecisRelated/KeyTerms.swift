import PrecisWords

/// The few terms that an article is found by: its topics, the words of its title, the most telling words of its text.
///
/// A term is a 32-bit hash. Words are folded to small letters and cut of plural endings; words of the commonest
/// function words are left out; ideographs and kana are taken in pairs.
enum KeyTerms {
  struct Term: Equatable {
    var hash: UInt32
    /// 1 to 255.
    var weight: UInt8
  }

  /// The most terms an article has.
  static let limit = 24
  private static let topicWeight = 200.0
  private static let topicWordWeight = 150.0
  private static let titleWeight = 180.0
  private static let textWeight = 110.0

  /// The terms of an article, the weightiest first.
  static func terms(title: String, topics: [String], words text: TextWords) -> [Term] {
    var weightiest = WeightiestTerms(limit: limit)
    for topic in topics {
      let words = telling(TextWords(topic))
      guard !words.isEmpty else { continue }
      let phrase = words.reduce(UInt64(0x51ED_270B)) { ($0 ^ UInt64($1)) &* 0xBF58_476D_1CE4_E5B9 }
      weightiest.add(UInt32(truncatingIfNeeded: phrase >> 32), topicWeight)
      for word in words { weightiest.add(word, topicWordWeight) }
    }
    for word in telling(TextWords(title)) { weightiest.add(word, titleWeight) }
    let counts = counted(telling(text))
    let most = Double(counts.reduce(1) { max($0, $1.count) })
    for (word, count) in counts where count > 1 || counts.count < 40 {
      weightiest.add(word, textWeight * (0.4 + 0.6 * Double(count) / most))
    }
    return weightiest.terms.map { Term(hash: $0.hash, weight: UInt8(min(255, max(1, $0.weight)))) }
  }

  /// How often each word comes; a table of our own, for this is most of the work.
  private static func counted(_ words: [UInt32]) -> [(word: UInt32, count: Int)] {
    let slots = 1 << (Int.bitWidth - max(words.count, 1).leadingZeroBitCount + 1)
    var places = [Int32](repeating: -1, count: slots)
    var counts: [(word: UInt32, count: Int)] = []
    for word in words {
      var slot = Int(word) & (slots - 1)
      while places[slot] >= 0, counts[Int(places[slot])].word != word { slot = (slot + 1) & (slots - 1) }
      if places[slot] < 0 {
        places[slot] = Int32(counts.count)
        counts.append((word, 1))
      } else {
        counts[Int(places[slot])].count += 1
      }
    }
    return counts
  }

  /// The words of a text but function words, without the s of a plural.
  private static func telling(_ words: TextWords) -> [UInt32] {
    [UInt32](unsafeUninitializedCapacity: words.lookups.count) { out, count in
      for lookup in words.lookups where !FunctionWords.contains(lookup.word) {
        out[count] = lookup.singular
        count += 1
      }
    }
  }
}

/// The weightiest of the terms that were added, each once with its greatest weight; of equals the smaller hash first.
private struct WeightiestTerms {
  private let limit: Int
  private(set) var terms: [(hash: UInt32, weight: Double)] = []

  init(limit: Int) {
    self.limit = limit
    terms.reserveCapacity(limit + 1)
  }

  mutating func add(_ hash: UInt32, _ weight: Double) {
    func isBefore(_ other: (hash: UInt32, weight: Double)) -> Bool {
      weight != other.weight ? weight > other.weight : hash < other.hash
    }
    if terms.count == limit, let last = terms.last, !isBefore(last) { return }
    if let known = terms.firstIndex(where: { $0.hash == hash }) {
      guard weight > terms[known].weight else { return }
      terms.remove(at: known)
    }
    var place = terms.count
    while place > 0, isBefore(terms[place - 1]) { place -= 1 }
    terms.insert((hash, weight), at: place)
    if terms.count > limit { terms.removeLast() }
  }
}
