import PrecisWords

/// The runs of a few words that a text is made of.
enum WordRuns {
  private static let base: UInt64 = 0x94D0_49BB_1331_11EB

  /// A well-mixed 32-bit hash of each run of `width` words; of the whole text where it is shorter.
  ///
  /// The hash of a run comes from that of the one before: a polynomial in the words (Karp and Rabin 1987), then mixed.
  static func hashes(_ words: ArraySlice<UInt64>, width: Int) -> [UInt32] {
    guard !words.isEmpty else { return [] }
    let width = min(width, words.count)
    // What the seed adds to every run, and the weight of the word that leaves.
    var seed = WordHash.seed
    var leaving: UInt64 = 1
    for _ in 0..<width { seed = seed &* base }
    for _ in 1..<width { leaving = leaving &* base }
    return words.withUnsafeBufferPointer { words in
      [UInt32](unsafeUninitializedCapacity: words.count - width + 1) { out, count in
        var run: UInt64 = words[..<(width - 1)].reduce(0) { $0 &* base &+ $1 }
        count = words.count - width + 1
        for at in 0..<count {
          run = run &* base &+ words[at &+ width &- 1]
          var hash = run &+ seed
          hash ^= hash >> 31
          hash = hash &* 0xD6E8_FEB8_6659_FD93
          out[at] = UInt32(truncatingIfNeeded: hash >> 32)
          run = run &- words[at] &* leaving
        }
      }
    }
  }
}
