import PrecisModel

/// The table that `precis feeds` prints: every subscription, when it is due next and why.
public enum FeedListText {
  /// The table, with a heading; removed subscriptions are left out. The empty string for none.
  public static func text(_ feeds: [FeedState], now: Timestamp, style: PageStyle = .plain) -> String {
    let shown = feeds.filter { $0.status != .removed }
    guard !shown.isEmpty else { return "" }
    var table = TextTable(columns: [
      .init(heading: "ID"), .init(heading: "TITLE", limit: 40, isFlexible: true), .init(heading: "STATE"),
      .init(heading: "ARTICLES", alignment: .right), .init(heading: "LAST", alignment: .right),
      .init(heading: "NEXT", alignment: .right), .init(heading: "WHY", limit: 32, isFlexible: true),
      .init(heading: "URL", isFlexible: true),
    ])
    for feed in shown {
      let state = state(feed)
      table.rows.append([
        .init(feed.id.text, .dim), .init(TerminalText.clean(feed.displayTitle)),
        .init(state.text, state.color),
        .init("\(feed.counts.articles)"), .init(RelativeTime.text(feed.lastPolled, now: now)),
        .init(next(feed, now)), .init(feed.dueReason?.rawValue ?? "-"),
        .init(TerminalText.clean(feed.url)),
      ])
    }
    var out = table.text(style: style)
    for feed in shown {
      guard let failure = feed.failure else { continue }
      let message = TerminalText.clean("\(feed.displayTitle): \(failure.message)")
      out += style.paint(feed.status == .gone ? "gone: " : "failing: ", .red) + message + "\n"
    }
    return out + hubs(shown, style)
  }

  /// One hub by name, several by number: nearly every feed of some hosts names one.
  private static func hubs(_ feeds: [FeedState], _ style: PageStyle) -> String {
    let pushing = feeds.filter { $0.hubURL != nil }
    guard let first = pushing.first, let hub = first.hubURL else { return "" }
    let what =
      pushing.count == 1
      ? "\(first.displayTitle) would be pushed by its WebSub hub, \(hub)"
      : "\(pushing.count) feeds would be pushed by WebSub hubs (hub_url in precis feeds --json)"
    return style.paint("hub: ", .dim) + TerminalText.clean(what) + "; Precis polls\n"
  }

  private static func state(_ feed: FeedState) -> (text: String, color: PageStyle.Color) {
    switch feed.status {
    case .gone: return ("gone", .red)
    case .merged: return ("merged", .yellow)
    case .removed: return ("removed", .dim)
    case .active:
      if let failure = feed.failure { return ("failing \(failure.count)", .red) }
      return feed.lastSuccess == nil ? ("new", .yellow) : ("ok", .green)
    }
  }

  private static func next(_ feed: FeedState, _ now: Timestamp) -> String {
    guard feed.status == .active else { return "never" }
    guard let due = feed.nextDue else { return "now" }
    return due <= now ? "now" : RelativeTime.text(due, now: now)
  }
}

/// The report that `precis feeds --health` prints: dead, failing, moved, slow, noisy, wasteful and silent feeds.
public enum FeedHealthText {
  /// One group per kind of finding, the gravest first; one sentence where all is well.
  public static func text(_ feeds: [FeedState], now: Timestamp, style: PageStyle = .plain) -> String {
    let shown = feeds.filter { $0.status != .removed }
    var groups: [FeedHealth.Finding: [(FeedState, String)]] = [:]
    for feed in shown {
      for (finding, reason) in FeedHealth(feed, now: now).findings {
        groups[finding, default: []].append((feed, reason))
      }
    }
    guard !groups.isEmpty else {
      return "All is well with \(shown.count) \(shown.count == 1 ? "feed" : "feeds").\n"
    }
    var out = ""
    for finding in FeedHealth.Finding.allCases {
      guard let members = groups[finding] else { continue }
      out += style.paint("\(finding.rawValue) (\(members.count))", .bold) + "\n"
      for (feed, reason) in members {
        out += "  \(TerminalText.clean(feed.displayTitle)): \(TerminalText.clean(reason))\n"
        let due = feed.nextDue.map { "; next poll \(RelativeTime.text($0, now: now))" } ?? ""
        out +=
          "    " + style.paint("\(TerminalText.clean(feed.url))\(feed.status == .active ? due : "")", .dim)
          + "\n"
      }
    }
    return out
  }
}
