/// The words of a text as 64-bit hashes: letter case, punctuation and white space do not matter.
///
/// A word is a run of letters and digits; an ideograph or kana is a word of its own. The folding is a table of our
/// own, so that a sketch is the same whatever Unicode version a machine has.
struct WordHashes {
  private(set) var hashes: [UInt64] = []
  private var current: UInt64 = WordHashes.seed
  private var isInWord = false

  private static let seed: UInt64 = 0x9E37_79B9_7F4A_7C15

  /// What an ASCII letter or digit is folded to; 0 for what parts words.
  private static let folded: [UInt8] = (0..<128).map { byte in
    switch byte {
    case 0x30...0x39, 0x61...0x7A: UInt8(byte)
    case 0x41...0x5A: UInt8(byte | 0x20)
    default: 0
    }
  }

  /// The words of UTF-8 bytes; malformed bytes are read as they come and never trap.
  init(_ utf8: UnsafeBufferPointer<UInt8>) {
    hashes.reserveCapacity(utf8.count / 5)
    Self.folded.withUnsafeBufferPointer { read(utf8, folded: $0) }
    endWord()
  }

  private mutating func read(_ utf8: UnsafeBufferPointer<UInt8>, folded: UnsafeBufferPointer<UInt8>) {
    var at = 0
    while at < utf8.count {
      let byte = utf8[at]
      if byte < 0x80 {
        at = ascii(utf8, from: at, folded: folded)
        continue
      }
      let length = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : 2
      guard at + length <= utf8.count else { break }
      var code = UInt32(byte) & (length == 2 ? 0x1F : length == 3 ? 0x0F : 0x07)
      for next in 1..<length { code = code << 6 | UInt32(utf8[at + next] & 0x3F) }
      at += length
      wide(code)
    }
  }

  /// A run of ASCII, which most text is; gives where it ends.
  @inline(__always)
  private mutating func ascii(
    _ utf8: UnsafeBufferPointer<UInt8>, from start: Int, folded: UnsafeBufferPointer<UInt8>
  ) -> Int {
    var at = start
    var state = current
    var isIn = isInWord
    while at < utf8.count, utf8[at] < 0x80 {
      let code = folded[Int(utf8[at])]
      if code != 0 {
        state = Self.mixed(state, UInt32(code))
        isIn = true
      } else if isIn {
        hashes.append(state)
        state = Self.seed
        isIn = false
      }
      at += 1
    }
    current = state
    isInWord = isIn
    return at
  }

  private mutating func wide(_ code: UInt32) {
    switch code {
    case 0x3041...0x30FA, 0x30FC...0x30FF, 0x3400...0x9FFF, 0xF900...0xFAFF, 0x20000...0x3FFFF:
      endWord()
      add(code)
      endWord()
    case 0xC0...0xD6, 0xD8...0xDE, 0x391...0x3A9, 0x410...0x42F: add(code + 0x20)
    case 0x400...0x40F: add(code + 0x50)
    case 0x100...0x137, 0x14A...0x177, 0x460...0x52F: add(code | 1)
    case 0xDF...0xF6, 0xF8...0xFF, 0x138...0x149, 0x178...0x2FF, 0x370...0x52F: add(code)
    case 0xAA, 0xB5, 0xBA: add(code)
    case 0x80...0xBF, 0xD7, 0xF7, 0x300...0x36F, 0x2000...0x2BFF, 0x3000...0x3040, 0x30FB, 0xFE00...0xFE6F:
      endWord()
    default: if Self.isLetterOrDigit(code) { add(code) } else { endWord() }
    }
  }

  private static func isLetterOrDigit(_ code: UInt32) -> Bool {
    guard let scalar = Unicode.Scalar(code) else { return false }
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber,
      .letterNumber, .otherNumber:
      return true
    default: return false
    }
  }

  private mutating func add(_ code: UInt32) {
    current = Self.mixed(current, code)
    isInWord = true
  }

  @inline(__always)
  private static func mixed(_ state: UInt64, _ code: UInt32) -> UInt64 {
    let mixed = (state ^ UInt64(code)) &* 0xBF58_476D_1CE4_E5B9
    return mixed ^ (mixed >> 29)
  }

  private mutating func endWord() {
    guard isInWord else { return }
    hashes.append(current)
    current = Self.seed
    isInWord = false
  }

  /// A well-mixed 32-bit hash of each run of `width` words; of the whole text where it is shorter.
  static func shingles(_ words: ArraySlice<UInt64>, width: Int) -> [UInt32] {
    guard !words.isEmpty else { return [] }
    let width = min(width, words.count)
    var out: [UInt32] = []
    out.reserveCapacity(words.count - width + 1)
    words.withUnsafeBufferPointer { words in
      for start in 0...(words.count - width) {
        var hash: UInt64 = seed
        for at in start..<(start + width) { hash = (hash &* 0x94D0_49BB_1331_11EB) &+ words[at] }
        hash ^= hash >> 31
        hash = hash &* 0xD6E8_FEB8_6659_FD93
        out.append(UInt32(truncatingIfNeeded: hash >> 32))
      }
    }
    return out
  }
}
