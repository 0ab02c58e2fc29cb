/// A word of a text.
struct Token {
  /// Its first byte.
  var start: Int32
  /// The byte after its last.
  var end: Int32
  /// Its lower-case form, as a number of the ``Vocabulary``.
  var word: Int32
  /// How it is written.
  var form: Form

  /// How a word is written.
  struct Form: OptionSet {
    let rawValue: UInt8
    /// Its first letter is a capital.
    static let capital = Form(rawValue: 1)
    /// It has a capital after its first letter.
    static let innerCapital = Form(rawValue: 2)
    /// It has a small letter.
    static let small = Form(rawValue: 4)
    /// It has a digit.
    static let digit = Form(rawValue: 8)
    /// It has no letter.
    static let number = Form(rawValue: 16)
    /// A pair of Han or kana.
    static let ideographs = Form(rawValue: 32)
    /// Nothing but a hyphen, an apostrophe or a slash stands before it.
    static let glued = Form(rawValue: 64)
  }
}

/// The distinct words of one text, numbered in the order in which they come.
struct Vocabulary {
  /// The words in lower case.
  private(set) var words: [String] = []
  /// How often each comes.
  private(set) var counts: [Int32] = []
  /// The hash of each, by which a ``WordTable`` finds it.
  private(set) var hashes: [UInt64] = []
  private var slots: [Int32]
  private var mask: Int

  init() {
    slots = [Int32](repeating: 0, count: 2048)
    mask = 2047
  }

  /// The number of a word, given by its UTF-8 bytes.
  mutating func number(of bytes: UnsafeBufferPointer<UInt8>) -> Int32 {
    let hash = Self.hash(bytes)
    var slot = Int(truncatingIfNeeded: hash) & mask
    while slots[slot] != 0 {
      let number = Int(slots[slot]) - 1
      if hashes[number] == hash {
        counts[number] &+= 1
        return Int32(number)
      }
      slot = (slot + 1) & mask
    }
    slots[slot] = Int32(words.count + 1)
    words.append(String(decoding: bytes, as: UTF8.self))
    hashes.append(hash)
    counts.append(1)
    if words.count * 2 > slots.count { grow() }
    return Int32(words.count - 1)
  }

  /// FNV-1a; two words with one hash would be taken for one, which harms nothing.
  @inline(__always)
  static func hash(_ bytes: some Sequence<UInt8>) -> UInt64 {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    hash ^= hash >> 29
    return hash == 0 ? 1 : hash
  }

  /// The hash of a word in lower case.
  static func hash(_ word: String) -> UInt64 { hash(word.utf8) }

  private mutating func grow() {
    mask = slots.count * 2 - 1
    slots = [Int32](repeating: 0, count: mask + 1)
    for (number, hash) in hashes.enumerated() {
      var slot = Int(truncatingIfNeeded: hash) & mask
      while slots[slot] != 0 { slot = (slot + 1) & mask }
      slots[slot] = Int32(number + 1)
    }
  }
}
