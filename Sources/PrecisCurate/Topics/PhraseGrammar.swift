/// What holds the words of a term together in languages other than English.
///
/// There is no tagger: the endings of adjectives and of verbs, and capitals, tell a noun phrase ("sensores acústicos",
/// "питьевой воды") from a subject and its verb ("sensores detectan", "датчик слушает").
struct PhraseGrammar {
  private enum Family {
    case romance, german, dutch, russian
  }

  private let family: Family
  private let numerals: WordSet
  private let adjectives: [String]
  private let irregular: WordSet

  /// Nil for languages of which nothing is known.
  init?(_ language: String) {
    switch language {
    case "fr", "es", "pt", "it": family = .romance
    case "de": family = .german
    case "nl": family = .dutch
    case "ru": family = .russian
    default: return nil
    }
    numerals = WordSet(PhraseGrammarData.numerals[language] ?? "")
    adjectives = (PhraseGrammarData.adjectives[language] ?? "").split(separator: " ").map(String.init)
    irregular = WordSet(PhraseGrammarData.irregular[language] ?? "")
  }

  /// The noun comes first and what tells of it follows: of a long term the opening says most.
  var headStands: Bool { family == .romance }

  /// Whether a word ends a run wherever it stands: a numeral, a day, a form that is only a verb's.
  func breaks(_ word: String) -> Bool {
    if numerals.contains(word) { return true }
    switch family {
    case .german:
      return ["hundert", "tausend", "million", "millionen", "prozent"].contains(where: word.hasSuffix)
    case .russian: return PhraseGrammarData.russianVerbs.contains { word.hasSuffix($0) }
    default: return false
    }
  }

  /// A word as it is written.
  typealias Written = (word: String, isCapital: Bool)

  /// Whether a run ends before a word that follows another without a mark.
  func parts(_ before: Written, _ next: Written) -> Bool {
    switch family {
    case .romance:
      if next.isCapital { return !before.isCapital }
      return !isAdjective(next.word)
    case .german: return before.isCapital && !next.isCapital
    case .dutch:
      if before.isCapital { return !next.isCapital }
      return !before.word.hasSuffix("e") && !before.word.hasSuffix("isch")
    case .russian: return next.isCapital && !before.isCapital
    }
  }

  /// Whether a term may open with a word, and what stands right before it.
  func opens(_ word: Written, after before: Written?) -> Bool {
    guard family == .german, !word.isCapital else { return true }
    // An adjective before its noun; right after a noun "suchen" and "findet" are verbs.
    guard ["e", "en", "er", "es", "em"].contains(where: word.word.hasSuffix) else { return false }
    return before?.isCapital != true || word.word.hasSuffix("er") || word.word.hasSuffix("es")
  }

  /// Whether a word can stand inside a term.
  func belongs(_ word: Written) -> Bool {
    guard family == .german, !word.isCapital else { return true }
    return ["e", "en", "er", "es", "em"].contains(where: word.word.hasSuffix)
  }

  private func isAdjective(_ word: String) -> Bool {
    if irregular.contains(word) { return true }
    return adjectives.contains { word.hasSuffix($0) && word.utf8.count > $0.utf8.count + 2 }
  }
}
