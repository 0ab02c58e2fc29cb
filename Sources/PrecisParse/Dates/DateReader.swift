import PrecisModel

/// Puts the tokens of a date together: first the time and its zone, then what is left as a date.
struct DateReader {
  private var tokens: [DateToken]
  private var time: (hour: Int, minute: Int, second: Int)?
  /// Seconds east of UTC.
  private var zone: Int?
  /// The name of a zone that was taken for UTC for want of a meaning.
  private(set) var unknownZone: String?
  /// A zone that the wording implies.
  private var impliedZone = 0
  /// Whether the time is of a twelve-hour clock.
  private var sawHalf = false

  init(tokens: [DateToken]) { self.tokens = tokens }

  mutating func read() -> Timestamp? {
    if tokens.count == 1, let moment = stamp(tokens[0]) { return moment }
    guard takeTime() else { return nil }
    guard let date = takeDate() else { return nil }
    let (hour, minute, second) = time ?? (0, 0, 0)
    // ISO 8601: 24:00 is the end of the day.
    let isEndOfDay = hour == 24 && minute == 0 && second == 0
    guard
      let local = Timestamp(
        year: date.year, month: date.month, day: date.day, hour: isEndOfDay ? 0 : hour, minute: minute,
        second: second)
    else { return nil }
    let days = Int64(date.extraDays + (isEndOfDay ? 1 : 0))
    return local + days * 86_400 + Int64(-(zone ?? impliedZone))
  }

  /// Seconds or milliseconds since 1970, and packed dates with a time: `20040528013115`.
  ///
  /// Ten digits that could be a date and an hour of the last century (`1998052813`) are neither.
  private func stamp(_ token: DateToken) -> Timestamp? {
    guard let value = token.number else { return nil }
    switch token.digits {
    case 10 where value < 2_000_000_000 && !Self.isDateWithHour(value):
      return Timestamp(seconds: Int64(value))
    case 13 where value < 2_000_000_000_000: return Timestamp(seconds: Int64(value / 1000))
    case 12, 14:
      let full = token.digits == 14 ? value : value * 100
      return Timestamp(
        year: full / 10_000_000_000, month: full / 100_000_000 % 100, day: full / 1_000_000 % 100,
        hour: full / 10_000 % 100, minute: full / 100 % 100, second: full % 100)
    default: return nil
    }
  }

  private static func isDateWithHour(_ value: Int) -> Bool {
    Timestamp(
      year: value / 1_000_000, month: value / 10_000 % 100, day: value / 100 % 100, hour: value % 100) != nil
  }

  private func token(_ index: Int) -> DateToken? { tokens.indices.contains(index) ? tokens[index] : nil }

  // MARK: Time

  /// Takes the time and all that belongs to it out of the tokens; false: it is no time.
  private mutating func takeTime() -> Bool {
    guard let at = timeIndex() else { return takeLoneZone() }
    var end: Int
    switch (tokens[at].number, token(at + 1)?.sign) {
    case (let hour?, 0x3A?):
      guard let minute = token(at + 2)?.number, tokens[at + 2].digits <= 2 else { return false }
      time = (hour, minute, 0)
      end = at + 3
      if token(end)?.sign == 0x3A, let second = token(end + 1)?.number {
        time?.second = second
        end += 2
      }
    case (let hour?, _) where token(at + 1)?.word.map(Self.isHalf) == true && tokens[at].digits <= 2:
      time = (hour, 0, 0)
      end = at + 1
    case (let packed?, _):
      // Basic form: T1014, T101455, T10.
      switch tokens[at].digits {
      case 6: time = (packed / 10_000, packed / 100 % 100, packed % 100)
      case 4: time = (packed / 100, packed % 100, 0)
      default: time = (packed, 0, 0)
      }
      end = at + 1
    default: return false
    }
    // A fraction of a second.
    if token(end)?.sign == 0x2E || token(end)?.sign == 0x2C, case .number? = token(end + 1),
      token(end + 1)?.digits != 4 || token(end + 2) != nil || hasYear(before: at)
    {
      end += 2
    }
    var start = at
    takeHalf(&start, &end)
    guard let time, time.hour <= 24, time.minute < 60, time.second <= 60 else { return false }
    guard takeZone(&end) else { return false }
    tokens.removeSubrange(start..<end)
    return true
  }

  private func hasYear(before index: Int) -> Bool { tokens[..<index].contains { $0.digits >= 4 } }

  /// Where the time begins: a number before a colon, before "pm", or behind a `T`.
  private func timeIndex() -> Int? {
    for index in tokens.indices where tokens[index].number != nil && tokens[index].digits <= 2 {
      if token(index + 1)?.sign == 0x3A, token(index + 2)?.number != nil { return index }
    }
    for index in tokens.indices where tokens[index].number != nil {
      if index > 1, tokens[index - 1].word == "t", tokens[index - 2].number != nil { return index }
      if let next = token(index + 1)?.word, Self.isHalf(next), tokens[index].digits <= 2 { return index }
    }
    return nil
  }

  private static func isHalf(_ word: String) -> Bool { DateNames.halves[word] != nil }

  /// "am" and "pm", behind the time or before it.
  private mutating func takeHalf(_ start: inout Int, _ end: inout Int) {
    var isAfternoon: Bool?
    if let word = token(end)?.word, let half = DateNames.halves[word] {
      isAfternoon = half
      end += 1
    } else if let word = token(end)?.word, word == "a" || word == "p", token(end + 1)?.sign == 0x2E,
      token(end + 2)?.word == "m"
    {
      isAfternoon = word == "p"
      end += token(end + 3)?.sign == 0x2E ? 4 : 3
    } else if start > 0, let word = tokens[start - 1].word, let half = DateNames.halves[word] {
      isAfternoon = half
      if word.unicodeScalars.first.map({ 0xAC00...0xD7A3 ~= $0.value }) == true { impliedZone = 9 * 3600 }
      start -= 1
    }
    guard let isAfternoon, let hour = time?.hour else { return }
    sawHalf = true
    guard hour <= 12 else { return }
    time?.hour = hour % 12 + (isAfternoon ? 12 : 0)
  }

  // MARK: Zone

  /// A date without a time may still have a zone.
  private mutating func takeLoneZone() -> Bool {
    guard let last = tokens.last?.word, tokens.count > 1, let offset = DateNames.zones[last],
      DateNames.months[last] == nil, last.utf8.count > 1
    else { return true }
    zone = offset * 60
    tokens.removeLast()
    return true
  }

  /// Reads the zone behind the time; false where there is one that nobody can know.
  private mutating func takeZone(_ end: inout Int) -> Bool {
    var offset: Int?
    if token(end)?.sign == 0x28 { end += 1 }
    if let word = token(end)?.word, DateNames.months[word] == nil {
      if word == "etc", token(end + 1)?.sign == 0x2F {
        end += 2
        return takeZone(&end)
      }
      if token(end + 1)?.sign == 0x2F { return false }
      let known = DateNames.zones[word].map { $0 * 60 }
      let isClock = word == "uhr" || word == "h"
      end += 1
      // "GMT+0100": the number counts; of any other name and number too.
      let sum = signedOffset(&end)
      offset = sum ?? known ?? (isClock ? nil : 0)
      if sum == nil, known == nil, !isClock { unknownZone = word }
    } else if let sum = signedOffset(&end) {
      offset = sum
    }
    if token(end)?.sign == 0x29 { end += 1 }
    // "+0100 (CET)": the name repeats the number.
    if token(end)?.sign == 0x28, let close = tokens[end...].firstIndex(where: { $0.sign == 0x29 }) {
      end = close + 1
    } else if offset != nil, let word = token(end)?.word, DateNames.zones[word] != nil,
      DateNames.months[word] == nil
    {
      end += 1
    }
    guard abs(offset ?? 0) < 86_400 else { return false }
    zone = offset
    return true
  }

  /// `+0100`, `-05:00`, `+1`, in seconds.
  private func signedOffset(_ end: inout Int) -> Int? {
    guard let sign = token(end)?.sign, sign == 0x2B || sign == 0x2D, let value = token(end + 1)?.number else {
      return nil
    }
    var minutes: Int
    var next = end + 2
    switch tokens[end + 1].digits {
    case 1, 2:
      minutes = value * 60
      if token(next)?.sign == 0x3A, let more = token(next + 1)?.number, more < 60 {
        minutes += more
        next += 2
      }
    case 3, 4: minutes = value / 100 * 60 + value % 100
    default: return nil
    }
    end = next
    return (sign == 0x2B ? minutes : -minutes) * 60
  }

  // MARK: Date

  private struct Day {
    var year: Int
    var month: Int
    var day: Int
    /// Days to add: ordinal and week dates count from the first of January.
    var extraDays = 0
  }

  private mutating func takeDate() -> Day? {
    if let marked = markedDate() { return marked }
    let monthWords = tokens.indices.filter { tokens[$0].word.flatMap { DateNames.months[$0] } != nil }
    // "mar., 5 mai": the first is a weekday that a month of another language is called like.
    if let index = monthWords.count > 1 ? monthWords[1] : monthWords.first,
      let month = tokens[index].word.flatMap({ DateNames.months[$0] })
    {
      return namedDate(month)
    }
    return numericDate()
  }

  /// Day and year beside a month that is named.
  private func namedDate(_ month: Int) -> Day? {
    let numbers = tokens.filter { $0.number != nil }
    guard let first = numbers.first, let a = first.number else { return nil }
    switch numbers.count {
    case 1: return first.digits == 4 ? Day(year: a, month: month, day: 1) : nil
    case 2:
      guard let b = numbers[1].number else { return nil }
      if first.digits >= 3 { return Day(year: a, month: month, day: b) }
      return Day(year: Self.year(b, digits: numbers[1].digits), month: month, day: a)
    default: return nil
    }
  }

  /// `2004년 05월 28일`, `2004年5月28日`.
  private mutating func markedDate() -> Day? {
    func value(before marks: Set<String>) -> Int? {
      for index in tokens.indices.dropFirst() {
        if let word = tokens[index].word, let first = word.first, marks.contains(String(first)) {
          return tokens[index - 1].number
        }
      }
      return nil
    }
    guard let year = value(before: ["년", "年"]), let month = value(before: ["월", "月"]),
      let day = value(before: ["일", "日"])
    else { return nil }
    if tokens.contains(where: { $0.word?.first == "년" }) { impliedZone = 9 * 3600 }
    return Day(year: year, month: month, day: day)
  }

  /// Numbers alone, with or without signs between them.
  private func numericDate() -> Day? {
    let numbers = tokens.filter { $0.number != nil }
    let values = numbers.compactMap(\.number)
    let digits = numbers.map(\.digits)
    let signs: [UInt8] = tokens.map(\.sign).filter { (byte: UInt8) -> Bool in 0x2D...0x2F ~= byte }
    let isTruncated = tokens.first?.sign == 0x2D
    if let week = weekDate(values, digits) { return week }
    // Words that are no part of a numeric date: only weekdays and the like before it, and ISO's T.
    switch values.count {
    case 3 where !isTruncated:
      if digits[0] == 4 { return Day(year: values[0], month: values[1], day: values[2]) }
      if digits[2] == 4 { return dayAndMonth(values[0], values[1], signs.first, year: values[2]) }
      guard digits.allSatisfy({ $0 <= 2 }), digits[0] == 2 else { return nil }
      let short = Self.year(values[0], digits: 2)
      if signs.first == 0x2D { return Day(year: short, month: values[1], day: values[2]) }
      let last = Self.year(values[2], digits: digits[2])
      return dayAndMonth(values[0], values[1], signs.first, year: last)
    case 2:
      if isTruncated, digits[0] == 2, digits[1] == 2, signs.count == 2 {
        return Day(year: Self.year(values[0], digits: 2), month: values[1], day: 1)
      }
      guard !isTruncated else { return nil }
      if digits[1] == 3 { return ordinal(Self.year(values[0], digits: digits[0]), values[1]) }
      if digits[0] == 4, digits[1] <= 2, !signs.isEmpty {
        return Day(year: values[0], month: values[1], day: 1)
      }
      return nil
    case 1: return packedDate(values[0], digits[0], isTruncated)
    default: return nil
    }
  }

  /// `28/05/2004`, `5/28/2004`, `28.5.2004`; nil where both readings are possible and nothing tells.
  private func dayAndMonth(_ a: Int, _ b: Int, _ sign: UInt8?, year: Int) -> Day? {
    if sign == 0x2E || a > 12 || a == b { return Day(year: year, month: b, day: a) }
    // Twelve-hour clocks are read where the month comes first.
    if b > 12 || sawHalf { return Day(year: year, month: a, day: b) }
    return nil
  }

  private func packedDate(_ value: Int, _ digits: Int, _ isTruncated: Bool) -> Day? {
    if isTruncated {
      guard digits == 4, tokens.filter({ $0.sign == 0x2D }).count == 1 else { return nil }
      return Day(year: Self.year(value / 100, digits: 2), month: value % 100, day: 1)
    }
    switch digits {
    case 4: return Day(year: value, month: 1, day: 1)
    case 5: return ordinal(Self.year(value / 1000, digits: 2), value % 1000)
    case 6:
      return Day(year: Self.year(value / 10_000, digits: 2), month: value / 100 % 100, day: value % 100)
    case 7: return ordinal(value / 1000, value % 1000)
    case 8: return Day(year: value / 10_000, month: value / 100 % 100, day: value % 100)
    default: return nil
    }
  }

  private func ordinal(_ year: Int, _ day: Int) -> Day? {
    let length = 337 + Timestamp.days(inMonth: 2, year: year)
    return 1...length ~= day ? Day(year: year, month: 1, day: 1, extraDays: day - 1) : nil
  }

  /// ISO 8601 week dates: `2004-W01-1`, `2004W011`, `2004-W01`.
  private func weekDate(_ values: [Int], _ digits: [Int]) -> Day? {
    guard tokens.contains(where: { $0.word == "w" }), values.count >= 2, digits[0] == 4 else { return nil }
    var week = values[1]
    var weekday = values.count > 2 ? values[2] : 1
    if digits[1] == 3 {
      weekday = week % 10
      week /= 10
    }
    guard 1...53 ~= week, 1...7 ~= weekday,
      let fourth = Timestamp(year: values[0], month: 1, day: 4)
    else { return nil }
    // The fourth of January is in week 1, whatever its weekday.
    let monday = 3 - (fourth.civil.weekday + 6) % 7
    return Day(year: values[0], month: 1, day: 1, extraDays: monday + (week - 1) * 7 + weekday - 1)
  }

  /// Two digits: 90 to 99 are of the last century. Three: years since 1900 (RFC 5322 section 4.3).
  private static func year(_ value: Int, digits: Int) -> Int {
    switch digits {
    case 1, 2: return value + (value < 90 ? 2000 : 1900)
    case 3: return value + 1900
    default: return value
    }
  }
}
