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
    var pieces = Pieces(now: now, capacity: 1024 + feeds.count * 640)
    for feed in feeds { pieces.add(feed) }
    pieces.end()
    return pieces.bytes
  }

  /// The document in pieces, for more feeds than are held in memory at once.
  public struct Pieces: ~Copyable {
    private var json: JSONWriter
    private let now: Timestamp

    /// A document without feeds yet.
    public init(now: Timestamp, capacity: Int = 80 << 10) {
      self.now = now
      json = JSONWriter(capacity: capacity)
      json.beginObject()
      json.field("version", 1)
      json.field("date_written", now.description)
      json.key("feeds")
      json.beginArray()
    }

    /// What was written since the last ``take()``.
    public var bytes: [UInt8] { json.bytes }

    /// Adds a feed; a tombstone is left out.
    public mutating func add(_ feed: FeedState) {
      guard feed.status != .removed else { return }
      let health = FeedHealth(feed, now: now)
      var feed = feed
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

    /// Ends the document.
    public mutating func end() {
      json.endArray()
      json.endObject()
      json.newline()
    }

    /// Gives what was written since the last time.
    public mutating func take() -> [UInt8] {
      let bytes = json.bytes
      json.removeBytes()
      return bytes
    }
  }
}
