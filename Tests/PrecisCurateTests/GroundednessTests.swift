import PrecisCurate
import PrecisModel
import Testing

/// Numbers that are the same on every run.
private struct Dice {
  var state: UInt64

  mutating func roll(_ sides: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int(truncatingIfNeeded: state >> 33) % sides
  }
}

/// Texts put together from what real and hostile ones hold, in no sensible order.
private func mixture(seed: Int) -> String {
  let pieces = [
    "The queue holds work until a worker asks for it", "However, the index was rebuilt",
    "You should measure it first",
    "Never retry without a limit", "We use a table of rows", "In conclusion, the cache must be small",
    "Die Stadt hat, z. B. im März, neue Regeln beschlossen", "Cet article décrit la méthode",
    "数据库的索引决定了查询的速度，必须测量",
    "索引は必ず測定すること", "Очередь хранит работу", "𝒜stral 𝔴ords 🎉 stand here", "e\u{301}tude a\u{300} la carte",
    "か\u{3099}きく", "\u{202E}back", "a\u{A0}no-break space", "thin\u{2009}space",
    "https://github.com/example/code",
    "arXiv:1706.03762", "“Quoted words,” she said", "(an aside", "Use code SAVE20",
    "ﬁne ligature and ① signs", "half-width ｶﾞｶﾞ",
    "Subscribe to our newsletter", "- item of a list", "1. first step", "# heading", "\u{0}", "\u{FFFD}",
    "Ünïcödé wörds",
  ]
  let ends = [". ", "! ", "? ", ".\n", "\n\n", "\n", " ", "。", ", ", "; ", " — ", "… ", ": "]
  var dice = Dice(state: UInt64(seed) &+ 1)
  var text = ""
  for _ in 0..<(20 + dice.roll(240)) { text += pieces[dice.roll(pieces.count)] + ends[dice.roll(ends.count)] }
  return text
}

private func check(_ result: Curated, of text: String) {
  let bytes = Array(text.utf8)
  for (key, provenance) in result.provenance {
    for quote in provenance.quotes {
      let end = quote.offset + quote.text.utf8.count
      #expect(quote.offset >= 0 && end <= bytes.count, "\(key)")
      guard end <= bytes.count else { continue }
      #expect(Array(quote.text.utf8) == Array(bytes[quote.offset..<end]), "\(key) at \(quote.offset)")
    }
  }
  func quotes(_ key: String) -> [String] { (result.provenance[key]?.quotes ?? []).map { folded($0.text) } }
  #expect((result.summary ?? "") == quotes("summary").joined(separator: " "))
  #expect((result.keyTakeaway ?? "") == quotes("key_takeaway").joined(separator: " "))
  #expect((result.method ?? "") == quotes("method").joined(separator: " "))
  #expect(result.keyInsights == quotes("key_insights"))
  #expect(result.principles == quotes("principles"))
  #expect(result.inPractice == quotes("in_practice"))
}

@Test("whatever the text is, what is curated stands in it where the provenance says", arguments: 0..<200)
func mixtures(seed: Int) {
  let text = mixture(seed: seed)
  let result = Curator().curate(CuratorInput(title: "Queues and indexes", text: text))
  check(result, of: text)
  #expect(result == Curator().curate(CuratorInput(title: "Queues and indexes", text: text)))
}

@Test("the fixtures are quoted where the provenance says")
func fixtures() {
  for (_, text) in Fixtures.all + Fixtures.hostile { check(curated(text), of: text) }
}

@Test("a text that says nothing yields no section")
func nothingToSay() {
  for text in ["", " \n\t\n ", "......", "🎉🎉🎉", "\u{0}\u{0}\u{0}", "12 34 56 78", "((((((((", "— — —"] {
    let result = curated(text)
    #expect(result.summary == nil && result.keyTakeaway == nil && result.method == nil)
    #expect(result.keyInsights.isEmpty && result.principles.isEmpty && result.inPractice.isEmpty)
    #expect(result.bestFor.isEmpty && result.fields.isEmpty && result.depth == nil)
  }
}

@Test(
  "the cost of a text grows with its length and no faster",
  arguments: [
    "word ", "A b. ", "字", "索引は必ず測定。", "a, b; c: ", "The queue, which holds work, waits. ", "([{“„« ",
  ])
func linear(piece: String) {
  let text = String(repeating: piece, count: (1 << 20) / piece.utf8.count)
  let clock = ContinuousClock()
  let small = clock.measure { _ = curated(String(text.unicodeScalars.prefix(text.unicodeScalars.count / 8))) }
  let large = clock.measure { _ = curated(text) }
  // Eight times the text; what is beyond the limits costs nothing, and a shared machine may take its share.
  #expect(large < .seconds(20) && large < small * 40 + .seconds(2))
}
