/// Shortens a sentence to a part of it that is still a sentence, or a directive: what is left stands in the text
/// as it is, without a gap.
enum Trim {
  /// The bytes of a sentence without what only ties it to its place: a dateline ("BERLIN (AP) — "), the label of a
  /// speaker in an interview ("A: "), an opening connective ("However, ") where what follows has its capital.
  static func opening(_ document: Document, _ sentence: Document.Sentence) -> (start: Int, token: Int) {
    var token = sentence.tokens.lowerBound
    if let next = afterDateline(document, sentence) ?? afterLabel(document, sentence) { token = next }
    if let found = afterConnective(document, from: token, to: sentence.tokens.upperBound),
      document.tokens[found.next].form.contains(.capital)
    {
      token = found.next
    }
    let start = token == sentence.tokens.lowerBound ? sentence.start : Int(document.tokens[token].start)
    return (start, token)
  }

  /// Whether a connective that ties it to the sentence before opens the words from a token on.
  static func opensWithConnective(_ document: Document, from first: Int, to end: Int) -> Bool {
    afterConnective(document, from: first, to: end)?.ties == true
  }

  /// The first word after a connective and its comma or colon; nil where there is none.
  private static func afterConnective(
    _ document: Document, from first: Int, to end: Int
  ) -> (next: Int, ties: Bool)? {
    var opening = ""
    for index in first..<max(first, min(first + 4, end - 1)) {
      let token = document.tokens[index]
      opening += (opening.isEmpty ? "" : " ") + document.vocabulary.words[Int(token.word)]
      let next = document.tokens[index + 1]
      guard next.start - token.end == 2 else { continue }
      let mark = document.bytes[Int(token.end)]
      guard mark == 0x2C || mark == 0x3A else { continue }
      if tying.contains(opening) { return (index + 1, true) }
      return framing.contains(opening) ? (index + 1, false) : nil
    }
    return nil
  }

  /// "MADRID — Rafael", "Dekalb, Ill. — Mike", "LONDON (Reuters) - A": the word after the dash.
  private static func afterDateline(_ document: Document, _ sentence: Document.Sentence) -> Int? {
    let bytes = document.bytes
    for index in sentence.tokens.dropFirst().prefix(7) {
      let token = document.tokens[index]
      let before = document.tokens[index - 1]
      guard before.end < token.start else { return nil }
      let gap = bytes[Int(before.end)..<Int(token.start)]
      // "Hong Kong (CNN Business)A muddled view": the bracket alone parts them.
      if gap.elementsEqual([0x29]), token.form.contains(.capital) { return index }
      let isDash = gap.contains(0x2D) && gap.count >= 3 && gap.first != 0x2D || gap.contains(0xE2)
      if isDash {
        // A no-break space ends in A0.
        guard gap.last == 0x20 || gap.last == 0xA0, token.form.contains(.capital) else { return nil }
        let place = document.tokens[sentence.tokens.lowerBound..<index]
        let isShout = place.first?.form.isSuperset(of: [.capital, .innerCapital]) == true
        let hasMark = gap.contains(0x29) || gap.contains(0x2E)
        let isNames = place.allSatisfy { $0.form.contains(.capital) || $0.form.contains(.number) }
        return isNames && (isShout && place.first?.form.contains(.small) == false || hasMark) ? index : nil
      }
      guard token.form.contains(.capital) || token.form.contains(.number) else { return nil }
    }
    return nil
  }

  /// "A: Being president": the word after one capital and a colon.
  private static func afterLabel(_ document: Document, _ sentence: Document.Sentence) -> Int? {
    guard sentence.tokens.count > 4 else { return nil }
    let label = document.tokens[sentence.tokens.lowerBound]
    let next = document.tokens[sentence.tokens.lowerBound + 1]
    guard label.end - label.start == 1, label.form.contains(.capital), next.form.contains(.capital),
      next.start - label.end == 2, document.bytes[Int(label.end)] == 0x3A
    else { return nil }
    return sentence.tokens.lowerBound + 1
  }

  /// The longest opening part of a sentence that ends before a clause that can go, of so many words.
  static func beforeClause(
    _ document: Document, _ sentence: Document.Sentence, words bounds: ClosedRange<Int>
  ) -> Range<Int>? {
    var best: Range<Int>?
    var commas = 0
    // "While training, the model …": the main clause comes after a comma, which then is no place to end.
    let opening = document.vocabulary.words[Int(document.tokens[sentence.tokens.lowerBound].word)]
    let needed = subordinateOpenings.contains(opening) || opening.hasSuffix("ing") ? 1 : 0
    for index in sentence.tokens.dropFirst() {
      let token = document.tokens[index]
      let before = document.tokens[index - 1]
      let count = document.wordCount(sentence.tokens.lowerBound..<index)
      if count > bounds.upperBound { break }
      let next = index + 1 < sentence.tokens.upperBound ? document.tokens[index + 1] : nil
      let isBoundary = isBoundary(document, before, token, next: next)
      let isEnough = commas >= needed
      if Int(before.end) < document.bytes.count, document.bytes[Int(before.end)] == 0x2C { commas += 1 }
      guard count >= bounds.lowerBound, isBoundary, isEnough else { continue }
      let range = sentence.start..<Int(before.end)
      let isBalanced = document.bytes.withUnsafeBufferPointer {
        SentenceShape(UnsafeBufferPointer(rebasing: $0[range])).isBalanced
      }
      if isBalanced { best = range }
    }
    return best
  }

  /// The part of an item before its first colon, dash, full stop, semicolon or bracket.
  static func lead(_ document: Document, _ range: Range<Int>) -> Range<Int>? {
    let bytes = document.bytes
    var index = range.lowerBound
    while index < range.upperBound {
      let byte = bytes[index]
      let next = index + 1 < range.upperBound ? bytes[index + 1] : 0x20
      let isStop = (byte == 0x3A || byte == 0x3B || byte == 0x2E) && next <= 0x20
      let isDash =
        byte == 0xE2 && next == 0x80 && index + 2 < range.upperBound
        && (bytes[index + 2] == 0x93 || bytes[index + 2] == 0x94)
      let isHyphen = byte == 0x2D && next == 0x20 && index > range.lowerBound && bytes[index - 1] == 0x20
      if isStop || isDash || isHyphen || byte == 0x28 {
        var end = index
        while end > range.lowerBound, bytes[end - 1] <= 0x20 { end -= 1 }
        return end > range.lowerBound ? range.lowerBound..<end : nil
      }
      index += 1
    }
    return nil
  }

  private static func isBoundary(
    _ document: Document, _ before: Token, _ token: Token, next: Token?
  ) -> Bool {
    // Pairs of ideographs overlap: nothing stands between them.
    guard before.end < token.start else { return false }
    let gap = document.bytes[Int(before.end)..<Int(token.start)]
    guard let first = gap.first else { return false }
    if first == 0x3B { return true }
    let word = document.vocabulary.words[Int(token.word)]
    if gap.count == 2, first == 0x2C {
      return clauseOpeners.contains(word)
        || word.hasSuffix("ing") && word.utf8.count > 5 && !opensList(document, token)
    }
    guard gap.count == 1, first == 0x20 else { return false }
    if conjunctions.contains(document.vocabulary.words[Int(before.word)]) { return false }
    if word == "by", let next {
      let verb = document.vocabulary.words[Int(next.word)]
      return verb.hasSuffix("ing") && verb.utf8.count > 5
    }
    return adjunctOpeners.contains(word)
  }

  /// "…, training, and testing": an enumeration, not a participle clause.
  private static func opensList(_ document: Document, _ token: Token) -> Bool {
    Int(token.end) < document.bytes.count && document.bytes[Int(token.end)] != 0x20
  }

  private static let conjunctions: WordSet = [
    "and", "or", "but", "nor", "und", "oder", "aber", "et", "ou", "y", "o", "e", "en", "of", "и", "или",
  ]

  private static let clauseOpeners: WordSet = [
    "which", "such", "including", "e.g", "i.e", "especially", "particularly", "without", "using", "thus",
    "thereby", "so", "compared", "as", "with", "even", "rather", "who", "whose", "while", "whereas",
    "although", "though", "but", "because", "where", "since", "wobei", "während", "obwohl", "weil",
    "aber", "sondern", "da", "tandis", "bien", "mais", "car", "aunque", "mientras", "pero", "porque",
    "embora", "enquanto", "porém", "mas", "sebbene", "mentre", "ma", "perché", "terwijl", "hoewel",
    "maar", "omdat", "хотя", "но", "потому",
  ]

  /// They open an adjunct without a comma before them.
  private static let adjunctOpeners: WordSet = [
    "using", "via", "while", "whereas", "because", "although", "whenever", "weil", "während",
    "porque", "mientras", "pendant", "perché", "mentre", "omdat", "terwijl",
  ]

  private static let subordinateOpenings: WordSet = [
    "when", "while", "although", "though", "as", "in", "by", "for", "with", "to", "if", "since",
    "despite", "given", "unlike", "because", "after", "before", "from", "on", "at", "under", "through",
    "during", "motivated", "inspired", "based", "compared", "without", "once", "until", "whether",
    "even", "instead", "rather", "besides", "beyond", "wenn", "während", "obwohl", "weil", "nachdem",
    "bevor", "mit", "bei", "nach", "um", "quand", "si", "lorsque", "bien", "pour", "avec", "dans",
    "après", "avant", "cuando", "aunque", "para", "con", "en", "después", "quando", "se", "embora",
    "com", "em", "após", "sebbene", "per", "dopo", "als", "hoewel", "om", "met", "когда", "если", "хотя",
    "для", "при", "после",
  ]

  /// They can go where a capital follows; the sentence stands with them as well.
  private static let framing: WordSet = [
    "overall", "in conclusion", "in summary", "to summarize", "to sum up", "in short", "in brief",
    "ultimately", "finally", "in fact", "indeed", "of course", "bottom line", "unfortunately",
    "fortunately", "surprisingly", "interestingly", "importantly", "notably", "more importantly",
    "most importantly", "most significantly", "now", "in the end", "to be clear", "to be fair", "as usual",
    "by the way", "first",
    "zusammenfassend", "kurz gesagt", "en effet", "en résumé", "en conclusion", "enfin", "en resumen",
    "en conclusión", "em resumo", "por fim", "in sintesi", "infine", "kortom", "таким образом", "наконец",
  ]

  /// They tie a sentence to the one before it.
  private static let tying: WordSet = [
    "however", "therefore", "thus", "hence", "moreover", "furthermore", "additionally", "also", "besides",
    "what's more",
    "nevertheless", "nonetheless", "consequently", "accordingly", "similarly", "likewise", "meanwhile",
    "in addition", "as a result", "for example", "for instance", "in other words", "on the other hand",
    "on the one hand", "at the same time", "still", "instead", "second", "third", "secondly", "thirdly",
    "lastly", "next", "then", "yet", "so", "but", "and", "specifically", "in particular", "in contrast",
    "by contrast", "that said", "as such", "to this end", "for this reason", "in this way", "after that",
    "afterwards", "alternatively", "conversely", "subsequently", "otherwise", "well", "anyway", "again",
    "on top of that", "rather", "allerdings", "dennoch", "außerdem", "zudem", "daher", "deshalb",
    "zum beispiel", "darüber hinaus", "cependant", "toutefois", "de plus", "par exemple", "ainsi",
    "sin embargo", "además", "por lo tanto", "por ejemplo", "en cambio", "no entanto", "além disso",
    "portanto", "por exemplo", "tuttavia", "inoltre", "per esempio", "echter", "bovendien", "bijvoorbeeld",
    "daarnaast", "однако", "кроме того", "например", "кстати", "итак",
  ]
}
