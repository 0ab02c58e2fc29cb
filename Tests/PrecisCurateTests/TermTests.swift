import Testing

@testable import PrecisCurate

/// What `topics` makes of a text.
private func topics(_ text: String) -> [String] {
  Curator().curate(CuratorInput(title: "", text: text)).topics
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
