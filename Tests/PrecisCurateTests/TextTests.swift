import Testing

@testable import PrecisCurate

func sentences(_ text: String, _ language: String? = nil) -> [String] {
  let document = Document(text, language: language)
  return document.sentences.map { document.text($0.start..<$0.end) }
}

@Test(
  "sentences end where a reader would end them",
  arguments: [
    ("Dr. Smith arrived. He sat down.", ["Dr. Smith arrived.", "He sat down."]),
    (
      "It costs 3.5 dollars, e.g. in May. That is all.",
      ["It costs 3.5 dollars, e.g. in May.", "That is all."]
    ),
    ("See example.com/a.b for more. Then go.", ["See example.com/a.b for more.", "Then go."]),
    (
      "He said \"It works. It really does.\" Then he left.",
      ["He said \"It works. It really does.\"", "Then he left."]
    ),
    (
      "J. R. Smith wrote it. The U.S. is large. It is.",
      ["J. R. Smith wrote it.", "The U.S. is large.", "It is."]
    ),
    ("Wait... what? Yes! Go on.", ["Wait... what?", "Yes!", "Go on."]),
    ("今天天气很好。我们去公园！好吗？", ["今天天气很好。", "我们去公园！", "好吗？"]),
    ("彼は「行く。」と言った。そして去った。", ["彼は「行く。」と言った。", "そして去った。"]),
    ("First para\n\nSecond one.", ["First para", "Second one."]),
    ("(One. Two.) Three.", ["(One. Two.)", "Three."]),
  ])
func sentenceEnds(text: String, expected: [String]) {
  #expect(sentences(text) == expected)
}

@Test("German ordinals and abbreviations end no sentence")
func german() {
  let text = "Am 3. Oktober war, z. B. in Berlin, ein Fest. Es war schön und die Leute waren froh."
  #expect(sentences(text, "de").count == 2)
}

@Test("items and headings are sentences of their own")
func units() {
  let document = Document(
    "A heading here\n\n- One thing\n- Another thing\n\nA paragraph that says something.")
  #expect(document.units.map(\.kind) == [.heading, .listItem, .listItem, .paragraph])
}

@Test("HTML tells code and items from prose")
func structure() {
  let html = "<p>We call it so.</p><pre>let x = make()</pre><ul><li><p>Use it well</p></li></ul>"
  let document = Document(
    "We call it so.\n\nlet x = make()\n\nUse it well", structure: StructureHints(html: html))
  #expect(document.units.map(\.kind) == [.paragraph, .code, .listItem])
}

@Test(
  "the language is told from the words",
  arguments: [
    ("en", "The cat sat on the mat and it was not amused by what it saw there."),
    ("de", "Die Katze saß auf der Matte und war nicht erfreut über das, was sie dort sah."),
    ("fr", "Le chat était assis sur le tapis et il n'était pas content de ce qu'il voyait dans la pièce."),
    ("es", "El gato estaba sentado en la alfombra y no le gustaba lo que veía en la casa."),
    ("it", "Il gatto era seduto sul tappeto e non era contento di quello che vedeva nella stanza."),
    ("pt", "O gato estava sentado no tapete e não gostava do que via na sala, mas ficou."),
    ("nl", "De kat zat op de mat en was niet blij met wat hij daar in het huis zag."),
    ("ru", "Кошка сидела на ковре и была недовольна тем, что она там увидела."),
    ("uk", "Кішка сиділа на килимі і була незадоволена тим, що вона там побачила."),
    ("zh", "猫坐在垫子上，对它所看到的不太满意。"), ("ja", "猫はマットの上に座っていて、見たものに満足していなかった。"),
    ("ko", "고양이는 매트 위에 앉아 있었고 기분이 좋지 않았다."), ("ar", "جلست القطة على السجادة ولم تكن سعيدة بما رأته."),
    ("el", "Η γάτα καθόταν στο χαλί και δεν ήταν χαρούμενη."), ("he", "החתול ישב על השטיח ולא היה מרוצה."),
  ])
func language(code: String, text: String) {
  #expect(Document(text).language == code)
}

@Test("what nobody can tell is not told")
func unknownLanguage() {
  #expect(Document("Xyzzy plugh 42").language == nil)
}

@Test(
  "forms of a word share a stem",
  arguments: [
    ("en", "training", "trained"), ("en", "libraries", "library"), ("en", "optimization", "optimize"),
    ("de", "Freiheiten", "Freiheit"), ("fr", "nationaux", "national"), ("es", "aplicaciones", "aplicación"),
    ("it", "informazioni", "informazione"), ("ru", "системами", "система"),
  ])
func stems(code: String, first: String, second: String) throws {
  let stemmer = try #require(Stemmer.of(code))
  #expect(stemmer.stem(first.lowercased()) == stemmer.stem(second.lowercased()))
}

@Test("the logarithm is right to the last digits that matter")
func logarithm() {
  #expect(abs(Logarithm.natural(2) - 0.693147180559945) < 1e-14)
  #expect(abs(Logarithm.natural(1000) - 6.907755278982137) < 1e-13)
  #expect(Logarithm.natural(0) == 0)
}
