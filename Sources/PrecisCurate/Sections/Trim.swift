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
    for index in sentence.tokens.dropFirst() {
      let token = document.tokens[index]
      let before = document.tokens[index - 1]
      let count = document.wordCount(sentence.tokens.lowerBound..<index)
      if count > bounds.upperBound { break }
      guard count >= bounds.lowerBound, isBoundary(document, before, token) else { continue }
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
      let isDash = byte == 0xE2 && next == 0x80 && index + 2 < range.upperBound
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

  private static func isBoundary(_ document: Document, _ before: Token, _ token: Token) -> Bool {
    let gap = document.bytes[Int(before.end)..<Int(token.start)]
    guard let first = gap.first else { return false }
    if first == 0x3B { return true }
    // A spaced dash opens a remark; a second one would close it, and then the rest belongs to the main clause.
    guard first == 0x2C, gap.count == 2 else { return false }
    return clauseOpeners.contains(document.vocabulary.words[Int(token.word)])
  }

  private static let clauseOpeners: Set<String> = [
    "which", "while", "whereas", "although", "though", "but", "because", "where", "since", "wobei", "während",
    "obwohl", "weil", "aber", "sondern", "da", "tandis", "bien", "mais", "car", "aunque", "mientras", "pero", "porque",
    "embora", "enquanto", "porém", "mas", "sebbene", "mentre", "ma", "perché", "terwijl", "hoewel", "maar", "omdat",
    "хотя", "но", "потому",
  ]

  private static let connectives: Set<String> = [
    "however", "therefore", "thus", "hence", "moreover", "furthermore", "additionally", "also", "besides", "finally",
    "nevertheless", "nonetheless", "consequently", "accordingly", "similarly", "likewise", "meanwhile", "overall",
    "in conclusion", "in summary", "to summarize", "to sum up", "in short", "in brief", "ultimately", "in fact",
    "indeed", "of course", "in addition", "as a result", "for example", "for instance", "in other words",
    "on the other hand", "at the same time", "still", "instead", "second", "third", "first", "lastly", "next", "then",
    "bottom line", "unfortunately", "fortunately", "surprisingly", "interestingly", "importantly", "notably",
    "allerdings", "dennoch", "außerdem", "zusammenfassend", "kurz gesagt", "cependant", "toutefois", "en effet",
    "en résumé", "en conclusion", "de plus", "sin embargo", "además", "en resumen", "en conclusión", "por lo tanto",
    "no entanto", "além disso", "em resumo", "portanto", "tuttavia", "inoltre", "in sintesi", "echter", "bovendien",
    "kortom", "однако", "кроме того", "таким образом", "наконец",
  ]
}
