/// Finds the runs of words of a text that can be a term: no stop words, no verbs, nothing empty at the edges.
struct PhraseFinder {
  /// Most words of a term.
  static let longest = 4
  /// Most words of a name ("New York State Attorney General").
  static let longestName = 5

  let document: Document
  let roles: [PhraseRole]
  let isStop: [Bool]
  let isGerman: Bool
  let isEnglish: Bool
  let grammar: PhraseGrammar?
  let isBeforeVerb: [Bool]
  let isVerbToo: [Bool]
  let verbs: VerbUse
  /// "we", "will": what follows them is a verb.
  let isVerbSubject: [Bool]
  /// "the", "it": what the object of a verb begins with.
  let isObject: [Bool]
  let isAdverb: [Bool]
  let leadsOn: [Bool]
  /// "is", "very"
  let leadsToAdjective: [Bool]
  /// Articles and prepositions: what they lead to is no verb.
  let leadsToNoun: [Bool]
  /// "von", "de": they stand inside names.
  let isParticle: [Bool]
  /// "President", "Dr": they stand before names.
  let isOffice: [Bool]
  let isInsideCompound: [Bool]
  /// Words that open a term here though they are no part of one as a rule.
  let openers: TermOpeners
  /// "Commission", "Department"
  let isInstitution: [Bool]
  /// "vivo", "situ": Latin that comes with its "in".
  let isLatin: [Bool]

  init(_ document: Document) {
    self.document = document
    isGerman = document.profile.code == "de"
    let isEnglish = document.profile.code == "en"
    self.isEnglish = isEnglish
    let grammar = PhraseGrammar(document.profile.code)
    self.grammar = grammar
    isBeforeVerb = isEnglish ? PhraseLexicon.beforeVerbs.flags(document.vocabulary) : []
    isVerbToo = document.vocabulary.words.map { isEnglish && PhraseLexicon.isVerbToo($0) }
    leadsToNoun = PhraseLexicon.leadsToNoun.flags(document.vocabulary)
    isParticle = PhraseLexicon.particles.flags(document.vocabulary)
    isOffice = PhraseLexicon.offices.flags(document.vocabulary)
    isInstitution = PhraseLexicon.institutions.flags(document.vocabulary)
    let joiners: Set<String> =
      ["fr", "es", "pt", "it"].contains(document.profile.code)
      ? ["de", "del", "di", "d", "da", "do", "des", "du", "della", "dei"] : []
    let stopWords = document.profile.stopWords
    isStop = stopWords.flags(document.vocabulary)
    // Texts of other languages hold English sentences: names of works, what was not translated.
    let isForeign = isEnglish ? [] : PhraseLexicon.englishGrammar.flags(document.vocabulary)
    roles = document.vocabulary.words.enumerated().map { index, word in
      if !isEnglish, isForeign[index] { return .breaks }
      if joiners.contains(word) { return .joiner }
      if stopWords.contains(word) || PhraseRole.isLetter(word) { return .breaks }
      if word.utf8.allSatisfy({ (0x30...0x39).contains($0) || $0 == 0x2E || $0 == 0x2C }) { return .number }
      if grammar?.breaks(word) == true { return .breaks }
      return isEnglish ? .ofEnglish(word) : .nominal
    }
    isLatin = PhraseLexicon.latin.flags(document.vocabulary)
    verbs = isEnglish ? VerbUse(document, roles: roles) : VerbUse(none: document.vocabulary)
    isVerbSubject = PhraseLexicon.verbSubjects.flags(document.vocabulary)
    isObject = PhraseLexicon.objects.flags(document.vocabulary)
    leadsOn = PhraseLexicon.directions.flags(document.vocabulary)
    isAdverb = document.vocabulary.words.map { PhraseLexicon.isAdverb($0) }
    leadsToAdjective = PhraseLexicon.leadsToAdjective.flags(document.vocabulary)
    openers = isEnglish ? TermOpeners(document, roles: roles, leadsToNoun: leadsToNoun) : TermOpeners()
    isInsideCompound = isEnglish ? Self.insides(document, roles) : document.tokens.map { _ in false }
  }

  /// Calls `found` with every maximal run that can be a term.
  func phrases(in range: Range<Int>, _ found: (Range<Int>) -> Void) {
    var start: Int?
    for index in range {
      let token = document.tokens[index]
      if let from = start {
        let isJoined = joins(document.tokens[index - 1], token)
        if !isJoined || (isEnglish ? parts(index, in: range) : grammarParts(index)) {
          emit(from..<index, range, found)
          start = nil
          if isJoined, isEnglish ? isVerb(index, in: range) : isVerbOfGrammar(index) { continue }
        }
      }
      if token.form.contains(.ideographs) || isEnd(index, from: start, in: range) {
        if let from = start { emit(from..<index, range, found) }
        start = nil
        continue
      }
      if start == nil { start = canOpen(index, range) ? index : nil }
    }
    if let from = start { emit(from..<range.upperBound, range, found) }
  }

  /// The words of a run by which it is judged: "de" and "of" are none, "gel-based" is one beside others.
  func length(_ run: Range<Int>) -> Int {
    let joining = run.reduce(0) { count, index in
      let word = Int(document.tokens[index].word)
      return count
        + (roles[word] == .joiner || isEnglish && ["of", "and"].contains(document.vocabulary.words[word])
          ? 1 : 0)
    }
    let all = run.count - joining
    return max(1, min(all, 2), min(all, spaced(run) - joining))
  }

  /// Whether an English run ends before a word that follows it without a mark: "state | Trump", "Britain | plays".
  func parts(_ index: Int, in range: Range<Int>) -> Bool {
    let token = document.tokens[index]
    guard !token.form.contains(.glued) else { return false }
    let before = document.tokens[index - 1]
    let isOfName = token.form.contains(.capital) && before.form.contains(.capital)
    if roles[Int(token.word)] == .empty, !isOfName, !isName(index, in: range) {
      return !openers.keeps(index, document)
    }
    if isVerb(index, in: range) { return true }
    guard token.form.contains(.capital), !before.form.contains(.capital), !before.form.contains(.innerCapital)
    else { return false }
    // "hidden Markov model": what cannot end a term leads on to the name.
    return before.form.isDisjoint(with: [.glued, .digit]) && roles[Int(before.word)] == .nominal
      && !isParticle[Int(before.word)]
  }

  func joins(_ before: Token, _ token: Token) -> Bool {
    let gap = Int(token.start) - Int(before.end)
    if gap == 0 { return true }
    if gap == 1 {
      let byte = document.bytes[Int(before.end)]
      return byte == 0x20 || byte == 0x0A || byte == 0x2D
    }
    // A hyphen of three bytes, a no-break space, a soft line end.
    return token.form.contains(.glued) || gap == 2 && document.bytes[Int(before.end)] >= 0xC2
  }

  func isEnd(_ index: Int, from start: Int?, in range: Range<Int>) -> Bool {
    let token = document.tokens[index]
    switch roles[Int(token.word)] {
    case .breaks:
      if start == nil ? opensCompound(index) : isInsideCompound[index] { return false }
      if start != nil, namesAnAct(index, in: range) { return false }
      if isEnglish, document.vocabulary.words[Int(token.word)] == "new", isName(index, in: range) {
        return false
      }
      if start != nil, joinsName(index, in: range) { return false }
      // "L" in "L-BFGS" and "s" after an apostrophe differ: the former is a capital.
      return !(token.form.contains(.capital) && token.end - token.start == 1 && !isStop[Int(token.word)])
    case .joiner: return start == nil
    case .day: return start == nil || !document.tokens[index - 1].form.contains(.capital)
    case .participle: return start != nil && !token.form.contains(.glued) && !isAfterHyphen(index)
    case .nominal: return grammar.map { !$0.belongs(written(token)) } ?? false
    default: return false
    }
  }

  func canOpen(_ index: Int, _ range: Range<Int>) -> Bool {
    let token = document.tokens[index]
    if opensCompound(index) { return true }
    if let grammar, !grammar.opens(written(token), after: wordBefore(index, range).map(written)) {
      return false
    }
    // The tail and the head of "state-of-the-art".
    if token.form.contains(.glued), index > range.lowerBound { return false }
    if hangsOnNext(index), roles[Int(document.tokens[index + 1].word)] == .breaks {
      return roles[Int(token.word)] == .nominal && namesAnAct(index + 1, in: range)
    }
    if opensAsVerb(index, range) { return false }
    switch roles[Int(token.word)] {
    case .nominal, .modifier: return !governs(index, range)
    case .empty: return isName(index, in: range) || openers.keeps(index, document)
    case .breaks: return isName(index, in: range)
    case .participle, .gerund:
      guard index + 1 < range.upperBound else { return false }
      if openers.keeps(index, document) { return true }
      guard !document.tokens[index + 1].form.contains(.capital) else { return opensName(index, range) }
      // "which studied Saturn", "by measuring pressure": verbs; "the measured pressure": none.
      return index == range.lowerBound ? roles[Int(token.word)] == .participle : isAfterArticle(index)
    default: return false
    }
  }

  /// The noun before, where nothing but a space parts them.
  func wordBefore(_ index: Int, _ range: Range<Int>) -> Token? {
    guard index > range.lowerBound, joins(document.tokens[index - 1], document.tokens[index]) else {
      return nil
    }
    let before = document.tokens[index - 1]
    return roles[Int(before.word)] == .nominal ? before : nil
  }

  func isAfterArticle(_ index: Int) -> Bool {
    let before = Int(document.tokens[index - 1].word)
    return roles[Int(document.tokens[index].word)] == .gerund
      ? PhraseLexicon.articles.contains(document.vocabulary.words[before]) : leadsToNoun[before]
  }

  func emit(_ run: Range<Int>, _ range: Range<Int>, _ found: (Range<Int>) -> Void) {
    var run = run
    while let last = run.last, !canEnd(last, first: run.lowerBound) { run = run.lowerBound..<last }
    while let first = run.first, roles[Int(document.tokens[first].word)] == .empty, !opensCompound(first),
      !isName(first, in: range), !openers.keeps(first, document)
    {
      run = (first + 1)..<run.upperBound
    }
    run = withoutOffice(run)
    guard !run.isEmpty else { return }
    if grammar?.headStands == true, spaced(run) > Self.longest {
      guard let cut = cut(run) else { return }
      emit(run.lowerBound..<cut, range, found)
      return emit((cut + 1)..<run.upperBound, range, found)
    }
    if run.count > Self.longest + 4 { return }
    let name = emitName(run, found)
    let most = isOfCapitals(run) ? Self.longestName : Self.longest
    if spaced(run) > most, let name { run = name.upperBound..<run.upperBound }
    while spaced(run) > most { run = (run.lowerBound + 1)..<run.upperBound }
    while let first = run.first, run.count > 1,
      document.tokens[first].form.contains(.glued) || roles[Int(document.tokens[first].word)] == .joiner
        || isNameJoiner(first)
    {
      run = (first + 1)..<run.upperBound
    }
    // "in vivo measurements"
    if let first = run.first, first > range.lowerBound, isLatin[Int(document.tokens[first].word)],
      document.vocabulary.words[Int(document.tokens[first - 1].word)] == "in",
      joins(document.tokens[first - 1], document.tokens[first])
    {
      run = (first - 1)..<run.upperBound
    }
    // German writes its nouns with a capital.
    if isGerman, !document.tokens[run].contains(where: { $0.form.contains(.capital) }) { return }
    if !run.isEmpty, !isPredicate(run, range) { found(run) }
  }

  /// The joiner at which a long run is best cut: "red de agua potable | del | ayuntamiento de Zaragoza".
  func cut(_ run: Range<Int>) -> Int? {
    let joiners = run.dropFirst().dropLast().filter { roles[Int(document.tokens[$0].word)] == .joiner }
    return joiners.last { spaced(run.lowerBound..<$0) <= Self.longest }
  }

  /// Words as white space parts them: "one-dimensional" is one.
  func spaced(_ run: Range<Int>) -> Int {
    run.reduce(0) { $0 + (document.tokens[$1].form.contains(.glued) ? 0 : 1) }
  }

  func canEnd(_ index: Int, first: Int) -> Bool {
    let token = document.tokens[index]
    switch roles[Int(token.word)] {
    case .nominal, .day: return true
    case .gerund: return index > first
    case .number:
      return token.form.contains(.glued)
        || index > first && document.tokens[index - 1].form.contains(.capital)
    case .modifier: return token.form.contains(.capital) && index > first
    // "Attorney General"
    case .empty:
      return token.form.contains(.capital) && index > first
        && document.tokens[index - 1].form.contains(.capital)
    case .breaks:
      return token.form.contains(.capital) && token.form.contains(.glued)
        || index > first && document.vocabulary.words[Int(token.word)].hasSuffix("ing")
    default: return false
    }
  }
}
