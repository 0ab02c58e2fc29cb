/// Durations as a person writes them: `"500ms"`, `"15m"`, `"1h30m"`, `"7d"`.
public enum DurationText {
  /// The units, largest first, in milliseconds.
  static let units: [(name: String, milliseconds: Int64)] = [
    ("w", 604_800_000), ("d", 86_400_000), ("h", 3_600_000), ("m", 60_000), ("s", 1000), ("ms", 1),
  ]

  /// Reads one or more whole numbers, each with its unit `w`, `d`, `h`, `m`, `s` or `ms`, the larger unit first;
  /// spaces between parts are allowed. nil for anything else, or for more than 10,000 weeks.
  public static func parse(_ text: String) -> Duration? {
    var rest = Array(text.utf8)[...]
    var total: Int64 = 0
    var nextUnit = 0
    repeat {
      let digits = rest.prefix { 0x30...0x39 ~= $0 }
      rest = rest.dropFirst(digits.count)
      let letters = rest.prefix { 0x61...0x7A ~= $0 }
      rest = rest.dropFirst(letters.count).drop { $0 == 0x20 }
      guard let number = Int64(String(decoding: digits, as: UTF8.self)),
        let unit = units[nextUnit...].firstIndex(where: { $0.name.utf8.elementsEqual(letters) })
      else { return nil }
      nextUnit = unit + 1
      let (part, tooLarge) = number.multipliedReportingOverflow(by: units[unit].milliseconds)
      guard !tooLarge, part <= limit, total + part <= limit else { return nil }
      total += part
    } while !rest.isEmpty
    return .milliseconds(total)
  }

  /// The duration as `parse` reads it, in as few parts as it takes; below a millisecond it is cut.
  public static func format(_ duration: Duration) -> String {
    let (seconds, attoseconds) = duration.components
    var rest = seconds * 1000 + attoseconds / 1_000_000_000_000_000
    guard rest > 0 else { return "0s" }
    var text = ""
    // Weeks are read but not written: "30d" tells more than "4w2d".
    for unit in units.dropFirst() where rest >= unit.milliseconds {
      text += "\(rest / unit.milliseconds)\(unit.name)"
      rest %= unit.milliseconds
    }
    return text
  }

  private static let limit: Int64 = 10_000 * 604_800_000
}
