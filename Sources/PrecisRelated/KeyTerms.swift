/// The few terms that an article is found by: its topics, the words of its title, the most telling words of its text.
///
/// A term is a 32-bit hash. Words are folded to small letters and cut of plural endings; words of the commonest
/// function words are left out; ideographs and kana are taken in pairs.
enum KeyTerms {
  struct Term: Equatable {
    var hash: UInt32
    /// 1 to 255.
    var weight: UInt8
  }

  /// The most terms an article has.
  static let limit = 24
  private static let textBytes = 120_000
  private static let topicWeight = 200.0
  private static let topicWordWeight = 150.0
  private static let titleWeight = 180.0
  private static let textWeight = 110.0

  /// The terms of an article, the weightiest first.
  static func terms(title: String, topics: [String], text: String) -> [Term] {
    var weightiest = WeightiestTerms(limit: limit)
    for topic in topics {
      let words = words(of: topic)
      guard !words.isEmpty else { continue }
      let phrase = words.reduce(UInt64(0x51ED_270B)) { ($0 ^ UInt64($1)) &* 0xBF58_476D_1CE4_E5B9 }
      weightiest.add(UInt32(truncatingIfNeeded: phrase >> 32), topicWeight)
      for word in words { weightiest.add(word, topicWordWeight) }
    }
    for word in words(of: title) { weightiest.add(word, titleWeight) }
    let counts = counted(words(of: text))
    let most = Double(counts.reduce(1) { max($0, $1.count) })
    for (word, count) in counts where count > 1 || counts.count < 40 {
      weightiest.add(word, textWeight * (0.4 + 0.6 * Double(count) / most))
    }
    return weightiest.terms.map { Term(hash: $0.hash, weight: UInt8(min(255, max(1, $0.weight)))) }
  }

  /// How often each word comes; a table of our own, for this is most of the work.
  private static func counted(_ words: [UInt32]) -> [(word: UInt32, count: Int)] {
    let slots = 1 << (Int.bitWidth - max(words.count, 1).leadingZeroBitCount + 1)
    var places = [Int32](repeating: -1, count: slots)
    var counts: [(word: UInt32, count: Int)] = []
    for word in words {
      var slot = Int(word) & (slots - 1)
      while places[slot] >= 0, counts[Int(places[slot])].word != word { slot = (slot + 1) & (slots - 1) }
      if places[slot] < 0 {
        places[slot] = Int32(counts.count)
        counts.append((word, 1))
      } else {
        counts[Int(places[slot])].count += 1
      }
    }
    return counts
  }

  private static func words(of text: String) -> [UInt32] {
    var text = text
    return text.withUTF8 { bytes in
      var scanner = WordScanner()
      scanner.scan(UnsafeBufferPointer(rebasing: bytes.prefix(textBytes)))
      return scanner.words
    }
  }
}

/// The weightiest of the terms that were added, each once with its greatest weight; of equals the smaller hash first.
private struct WeightiestTerms {
  private let limit: Int
  private(set) var terms: [(hash: UInt32, weight: Double)] = []

  init(limit: Int) {
    self.limit = limit
    terms.reserveCapacity(limit + 1)
  }

  mutating func add(_ hash: UInt32, _ weight: Double) {
    func isBefore(_ other: (hash: UInt32, weight: Double)) -> Bool {
      weight != other.weight ? weight > other.weight : hash < other.hash
    }
    if terms.count == limit, let last = terms.last, !isBefore(last) { return }
    if let known = terms.firstIndex(where: { $0.hash == hash }) {
      guard weight > terms[known].weight else { return }
      terms.remove(at: known)
    }
    var place = terms.count
    while place > 0, isBefore(terms[place - 1]) { place -= 1 }
    terms.insert((hash, weight), at: place)
    if terms.count > limit { terms.removeLast() }
  }
}

/// Cuts UTF-8 into folded words, as hashes.
private struct WordScanner {
  private(set) var words: [UInt32] = []
  /// Of the word so far, and of it without its last letter.
  private var state = FunctionWords.seed
  private var stateBefore = FunctionWords.seed
  private var length = 0
  private var last: UInt32 = 0
  private var secondLast: UInt32 = 0
  private var hasLetter = false
  private var lastIdeograph: UInt32 = 0

  /// What an ASCII letter or digit is folded to; 0 for what parts words.
  private static let folded: [UInt8] = (0..<128).map { byte in
    switch byte {
    case 0x30...0x39, 0x61...0x7A: UInt8(byte)
    case 0x41...0x5A: UInt8(byte | 0x20)
    default: 0
    }
  }

  mutating func scan(_ bytes: UnsafeBufferPointer<UInt8>) {
    words.reserveCapacity(bytes.count / 8)
    Self.folded.withUnsafeBufferPointer { scan(bytes, folded: $0) }
    end()
  }

  private mutating func scan(_ bytes: UnsafeBufferPointer<UInt8>, folded: UnsafeBufferPointer<UInt8>) {
    var at = 0
    while at < bytes.count {
      let byte = bytes[at]
      if byte < 0x80 {
        at = ascii(bytes, from: at, folded: folded)
        continue
      }
      let length = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : 2
      guard at + length <= bytes.count else { break }
      var code = UInt32(byte) & (length == 2 ? 0x1F : length == 3 ? 0x0F : 0x07)
      for next in 1..<length { code = code << 6 | UInt32(bytes[at + next] & 0x3F) }
      at += length
      add(code)
    }
  }

  /// A run of ASCII, which most text is; gives where it ends. The state of a word is kept at hand.
  @inline(__always)
  private mutating func ascii(
    _ bytes: UnsafeBufferPointer<UInt8>, from start: Int, folded: UnsafeBufferPointer<UInt8>
  ) -> Int {
    lastIdeograph = 0
    var at = start
    // What began before goes on letter by letter.
    while at < bytes.count, bytes[at] < 0x80, length > 0 {
      let code = folded[Int(bytes[at])]
      if code != 0 { letter(UInt32(code)) } else { end() }
      at += 1
    }
    while at < bytes.count, bytes[at] < 0x80 {
      var code = folded[Int(bytes[at])]
      guard code != 0 else {
        at += 1
        continue
      }
      let first = at
      var now = FunctionWords.seed
      var before = now
      var letters: UInt8 = 0
      while code != 0 {
        before = now
        now = FunctionWords.mixed(now, UInt32(code))
        // Of ASCII, letters alone have this bit.
        letters |= code & 0x40
        at += 1
        guard at < bytes.count, bytes[at] < 0x80 else {
          code = 0
          break
        }
        code = folded[Int(bytes[at])]
      }
      state = now
      stateBefore = before
      length = at - first
      hasLetter = letters != 0
      last = UInt32(folded[Int(bytes[at - 1])])
      secondLast = length > 1 ? UInt32(folded[Int(bytes[at - 2])]) : 0
      // A word may go on in another script.
      if at < bytes.count, bytes[at] < 0x80 { end() }
    }
    return at
  }

  private mutating func add(_ code: UInt32) {
    switch code {
    case 0xDF...0xF6, 0xF8...0xFF, 0x3AC...0x3CE, 0x430...0x45F: letter(code)
    case 0xC0...0xD6, 0xD8...0xDE, 0x391...0x3A9, 0x410...0x42F: letter(code + 0x20)
    case 0x400...0x40F: letter(code + 0x50)
    case 0x100...0x17F: letter(code | 1)
    case 0x3041...0x30FF, 0x3400...0x9FFF, 0xAC00...0xD7A3:
      end()
      // Hiragana are endings and particles, and part the words.
      if lastIdeograph != 0, code >= 0x30A0 { words.append(FunctionWords.hash([lastIdeograph, code])) }
      lastIdeograph = code >= 0x30A0 ? code : 0
      return
    case 0x590...0x1FFF: letter(code)
    default: if length > 0 { end() }
    }
    lastIdeograph = 0
  }

  @inline(__always)
  private mutating func letter(_ code: UInt32) {
    stateBefore = state
    state = FunctionWords.mixed(state, code)
    secondLast = last
    last = code
    length += 1
    hasLetter = hasLetter || code > 0x39
  }

  private mutating func end() {
    if length >= 3, length <= 40, hasLetter {
      let hash = FunctionWords.finished(state)
      if !FunctionWords.contains(hash) {
        // A plural's s: "models" is found by "model".
        let isPlural = length > 4 && last == 0x73 && secondLast != 0x73
        words.append(isPlural ? FunctionWords.finished(stateBefore) : hash)
      }
    }
    state = FunctionWords.seed
    length = 0
    hasLetter = false
  }
}
