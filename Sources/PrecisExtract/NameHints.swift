/// What the words of an element's class and id say about it.
struct NameHints: OptionSet {
  let rawValue: UInt16

  /// Never part of an article: sharing, advertising, subscription, navigation.
  static let boilerplate = NameHints(rawValue: 1)
  /// Links to other articles.
  static let related = NameHints(rawValue: 2)
  /// Readers' comments.
  static let comments = NameHints(rawValue: 4)
  /// Names the body of an article.
  static let body = NameHints(rawValue: 8)
  /// Names an article, its body included.
  static let article = NameHints(rawValue: 16)
  /// Not shown.
  static let hidden = NameHints(rawValue: 32)
  /// Author, date, section, tags.
  static let byline = NameHints(rawValue: 64)
  /// What is seen instead of the text by those who have not paid.
  static let paywall = NameHints(rawValue: 128)
  /// Cookie and consent notices, and other things that lie over the page.
  static let consent = NameHints(rawValue: 256)
  /// The text under a picture.
  static let caption = NameHints(rawValue: 512)
  /// Often, but not always, around the content: read as boilerplate only where little text is in it.
  static let doubtful = NameHints(rawValue: 1024)
  /// A gallery, a player or an embedded post.
  static let media = NameHints(rawValue: 2048)

  /// The hints of class and id values, read word by word and by pairs of words.
  ///
  /// Words end at anything but letters and digits and where a capital follows a small letter.
  init(words bytes: ArraySlice<UInt8>) {
    var found = NameHints()
    var previous = Self.seed
    var current = Self.seed
    var length = 0
    var lastWasLower = false
    func finish() {
      guard length > 0 else { return }
      if let hint = Self.table[current] { found.formUnion(hint) }
      if previous != Self.seed, let hint = Self.table[pairHash] { found.formUnion(hint) }
      previous = current
      current = Self.seed
      length = 0
    }
    var pairHash = Self.seed
    for byte in bytes {
      let isUpper = 0x41...0x5A ~= byte
      let isLetter = isUpper || 0x61...0x7A ~= byte
      let isDigit = 0x30...0x39 ~= byte
      if !isLetter && !isDigit || isUpper && lastWasLower {
        finish()
        pairHash = previous
        if byte == 0x20 { previous = Self.seed }
      }
      lastWasLower = isLetter && !isUpper || isDigit
      guard isLetter || isDigit else { continue }
      let folded = isUpper ? byte | 0x20 : byte
      current = (current ^ UInt64(folded)) &* Self.prime
      pairHash = (pairHash ^ UInt64(folded)) &* Self.prime
      length += 1
    }
    finish()
    self = found
  }

  init(rawValue: UInt16) { self.rawValue = rawValue }

  private static let seed: UInt64 = 0xCBF2_9CE4_8422_2325
  private static let prime: UInt64 = 0x100_0000_01B3

  private static func hash(_ word: Substring) -> UInt64 {
    word.utf8.reduce(seed) { ($0 ^ UInt64($1)) &* prime }
  }

  private static let table: [UInt64: NameHints] = {
    var table: [UInt64: NameHints] = [:]
    for (hint, words) in NameHints.vocabulary {
      for word in words.split(whereSeparator: { $0 == " " || $0 == "\n" }) {
        table[hash(word), default: []].formUnion(hint)
      }
    }
    return table
  }()
}
