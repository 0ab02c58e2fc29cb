import PrecisJSON
import PrecisModel

/// feeds.json: every subscription and its health, for programs.
///
/// `{"version":1,"feeds":[…]}`, the feeds in the order given, each with the members of a state line (without its
/// validators and body hash, which are of no use to readers) and `health`: the findings, empty where all is well.
/// Addresses come without credentials, as they are stored.
public enum FeedsView {
  /// More than most feeds take: a buffer that grows is there twice for a moment, and what is not filled costs nothing.
  private static let bytesPerFeed = 768

  /// The bytes of the document, ended by a line feed; tombstones of removed subscriptions are left out.
  public static func bytes(_ feeds: [FeedState], now: Timestamp) -> [UInt8] {
    var pieces = Pieces(now: now, capacity: 1024 + feeds.count * bytesPerFeed)
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

    /// How many bytes those are.
    public var count: Int { json.count }

    /// Adds a feed; a tombstone is left out.
    public mutating func add(_ feed: FeedState) {
      guard feed.status != .removed else { return }
      json.beginObject()
      feed.writeMembers(to: &json, withRequest: false)
      FeedsView.end(feed, now: now, &json)
    }

    /// Adds a feed that was written before.
    mutating func add(written feed: UnsafeBufferPointer<UInt8>) { json.raw(feed) }

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

  /// The document of feeds whose lines come in any order: of each, what is written of it is held, half a kilobyte.
  public struct Sorted: ~Copyable {
    private var json: JSONWriter
    /// The bytes of each feed, and where its address ends there.
    private var order: [(place: Range<Int>, urlEnd: Int)] = []
    private let now: Timestamp

    /// Bytes of `{"id":"0123456789abcdef","url":"`, with which every feed begins.
    private static let urlStart = 32
    private static let idStart = 7

    /// A document without feeds yet; for as many as are expected there is room from the start.
    public init(now: Timestamp, expected: Int = 64) {
      self.now = now
      json = JSONWriter(capacity: expected * bytesPerFeed)
      order.reserveCapacity(expected)
    }

    /// Adds a feed; a tombstone is left out.
    public mutating func add(_ line: borrowing FeedStateLine) {
      guard line.state.status != .removed else { return }
      let start = json.count
      json.beginObject()
      line.writeMembers(to: &json)
      FeedsView.end(line.state, now: now, &json)
      let urlEnd = json.withBytes { bytes in
        bytes[(start + Self.urlStart)...].firstIndex(of: 0x22) ?? start + Self.urlStart
      }
      order.append((start..<json.count, urlEnd))
      json.newline()
    }

    /// Gives the document in pieces, the feeds in the order of their addresses.
    public mutating func forEachPiece<Failure: Error>(
      of size: Int = 64 << 10, _ body: ([UInt8]) throws(Failure) -> Void
    ) throws(Failure) {
      let places = json.withBytes { bytes in
        order.sorted { Self.comes($0, before: $1, in: bytes) }.map(\.place)
      }
      var pieces = Pieces(now: now)
      for place in places {
        json.withBytes { pieces.add(written: UnsafeBufferPointer(rebasing: $0[place])) }
        if pieces.count >= size { try body(pieces.take()) }
      }
      pieces.end()
      try body(pieces.take())
    }

    private static func comes(
      _ left: (place: Range<Int>, urlEnd: Int), before right: (place: Range<Int>, urlEnd: Int),
      in bytes: UnsafeBufferPointer<UInt8>
    ) -> Bool {
      func part(_ from: Int, _ to: Int) -> Slice<UnsafeBufferPointer<UInt8>> { bytes[from..<to] }
      let leftURL = part(left.place.lowerBound + urlStart, left.urlEnd)
      let rightURL = part(right.place.lowerBound + urlStart, right.urlEnd)
      if leftURL.lexicographicallyPrecedes(rightURL) { return true }
      if rightURL.lexicographicallyPrecedes(leftURL) { return false }
      return part(left.place.lowerBound + idStart, left.place.lowerBound + urlStart)
        .lexicographicallyPrecedes(part(right.place.lowerBound + idStart, right.place.lowerBound + urlStart))
    }
  }

  /// Ends the object of a feed with what is judged of it.
  private static func end(_ feed: FeedState, now: Timestamp, _ json: inout JSONWriter) {
    json.key("health")
    json.beginArray()
    for (finding, reason) in FeedHealth(feed, now: now).findings {
      json.beginObject()
      json.field("finding", finding.rawValue)
      json.field("reason", reason)
      json.endObject()
    }
    json.endArray()
    json.endObject()
  }
}
