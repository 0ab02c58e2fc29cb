import PrecisModel

/// What the curator made of an article.
///
/// Every sentence stands in the article's text, at the offset that ``provenance`` gives.
public struct Curated: Equatable, Sendable {
  /// A paragraph of 90 to 170 words, always shorter than the article.
  public var summary: String?
  /// 50 to 80 words on what follows for the reader.
  public var keyTakeaway: String?
  /// One to three theses of at most 25 words.
  public var keyInsights: [String] = []
  /// Two to four rules of at most 12 words.
  public var principles: [String] = []
  /// One sentence of at most 35 words on how the author goes about it.
  public var method: String?
  /// Two to five directives of at most 14 words.
  public var inPractice: [String] = []
  /// Up to eight, most telling first.
  public var topics: [String] = []
  /// Fields of work, the strongest first.
  public var fields: [String] = []
  /// How much the reader must know.
  public var depth: Article.Depth?
  /// Code, models, data sets and papers that it refers to.
  public var codeReferences: [Article.CodeReference] = []
  /// Up to six roles, the one that gains most first.
  public var bestFor: [String] = []
  /// BCP 47; declared, else detected.
  public var language: String?
  /// Per key of the model, who filled it and on what evidence.
  public var provenance: [String: Article.Provenance] = [:]

  /// Nothing known.
  public init() {}
}
