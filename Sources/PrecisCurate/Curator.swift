import PrecisModel

/// Fills the summary model from the words of the article alone: no model, no network, no clock.
///
/// The same input gives the same bytes on every machine. The cost is linear in the length of the text; of a very
/// long one the first MiB and 2,000 sentences are looked at.
public struct Curator: Sendable {
  /// What it was made with.
  public let configuration: CuratorConfiguration
  private let taxonomy: Taxonomy

  /// A curator; making one costs a few milliseconds, so that one is kept for many articles.
  public init(configuration: CuratorConfiguration = .init()) {
    self.configuration = configuration
    taxonomy = Taxonomy(configuration)
  }

  /// The summary model of an article.
  public func curate(_ input: CuratorInput) -> Curated {
    Curation(input, configuration: configuration, taxonomy: taxonomy).curated
  }

  /// Fills the curated keys of an article from its own content, and its attribution where it has none.
  ///
  /// Keys that a language model filled stay as they are. A summary that the publisher gave stays where the text is
  /// too short for one of ours. The publisher's categories are those in `article.topics` before.
  public func curate(_ article: inout Article, links: [(url: String, text: String)] = []) {
    let input = CuratorInput(
      title: article.title, text: article.content?.text ?? "", html: article.content?.html, links: links,
      language: article.language, publisherSummary: article.summary, categories: article.topics,
      sourceName: article.source.name, url: article.url)
    let curated = curate(input)
    let before = article.provenance
    let isKept = { (key: String) in before[key]?.by == .model }
    if !isKept("summary") { article.summary = curated.summary }
    if !isKept("key_takeaway") { article.keyTakeaway = curated.keyTakeaway }
    if !isKept("key_insights") { article.keyInsights = curated.keyInsights }
    if !isKept("principles") { article.principles = curated.principles }
    if !isKept("method") { article.method = curated.method }
    if !isKept("in_practice") { article.inPractice = curated.inPractice }
    if !isKept("topics") { article.topics = curated.topics }
    if !isKept("fields") { article.fields = curated.fields }
    if !isKept("depth") { article.depth = curated.depth }
    if !isKept("best_for") { article.bestFor = curated.bestFor }
    article.codeReferences = curated.codeReferences
    article.language = curated.language
    article.provenance = before.filter { $0.value.by == .model }
      .merging(curated.provenance) { kept, _ in kept }
    if article.attribution == nil, !article.source.name.isEmpty {
      let publisher = article.source.name
      article.attribution = Article.Attribution(
        editor: configuration.editor, publisher: publisher,
        notice: "Editorial summary, takeaway, and curation by \(configuration.editor). "
          + "Original article published by \(publisher).")
    }
  }

  /// A summary of about so many words, for comparison with references of that length.
  public func summarise(_ input: CuratorInput, words: Int) -> String {
    let reading = Reading(input)
    return Summary(reading: reading).excerpts(about: max(words, 1)).map(\.text).joined(separator: " ")
  }

  /// Whether bytes can be a text; of what is none nothing is curated.
  public static func isText(_ bytes: [UInt8]) -> Bool { Document.isText(bytes) }

  /// The phrases that tell most about a text, best first, in the case in which the text writes them.
  public func keyphrases(_ text: String, limit: Int) -> [String] {
    let reading = Reading(CuratorInput(title: "", text: text))
    return Keyphrases.terms(reading, limit: limit).map(\.text)
  }
}
