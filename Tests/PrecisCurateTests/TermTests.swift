import Testing

@testable import PrecisCurate

/// What `topics` makes of a text.
private func topics(_ text: String, categories: [String] = []) -> [String] {
  Curator().curate(CuratorInput(title: "", text: text, categories: categories)).topics
}

@Test("words that hyphens hold together are one word of a topic")
func chains() {
  let text = """
    Librarians look for out-of-print music in many shops. Out-of-print music is rare, and the shops that sell \
    out-of-print music are few. They learn of it from state-of-the-art catalogues.
    """
  let found = topics(text)
  #expect(found.contains("Out-of-Print Music"))
  #expect(!found.contains { $0.lowercased().contains("state") || $0.lowercased().hasPrefix("art") })
}

@Test("Latin keeps its preposition")
func latin() {
  let text = """
    The group made in vivo measurements of nerve cells. In vivo measurements are hard, and so the group repeated \
    the in vivo measurements with slices of tissue.
    """
  #expect(topics(text).contains { $0.lowercased() == "in vivo measurements" })
}

@Test("a term counts where it stands inside longer ones too")
func nested() {
  let text = """
    Three kinds of gel electrophoresis were tried. Rapid gel electrophoresis sorts the parts. Capillary gel \
    electrophoresis is slower, flat gel electrophoresis is cheaper. A pump and one thin membrane complete the set.
    """
  #expect(topics(text).first == "Gel Electrophoresis")
}

@Test("plain words alone give way to phrases, unless the publisher files the text under them")
func plainWords() {
  let text = """
    The write-ahead log keeps each page of the page cache until a call of the flush daemon takes the page. A torn \
    page is found by its page checksum, so each page has a page checksum, and a call that meets a torn page makes \
    the recovery pass read the write-ahead log. The recovery pass ends with a call of the flush daemon.
    """
  let found = topics(text)
  #expect(found.contains("Write-Ahead Log"))
  #expect(!found.contains("Call"))
  #expect(topics(text, categories: ["Call"]).contains("Call"))
}

@Test("a term and its short form in brackets are one topic, in full")
func definedTerms() {
  let text = """
    Large language models (LLMs) write code. LLMs make mistakes, and LLMs repeat them. We measured how often large \
    language models repeat a mistake in retrieval-augmented generation (RAG), and how RAG changes the mistakes.
    """
  let found = topics(text)
  #expect(found.contains("Large Language Models"))
  #expect(found.contains("Retrieval-Augmented Generation"))
  #expect(!found.contains("LLMs") && !found.contains("RAG") && !found.contains("Language Models"))
}

@Test("brackets that hold no short form of what stands before them define nothing")
func noDefinition() {
  let text = """
    The harbour pilots (NYT) went to sea. The harbour pilots (see the map) came back, and the harbour pilots slept.
    """
  #expect(topics(text).contains("Harbour Pilots"))
}

@Test(
  "a word that says nothing alone opens a term that the text has again and again",
  arguments: [
    (
      "Higher education changes. Teachers of higher education use chatbots, and students of higher education too.",
      "Higher Education"
    ),
    (
      "The need for personalized learning grows. Chatbots support personalized learning, say teachers.",
      "Personalized Learning"
    ),
    (
      "The framework guides decision making in hospitals. Nurses share decision making with doctors.",
      "Decision Making"
    ),
    ("They asked GPT-4 for a plan. GPT-4 gave a plan of the bridge to the engineers.", "GPT-4"),
  ])
func openers(text: String, topic: String) {
  #expect(topics(text).contains(topic), "\(topics(text))")
}

@Test("what longer terms have in common is a term, unless it cuts a name")
func shared() {
  let text = """
    A latent diffusion model is good. Diffusion model training is slow, and a distilled diffusion model is fast. \
    They met near the San Francisco Bay Area and on the San Francisco Bay Bridge. The painters sleep.
    """
  let found = topics(text)
  #expect(found.contains("Diffusion Model"), "\(found)")
  #expect(!found.contains("Francisco Bay"))
}

@Test("a last name stands for the full one, with what belongs to it")
func fullNames() {
  let text = """
    Ben Murray-Bruce sat in the senate. In May Murray-Bruce spoke of the war, and what Murray-Bruce said was new.
    """
  let found = topics(text)
  #expect(found.contains("Ben Murray-Bruce"), "\(found)")
  #expect(!found.contains("Murray-Bruce"))
}

@Test("no topic is contained in another, by a plural or a missing space either")
func contained() {
  let text = """
    An HSI has many bands. Synthetic HSIs cost less than an HSI of a satellite, and the models of generative AI.Findings \
    that make synthetic HSIs are the models of generative AI, for generative AI is cheap.
    """
  let found = topics(text)
  #expect(found.count { $0.contains("HSI") } == 1, "\(found)")
  #expect(found.count { $0.contains("AI") } == 1, "\(found)")
}
