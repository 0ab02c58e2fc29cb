/// Tells whether a sentence leans on the one before it by how it opens: "This", "However", "He".
struct Openings {
  private let document: Document
  private let isLeaning: [Bool]
  private let isCompany: [Bool]
  private let isStop: [Bool]

  init(_ document: Document) {
    self.document = document
    // Texts without spaces hold English sentences; other languages' are told by their own words.
    let code = ["zh", "ja"].contains(document.profile.code) ? "en" : document.profile.code
    let leaning = OpeningData.leaning[code] ?? []
    isLeaning = leaning.flags(document.vocabulary)
    let company = OpeningData.ownWork[code] ?? []
    isCompany = company.flags(document.vocabulary)
    isStop = document.profile.stopWords.flags(document.vocabulary)
  }

  /// Whether the words from a token on, up to an end, need what was said before.
  func lean(from first: Int, to end: Int) -> Bool {
    guard first < end else { return false }
    let word = document.vocabulary.words[Int(document.tokens[first].word)]
    if document.tokens[first].form.contains(.ideographs) {
      return leansIdeographs(at: Int(document.tokens[first].start))
    }
    if Trim.opensWithConnective(document, from: first, to: end) || contrasts(from: first, to: end)
      || compares(from: first, to: end) || tellsToHandle(from: first, to: end)
    {
      return true
    }
    guard isLeaning[Int(document.tokens[first].word)] else { return pointsBack(from: first, to: end) }
    guard first + 1 < end else { return true }
    let next = document.tokens[first + 1]
    // "This paper", "Here we show", "Cet article": they point at the text itself, or at the calendar.
    let nextWord = document.vocabulary.words[Int(next.word)]
    if word == "here", nextWord == "we" || nextWord == "i" { return false }
    if isCompany[Int(next.word)], OpeningData.demonstratives.contains(word) { return false }
    // German writes nouns with a capital: "Das Haus" is an article and a noun, "Das ist" leans.
    return !(word == "das" && next.form.contains(.capital))
  }

  /// "In the north, however, warnings …": set against what was said before.
  private func contrasts(from first: Int, to end: Int) -> Bool {
    for index in (first + 1)..<max(first + 1, min(first + 6, end - 1)) {
      let token = document.tokens[index]
      guard OpeningData.contrasts.contains(document.vocabulary.words[Int(token.word)]) else { continue }
      let before = Int(document.tokens[index - 1].end)
      if document.bytes[before] == 0x2C, document.bytes[Int(token.end)] == 0x2C { return true }
    }
    return false
  }

  /// "The mayor sent a similar letter": to which one? "A rule similar to ours" says it.
  private func compares(from first: Int, to end: Int) -> Bool {
    guard document.profile.code == "en" else { return false }
    let word = { document.vocabulary.words[Int(document.tokens[$0].word)] }
    for index in (first + 1)..<max(first + 1, min(first + 6, end - 1))
    where word(index) == "similar" && word(index - 1) == "a" {
      return !(index + 1..<min(index + 4, end)).contains { word($0) == "to" || word($0) == "as" }
    }
    return false
  }

  /// "Next time, send them back": what to send, the sentence before said.
  private func tellsToHandle(from first: Int, to end: Int) -> Bool {
    guard document.profile.code == "en" else { return false }
    let word = { document.vocabulary.words[Int(document.tokens[$0].word)] }
    for index in first..<max(first, min(first + 4, end - 1)) {
      let isOpening = index == first || document.bytes[Int(document.tokens[index - 1].end)] == 0x2C
      guard isOpening, SectionData.directiveOpenings.contains(word(index)) else { continue }
      return OpeningData.handled.contains(word(index + 1))
    }
    return false
  }

  /// "Each of these reasons", "In this case": a demonstrative after the first word or two.
  private func pointsBack(from first: Int, to end: Int) -> Bool {
    guard document.profile.code == "en" else { return false }
    for index in (first + 1)..<max(first + 1, min(first + 4, end - 1)) {
      let before = document.tokens[index - 1]
      guard document.tokens[index].start - before.end == 1 else { return false }
      let word = document.vocabulary.words[Int(document.tokens[index].word)]
      guard OpeningData.pointers.contains(word) else {
        guard isStop[Int(document.tokens[index].word)] else { return false }
        continue
      }
      return isStop[Int(before.word)] && !isCompany[Int(document.tokens[index + 1].word)]
    }
    return false
  }

  private func leansIdeographs(at start: Int) -> Bool {
    OpeningData.leaningIdeographs.contains { opening in
      let bytes = opening.utf8
      return start + bytes.count <= document.bytes.count
        && document.bytes[start..<(start + bytes.count)].elementsEqual(bytes)
    }
  }
}

/// Words that lean on what was said before when a sentence opens with them; data, by language.
enum OpeningData {
  static let leaning: [String: WordSet] = [
    "en": words(
      """
      this that these those it its it's it'd it'll that's there's they their theirs them he's she's they're they've
      they'd they'll he'd he'll she'd she'll he his she her hers him such both either neither so but and or nor yet
      however therefore thus hence moreover furthermore additionally also besides nevertheless nonetheless otherwise
      then instead similarly likewise meanwhile accordingly consequently here another others conversely still again
      afterwards afterward below above indeed subsequently thereafter hereby thereby rather except because not
      likewise too else plus alternatively specifically similarly regardless anyway secondly thirdly
      """),
    "de": words(
      """
      dies diese dieser dieses diesem diesen das es sie er ihr ihre ihm ihnen sein seine aber und oder doch jedoch
      daher deshalb deswegen somit außerdem zudem dann dort dabei damit dadurch dafür dagegen davon denn sondern
      allerdings dennoch trotzdem hingegen folglich ebenso auch solche beide
      """),
    "fr": words(
      """
      ce cet cette ces cela ceci c ça il elle ils elles lui leur leurs son sa ses mais et ou donc ainsi cependant
      toutefois pourtant ensuite puis alors or car néanmoins celui celle ceux celles aussi
      """),
    "es": words(
      """
      este esta estos estas esto eso ese esa esos esas pero y e o sino además entonces así ello él ella ellos ellas su
      sus aunque también tampoco luego
      """),
    "pt": words(
      """
      este esta estes estas isto esse essa esses essas isso aquele aquela ele ela eles elas seu sua seus suas mas e ou
      porém portanto assim então contudo todavia entretanto também
      """),
    "it": words(
      """
      questo questa questi queste quello quella ciò egli esso essa essi esse lui lei loro suo sua suoi sue ma e ed o
      però quindi così inoltre poi tuttavia dunque anche
      """),
    "nl": words(
      """
      dit deze die dat hij zij ze hun haar zijn hem maar en of echter daarom dus bovendien dan toch ook daarna
      daardoor daarnaast daarbij toen
      """),
    "ru": words(
      """
      это этот эта эти этого этой этом он она они оно его её их ему но и или а однако поэтому также затем тогда
      потом кроме причём притом зато
      """),
  ]

  /// What follows such a word where the sentence stands by itself all the same.
  static let ownWork: [String: WordSet] = [
    "en": words(
      """
      paper article work post study guide tutorial essay report book survey chapter thesis release version library
      package project tool week month year summer winter spring fall morning
      """),
    "de": words("artikel beitrag text arbeit studie bericht buch jahr woche monat"),
    "fr": words("article texte étude rapport livre année semaine mois travail"),
    "es": words("artículo texto estudio informe libro año semana mes trabajo"),
    "pt": words("artigo texto estudo relatório livro ano semana mês trabalho"),
    "it": words("articolo testo studio rapporto libro anno settimana mese lavoro"),
    "nl": words("artikel stuk onderzoek rapport boek jaar week maand"),
    "ru": words("статья статье книга книге год году исследование"),
  ]

  static let demonstratives: WordSet = words(
    """
    this these dies diese dieser dieses diesem diesen ce cet cette ces este esta estos estas questo questa dit deze
    это этот эта этой этом
    """)

  static let pointers: WordSet = words("this these those them such")

  static let handled: WordSet = words("it them these those each both")

  static let contrasts: WordSet = words(
    "however therefore meanwhile too instead moreover nevertheless though then jedoch cependant toutefois tuttavia однако"
  )

  static let leaningIdeographs = [
    "但", "而且", "因此", "所以", "然而", "不过", "此外", "另外", "同时", "这", "那", "它", "他", "她", "其中", "于是", "因为",
    "しかし", "そして", "また", "さらに", "そのため", "これ", "それ", "この", "その", "だから", "ただし", "一方", "なお", "つまり", "彼",
    "ところが", "したがって", "しかも", "そんな", "そうした", "こうした", "それで", "以下、", "例えば", "たとえば", "例如", "比如",
  ]

  private static func words(_ text: String) -> WordSet { WordSet(text) }
}
