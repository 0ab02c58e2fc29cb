/// The terms for which a text gives a short form in brackets: "large language models (LLMs)".
///
/// The author says there where the term begins and ends, which no list of words can ("large files" is no term). The
/// long form is found as Schwartz and Hearst do (A simple algorithm for identifying abbreviation definitions, 2003): its
/// letters are those of the short form, in order, the first at the start of a word.
struct DefinedTerms {
  /// Where a long form stands, whether or not with its short form: by the start, in order.
  private(set) var places: [Range<Int>] = []
  /// For a short form the place at which its long form is given.
  private(set) var longForms: [Int32: Range<Int>] = [:]

  /// Most words of a long form, as white space and hyphens part them: a topic has no more.
  private static let longest = 5
  private static let longestShortForm = 8
  /// Of one text; a thesis has some hundred.
  private static let most = 300

  /// `key` tells two words apart as terms are told apart.
  init(_ document: Document, isStop: [Bool], key: (Token) -> Int32) {
    var known: [Int32: [[Int32]]] = [:]
    for sentence in document.sentences {
      for index in sentence.tokens.dropFirst() where Self.isShortForm(index, document) {
        guard let long = Self.longForm(of: index, sentence.tokens, document, isStop) else { continue }
        let word = document.tokens[index].word
        guard longForms[word] == nil, longForms.count < Self.most else { continue }
        longForms[word] = long
        let words = document.tokens[long].map(key)
        known[words[0], default: []].append(words)
      }
    }
    guard !known.isEmpty else { return }
    for sentence in document.sentences {
      var end = sentence.tokens.lowerBound
      for index in sentence.tokens where index >= end {
        guard let forms = known[key(document.tokens[index])] else { continue }
        let fits = forms.filter { words in
          index + words.count <= sentence.tokens.upperBound
            && words.indices.allSatisfy {
              key(document.tokens[index + $0]) == words[$0]
                && ($0 == 0 || Self.joins(index + $0 - 1, document))
            }
        }
        guard let count = fits.map(\.count).max() else { continue }
        end = index + count
        places.append(index..<end)
      }
    }
  }

  /// Whether a word is a short form in brackets: "(LLMs)", "(GenAI)".
  private static func isShortForm(_ index: Int, _ document: Document) -> Bool {
    let token = document.tokens[index]
    let start = Int(token.start)
    let end = Int(token.end)
    guard token.form.contains(.capital) || token.form.contains(.innerCapital), end < document.bytes.count,
      document.bytes[start - 1] == 0x28, document.bytes[end] == 0x29
    else { return false }
    let letters = document.bytes[start..<end]
    return (2...longestShortForm).contains(letters.count) && letters.allSatisfy { $0 < 0x80 }
      && letters.count { (0x41...0x5A).contains($0) } > 1
  }

  /// The words before a short form that it stands for.
  private static func longForm(
    of index: Int, _ sentence: Range<Int>, _ document: Document, _ isStop: [Bool]
  ) -> Range<Int>? {
    var letters = Array(document.vocabulary.words[Int(document.tokens[index].word)].utf8)
    // "LLMs"
    if letters.count > 2, letters.last == 0x73, document.bytes[Int(document.tokens[index].end) - 1] == 0x73 {
      letters.removeLast()
    }
    let first = max(sentence.lowerBound, index - min(letters.count + 5, letters.count * 2, longest))
    var word = index
    var bytes: [UInt8] = []
    var place = 0
    for (left, letter) in letters.enumerated().reversed() {
      repeat {
        if place == 0 {
          guard word > first, word == index || joins(word - 1, document) else { return nil }
          word -= 1
          bytes = Array(document.vocabulary.words[Int(document.tokens[word].word)].utf8)
          place = bytes.count
        }
        place -= 1
      } while bytes[place] != letter || left == 0 && place > 0
    }
    let isGlued = document.tokens[word].form.contains(.glued)
    guard index - word > 1, !isGlued, !isStop[Int(document.tokens[word].word)] else { return nil }
    return word..<index
  }

  /// Whether nothing but a space, a comma or a hyphen parts a word from the next.
  private static func joins(_ index: Int, _ document: Document) -> Bool {
    let gap = document.bytes[Int(document.tokens[index].end)..<Int(document.tokens[index + 1].start)]
    return gap.count <= 3 && gap.allSatisfy { [0x20, 0x0A, 0x2D, 0x2F].contains($0) || $0 >= 0x80 }
  }
}
