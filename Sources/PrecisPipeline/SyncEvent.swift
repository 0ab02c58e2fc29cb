import PrecisJSON
import PrecisModel

/// What a sync tells of itself while it runs.
public enum SyncEvent: Sendable {
  /// It begins, with so many feeds.
  case started(feeds: Int)
  /// A feed was polled, and what came of it is durable.
  case feed(FeedReport)
  /// The page of an article that its feed has only a teaser of was read, and what came of it is durable.
  case page(PageReport)
  /// Everything is durable.
  case finished(SyncSummary)

  /// The event as one line of NDJSON, without the newline.
  public var json: [UInt8] {
    var json = JSONWriter(capacity: 256)
    json.beginObject()
    switch self {
    case .started(let feeds):
      json.field("event", "started")
      json.field("feeds", feeds)
    case .feed(let report):
      json.field("event", "feed")
      report.writeMembers(to: &json)
    case .page(let report):
      json.field("event", "page")
      report.writeMembers(to: &json)
    case .finished(let summary):
      json.field("event", "finished")
      summary.writeMembers(to: &json)
    }
    json.endObject()
    return json.bytes
  }

  /// Reads what `json` writes; nil for anything else.
  public init?(json bytes: [UInt8]) {
    guard let value = try? JSONParser.parse(bytes) else { return nil }
    switch value["event"]?.string {
    case "started": self = .started(feeds: value["feeds"]?.int ?? 0)
    case "feed":
      guard let report = FeedReport(json: value) else { return nil }
      self = .feed(report)
    case "page":
      guard let report = PageReport(json: value) else { return nil }
      self = .page(report)
    case "finished": self = .finished(SyncSummary(json: value))
    default: return nil
    }
  }
}

/// What a poll of one feed came to.
public struct FeedReport: Sendable, Equatable {
  /// The feed.
  public var id: FeedID
  /// Its address.
  public var url: String
  /// Its title, or its address.
  public var title: String
  /// How the poll ended.
  public var outcome: Outcome
  /// Articles that the store did not have.
  public var new = 0
  /// Articles that the publisher changed.
  public var revised = 0
  /// Articles that the store has from another feed or address.
  public var seenElsewhere = 0
  /// Bytes received over the network.
  public var bytes = 0
  /// Milliseconds from the request to the last byte.
  public var milliseconds = 0
  /// What was odd but did not stop it.
  public var warnings: [String] = []
  /// Why it failed, or was put off, in a sentence.
  public var error: String?
  /// When it is polled next.
  public var nextDue: Timestamp?

  /// A report without counts.
  public init(id: FeedID, url: String, title: String, outcome: Outcome) {
    self.id = id
    self.url = url
    self.title = title
    self.outcome = outcome
  }

  /// How a poll can end.
  public enum Outcome: String, Sendable {
    /// It had something new.
    case changed
    /// It had nothing new.
    case unchanged
    /// It failed.
    case failed
    /// It was not polled: a promise made to its server forbids it, or it is gone.
    case deferred
  }

  func writeMembers(to json: inout JSONWriter) {
    json.field("id", id.text)
    json.field("url", url)
    json.field("title", title)
    json.field("outcome", outcome.rawValue)
    json.field("new", new)
    json.field("revised", revised)
    json.field("seen_elsewhere", seenElsewhere)
    json.field("bytes", bytes)
    json.field("milliseconds", milliseconds)
    json.field("warnings", warnings)
    json.field("error", error)
    json.field("next_due", nextDue?.description)
  }

  init?(json: JSONValue) {
    guard let id = json["id"]?.string.flatMap({ FeedID($0) }), let url = json["url"]?.string,
      let outcome = json["outcome"]?.string.flatMap({ Outcome(rawValue: $0) })
    else { return nil }
    self.init(id: id, url: url, title: json["title"]?.string ?? url, outcome: outcome)
    new = json["new"]?.int ?? 0
    revised = json["revised"]?.int ?? 0
    seenElsewhere = json["seen_elsewhere"]?.int ?? 0
    bytes = json["bytes"]?.int ?? 0
    milliseconds = json["milliseconds"]?.int ?? 0
    warnings = json["warnings"]?.strings ?? []
    error = json["error"]?.string
    nextDue = json["next_due"]?.string.flatMap { Timestamp(rfc3339: $0) }
  }
}

/// What the page of an article came to.
public struct PageReport: Sendable, Equatable {
  /// The article's feed.
  public var feed: FeedID
  /// The page.
  public var url: String
  /// Why its text was not taken; nil where it was.
  public var error: String?
  /// Pages of the feed that still wait.
  public var left: Int

  init(feed: FeedID, url: String, error: String?, left: Int) {
    self.feed = feed
    self.url = url
    self.error = error
    self.left = left
  }

  func writeMembers(to json: inout JSONWriter) {
    json.field("id", feed.text)
    json.field("url", url)
    json.field("error", error)
    json.field("left", left)
  }

  init?(json: JSONValue) {
    guard let feed = json["id"]?.string.flatMap({ FeedID($0) }), let url = json["url"]?.string else {
      return nil
    }
    self.init(feed: feed, url: url, error: json["error"]?.string, left: json["left"]?.int ?? 0)
  }
}

/// What a sync came to.
public struct SyncSummary: Sendable, Equatable {
  /// Feeds asked for.
  public var feeds = 0
  /// Of these, with something new.
  public var changed = 0
  /// Of these, with nothing new.
  public var unchanged = 0
  /// Of these, failed.
  public var failed = 0
  /// Of these, not polled because of a promise to the server.
  public var deferred = 0
  /// Articles that the store did not have.
  public var new = 0
  /// Articles that the publisher changed.
  public var revised = 0
  /// Articles that the store has from another feed or address.
  public var seenElsewhere = 0
  /// Pages read for articles that their feeds have only teasers of.
  public var pages = 0
  /// Such pages that are still to be read.
  public var pagesLeft = 0
  /// Odd things that were passed over.
  public var warnings = 0
  /// Bytes received over the network.
  public var bytes = 0
  /// Milliseconds from the first request until everything was durable.
  public var milliseconds = 0

  /// Nothing yet.
  public init() {}

  /// Counts in what came of a feed.
  public mutating func add(_ report: FeedReport) {
    switch report.outcome {
    case .changed: changed += 1
    case .unchanged: unchanged += 1
    case .failed: failed += 1
    case .deferred: deferred += 1
    }
    new += report.new
    revised += report.revised
    seenElsewhere += report.seenElsewhere
    warnings += report.warnings.count
    bytes += report.bytes
  }

  /// Counts in what came of a page.
  mutating func add(_ report: PageReport) {
    if report.error == nil { pages += 1 } else { warnings += 1 }
  }

  func writeMembers(to json: inout JSONWriter) {
    json.field("feeds", feeds)
    json.field("changed", changed)
    json.field("unchanged", unchanged)
    json.field("failed", failed)
    json.field("deferred", deferred)
    json.field("new", new)
    json.field("revised", revised)
    json.field("seen_elsewhere", seenElsewhere)
    json.field("pages", pages)
    json.field("pages_left", pagesLeft)
    json.field("warnings", warnings)
    json.field("bytes", bytes)
    json.field("milliseconds", milliseconds)
  }

  init(json: JSONValue) {
    feeds = json["feeds"]?.int ?? 0
    changed = json["changed"]?.int ?? 0
    unchanged = json["unchanged"]?.int ?? 0
    failed = json["failed"]?.int ?? 0
    deferred = json["deferred"]?.int ?? 0
    new = json["new"]?.int ?? 0
    revised = json["revised"]?.int ?? 0
    seenElsewhere = json["seen_elsewhere"]?.int ?? 0
    pages = json["pages"]?.int ?? 0
    pagesLeft = json["pages_left"]?.int ?? 0
    warnings = json["warnings"]?.int ?? 0
    bytes = json["bytes"]?.int ?? 0
    milliseconds = json["milliseconds"]?.int ?? 0
  }
}
