/// How alike two texts are, by the runs of four words that they share.
enum TextLikeness {
  /// Words of a text that are looked at.
  private static let wordLimit = 3000

  /// The share of the shorter text's word runs that the longer one has, too: 0 to 1; 0 where either has none.
  ///
  /// 1 also for a text and its beginning.
  static func containment(_ left: String, _ right: String) -> Double {
    let (a, b) = (runs(left), runs(right))
    guard let less = [a.count, b.count].min(), less > 0 else { return 0 }
    return Double(a.intersection(b).count) / Double(less)
  }

  /// Like ``containment(_:_:)``, but of the longer text: 1 only for texts that say the same.
  static func resemblance(_ left: String, _ right: String) -> Double {
    let (a, b) = (runs(left), runs(right))
    guard !a.isEmpty, !b.isEmpty else { return 0 }
    let common = a.intersection(b).count
    return Double(common) / Double(max(a.count, b.count))
  }

  /// Hashes of all runs of four words (of all words together, where there are fewer).
  private static func runs(_ text: String) -> Set<UInt64> {
    var words: [UInt64] = []
    var hash: UInt64 = 0
    let seed: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in text.utf8 {
      let isLetter = byte >= 0x80 || 0x61...0x7A ~= byte || 0x41...0x5A ~= byte || 0x30...0x39 ~= byte
      if isLetter {
        let folded = 0x41...0x5A ~= byte ? byte | 0x20 : byte
        hash = ((hash == 0 ? seed : hash) ^ UInt64(folded)) &* 0x100_0000_01B3
      } else if hash != 0 {
        words.append(hash)
        hash = 0
        if words.count >= wordLimit { break }
      }
    }
    if hash != 0, words.count < wordLimit { words.append(hash) }
    guard words.count >= 4 else {
      return words.isEmpty ? [] : [words.reduce(7) { ($0 &* 31) ^ $1 }]
    }
    var out = Set<UInt64>(minimumCapacity: words.count)
    for index in 0...(words.count - 4) {
      var run = words[index]
      for next in words[(index + 1)..<(index + 4)] { run = (run &* 0x9E37_79B9_7F4A_7C15) ^ next }
      out.insert(run)
    }
    return out
  }
}
