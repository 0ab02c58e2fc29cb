/// Tells the language of a text from its script and its commonest words.
enum LanguageDetector {
  /// Words that tell further languages apart; these have no stop-word list of their own.
  private static let hints: [(code: String, words: String)] = [
    (
      "sv",
      "och att det som en på är av för med till den har inte om ett men var jag kan från när så eller också"
    ),
    (
      "da",
      "og at det som en på er af for med til den har ikke om et men var jeg kan fra når så eller også hvad"
    ),
    (
      "no",
      "og at det som en på er av for med til den har ikke om et men var jeg kan fra når så eller også hva"
    ),
    (
      "fi", "ja on ei se että oli mutta hän kun joka tai myös ovat ole sen niin kuin vain jos mukaan sekä voi"
    ),
    (
      "pl",
      "i w na z się nie do to że jest o jak po co ale od przez tak dla są przy oraz może który które już"
    ),
    ("cs", "a v se na je že to s z do i o k ale jako za by pro tak po jsou od jeho který jsem byl která být"),
    ("sk", "a v sa na je že to s z do aj o k ale ako za by pre tak po sú od jeho ktorý som bol ktorá byť"),
    ("tr", "ve bir bu için de da ile çok daha olarak gibi olan en ama ne kadar sonra var değil ki şey her"),
    ("ro", "și în de la nu că pe cu este un o mai din pentru ce sunt care lui sau fi al ca au fost prin dar"),
    (
      "hu", "a az és hogy nem is egy ez van volt meg de csak már mint még ki kell azt után vagy szerint lehet"
    ),
    (
      "id", "yang dan di untuk dengan dari ini pada tidak adalah itu dalam akan ke oleh juga sebagai bisa ada"
    ),
    ("vi", "và của là có cho không được các một trong những người với này đã khi từ để đến như về cũng tôi"),
    (
      "ca", "i el la de que a en les els un una per amb no és del al més com però són ha aquest aquesta també"
    ),
  ]

  /// Those with stop words first, then those of the hints.
  private static let codes: [String] =
    LanguageProfile.all.map { $0.code }.filter { !["ru", "zh", "ja"].contains($0) } + hints.map { $0.code }

  /// For every listed word a bit for each language that has it, in the order of ``codes``.
  private static let languagesOfWord: WordTable = {
    var table = WordTable(capacity: 4000)
    func add(_ words: String, _ bit: Int) {
      for word in words.split(whereSeparator: { $0 == " " || $0 == "\n" }) {
        let hash = Vocabulary.hash(word.utf8)
        table.set(hash, max(table[hash], 0) | 1 << Int32(bit))
      }
    }
    for (bit, code) in codes.enumerated() {
      if let hint = hints.first(where: { $0.code == code }) { add(hint.words, bit) }
      if let words = StopWordData.byLanguage.first(where: { $0.code == code }) { add(words.words, bit) }
    }
    return table
  }()

  /// The language of the words of a text; nil where there is too little to tell.
  static func detect(_ vocabulary: Vocabulary) -> String? {
    var scripts = ScriptCounts()
    for (word, count) in zip(vocabulary.words, vocabulary.counts) { scripts.add(word, Int(count)) }
    if let code = scripts.language { return code }
    return scripts.isCyrillic ? cyrillic(vocabulary) : latin(vocabulary)
  }

  private static func latin(_ vocabulary: Vocabulary) -> String? {
    var scores = codes.map { (code: $0, hits: 0) }
    for (hash, count) in zip(vocabulary.hashes, vocabulary.counts) {
      var bits = languagesOfWord[hash]
      guard bits > 0 else { continue }
      while bits != 0 {
        scores[bits.trailingZeroBitCount].hits += Int(count)
        bits &= bits - 1
      }
    }
    let listed = codes.count - hints.count
    // A short list of the very commonest words sees about two thirds of what a full list sees.
    for index in listed..<scores.count { scores[index].hits = scores[index].hits * 3 / 2 }
    var best = 0
    for index in scores.indices where scores[index].hits > scores[best].hits { best = index }
    let total = vocabulary.counts.reduce(0) { $0 + Int($1) }
    // Running text has a third or more of such words; a list of names has none.
    guard scores[best].hits >= 2, scores[best].hits * 10 >= total else { return nil }
    if best >= listed, scores[best].hits < 5 { return nil }
    return scores[best].code
  }

  /// Cyrillic languages by letters that only one of them writes.
  private static func cyrillic(_ vocabulary: Vocabulary) -> String {
    var ukrainian = 0
    var belarusian = 0
    var serbian = 0
    var russian = 0
    var hardSign = 0
    for (word, count) in zip(vocabulary.words, vocabulary.counts) {
      for scalar in word.unicodeScalars {
        switch scalar.value {
        case 0x456, 0x457, 0x454, 0x491: ukrainian += Int(count)
        case 0x45E: belarusian += 3 * Int(count)
        case 0x452, 0x458, 0x459, 0x45A, 0x45B, 0x45F: serbian += Int(count)
        case 0x44B, 0x44D, 0x451: russian += Int(count)
        case 0x44A: hardSign += Int(count)
        default: break
        }
      }
    }
    if belarusian > ukrainian / 4, belarusian > 0 { return "be" }
    if ukrainian > russian { return "uk" }
    if serbian > russian { return "sr" }
    if russian == 0, hardSign > 2 { return "bg" }
    return "ru"
  }
}

/// How many words each script has.
private struct ScriptCounts {
  private var counts: [String: Int] = [:]
  private var cyrillicCount = 0
  private var han = 0
  private var kana = 0
  private var total = 0

  mutating func add(_ word: String, _ count: Int) {
    guard let scalar = word.unicodeScalars.first?.value, scalar >= 0x80 || scalar > 0x39 else { return }
    total += count
    switch scalar {
    case 0x370...0x3FF, 0x1F00...0x1FFF: counts["el", default: 0] += count
    case 0x400...0x52F: cyrillicCount += count
    case 0x531...0x58F: counts["hy", default: 0] += count
    case 0x590...0x5FF: counts["he", default: 0] += count
    case 0x600...0x6FF:
      // Letters that Persian and Urdu have and Arabic has not.
      for letter in word.unicodeScalars {
        if [0x67E, 0x686, 0x698, 0x6AF, 0x6CC].contains(letter.value) { counts["fa", default: 0] += count }
        if [0x679, 0x688, 0x691, 0x6D2].contains(letter.value) { counts["ur", default: 0] += 2 * count }
      }
      counts["ar", default: 0] += count
    case 0x900...0x97F: counts["hi", default: 0] += count
    case 0x980...0x9FF: counts["bn", default: 0] += count
    case 0xB80...0xBFF: counts["ta", default: 0] += count
    case 0xE00...0xE7F: counts["th", default: 0] += count
    case 0x10A0...0x10FF: counts["ka", default: 0] += count
    case 0x1100...0x11FF, 0xAC00...0xD7AF: counts["ko", default: 0] += count
    case 0x3041...0x30FF, 0x31F0...0x31FF, 0xFF66...0xFF9F: kana += count
    case 0x3005, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAFF, 0x20000...0x3FFFF: han += count
    default: break
    }
  }

  /// A language that its script alone gives away.
  var language: String? {
    // Pairs of ideographs weigh like words, though a text of one script may quote names in another.
    if (han + kana) * 5 >= total * 2, han + kana > 1 { return kana * 20 > han + kana ? "ja" : "zh" }
    let arabic = counts["ar", default: 0]
    if arabic * 5 >= total * 2, arabic > 1 {
      let urdu = counts["ur", default: 0]
      if urdu * 8 > arabic { return "ur" }
      return counts["fa", default: 0] * 8 > arabic ? "fa" : "ar"
    }
    for code in ["ko", "el", "he", "hi", "th", "bn", "ta", "ka", "hy"] {
      let count = counts[code, default: 0]
      if count * 5 >= total * 2, count > 1 { return code }
    }
    return nil
  }

  var isCyrillic: Bool { cyrillicCount * 5 >= total * 2 && cyrillicCount > 1 }
}
