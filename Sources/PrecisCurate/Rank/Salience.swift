/// Looks at every sentence of a document once and tells what speaks for and against it.
struct Salience {
  private static let cueTable: (table: PhraseTable, cues: [Cue]) = {
    var phrases: [String] = []
    var cues: [Cue] = []
    for (cue, list) in CueData.table {
      for phrase in list.split(separator: ",") {
        phrases.append(phrase.split(whereSeparator: { $0 == " " || $0 == "\n" }).joined(separator: " "))
        cues.append(cue)
      }
    }
    return (PhraseTable(phrases), cues)
  }()

  private static let persons: WordSet = [
    "i", "my", "me", "you", "your", "i'm", "i've", "you're", "ich", "mein", "du", "je", "mon", "yo", "mi",
    "eu", "io",
  ]

  let document: Document
  let terms: Terms
  /// One for every sentence of the document.
  let features: [SentenceFeatures]
  /// Stems of the title.
  let titleStems: [Int32]

  init(_ document: Document, terms: Terms, title: String, candidates: [Bool]) {
    self.document = document
    self.terms = terms
    let titleStems = Self.stems(of: title, document, terms)
    self.titleStems = titleStems
    var pass = FeaturePass(document, terms, titleStems)
    features = pass.run(candidates, Self.cueTable.table, Self.cueTable.cues, Self.persons)
  }

  /// The stems of another text, as far as they come in the document; each once.
  private static func stems(of text: String, _ document: Document, _ terms: Terms) -> [Int32] {
    var text = text
    let tokenizer = text.withUTF8 { Tokenizer(UnsafeBufferPointer(rebasing: $0.prefix(2048))) }
    var numbers = WordTable(capacity: document.vocabulary.words.count)
    for (index, hash) in terms.stemHashes.enumerated() where hash != 0 {
      numbers.set(hash, terms.stemOfWord[index])
    }
    var found: [Int32] = []
    for word in tokenizer.vocabulary.words {
      let number = numbers[Vocabulary.hash(document.profile.stemmer?.stem(word) ?? word)]
      if number >= 0, !found.contains(number) { found.append(number) }
    }
    return found
  }
}

/// The arithmetic of ``Salience``.
private struct FeaturePass {
  let document: Document
  let terms: Terms
  var isTitleStem: [Bool]
  var isHeadingStem: [Bool]
  let titleCount: Int
  let openings: Openings
  /// Inverse sentence frequency by stem.
  var rarity: [Double]
  var norm = 1.0
  var isSignificant: [Bool]

  init(_ document: Document, _ terms: Terms, _ titleStems: [Int32]) {
    self.document = document
    self.terms = terms
    isTitleStem = [Bool](repeating: false, count: terms.counts.count)
    for stem in titleStems { isTitleStem[Int(stem)] = true }
    titleCount = titleStems.count
    openings = Openings(document)
    isHeadingStem = [Bool](repeating: false, count: terms.counts.count)
    for unit in document.units where unit.kind == .heading {
      for sentence in document.sentences[unit.sentences] {
        for token in document.tokens[sentence.tokens] {
          let stem = Int(terms.stemOfWord[Int(token.word)])
          if stem >= 0 { isHeadingStem[stem] = true }
        }
      }
    }
    let total = Double(max(document.sentences.count, 1))
    rarity = terms.sentenceCounts.map { Logarithm.natural(1 + total / Double(max($0, 1))) }
    var sum = 0.0
    for (stem, count) in terms.counts.enumerated() {
      let weight = Double(count) * rarity[stem]
      sum += weight * weight
    }
    norm = max(sum.squareRoot(), 1e-9)
    // Luhn: words that come often enough for the length of the text.
    let least: Int32 = document.sentences.count < 25 ? 2 : document.sentences.count < 120 ? 3 : 5
    isSignificant = terms.counts.map { $0 >= least }
  }

  mutating func run(
    _ candidates: [Bool], _ cueTable: PhraseTable, _ cues: [Cue], _ persons: WordSet
  ) -> [SentenceFeatures] {
    let sentences = document.sentences
    var features = [SentenceFeatures](repeating: SentenceFeatures(), count: sentences.count)
    let cueNumbers = cueTable.lookUp(document.vocabulary)
    let isPerson = persons.flags(document.vocabulary)
    let prose = sentences.indices.filter { candidates[$0] }
    var seen = [Int32](repeating: -1, count: terms.counts.count)
    var greatest = (cluster: 1e-9, frequency: 1e-9, centrality: 1e-9)
    for (rank, index) in prose.enumerated() {
      let sentence = sentences[index]
      var feature = SentenceFeatures()
      place(&feature, rank: rank, of: prose.count, index)
      weigh(&feature, sentence, mark: Int32(index), seen: &seen)
      feature.cluster = cluster(sentence)
      cueTable.matches(in: document.tokens, sentence.tokens, numbers: cueNumbers) { match in
        feature.cues[cues[match.phrase].rawValue] = 1
      }
      look(&feature, sentence, isPerson)
      greatest.cluster = max(greatest.cluster, feature.cluster)
      greatest.frequency = max(greatest.frequency, feature.frequency)
      greatest.centrality = max(greatest.centrality, feature.centrality)
      features[index] = feature
    }
    for index in prose {
      features[index].cluster /= greatest.cluster
      features[index].frequency /= greatest.frequency
      features[index].centrality /= greatest.centrality
    }
    return features
  }

  private func place(_ feature: inout SentenceFeatures, rank: Int, of count: Int, _ index: Int) {
    let unit = document.units[document.sentences[index].unit]
    feature.nearStart = 1 / Double(1 + rank)
    feature.isFirst = rank == 0 ? 1 : 0
    // What follows the first fifth is equally far from the start.
    feature.position = count > 1 ? min(1, 5 * Double(rank) / Double(count - 1)) : 0
    feature.isLast = rank == count - 1 ? 1 : 0
    feature.opensParagraph = unit.sentences.lowerBound == index ? 1 : 0
    feature.isItem = unit.kind == .listItem ? 1 : 0
  }

  private func weigh(
    _ feature: inout SentenceFeatures, _ sentence: Document.Sentence, mark: Int32, seen: inout [Int32]
  ) {
    var titleHits = 0
    var headingHits = 0
    var content = 0
    var frequency = 0.0
    var dot = 0.0
    var square = 0.0
    for token in document.tokens[sentence.tokens] {
      let stem = Int(terms.stemOfWord[Int(token.word)])
      guard stem >= 0 else { continue }
      content += 1
      frequency += Double(terms.counts[stem])
      guard seen[stem] != mark else { continue }
      seen[stem] = mark
      if isTitleStem[stem] { titleHits += 1 }
      if isHeadingStem[stem] { headingHits += 1 }
      let weight = rarity[stem]
      dot += weight * weight * Double(terms.counts[stem])
      square += weight * weight
    }
    guard content > 0 else { return }
    feature.title = titleCount > 0 ? Double(titleHits) / Double(titleCount) : 0
    feature.headings = Double(headingHits) / Double(content)
    feature.frequency = frequency / Double(content)
    feature.centrality = dot / (norm * square.squareRoot())
  }

  /// The square of significant words in a cluster over its span; gaps of up to four other words are allowed.
  private func cluster(_ sentence: Document.Sentence) -> Double {
    var best = 0.0
    var first = -1
    var last = -1
    var hits = 0
    for index in sentence.tokens {
      let stem = Int(terms.stemOfWord[Int(document.tokens[index].word)])
      guard stem >= 0, isSignificant[stem] else { continue }
      if first < 0 || index - last > 5 {
        first = index
        hits = 0
      }
      hits += 1
      last = index
      best = max(best, Double(hits * hits) / Double(last - first + 1))
    }
    return best
  }

  private func look(_ feature: inout SentenceFeatures, _ sentence: Document.Sentence, _ isPerson: [Bool]) {
    let words = document.wordCount(sentence.tokens)
    feature.length = Double(words) / 25
    feature.isShort = words < 8 ? 1 : 0
    feature.excess = Double(max(0, words - 32)) / 20
    var digits = 0
    for token in document.tokens[sentence.tokens] {
      if token.form.contains(.digit) { digits += 1 }
      if isPerson[Int(token.word)] { feature.personal = 1 }
    }
    feature.digits = Double(digits) / Double(max(sentence.tokens.count, 1))
    let opening = Trim.opening(document, sentence)
    if openings.lean(from: opening.token, to: sentence.tokens.upperBound) {
      feature.cues[Cue.dangling.rawValue] = 1
    }
    let bytes = document.bytes[sentence.start..<sentence.end]
    for byte in bytes where byte == 0x22 || byte == 0x3F {
      if byte == 0x22 { feature.quotation = 1 } else { feature.question = 1 }
    }
    if bytes.containsWideQuotation { feature.quotation = 1 }
    if bytes.asksWithoutMark { feature.question = 1 }
  }
}

extension ArraySlice<UInt8> {
  /// Whether “ ” « » „ or 「 is in it.
  fileprivate var containsWideQuotation: Bool {
    var index = startIndex
    while index + 2 < endIndex {
      let byte = self[index]
      if byte == 0xE2, self[index + 1] == 0x80, (0x9C...0x9F).contains(self[index + 2]) { return true }
      if byte == 0xC2, self[index + 1] == 0xAB { return true }
      if byte == 0xE3, self[index + 1] == 0x80, self[index + 2] == 0x8C { return true }
      index += 1
    }
    return false
  }

  /// Whether it asks with a wide or an Arabic question mark, or with か or 吗 before its full stop.
  fileprivate var asksWithoutMark: Bool {
    for ending in ["か。", "吗。", "呢。"] where suffix(6).elementsEqual(ending.utf8) { return true }
    var index = startIndex
    while index + 1 < endIndex {
      if self[index] == 0xD8, self[index + 1] == 0x9F { return true }
      if index + 2 < endIndex, self[index] == 0xEF, self[index + 1] == 0xBC, self[index + 2] == 0x9F {
        return true
      }
      index += 1
    }
    return false
  }
}
