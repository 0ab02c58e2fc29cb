/// Shortens a sentence to a part of it that is still a sentence, or a directive: what is left stands in the text
/// as it is, without a gap.
enum Trim {
  /// The bytes of a sentence without an opening connective ("However, ") where what follows has its capital.
  static func withoutConnective(_ document: Document, _ sentence: Document.Sentence) -> Range<Int> {
    let whole = sentence.start..<sentence.end
    guard sentence.tokens.count > 3 else { return whole }
    let limit = min(sentence.tokens.lowerBound + 4, sentence.tokens.upperBound - 1)
    var opening = ""
    for index in sentence.tokens.lowerBound..<limit {
      let token = document.tokens[index]
      opening += (opening.isEmpty ? "" : " ") + document.vocabulary.words[Int(token.word)]
      let next = document.tokens[index + 1]
      guard next.start - token.end == 2, document.bytes[Int(token.end)] == 0x2C else { continue }
      return connectives.contains(opening) && next.form.contains(.capital)
        ? Int(next.start)..<sentence.end : whole
    }
    return whole
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

  private static let clauseOpeners: Set<String> = [
    "which", "such", "including", "e.g", "i.e", "especially", "particularly", "without", "using", "thus",
    "thereby", "so", "compared", "as", "with", "even", "rather", "who", "whose", "while", "whereas",
    "although", "though", "but", "because", "where", "since", "wobei", "während", "obwohl", "weil",
    "aber", "sondern", "da", "tandis", "bien", "mais", "car", "aunque", "mientras", "pero", "porque",
    "embora", "enquanto", "porém", "mas", "sebbene", "mentre", "ma", "perché", "terwijl", "hoewel",
    "maar", "omdat", "хотя", "но", "потому",
  ]

  /// They open an adjunct without a comma before them.
  private static let adjunctOpeners: Set<String> = [
    "using", "via", "while", "whereas", "because", "although", "without", "whenever", "weil", "während",
    "porque", "mientras", "pendant", "perché", "mentre", "omdat", "terwijl",
  ]

  private static let subordinateOpenings: Set<String> = [
    "when", "while", "although", "though", "as", "in", "by", "for", "with", "to", "if", "since",
    "despite", "given", "unlike", "because", "after", "before", "from", "on", "at", "under", "through",
    "during", "motivated", "inspired", "based", "compared", "without", "once", "until", "whether",
    "even", "instead", "rather", "besides", "beyond", "wenn", "während", "obwohl", "weil", "nachdem",
    "bevor", "mit", "bei", "nach", "um", "quand", "si", "lorsque", "bien", "pour", "avec", "dans",
    "après", "avant", "cuando", "aunque", "para", "con", "en", "después", "quando", "se", "embora",
    "com", "em", "após", "sebbene", "per", "dopo", "als", "hoewel", "om", "met", "когда", "если", "хотя",
    "для", "при", "после",
  ]

  private static let connectives: Set<String> = [
    "however", "therefore", "thus", "hence", "moreover", "furthermore", "additionally", "also",
    "besides", "finally", "nevertheless", "nonetheless", "consequently", "accordingly", "similarly",
    "likewise", "meanwhile", "overall", "in conclusion", "in summary", "to summarize", "to sum up",
    "in short", "in brief", "ultimately", "in fact", "indeed", "of course", "in addition", "as a result",
    "for example", "for instance", "in other words", "on the other hand", "at the same time", "still",
    "instead", "second", "third", "first", "lastly", "next", "then", "bottom line", "unfortunately",
    "fortunately", "surprisingly", "interestingly", "importantly", "notably", "allerdings", "dennoch",
    "außerdem", "zusammenfassend", "kurz gesagt", "cependant", "toutefois", "en effet", "en résumé",
    "en conclusion", "de plus", "sin embargo", "además", "en resumen", "en conclusión", "por lo tanto",
    "no entanto", "além disso", "em resumo", "portanto", "tuttavia", "inoltre", "in sintesi", "echter",
    "bovendien", "kortom", "однако", "кроме того", "таким образом", "наконец",
  ]
}
