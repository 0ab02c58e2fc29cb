import PrecisModel

/// Keeps the first warnings and counts the rest.
struct WarningLog {
  private(set) var kept: [ParseWarning] = []
  private var surplus = 0
  private let limit: Int

  init(limit: Int) { self.limit = limit }

  mutating func add(_ warning: ParseWarning) {
    if kept.count < limit { kept.append(warning) } else { surplus += 1 }
  }

  /// What was kept, and one more that counts what was not.
  var all: [ParseWarning] {
    surplus == 0 ? kept : kept + [ParseWarning(line: 0, message: "\(surplus) more warnings")]
  }
}
