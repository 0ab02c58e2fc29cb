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
