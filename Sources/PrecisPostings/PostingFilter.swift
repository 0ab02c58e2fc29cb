/// Tells of most keys that a segment does not have that it has them not, by one look at one line of the processor's cache.
///
/// A Bloom filter in blocks (Putze, Sanders and Singler 2007) of eight words of 64 bits: a key sets four bits in each of
/// two words of its block. At twelve bits a key about one absent key in a hundred and seventy is taken for present, and most of
/// the others are turned away by the first word.
package struct PostingFilter {
  package private(set) var words: [UInt64]
  private static let bitsPerKey = 12
  static let blockWords = 8

  /// The words for so many keys: whole blocks.
  package static func size(keys: Int) -> Int {
    let bits = blockWords * 64
    return max(1, (keys * bitsPerKey + bits - 1) / bits) * blockWords
  }

  /// An empty filter of this many words, as ``size(keys:)`` gives them.
  package init(words: Int) { self.words = [UInt64](repeating: 0, count: words) }

  package mutating func insert(_ key: UInt32) {
    words.withUnsafeMutableBufferPointer { words in
      guard let base = words.baseAddress else { return }
      Self.insert(key, into: base, count: words.count)
    }
  }

  /// Inserts a key into a filter of so many words; gives the first word of its block.
  @inline(__always)
  @discardableResult
  static func insert(_ key: UInt32, into words: UnsafeMutablePointer<UInt64>, count: Int) -> Int {
    let probe = Probe(key, words: count)
    words[probe.first] |= probe.firstBits
    words[probe.second] |= probe.secondBits
    return probe.first & ~(blockWords - 1)
  }

  /// False where the key was not inserted, for all but a few keys.
  package func mayHave(_ key: UInt32) -> Bool {
    Self.mayHave(key, words: words.count) { words[$0] }
  }

  /// False where the key was not inserted into a filter whose words `word` gives, for all but a few keys.
  @inline(__always)
  static func mayHave(_ key: UInt32, words: Int, _ word: (Int) -> UInt64) -> Bool {
    let probe = Probe(key, words: words)
    guard word(probe.first) & probe.firstBits == probe.firstBits else { return false }
    return word(probe.second) & probe.secondBits == probe.secondBits
  }

  /// Where a key's bits are. Keys in ascending order stand in ascending blocks; all else comes from products, for the key's
  /// own bits chose the block.
  private struct Probe {
    let first: Int
    let second: Int
    let firstBits: UInt64
    let secondBits: UInt64

    @inline(__always)
    init(_ key: UInt32, words: Int) {
      let blocks = UInt64(truncatingIfNeeded: words / blockWords)
      let block = Int(truncatingIfNeeded: (UInt64(key) &* blocks) >> 32) * blockWords
      let mixed = UInt64(key) &* 0x9E37_79B9_7F4A_7C15
      let more = (mixed ^ mixed >> 32) &* 0xC2B2_AE3D_27D4_EB4F
      let place = Int(truncatingIfNeeded: more >> 61)
      first = block + place
      // Another word than the first: one to seven further on.
      second = block + (place + 1 + Int(truncatingIfNeeded: (more >> 58 & 7) * 7 >> 3)) % blockWords
      firstBits = Self.bits(mixed)
      secondBits = Self.bits(more << 6)
    }

    /// Four bits of a word.
    @inline(__always)
    private static func bits(_ mixed: UInt64) -> UInt64 {
      1 << (mixed >> 58) | 1 << (mixed >> 52 & 63) | 1 << (mixed >> 46 & 63) | 1 << (mixed >> 40 & 63)
    }
  }
}
