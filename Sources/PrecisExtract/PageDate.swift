import PrecisModel

/// Reads the dates that pages write: ISO 8601 with its liberties, RFC 5322, and English dates in words.
enum PageDate {
  /// The moment; nil where the text is no date between 1990 and 2100. A date without a zone is taken as UTC.
  static func timestamp(_ text: String) -> Timestamp? {
    let bytes = Array(text.utf8.prefix(80))
    guard let moment = iso(bytes) ?? words(bytes) else { return nil }
    return 631_152_000...4_102_444_800 ~= moment.seconds ? moment : nil
  }

  /// `2019-11-19`, `2019-11-19T10:00`, `2019-11-19 10:00:00.123 -0500`, `20191119T100000Z`.
  private static func iso(_ bytes: [UInt8]) -> Timestamp? {
    var scanner = DigitScanner(bytes)
    scanner.skipSpace()
    guard let year = scanner.number(digits: 4) else { return nil }
    let isCompact = !scanner.take(0x2D) && !scanner.take(0x2F)
    guard let month = scanner.number(digits: 2), isCompact || scanner.take(0x2D) || scanner.take(0x2F),
      let day = scanner.number(digits: 2)
    else { return nil }
    if !scanner.take(0x54), !scanner.take(0x74) { scanner.skipSpace() }
    let clock = scanner.clock()
    guard
      let moment = Timestamp(
        year: year, month: month, day: day, hour: clock.hour, minute: clock.minute, second: clock.second)
    else { return nil }
    return moment + -scanner.zoneSeconds()
  }

  private static let months = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
  ]
  .map { Array($0.utf8) }

  /// `Tue, 19 Nov 2019 10:00:00 GMT`, `November 19, 2019 at 10:00 am`, `19 November 2019`.
  private static func words(_ bytes: [UInt8]) -> Timestamp? {
    var month: Int?
    var day: Int?
    var year: Int?
    var at = 0
    var end = 0
    while at < bytes.count, month == nil || day == nil || year == nil {
      let byte = bytes[at]
      if 0x30...0x39 ~= byte {
        var value = 0
        let start = at
        while at < bytes.count, 0x30...0x39 ~= bytes[at], at - start < 5 {
          value = value * 10 + Int(bytes[at]) - 0x30
          at += 1
        }
        // A clock before the date is passed over.
        if at < bytes.count, bytes[at] == 0x3A {
          while at < bytes.count, bytes[at] != 0x20 { at += 1 }
        } else if at - start == 4 {
          year = value
        } else if at - start <= 2, day == nil {
          day = value
        }
        end = at
      } else if byte | 0x20 >= 0x61, byte | 0x20 <= 0x7A {
        let start = at
        while at < bytes.count, 0x61...0x7A ~= bytes[at] | 0x20 { at += 1 }
        let name = bytes[start..<at].prefix(3).map { $0 | 0x20 }
        if at - start >= 3, month == nil, let index = months.firstIndex(of: name) { month = index + 1 }
        end = at
      } else {
        at += 1
      }
    }
    guard let year, let month, let day else { return nil }
    var scanner = DigitScanner(bytes)
    scanner.at = end
    scanner.skipToDigit()
    let clock = scanner.clock()
    let moment = Timestamp(
      year: year, month: month, day: day, hour: clock.hour, minute: clock.minute, second: clock.second)
    return moment.map { $0 + -scanner.zoneSeconds() }
  }
}

/// Reads numbers from bytes, one after the other.
private struct DigitScanner {
  private let bytes: [UInt8]
  var at = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  mutating func skipSpace() {
    while at < bytes.count, bytes[at] <= 0x20 { at += 1 }
  }

  mutating func skipToDigit() {
    while at < bytes.count, !(0x30...0x39 ~= bytes[at]) { at += 1 }
  }

  mutating func take(_ byte: UInt8) -> Bool {
    guard at < bytes.count, bytes[at] == byte else { return false }
    at += 1
    return true
  }

  mutating func number(digits: Int) -> Int? {
    guard at + digits <= bytes.count else { return nil }
    var value = 0
    for offset in 0..<digits {
      guard 0x30...0x39 ~= bytes[at + offset] else { return nil }
      value = value * 10 + Int(bytes[at + offset]) - 0x30
    }
    at += digits
    return value
  }

  /// `10:00`, `10:00:00.123`, `9:05 pm`; midnight where there is none.
  mutating func clock() -> (hour: Int, minute: Int, second: Int) {
    let start = at
    guard var hour = number(digits: 2) ?? number(digits: 1), take(0x3A), let minute = number(digits: 2) else {
      at = start
      return (0, 0, 0)
    }
    var second = 0
    if take(0x3A) { second = number(digits: 2) ?? 0 }
    if take(0x2E) { while at < bytes.count, 0x30...0x39 ~= bytes[at] { at += 1 } }
    let mark = at
    skipSpace()
    if at + 1 < bytes.count, bytes[at + 1] | 0x20 == 0x6D || bytes[at + 1] == 0x2E {
      let letter = bytes[at] | 0x20
      if letter == 0x70, hour < 12 { hour += 12 }
      if letter == 0x61, hour == 12 { hour = 0 }
      if letter == 0x70 || letter == 0x61 { at += 2 } else { at = mark }
    }
    guard hour <= 23, minute <= 59, second <= 60 else { return (0, 0, 0) }
    return (hour, minute, second)
  }

  private static let zones: [(name: [UInt8], hours: Int)] = [
    ("est", -5), ("edt", -4), ("cst", -6), ("cdt", -5), ("mst", -7), ("mdt", -6), ("pst", -8), ("pdt", -7),
    ("bst", 1), ("cet", 1), ("cest", 2),
  ].map { (Array($0.0.utf8), $0.1) }

  /// How far the zone named here is ahead of UTC; 0 where none is.
  mutating func zoneSeconds() -> Int64 {
    skipSpace()
    guard at < bytes.count else { return 0 }
    let sign = bytes[at]
    if sign == 0x2B || sign == 0x2D {
      at += 1
      guard let hours = number(digits: 2), hours <= 14 else { return 0 }
      _ = take(0x3A)
      let minutes = number(digits: 2) ?? 0
      return Int64((hours * 60 + min(minutes, 59)) * 60) * (sign == 0x2D ? -1 : 1)
    }
    let name = bytes[at...].prefix { 0x61...0x7A ~= $0 | 0x20 }.map { $0 | 0x20 }
    return Int64((Self.zones.first { $0.name == name }?.hours ?? 0) * 3600)
  }
}
