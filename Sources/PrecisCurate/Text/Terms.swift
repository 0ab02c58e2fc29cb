/// What each distinct word of a document stands for when words are counted and compared.
struct Terms {
  /// For every word of the vocabulary the number of its stem; -1 for stop words, numbers and single letters.
  let stemOfWord: [Int32]
  /// How often each stem comes in the text.
  let counts: [Int32]
  /// In how many sentences each stem comes.
  let sentenceCounts: [Int32]

  init(_ document: Document) {
    var numbers: [String: Int32] = [:]
    var stemOfWord: [Int32] = []
    var counts: [Int32] = []
    stemOfWord.reserveCapacity(document.vocabulary.words.count)
    for (word, count) in zip(document.vocabulary.words, document.vocabulary.counts) {
      guard Self.isContent(word, document.profile) else {
        stemOfWord.append(-1)
        continue
      }
      let stem = document.profile.stemmer?.stem(word) ?? word
      if let number = numbers[stem] {
        stemOfWord.append(number)
        counts[Int(number)] &+= count
      } else {
        numbers[stem] = Int32(counts.count)
        stemOfWord.append(Int32(counts.count))
        counts.append(count)
      }
    }
    var sentenceCounts = [Int32](repeating: 0, count: counts.count)
    var lastSentence = [Int32](repeating: -1, count: counts.count)
    for (number, sentence) in document.sentences.enumerated() {
      for token in document.tokens[sentence.tokens] {
        let stem = Int(stemOfWord[Int(token.word)])
        guard stem >= 0, lastSentence[stem] != Int32(number) else { continue }
        lastSentence[stem] = Int32(number)
        sentenceCounts[stem] += 1
      }
    }
    self.stemOfWord = stemOfWord
    self.counts = counts
    self.sentenceCounts = sentenceCounts
  }

  private static func isContent(_ word: String, _ profile: LanguageProfile) -> Bool {
    let bytes = word.utf8
    guard bytes.count > 1 else { return false }
    if profile.stopWords.contains(word) { return false }
    // Pairs of kana with nothing but grammar in them are listed; numbers carry no subject.
    return !bytes.allSatisfy { (0x30...0x39).contains($0) || $0 == 0x2E || $0 == 0x2C }
  }
}
