import PrecisModel

/// Reads the dates of feeds, in all the forms that the web has for them.
public enum FeedDate {
  /// Longer texts are no dates, in bytes.
  static let maxLength = 120

  /// The moment that `text` names, or nil where no known form fits.
  ///
  /// RFC 822, 2822 and 5322 with their real-life variants, ISO 8601 and W3C-DTF (calendar, ordinal and week dates,
  /// basic and extended), asctime, Perforce, MSSQL, Nate and OnBlog (Korean), month names of some twenty
  /// languages, two-digit years, named zones. A date without a zone is taken as UTC, one without a time as
  /// midnight. What could be read in two ways (`3/4/2005`), needs today's date (`--12-31`) or lies in the year 1 or 0
  /// is nil: that is what Go and .NET write for no date.
  public static func parse(_ text: String) -> Timestamp? { read(text)?.moment }

  /// A moment, and what is not sure of it.
  struct Reading {
    var moment: Timestamp
    /// A name of a zone that has no meaning, or several: the moment takes it for UTC (RFC 5322 section 4.3).
    var unknownZone: String?
  }

  /// As `parse`, with what is not sure.
  static func read(_ text: String) -> Reading? {
    var text = text
    return text.withUTF8 { read($0) }
  }

  /// As `parse`, of UTF-8 bytes, with what is not sure.
  static func read(_ bytes: UnsafeBufferPointer<UInt8>) -> Reading? {
    guard 2...maxLength ~= bytes.count, let reading = readAny(bytes), reading.moment.seconds >= earliest
    else { return nil }
    return reading
  }

  /// What is told of a date whose zone is not known.
  static func warning(unknownZone zone: String, in place: String) -> String {
    "the zone \(zone.uppercased().prefix(20)) of the date in \(place) is not known and was taken for UTC"
  }

  /// 0002-01-01T00:00:00Z.
  private static let earliest: Int64 = -62_104_060_800

  private static func readAny(_ bytes: UnsafeBufferPointer<UInt8>) -> Reading? {
    if let fast = internetMessageDate(bytes) ?? internetDate(bytes) { return Reading(moment: fast) }
    guard let tokens = DateToken.split(String(decoding: bytes, as: UTF8.self)) else { return nil }
    var reader = DateReader(tokens: tokens)
    return reader.read().map { Reading(moment: $0, unknownZone: reader.unknownZone) }
  }

  /// `Thu, 01 Jan 2004 19:48:21 +0100` or `GMT` exactly: nine feeds in ten.
  private static func internetMessageDate(_ b: UnsafeBufferPointer<UInt8>) -> Timestamp? {
    guard b.count == 29 || b.count == 31, b[3] == 0x2C, b[4] == 0x20, b[7] == 0x20, b[11] == 0x20,
      b[16] == 0x20,
      b[19] == 0x3A, b[22] == 0x3A, b[25] == 0x20, let day = number(b, 5, 2), let year = number(b, 12, 4),
      let hour = number(b, 17, 2), let minute = number(b, 20, 2), let second = number(b, 23, 2),
      let month = month(b, 8),
      let local = Timestamp(year: year, month: month, day: day, hour: hour, minute: minute, second: second)
    else { return nil }
    if b.count == 29 {
      return b[26] == 0x47 && b[27] == 0x4D && b[28] == 0x54 ? local : nil
    }
    guard b[26] == 0x2B || b[26] == 0x2D, let hours = number(b, 27, 2), let minutes = number(b, 29, 2),
      hours < 24,
      minutes < 60
    else { return nil }
    let offset = Int64(hours * 3600 + minutes * 60)
    return local + (b[26] == 0x2B ? -offset : offset)
  }

  /// `2004-01-01T19:48:21Z`, `2004-01-01T19:48:21+01:00`, with a fraction or without: RFC 3339.
  private static func internetDate(_ b: UnsafeBufferPointer<UInt8>) -> Timestamp? {
    guard b.count >= 20, b[4] == 0x2D, b[7] == 0x2D, b[10] == 0x54, b[13] == 0x3A, b[16] == 0x3A,
      let year = number(b, 0, 4), let month = number(b, 5, 2), let day = number(b, 8, 2),
      let hour = number(b, 11, 2), let minute = number(b, 14, 2), let second = number(b, 17, 2),
      let local = Timestamp(year: year, month: month, day: day, hour: hour, minute: minute, second: second)
    else { return nil }
    var at = 19
    if b[at] == 0x2E {
      at += 1
      while at < b.count, 0x30...0x39 ~= b[at] { at += 1 }
    }
    if at + 1 == b.count, b[at] == 0x5A { return local }
    guard at + 6 == b.count, b[at] == 0x2B || b[at] == 0x2D, b[at + 3] == 0x3A,
      let hours = number(b, at + 1, 2),
      let minutes = number(b, at + 4, 2), hours < 24, minutes < 60
    else { return nil }
    let offset = Int64(hours * 3600 + minutes * 60)
    return local + (b[at] == 0x2B ? -offset : offset)
  }

  @inline(__always)
  private static func number(_ b: UnsafeBufferPointer<UInt8>, _ from: Int, _ count: Int) -> Int? {
    var value = 0
    for index in from..<(from + count) {
      let digit = b[index] &- 0x30
      guard digit < 10 else { return nil }
      value = value * 10 + Int(digit)
    }
    return value
  }

  private static func month(_ b: UnsafeBufferPointer<UInt8>, _ at: Int) -> Int? {
    let key = UInt32(b[at]) << 16 | UInt32(b[at + 1]) << 8 | UInt32(b[at + 2])
    switch key {
    case 0x4A616E: return 1
    case 0x466562: return 2
    case 0x4D6172: return 3
    case 0x417072: return 4
    case 0x4D6179: return 5
    case 0x4A756E: return 6
    case 0x4A756C: return 7
    case 0x417567: return 8
    case 0x536570: return 9
    case 0x4F6374: return 10
    case 0x4E6F76: return 11
    case 0x446563: return 12
    default: return nil
    }
  }
}
