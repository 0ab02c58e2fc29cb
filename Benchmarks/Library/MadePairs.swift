import PrecisNearDuplicate

/// Labelled pairs of texts: what one article becomes in other feeds, and what only looks like it.
struct MadePairs {
  private let articles = MadeArticles()
  private let frames = [
    "By Staff | Jan 3 2026", "Listen to this article · 12 min", "Advertisement. Scroll to continue reading.",
    "This story was originally published by Example Wire.",
    "Sign up for the Daily newsletter, in your inbox.",
    "Copyright 2026 Example Wire. All rights reserved.", "Follow us on X and Bluesky. Share this article.",
    "Thanks for reading! Subscribe for free to receive new posts.",
  ]

  /// How the decisions on the pairs of so many articles come out.
  func report(_ count: Int) {
    var (found, missed, wrong) = (0, 0, 0)
    var kinds: [String: (right: Int, all: Int)] = [:]
    for number in 0..<count {
      for pair in pairs(number) {
        let isMerged = Sketch.isNearDuplicate(Sketch(text: pair.left), Sketch(text: pair.right))
        if isMerged != Sketch.isNearDuplicate(Sketch(text: pair.right), Sketch(text: pair.left)) {
          print("not symmetric: \(pair.kind) of article \(number)")
        }
        if pair.isOne { if isMerged { found += 1 } else { missed += 1 } } else if isMerged { wrong += 1 }
        kinds[pair.kind, default: (0, 0)].all += 1
        if isMerged == pair.isOne { kinds[pair.kind, default: (0, 0)].right += 1 }
      }
    }
    print(
      "pairs: precision \(share(found, found + wrong)), recall \(share(found, found + missed)),"
        + " \(found + missed) that are one and \(kinds.values.reduce(0) { $0 + $1.all } - found - missed) that are two"
    )
    print(
      kinds.sorted { $0.key < $1.key }.map { "  \($0.key) \(share($0.value.right, $0.value.all))" }.joined())
  }

  private func pairs(_ number: Int) -> [(kind: String, isOne: Bool, left: String, right: String)] {
    var random = Random(seed: UInt64(number) &+ 77)
    let (one, other) = (articles.article(number), articles.article(number + 1_000_000))
    let text = one.text
    let half = one.sentences.count / 2
    let frame = frames.joined(separator: "\n")
    return [
      ("same", true, text, text), ("framed", true, text, framed(text, &random)),
      ("quotes", true, text, text.replacing(".", with: "…").replacing("a", with: "A")),
      ("edited-5", true, text, edited(one.sentences, 5, &random)),
      ("edited-15", true, text, framed(edited(one.sentences, 15, &random), &random)),
      ("updated", true, text, text + "\nUpdate: " + other.sentences[0]),
      (
        "excerpt", true, text,
        one.sentences.prefix(max(4, one.sentences.count / 5)).joined(separator: " ") + " […]"
      ),
      ("teaser", true, text, text.split(separator: " ").prefix(40).joined(separator: " ") + "…"),
      ("unrelated", false, text, other.text),
      (
        "one-frame", false, frame + "\n" + one.sentences.prefix(6).joined(separator: " "),
        frame + "\n" + other.sentences.prefix(6).joined(separator: " ")
      ),
      ("quotation", false, text, other.text + "\n“" + one.sentences.prefix(3).joined(separator: " ") + "”"),
      (
        "series", false, one.sentences[..<half].joined(separator: " "),
        one.sentences[half...].joined(separator: " ")
      ),
    ]
  }

  private func framed(_ text: String, _ random: inout Random) -> String {
    let at = Int(random.next() % 4)
    return frames[at] + "\n" + text + "\n" + frames[at + 4] + "\n" + frames[(at + 5) % 8]
  }

  /// With so many percent of the sentences cut or with two words exchanged.
  private func edited(_ sentences: [String], _ percent: UInt64, _ random: inout Random) -> String {
    sentences.compactMap { sentence in
      let lot = random.next() % 100
      if lot * 5 < percent * 2 { return nil }
      guard lot < percent else { return sentence }
      var words = sentence.split(separator: " ")
      words.swapAt(words.count / 2, words.count / 2 + 1)
      return words.joined(separator: " ")
    }.joined(separator: " ")
  }

  private func share(_ part: Int, _ all: Int) -> String {
    let tenThousandths = all == 0 ? 10_000 : (part * 10_000 + all / 2) / all
    return tenThousandths == 10_000 ? "1.0000" : "." + String(String(tenThousandths + 10_000).dropFirst())
  }
}
