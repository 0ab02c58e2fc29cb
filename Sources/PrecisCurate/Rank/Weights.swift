/// How much each feature of a sentence counts.
///
/// Fitted on one-sentence summaries and abstracts of papers, rounded, and kept where leave-out runs agreed; see
/// docs/curation.md.
struct Weights: Sendable {
  /// In the order of ``SentenceFeatures/values``.
  let values: [Double]

  /// For the one sentence that says what the article is about.
  static let thesis = Weights(
    nearStart: 0, isFirst: 0.02, position: -0.02, isLast: -0.02, opensParagraph: 0.02, title: 0.24,
    headings: 0.02,
    cluster: 0.05, frequency: 0.03, centrality: 0.09, question: -0.10, quotation: -0.04, digits: -0.05,
    length: -0.03,
    isShort: -0.05, excess: -0.05, isItem: -0.03, personal: 0,
    cues: [
      .contribution: 0.11, .result: 0, .conclusion: 0.03, .background: -0.04, .dangling: 0, .pointer: -0.05,
      .outline: -0.15,
    ])

  /// For the sentences of a summary.
  static let summary = Weights(
    nearStart: 0.12, isFirst: 0, position: -0.14, isLast: 0, opensParagraph: 0.02, title: 0.17,
    headings: 0.02,
    cluster: 0.05, frequency: 0.02, centrality: 0.10, question: -0.06, quotation: -0.03, digits: -0.27,
    length: 0,
    isShort: -0.05, excess: -0.06, isItem: -0.06, personal: -0.02,
    cues: [
      .contribution: 0.11, .result: 0.03, .conclusion: 0.03, .background: -0.02, .dangling: -0.06,
      .pointer: -0.06,
      .outline: -0.15,
    ])

  private init(
    nearStart: Double, isFirst: Double, position: Double, isLast: Double, opensParagraph: Double,
    title: Double,
    headings: Double, cluster: Double, frequency: Double, centrality: Double, question: Double,
    quotation: Double,
    digits: Double, length: Double, isShort: Double, excess: Double, isItem: Double, personal: Double,
    cues: [Cue: Double]
  ) {
    values =
      [
        nearStart, isFirst, position, isLast, opensParagraph, title, headings, cluster, frequency, centrality,
        question, quotation, digits, length, isShort, excess, isItem, personal,
      ] + Cue.allCases.map { cues[$0] ?? 0 }
  }

  /// The score of a sentence.
  func score(_ features: SentenceFeatures) -> Double {
    var sum = 0.0
    // In the order of `values`, without making the array: this is called for every sentence several times.
    features.forEachValue { index, value in sum += values[index] * value }
    return sum
  }
}
