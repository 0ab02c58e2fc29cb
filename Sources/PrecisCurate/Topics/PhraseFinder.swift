/// Finds the runs of words of a text that can be a term: no stop words, no verbs, nothing empty at the edges.
struct PhraseFinder {
  /// Most words of a term.
  static let longest = 4

  private enum Role: UInt8 {
    /// It ends a run.
    case breaks
    /// It can stand anywhere.
    case nominal
    /// A participle: it can open a term after an article or a preposition.
    case participle
    /// It cannot end a term.
    case modifier
    /// It is left out at the start of a term and cannot end one.
    case empty
    /// Digits: they can end a term, not open it.
    case number
    /// "de", "di": it can join two parts.
    case joiner
  }

  let document: Document
  private let roles: [Role]
  private let isStop: [Bool]
  private let isGerman: Bool
  private let isEnglish: Bool
  private let isBeforeVerb: [Bool]
  private let isVerbToo: [Bool]

  init(_ document: Document) {
    self.document = document
    isGerman = document.profile.code == "de"
    let isEnglish = document.profile.code == "en"
    self.isEnglish = isEnglish
    isBeforeVerb = document.vocabulary.words.map { isEnglish && PhraseLexicon.beforeVerbs.contains($0) }
    isVerbToo = document.vocabulary.words.map { isEnglish && SectionData.directiveOpenings.contains($0) }
    let joiners: Set<String> =
      ["fr", "es", "pt", "it"].contains(document.profile.code)
      ? ["de", "del", "di", "d", "da", "do", "des", "du", "della", "dei"] : []
    let stopWords = document.profile.stopWords
    isStop = document.vocabulary.words.map { stopWords.contains($0) }
    roles = document.vocabulary.words.map { word in
      if joiners.contains(word) { return .joiner }
      if stopWords.contains(word) || word.utf8.count < 2 { return .breaks }
      if word.utf8.allSatisfy({ (0x30...0x39).contains($0) || $0 == 0x2E || $0 == 0x2C }) { return .number }
      return isEnglish ? Self.englishRole(word) : .nominal
    }
  }

  /// Calls `found` with every maximal run that can be a term.
  func phrases(in range: Range<Int>, _ found: (Range<Int>) -> Void) {
    var start: Int?
    for index in range {
      let token = document.tokens[index]
      let isJoined = index > range.lowerBound && start != nil && joins(document.tokens[index - 1], token)
      if let from = start, !isJoined {
        emit(from..<index, found)
        start = nil
      }
      if token.form.contains(.ideographs) || isEnd(index, from: start) {
        if let from = start { emit(from..<index, found) }
        start = nil
        continue
      }
      if start == nil { start = canOpen(index, range) ? index : nil }
    }
    if let from = start { emit(from..<range.upperBound, found) }
  }

  private func joins(_ before: Token, _ token: Token) -> Bool {
    let gap = Int(token.start) - Int(before.end)
    if gap == 0 { return true }
    if gap == 1 {
      let byte = document.bytes[Int(before.end)]
      return byte == 0x20 || byte == 0x0A || byte == 0x2D
    }
    // A hyphen of three bytes, a no-break space, a soft line end.
    return token.form.contains(.glued) || gap == 2 && document.bytes[Int(before.end)] >= 0xC2
  }

  private func isEnd(_ index: Int, from start: Int?) -> Bool {
    let token = document.tokens[index]
    switch roles[Int(token.word)] {
    case .breaks:
      if start == nil, opensCompound(index) { return false }
      // "L" in "L-BFGS" and "s" after an apostrophe differ: the former is a capital.
      return !(token.form.contains(.capital) && token.end - token.start == 1 && !isStop[Int(token.word)])
    case .joiner: return start == nil
    case .participle: return start != nil && !token.form.contains(.glued) && !isAfterHyphen(index)
    default: return false
    }
  }

  private func isAfterHyphen(_ index: Int) -> Bool { document.tokens[index].form.contains(.glued) }

  /// "off" in "off-policy", "few" in "few-shot": what comes next hangs on it by a hyphen.
  private func opensCompound(_ index: Int) -> Bool {
    let token = document.tokens[index]
    guard index + 1 < document.tokens.count, !token.form.contains(.glued), token.end - token.start > 1 else {
      return false
    }
    let next = document.tokens[index + 1]
    return next.form.contains(.glued) && document.bytes[Int(token.end)] == 0x2D
      && roles[Int(next.word)] != .breaks
  }

  private func canOpen(_ index: Int, _ range: Range<Int>) -> Bool {
    let token = document.tokens[index]
    if opensCompound(index) { return true }
    // The tail of "state-of-the-art".
    if token.form.contains(.glued), index > range.lowerBound { return false }
    if isEnglish, index > range.lowerBound, isBeforeVerb[Int(document.tokens[index - 1].word)],
      isVerbToo[Int(token.word)]
    {
      return false
    }
    switch roles[Int(token.word)] {
    case .nominal, .modifier: return true
    case .participle:
      guard index > range.lowerBound else { return true }
      return isStop[Int(document.tokens[index - 1].word)] || token.form.contains(.glued)
    default: return false
    }
  }

  private func emit(_ run: Range<Int>, _ found: (Range<Int>) -> Void) {
    var run = run
    while let last = run.last, !canEnd(last, first: run.lowerBound) { run = run.lowerBound..<last }
    while let first = run.first, roles[Int(document.tokens[first].word)] == .empty, !opensCompound(first) {
      run = (first + 1)..<run.upperBound
    }
    guard !run.isEmpty else { return }
    if run.count > Self.longest + 2 { return }
    emitName(run, found)
    if run.count > Self.longest { run = (run.upperBound - Self.longest)..<run.upperBound }
    while let first = run.first, run.count > 1, document.tokens[first].form.contains(.glued) {
      run = (first + 1)..<run.upperBound
    }
    // German writes its nouns with a capital.
    if isGerman, !document.tokens[run].contains(where: { $0.form.contains(.capital) }) { return }
    found(run)
  }

  /// "Davis Cup" in "Davis Cup format": two capitals or more before small letters are a name of their own.
  private func emitName(_ run: Range<Int>, _ found: (Range<Int>) -> Void) {
    var end = run.lowerBound
    while end < run.upperBound, document.tokens[end].form.contains(.capital) { end += 1 }
    let name = run.lowerBound..<end
    if (2...Self.longest).contains(name.count), end < run.upperBound { found(name) }
  }

  private func canEnd(_ index: Int, first: Int) -> Bool {
    let token = document.tokens[index]
    switch roles[Int(token.word)] {
    case .nominal: return true
    case .number:
      return token.form.contains(.glued)
        || index > first && document.tokens[index - 1].form.contains(.capital)
    case .modifier: return token.form.contains(.capital) && index > first
    case .breaks: return token.form.contains(.capital) && token.form.contains(.glued)
    default: return false
    }
  }

  private static func englishRole(_ word: String) -> Role {
    if PhraseLexicon.nominalGerunds.contains(word) || PhraseLexicon.plainWords.contains(word) {
      return .nominal
    }
    if PhraseLexicon.emptyOpenings.contains(word) { return .empty }
    if PhraseLexicon.badEndings.contains(word) { return .modifier }
    if word.hasSuffix("ly"), word.utf8.count > 4 { return .breaks }
    if word.hasSuffix("ed"), word.utf8.count > 4 { return .participle }
    if PhraseLexicon.verbs.contains(word) { return .breaks }
    if word == "et" || word.contains("'") { return .breaks }
    let isAdjective = ["ous", "ful", "less", "able", "ible", "ic", "ive", "al"].contains(
      where: word.hasSuffix)
    if isAdjective, word.utf8.count > 5, !PhraseLexicon.nounsLikeAdjectives.contains(word) {
      return .modifier
    }
    return .nominal
  }
}
