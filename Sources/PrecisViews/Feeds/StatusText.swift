import PrecisModel

/// What `precis status` tells of a daemon.
public struct DaemonStatus: Sendable {
  /// The version of the executable.
  public var version: String
  /// The process.
  public var processID: Int
  /// When it began.
  public var since: Timestamp
  /// The store's directory.
  public var store: String
  /// Subscriptions that are polled.
  public var feeds = 0
  /// Of these, failing now.
  public var failing = 0
  /// The failing ones by the class of their failure (`FeedState.Failure.kind`).
  public var failureKinds: [String: Int] = [:]
  /// Subscriptions whose server said that they are gone: they are not polled, and not failing.
  public var gone = 0
  /// Articles in the store.
  public var articles = 0
  /// The store's last sequence number.
  public var lastSequence = 0
  /// Polls, and pages of articles, on their way.
  public var inFlight = 0
  /// Pages of articles, of which their feeds have only teasers, that are to be read.
  public var pagesWanted = 0
  /// When the next feed is due.
  public var nextDue: Timestamp?
  /// The title of that feed, and why it is due then.
  public var nextFeed: (title: String, reason: String)?
  /// When a poll last ended.
  public var lastPoll: Timestamp?
  /// Milliseconds from a poll's request to its last byte, as a moving mean over all feeds; 0: none yet.
  public var latencyMilliseconds = 0
  /// Polls since the start.
  public var polls = 0
  /// Of these, answered as unchanged.
  public var notModified = 0
  /// Of these, failed.
  public var failures = 0
  /// Articles stored since the start, new ones.
  public var new = 0
  /// Bytes received since the start.
  public var bytes = 0
  /// What keeps the daemon from storing (a full disk, say); nil: nothing.
  public var storeError: String?

  /// The status of a daemon that has done nothing yet.
  public init(version: String, processID: Int, since: Timestamp, store: String) {
    self.version = version
    self.processID = processID
    self.since = since
    self.store = store
  }
}

/// The lines that `precis status` prints.
public enum StatusText {
  /// One fact a line, labels in a column.
  public static func text(_ status: DaemonStatus, now: Timestamp, style: PageStyle = .plain) -> String {
    let unchanged = status.polls > 0 ? " (\(status.notModified * 100 / status.polls) % unchanged)" : ""
    let kinds = status.failureKinds.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
      .map { "\($0.value) \($0.key)" }.joined(separator: ", ")
    let failing =
      status.failing > 0
      ? ", \(status.failing) failing\(kinds.isEmpty ? "" : ": " + kinds) (precis feeds --health)" : ""
    let gone = status.gone > 0 ? ", \(status.gone) gone" : ""
    let next = status.nextFeed.map { ": \($0.title) (\($0.reason))" } ?? ""
    let latency = status.latencyMilliseconds > 0 ? ", \(status.latencyMilliseconds) ms a poll" : ""
    let up = RelativeTime.span(now - status.since)
    var facts: [(String, String)] = [
      ("daemon", "precis \(status.version), process \(status.processID), up \(up)"),
      ("store", "\(status.store), \(status.articles) articles, sequence \(status.lastSequence)"),
      ("feeds", "\(status.feeds)\(failing)\(gone)"),
      (
        "polling now",
        "\(status.inFlight)" + (status.pagesWanted > 0 ? "; \(status.pagesWanted) pages to read" : "")
      ),
      ("last poll", RelativeTime.text(status.lastPoll, now: now)),
      ("next poll", RelativeTime.text(status.nextDue, now: now) + next),
      (
        "since start",
        "\(status.polls) polls\(unchanged), \(status.failures) failed, \(status.new) new articles"
      ),
      ("received", RelativeTime.size(status.bytes) + latency),
    ]
    if let error = status.storeError { facts.append(("not storing", error)) }
    return facts.map { label, value in
      let shown = TerminalText.fit(label, columns: 14)
      return style.paint(shown, label == "not storing" ? .red : .bold) + TerminalText.clean(value) + "\n"
    }.joined()
  }
}
