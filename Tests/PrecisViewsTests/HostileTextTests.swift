import PrecisModel
import PrecisViews
import Testing

/// What no random text may do, over many of them; the seed is fixed.
@Suite struct HostileTextTests {
  private struct Generator: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state ^ state >> 29
    }
  }

  /// Escape introducers and their parameters, controls, direction marks, marks that combine, wide characters, words.
  private static let alphabet: [Unicode.Scalar] =
    [
      "\u{1B}", "\u{9B}", "\u{9D}", "\u{9C}", "\u{90}", "[", "]", "P", "\\", ";", "m", "0", "3", "1", "\u{7}",
      "\u{0}",
      "\n", "\r", "\t", "\u{202E}", "\u{2066}", "\u{200B}", "\u{FEFF}", "\u{301}", "\u{200D}", "\u{FE0F}",
      "日", "👩",
      "é", "a", " ", "\"", "<", "&", "=", ",", "\u{FFFF}", "\u{E0041}", "\u{10FFFF}",
    ]

  private static func texts(_ count: Int) -> [String] {
    var generator = Generator(state: 42)
    return (0..<count).map { _ in
      var text = String.UnicodeScalarView()
      for _ in 0..<Int.random(in: 0...40, using: &generator) {
        text.append(alphabet[Int.random(in: 0..<alphabet.count, using: &generator)])
      }
      return String(text)
    }
  }

  @Test("cleaned text has no control, no direction override, no double space, and is stable")
  func clean() {
    for text in Self.texts(20_000) {
      let clean = TerminalText.clean(text)
      let isSafe = clean.unicodeScalars.allSatisfy {
        $0.value >= 0x20 && !(0x7F...0x9F ~= $0.value) && !(0x202A...0x202E ~= $0.value)
          && !(0x2066...0x2069 ~= $0.value)
      }
      let isFolded = !clean.contains("  ") && clean.first != " " && clean.last != " "
      #expect(isSafe && isFolded && TerminalText.clean(clean) == clean, "\(text.debugDescription)")
    }
  }

  @Test("a text that is fitted takes exactly its columns")
  func fit() {
    for (index, text) in Self.texts(5_000).enumerated() {
      let columns = index % 30
      let fitted = TerminalText.fit(TerminalText.clean(text), columns: columns)
      #expect(TerminalText.width(fitted) == columns, "\(text.debugDescription)")
    }
  }

  @Test("a CSV of any texts has the same number of fields in every record")
  func csv() throws {
    let articles = Self.texts(500).map { text in
      var article = Sample.article(title: text)
      article.summary = text
      article.topics = [text, text]
      return article
    }
    let csv = try Sample.written { try Export.csv(Export.source(articles), to: $0) }
    #expect(Self.records(csv).allSatisfy { $0 == 35 })
    #expect(Self.records(csv).count == 501)
  }

  /// The fields of each record, counted as RFC 4180 says.
  private static func records(_ csv: String) -> [Int] {
    var counts: [Int] = []
    var fields = 1
    var isQuoted = false
    var last: UInt8 = 0
    for byte in csv.utf8 {
      if byte == 0x22 { isQuoted.toggle() }
      if byte == 0x2C, !isQuoted { fields += 1 }
      if byte == 0x0A, last == 0x0D, !isQuoted {
        counts.append(fields)
        fields = 1
      }
      last = byte
    }
    return counts
  }
}
