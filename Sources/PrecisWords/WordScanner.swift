/// Cuts UTF-8 into words. Most are of ASCII, which both kinds of words fold alike: those are hashed once.
struct WordScanner {
  private let words: UnsafeMutableBufferPointer<UInt64>
  private let lookups: UnsafeMutableBufferPointer<TextWords.Lookup>
  private(set) var wordCount = 0
  private(set) var lookupCount = 0
  private var bytesBefore = 0

  /// A scanner that writes to these.
  init(
    words: UnsafeMutableBufferPointer<UInt64>, lookups: UnsafeMutableBufferPointer<TextWords.Lookup>
  ) {
    self.words = words
    self.lookups = lookups
  }

  /// What an ASCII letter or digit is folded to; 0 for what parts words, `wide` for the bytes of other characters.
  private static let folded: [UInt8] = (0..<256).map { byte in
    switch byte {
    case 0x30...0x39, 0x61...0x7A: UInt8(byte)
    case 0x41...0x5A: UInt8(byte | 0x20)
    case 0x80...0xFF: wide
    default: 0
    }
  }
  private static let wide: UInt8 = 0x80

  /// Takes in a part of the text that ends where a word does.
  mutating func scan(_ utf8: UnsafeBufferPointer<UInt8>, isText: Bool) {
    let isLookedFor = min(max(0, TextWords.lookupBytes - bytesBefore), utf8.count)
    bytesBefore += utf8.count
    Self.folded.withUnsafeBufferPointer { folded in
      scan(utf8, to: isText ? utf8.count : isLookedFor, isText: isText, lookupEnd: isLookedFor, folded)
    }
  }

  private mutating func scan(
    _ utf8: UnsafeBufferPointer<UInt8>, to end: Int, isText: Bool, lookupEnd: Int,
    _ folded: UnsafeBufferPointer<UInt8>
  ) {
    guard let bytes = utf8.baseAddress, let folded = folded.baseAddress else { return }
    let utf8 = UnsafeBufferPointer(start: bytes, count: end)
    // Up to the last that parts words, so that within a word nobody need look for the end.
    var parted = end
    while parted > 0, folded[Int(bytes[parted - 1])] != 0 { parted -= 1 }
    var at = 0
    while at < parted {
      var code = folded[Int(bytes[at])]
      guard code != 0 else {
        at &+= 1
        continue
      }
      let first = at
      var state = WordHash.seed
      var before = state
      var letters: UInt8 = 0
      // One comparison for what parts words and for what is not ASCII.
      while code &- 1 < Self.wide &- 1 {
        before = state
        state = WordHash.mixed(state, UInt32(code))
        letters |= code
        at &+= 1
        code = folded[Int(bytes[at])]
      }
      guard code == 0 else {
        at = scanWide(utf8, from: first, isText: isText, lookupEnd)
        continue
      }
      if isText { add(state) }
      // Of letters and digits, letters alone have this bit.
      let length = at &- first
      if 3...40 ~= length, letters & 0x40 != 0, at <= lookupEnd {
        let isPlural =
          length > 4 && folded[Int(bytes[at &- 1])] == 0x73 && folded[Int(bytes[at &- 2])] != 0x73
        addLookup(WordHash.short(state), singular: WordHash.short(isPlural ? before : state))
      }
    }
    while at < end { at = scanWide(utf8, from: at, isText: isText, lookupEnd) }
  }

  /// A run that has other characters than ASCII, up to where both kinds of words have ended; gives where that is.
  @inline(never)
  private mutating func scanWide(
    _ utf8: UnsafeBufferPointer<UInt8>, from start: Int, isText: Bool, _ lookupEnd: Int
  ) -> Int {
    var word = TextWord()
    var lookup = LookupWord()
    var at = start
    var hasWide = false
    while at < utf8.count {
      let byte = utf8[at]
      var code = UInt32(byte)
      if byte < 0x80 {
        code = UInt32(Self.folded[Int(byte)])
        if code == 0 { break }
        at += 1
        word.add(code)
        lookup.add(code)
        continue
      }
      hasWide = true
      let length = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : 2
      // Cut off within a character.
      guard at + length <= utf8.count else {
        at = utf8.count
        break
      }
      code &= length == 2 ? 0x1F : length == 3 ? 0x0F : 0x07
      for next in 1..<length { code = code << 6 | UInt32(utf8[at + next] & 0x3F) }
      at += length
      word.take(code) { if isText { add($0) } }
      lookup.take(code) { if at <= lookupEnd { addLookup($0, singular: $1) } }
      if hasWide, word.isEmpty, lookup.isEmpty { return at }
    }
    word.end { if isText { add($0) } }
    lookup.end { if at <= lookupEnd { addLookup($0, singular: $1) } }
    return at
  }

  @inline(__always)
  private mutating func add(_ word: UInt64) {
    guard wordCount < words.count else { return }
    words[wordCount] = word
    wordCount += 1
  }

  @inline(__always)
  private mutating func addLookup(_ word: UInt32, singular: UInt32) {
    guard lookupCount < lookups.count else { return }
    lookups[lookupCount] = TextWords.Lookup(word: word, singular: singular)
    lookupCount += 1
  }
}
