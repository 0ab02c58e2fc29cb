import PrecisModel

/// Fields, roles and depth of an article, each with the words that it was told by.
struct Classification {
  private(set) var fields: [(name: String, quotes: [Article.Provenance.Quote])] = []
  private(set) var roles: [(name: String, quotes: [Article.Provenance.Quote])] = []

  init(_ evidence: Taxonomy.Evidence, _ taxonomy: Taxonomy, words: Int) {
    // In a longer text more words stand by chance.
    let least = 1.5 + 0.5 * Logarithm.natural(max(1, Double(words) / 250))
    let ranked = evidence.fields.indices
      .filter { evidence.fields[$0].score >= least && evidence.fields[$0].quotes.count >= 2 }
      .sorted { (evidence.fields[$1].score, $0) < (evidence.fields[$0].score, $1) }
    guard let first = ranked.first else { return }
    let top = evidence.fields[first].score
    let chosen = ranked.prefix(3).filter { evidence.fields[$0].score >= 0.45 * top }
    fields = chosen.map { (taxonomy.fieldNames[$0], evidence.fields[$0].quotes) }
    roles = Self.roles(evidence, taxonomy, fields: chosen, top: top)
  }

  private static func roles(
    _ evidence: Taxonomy.Evidence, _ taxonomy: Taxonomy, fields: [Int], top: Double
  ) -> [(name: String, quotes: [Article.Provenance.Quote])] {
    var scored: [(role: Int, score: Double)] = []
    for (number, role) in taxonomy.roles.enumerated() {
      var score = 0.0
      for field in role.fields where fields.contains(field) {
        score += 3 * evidence.fields[field].score / top / (role.fields.count > 1 ? 1.3 : 1)
      }
      let own = evidence.roles[number]
      // Without words of its own nothing shows that the article is for this role; one may stand there by chance.
      let isTop = fields.first.map { role.fields.contains($0) } ?? false
      guard score > 0, own.score > (isTop ? 0 : 1) else { continue }
      scored.append((number, score + min(own.score, 4)))
    }
    scored.sort { ($1.score, $0.role) < ($0.score, $1.role) }
    let best = scored.first?.score ?? 0
    var chosen = scored.prefix(6).filter { $0.score >= 0.4 * best }
    // Three are wanted: weaker ones may complete the list, none is made up.
    if chosen.count < 3 { chosen = scored.prefix(3).filter { $0.score >= 0.2 * best } }
    guard chosen.count >= 2 else { return [] }
    return chosen.map { (taxonomy.roles[$0.role].name, evidence.roles[$0.role].quotes) }
  }
}

extension Article.Depth {
  /// How much a reader must know: from the share of terms, code and formulas, long words and long sentences.
  init?(_ reading: Reading, evidence: Taxonomy.Evidence) {
    guard reading.proseWords >= 60 else { return nil }
    let document = reading.document
    let code = document.units.reduce(0) { $0 + ($1.kind == .code ? 1 : 0) }
    var long = 0
    var counted = 0
    var sentences = 0
    for (index, sentence) in document.sentences.enumerated() where reading.candidates.isProse[index] {
      sentences += 1
      for token in document.tokens[sentence.tokens] where !token.form.contains(.number) {
        counted += 1
        if token.end - token.start >= 11 { long += 1 }
      }
    }
    guard counted > 0, sentences > 0 else { return nil }
    let terms = evidence.fields.reduce(0) { $0 + $1.score }
    let density = terms / Logarithm.natural(2 + Double(reading.proseWords))
    let introduces = reading.introduces
    var score = 12 * Double(long) / Double(counted) + 0.045 * Double(reading.proseWords) / Double(sentences)
    score += min(density * 0.12, 1) + min(Double(code) * 0.15, 0.6)
    if introduces { score -= 0.8 }
    self = score < 1.7 ? .beginner : score < 3.0 ? .intermediate : .advanced
  }
}

extension Reading {
  /// Whether the text says that it begins at the beginning.
  fileprivate var introduces: Bool {
    let openings: Set<String> = [
      "beginner", "beginners", "tutorial", "introduction", "basics", "newcomers", "einsteiger", "anfänger",
      "débutants",
      "principiantes", "iniciantes", "principianti", "beginners", "начинающих", "入門", "入门",
    ]
    return document.vocabulary.words.contains { openings.contains($0) }
  }
}
