/// Finds where sentences end inside one paragraph.
///
/// A point ends a sentence where white space follows it, what comes next begins like a sentence, and the word
/// before it is no abbreviation, initial, ordinal or number of a list. Ideographic full stops need no space.
/// What stands in brackets or quotation marks is not split.
struct SentenceSplitter {
  /// Longest stretch of brackets or quotation marks that is kept whole, in bytes.
  private static let longestQuotation = 480

  let bytes: UnsafeBufferPointer<UInt8>
  let profile: LanguageProfile
  private var quotationEnd = 0
  private var unclosedUntil: [UInt32: Int] = [:]

  init(_ bytes: UnsafeBufferPointer<UInt8>, profile: LanguageProfile) {
    self.bytes = bytes
    self.profile = profile
  }

  /// The sentences of a paragraph, without the white space around them.
  mutating func split(_ range: Range<Int>, into sentences: inout [Range<Int>]) {
    var start = skipSpace(range.lowerBound, range.upperBound)
    var index = start
    quotationEnd = 0
    unclosedUntil.removeAll(keepingCapacity: true)
    while index < range.upperBound {
      let (value, length) = Scalars.decode(bytes, at: index)
      if let closer = Self.closer(of: value) {
        open(closer, from: index + length, to: range.upperBound)
        index += length
        continue
      }
      guard let end = sentenceEnd(value, at: index, length, start: start, limit: range.upperBound) else {
        index += length
        continue
      }
      sentences.append(start..<end)
      start = skipSpace(end, range.upperBound)
      index = start
    }
    if start < range.upperBound { sentences.append(start..<trimmed(start, range.upperBound)) }
  }

  private func sentenceEnd(_ value: UInt32, at index: Int, _ length: Int, start: Int, limit: Int) -> Int? {
    switch value {
    case 0x2E, 0x21, 0x3F, 0x2026, 0x964, 0x6D4, 0x61F, 0x589: break
    case 0x3002, 0xFF01, 0xFF1F, 0xFF61: return ideographicEnd(after: index + length, limit: limit)
    default: return nil
    }
    var end = index + length
    var isEllipsis = value == 0x2026
    while end < limit {
      let (next, nextLength) = Scalars.decode(bytes, at: end)
      guard [0x2E, 0x21, 0x3F, 0x2026].contains(next) else { break }
      isEllipsis = isEllipsis || value == 0x2E && next == 0x2E
      end += nextLength
    }
    let terminatorEnd = end
    end = skipClosers(end, limit)
    // References such as "[12]" or a superscript digit may stand after the point; they do not matter here.
    guard end < limit else { return nil }
    guard Scalars.classify(Scalars.decode(bytes, at: end).value) == .space else { return nil }
    if terminatorEnd <= quotationEnd, end <= quotationEnd { return nil }
    let next = skipSpace(end, limit)
    guard next < limit, beginsSentence(next, limit) else { return nil }
    if value == 0x2E, !isEllipsis, terminatorEnd == index + 1, end == terminatorEnd {
      if isAbbreviation(before: index, start: start, next: next, limit: limit) { return nil }
    }
    return end
  }

  private func ideographicEnd(after index: Int, limit: Int) -> Int? {
    var end = index
    while end < limit {
      let (next, length) = Scalars.decode(bytes, at: end)
      guard [0x3002, 0xFF01, 0xFF1F, 0x21, 0x3F].contains(next) else { break }
      end += length
    }
    let afterTerminator = end
    end = skipClosers(end, limit)
    guard end < limit else { return nil }
    if end <= quotationEnd { return nil }
    // 「…。」と言った: the sentence goes on after the quotation.
    if end > afterTerminator, Scalars.classify(Scalars.decode(bytes, at: end).value) == .ideograph {
      return nil
    }
    return end
  }

  private func beginsSentence(_ index: Int, _ limit: Int) -> Bool {
    var at = index
    for _ in 0..<3 {
      guard at < limit else { return false }
      let (value, length) = Scalars.decode(bytes, at: at)
      switch Scalars.classify(value) {
      case .letter: return !Self.isLower(value)
      case .digit, .ideograph: return true
      case .space: return false
      case .other:
        // Opening marks and dashes may stand before the first letter; ",;:" never begins a sentence.
        if [0x2C, 0x3B, 0x3A, 0x29, 0x5D, 0x7D, 0x3D, 0x3E, 0x2F].contains(value) { return false }
        at += length
      }
    }
    return true
  }

  private func isAbbreviation(before point: Int, start: Int, next: Int, limit: Int) -> Bool {
    var from = point
    while from > start, point - from < 24, !Self.endsWord(bytes[from - 1]) { from -= 1 }
    guard from < point else { return false }
    var word: [UInt8] = []
    var isNumber = true
    var letters = 0
    var at = from
    while at < point {
      let (value, length) = Scalars.decode(bytes, at: at)
      if Scalars.classify(value) != .digit { isNumber = false }
      if value != 0x2E { letters += 1 }
      Scalars.append(Scalars.lower(value), to: &word)
      at += length
    }
    if isNumber {
      // "1. Introduction" at the start; "am 3. Oktober" in languages that write ordinals so.
      if from == start, point - from <= 3 { return true }
      let hasOrdinals = ["de", "da", "no", "fi", "cs", "sk", "hu", "pl", "tr", "et", "sr", "hr"].contains(
        profile.code)
      return hasOrdinals && point - from <= 2 && !startsWithStopWord(next, limit)
    }
    let text = String(decoding: word, as: UTF8.self)
    if Abbreviations.leading.contains(text) {
      return
        !(["no", "max", "min", "mm", "me", "art", "ex", "es", "in", "p", "d", "n", "m"].contains(text)
        && startsWithStopWord(next, limit))
    }
    if Abbreviations.trailing.contains(text) { return !startsWithStopWord(next, limit) }
    // Initials: "J. R. Smith", "z. B.".
    if letters == 1 { return !startsWithStopWord(next, limit) || text == "i" }
    // "U.S.", "e.V."
    return word.contains(0x2E) && word.count <= 7 && !startsWithStopWord(next, limit)
  }

  private func startsWithStopWord(_ index: Int, _ limit: Int) -> Bool {
    var word: [UInt8] = []
    var at = index
    while at < limit, word.count < 20 {
      let (value, length) = Scalars.decode(bytes, at: at)
      guard Scalars.classify(value) == .letter else { break }
      Scalars.append(Scalars.lower(value), to: &word)
      at += length
    }
    return profile.stopWords.contains(String(decoding: word, as: UTF8.self))
  }

  private mutating func open(_ closer: UInt32, from: Int, to limit: Int) {
    guard from > quotationEnd, from >= unclosedUntil[closer, default: 0] else { return }
    let end = min(limit, from + Self.longestQuotation)
    var at = from
    while at < end {
      let (value, length) = Scalars.decode(bytes, at: at)
      if value == closer {
        quotationEnd = at
        return
      }
      at += length
    }
    unclosedUntil[closer] = end
  }

  private func skipSpace(_ index: Int, _ limit: Int) -> Int {
    var at = index
    while at < limit {
      let (value, length) = Scalars.decode(bytes, at: at)
      guard Scalars.classify(value) == .space else { break }
      at += length
    }
    return min(at, limit)
  }

  private func trimmed(_ start: Int, _ end: Int) -> Int {
    var at = end
    while at > start {
      var from = at - 1
      while from > start, bytes[from] & 0xC0 == 0x80 { from -= 1 }
      guard Scalars.classify(Scalars.decode(bytes, at: from).value) == .space else { break }
      at = from
    }
    return at
  }

  private func skipClosers(_ index: Int, _ limit: Int) -> Int {
    var at = index
    while at < limit {
      let (value, length) = Scalars.decode(bytes, at: at)
      switch value {
      case 0x22, 0x27, 0x29, 0x5D, 0x7D, 0xBB, 0xAB, 0x2019, 0x201D, 0x201C, 0x203A, 0x300B, 0x300D, 0x300F,
        0x3011, 0xFF09:
        at += length
      default: return at
      }
    }
    return at
  }

  private static func closer(of value: UInt32) -> UInt32? {
    switch value {
    case 0x22: return 0x22
    case 0x28: return 0x29
    case 0x5B: return 0x5D
    case 0x201C: return 0x201D
    case 0x201E: return 0x201C
    case 0xAB: return 0xBB
    case 0x300C: return 0x300D
    case 0x300E: return 0x300F
    case 0xFF08: return 0xFF09
    default: return nil
    }
  }

  private static func endsWord(_ byte: UInt8) -> Bool {
    byte <= 0x20 || byte == 0x28 || byte == 0x5B || byte == 0x22 || byte == 0x2F || byte == 0x2C
      || byte == 0x3B
  }

  /// Whether a scalar is a small letter of a script that has capitals.
  static func isLower(_ value: UInt32) -> Bool {
    switch value {
    case 0x61...0x7A: return true
    case 0xDF...0xFF: return value != 0xF7
    case 0x100...0x24F, 0x370...0x3FF, 0x400...0x52F, 0x1E00...0x1EFF: return !Scalars.isUpper(value)
    default: return false
    }
  }
}
