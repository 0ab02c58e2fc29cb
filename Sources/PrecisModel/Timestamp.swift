/// A moment in UTC, to the second, without a calendar library: feeds carry no finer time that matters.
public struct Timestamp: Hashable, Comparable, Sendable {
  /// Seconds since 1970-01-01T00:00:00Z, leap seconds not counted.
  public var seconds: Int64

  /// A moment so many seconds after 1970-01-01T00:00:00Z.
  public init(seconds: Int64) { self.seconds = seconds }

  /// Earlier moments come first.
  public static func < (left: Timestamp, right: Timestamp) -> Bool { left.seconds < right.seconds }

  /// The moment `seconds` later.
  public static func + (moment: Timestamp, seconds: Int64) -> Timestamp {
    Timestamp(seconds: moment.seconds + seconds)
  }

  /// The seconds from `right` to `left`.
  public static func - (left: Timestamp, right: Timestamp) -> Int64 { left.seconds - right.seconds }
}

extension Timestamp {
  /// A moment of the proleptic Gregorian calendar in UTC; nil where a part is out of its range.
  ///
  /// Years 0 to 9999; second 60 (a leap second) is taken as 59.
  public init?(year: Int, month: Int, day: Int, hour: Int = 0, minute: Int = 0, second: Int = 0) {
    guard 0...9999 ~= year, 1...12 ~= month, 1...Self.days(inMonth: month, year: year) ~= day,
      0...23 ~= hour, 0...59 ~= minute, 0...60 ~= second
    else { return nil }
    // Days from civil, after Howard Hinnant: March is the first month of a year of 365.2425 days.
    // All parts are small, so that nothing overflows.
    let y = month <= 2 ? year &- 1 : year
    let era = (y >= 0 ? y : y &- 399) / 400
    let yearOfEra = y &- era &* 400
    let dayOfYear = (153 &* (month &+ (month > 2 ? -3 : 9)) &+ 2) / 5 &+ day &- 1
    let dayOfEra = yearOfEra &* 365 &+ yearOfEra / 4 &- yearOfEra / 100 &+ dayOfYear
    let days = era &* 146_097 &+ dayOfEra &- 719_468
    seconds = Int64(days &* 86_400 &+ hour &* 3600 &+ minute &* 60 &+ min(second, 59))
  }

  /// How many days a month has.
  public static func days(inMonth month: Int, year: Int) -> Int {
    switch month {
    case 2: return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: return 30
    default: return 31
    }
  }

  /// The parts of a moment in UTC; `weekday` counts from Sunday, 0.
  public struct Civil: Equatable, Sendable {
    /// The parts, each in the range that `Timestamp.init` takes.
    public var year, month, day, hour, minute, second, weekday: Int
  }

  /// The parts of this moment in UTC.
  public var civil: Civil {
    let days = (seconds >= 0 ? seconds : seconds - 86_399) / 86_400
    let rest = Int(seconds - days * 86_400)
    let z = days + 719_468
    let era = (z >= 0 ? z : z - 146_096) / 146_097
    let dayOfEra = z - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let mp = (5 * dayOfYear + 2) / 153
    let day = Int(dayOfYear - (153 * mp + 2) / 5 + 1)
    let month = Int(mp < 10 ? mp + 3 : mp - 9)
    let year = Int(yearOfEra + era * 400) + (month <= 2 ? 1 : 0)
    let weekday = Int(((days % 7) + 11) % 7)
    return Civil(
      year: year, month: month, day: day, hour: rest / 3600, minute: rest / 60 % 60, second: rest % 60,
      weekday: weekday)
  }
}

extension Timestamp: CustomStringConvertible {
  /// RFC 3339 in UTC: `2026-11-24T05:12:45Z`.
  public var description: String {
    String(unsafeUninitializedCapacity: Self.textLength) { text in
      write(to: UnsafeMutableBufferPointer(rebasing: text[..<Self.textLength]))
      return Self.textLength
    }
  }

  /// Hands on the bytes of `description`, for writers that need no string.
  public func withRFC3339(_ body: (UnsafeBufferPointer<UInt8>) -> Void) {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: Self.textLength) { text in
      write(to: text)
      body(UnsafeBufferPointer(text))
    }
  }

  /// Bytes of `description`.
  static let textLength = 20

  /// Fills `textLength` bytes with `description`.
  func write(to text: UnsafeMutableBufferPointer<UInt8>) {
    guard let text = text.baseAddress else { return }
    let c = civil
    @inline(__always)
    func put(_ value: Int, at: Int, then separator: UInt8) {
      let value = UInt8(truncatingIfNeeded: value)
      text[at] = 0x30 &+ value / 10 % 10
      text[at + 1] = 0x30 &+ value % 10
      text[at + 2] = separator
    }
    // What is written behind the century is the year of it.
    put(c.year / 100, at: 0, then: 0)
    put(c.year % 100, at: 2, then: 0x2D)
    put(c.month, at: 5, then: 0x2D)
    put(c.day, at: 8, then: 0x54)
    put(c.hour, at: 11, then: 0x3A)
    put(c.minute, at: 14, then: 0x3A)
    put(c.second, at: 17, then: 0x5A)
  }

  /// Reads exactly what `description` writes; nil for any other form.
  ///
  /// Eight bytes at a time: the separators are turned into zeros, then every byte is a digit or the text is none.
  init?(utc text: UnsafeBufferPointer<UInt8>) {
    guard text.count == Self.textLength else { return nil }
    let raw = UnsafeRawBufferPointer(text)
    let date = raw.loadUnaligned(as: UInt64.self).littleEndian ^ 0x1D00_001D_0000_0000
    let time = raw.loadUnaligned(fromByteOffset: 8, as: UInt64.self).littleEndian ^ 0x0000_0A00_0064_0000
    let end = UInt64(raw.loadUnaligned(fromByteOffset: 16, as: UInt32.self).littleEndian ^ 0x6A00_000A)
    guard Self.areDigits(date), Self.areDigits(time), Self.areDigits(end | 0x3030_3030_0000_0000) else {
      return nil
    }
    let (days, hours, seconds) = (Self.pairs(date), Self.pairs(time), Self.pairs(end))
    func number(_ pairs: UInt64, _ at: UInt64) -> Int { Int(pairs >> (8 * at) & 0xFF) }
    self.init(
      year: number(days, 0) &* 100 &+ number(days, 2), month: number(days, 5), day: number(hours, 0),
      hour: number(hours, 3), minute: number(hours, 6), second: number(seconds, 1))
  }

  private static func areDigits(_ word: UInt64) -> Bool {
    let high: UInt64 = 0xF0F0_F0F0_F0F0_F0F0
    let zeros: UInt64 = 0x3030_3030_3030_3030
    return word & high == zeros && (word &+ 0x0606_0606_0606_0606) & high == zeros
  }

  /// In each byte the number that its digit and the next one are.
  private static func pairs(_ word: UInt64) -> UInt64 {
    let digits = word & 0x0F0F_0F0F_0F0F_0F0F
    return digits &* 10 &+ digits >> 8
  }

  /// A date alone, meant as its midnight, or what `init(rfc3339:)` reads; nil for other texts.
  public init?(dateOrTime text: String) {
    guard let moment = Timestamp(rfc3339: text) ?? Timestamp(rfc3339: text + "T00:00:00Z") else { return nil }
    self = moment
  }

  /// Reads what `description` writes (RFC 3339, UTC or with an offset, fractions cut); nil for anything else.
  ///
  /// This is for our own documents; dates of feeds go through the feed parser's date reader.
  public init?(rfc3339 text: String) {
    let b = Array(text.utf8)
    func number(_ from: Int, _ count: Int) -> Int? {
      guard from + count <= b.count else { return nil }
      var value = 0
      for index in from..<(from + count) {
        guard 0x30...0x39 ~= b[index] else { return nil }
        value = value * 10 + Int(b[index] - 0x30)
      }
      return value
    }
    guard b.count >= 20, b[4] == 0x2D, b[7] == 0x2D, b[10] | 0x20 == 0x74, b[13] == 0x3A, b[16] == 0x3A,
      let year = number(0, 4), let month = number(5, 2), let day = number(8, 2), let hour = number(11, 2),
      let minute = number(14, 2), let second = number(17, 2),
      let local = Timestamp(
        year: year, month: month, day: day, hour: hour, minute: minute, second: second)
    else { return nil }
    var at = 19
    if b[at] == 0x2E {
      at += 1
      while at < b.count, 0x30...0x39 ~= b[at] { at += 1 }
    }
    guard at < b.count else { return nil }
    if b[at] | 0x20 == 0x7A, at + 1 == b.count {
      self = local
      return
    }
    guard b[at] == 0x2B || b[at] == 0x2D, at + 6 == b.count, b[at + 3] == 0x3A,
      let hours = number(at + 1, 2), let minutes = number(at + 4, 2), hours < 24, minutes < 60
    else { return nil }
    let offset = Int64(hours * 3600 + minutes * 60)
    self = local + (b[at] == 0x2B ? -offset : offset)
  }
}
