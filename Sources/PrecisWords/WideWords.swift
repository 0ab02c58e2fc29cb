/// A word of any script on its way, as texts are compared by them: every letter and digit counts.
struct TextWord {
  private var state = WordHash.seed
  private(set) var isEmpty = true

  /// A letter or digit, folded.
  mutating func add(_ code: UInt32) {
    state = WordHash.mixed(state, code)
    isEmpty = false
  }

  mutating func end(_ found: (UInt64) -> Void) {
    guard !isEmpty else { return }
    found(state)
    self = TextWord()
  }

  /// A character beyond ASCII.
  mutating func take(_ code: UInt32, _ found: (UInt64) -> Void) {
    switch code {
    case 0x3041...0x30FA, 0x30FC...0x30FF, 0x3400...0x9FFF, 0xF900...0xFAFF, 0x20000...0x3FFFF:
      end(found)
      add(code)
      end(found)
    case 0xC0...0xD6, 0xD8...0xDE, 0x391...0x3A9, 0x410...0x42F: add(code + 0x20)
    case 0x400...0x40F: add(code + 0x50)
    case 0x100...0x137, 0x14A...0x177, 0x460...0x52F: add(code | 1)
    case 0xDF...0xF6, 0xF8...0xFF, 0x138...0x149, 0x178...0x2FF, 0x370...0x52F: add(code)
    case 0xAA, 0xB5, 0xBA: add(code)
    case 0x80...0xBF, 0xD7, 0xF7, 0x300...0x36F, 0x2000...0x2BFF, 0x3000...0x3040, 0x30FB, 0xFE00...0xFE6F:
      end(found)
    default: if Self.isLetterOrDigit(code) { add(code) } else { end(found) }
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
}

/// A word of any script on its way, as texts are looked for by them.
struct LookupWord {
  /// Of the word so far, and of it without its last letter.
  private var state = WordHash.seed
  private var stateBefore = WordHash.seed
  private var length = 0
  private var last: UInt32 = 0
  private var secondLast: UInt32 = 0
  private var hasLetter = false
  private var lastIdeograph: UInt32 = 0

  /// Whether the next character begins anew, whatever came before.
  var isEmpty: Bool { length == 0 && lastIdeograph == 0 }

  /// A letter or digit, folded.
  mutating func add(_ code: UInt32) {
    lastIdeograph = 0
    stateBefore = state
    state = WordHash.mixed(state, code)
    secondLast = last
    last = code
    length += 1
    hasLetter = hasLetter || code > 0x39
  }

  mutating func end(_ found: (_ word: UInt32, _ singular: UInt32) -> Void) {
    if length >= 3, length <= 40, hasLetter {
      let isPlural = length > 4 && last == 0x73 && secondLast != 0x73
      found(WordHash.short(state), WordHash.short(isPlural ? stateBefore : state))
    }
    self = LookupWord()
  }

  /// A character beyond ASCII.
  mutating func take(_ code: UInt32, _ found: (_ word: UInt32, _ singular: UInt32) -> Void) {
    switch code {
    case 0xDF...0xF6, 0xF8...0xFF, 0x3AC...0x3CE, 0x430...0x45F: add(code)
    case 0xC0...0xD6, 0xD8...0xDE, 0x391...0x3A9, 0x410...0x42F: add(code + 0x20)
    case 0x400...0x40F: add(code + 0x50)
    case 0x100...0x17F: add(code | 1)
    case 0x3041...0x30FF, 0x3400...0x9FFF, 0xAC00...0xD7A3:
      let before = lastIdeograph
      end(found)
      // Hiragana are endings and particles, and part the words.
      guard code >= 0x30A0 else { return }
      if before != 0 {
        let pair = WordHash.short([before, code])
        found(pair, pair)
      }
      lastIdeograph = code
    case 0x590...0x1FFF: add(code)
    default: end(found)
    }
  }
}
