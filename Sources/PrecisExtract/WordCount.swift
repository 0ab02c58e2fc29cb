/// Counts words as readers do, without a dictionary.
enum WordCount {
  /// Runs of letters and digits; each ideograph or kana is a word of its own.
  static func words(in text: String) -> Int {
    var count = 0
    var isInWord = false
    for scalar in text.unicodeScalars {
      let code = scalar.value
      if code < 0x80 {
        let isWord = 0x30...0x39 ~= code || 0x41...0x5A ~= code || 0x61...0x7A ~= code
        // An apostrophe or a hyphen inside a word does not end it.
        if isWord {
          if !isInWord { count += 1 }
          isInWord = true
        } else if code != 0x27, code != 0x2D {
          isInWord = false
        }
      } else if 0x3040...0x30FF ~= code || 0x3400...0x9FFF ~= code || 0xF900...0xFAFF ~= code
        || 0x20000...0x3FFFF ~= code
      {
        count += 1
        isInWord = false
      } else if 0x2000...0x206F ~= code, code != 0x2019, code != 0x2010, code != 0x2011 {
        isInWord = false
      } else if 0x3000...0x303F ~= code || 0xFF00...0xFF0F ~= code || code == 0xA0 || 0xAB == code
        || 0xBB == code
      {
        isInWord = false
      } else {
        if !isInWord { count += 1 }
        isInWord = true
      }
    }
    return count
  }
}
