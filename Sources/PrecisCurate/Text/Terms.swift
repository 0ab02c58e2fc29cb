/// What each distinct word of a document stands for when words are counted and compared.
struct Terms {
  /// For every word of the vocabulary the number of its stem; -1 for stop words, numbers and single letters.
  let stemOfWord: [Int32]
  /// How often each stem comes in the text.
  let counts: [Int32]
  /// In how many sentences each stem comes.
  let sentenceCounts: [Int32]
  /// For every word of the vocabulary the hash of its stem; 0 where it has none.
  let stemHashes: [UInt64]

  init(_ document: Document) {
    var numbers = WordTable(capacity: document.vocabulary.words.count)
    var stemHashes: [UInt64] = []
    var stemOfWord: [Int32] = []
    var counts: [Int32] = []
    stemOfWord.reserveCapacity(document.vocabulary.words.count)
    stemHashes.reserveCapacity(document.vocabulary.words.count)
    for (index, count) in document.vocabulary.counts.enumerated() {
      let word = document.vocabulary.words[index]
      guard Self.isContent(word, document.vocabulary.hashes[index], document.profile) else {
        stemOfWord.append(-1)
        stemHashes.append(0)
        continue
      }
      let stem =
        document.profile.stemmer.map { Vocabulary.hash($0.stem(word)) } ?? document.vocabulary.hashes[index]
      stemHashes.append(stem)
      let number = numbers[stem]
      if number >= 0 {
        stemOfWord.append(number)
        counts[Int(number)] &+= count
      } else {
        numbers.set(stem, Int32(counts.count))
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
    self.stemHashes = stemHashes
  }

  private static func isContent(_ word: String, _ hash: UInt64, _ profile: LanguageProfile) -> Bool {
    let bytes = word.utf8
    guard bytes.count > 1 else { return false }
    if profile.stopWords.contains(hash: hash) { return false }
    // Pairs of kana with nothing but grammar in them are listed; numbers carry no subject.
    return !bytes.allSatisfy { (0x30...0x39).contains($0) || $0 == 0x2E || $0 == 0x2C }
  }
}
