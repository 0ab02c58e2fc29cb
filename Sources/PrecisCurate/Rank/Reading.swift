import PrecisModel

/// An article read once: everything that its sections are made from.
struct Reading {
  let document: Document
  let terms: Terms
  let boilerplate: Boilerplate
  let candidates: Candidates
  let salience: Salience
  /// Words of every sentence.
  let words: [Int]
  /// The logarithm of the sentences that the commonest word stands in.
  private let greatestRecurrence: Double
  /// Words of its prose, without boilerplate, headings and code.
  let proseWords: Int

  init(_ input: CuratorInput) {
    let structure = input.html.map { StructureHints(html: $0) } ?? .none
    let document = Document(input.text, language: input.language, structure: structure)
    let terms = Terms(document)
    let boilerplate = Boilerplate(document)
    let candidates = Candidates(document, boilerplate)
    self.document = document
    self.terms = terms
    self.boilerplate = boilerplate
    self.candidates = candidates
    salience = Salience(document, terms: terms, title: input.title, candidates: candidates.isProse)
    greatestRecurrence = Logarithm.natural(Double(max(terms.sentenceCounts.max() ?? 1, 2)))
    words = document.sentences.map { document.wordCount($0.tokens) }
    var sum = 0
    for index in words.indices where candidates.isProse[index] { sum += words[index] }
    proseWords = sum
  }

  /// The sentences that can stand as they are and have so many words.
  func quotable(words range: ClosedRange<Int>) -> [Int] {
    document.sentences.indices.filter { candidates.isQuotable[$0] && range.contains(words[$0]) }
  }

  /// The score of every sentence.
  func scores(_ weights: Weights) -> [Double] {
    // Where no title says what the text is about, its opening does.
    let opening = salience.titleStems.isEmpty ? 0.15 : 0
    return salience.features.map { weights.score($0) + opening * $0.nearStart }
  }

  /// How much of what the text says again and again stands in a sentence, or in the part of it in these bytes.
  ///
  /// Eight words that come as often as the commonest are 1.
  func recurrence(in bytes: Range<Int>, of sentence: Int) -> Double {
    var seen: [Int32] = []
    var sum = 0.0
    for token in document.tokens[document.sentences[sentence].tokens] {
      let stem = terms.stemOfWord[Int(token.word)]
      guard stem >= 0, bytes.contains(Int(token.start)), !seen.contains(stem) else { continue }
      let sentences = terms.sentenceCounts[Int(stem)]
      guard sentences > 1 else { continue }
      seen.append(stem)
      sum += Logarithm.natural(Double(sentences))
    }
    return sum / greatestRecurrence / 8
  }

  /// A sentence, or a part of one, with its evidence.
  func excerpt(_ range: Range<Int>) -> Excerpt {
    Excerpt(
      text: document.text(range),
      quote: Article.Provenance.Quote(offset: range.lowerBound, text: document.verbatim(range)))
  }

  /// A sentence with its evidence, without what only ties it to its place.
  func excerpt(sentence index: Int) -> Excerpt {
    let sentence = document.sentences[index]
    return excerpt(Trim.opening(document, sentence).start..<sentence.end)
  }

  /// Whether a sentence can be understood without the one before it, and asks nothing.
  func standsAlone(_ index: Int) -> Bool {
    let features = salience.features[index]
    return features.cues[Cue.dangling.rawValue] == 0 && features.question == 0
  }
}

/// Words of an article, and the place where they stand.
struct Excerpt {
  /// Runs of white space are one space.
  var text: String
  var quote: Article.Provenance.Quote
}
