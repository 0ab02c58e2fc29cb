/// Which sentences may be shown to a reader on their own.
struct Candidates {
  /// For every sentence whether it is prose of the article: what is counted and ranked.
  let isProse: [Bool]
  /// For every sentence whether it can stand in a summary as it is.
  let isQuotable: [Bool]
  /// For every sentence whether it is somebody's words, or an aside.
  let isQuoted: [Bool]

  init(_ document: Document, _ boilerplate: Boilerplate) {
    var isProse = [Bool](repeating: false, count: document.sentences.count)
    var isQuotable = isProse
    var isQuoted = isProse
    let isStop = document.profile.stopWords.flags(document.vocabulary)
    for (index, sentence) in document.sentences.enumerated() where !boilerplate.sentences[index] {
      let unit = document.units[sentence.unit]
      guard unit.kind != .heading, unit.kind != .code else { continue }
      isProse[index] = true
      isQuotable[index] = Self.isQuotable(document, sentence, in: unit, isStop)
      isQuoted[index] = unit.kind == .quotation || Self.isQuoted(document, sentence)
    }
    self.isProse = isProse
    self.isQuotable = isQuotable
    self.isQuoted = isQuoted
  }

  /// Whether a sentence is whole: it begins and ends like one, its marks are balanced, and it is no list of names.
  private static func isQuotable(
    _ document: Document, _ sentence: Document.Sentence, in unit: Document.Unit, _ isStop: [Bool]
  ) -> Bool {
    guard sentence.end - sentence.start <= 1200, !sentence.tokens.isEmpty else { return false }
    let words = document.wordCount(sentence.tokens)
    guard words >= 5, words <= 60 else { return false }
    return document.bytes.withUnsafeBufferPointer { bytes in
      let shape = SentenceShape(UnsafeBufferPointer(rebasing: bytes[sentence.start..<sentence.end]))
      return shape.isWhole && !isNames(document, sentence) && hasGrammar(document, sentence, isStop)
    }
  }

  /// Whether enough of its words are those that hold a sentence together; rows of a table have none.
  private static func hasGrammar(
    _ document: Document, _ sentence: Document.Sentence, _ isStop: [Bool]
  ) -> Bool {
    guard !document.profile.stopWords.isEmpty, !["zh", "ja"].contains(document.profile.code) else {
      return true
    }
    var stops = 0
    for token in document.tokens[sentence.tokens] where isStop[Int(token.word)] { stops += 1 }
    // German, Dutch and Russian say with endings and compounds what others say with small words.
    let share = ["de", "nl", "ru"].contains(document.profile.code) ? 9 : 6
    return stops * share >= sentence.tokens.count
  }

  /// Whether a sentence opens with a mark of quotation, or is an aside in brackets.
  private static func isQuoted(_ document: Document, _ sentence: Document.Sentence) -> Bool {
    let bytes = document.bytes[sentence.start..<sentence.end]
    guard bytes.count > 6 else { return false }
    let first = Array(bytes.prefix(3))
    return first[0] == 0x22 || first[0] == 0x28 || first == [0xE2, 0x80, 0x9C] || first == [0xE2, 0x80, 0x9E]
      || first.prefix(2) == [0xC2, 0xAB] || first == [0xE3, 0x80, 0x8C]
  }

  /// Mostly capitals or numbers: a row of names, a caption, a table.
  private static func isNames(_ document: Document, _ sentence: Document.Sentence) -> Bool {
    var capitals = 0
    var numbers = 0
    for token in document.tokens[sentence.tokens] {
      if token.form.contains(.capital) { capitals += 1 }
      if token.form.contains(.number) { numbers += 1 }
    }
    let count = sentence.tokens.count
    // German writes nouns with capitals: the share must be high to tell.
    return capitals * 10 > count * 7 || numbers * 3 > count
  }
}

/// How a sentence begins, ends and balances.
struct SentenceShape {
  private(set) var begins = false
  private(set) var ends = false
  private(set) var isBalanced = true
  private(set) var isClean = true

  var isWhole: Bool { begins && ends && isBalanced && isClean }

  init(_ bytes: UnsafeBufferPointer<UInt8>) {
    var depth = 0
    var straight = 0
    var curly = 0
    var signs = 0
    var last: UInt32 = 0
    var index = 0
    while index < bytes.count {
      let (value, length) = Scalars.decode(bytes, at: index)
      switch value {
      case 0..<0x20 where value != 0x09 && value != 0x0A && value != 0x0D, 0x7F, 0xFFFD: isClean = false
      case 0x28, 0x5B, 0xFF08, 0x300C, 0x300E: depth += 1
      case 0x29, 0x5D, 0xFF09, 0x300D, 0x300F:
        depth -= 1
        if depth < 0 { isBalanced = false }
      case 0x22: straight += 1
      case 0x201C, 0x201E, 0xAB: curly += 1
      // “ opens in English and closes in German; » likewise: pairs are counted, not directions.
      case 0x201D, 0xBB: curly += 1
      case 0x7B, 0x7D, 0x3C, 0x3E, 0x5C, 0x7C, 0x3D, 0x5F, 0x23, 0x40: signs += 1
      default: break
      }
      if Scalars.classify(value) != .space, !Self.isCloser(value) { last = value }
      index += length
    }
    if depth != 0 || straight % 2 != 0 || curly % 2 != 0 { isBalanced = false }
    if signs > 4 || signs * 30 > bytes.count { isClean = false }
    ends = [0x2E, 0x21, 0x3F, 0x2026, 0x3002, 0xFF01, 0xFF1F, 0xFF61, 0x964, 0x6D4, 0x61F, 0x589].contains(
      last)
    begins = Self.begins(bytes)
  }

  private static func begins(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard bytes.count > 1 else { return false }
    let (value, length) = Scalars.decode(bytes, at: 0)
    switch Scalars.classify(value) {
    case .letter: return !SentenceSplitter.isLower(value)
    case .digit, .ideograph: return true
    case .other:
      guard [0x22, 0x201C, 0x201E, 0xAB, 0xBB, 0x28, 0xBF, 0xA1, 0x300C, 0x300E, 0x2018].contains(value)
      else {
        return false
      }
      let next = Scalars.decode(bytes, at: length).value
      return Scalars.classify(next) != .other && !SentenceSplitter.isLower(next)
    case .space: return false
    }
  }

  private static func isCloser(_ value: UInt32) -> Bool {
    [0x22, 0x27, 0x29, 0x5D, 0xBB, 0xAB, 0x2019, 0x201D, 0x201C, 0x300D, 0x300F, 0xFF09].contains(value)
  }
}
