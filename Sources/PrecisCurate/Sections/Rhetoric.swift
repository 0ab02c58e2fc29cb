/// Finds sentences by what they do: conclude and advise, state a rule, tell the procedure, direct.
struct Rhetoric {
  let reading: Reading
  private let advice: [Bool]
  private let mildAdvice: [Bool]
  private let rule: [Bool]
  private let ruleNumbers: [Int32]
  private let procedure: [Int]
  private let isUnderConclusion: [Bool]

  init(_ reading: Reading) {
    self.reading = reading
    let document = reading.document
    advice = Self.hits(SectionData.advice, document).map { $0 > 0 }
    mildAdvice = Self.hits(SectionData.mildAdvice, document).map { $0 > 0 }
    ruleNumbers = SectionData.rule.lookUp(document.vocabulary)
    rule = Self.hits(SectionData.rule, document).map { $0 > 0 }
    let mild = Self.hits(SectionData.mildProcedure, document)
    procedure = Self.hits(SectionData.procedure, document).enumerated().map { 2 * $1 + mild[$0] }
    isUnderConclusion = Self.underConclusion(document)
  }

  /// 50 to 80 words on what follows, from conclusions and advice; empty where the text gives none.
  func takeaway(notIn summary: Set<Int>) -> [Excerpt] {
    let candidates = reading.quotable(words: 6...45).filter { usableAlone($0) }
    var scores = reading.scores(.summary)
    for index in candidates {
      let features = reading.salience.features[index]
      if advice[index] { scores[index] += 0.14 } else if mildAdvice[index] { scores[index] += 0.06 }
      if features.cues[Cue.conclusion.rawValue] > 0 { scores[index] += 0.14 }
      if isUnderConclusion[index] { scores[index] += 0.20 }
      // The end of a text concludes.
      scores[index] +=
        0.12 * Double(index) / Double(reading.document.sentences.count) + 0.14 * features.position
      if summary.contains(index) { scores[index] -= 0.12 }
    }
    let last = reading.document.sentences.count
    let supported = candidates.filter { index in
      // A conclusion comes late; "in the end" at the start of a story is none.
      advice[index] || isUnderConclusion[index]
        || reading.salience.features[index].cues[Cue.conclusion.rawValue] > 0 && index * 5 > last * 3
    }
    guard !supported.isEmpty else { return [] }
    let selection = Selection(reading.document, reading.terms, among: supported)
    let picked = selection.pick(
      from: supported, scores: scores, words: reading.words,
      budget: Selection.Budget(enough: 50, most: 79, sentences: 4))
    let total = picked.reduce(0) { $0 + reading.words[$1] }
    guard (50...80).contains(total) else { return [] }
    return picked.map { reading.excerpt(sentence: $0) }
  }

  /// Two to four rules of at most 12 words.
  func principles(notIn taken: Set<Int>) -> [Excerpt] {
    let scores = reading.scores(.thesis)
    let candidates = reading.document.sentences.indices.filter { index in
      guard !taken.contains(index) else { return false }
      guard reading.candidates.isQuotable[index] || isShortRule(index) else { return false }
      return (3...12).contains(reading.words[index]) && rule[index] && isGeneral(index) && !tellsOfOne(index)
    }
    return best(candidates, scores: scores, least: 2, most: 3).map { reading.excerpt(sentence: $0) }
  }

  /// One sentence of at most 35 words on how the author goes about it; none where the text does not say.
  func method(notIn taken: Set<Int>) -> Excerpt? {
    var best: Int?
    var bestScore = 0.0
    let scores = reading.scores(.thesis)
    for index in reading.quotable(words: 8...35) where procedure[index] > 1 && !taken.contains(index) {
      let features = reading.salience.features[index]
      guard reading.standsAlone(index), features.cues[Cue.outline.rawValue] == 0 else { continue }
      guard !reading.candidates.isQuoted[index] else { continue }
      var score = scores[index] + 0.04 * Double(min(procedure[index], 6))
      if features.cues[Cue.background.rawValue] > 0 { score -= 0.05 }
      if score > bestScore {
        best = index
        bestScore = score
      }
    }
    return best.map { reading.excerpt(sentence: $0) }
  }

  /// Two to five directives of at most 14 words.
  func practices(notIn taken: Set<Int>) -> [Excerpt] {
    var found: [(index: Int, range: Range<Int>, score: Double)] = []
    let scores = reading.scores(.thesis)
    for index in reading.document.sentences.indices where !taken.contains(index) {
      guard let range = directive(index) else { continue }
      let unit = reading.document.units[reading.document.sentences[index].unit]
      let bonus = unit.kind == .listItem ? 0.06 : unit.kind == .heading ? 0.04 : 0
      found.append((index, range, scores[index] + bonus))
    }
    let candidates = found.map(\.index)
    var ranges = [Int: Range<Int>](minimumCapacity: found.count)
    var ranked = scores
    for item in found {
      ranges[item.index] = item.range
      ranked[item.index] = item.score
    }
    let picked = best(candidates, scores: ranked, least: 2, most: 4)
    return picked.compactMap { ranges[$0].map { reading.excerpt($0) } }
  }
}

extension Rhetoric {
  private static func hits(_ table: PhraseTable, _ document: Document) -> [Int] {
    let numbers = table.lookUp(document.vocabulary)
    return document.sentences.map { sentence in
      var count = 0
      table.matches(in: document.tokens, sentence.tokens, numbers: numbers) { _ in count += 1 }
      return count
    }
  }

  private static func underConclusion(_ document: Document) -> [Bool] {
    let numbers = SectionData.conclusionHeadings.lookUp(document.vocabulary)
    var isUnder = [Bool](repeating: false, count: document.sentences.count)
    var isOpen = false
    for unit in document.units {
      if unit.kind == .heading {
        isOpen = false
        for index in unit.sentences where document.sentences[index].tokens.count <= 5 {
          SectionData.conclusionHeadings.matches(
            in: document.tokens, document.sentences[index].tokens, numbers: numbers
          ) { _ in isOpen = true }
        }
      } else if isOpen {
        for index in unit.sentences { isUnder[index] = true }
      }
    }
    return isUnder
  }

  private func usableAlone(_ index: Int) -> Bool {
    let features = reading.salience.features[index]
    return reading.standsAlone(index) && !reading.candidates.isQuoted[index]
      && features.cues[Cue.pointer.rawValue] == 0 && features.cues[Cue.outline.rawValue] == 0
  }

  private func best(_ candidates: [Int], scores: [Double], least: Int, most: Int) -> [Int] {
    guard candidates.count >= least else { return [] }
    let selection = Selection(reading.document, reading.terms, among: candidates)
    let picked = selection.pick(
      from: candidates, scores: scores, words: reading.words,
      budget: Selection.Budget(enough: .max, most: .max, sentences: most, sameness: 0.5))
    return picked.count >= least ? picked : []
  }

  /// A sentence of three or four words that is whole ("Measure before optimising.").
  private func isShortRule(_ index: Int) -> Bool {
    guard reading.candidates.isProse[index], (3...4).contains(reading.words[index]) else { return false }
    let sentence = reading.document.sentences[index]
    return reading.document.bytes.withUnsafeBufferPointer {
      SentenceShape(UnsafeBufferPointer(rebasing: $0[sentence.start..<sentence.end])).isWhole
    }
  }

  /// No question, no "it" that points back, no story of one person.
  private func isGeneral(_ index: Int) -> Bool {
    let features = reading.salience.features[index]
    guard features.question == 0, features.quotation == 0, features.personal == 0 else { return false }
    guard features.cues[Cue.dangling.rawValue] == 0, features.cues[Cue.pointer.rawValue] == 0 else {
      return false
    }
    return reading.document.units[reading.document.sentences[index].unit].kind != .quotation
  }

  /// "The parser never crashed", "It always rained": no rule but "never" or "always", said of one thing or of what was.
  private func tellsOfOne(_ index: Int) -> Bool {
    let document = reading.document
    let sentence = document.sentences[index]
    var hits = 0
    SectionData.rule.matches(in: document.tokens, sentence.tokens, numbers: ruleNumbers) { _ in hits += 1 }
    func word(_ at: Int) -> String {
      sentence.tokens.contains(at) ? document.vocabulary.words[Int(document.tokens[at].word)] : ""
    }
    let absolutes = sentence.tokens.filter { SectionData.absolutes.contains(word($0)) }
    guard !absolutes.isEmpty, absolutes.count == hits else { return false }
    let first = sentence.tokens.lowerBound
    let isOfAll =
      word(first) == "the"
      && (["best", "most", "worst"].contains(word(first + 1)) || word(first + 1).hasSuffix("est"))
    if SectionData.definite.contains(word(first)), !isOfAll { return true }
    return absolutes.contains { at in
      SectionData.pastForms.contains(word(at - 1)) || SectionData.pastForms.contains(word(at + 1))
        || word(at + 1).utf8.count > 4 && word(at + 1).hasSuffix("ed")
    }
  }

  /// The bytes of a directive: a sentence or an item that opens with a verb in its base form.
  private func directive(_ index: Int) -> Range<Int>? {
    let document = reading.document
    let sentence = document.sentences[index]
    guard !reading.boilerplate.sentences[index], sentence.tokens.count >= 2 else { return nil }
    let unit = document.units[sentence.unit]
    guard unit.kind != .code, unit.kind != .quotation else { return nil }
    let first = document.tokens[sentence.tokens.lowerBound]
    let second = document.tokens[sentence.tokens.lowerBound + 1]
    guard Int(first.start) == sentence.start, first.form.contains(.capital), !second.form.contains(.glued)
    else {
      return nil
    }
    guard opensDirective(document, first, second) else { return nil }
    // "Call this method": which one, the sentence before says.
    guard !SectionData.pointingObjects.contains(document.vocabulary.words[Int(second.word)]) else {
      return nil
    }
    // "Go on": a verb without an object tells nothing to do.
    let content = document.tokens[sentence.tokens].reduce(0) {
      $0 + (reading.terms.stemOfWord[Int($1.word)] >= 0 ? 1 : 0)
    }
    guard content >= 2 else { return nil }
    // A heading that only labels ("Set theory") or titles in capitals tell nothing to do.
    if unit.kind == .heading {
      let capitals = document.tokens[sentence.tokens].reduce(0) { $0 + ($1.form.contains(.capital) ? 1 : 0) }
      guard sentence.tokens.count >= 4, capitals * 2 <= sentence.tokens.count else { return nil }
    }
    return fitting(index, sentence, unit)
  }

  private func opensDirective(_ document: Document, _ first: Token, _ second: Token) -> Bool {
    let word = document.vocabulary.words[Int(first.word)]
    let next = document.vocabulary.words[Int(second.word)]
    if document.profile.code == "en" {
      guard SectionData.directiveOpenings.contains(word), !SectionData.afterNoun.contains(next) else {
        return false
      }
      // "Plan ahead", "Use a queue"; not "Test coverage dropped": what follows must open a phrase or be an object.
      return second.start - first.end == 1
    }
    return SectionData.foreignDirectives.contains(word) && second.start - first.end == 1
  }

  private func fitting(_ index: Int, _ sentence: Document.Sentence, _ unit: Document.Unit) -> Range<Int>? {
    let whole = sentence.start..<sentence.end
    let shape = reading.document.bytes.withUnsafeBufferPointer {
      SentenceShape(UnsafeBufferPointer(rebasing: $0[whole]))
    }
    guard shape.isClean, shape.isBalanced, reading.salience.features[index].question == 0 else { return nil }
    let last = reading.document.bytes[whole.upperBound - 1]
    if last == 0x3A || last == 0x2C || last == 0x3B { return nil }
    if (3...14).contains(reading.words[index]) {
      return unit.kind == .paragraph && !shape.ends ? nil : whole
    }
    guard let part = Trim.lead(reading.document, whole) else { return nil }
    let tokens = sentence.tokens.filter { Int(reading.document.tokens[$0].start) < part.upperBound }
    let words = reading.document.wordCount(
      sentence.tokens.lowerBound..<(sentence.tokens.lowerBound + tokens.count))
    return (3...14).contains(words) ? part : nil
  }
}
