import PrecisJSON
import PrecisModel

/// Builds the lines of the entries and of the state log.
struct LineBuilder: ~Copyable {
  private var json = JSONWriter(capacity: 16 << 10)
  private(set) var line: [UInt8] = []

  /// An article's line.
  mutating func article(
    _ article: Article, sequence: Int64, isKept: Bool, keys: [UInt64], fingerprint: UInt64
  ) {
    json.removeAll()
    json.beginObject()
    json.key("seq")
    json.int(sequence)
    if isKept {
      json.key("kept")
      json.bool(true)
    }
    article.writeMembers(to: &json)
    json.key("identity")
    json.raw(Self.identity(keys: keys, fingerprint: fingerprint))
    seal()
  }

  /// The line that removes an article: its id, its feed and its identity remain, so that it is not stored again.
  mutating func tombstone(_ id: ArticleID, feed: FeedID, sequence: Int64, keys: [UInt64], fingerprint: UInt64)
  {
    json.removeAll()
    json.beginObject()
    json.key("seq")
    json.int(sequence)
    json.key("deleted")
    json.bool(true)
    json.field("id", id.text)
    json.field("feed_id", feed.text)
    json.key("identity")
    json.raw(Self.identity(keys: keys, fingerprint: fingerprint))
    seal()
  }

  /// A feed's line.
  mutating func state(_ state: FeedState, sequence: Int64) {
    json.removeAll()
    json.beginObject()
    json.key("seq")
    json.int(sequence)
    state.writeMembers(to: &json)
    seal()
  }

  private mutating func seal() {
    line.removeAll(keepingCapacity: true)
    let bytes = json.bytes
    bytes.withUnsafeBytes { StoreLine.seal($0, into: &line) }
  }

  private static func identity(keys: [UInt64], fingerprint: UInt64) -> [UInt8] {
    var out: [UInt8] = []
    out.reserveCapacity(48 + keys.count * 19)
    out.append(contentsOf: "{\"fingerprint\":\"".utf8)
    out.appendHexadecimal(fingerprint, digits: 16)
    out.append(contentsOf: "\",\"keys\":[".utf8)
    for (index, key) in keys.enumerated() {
      if index > 0 { out.append(0x2C) }
      out.append(0x22)
      out.appendHexadecimal(key, digits: 16)
      out.append(0x22)
    }
    out.append(contentsOf: "]}".utf8)
    return out
  }
}
