import PrecisJSON
import PrecisModel

/// A day's brief, frozen: what is written once and read for the rest of the day.
public struct DailyBrief: Equatable, Sendable {
  /// The day in the reader's time zone, as `2026-11-24`.
  public var day: String
  /// When it was made.
  public var dateMade: Timestamp
  /// The picks, best first.
  public var picks: [BriefPick]

  /// A brief from its parts.
  public init(day: String, dateMade: Timestamp, picks: [BriefPick]) {
    self.day = day
    self.dateMade = dateMade
    self.picks = picks
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
    self.init(day: day, dateMade: made, picks: picks)
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
