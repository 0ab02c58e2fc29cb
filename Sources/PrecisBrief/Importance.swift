import PrecisModel

/// How important an article is for a reader on a day: the weighted mean of four parts, each 0 to 1.
public struct Importance: Equatable, Sendable {
  /// The source's quality, 0.5 where nothing is known of it, raised by 0.05 for each other place that carried the
  /// article, at most by 0.2.
  public var source: Double
  /// What is in it: length up to 1,500 words 0.5, a summary 0.2, findings up to five 0.15, code references up to
  /// three 0.15.
  public var substance: Double
  /// 1 when new, half of that every 36 hours.
  public var freshness: Double
  /// Of the configured roles and topics, how well the best fit: 0.5 where none are configured.
  public var relevance: Double
  /// The four by their weights, 0 to 1.
  public var total: Double
  /// The reader's topics that it is about.
  var matchedTopics: [String]
  /// The reader's roles that it is best for.
  var matchedRoles: [String]

  /// The importance of a candidate.
  public init(_ candidate: BriefCandidate, now: Timestamp, configuration: BriefConfiguration) {
    let quality =
      configuration.sourceQuality[candidate.feedURL] ?? configuration.sourceQuality[candidate.sourceName]
      ?? 0.5
    source = min(1, max(0, quality) + min(0.2, 0.05 * Double(max(0, candidate.sightings))))
    substance = Self.substance(of: candidate)
    freshness = Self.halved(ageSeconds: max(0, now - candidate.date), every: 36 * 3600)
    let words = Self.words(of: candidate)
    matchedTopics = configuration.topics.filter { Self.isAbout(words, topic: $0) }
    matchedRoles = configuration.roles.filter { role in
      candidate.bestFor.contains { TopicWords.folded($0) == TopicWords.folded(role) }
    }
    relevance = Self.relevance(
      topics: configuration.topics.isEmpty ? nil : matchedTopics.count,
      roles: configuration.roles.isEmpty ? nil : matchedRoles.count)
    let weights = configuration.weights
    let sum = weights.source + weights.substance + weights.freshness + weights.relevance
    let weighted =
      weights.source * source + weights.substance * substance + weights.freshness * freshness
      + weights.relevance * relevance
    total = sum > 0 ? weighted / sum : 0
  }

  private static func substance(of candidate: BriefCandidate) -> Double {
    0.5 * min(1, Double(max(0, candidate.wordCount)) / 1500) + (candidate.summaryWords > 0 ? 0.2 : 0)
      + 0.15 * min(1, Double(candidate.findings) / 5) + 0.15 * min(1, Double(candidate.codeReferences) / 3)
  }

  /// The quality of sources of which nothing is configured, by name: from 0.3 to 0.7, by how much there is in
  /// their articles on the average; three average articles are added, so that one article does not make a name.
  static func habits(of candidates: [BriefCandidate]) -> [String: Double] {
    // In millionths: the order of the candidates must not matter.
    var sums: [String: (substance: Int, count: Int)] = [:]
    for candidate in candidates {
      sums[candidate.sourceName, default: (0, 0)].substance += Int(substance(of: candidate) * 1e6)
      sums[candidate.sourceName, default: (0, 0)].count += 1
    }
    return sums.mapValues { 0.3 + 0.4 * (Double($0.substance) / 1e6 + 1.5) / Double($0.count + 3) }
  }

  /// 2 to the power of -age/half-life in steps of a 64th, by multiplication alone: the same bits on every machine.
  private static func halved(ageSeconds: Int64, every halfLife: Int64) -> Double {
    let steps = min(ageSeconds / max(1, halfLife / 64), 64 * 60)
    var value = 1.0
    for _ in 0..<(steps / 64) { value *= 0.5 }
    // 2^(-1/64)
    for _ in 0..<(steps % 64) { value *= 0.989_228_013_193_975_4 }
    return value
  }

  /// One match of a kind is most of it; a second adds the rest.
  private static func relevance(topics: Int?, roles: Int?) -> Double {
    func share(_ matches: Int) -> Double { matches == 0 ? 0 : matches == 1 ? 0.8 : 1 }
    switch (topics, roles) {
    case (nil, nil): return 0.5
    case (let topics?, nil): return share(topics)
    case (nil, let roles?): return share(roles)
    case (let topics?, let roles?): return 0.6 * share(topics) + 0.4 * share(roles)
    }
  }

  private static func words(of candidate: BriefCandidate) -> [[String]] {
    (candidate.topics + candidate.fields + [candidate.title]).map(TopicWords.words)
  }

  /// Whether one of the article's topics, fields or its title has all the words of a topic.
  private static func isAbout(_ texts: [[String]], topic: String) -> Bool {
    let wanted = TopicWords.words(topic)
    guard !wanted.isEmpty else { return false }
    return texts.contains { text in wanted.allSatisfy(text.contains) }
  }
}

/// The words of topics, comparable.
enum TopicWords {
  /// Lower case, a plural's s cut, without punctuation.
  static func words(_ text: String) -> [String] {
    text.lowercased().split(whereSeparator: { !$0.isLetter && !$0.isNumber }).map { word in
      word.utf8.count > 3 && word.hasSuffix("s") && !word.hasSuffix("ss")
        ? String(word.dropLast()) : String(word)
    }
  }

  static func folded(_ text: String) -> String { words(text).joined(separator: " ") }
}
