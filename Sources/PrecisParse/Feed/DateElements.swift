import PrecisModel

/// How well an element tells a date.
enum DateRank {
  static let created = 1
  static let dublinCore = 2
  static let build = 3
  static let exact = 4
}

/// Dates, and what feeds say of their own updates.
extension FeedReader {
  /// Reads a date; one that cannot be read is absent, with a warning.
  func date(_ text: String, of element: String) -> Timestamp? {
    guard !text.isEmpty else { return nil }
    guard let reading = FeedDate.read(text) else {
      warn(unreadable: text, in: element)
      return nil
    }
    if let zone = reading.unknownZone { warn(FeedDate.warning(unknownZone: zone, in: "<\(element)>")) }
    return reading.moment
  }

  private func warn(unreadable text: String, in element: String) {
    warn("unreadable date in <\(element)>: \(text.prefix(60))")
  }

  func takeDate(_ frame: Frame) {
    let bytes = collected(frame)
    guard bytes.count > 0 else { return }
    guard let reading = FeedDate.read(bytes) else {
      return warn(unreadable: plain(frame), in: frame.element.dateName)
    }
    if let zone = reading.unknownZone {
      warn(FeedDate.warning(unknownZone: zone, in: "<\(frame.element.dateName)>"))
    }
    let date = reading.moment
    if entry.isOpen {
      switch frame.element {
      case .published, .issued: entry.takeLatest(published: date, rank: DateRank.exact)
      case .dcDate: entry.takeLatest(published: date, rank: DateRank.dublinCore)
      case .created: entry.takeLatest(published: date, rank: DateRank.created)
      default: entry.takeLatest(modified: date, rank: DateRank.exact)
      }
    } else {
      switch frame.element {
      case .updated: feedDraft.modified.take(date, rank: DateRank.exact)
      case .lastBuildDate: feedDraft.modified.take(date, rank: DateRank.build)
      case .dcDate: feedDraft.modified.take(date, rank: DateRank.dublinCore)
      default: feedDraft.modified.take(date, rank: DateRank.created)
      }
    }
  }

  func takeHint(_ frame: Frame) {
    guard !entry.isOpen else { return }
    let text = plain(frame)
    switch frame.element {
    case .ttl: if let minutes = Int(text), 1...5_256_000 ~= minutes { feed.hints.ttlMinutes = minutes }
    case .updatePeriod: updatePeriod = Self.periods[text.lowercased()]
    default: updateFrequency = Int(text).flatMap { 1...100_000 ~= $0 ? $0 : nil } ?? 1
    }
    if let updatePeriod { feed.hints.updatePeriod = updatePeriod / updateFrequency }
  }

  func endInSkips(_ frame: Frame) {
    let text = plain(frame).lowercased()
    switch frame.element {
    case .hour:
      // RSS 0.91 counts 1 to 24, RSS 2.0 0 to 23: 24 is midnight in both.
      guard let hour = Int(text), 0...24 ~= hour, !feed.hints.skipHours.contains(hour % 24) else { return }
      feed.hints.skipHours.append(hour % 24)
    case .day:
      guard let day = Self.days.firstIndex(where: { text.hasPrefix($0) }), !feed.hints.skipDays.contains(day)
      else { return }
      feed.hints.skipDays.append(day)
    default: return
    }
  }

  func takeLanguage(_ frame: Frame) {
    let tag = plain(frame)
    guard !tag.isEmpty, tag.utf8.count < 64 else { return }
    if entry.isOpen { entry.entry.language = tag } else { feedDraft.language.takeFirst(tag, rank: 2) }
  }

  /// A duration in seconds: `1:02:03`, `62:03`, `3723`.
  static func seconds(_ text: String) -> Int? {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard 1...3 ~= parts.count else { return nil }
    var total = 0
    for part in parts {
      let whole = part.prefix { $0 != "." }
      guard let value = Int(whole), 0...1_000_000 ~= value else { return nil }
      total = total * 60 + value
    }
    return total > 0 ? total : nil
  }

  private static let periods = [
    "hourly": 3600, "daily": 86_400, "weekly": 604_800, "monthly": 2_592_000, "yearly": 31_536_000,
  ]
  private static let days = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"]
}

extension Element {
  fileprivate var dateName: String {
    switch self {
    case .published: return "pubDate"
    case .issued: return "issued"
    case .created: return "created"
    case .dcDate: return "dc:date"
    case .lastBuildDate: return "lastBuildDate"
    default: return "updated"
    }
  }
}
