/// Where an English sentence can end before an adjunct: "We train deep networks | on small sets of images".
///
/// There is no tagger, so only what lists can tell is cut: a prepositional phrase after a noun, in a clause that has its
/// verb already, and nothing where a "no", an "all" or an "only" would say more without it.
struct Adjuncts {
  private let document: Document

  /// Nil for other languages.
  init?(_ document: Document) {
    guard document.profile.code == "en" else { return nil }
    self.document = document
  }

  /// The longest opening part of a sentence that ends before an adjunct and has so many words.
  func before(_ sentence: Document.Sentence, words bounds: ClosedRange<Int>) -> Range<Int>? {
    var best: Range<Int>?
    var hasVerb = false
    // Words after which the other part of a pair must come: "both", "between".
    var waits = 0
    for index in sentence.tokens {
      let token = document.tokens[index]
      let word = Int(token.word)
      if index > sentence.tokens.lowerBound {
        let count = document.wordCount(sentence.tokens.lowerBound..<index)
        if count > bounds.upperBound { break }
        if count >= bounds.lowerBound, hasVerb, waits == 0, has(word, Self.openers),
          canEnd(index - 1, before: token)
        {
          best = sentence.start..<Int(document.tokens[index - 1].end)
        }
      }
      if has(word, Self.narrowing) { return nil }
      // "Tests that train large models": the main verb is still to come.
      if has(word, Self.markers), !hasVerb, index > sentence.tokens.lowerBound { return nil }
      if has(word, Self.pairOpeners) { waits += 1 }
      if has(word, Self.conjunctions) { waits = max(0, waits - 1) }
      note(index, in: sentence, &hasVerb)
    }
    guard let range = best, !document.bytes[range].contains(0x3A) else { return nil }
    let isBalanced = document.bytes.withUnsafeBufferPointer {
      SentenceShape(UnsafeBufferPointer(rebasing: $0[range])).isBalanced
    }
    return isBalanced ? range : nil
  }

  /// Whether the last clause of an opening part of a sentence may have a verb: "how large models" has none.
  func hasVerb(_ part: Range<Int>, of sentence: Document.Sentence) -> Bool {
    var marker: Int?
    var isOpen = true
    for index in sentence.tokens where document.tokens[index].end <= part.upperBound {
      let word = Int(document.tokens[index].word)
      if has(word, Self.markers), index > sentence.tokens.lowerBound {
        marker = index
        isOpen = false
      }
      if isVerb(word) || mayBeVerb(word) || follows(marker, index) { isOpen = true }
    }
    return isOpen
  }

  /// "which amortizes", "that efficiently amortizes": a word in -s there is a verb.
  private func follows(_ marker: Int?, _ index: Int) -> Bool {
    guard let marker, index > marker, index - marker <= 2 else { return false }
    let word = { document.vocabulary.words[Int(document.tokens[$0].word)] }
    return word(index).hasSuffix("s") && !word(index).hasSuffix("ss")
      && (index == marker + 1 || word(marker + 1).hasSuffix("ly"))
  }

  /// Keeps account of whether the clause that is being read has its verb.
  private func note(_ index: Int, in sentence: Document.Sentence, _ hasVerb: inout Bool) {
    let word = Int(document.tokens[index].word)
    if has(word, Self.markers) {
      hasVerb = false
    } else if isVerb(word) || index == sentence.tokens.lowerBound && has(word, Self.subjects) {
      hasVerb = true
    }
  }

  /// Whether a noun stands there and one space parts it from what follows.
  private func canEnd(_ index: Int, before next: Token) -> Bool {
    let token = document.tokens[index]
    return next.start - token.end == 1 && isNoun(Int(token.word)) && !token.form.contains(.number)
  }

  /// Words are looked up as they are met: a flag for each of a large vocabulary would cost more than the few cuts.
  private func has(_ word: Int, _ set: WordSet) -> Bool {
    set.contains(hash: document.vocabulary.hashes[word])
  }

  private func isVerb(_ word: Int) -> Bool {
    if has(word, Self.auxiliaries) { return true }
    guard has(word, PhraseLexicon.verbs) else { return false }
    let text = document.vocabulary.words[word]
    return !text.hasSuffix("ing") && !text.hasSuffix("ed")
  }

  private func mayBeVerb(_ word: Int) -> Bool {
    let text = document.vocabulary.words[word]
    return text.hasSuffix("ed") || PhraseLexicon.isVerbToo(text)
  }

  private func isNoun(_ number: Int) -> Bool {
    if has(number, document.profile.stopWords) || has(number, PhraseLexicon.verbs) { return false }
    if has(number, PhraseLexicon.badEndings) || has(number, PhraseLexicon.emptyOpenings) { return false }
    let word = document.vocabulary.words[number]
    if PhraseLexicon.nominalGerunds.contains(word) || PhraseLexicon.nounsLikeAdjectives.contains(word) {
      return true
    }
    return ![
      "ly", "ed", "ing", "ous", "ful", "less", "able", "ible", "ic", "ive", "al", "ent", "ant", "ary",
    ].contains(where: word.hasSuffix)
  }

  private static let openers = WordSet(
    "for in on with from by through over across during within under among")

  private static let markers = WordSet(
    "that which who whose whether how if because where when while although though what")

  private static let subjects = WordSet("we i they you it he she")

  private static let auxiliaries = WordSet(
    """
    is are was were be been has have had do does did can could will would shall should may might must isn't aren't
    can't we're they're it's
    """)

  /// Without what follows these a sentence says more than its author.
  private static let narrowing = WordSet(
    """
    no not never none nothing nobody neither nor only few little hardly rarely seldom all every always any each most
    without cannot don't doesn't didn't won't can't isn't aren't wasn't weren't unless
    """)

  private static let conjunctions = WordSet("and or nor")

  private static let pairOpeners = WordSet("both either between whether")
}
