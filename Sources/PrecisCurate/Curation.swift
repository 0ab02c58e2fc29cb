import PrecisModel

/// One article's way through the curator.
struct Curation {
  private(set) var curated = Curated()

  private let input: CuratorInput
  private let configuration: CuratorConfiguration

  init(_ input: CuratorInput, configuration: CuratorConfiguration, taxonomy: Taxonomy) {
    self.input = input
    self.configuration = configuration
    let reading = Reading(input)
    curated.language = reading.document.language
    fillReferences(reading)
    let evidence = taxonomy.evidence(reading)
    guard !reading.document.tokens.isEmpty else {
      keepPublisherSummary()
      fillTopics(reading, evidence, taxonomy)
      return
    }
    fillSummary(reading)
    if reading.proseWords >= Insights.shortestArticle { fillSections(reading) }
    fillTopics(reading, evidence, taxonomy)
    fillClasses(reading, evidence, taxonomy)
  }

  private mutating func fillReferences(_ reading: Reading) {
    let found = CodeReferences(links: input.links, document: reading.document)
    curated.codeReferences = found.references
    if !found.references.isEmpty {
      curated.provenance["code_references"] = Article.Provenance(by: .extractive, quotes: found.quotes)
    }
  }

  private mutating func keepPublisherSummary() {
    guard let text = publisherSummary else { return }
    curated.summary = text
    curated.provenance["summary"] = Article.Provenance(by: .publisher)
  }

  /// The publisher's summary without boilerplate; nil where nothing is left.
  private var publisherSummary: String? {
    guard let given = input.publisherSummary, !given.isEmpty else { return nil }
    return Self.withoutBoilerplate(Document(given))
  }

  private static func withoutBoilerplate(_ document: Document) -> String? {
    let boilerplate = Boilerplate(document)
    var kept: [String] = []
    for (index, sentence) in document.sentences.enumerated() where !boilerplate.sentences[index] {
      kept.append(document.text(sentence.start..<sentence.end))
    }
    let text = kept.joined(separator: " ")
    return text.utf8.contains(where: { $0 > 0x20 }) ? text : nil
  }

  private mutating func fillSummary(_ reading: Reading) {
    let bounds =
      configuration
      .minimumSummaryWords...max(
        configuration.maximumSummaryWords, configuration.minimumSummaryWords)
    if reading.proseWords >= Summary.shortestArticle {
      let excerpts = Summary(reading: reading).excerpts(words: bounds)
      if !excerpts.isEmpty {
        curated.summary = excerpts.map(\.text).joined(separator: " ")
        note("summary", excerpts)
        return
      }
    }
    let isShort = reading.proseWords < Summary.shortestArticle
    fillShortSummary(reading, most: isShort ? bounds.upperBound : 0, publishers: bounds.upperBound)
  }

  /// A short post speaks for itself: the publisher's summary, else its own sentences. Of a longer one without a
  /// sentence to quote, such as a table of results, the first rows are no summary.
  private mutating func fillShortSummary(_ reading: Reading, most: Int, publishers: Int) {
    if let text = publisherSummary, Document(text).wordCountOfAll <= publishers {
      curated.summary = text
      curated.provenance["summary"] = Article.Provenance(by: .publisher)
      return
    }
    var excerpts: [Excerpt] = []
    var words = 0
    for (index, sentence) in reading.document.sentences.enumerated() where reading.candidates.isProse[index] {
      let range = sentence.start..<sentence.end
      let isClean = reading.document.bytes.withUnsafeBufferPointer {
        SentenceShape(UnsafeBufferPointer(rebasing: $0[range])).isClean
      }
      guard isClean, words + reading.words[index] <= most, sentence.end - sentence.start <= 1200 else {
        continue
      }
      let excerpt = reading.excerpt(range)
      guard !excerpts.contains(where: { $0.text == excerpt.text }) else { continue }
      words += reading.words[index]
      excerpts.append(excerpt)
    }
    guard !excerpts.isEmpty, words >= 3 else { return }
    curated.summary = excerpts.map(\.text).joined(separator: " ")
    note("summary", excerpts)
  }

  private mutating func fillSections(_ reading: Reading) {
    let (theses, thesisSentences) = Insights(reading: reading).theses()
    curated.keyInsights = theses.map(\.text)
    note("key_insights", theses)

    var taken = Set(thesisSentences)
    let rhetoric = Rhetoric(reading)
    let offsets = Set(curated.provenance["summary"]?.quotes.map(\.offset) ?? [])
    let inSummary = Set(
      reading.document.sentences.indices.filter { offsets.contains(reading.document.sentences[$0].start) })
    let takeaway = rhetoric.takeaway(notIn: inSummary)
    if !takeaway.isEmpty { curated.keyTakeaway = takeaway.map(\.text).joined(separator: " ") }
    note("key_takeaway", takeaway)

    if let method = rhetoric.method(notIn: taken) {
      curated.method = method.text
      note("method", [method])
    }
    let practices = rhetoric.practices(notIn: taken)
    curated.inPractice = practices.map(\.text)
    note("in_practice", practices)
    for practice in practices {
      taken.formUnion(
        reading.document.sentences.indices.filter {
          reading.document.sentences[$0].start == practice.quote.offset
        })
    }
    let principles = rhetoric.principles(notIn: taken)
    curated.principles = principles.map(\.text)
    note("principles", principles)
  }

  private mutating func fillTopics(
    _ reading: Reading, _ evidence: Taxonomy.Evidence, _ taxonomy: Taxonomy
  ) {
    let topics = TopicList(
      reading, evidence: evidence, taxonomy: taxonomy, categories: input.categories,
      most: configuration.maximumTopics)
    curated.topics = topics.names
    if !topics.names.isEmpty {
      curated.provenance["topics"] = Article.Provenance(
        by: topics.isPublishers ? .publisher : .extractive, quotes: topics.quotes)
    }
  }

  private mutating func fillClasses(_ reading: Reading, _ evidence: Taxonomy.Evidence, _ taxonomy: Taxonomy) {
    let classes = Classification(evidence, taxonomy, words: reading.proseWords)
    curated.fields = classes.fields.map(\.name)
    curated.bestFor = classes.roles.map(\.name)
    if !classes.fields.isEmpty {
      curated.provenance["fields"] = Article.Provenance(
        by: .extractive, quotes: classes.fields.flatMap(\.quotes))
    }
    if !classes.roles.isEmpty {
      curated.provenance["best_for"] = Article.Provenance(
        by: .extractive, quotes: classes.roles.flatMap(\.quotes))
    }
    if let depth = Article.Depth(reading, evidence: evidence) {
      curated.depth = depth
      curated.provenance["depth"] = Article.Provenance(by: .extractive)
    }
  }

  private mutating func note(_ key: String, _ excerpts: [Excerpt]) {
    guard !excerpts.isEmpty else { return }
    curated.provenance[key] = Article.Provenance(by: .extractive, quotes: excerpts.map(\.quote))
  }
}

extension Document {
  /// Words of the whole text.
  fileprivate var wordCountOfAll: Int { wordCount(0..<tokens.count) }
}
