/// Tells of most keys that a segment does not have that it has them not, by one look at one word.
///
/// A Bloom filter in blocks of 64 bits (Putze, Sanders and Singler 2007): a key sets four bits of one word. At sixteen
/// bits a key about one absent key in two hundred is taken for present.
package struct PostingFilter {
  package private(set) var words: [UInt64]
  private static let bitsPerKey = 16

  /// The words for so many keys.
  package static func size(keys: Int) -> Int { max(1, (keys * bitsPerKey + 63) / 64) }

  /// An empty filter of this many words.
  package init(words: Int) { self.words = [UInt64](repeating: 0, count: max(1, words)) }

  package mutating func insert(_ key: UInt32) {
    words[Self.word(of: key, in: words.count)] |= Self.bits(of: key)
  }

  /// False where the key was not inserted, for all but a few keys.
  package func mayHave(_ key: UInt32) -> Bool {
    words[Self.word(of: key, in: words.count)] & Self.bits(of: key) == Self.bits(of: key)
  }

  /// Keys in ascending order stand in ascending words.
  @inline(__always)
  static func word(of key: UInt32, in count: Int) -> Int {
    Int(truncatingIfNeeded: (UInt64(key) &* UInt64(truncatingIfNeeded: count)) >> 32)
  }

  /// The bits of a key in its word: from a product, for the key's own bits chose the word.
  @inline(__always)
  static func bits(of key: UInt32) -> UInt64 {
    let mixed = UInt64(key) &* 0x9E37_79B9_7F4A_7C15
    return 1 << (mixed >> 58) | 1 << (mixed >> 52 & 63) | 1 << (mixed >> 46 & 63) | 1 << (mixed >> 40 & 63)
  }
}
