/// The paragraph that tells what an article says.
struct Summary {
  /// Articles with fewer words are shown as they are.
  static let shortestArticle = 120

  let reading: Reading

  /// A summary within these bounds, and never more than two fifths of the article; empty where nothing fits.
  func excerpts(words bounds: ClosedRange<Int>) -> [Excerpt] {
    let most = min(bounds.upperBound - 5, reading.proseWords * 2 / 5)
    let enough = min(max(bounds.lowerBound + 15, 1), most * 3 / 4)
    guard most > 0 else { return [] }
    var picked = pick(enough: enough, most: most, sentences: 8, words: 6...40)
    if total(picked) < min(bounds.lowerBound, most * 2 / 3) {
      // Short sentences, or long ones: more of the former, or some of the latter.
      let wider = pick(enough: enough, most: most, sentences: 12, words: 5...60)
      if total(wider) > total(picked) { picked = wider }
    }
    return picked.map { reading.excerpt(sentence: $0) }
  }

  /// A summary of about so many words.
  func excerpts(about words: Int) -> [Excerpt] {
    let weights = words < 45 ? Weights.thesis : Weights.summary
    let picked = pick(
      enough: words * 19 / 20, most: words * 11 / 10, sentences: 60, words: 5...60, weights: weights)
    return picked.map { reading.excerpt(sentence: $0) }
  }

  private func pick(
    enough: Int, most: Int, sentences: Int, words: ClosedRange<Int>, weights: Weights = .summary
  ) -> [Int] {
    let candidates = reading.quotable(words: words)
    let selection = Selection(reading.document, reading.terms, among: candidates)
    return selection.pick(
      from: candidates, scores: reading.scores(weights), words: reading.words,
      budget: Selection.Budget(enough: enough, most: most, sentences: sentences))
  }

  private func total(_ picked: [Int]) -> Int { picked.reduce(0) { $0 + reading.words[$1] } }
}
