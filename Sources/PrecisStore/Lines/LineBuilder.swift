import PrecisJSON
import PrecisModel

/// Builds the lines of the entries and of the state log at the end of a buffer.
enum LineBuilder {
  /// Appends an article's line, with its line feed.
  static func article(
    _ article: PreparedArticle, sequence: Int64, isKept: Bool, keys: [UInt64], fingerprint: UInt64,
    to buffer: inout [UInt8]
  ) {
    let start = buffer.count
    begin(sequence, &buffer)
    if isKept { buffer.append(",\"kept\":true") }
    buffer.append(contentsOf: article.members)
    identity(keys, fingerprint, &buffer)
    StoreLine.seal(&buffer, from: start)
  }

  /// Appends the line that removes an article: its id, its feed and its identity remain, so that it is not stored again.
  static func tombstone(
    _ id: ArticleID, feed: FeedID, sequence: Int64, keys: [UInt64], fingerprint: UInt64,
    to buffer: inout [UInt8]
  ) {
    let start = buffer.count
    begin(sequence, &buffer)
    buffer.append(",\"deleted\":true,\"id\":\"")
    buffer.append(contentsOf: id.text.utf8)
    buffer.append("\",\"feed_id\":\"")
    buffer.append(contentsOf: feed.text.utf8)
    buffer.append("\"")
    identity(keys, fingerprint, &buffer)
    StoreLine.seal(&buffer, from: start)
  }

  /// Appends a feed's line, made with a writer whose buffer is used again.
  static func state(
    _ state: FeedState, sequence: Int64, with json: inout JSONWriter, to buffer: inout [UInt8]
  ) {
    json.removeAll()
    json.beginObject()
    json.key("seq")
    json.int(sequence)
    state.writeMembers(to: &json)
    let start = buffer.count
    buffer.append(contentsOf: json.bytes)
    StoreLine.seal(&buffer, from: start)
  }

  private static func begin(_ sequence: Int64, _ buffer: inout [UInt8]) {
    buffer.append("{\"seq\":")
    buffer.append(contentsOf: String(sequence).utf8)
  }

  private static func identity(_ keys: [UInt64], _ fingerprint: UInt64, _ buffer: inout [UInt8]) {
    buffer.append(",\"identity\":{\"fingerprint\":\"")
    buffer.appendHexadecimal(fingerprint, digits: 16)
    buffer.append("\",\"keys\":[")
    for (index, key) in keys.enumerated() {
      buffer.append(index > 0 ? ",\"" : "\"")
      buffer.appendHexadecimal(key, digits: 16)
      buffer.append("\"")
    }
    buffer.append("]}")
  }
}

extension [UInt8] {
  /// Appends the bytes of a literal.
  fileprivate mutating func append(_ text: StaticString) {
    append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }
}
