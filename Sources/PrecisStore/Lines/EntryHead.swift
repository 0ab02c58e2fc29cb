import PrecisJSON
import PrecisModel

/// What the index needs of an article's line, read from its bytes without parsing the JSON.
///
/// It rests on the order in which Precis writes the members; a raw quote cannot stand inside a JSON string, so
/// `,"feed_id":"` is found only where it is a key.
struct EntryHead: Equatable {
  /// The line's sequence number.
  var sequence: Int64
  /// The first 16 digits of the article's id.
  var idHigh: UInt64
  /// The last 8 digits of the article's id.
  var idLow: UInt32
  /// The article was removed by a retention rule: the line is a tombstone.
  var isRemoved: Bool
  /// A person marked the article as kept.
  var isKept: Bool
  /// The article's revision; 0 for a tombstone.
  var revision: Int
  /// The feed's id as a number.
  var feed: UInt64
  /// Seconds since 1970 by which articles are ordered: publication, but never later than the sync.
  var date: UInt32
  /// Whether the article has no date of its own: `date` is when it was synced.
  var isUndated: Bool
  /// CRC-32C of the title as it is written in JSON.
  var titleHash: UInt32
  /// The publisher's content, as the caller hashed it.
  var fingerprint: UInt64
  /// The identity keys.
  var keys: [UInt64]
  /// A key of `url`; 0 where there is none.
  var urlKey: UInt64
  /// Whether `fingerprint` and `keys` stood in the line.
  var hasIdentity: Bool
  /// When it came into the store, seconds since 1970.
  var synced: Int64

  /// Reads the head of a whole line; nil where it is no line of an article.
  init?(_ line: UnsafeRawBufferPointer) {
    guard line.has("{\"seq\":", at: 0), let number = line.decimal(at: 7) else { return nil }
    sequence = number.value
    var at = number.end
    isKept = line.has(",\"kept\":true", at: at)
    if isKept { at += 12 }
    isRemoved = line.has(",\"deleted\":true", at: at)
    if isRemoved { at += 15 }
    guard line.has(",\"id\":\"", at: at), let high = line.hexadecimal(at: at + 7, digits: 16),
      let low = line.hexadecimal(at: at + 23, digits: 8)
    else { return nil }
    idHigh = high
    idLow = UInt32(low)
    at += 31
    revision = 0
    feed = 0
    date = 0
    isUndated = true
    titleHash = 0
    urlKey = 0
    synced = 0
    (hasIdentity, fingerprint, keys) = Self.identity(line)
    let limit = line.count
    if isRemoved {
      if let from = line.end(of: "\"feed_id\":\"", from: at, to: limit) {
        feed = line.hexadecimal(at: from, digits: 16) ?? 0
      }
      return
    }
    guard let revisionAt = line.end(of: "\"revision\":", from: at, to: limit),
      let value = line.decimal(at: revisionAt),
      let feedAt = line.end(of: ",\"feed_id\":\"", from: value.end, to: limit),
      let feedNumber = line.hexadecimal(at: feedAt, digits: 16),
      let syncedAt = line.end(of: ",\"date_synced\":\"", from: feedAt, to: limit),
      let synced = Self.seconds(line, syncedAt)
    else { return nil }
    revision = Int(value.value)
    feed = feedNumber
    self.synced = synced
    var moment = synced
    if let from = line.end(of: ",\"date_published\":\"", from: feedAt, to: syncedAt),
      let published = Self.seconds(line, from)
    {
      moment = min(published, synced)
      isUndated = false
    }
    date = UInt32(clamping: max(moment, 1))
    if line.has(",\"url\":\"", at: value.end) {
      let from = value.end + 8
      urlKey = Self.urlKey(line.part(from..<Self.stringEnd(line, from)))
    }
    if let from = line.end(of: ",\"title\":\"", from: value.end, to: feedAt) {
      titleHash = CRC32C.checksum(line.part(from..<Self.stringEnd(line, from)))
    }
  }

  /// The article's id.
  var id: ArticleID { ArticleID(prefix64: idHigh, suffix32: idLow) }

  /// The hash that ``KnownArticle/titleHash`` holds for a title.
  static func titleHash(_ title: String) -> UInt32 {
    var json = JSONWriter(capacity: title.utf8.count + 8)
    json.string(title)
    return json.bytes.withUnsafeBytes { CRC32C.checksum($0.part(1..<($0.count - 1))) }
  }

  /// The key under which the index holds an address, given as it is written in JSON (FNV-1a, 64 bits).
  ///
  /// Not safe against made-up collisions: whoever looks up by it compares the address itself.
  static func urlKey(_ json: UnsafeRawBufferPointer) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in json { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    return hash | 1
  }

  /// The key under which the index holds an address.
  static func urlKey(_ url: String) -> UInt64 {
    var json = JSONWriter(capacity: url.utf8.count + 8)
    json.string(url)
    return json.bytes.withUnsafeBytes { urlKey($0.part(1..<($0.count - 1))) }
  }
}

extension EntryHead {
  /// The offset of the quote that ends the string begun just before `from`.
  private static func stringEnd(_ line: UnsafeRawBufferPointer, _ from: Int) -> Int {
    var at = from
    while at < line.count, line[at] != 0x22 { at += line[at] == 0x5C ? 2 : 1 }
    return min(at, line.count)
  }

  private static func seconds(_ line: UnsafeRawBufferPointer, _ at: Int) -> Int64? {
    guard at + 20 <= line.count, line[at + 19] == 0x5A,
      let year = number(line, at, 4), let month = number(line, at + 5, 2), let day = number(line, at + 8, 2),
      let hour = number(line, at + 11, 2), let minute = number(line, at + 14, 2),
      let second = number(line, at + 17, 2)
    else { return nil }
    return Timestamp(year: year, month: month, day: day, hour: hour, minute: minute, second: second)?.seconds
  }

  private static func number(_ line: UnsafeRawBufferPointer, _ at: Int, _ digits: Int) -> Int? {
    var value = 0
    for index in at..<(at + digits) {
      guard 0x30...0x39 ~= line[index] else { return nil }
      value = value * 10 + Int(line[index] - 0x30)
    }
    return value
  }

  /// `"identity":{"fingerprint":"16 digits","keys":["16 digits",…]}` at the end of a line.
  private static func identity(_ line: UnsafeRawBufferPointer) -> (Bool, UInt64, [UInt64]) {
    let end = line.count - StoreLine.trailerLength
    let longest = 60 + 19 * KeyIndex.keysPerArticle
    guard end > 0,
      let from = line.end(of: ",\"identity\":{\"fingerprint\":\"", from: max(0, end - longest), to: end),
      let fingerprint = line.hexadecimal(at: from, digits: 16), line.has("\",\"keys\":[", at: from + 16)
    else { return (false, 0, []) }
    var keys: [UInt64] = []
    var at = from + 26
    while at < end, line[at] == 0x22, let key = line.hexadecimal(at: at + 1, digits: 16) {
      keys.append(key)
      at += 18
      if at < end, line[at] == 0x2C { at += 1 }
    }
    return (true, fingerprint, keys)
  }
}
