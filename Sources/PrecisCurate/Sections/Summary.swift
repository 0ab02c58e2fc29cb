/// The paragraph that tells what an article says.
struct Summary {
  /// Articles with fewer words are shown as they are.
  static let shortestArticle = 120

  let reading: Reading

  /// A summary within these bounds, and never more than two fifths of the article; empty where nothing fits.
  ///
  /// It grows with the article, from the lower bound at 250 words to the upper at 1,800.
  func excerpts(words bounds: ClosedRange<Int>) -> [Excerpt] {
    let most = min(bounds.upperBound - 2, reading.proseWords * 2 / 5)
    guard most > 0 else { return [] }
    let growth = (bounds.upperBound - bounds.lowerBound - 25) * (reading.proseWords - 250) / 1550
    let wanted = bounds.lowerBound + 10 + max(0, min(growth, bounds.upperBound - bounds.lowerBound - 25))
    let enough = min(max(wanted, 1), most * 4 / 5)
    let least = min(bounds.lowerBound, most * 2 / 3)
    let asksNothing = { (index: Int) in reading.salience.features[index].question == 0 }
    var picked = pick(
      enough: enough, most: most, sentences: 4...8, words: 6...45, asksNothing, leans: leansOnBefore)
    if total(picked) < least {
      // Short sentences, or long ones: more of the former, or some of the latter.
      let wider = pick(
        enough: enough, most: most, sentences: 4...12, words: 5...60, asksNothing, leans: leansOnBefore)
      if total(wider) > total(picked) { picked = wider }
    }
    if total(picked) < least {
      let wider = pick(enough: enough, most: most, sentences: 4...12, words: 5...60, asksNothing)
      if total(wider) > total(picked) { picked = wider }
    }
    return picked.map { reading.excerpt(sentence: $0) }
  }

  /// A summary of about so many words.
  func excerpts(about words: Int) -> [Excerpt] {
    let isThesis = words < 45
    let picked = pick(
      enough: words * 103 / 100, most: words * 11 / 10, sentences: 1...60, words: 5...60,
      weights: isThesis ? .thesis : .summary, recurrence: isThesis ? 0.2 : 0
    ) { reading.salience.features[$0].question == 0 }
    return picked.map { reading.excerpt(sentence: $0) }
  }

  private func pick(
    enough: Int, most: Int, sentences: ClosedRange<Int>, words: ClosedRange<Int>,
    weights: Weights = .summary, recurrence: Double = 0, _ isFit: (Int) -> Bool,
    leans: (Int) -> Bool = { _ in false }
  ) -> [Int] {
    let candidates = reading.quotable(words: words).filter(isFit)
    let selection = Selection(reading.document, reading.terms, among: candidates)
    var scores = reading.scores(weights)
    if recurrence > 0 {
      for index in candidates {
        scores[index] += recurrence * reading.recurrence(in: 0..<reading.document.bytes.count, of: index)
      }
    }
    // What somebody said is evidence of a story, not the story.
    for index in candidates where reading.candidates.isQuoted[index] { scores[index] -= 0.15 }
    return selection.pick(
      from: candidates, scores: scores, words: reading.words,
      budget: Selection.Budget(
        enough: enough, most: most, sentences: sentences.upperBound, leastSentences: sentences.lowerBound),
      leans: leans)
  }

  /// Whether a sentence can only be understood after the one before it.
  private func leansOnBefore(_ index: Int) -> Bool { !reading.standsAlone(index) }

  private func total(_ picked: [Int]) -> Int { picked.reduce(0) { $0 + reading.words[$1] } }
}
