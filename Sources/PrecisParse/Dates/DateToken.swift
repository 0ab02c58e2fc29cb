/// A piece of a date: a number, a word, or a sign.
enum DateToken: Equatable {
  /// Its value, and how many digits it has.
  case number(Int, digits: Int)
  /// Letters of any script, in lower case.
  case word(String)
  /// Anything else but white space; `isAdjacent` tells whether nothing stands between it and the token before.
  case sign(UInt8, isAdjacent: Bool)

  private static let maxCount = 40

  /// The tokens of a text; nil where there are too many, or a number too long for a date.
  static func split(_ text: String) -> [DateToken]? {
    var tokens: [DateToken] = []
    var word = ""
    var value = 0
    var digits = 0
    var hasGap = true
    func flush() {
      if digits > 0 { tokens.append(.number(value, digits: digits)) }
      if !word.isEmpty { tokens.append(.word(word.lowercased())) }
      word = ""
      value = 0
      digits = 0
    }
    for scalar in text.unicodeScalars {
      if scalar.value <= 0x20 || scalar.value == 0xA0 || scalar.value == 0x3000
        || 0x2000...0x200F ~= scalar.value
      {
        flush()
        hasGap = true
        continue
      }
      switch scalar.value {
      case 0x30...0x39:
        if digits == 0 { flush() }
        value = value * 10 + Int(scalar.value - 0x30)
        digits += 1
        guard digits <= 17 else { return nil }
      case 0..<0x80 where !scalar.properties.isAlphabetic:
        flush()
        tokens.append(.sign(UInt8(scalar.value), isAdjacent: !hasGap))
      default:
        if digits > 0 { flush() }
        // Minus signs and dashes that editors put in.
        if scalar.value == 0x2212 || scalar.value == 0x2013 {
          flush()
          tokens.append(.sign(0x2D, isAdjacent: !hasGap))
        } else {
          word.unicodeScalars.append(scalar)
        }
      }
      hasGap = false
      guard tokens.count < maxCount else { return nil }
    }
    flush()
    return tokens
  }

  var number: Int? {
    guard case .number(let value, _) = self else { return nil }
    return value
  }

  var digits: Int {
    guard case .number(_, let digits) = self else { return 0 }
    return digits
  }

  var word: String? {
    guard case .word(let word) = self else { return nil }
    return word
  }

  /// The ASCII character of a sign; 0 for anything else.
  var sign: UInt8 {
    guard case .sign(let byte, _) = self else { return 0 }
    return byte
  }
}
