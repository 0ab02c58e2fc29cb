import PrecisCurate
import Testing

/// What `topics` makes of a text, in lower case.
private func topics(_ text: String) -> [String] {
  Curator().curate(CuratorInput(title: "", text: text)).topics.map { $0.lowercased() }
}

@Test(
  "a verb is no part of a topic",
  arguments: [
    // What the words around it tell.
    (
      "The feed parser slows the nightly import. A slow disk hurts too, for the feed parser slows the whole chain.",
      "feed parser", "slows"
    ),
    (
      "Later the dirty pages reach the disk. An order is promised to nobody, and the dirty pages reach the disk late.",
      "dirty pages", "reach"
    ),
    (
      "It took 400 kilobytes of storage. A daily budget of few words shapes a protocol; the daily budget shapes a team.",
      "daily budget", "shapes"
    ),
    (
      "The web server answers 304 with no body. A web server answers 200 on Mondays.", "web server", "answers"
    ),
    // What the same text says of the word elsewhere.
    (
      "At every pause an actor is free to run something else. A block on a serial queue runs from its first line to its "
        + "last, and one serial queue is enough.", "serial queue", "runs"
    ),
    (
      "The island station runs measuring programs all night. Each island station has a small computer.",
      "island station", "runs"
    ),
    // What its ending tells.
    (
      "Our billing service simulates thirty days of invoices. The billing service simulates failures as well.",
      "billing service", "simulates"
    ),
    // What opens a sentence, or follows a verb that helps.
    (
      "Store bytes before messages. A size in the directory may already cover bytes that nobody wrote to the file.",
      "bytes", "cover"
    ),
    ("Store bytes before messages. Store bytes at night as well, in the old archive.", "bytes", "store"),
    (
      "A language specification fits on one page. Where a language specification fits in a pocket, readers like it.",
      "language specification", "fits"
    ),
    (
      "Those are social bees which produce annual colonies. An annual colony has a queen, and annual colonies end in autumn.",
      "annual colonies", "produce"
    ),
    (
      "Linear models are used to estimate and forecast colony growth. Nobody can see colony growth at night.",
      "colony growth", "forecast"
    ),
    (
      "A village history answers most questions of a reviewer. Where the village history is short, somebody has to ask.",
      "village history", "answers"
    ),
  ])
func verbs(text: String, wanted: String, verb: String) {
  let found = topics(text)
  #expect(found.contains(wanted), "\(found)")
  #expect(!found.contains { $0.split(separator: " ").contains(Substring(verb)) }, "\(found)")
}

@Test(
  "a noun that looks like a verb stays in its topic",
  arguments: [
    ("The access logs of a year are kept. Old access logs help when a server is slow.", "access logs"),
    (
      "We search the index at night. The search engines rank pages. Of all search engines two were fast.",
      "search engines"
    ),
    (
      "We test each build. The unit tests of the parser are short, and unit tests for the writer are long.",
      "unit tests"
    ),
    (
      "Deep learning models that run at night cost less. They know the deep learning models of old.",
      "deep learning models"
    ),
    ("Road maps themselves are old. The road maps of the county were drawn by hand.", "road maps"),
  ])
func nouns(text: String, wanted: String) {
  let found = topics(text)
  #expect(found.contains(wanted), "\(found)")
}

@Test("an adjective alone or a preposition is no topic")
func alone() {
  let found = topics(
    """
    The harbour tower showed the water level and, beneath, the wind. The harbour tower is modest and the keeper is \
    thorough. On some days the water level fell by four per cent.
    """)
  #expect(found.contains("harbour tower"))
  for word in ["beneath", "modest", "thorough", "cent"] {
    #expect(!found.contains(word), "\(found)")
  }
}

@Test(
  "a name is not cut at its \"and\", and two names are not joined by one",
  arguments: [
    (
      "A fine was paid to the Securities and Exchange Commission. The Securities and Exchange Commission was content.",
      "securities and exchange commission"
    ),
    (
      "Lists are kept by the Food and Drug Administration. Our Food and Drug Administration grows.",
      "food and drug administration"
    ),
    (
      "It was paid by the Department of Housing and Urban Development. The Department of Housing and Urban Development grew.",
      "housing and urban development"
    ),
    ("It was signed by France and New Zealand. Later France and New Zealand met again.", "new zealand"),
  ])
func namesWithAnd(text: String, wanted: String) {
  #expect(topics(text).contains(wanted), "\(topics(text))")
}

@Test("a name that opens with a participle is whole")
func nameWithParticiple() {
  let text =
    "A technique called Scattered Light Imaging shows nerve fibers. With the new Scattered Light Imaging each pixel counts."
  #expect(topics(text).contains("scattered light imaging"), "\(topics(text))")
}
