import PrecisModel

/// An article of the day's brief.
public struct BriefPick: Equatable, Sendable {
  /// The article.
  public var candidate: BriefCandidate
  /// Its importance, 0 to 1, before diversity.
  public var score: Double
  /// Why it was picked: a sentence with the facts.
  public var reason: String

  /// A pick from its parts.
  public init(candidate: BriefCandidate, score: Double, reason: String) {
    self.candidate = candidate
    self.score = score
    self.reason = reason
  }
}

/// Picks the day's articles worth reading.
public enum Brief {
  /// The picks, best first.
  ///
  /// The candidates are those of the narrowest window that has enough of them, else all, so the brief is empty only
  /// where the store is. Each place goes to the article with the highest importance after the discounts for a source
  /// and topics that are in the brief already and for a source that recent briefs had. The same candidates in
  /// any order give the same picks.
  ///
  /// - Parameters:
  ///   - candidates: the store's articles, or as many of the newest as are to be looked at.
  ///   - now: the moment the brief is made.
  ///   - configuration: what the reader wants.
  ///   - recentSources: how often a source, by name, was in the briefs of the days before.
  ///   - alreadyPicked: the articles of earlier briefs; they come again only where there is nothing else.
  public static func pick(
    _ candidates: [BriefCandidate], now: Timestamp, configuration: BriefConfiguration,
    recentSources: [String: Int] = [:], alreadyPicked: Set<ArticleID> = []
  ) -> [BriefPick] {
    var configuration = configuration
    configuration.sourceQuality.merge(Importance.habits(of: candidates)) { configured, _ in configured }
    let fresh = candidates.filter { !alreadyPicked.contains($0.id) }
    let pool = window(fresh.isEmpty ? candidates : fresh, now: now, configuration: configuration)
    var open = pool.map {
      (candidate: $0, importance: Importance($0, now: now, configuration: configuration))
    }
    // A fixed order first: the input's must not matter.
    open.sort { isBefore($0.candidate, $0.importance.total, $1.candidate, $1.importance.total) }
    var picks: [BriefPick] = []
    var diversity = Diversity(recentSources: recentSources)
    while picks.count < configuration.count, !open.isEmpty {
      let allowed = open.indices.filter {
        diversity.picks(of: open[$0].candidate.sourceName) < configuration.perSource
      }
      let choice = (allowed.isEmpty ? Array(open.indices) : allowed).max { left, right in
        let a = open[left].importance.total * diversity.discount(of: open[left].candidate)
        let b = open[right].importance.total * diversity.discount(of: open[right].candidate)
        return a != b ? a < b : left > right
      }
      guard let choice else { break }
      let (candidate, importance) = open.remove(at: choice)
      diversity.add(candidate)
      picks.append(
        BriefPick(
          candidate: candidate, score: importance.total,
          reason: PickReason.sentence(candidate, importance, now: now)))
    }
    return picks
  }

  /// How many of the best by importance alone are looked at for diversity: enough for any brief, and bounded.
  private static let poolLimit = 500

  private static func window(
    _ candidates: [BriefCandidate], now: Timestamp, configuration: BriefConfiguration
  ) -> [BriefCandidate] {
    for window in configuration.windowsSeconds {
      let inside = candidates.filter { now - $0.date <= window }
      if inside.count >= configuration.count {
        return limited(inside, now: now, configuration: configuration)
      }
    }
    return limited(candidates, now: now, configuration: configuration)
  }

  private static func limited(
    _ candidates: [BriefCandidate], now: Timestamp, configuration: BriefConfiguration
  ) -> [BriefCandidate] {
    guard candidates.count > poolLimit else { return candidates }
    let scored = candidates.map { ($0, Importance($0, now: now, configuration: configuration).total) }
    return scored.sorted { isBefore($0.0, $0.1, $1.0, $1.1) }.prefix(poolLimit).map(\.0)
  }

  private static func isBefore(_ a: BriefCandidate, _ aScore: Double, _ b: BriefCandidate, _ bScore: Double)
    -> Bool
  {
    if aScore != bScore { return aScore > bScore }
    return a.date != b.date ? a.date > b.date : a.id < b.id
  }
}

/// What is in the brief already, and what that takes from the next article.
private struct Diversity {
  private var sources: [String: Int] = [:]
  private var topics: [String: Int] = [:]
  private let recentSources: [String: Int]

  init(recentSources: [String: Int]) { self.recentSources = recentSources }

  func picks(of source: String) -> Int { sources[source] ?? 0 }

  /// 0.7 for each pick of the source, 0.85 for each pick of the most used topic, 0.97 for each recent brief's.
  func discount(of candidate: BriefCandidate) -> Double {
    let repeated = candidate.topics.map { topics[TopicWords.folded($0)] ?? 0 }.max() ?? 0
    return power(0.7, picks(of: candidate.sourceName)) * power(0.85, repeated)
      * power(0.97, recentSources[candidate.sourceName] ?? 0)
  }

  mutating func add(_ candidate: BriefCandidate) {
    sources[candidate.sourceName, default: 0] += 1
    for topic in Set(candidate.topics.map(TopicWords.folded)) { topics[topic, default: 0] += 1 }
  }

  private func power(_ base: Double, _ exponent: Int) -> Double {
    var value = 1.0
    for _ in 0..<min(max(0, exponent), 64) { value *= base }
    return value
  }
}
