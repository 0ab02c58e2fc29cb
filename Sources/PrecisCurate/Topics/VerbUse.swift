/// Which words of an English text are verbs there, by what stands around them.
///
/// There is no tagger. What follows "we" or "will" is a verb, and so is a form in -s after "it" or between a noun and an
/// article ("the parser slows the sync"); what follows an article or a preposition is a noun. A word that the text uses
/// as a verb and nowhere as a noun is no part of a term.
struct VerbUse {
  /// For every word of the vocabulary whether it is a verb in the third person.
  let isThirdPerson: [Bool]
  /// For every word whether it is a verb in its base form.
  let isBase: [Bool]
  /// For every word whether it stands somewhere as a noun.
  let isNoun: [Bool]
  /// For every word in -s whether it may be a verb, by the text or by what is known of the word, and is never a noun.
  let mayAct: [Bool]
  /// For every word in -s whether the text has it or its base form for a verb.
  let isActed: [Bool]

  /// Knows of no verb: for languages other than English.
  init(none vocabulary: Vocabulary) {
    isThirdPerson = vocabulary.words.map { _ in false }
    isBase = isThirdPerson
    isNoun = isThirdPerson
    isActed = isThirdPerson
    mayAct = isThirdPerson
  }

  /// Reads a text once; `roles` by the number of a word.
  init(_ document: Document, roles: [PhraseRole]) {
    let vocabulary = document.vocabulary
    let subjects = PhraseLexicon.verbSubjects.flags(vocabulary)
    let singulars = PhraseLexicon.singularSubjects.flags(vocabulary)
    let relatives = PhraseLexicon.relatives.flags(vocabulary)
    let singularArticles = PhraseLexicon.singularArticles.flags(vocabulary)
    let leadsToNoun = PhraseLexicon.leadsToNoun.flags(vocabulary)
    let follows = PhraseLexicon.objects.flags(vocabulary)
    let isTo = vocabulary.words.map { $0 == "to" }
    let inS = vocabulary.words.indices.map { roles[$0] == .nominal && Self.isInS(vocabulary.words[$0]) }
    var acts = [Int32](repeating: 0, count: vocabulary.words.count)
    var names = [Bool](repeating: false, count: vocabulary.words.count)
    for sentence in document.sentences where sentence.tokens.count > 1 {
      for index in sentence.tokens.dropFirst() {
        let token = document.tokens[index]
        let word = Int(token.word)
        guard roles[word] == .nominal, token.form.isDisjoint(with: [.capital, .innerCapital, .glued]) else {
          continue
        }
        let before = Int(document.tokens[index - 1].word)
        guard document.isNext(index) else { continue }
        let isDescribed = [.modifier, .empty, .number, .participle].contains(roles[before])
        let isFollowed =
          index + 1 < sentence.tokens.upperBound && document.isNext(index + 1)
          && follows[Int(document.tokens[index + 1].word)]
        if inS[word] {
          let isAfterNoun = roles[before] == .nominal && !inS[before]
          if singulars[before] || isFollowed && (isAfterNoun || relatives[before]) { acts[word] += 1 }
          if leadsToNoun[before] && !singularArticles[before] || isDescribed { names[word] = true }
        } else {
          if subjects[before] || isTo[before] && isFollowed { acts[word] += 1 }
          if leadsToNoun[before] || isDescribed { names[word] = true }
        }
      }
    }
    var bases = Set<String>()
    for word in acts.indices where acts[word] > 0 {
      bases.insert(inS[word] ? Self.base(vocabulary.words[word]) : vocabulary.words[word])
    }
    isNoun = names
    isThirdPerson = acts.indices.map {
      inS[$0] && !names[$0]
        && (acts[$0] > 0 && acts[$0] * 2 >= vocabulary.counts[$0]
          || PhraseLexicon.isThirdPerson(vocabulary.words[$0]))
    }
    isBase = acts.indices.map { !inS[$0] && acts[$0] > 0 && !names[$0] }
    let isActed = acts.indices.map {
      guard inS[$0] else { return false }
      let base = Self.base(vocabulary.words[$0])
      return bases.contains(base) || PhraseLexicon.verbs.contains(base)
    }
    self.isActed = isActed
    mayAct = acts.indices.map {
      inS[$0] && !names[$0] && (isActed[$0] || PhraseLexicon.isVerbToo(vocabulary.words[$0]))
    }
  }

  /// Whether a word is a plural or a third person by its ending: "slows", not "process", "analysis" or "status".
  static func isInS(_ word: String) -> Bool {
    word.utf8.count > 3 && word.hasSuffix("s") && !["ss", "is", "us"].contains(where: word.hasSuffix)
  }

  private static func base(_ word: String) -> String {
    if word.hasSuffix("ies") { return String(word.dropLast(3)) + "y" }
    return String(word.dropLast(["shes", "ches", "xes", "sses"].contains(where: word.hasSuffix) ? 2 : 1))
  }
}

extension Document {
  /// Whether nothing but one space parts a word from the one before.
  func isNext(_ index: Int) -> Bool {
    let end = Int(tokens[index - 1].end)
    return Int(tokens[index].start) == end + 1 && (bytes[end] == 0x20 || bytes[end] == 0x0A)
  }
}
