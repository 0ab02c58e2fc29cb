import PrecisJSON
import PrecisModel
import PrecisViews

extension DaemonStatus {
  /// The status as one JSON object.
  public var json: [UInt8] {
    var json = JSONWriter(capacity: 512)
    json.beginObject()
    json.field("version", version)
    json.field("store", store)
    json.field("pid", processID)
    json.field("since", since.description)
    json.field("feeds", feeds)
    json.field("failing", failing)
    json.key("failure_kinds")
    json.beginObject()
    for (kind, count) in failureKinds.sorted(by: { $0.key < $1.key }) {
      json.key(kind)
      json.int(count)
    }
    json.endObject()
    json.field("gone", gone)
    json.field("articles", articles)
    json.field("last_sequence", lastSequence)
    json.field("in_flight", inFlight)
    json.field("pages_wanted", pagesWanted)
    json.field("polls", polls)
    json.field("not_modified", notModified)
    json.field("failures", failures)
    json.field("bytes", bytes)
    json.field("new", new)
    json.field("next_due", nextDue?.description)
    json.field("next_feed", nextFeed?.title)
    json.field("next_reason", nextFeed?.reason)
    json.field("last_poll", lastPoll?.description)
    json.field("latency_ms", latencyMilliseconds)
    json.field("store_error", storeError)
    json.endObject()
    json.newline()
    return json.bytes
  }

  /// Reads what `json` writes; nil where it is no status.
  public init?(json document: [UInt8]) {
    guard let json = try? JSONParser.parse(document), let store = json["store"]?.string else { return nil }
    self.init(
      version: json["version"]?.string ?? "", processID: json["pid"]?.int ?? 0,
      since: json["since"]?.string.flatMap { Timestamp(rfc3339: $0) } ?? Timestamp(seconds: 0), store: store)
    feeds = json["feeds"]?.int ?? 0
    failing = json["failing"]?.int ?? 0
    for (kind, count) in json["failure_kinds"]?.object ?? [] { failureKinds[kind] = count.int ?? 0 }
    gone = json["gone"]?.int ?? 0
    articles = json["articles"]?.int ?? 0
    lastSequence = json["last_sequence"]?.int ?? 0
    inFlight = json["in_flight"]?.int ?? 0
    pagesWanted = json["pages_wanted"]?.int ?? 0
    polls = json["polls"]?.int ?? 0
    notModified = json["not_modified"]?.int ?? 0
    failures = json["failures"]?.int ?? 0
    self.bytes = json["bytes"]?.int ?? 0
    new = json["new"]?.int ?? 0
    nextDue = json["next_due"]?.string.flatMap { Timestamp(rfc3339: $0) }
    if let title = json["next_feed"]?.string {
      nextFeed = (title: title, reason: json["next_reason"]?.string ?? "")
    }
    lastPoll = json["last_poll"]?.string.flatMap { Timestamp(rfc3339: $0) }
    latencyMilliseconds = json["latency_ms"]?.int ?? 0
    storeError = json["store_error"]?.string
  }
}
