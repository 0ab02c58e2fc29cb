/// What a word can be in a term.
enum PhraseRole: UInt8 {
  /// It ends a run.
  case breaks
  /// It can stand anywhere.
  case nominal
  /// A participle: it can open a term after an article or a preposition.
  case participle
  /// A form in -ing that may be a noun or a verb: what stands around it tells.
  case gerund
  /// It cannot end a term.
  case modifier
  /// It is left out at the start of a term and cannot end one.
  case empty
  /// Digits: they can end a term, not open it.
  case number
  /// "de", "di": it can join two parts.
  case joiner
  /// A day of the week: it ends a run, but for "Black Friday".
  case day

  /// A single letter, Latin, Greek or Cyrillic: a symbol of a formula.
  static func isLetter(_ word: String) -> Bool {
    let scalars = word.unicodeScalars
    guard let first = scalars.first else { return true }
    return first.value < 0x530 && !(0x30...0x39).contains(first.value) && scalars.dropFirst().isEmpty
  }

  /// What its form and the lists tell of an English word.
  static func ofEnglish(_ word: String) -> PhraseRole {
    if PhraseLexicon.nominalGerunds.contains(word) || PhraseLexicon.plainWords.contains(word) {
      return .nominal
    }
    if PhraseLexicon.emptyOpenings.contains(word) { return .empty }
    if PhraseLexicon.badEndings.contains(word) { return .modifier }
    if word.hasSuffix("ly"), word.utf8.count > 4 { return .breaks }
    if word.hasSuffix("ed"), word.utf8.count > 4 { return .participle }
    if PhraseLexicon.verbs.contains(word) { return .breaks }
    if word.hasSuffix("ing"), word.utf8.count > 6 { return .gerund }
    if PhraseLexicon.days.contains(word) { return .day }
    if word == "et" || word.contains("'") { return .breaks }
    let isAdjective = ["ous", "ful", "less", "able", "ible", "ic", "ive", "al"].contains(
      where: word.hasSuffix)
    if isAdjective, word.utf8.count > 5, !PhraseLexicon.nounsLikeAdjectives.contains(word) {
      return .modifier
    }
    return .nominal
  }
}
