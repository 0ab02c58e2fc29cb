/// Texts of many scripts, marks and frame lines, made by a fixed rule: for what must stay the same from version to version.
public enum MixedText {
  private static let ranges: [ClosedRange<UInt32>] = [
    0x61...0x7A, 0x61...0x7A, 0x41...0x5A, 0x30...0x39, 0x21...0x2F, 0xA1...0xFF, 0x100...0x17F,
    0x180...0x24F,
    0x300...0x36F, 0x370...0x3FF, 0x400...0x52F, 0x430...0x44F, 0x5D0...0x5EA, 0x620...0x64A, 0x905...0x939,
    0x1E00...0x1EFF, 0x2010...0x203A, 0x3041...0x3096, 0x30A0...0x30FF, 0x4E00...0x4FFF, 0xAC00...0xACFF,
    0xFF01...0xFF5E, 0x1F600...0x1F64F, 0x20000...0x200FF,
  ]
  private static let lines = [
    "\n", "\n\n", "\nBy Staff | Jan 3\n", "\nRead more\n", "\nExample Wire — Feb 14\n",
    "\nAll rights reserved.\n",
    " […] Continue reading", "\nMore", ". ", "\nShare this article with those who read it\n",
  ]

  /// So many texts, each of one to four hundred words.
  public static func texts(_ count: Int) -> [String] {
    var random = SeededNumbers(seed: 20_260_101)
    return (0..<count).map { at in
      let scripts = at % 3 == 0 ? 3 : at % 3 == 1 ? 8 : ranges.count
      let words = at % 8 == 0 ? 400 : 1 + random.next(120)
      var text = ""
      for _ in 0..<words {
        let range = ranges[random.next(scripts)]
        for _ in 0...random.next(9) {
          let own = random.next(8) == 0 ? ranges[random.next(scripts)] : range
          let code = own.lowerBound + UInt32(random.next(Int(own.upperBound - own.lowerBound) + 1))
          if let scalar = Unicode.Scalar(code) { text.unicodeScalars.append(scalar) }
        }
        text += random.next(12) == 0 ? lines[random.next(lines.count)] : " "
      }
      return text + (at % 5 == 0 ? "end… Continue reading" : "the end.")
    }
  }
}

/// Numbers by a fixed rule (xorshift).
private struct SeededNumbers {
  private var state: UInt64
  init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

  mutating func next(_ below: Int) -> Int {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return Int(state >> 33) % below
  }
}
