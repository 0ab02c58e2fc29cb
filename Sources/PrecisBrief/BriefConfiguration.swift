/// What the reader wants of a day's brief.
public struct BriefConfiguration: Equatable, Sendable {
  /// How many articles a brief has.
  public var count: Int
  /// The reader's roles, as in an article's `best_for`.
  public var roles: [String]
  /// The reader's topics: matched against an article's topics, fields and title.
  public var topics: [String]
  /// How far back to look, in seconds, narrowest first; the whole store comes after the last.
  public var windowsSeconds: [Int64]
  /// How good a source is, 0 to 1, by its name or feed address; for those not named it goes by their articles.
  public var sourceQuality: [String: Double]
  /// How much each part of the importance counts.
  public var weights: Weights
  /// How many articles of one source a brief has, as long as there are others.
  public var perSource: Int

  /// A configuration; without roles and topics every article is equally relevant.
  public init(
    count: Int = 7, roles: [String] = [], topics: [String] = [],
    windowsSeconds: [Int64] = [172_800, 604_800],
    sourceQuality: [String: Double] = [:], weights: Weights = Weights(), perSource: Int = 2
  ) {
    self.count = count
    self.roles = roles
    self.topics = topics
    self.windowsSeconds = windowsSeconds
    self.sourceQuality = sourceQuality
    self.weights = weights
    self.perSource = perSource
  }

  /// How much each part of the importance counts; only their ratios matter.
  public struct Weights: Equatable, Sendable {
    /// The quality of the source.
    public var source: Double
    /// How much there is in the article.
    public var substance: Double
    /// How new it is.
    public var freshness: Double
    /// How well it fits the reader.
    public var relevance: Double

    /// Weights from their parts.
    public init(
      source: Double = 0.30, substance: Double = 0.25, freshness: Double = 0.20, relevance: Double = 0.25
    ) {
      self.source = source
      self.substance = substance
      self.freshness = freshness
      self.relevance = relevance
    }
  }
}
