import PrecisJSON
import PrecisModel

/// Builds the lines of the entries and of the state log.
enum LineBuilder {
  /// Appends an article's line, with its line feed.
  static func article(
    _ article: PreparedArticle, sequence: Int64, isKept: Bool, keys: [UInt64], fingerprint: UInt64,
    to buffer: inout LineBuffer
  ) {
    withUnsafeTemporaryAllocation(byteCount: size(keys), alignment: 8) { bytes in
      var start = ByteCursor(bytes)
      begin(sequence, &start)
      if isKept { start.put(",\"kept\":true") }
      buffer.append(start.written)
      buffer.append(membersOf: article)
      let checksum = article.checksum.checksum(after: CRC32C.checksum(start.written))
      var end = ByteCursor(bytes)
      identity(keys, fingerprint, &end)
      StoreLine.seal(&end, after: checksum)
      buffer.append(end.written)
    }
  }

  /// The line that removes an article, with its line feed: its id, its feed and its identity remain, so that it is not
  /// stored again.
  static func tombstone(
    _ id: ArticleID, feed: FeedID, sequence: Int64, keys: [UInt64], fingerprint: UInt64
  ) -> [UInt8] {
    withUnsafeTemporaryAllocation(byteCount: size(keys), alignment: 8) { bytes in
      var line = ByteCursor(bytes)
      begin(sequence, &line)
      line.put(",\"deleted\":true,\"id\":\"")
      line.putHexadecimal(id.prefix64, digits: 16)
      line.putHexadecimal(UInt64(id.suffix32), digits: 8)
      line.put("\",\"feed_id\":\"")
      line.putHexadecimal(feed.number, digits: 16)
      line.put("\"")
      identity(keys, fingerprint, &line)
      StoreLine.seal(&line, after: 0)
      return Array(line.written)
    }
  }

  /// Makes a feed's line without its end in a writer whose buffer is used again.
  static func state(_ state: FeedState, sequence: Int64, in json: inout JSONWriter) {
    json.removeAll()
    json.beginObject()
    json.key("seq")
    json.int(sequence)
    state.writeMembers(to: &json)
  }

  /// Appends a line that lacks its end, and that, with the line feed.
  static func seal(_ json: borrowing JSONWriter, to buffer: inout LineBuffer) {
    let checksum = json.withBytes { bytes in
      buffer.append(UnsafeRawBufferPointer(bytes))
      return CRC32C.checksum(UnsafeRawBufferPointer(bytes))
    }
    withUnsafeTemporaryAllocation(byteCount: StoreLine.trailerLength + 1, alignment: 8) { bytes in
      var end = ByteCursor(bytes)
      StoreLine.seal(&end, after: checksum)
      buffer.append(end.written)
    }
  }

  /// Bytes that suffice for a line without an article's members.
  private static func size(_ keys: [UInt64]) -> Int { 256 + 19 * keys.count }

  private static func begin(_ sequence: Int64, _ line: inout ByteCursor) {
    line.put("{\"seq\":")
    line.putDecimal(sequence)
  }

  private static func identity(_ keys: [UInt64], _ fingerprint: UInt64, _ line: inout ByteCursor) {
    line.put(",\"identity\":{\"fingerprint\":\"")
    line.putHexadecimal(fingerprint, digits: 16)
    line.put("\",\"keys\":[")
    for (index, key) in keys.enumerated() {
      line.put(index > 0 ? ",\"" : "\"")
      line.putHexadecimal(key, digits: 16)
      line.put("\"")
    }
    line.put("]}")
  }
}
