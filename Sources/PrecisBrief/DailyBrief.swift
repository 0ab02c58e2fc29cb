import PrecisJSON
import PrecisModel

/// A day's brief, frozen: what is written once and read for the rest of the day.
public struct DailyBrief: Equatable, Sendable {
  /// The day in UTC, as `2026-11-24`.
  public var day: String
  /// When it was made.
  public var dateMade: Timestamp
  /// The picks, best first.
  public var picks: [BriefPick]
  /// What the briefs of other days had, the last made first.
  public var earlier: [EarlierBrief]

  /// Days that are remembered.
  public static let memory = 30

  /// A brief from its parts.
  public init(day: String, dateMade: Timestamp, picks: [BriefPick], earlier: [EarlierBrief] = []) {
    self.day = day
    self.dateMade = dateMade
    self.picks = picks
    self.earlier = earlier
  }

  /// A day's brief that is made now: the articles and sources of the briefs before it give way to others.
  ///
  /// - Parameter last: the brief that was made last, of this day or another.
  public init(
    day: String, candidates: [BriefCandidate], now: Timestamp, configuration: BriefConfiguration,
    after last: DailyBrief?
  ) {
    let earlier = last.map { $0.history(without: day) } ?? []
    var recent: [String: Int] = [:]
    for brief in earlier.prefix(7) { for source in Set(brief.sources) { recent[source, default: 0] += 1 } }
    let picks = Brief.pick(
      candidates, now: now, configuration: configuration, recentSources: recent,
      alreadyPicked: Set(earlier.flatMap(\.ids)))
    self.init(day: day, dateMade: now, picks: picks, earlier: earlier)
  }

  /// Puts picks that were made earlier in the day first: they stay, and these fill what is left of `count`.
  public mutating func keep(_ made: [BriefPick], count: Int) {
    let ids = Set(made.map(\.candidate.id))
    picks = Array((made + picks.filter { !ids.contains($0.candidate.id) }).prefix(count))
  }

  /// The briefs of other days than one, this one with them; later days too, for a clock may have been set back.
  private func history(without day: String) -> [EarlierBrief] {
    let own = EarlierBrief(
      day: self.day, ids: picks.map(\.candidate.id), sources: picks.map(\.candidate.sourceName))
    return Array(([own] + earlier).filter { $0.day != day }.prefix(Self.memory))
  }

  /// Writes the brief as one JSON object.
  public func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.field("day", day)
    writer.field("date_made", dateMade.description)
    writer.key("picks")
    writer.beginArray()
    for pick in picks { pick.write(to: &writer) }
    writer.endArray()
    writer.key("earlier")
    writer.beginArray()
    for brief in earlier {
      writer.beginObject()
      writer.field("day", brief.day)
      writer.field("ids", brief.ids.map(\.text))
      writer.field("sources", brief.sources)
      writer.endObject()
    }
    writer.endArray()
    writer.endObject()
  }

  /// The brief that an object is; nil where the day, the moment or a pick's id is missing or wrong.
  public init?(json: JSONValue) {
    guard let day = json["day"]?.string,
      let made = json["date_made"]?.string.flatMap(Timestamp.init(rfc3339:)),
      let values = json["picks"]?.array
    else { return nil }
    var picks: [BriefPick] = []
    for value in values {
      guard let pick = BriefPick(json: value) else { return nil }
      picks.append(pick)
    }
    let earlier = (json["earlier"]?.array ?? []).compactMap { value in
      value["day"]?.string.map { day in
        EarlierBrief(
          day: day, ids: (value["ids"]?.strings ?? []).compactMap { ArticleID($0) },
          sources: value["sources"]?.strings ?? [])
      }
    }
    self.init(day: day, dateMade: made, picks: picks, earlier: earlier)
  }
}

/// What is remembered of an earlier day's brief.
public struct EarlierBrief: Equatable, Sendable {
  /// The day, as `2026-11-24`.
  public var day: String
  /// The articles that it had.
  public var ids: [ArticleID]
  /// Their sources, by name.
  public var sources: [String]

  /// A memory from its parts.
  public init(day: String, ids: [ArticleID], sources: [String]) {
    self.day = day
    self.ids = ids
    self.sources = sources
  }
}

extension BriefPick {
  fileprivate func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.field("id", candidate.id.text)
    writer.field("title", candidate.title)
    writer.field("url", candidate.url)
    writer.field("source", candidate.sourceName)
    writer.field("feed_url", candidate.feedURL)
    writer.field("date", candidate.date.description)
    writer.field("word_count", candidate.wordCount)
    writer.field("topics", candidate.topics)
    writer.field("fields", candidate.fields)
    writer.field("best_for", candidate.bestFor)
    writer.field("summary_words", candidate.summaryWords)
    writer.field("findings", candidate.findings)
    writer.field("code_references", candidate.codeReferences)
    writer.field("sightings", candidate.sightings)
    writer.key("score")
    writer.number(score)
    writer.field("reason", reason)
    writer.endObject()
  }

  fileprivate init?(json: JSONValue) {
    guard let id = json["id"]?.string.flatMap({ ArticleID($0) }),
      let date = json["date"]?.string.flatMap(Timestamp.init(rfc3339:))
    else { return nil }
    var candidate = BriefCandidate(
      id: id, title: json["title"]?.string ?? "", url: json["url"]?.string,
      sourceName: json["source"]?.string ?? "", feedURL: json["feed_url"]?.string ?? "", date: date)
    candidate.wordCount = json["word_count"]?.int ?? 0
    candidate.topics = json["topics"]?.strings ?? []
    candidate.fields = json["fields"]?.strings ?? []
    candidate.bestFor = json["best_for"]?.strings ?? []
    candidate.summaryWords = json["summary_words"]?.int ?? 0
    candidate.findings = json["findings"]?.int ?? 0
    candidate.codeReferences = json["code_references"]?.int ?? 0
    candidate.sightings = json["sightings"]?.int ?? 0
    self.init(candidate: candidate, score: json["score"]?.double ?? 0, reason: json["reason"]?.string ?? "")
  }
}
