/// Tells the verbs of a text, which end a term or are none of it.
extension PhraseFinder {
  func grammarParts(_ index: Int) -> Bool {
    let token = document.tokens[index]
    let before = document.tokens[index - 1]
    guard let grammar, !token.form.contains(.glued), roles[Int(token.word)] == .nominal,
      roles[Int(before.word)] == .nominal
    else { return false }
    return grammar.parts(written(before), written(token))
  }

  /// What follows a noun without being its adjective, in languages in which no noun follows a noun.
  func isVerbOfGrammar(_ index: Int) -> Bool {
    grammar?.headStands == true && !document.tokens[index].form.contains(.capital)
  }

  func written(_ token: Token) -> PhraseGrammar.Written {
    (document.vocabulary.words[Int(token.word)], token.form.contains(.capital))
  }

  /// Whether a word that could be a noun is the verb of the run before it.
  func isVerb(_ index: Int, in range: Range<Int>) -> Bool {
    let token = document.tokens[index]
    guard isEnglish, index > range.lowerBound, token.form.isDisjoint(with: [.capital, .innerCapital, .glued])
    else { return false }
    let word = Int(token.word)
    if verbs.isThirdPerson[word] { return true }
    let isGerund = roles[word] == .gerund
    let isKnown = isGerund || isVerbToo[word] || verbs.isBase[word] || verbs.mayAct[word]
    let before = document.vocabulary.words[Int(document.tokens[index - 1].word)]
    let isAfterPlural = VerbUse.isInS(before) || PhraseLexicon.irregularPlurals.contains(before)
    let isInS = VerbUse.isInS(document.vocabulary.words[word])
    if isKnown, isGerund || !isInS, isAfterPlural { return true }
    guard index + 1 < range.upperBound, joins(token, document.tokens[index + 1]) else { return false }
    let next = document.tokens[index + 1]
    if isInS, !isAfterPlural, !verbs.isNoun[word] {
      // "a server answers 304"
      if roles[Int(next.word)] == .number, !next.form.contains(.glued) { return true }
      // "a block runs from", where the text has "to run something" too.
      if verbs.mayAct[word], verbs.isActed[word], leadsOn[Int(next.word)] { return true }
    }
    // "the pages reach the disk", "400 kilobytes shapes a protocol"
    if isInS || isAfterPlural, roles[word] == .nominal, isObject[Int(next.word)] { return true }
    guard isKnown else { return false }
    // "the queue runs blocks": inside a term nouns stand in the singular.
    if verbs.mayAct[word], !isAfterPlural, roles[Int(document.tokens[index - 1].word)] == .nominal,
      [.modifier, .empty, .number, .gerund].contains(roles[Int(next.word)])
        || VerbUse.isInS(document.vocabulary.words[Int(next.word)])
    {
      return true
    }
    // "models that", not "shows that", which is listed.
    let follower = document.vocabulary.words[Int(next.word)]
    return PhraseLexicon.afterVerbs.contains(follower) && !(isInS && follower == "that")
      || next.form.contains(.capital)
  }

  /// Whether a word that could open a term is the verb of what stands before it, or of a sentence that it opens.
  func opensAsVerb(_ index: Int, _ range: Range<Int>) -> Bool {
    let token = document.tokens[index]
    let word = Int(token.word)
    guard isEnglish, !token.form.contains(.innerCapital) else { return false }
    if index == range.lowerBound { return isDirective(index, range) || verbs.isBase[word] }
    guard !token.form.contains(.capital) else { return false }
    if verbs.isThirdPerson[word] { return true }
    guard document.isNext(index) else { return verbs.isBase[word] }
    var before = Int(document.tokens[index - 1].word)
    // "may already cover bytes"
    if isAdverb[before], index - 1 > range.lowerBound, document.isNext(index - 1) {
      before = Int(document.tokens[index - 2].word)
    }
    // "to estimate and forecast growth"
    if ["and", "or"].contains(document.vocabulary.words[before]), index - 2 > range.lowerBound,
      document.isNext(index - 1), document.isNext(index - 2)
    {
      before = Int(document.tokens[index - 3].word)
      return isBeforeVerb[before] && isVerbToo[word] && !verbs.isNoun[word]
    }
    return isVerbSubject[before] || isBeforeVerb[before] && (isVerbToo[word] || verbs.isBase[word])
  }

  /// "Count bytes, not conclusions": a verb that opens its sentence, and that the text has nowhere as a noun.
  func isDirective(_ index: Int, _ range: Range<Int>) -> Bool {
    let word = Int(document.tokens[index].word)
    guard isVerbToo[word], !verbs.isNoun[word], !VerbUse.isInS(document.vocabulary.words[word]),
      index + 1 < range.upperBound, document.isNext(index + 1)
    else { return false }
    return !document.tokens[index + 1].form.contains(.capital)
  }

  /// Whether the text has a word for a verb only.
  func isOnlyVerb(_ word: Int) -> Bool {
    verbs.isBase[word] || verbs.isThirdPerson[word] || isVerbToo[word] && !verbs.isNoun[word]
  }

  /// "is modest", "very fresh": a word alone after these is an adjective; a noun has its article.
  func isPredicate(_ run: Range<Int>, _ range: Range<Int>) -> Bool {
    guard isEnglish, run.count == 1, run.lowerBound > range.lowerBound, document.isNext(run.lowerBound) else {
      return false
    }
    let token = document.tokens[run.lowerBound]
    return token.form.isDisjoint(with: [.capital, .innerCapital, .digit])
      && !VerbUse.isInS(document.vocabulary.words[Int(token.word)])
      && leadsToAdjective[Int(document.tokens[run.lowerBound - 1].word)]
  }

  /// "decision making", "creative writing", "note-taking": a form of a verb in -ing after a word in the singular, with no
  /// object behind it, is a noun.
  func namesAnAct(_ index: Int, in range: Range<Int>) -> Bool {
    let word = document.vocabulary.words[Int(document.tokens[index].word)]
    guard isEnglish, index > range.lowerBound, word.hasSuffix("ing"), word.utf8.count > 5,
      document.tokens[index].form.isDisjoint(with: [.capital, .innerCapital])
    else { return false }
    let before = document.tokens[index - 1]
    guard [.nominal, .modifier].contains(roles[Int(before.word)]), joins(before, document.tokens[index]),
      !VerbUse.isInS(document.vocabulary.words[Int(before.word)])
    else { return false }
    if document.tokens[index].form.contains(.glued) { return true }
    guard index + 1 < range.upperBound, document.isNext(index + 1) else { return true }
    let next = Int(document.tokens[index + 1].word)
    return ["in", "of", "and", "or", "is", "for", "with", "by", "are", "was", "were", "can", "has"].contains(
      document.vocabulary.words[next])
  }

  /// "training deep networks": a form in -ing before an adjective has it for its object.
  func governs(_ index: Int, _ range: Range<Int>) -> Bool {
    guard isEnglish, index + 1 < range.upperBound else { return false }
    let next = document.tokens[index + 1]
    guard roles[Int(next.word)] == .modifier, !next.form.contains(.glued) else { return false }
    return document.vocabulary.words[Int(document.tokens[index].word)].hasSuffix("ing")
      && joins(document.tokens[index], next)
  }
}
