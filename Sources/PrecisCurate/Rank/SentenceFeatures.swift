/// What speaks for and against a sentence, each from 0 to 1 unless said otherwise.
struct SentenceFeatures {
  /// Position among the sentences of prose: 1, 1/2, 1/3 …
  var nearStart = 0.0
  /// It is the first.
  var isFirst = 0.0
  /// 0 at the start of the text, 1 from the end of its first fifth on.
  var position = 0.0
  /// It is the last.
  var isLast = 0.0
  /// It opens its paragraph.
  var opensParagraph = 0.0
  /// The share of the title's words that it has.
  var title = 0.0
  /// The share of the words of headings that it has.
  var headings = 0.0
  /// Luhn's: the densest cluster of significant words.
  var cluster = 0.0
  /// How frequent its words are on average.
  var frequency = 0.0
  /// Cosine between it and the whole text.
  var centrality = 0.0
  /// Whether each cue stands in it, by ``Cue``.
  var cues = [Double](repeating: 0, count: Cue.allCases.count)
  /// It asks.
  var question = 0.0
  /// It quotes.
  var quotation = 0.0
  /// The share of words with digits.
  var digits = 0.0
  /// Words, divided by 25; not bounded.
  var length = 0.0
  /// Fewer than 8 words.
  var isShort = 0.0
  /// Words above 32, divided by 20; not bounded.
  var excess = 0.0
  /// It is an item of a list.
  var isItem = 0.0
  /// It speaks in the first or second person.
  var personal = 0.0

  /// All of them in a fixed order, as the weights have them.
  var values: [Double] {
    [
      nearStart, isFirst, position, isLast, opensParagraph, title, headings, cluster, frequency, centrality,
      question, quotation, digits, length, isShort, excess, isItem, personal,
    ] + cues
  }

  /// Calls `body` with every value and its place in ``values``.
  @inline(__always)
  func forEachValue(_ body: (Int, Double) -> Void) {
    body(0, nearStart)
    body(1, isFirst)
    body(2, position)
    body(3, isLast)
    body(4, opensParagraph)
    body(5, title)
    body(6, headings)
    body(7, cluster)
    body(8, frequency)
    body(9, centrality)
    body(10, question)
    body(11, quotation)
    body(12, digits)
    body(13, length)
    body(14, isShort)
    body(15, excess)
    body(16, isItem)
    body(17, personal)
    for (index, cue) in cues.enumerated() { body(18 + index, cue) }
  }
}
