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
    let y = Int64(month <= 2 ? year - 1 : year)
    let era = (y >= 0 ? y : y - 399) / 400
    let yearOfEra = y - era * 400
    let dayOfYear = Int64((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1)
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    let days = era * 146_097 + dayOfEra - 719_468
    seconds = days * 86_400 + Int64(hour * 3600 + minute * 60 + min(second, 59))
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
    let c = civil
    func put(_ value: Int, at: Int, then separator: UInt8) {
      text[at] = UInt8(truncatingIfNeeded: 0x30 + value / 10 % 10)
      text[at + 1] = UInt8(truncatingIfNeeded: 0x30 + value % 10)
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
  init?(utc b: UnsafeBufferPointer<UInt8>) {
    guard b.count == Self.textLength, b[4] == 0x2D, b[7] == 0x2D, b[10] == 0x54, b[13] == 0x3A, b[16] == 0x3A,
      b[19] == 0x5A
    else { return nil }
    var isNumber = true
    func pair(_ at: Int) -> Int {
      let tens = b[at] &- 0x30
      let ones = b[at + 1] &- 0x30
      isNumber = isNumber && tens < 10 && ones < 10
      return Int(tens) * 10 + Int(ones)
    }
    let year = pair(0) * 100 + pair(2)
    let month = pair(5)
    let day = pair(8)
    let hour = pair(11)
    let minute = pair(14)
    let second = pair(17)
    guard isNumber else { return nil }
    self.init(year: year, month: month, day: day, hour: hour, minute: minute, second: second)
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
