/// Many phrases, looked for in one pass over the words of a text.
struct PhraseTable: Sendable {
  /// One phrase found.
  struct Match {
    /// The number of the phrase, in the order in which the table was given it.
    var phrase: Int
    /// The tokens it takes.
    var tokens: Range<Int>
  }

  private struct Phrase: Sendable {
    var number: Int
    var words: [Int32]
  }

  private var numbers = WordTable(capacity: 256)
  /// By the first word of a phrase.
  private var phrases: [[Phrase]] = []
  private let stemmer: Stemmer?

  /// A table of phrases in lower case, words parted by a space; with a stemmer, forms of a word are one.
  init(_ list: [String], stemmer: Stemmer? = nil) {
    self.stemmer = stemmer
    for (number, text) in list.enumerated() {
      var words: [Int32] = []
      for part in Self.words(of: text) {
        let key = Vocabulary.hash(stemmer?.stem(part) ?? part)
        let known = numbers[key]
        if known < 0 {
          numbers.set(key, Int32(phrases.count))
          phrases.append([])
        }
        words.append(known < 0 ? Int32(phrases.count - 1) : known)
      }
      if let first = words.first {
        phrases[Int(first)].append(Phrase(number: number, words: Array(words.dropFirst())))
      }
    }
    // The longest phrase wins where several begin at one word.
    for index in phrases.indices {
      phrases[index].sort { ($1.words.count, $0.number) < ($0.words.count, $1.number) }
    }
  }

  /// For every word of a vocabulary its number in this table, or -1.
  func lookUp(_ vocabulary: Vocabulary) -> [Int32] {
    guard let stemmer else { return vocabulary.hashes.map { numbers[$0] } }
    return vocabulary.words.map { numbers[Vocabulary.hash(stemmer.stem($0))] }
  }

  /// Calls `found` for the longest phrase at every token of a range.
  func matches(
    in tokens: [Token], _ range: Range<Int>, numbers: [Int32], _ found: (Match) -> Void
  ) {
    var index = range.lowerBound
    while index < range.upperBound {
      let number = numbers[Int(tokens[index].word)]
      if number >= 0, let match = match(tokens, index, range.upperBound, phrases[Int(number)], numbers) {
        found(match)
      }
      index += 1
    }
  }

  private func match(
    _ tokens: [Token], _ index: Int, _ limit: Int, _ candidates: [Phrase], _ numbers: [Int32]
  ) -> Match? {
    next: for phrase in candidates {
      guard index + phrase.words.count < limit else { continue }
      for (offset, word) in phrase.words.enumerated()
      where numbers[Int(tokens[index + 1 + offset].word)] != word { continue next }
      return Match(phrase: phrase.number, tokens: index..<(index + 1 + phrase.words.count))
    }
    return nil
  }

  private static func words(of text: String) -> [String] {
    var text = text
    return text.withUTF8 { bytes in
      let tokenizer = Tokenizer(bytes)
      return tokenizer.tokens.map { tokenizer.vocabulary.words[Int($0.word)] }
    }
  }
}
