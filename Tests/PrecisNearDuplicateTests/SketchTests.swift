import PrecisModel
import PrecisNearDuplicate
import Testing

/// Texts made of a small vocabulary by a fixed rule: each seed another text, each length a prefix of the longer.
enum MadeText {
  private static let syllables = ["ka", "lo", "mi", "ren", "tu", "vos", "pel", "dar", "shi", "qua"]

  static func words(_ count: Int, seed: UInt64) -> String {
    var state = seed &* 0x9E37_79B9_7F4A_7C15 | 1
    func next() -> Int {
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      return Int(state >> 33)
    }
    return (0..<count).map { index in
      let word = syllables[next() % 10] + syllables[next() % 10] + syllables[next() % 10]
      return index % 12 == 11 ? word + "." : word
    }.joined(separator: " ")
  }
}

@Suite("Near-duplicate texts")
struct SketchTests {
  private func same(_ a: String, _ b: String) -> Bool {
    let (first, second) = (Sketch(text: a), Sketch(text: b))
    #expect(Sketch.isNearDuplicate(first, second) == Sketch.isNearDuplicate(second, first))
    return Sketch.isNearDuplicate(first, second)
  }

  @Test("letter case, punctuation and white space do not matter")
  func typography() {
    let text = MadeText.words(200, seed: 1)
    #expect(same(text, text.uppercased()))
    #expect(same(text, text.replacing(" ", with: "\u{A0}").replacing(".", with: "…")))
    #expect(Sketch(text: "ÄPFEL ЁЖ ΩΜΕΓΑ").similarity(with: Sketch(text: "äpfel ёж ωμεγα")) == 0)
    let long = MadeText.words(30, seed: 2)
    #expect(same(long + " ÄPFEL ЁЖ", long + " äpfel ёж"))
  }

  @Test("an article in another site's frame is the same article")
  func frames() {
    let text = MadeText.words(150, seed: 3)
    let framed =
      "By Staff | Jan 3 2026\nAdvertisement. Scroll to continue reading.\n" + text
      + "\nSign up for the Wire newsletter to get more stories like this in your inbox.\nRelated: Another thing"
    #expect(same(text, framed))
  }

  @Test("two articles in one frame stay apart")
  func oneFrame() {
    let frame = "By Staff | Jan 3 2026\nThis story was originally published by Example Wire.\n"
    let foot =
      "\nCopyright 2026 Example Wire. All rights reserved.\nFollow us on every network. Share this article."
    #expect(!same(frame + MadeText.words(60, seed: 4) + foot, frame + MadeText.words(60, seed: 5) + foot))
  }

  @Test("a teaser and an excerpt belong to their article", arguments: [18, 40, 120, 400])
  func excerpts(words: Int) {
    let whole = MadeText.words(1200, seed: 6)
    #expect(same(whole, MadeText.words(words, seed: 6) + " [...] Continue reading"))
  }

  @Test("an edited article is the same article")
  func edits() {
    var words = MadeText.words(600, seed: 7).split(separator: " ").map(String.init)
    for at in stride(from: 10, to: words.count, by: 60) { words[at] = "changed" }
    #expect(same(MadeText.words(600, seed: 7), words.joined(separator: " ")))
  }

  @Test("an article that quotes another is not that article")
  func quotation() {
    let quoted = MadeText.words(120, seed: 8)
    let other = MadeText.words(200, seed: 9)
    let part = quoted.split(separator: " ").prefix(80).joined(separator: " ")
    #expect(!same(quoted, other + "\n“" + part + "”"))
  }

  @Test("the parts of a series and articles of one length stay apart")
  func series() {
    let words = MadeText.words(800, seed: 10).split(separator: " ")
    #expect(!same(words.prefix(400).joined(separator: " "), words.suffix(400).joined(separator: " ")))
    #expect(!same(MadeText.words(300, seed: 11), MadeText.words(300, seed: 12)))
  }

  @Test("short and empty texts are never recognised by their text")
  func short() {
    #expect(!same("", ""))
    #expect(!same("Click here for the comic.", "Click here for the comic."))
    #expect(Sketch(text: "A few words only.").isTooShort)
  }

  @Test("Chinese and Japanese texts are compared by their characters")
  func ideographs() {
    let text = "河水一夜之间上涨了两米，磨坊停了下来。居民们在黎明时分聚集在桥上，看着水流。没有人受伤，但是道路被封闭了。"
    #expect(same(text, text + "更多内容请见网站。"))
    #expect(!same(text, "今天的会议讨论了新的软件版本，工程师们介绍了测试的结果。大家同意在下周发布，并且继续改进文档和工具。"))
  }

  @Test("the last word is whole, whatever bytes its last letter has", arguments: ["мир", "æ", "À"])
  func lastWord(word: String) {
    let text = MadeText.words(30, seed: 15) + " " + word
    #expect(Sketch(text: text) == Sketch(text: text + "!"))
    #expect(Sketch(text: text) == Sketch(text: text + "… Read more"))
  }

  @Test("a sketch of any text takes at most a kilobyte and reads back from its bytes")
  func bytes() {
    for words in [0, 3, 50, 5000, 250_000] {
      let sketch = Sketch(text: MadeText.words(words, seed: 13))
      #expect(sketch.bytes.count <= 1024)
      #expect(Sketch(bytes: sketch.bytes) == sketch)
      #expect(Sketch(bytes: sketch.bytes + [0]) == nil)
      #expect(Sketch(bytes: sketch.bytes.dropLast().map { $0 }) == nil)
    }
    #expect(Sketch(bytes: [UInt8](repeating: 255, count: 2000)) == nil)
  }

  @Test("pairs are decided line by line")
  func pairs() throws {
    let text = MadeText.words(100, seed: 14)
    let lines = """
      {"id":"one","a":{"text":"\(text)"},"b":{"text":"\(text) and an end"}}

      {"id":"two","a":{"text":"\(text)"},"b":{"title":"no text"}}
      """
    let decided = String(decoding: try NearDuplicatePairs.decide(Array(lines.utf8)), as: UTF8.self)
    let out = decided.split(separator: "\n")
    #expect(out.count == 2)
    #expect(out[0].hasPrefix(#"{"id":"one","duplicate":true"#))
    #expect(out[1] == #"{"id":"two","duplicate":false,"similarity":0}"#)
    #expect(throws: (any Error).self) { try NearDuplicatePairs.decide(Array("{not json".utf8)) }
  }
}
