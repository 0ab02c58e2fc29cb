/// The terms of a text, by how much they tell of it.
struct Keyphrases {
  /// A term, its weight and where it first stands.
  struct Term {
    /// As the text writes it most often.
    var text: String
    /// Stems, in order.
    var key: [Int32]
    var score: Double
    /// The first place where it stands.
    var range: Range<Int>
    /// It is written with capitals inside sentences.
    var isName: Bool
    var count: Int
    /// A word alone that is no name, as "page" or "call": it tells less than a phrase.
    var isPlainWord = false
  }

  /// All terms of a document, best first; at most `limit`, none contained in another.
  static func terms(
    _ reading: Reading, limit: Int, boosts: (_ phrase: String) -> Double = { _ in 1 }
  ) -> [Term] {
    let document = reading.document
    if ["zh", "ja"].contains(document.profile.code) { return IdeographTerms.terms(reading, limit: limit) }
    let finder = PhraseFinder(document)
    let found = TermGathering(reading, finder)
    let ranked = rank(reading, finder, found.items, found.keys, boosts)
    return distinct(document.profile.code == "de" ? ranked : inFull(ranked), limit: limit)
  }

  /// "Feliciano Lopez" in the place of "Lopez", where the text gives the full name first and no other ends so.
  ///
  /// Not for German, which writes every noun like a name.
  private static func inFull(_ terms: [Term]) -> [Term] {
    var longer: [[Int32]: [Int]] = [:]
    for (index, term) in terms.enumerated() where term.isName && (2...3).contains(term.key.count) {
      guard term.text.split(separator: " ").allSatisfy({ $0.first?.isUppercase == true || $0 == "von" })
      else { continue }
      for start in 1..<term.key.count { longer[Array(term.key[start...]), default: []].append(index) }
    }
    var result = terms
    for (index, term) in terms.enumerated() where term.isName && term.key.count < 3 {
      guard let names = longer[term.key], names.count == 1, let name = names.first,
        terms[name].range.lowerBound <= term.range.lowerBound
      else { continue }
      result[name].score = max(result[name].score, result[index].score)
      result[index].score = 0
    }
    return result
  }

  private static func rank(
    _ reading: Reading, _ finder: PhraseFinder, _ gathered: [TermGathering.Item], _ keys: [[Int32]],
    _ boosts: (String) -> Double
  ) -> [Term] {
    let document = reading.document
    let general = document.vocabulary.words.map { PhraseLexicon.isGeneral($0) }
    var isTitle = [Bool](repeating: false, count: reading.terms.counts.count)
    for stem in reading.salience.titleStems { isTitle[Int(stem)] = true }
    let total = Double(max(document.sentences.count, 1))
    return gathered.enumerated().map { number, item in
      let key = keys[number]
      var sum = 0.0
      var titleHits = 0
      for (offset, stem) in key.enumerated() {
        guard stem >= 0 else { continue }
        let word = Int(document.tokens[item.first.lowerBound + offset].word)
        let weight = Logarithm.natural(1 + Double(reading.terms.counts[Int(stem)]))
        sum += general[word] ? 0.35 * weight : weight
        if isTitle[Int(stem)] { titleHits += 1 }
      }
      let isName = item.names * 2 >= item.count && item.names > 0
      let early = 1 - 0.8 * Double(item.firstSentence) / total
      let often = Double(item.count) + 0.1 * Double(item.nested)
      var score = sum * (0.6 + Logarithm.natural(1 + often)) * early
      // What comes but once may be a turn of phrase.
      if item.count + item.nested < 2 { score *= 0.5 }
      // Two and three words tell most; one word must be a name or come often.
      var isPlainWord = false
      switch finder.length(item.first) {
      case 1:
        let alone = 0.62 + 0.1 * Double(min(item.count - 1, 3))
        // A name that comes again is what the text is about.
        let name = item.count > 1 ? 1.5 : 1.2
        score *= document.profile.code == "de" ? 0.95 : isName ? name : alone
        // Without a tagger a word alone may be a verb; English ones are listed.
        if !isName, document.profile.code != "de", document.profile.code != "en" { score *= 0.6 }
        let word = Int(document.tokens[item.first.lowerBound].word)
        if general[word] || finder.isOnlyVerb(word) { score *= 0.3 }
        isPlainWord =
          !isName && document.profile.code != "de"
          && !document.tokens[item.first.lowerBound].form.contains(.innerCapital)
      case 2: score *= 1
      case 3: score *= 0.95
      default: score *= 0.4
      }
      if titleHits > 0 { score *= 1 + 0.5 * Double(titleHits) / Double(key.count) }
      if item.inHeading { score *= 1.1 }
      if isName { score *= 1.05 }
      let surface = item.surfaces.max { ($0.count, $1.range.lowerBound) < ($1.count, $0.range.lowerBound) }
      let range = surface?.range ?? item.first
      let bytes = place(of: range, in: document)
      var text = document.text(bytes)
      if surface?.opens == true, !isName, key.count >= 1 { text = Casing.lowerFirst(text) }
      let boost = boosts(text)
      score *= boost
      // What the publisher filed it under is no plain word.
      if boost >= 2 { isPlainWord = false }
      if isPlainWord { score *= 0.5 }
      return Term(
        text: text, key: key, score: score, range: bytes, isName: isName, count: item.count,
        isPlainWord: isPlainWord)
    }
  }

  /// The bytes of a run of words; the last point of "U.S." is of the word.
  private static func place(of range: Range<Int>, in document: Document) -> Range<Int> {
    let start = Int(document.tokens[range.lowerBound].start)
    let last = document.tokens[range.upperBound - 1]
    let end = Int(last.end)
    let isAbbreviation =
      last.form.contains(.innerCapital) && !last.form.contains(.small)
      && document.bytes[Int(last.start)..<end].contains(0x2E) && end < document.bytes.count
      && document.bytes[end] == 0x2E
    return start..<(isAbbreviation ? end + 1 : end)
  }

  /// The best, without those whose words are all in a better one, or that have all the words of one.
  static func distinct(_ terms: [Term], limit: Int) -> [Term] {
    let ranked = terms.enumerated().sorted {
      $0.element.score != $1.element.score ? $0.element.score > $1.element.score : $0.offset < $1.offset
    }
    var chosen: [Term] = []
    for (_, term) in ranked where chosen.count < limit && term.score > 0 {
      let words = Set(term.key)
      let clashes = chosen.contains { Set($0.key).isSubset(of: words) || words.isSubset(of: $0.key) }
      if !clashes, term.text.utf8.count > 2, term.text.utf8.count <= 80 { chosen.append(term) }
    }
    return chosen
  }
}
