/// Tells what in a document is not the article: sponsors, prompts, share rows, credits, notices.
struct Boilerplate {
  /// For every sentence whether it is boilerplate.
  private(set) var sentences: [Bool]

  private enum Kind {
    case sponsor
    case anywhere
    case inShortUnits
  }

  private static let patterns: (table: PhraseTable, kinds: [Kind]) = {
    var phrases: [String] = []
    var kinds: [Kind] = []
    let lists: [(String, Kind)] = [
      (BoilerplateData.sponsor, .sponsor), (BoilerplateData.anywhere, .anywhere),
      (BoilerplateData.inShortUnits, .inShortUnits),
    ]
    for (list, kind) in lists {
      for phrase in list.split(separator: ",") {
        phrases.append(phrase.split(whereSeparator: { $0 == " " || $0 == "\n" }).joined(separator: " "))
        kinds.append(kind)
      }
    }
    return (PhraseTable(phrases), kinds)
  }()

  init(_ document: Document) {
    sentences = [Bool](repeating: false, count: document.sentences.count)
    let numbers = Self.patterns.table.lookUp(document.vocabulary)
    let isTarget = BoilerplateData.shareTargets.flags(document.vocabulary)
    for unit in document.units where !unit.sentences.isEmpty {
      judge(unit, document, numbers, isTarget)
    }
  }

  private mutating func judge(
    _ unit: Document.Unit, _ document: Document, _ numbers: [Int32], _ isTarget: [Bool]
  ) {
    let tokens =
      document.sentences[unit.sentences.lowerBound].tokens
      .lowerBound..<document.sentences[unit.sentences.upperBound - 1].tokens.upperBound
    let isShort = tokens.count <= 9
    var hasSponsor = false
    var hits = 0
    for index in unit.sentences {
      Self.patterns.table.matches(
        in: document.tokens, document.sentences[index].tokens, numbers: numbers
      ) { match in
        switch Self.patterns.kinds[match.phrase] {
        case .sponsor:
          hasSponsor = true
          sentences[index] = true
        case .anywhere: sentences[index] = true
        case .inShortUnits:
          // In a heading only a match that is nearly all of it counts: "Watch out for …" is the article's.
          let share = match.tokens.count * 2 >= tokens.count
          let closed = unit.kind == .paragraph && tokens.count > 4
          if isShort, share || (match.tokens.lowerBound == tokens.lowerBound && !closed && tokens.count <= 4)
          {
            sentences[index] = true
          }
        }
      }
      if Self.offersCode(document, document.sentences[index]) {
        hasSponsor = true
        sentences[index] = true
      }
      if sentences[index] { hits += 1 }
    }
    let targets = document.tokens[tokens].reduce(0) { $0 + (isTarget[Int($1.word)] ? 1 : 0) }
    let isShareRow = tokens.count <= 20 && targets >= 2 && targets * 3 >= tokens.count
    // A sponsor's paragraph goes whole; so does one of which the better part is boilerplate.
    let goesWhole =
      isShareRow || (hasSponsor && unit.sentences.count <= 10) || hits * 2 > unit.sentences.count
    if goesWhole {
      for index in unit.sentences { sentences[index] = true }
    }
  }

  /// "Use code PRECIS20": the word "code" before a word of capitals.
  private static func offersCode(_ document: Document, _ sentence: Document.Sentence) -> Bool {
    for index in sentence.tokens.dropFirst() where index + 1 < sentence.tokens.upperBound {
      let token = document.tokens[index]
      guard document.vocabulary.words[Int(token.word)] == "code" else { continue }
      let before = document.vocabulary.words[Int(document.tokens[index - 1].word)]
      let next = document.tokens[index + 1]
      let isShout = next.form.isSuperset(of: [.capital, .innerCapital]) && !next.form.contains(.small)
      if isShout, next.end - next.start >= 4,
        ["use", "using", "with", "the", "enter", "promo", "apply"].contains(before)
      {
        return true
      }
    }
    return false
  }
}
