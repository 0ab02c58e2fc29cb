import PrecisJSON
import PrecisModel

/// feeds.json: every subscription and its health, for programs.
///
/// `{"version":1,"feeds":[…]}`, the feeds in the order given, each with the members of a state line (without its
/// validators and body hash, which are of no use to readers) and `health`: the findings, empty where all is well.
/// Addresses come without credentials, as they are stored.
public enum FeedsView {
  /// The bytes of the document, ended by a line feed; tombstones of removed subscriptions are left out.
  public static func bytes(_ feeds: [FeedState], now: Timestamp) -> [UInt8] {
    var json = JSONWriter(capacity: 1024 + feeds.count * 640)
    json.beginObject()
    json.field("version", 1)
    json.field("date_written", now.description)
    json.key("feeds")
    json.beginArray()
    for var feed in feeds where feed.status != .removed {
      let health = FeedHealth(feed, now: now)
      feed.validators = nil
      feed.bodyHash = nil
      json.beginObject()
      feed.writeMembers(to: &json)
      json.key("health")
      json.beginArray()
      for (finding, reason) in health.findings {
        json.beginObject()
        json.field("finding", finding.rawValue)
        json.field("reason", reason)
        json.endObject()
      }
      json.endArray()
      json.endObject()
    }
    json.endArray()
    json.endObject()
    json.newline()
    return json.bytes
  }
}
