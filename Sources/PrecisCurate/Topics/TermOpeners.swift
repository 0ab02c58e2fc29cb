/// The words of an English text that open a term there though by themselves they say nothing or are verbs: "higher
/// education", "large language models", "personalized learning".
///
/// "Higher" does where the text has the noun behind it more often with it than without; "personalized" wherever the text
/// has the pair after an article or a preposition, where no verb stands.
struct TermOpeners {
  private var pairs = Set<UInt64>()

  init() {}

  init(_ document: Document, roles: [PhraseRole], leadsToNoun: [Bool]) {
    let canGrade = PhraseLexicon.gradedOpenings.flags(document.vocabulary)
    var counts: [UInt64: Int32] = [:]
    for sentence in document.sentences {
      for index in sentence.tokens.dropLast() where document.isNext(index + 1) {
        let word = Int(document.tokens[index].word)
        let isParticiple = roles[word] == .participle
        guard isParticiple || canGrade[word],
          [.nominal, .modifier].contains(roles[Int(document.tokens[index + 1].word)])
        else { continue }
        let pair = Self.pair(index, document)
        if isParticiple {
          guard index > sentence.tokens.lowerBound, document.isNext(index),
            leadsToNoun[Int(document.tokens[index - 1].word)]
          else { continue }
          pairs.insert(pair)
        } else {
          counts[pair, default: 0] += 1
          let next = document.vocabulary.words[Int(document.tokens[index + 1].word)]
          let all = document.vocabulary.counts[Int(document.tokens[index + 1].word)]
          if counts[pair, default: 0] > 1, counts[pair, default: 0] * 2 >= all, !PhraseLexicon.isGeneral(next)
          {
            pairs.insert(pair)
          }
        }
      }
    }
  }

  /// Whether a word opens a term with the next.
  func keeps(_ index: Int, _ document: Document) -> Bool {
    guard !pairs.isEmpty, index + 1 < document.tokens.count, document.isNext(index + 1) else { return false }
    return pairs.contains(Self.pair(index, document))
  }

  private static func pair(_ index: Int, _ document: Document) -> UInt64 {
    UInt64(UInt32(bitPattern: document.tokens[index].word)) << 32
      | UInt64(UInt32(bitPattern: document.tokens[index + 1].word))
  }
}
