/// What a site may change about the curation of its articles.
public struct CuratorConfiguration: Equatable, Sendable {
  /// Who is credited for the curation.
  public var editor: String
  /// Fewest words of a summary where the article is long enough.
  public var minimumSummaryWords: Int
  /// Most words of a summary.
  public var maximumSummaryWords: Int
  /// Most topics of an article.
  public var maximumTopics: Int
  /// Further entries of the taxonomy, weighed like the built-in ones.
  public var fields: [TaxonomyField]
  /// Further topics, found by their terms.
  public var topics: [TaxonomyTopic]
  /// Further roles of readers.
  public var roles: [ReaderRole]

  /// The configuration that suits most libraries.
  public init() {
    editor = "Precis"
    minimumSummaryWords = 90
    maximumSummaryWords = 170
    maximumTopics = 8
    fields = []
    topics = []
    roles = []
  }
}

/// A field of work, and the terms that speak for it.
public struct TaxonomyField: Equatable, Sendable {
  /// The name that an article carries, as "Databases & Storage".
  public var name: String
  /// Terms in lower case; words of a term are parted by one space.
  public var terms: [String]

  /// A field from its parts.
  public init(name: String, terms: [String]) {
    self.name = name
    self.terms = terms
  }
}

/// A topic that readers file articles under, and the terms that speak for it.
public struct TaxonomyTopic: Equatable, Sendable {
  /// The name that an article carries, as "Retrieval-Augmented Generation".
  public var name: String
  /// Terms in lower case; words of a term are parted by one space.
  public var terms: [String]

  /// A topic from its parts.
  public init(name: String, terms: [String]) {
    self.name = name
    self.terms = terms
  }
}

/// A role of a reader, and what speaks for an article's being of use to it.
public struct ReaderRole: Equatable, Sendable {
  /// The name that an article carries, as "Database Engineer".
  public var name: String
  /// Names of fields that concern the role.
  public var fields: [String]
  /// Terms in lower case that speak for it, whatever the field.
  public var terms: [String]

  /// A role from its parts.
  public init(name: String, fields: [String], terms: [String]) {
    self.name = name
    self.fields = fields
    self.terms = terms
  }
}
