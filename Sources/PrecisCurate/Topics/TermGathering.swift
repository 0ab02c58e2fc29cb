/// The terms of a text with all that it says of each, before they are weighed.
struct TermGathering {
  /// What a text says of a term.
  struct Item {
    var count = 0
    /// How often it stands inside longer terms, where it was not found by itself.
    var nested = 0
    /// How often it was found by itself inside a longer term: "Davis Cup" in "Davis Cup format".
    fileprivate var twice = 0
    var firstSentence: Int
    var first: Range<Int>
    var inHeading = false
    /// How often it is written with capitals where no sentence opens.
    var names = 0
    /// Surfaces, each with its count, its place, and whether it stands at the start of a sentence.
    var surfaces: [(word: [Int32], count: Int, range: Range<Int>, opens: Bool)] = []
  }

  /// In the order in which they come, those of longer terms last.
  private(set) var items: [Item] = []
  /// Stems of each, in order.
  private(set) var keys: [[Int32]] = []
  private var numbers: [[Int32]: Int] = [:]

  private static let most = 4000

  init(_ reading: Reading, _ finder: PhraseFinder) {
    let document = reading.document
    let defined = DefinedTerms(document, isStop: finder.isStop) { Self.stem($0, reading) }
    var places = defined.places[...]
    for (index, sentence) in document.sentences.enumerated() where !reading.boilerplate.sentences[index] {
      while let place = places.first, place.upperBound <= sentence.tokens.lowerBound { places.removeFirst() }
      let terms = places.prefix { $0.lowerBound < sentence.tokens.upperBound }
      var inside = Set<Int>()
      var last: (number: Int, run: Range<Int>)?
      finder.phrases(in: sentence.tokens) { run in
        // "LLMs" tells of "large language models" again.
        let long = run.count == 1 ? defined.longForms[document.tokens[run.lowerBound].word] : nil
        // "language models" of "large language models"
        if long == nil,
          terms.contains(where: { $0.lowerBound <= run.lowerBound && run.upperBound <= $0.upperBound })
        {
          return
        }
        for term in terms where run.lowerBound <= term.lowerBound && term.upperBound <= run.upperBound {
          inside.insert(term.lowerBound)
        }
        guard let number = note(long ?? run, sentence: index, reading) else { return }
        if let last, last.run.lowerBound == run.lowerBound { items[last.number].twice += 1 }
        last = (number, run)
      }
      for term in terms where !inside.contains(term.lowerBound) { _ = note(term, sentence: index, reading) }
    }
    for part in NestedTerms.shared(keys, numbers, items, finder) where items.count < Self.most {
      numbers[part.key] = items.count
      keys.append(part.key)
      items.append(Item(firstSentence: part.sentence, first: part.run))
      noteSurface(items.count - 1, document, part.run, opens: false)
    }
    for (number, count) in NestedTerms.counts(keys, numbers, items) {
      items[number].nested = count - items[number].twice
    }
  }

  /// Enters a run of words; the number of its term, or nil where there are too many.
  private mutating func note(_ run: Range<Int>, sentence index: Int, _ reading: Reading) -> Int? {
    let document = reading.document
    let sentence = document.sentences[index]
    let key = document.tokens[run].map { Self.stem($0, reading) }
    let number = numbers[key] ?? items.count
    if number == items.count {
      guard items.count < Self.most else { return nil }
      numbers[key] = number
      keys.append(key)
      items.append(Item(firstSentence: index, first: run))
    }
    let isHeading = document.units[sentence.unit].kind == .heading
    let opens = run.lowerBound == sentence.tokens.lowerBound
    items[number].count += 1
    items[number].inHeading = items[number].inHeading || isHeading
    // What opens a sentence has a capital anyway.
    let isName = document.tokens[opens ? run.dropFirst() : run].contains {
      $0.form.contains(.capital) || $0.form.contains(.innerCapital)
    }
    if isName, !isHeading { items[number].names += 1 }
    noteSurface(number, document, run, opens: opens || isHeading)
    return number
  }

  private mutating func noteSurface(_ number: Int, _ document: Document, _ run: Range<Int>, opens: Bool) {
    let words = document.tokens[run].map(\.word)
    guard let place = items[number].surfaces.firstIndex(where: { $0.word == words }) else {
      if items[number].surfaces.count < 6 { items[number].surfaces.append((words, 1, run, opens)) }
      return
    }
    items[number].surfaces[place].count += 1
    let isShouted = !document.tokens[items[number].surfaces[place].range].contains {
      $0.form.contains(.small)
    }
    if isShouted, document.tokens[run].contains(where: { $0.form.contains(.small) }) {
      // "SAN FRANCISCO (AP)": the text writes it otherwise elsewhere.
      items[number].surfaces[place].range = run
    }
    if items[number].surfaces[place].opens, !opens {
      items[number].surfaces[place].opens = false
      items[number].surfaces[place].range = run
    }
  }

  /// Words without a stem of their own (numbers, single letters) are told apart by their number as words.
  static func stem(_ token: Token, _ reading: Reading) -> Int32 {
    let stem = reading.terms.stemOfWord[Int(token.word)]
    return stem >= 0 ? stem : -2 - token.word
  }
}
