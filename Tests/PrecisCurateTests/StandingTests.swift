import Testing

@testable import PrecisCurate

/// A text of plain paragraphs in which one sentence is what its title says, so that it would be picked.
private func article(with sentence: String, after gap: String = " ") -> CuratorInput {
  let filler = [
    "The harbour of the northern coast keeps a register of ships that goes back three hundred years.",
    "Clerks write down the cargo of every vessel before the first crate leaves its hold.",
    "Grain came from the plains in summer, while timber arrived with the thaw of the rivers.",
    "A fire in the old archive burned the books of two decades, and copies were found abroad.",
    "Captains paid for pilots who knew the sandbanks and the currents of the estuary.",
    "Warehouses along the quay were built of brick after the town council forbade wooden walls.",
    "Merchants met in a coffee house, where news from other ports was read aloud at noon.",
    "Insurance began there as a wager among owners who shared the loss of a single ship.",
    "Lighthouses were lit with oil until engineers brought electric lamps to the cliffs.",
    "Dock workers founded a union in the winter of a long strike and won shorter days.",
    "Containers changed the work within ten years, and cranes replaced most of the crews.",
    "The museum of the harbour shows models of its ships to schools from the whole county.",
  ]
  let text = ([filler[0] + gap + sentence] + filler.dropFirst()).joined(separator: "\n\n")
  return CuratorInput(title: "Tariffs raise freight prices", text: text)
}

private func fields(_ result: Curated) -> String {
  ([result.summary, result.keyTakeaway, result.method].compactMap { $0 } + result.keyInsights
    + result.principles + result.inPractice).joined(separator: "\n")
}

@Test(
  "a sentence that leans on the one before it, asks, or has no grammar is quoted nowhere",
  arguments: [
    "This raises freight prices because tariffs are paid at the gate.",
    "However, it raises freight prices because of tariffs at the gate.",
    "He raised freight prices because tariffs were paid at the gate.",
    "But tariffs raise freight prices because they are paid at the gate.",
    "Moreover: tariffs raise freight prices because they are paid at the gate.",
    "It’s tariffs that raise freight prices, since they are paid at the gate.",
    "Do tariffs raise freight prices because they are paid at the gate?",
    "In the north, however, tariffs raise freight prices, since they are paid at the gate.",
    "Next year, review them again because tariffs are paid at the gate and freight prices fall.",
    "Tariffs 28 freight 38% prices 12 stats 6 snaps 19 total.",
  ])
func leaning(sentence: String) {
  let result = Curator().curate(article(with: sentence, after: "\n\n"))
  #expect(result.summary != nil)
  #expect(!fields(result).contains(sentence))
}

@Test("a summary has a sentence that leans only right after the one that it leans on")
func leaningAfter() throws {
  let sentence = "This raises freight prices because tariffs are paid at the gate."
  let result = Curator().curate(article(with: sentence))
  let summary = try #require(result.summary)
  #expect(summary.contains("three hundred years. " + sentence))
  #expect(!(result.keyInsights + result.principles + result.inPractice).contains(sentence))
}

@Test(
  "a long insight ends before an adjunct, but never where that would say more or leave no sentence",
  arguments: [
    (
      "We trained forty crews to load heavy grain ships with new electric cranes and old wooden barrows in the "
        + "northern ports of the kingdom during three long and cold winters.",
      "We trained forty crews to load heavy grain ships with new electric cranes and old wooden barrows"
    ),
    (
      "No crew could load heavy grain ships with new electric cranes and old wooden barrows in the northern ports of "
        + "the kingdom during three long and cold winters there.", nil
    ),
    (
      "Crews that load heavy grain ships with new electric cranes and old wooden barrows in the northern ports of the "
        + "kingdom under heavy snow ask for higher wages.", nil
    ),
  ])
func adjuncts(text: String, expected: String?) throws {
  let document = Document(text, language: "en")
  let adjuncts = try #require(Adjuncts(document))
  let part = adjuncts.before(document.sentences[0], words: 10...19)
  #expect(part.map { document.text($0) } == expected)
}

@Test(
  "what only ties a sentence to its place is left out",
  arguments: [
    ("LONDON (AP) — Tariffs raise freight prices across the northern ports of Britain.", "LONDON"),
    ("Dover, Kent — Tariffs raise freight prices across the northern ports of Britain.", ""),
    ("Dover, Kan. —\u{A0}Tariffs raise freight prices across the northern ports of Britain.", "Dover"),
    ("However, Tariff Watch says that tariffs raise freight prices at every port.", "However"),
    ("A: Tariffs raise freight prices across the northern ports of Britain.", "A:"),
  ])
func openings(sentence: String, gone: String) {
  let text = fields(Curator().curate(article(with: sentence)))
  #expect(text.contains("raise freight prices"))
  #expect(gone.isEmpty || !text.contains(gone))
}

@Test(
  "pointers to the text itself and articles of other languages do not lean",
  arguments: [
    ("en", "This paper shows how tariffs raise prices.", false), ("en", "This shows it.", true),
    ("en", "Here we show how tariffs raise prices.", false), ("en", "And we show it.", true),
    ("en", "Each of these reasons dictates it.", true), ("en", "In this paper we show it.", false),
    ("en", "The mayor sent a similar letter.", true), ("en", "We use a similar key to theirs.", false),
    ("en", "In this case the lock fails.", true), ("en", "In Paris the lock fails.", false),
    ("de", "Die Stadt hat neue Regeln beschlossen.", false), ("de", "Das Rathaus hat es beschlossen.", false),
    ("de", "Das ist nicht alles, was sie sagt.", true), ("pt", "O governo aprovou a lei.", false),
    ("nl", "Het kabinet heeft de wet aangenomen.", false), ("nl", "Die wet is aangenomen.", true),
    ("fr", "Cet article montre la loi.", false), ("fr", "Cependant, la loi est votée.", true),
    ("es", "Sin embargo, la ley fue aprobada.", true), ("ru", "Однако закон был принят.", true),
    ("zh", "但是法律已经通过。", true), ("ja", "しかし法律は通った。", true), ("ja", "国会は法律を通した。", false),
  ])
func leans(language: String, text: String, expected: Bool) {
  // The words decide on the language; the sentence alone may be too short for them.
  let document = Document(text, language: language)
  guard document.profile.code == language else { return }
  let sentence = document.sentences[0]
  let start = Trim.opening(document, sentence).token
  #expect(Openings(document).lean(from: start, to: sentence.tokens.upperBound) == expected)
}

@Test("a title that only a line break parts from the text below it is a unit of its own")
func titleLine() {
  let document = Document(
    "Light as a medium\nFrom hundreds of concepts the jury of the festival selected thirty works of art.")
  #expect(document.units.count == 2)
  let wrapped = Document("The jury of the festival selected the works\nFrom hundreds of concepts that came.")
  #expect(wrapped.units.count == 1)
}

@Test(
  "topics are noun phrases, not verbs with their objects",
  arguments: [
    ("Voters in New York State cast ballots. New York State counts them.", "New York State", "York State"),
    ("In a state Trump won, turnout fell. In a state Trump lost, turnout rose.", "turnout", "State Trump"),
    ("The probe, which studied Saturn, sent images of rings.", "probe", "Studied Saturn"),
    ("Teams play only two singles. Teams play at night.", "teams", "Teams Play"),
    ("The ruling of the U.S. Supreme Court came late.", "Supreme Court", "York"),
    ("Reporters met President Ann Miller. The crowd cheered.", "Ann Miller", "President Ann Miller"),
    ("The coach saw Ann Miller win. Then Miller slept, and Miller left.", "Ann Miller", "Miller"),
    ("Today the House of Lords met. Later the House of Lords voted.", "House of Lords", "House"),
    ("The case of the State Attorney General was lost.", "State Attorney General", "State Attorney"),
    ("On Friday traders sold shares. The Friday market fell.", "traders", "Friday"),
    ("They solve Navier–Stokes equations, and α decreases.", "Navier–Stokes equations", "Stokes equations"),
  ])
func nounPhrases(text: String, wanted: String, unwanted: String) {
  let found = Curator().keyphrases(text, limit: 8).map { $0.lowercased() }
  #expect(found.contains { $0.contains(wanted.lowercased()) }, "\(found)")
  #expect(!found.contains(unwanted.lowercased()), "\(found)")
}

@Test(
  "questions of other scripts are none of the article's statements",
  arguments: ["なぜ索引は必要なのでしょうか。", "为什么需要索引？", "索引有必要吗。"])
func wideQuestions(question: String) {
  let statement = question.contains("な") ? "索引は検索の速度を決めるので、必ず測定してください。" : "索引决定查询的速度，开发者必须测量每一个查询。"
  let text = String(repeating: question + statement + "\n\n", count: 20)
  let result = curated(text, title: question)
  #expect(result.summary != nil)
  #expect(
    !([result.summary ?? "", result.keyTakeaway ?? ""] + result.keyInsights).joined().contains(question))
}

@Test("a long table of results without a sentence has no summary, and a short post speaks for itself")
func rows() {
  let row = "Northern Harbour (1-0): Miller 12 points. Fisher 7 points. Cooper 4 points. Baker 2 points."
  let table = Array(repeating: row, count: 20).joined(separator: "\n\n")
  #expect(Curator().curate(CuratorInput(title: "Results", text: table)).summary == nil)
  #expect(Curator().curate(CuratorInput(title: "Results", text: row)).summary == row)
}

@Test("an insight is not cut before what takes half of it back")
func without() throws {
  let text = """
    We keep a text file with one line per direct dependency of the service, and what we would do without it on the \
    worst day of a long and cold winter in the north of the county.
    """
  let document = Document(text, language: "en")
  let part = Trim.beforeClause(document, document.sentences[0], words: 8...25)
  #expect(part.map { document.text($0).contains("what we would do") } != true)
}

@Test(
  "\"never\" and \"always\" make a rule of what is said in general, not of one thing or of what was",
  arguments: [
    ("Loaded ships never wait for the tide.", true), ("The best pilots always ask twice.", true),
    ("A heavy ship must never leave at night.", true), ("The committee never answered the letter.", false),
    ("Steam ships never came back to the coast.", false), ("Pilots had always trusted the old lamp.", false),
    ("The crane never loses a crate.", false), ("Grain ships always carried two anchors.", false),
  ])
func rules(sentence: String, isRule: Bool) {
  var input = article(with: sentence, after: "\n\n")
  input.text += "\n\nTimber should be dry before it is loaded. Good harbours must keep their charts."
  let result = Curator().curate(input)
  #expect(result.principles.count >= 2)
  #expect(result.principles.contains(sentence) == isRule, "\(result.principles)")
}
