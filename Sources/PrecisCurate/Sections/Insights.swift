/// The theses of an article: the sentence that says most of it, and further claims that are unlike it.
struct Insights {
  /// Shorter texts are their own thesis.
  static let shortestArticle = 50
  static let mostWords = 25
  let reading: Reading

  /// One to three theses, and the sentences that they stand in; none where nothing fits.
  func theses() -> (excerpts: [Excerpt], sentences: [Int]) {
    let picks = picks()
    return (picks.map { reading.excerpt($0.range) }, picks.map(\.sentence))
  }

  private func picks() -> [(sentence: Int, range: Range<Int>)] {
    let scores = reading.scores(.thesis)
    let adjuncts = Adjuncts(reading.document)
    var found: [(sentence: Int, range: Range<Int>, score: Double)] = []
    for index in reading.quotable(words: 5...60) {
      let features = reading.salience.features[index]
      guard reading.standsAlone(index), features.cues[Cue.outline.rawValue] == 0 else { continue }
      let sentence = reading.document.sentences[index]
      guard reading.document.units[sentence.unit].kind != .quotation else { continue }
      var range = Trim.opening(reading.document, sentence).start..<sentence.end
      var score = scores[index]
      if reading.words[index] > Self.mostWords {
        guard let part = part(of: sentence, adjuncts), range.lowerBound < part.upperBound else { continue }
        range = range.lowerBound..<part.upperBound
        score -= 0.005
      }
      score += 0.2 * reading.recurrence(in: range, of: index)
      if reading.candidates.isQuoted[index] { score -= 0.15 }
      if features.personal > 0 { score -= 0.03 }
      found.append((index, range, score))
    }
    guard let first = found.max(by: { ($0.score, $1.sentence) < ($1.score, $0.sentence) }) else { return [] }
    return [(first.sentence, first.range)] + further(than: first, among: found)
  }

  /// An opening part of a long sentence that is one as well.
  private func part(of sentence: Document.Sentence, _ adjuncts: Adjuncts?) -> Range<Int>? {
    let words = 10...Self.mostWords
    if let part = Trim.beforeClause(reading.document, sentence, words: words),
      adjuncts?.hasVerb(part, of: sentence) ?? true
    {
      return part
    }
    return adjuncts?.before(sentence, words: words)
  }

  private func further(
    than first: (sentence: Int, range: Range<Int>, score: Double),
    among found: [(sentence: Int, range: Range<Int>, score: Double)]
  ) -> [(sentence: Int, range: Range<Int>)] {
    guard reading.proseWords >= 400 else { return [] }
    let selection = Selection(reading.document, reading.terms, among: found.map(\.sentence))
    var taken = [first.sentence]
    var result: [(sentence: Int, range: Range<Int>)] = []
    let order = found.sorted { ($1.score, $0.sentence) < ($0.score, $1.sentence) }
    for item in order.prefix(12) where item.sentence != first.sentence && result.count < 2 {
      let features = reading.salience.features[item.sentence]
      let claims = [Cue.contribution, .result, .conclusion].contains { features.cues[$0.rawValue] > 0 }
      guard claims || features.title >= 0.34, item.score >= first.score * 0.6 else { continue }
      guard features.cues[Cue.dangling.rawValue] == 0, !reading.candidates.isQuoted[item.sentence] else {
        continue
      }
      guard taken.allSatisfy({ selection.likeness($0, item.sentence) < 0.45 }) else { continue }
      taken.append(item.sentence)
      result.append((item.sentence, item.range))
    }
    return result
  }
}
