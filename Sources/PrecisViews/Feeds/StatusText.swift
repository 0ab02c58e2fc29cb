import PrecisJSON
import PrecisModel

/// What the daemon is doing, as it answers `GET /status` and as `precis status` prints it.
public struct DaemonStatus: Sendable, Equatable {
  /// The version of the executable.
  public var version: String
  /// The process.
  public var processID: Int
  /// When it was ready.
  public var started: Timestamp
  /// The store's directory.
  public var store: String
  /// The configuration file; nil: none.
  public var configuration: String?
  /// Subscriptions that are polled.
  public var feeds = 0
  /// Of these, failing now.
  public var failing = 0
  /// Articles in the store.
  public var articles = 0
  /// The store's last sequence number.
  public var sequence = 0
  /// Bytes of the store's files.
  public var storeBytes = 0
  /// Transfers in flight.
  public var transfers = 0
  /// Feeds that wait for a transfer.
  public var queued = 0
  /// When the next feed is due.
  public var nextDue: Timestamp?
  /// Polls since the start.
  public var polls = 0
  /// Of these, answered as unchanged.
  public var notModified = 0
  /// Of these, failed.
  public var failures = 0
  /// Articles stored since the start, new and revised.
  public var stored = 0
  /// Bytes received since the start.
  public var bytes = 0
  /// Resident memory, in bytes.
  public var memory = 0
  /// What keeps the daemon from working fully (a full disk, say); nil: nothing.
  public var degraded: String?

  /// The status of a daemon that has done nothing yet.
  public init(version: String, processID: Int, started: Timestamp, store: String, configuration: String?) {
    self.version = version
    self.processID = processID
    self.started = started
    self.store = store
    self.configuration = configuration
  }

  /// Writes the status as one JSON object.
  public func write(to json: inout JSONWriter) {
    json.beginObject()
    json.field("version", version)
    json.field("pid", processID)
    json.field("started", started.description)
    json.field("store", store)
    json.field("configuration", configuration)
    for (key, path) in Self.numbers {
      json.key(key)
      json.int(self[keyPath: path])
    }
    json.field("next_due", nextDue?.description)
    json.field("degraded", degraded)
    json.endObject()
  }

  /// Reads what `write(to:)` wrote; nil where `version`, `pid`, `started` or `store` is absent or wrong.
  public init?(json: JSONValue) {
    guard let version = json["version"]?.string, let processID = json["pid"]?.int,
      let started = json["started"]?.string.flatMap({ Timestamp(rfc3339: $0) }),
      let store = json["store"]?.string
    else { return nil }
    self.init(
      version: version, processID: processID, started: started, store: store,
      configuration: json["configuration"]?.string)
    for (key, path) in Self.numbers { self[keyPath: path] = json[key]?.int ?? 0 }
    nextDue = json["next_due"]?.string.flatMap { Timestamp(rfc3339: $0) }
    degraded = json["degraded"]?.string
  }

  private static let numbers: [(String, WritableKeyPath<DaemonStatus, Int> & Sendable)] = [
    ("feeds", \.feeds), ("failing", \.failing), ("articles", \.articles), ("sequence", \.sequence),
    ("store_bytes", \.storeBytes), ("transfers", \.transfers), ("queued", \.queued), ("polls", \.polls),
    ("not_modified", \.notModified), ("failures", \.failures), ("stored", \.stored), ("bytes", \.bytes),
    ("memory", \.memory),
  ]
}

/// The lines that `precis status` prints.
public enum StatusText {
  /// One fact a line, labels in a column.
  public static func text(_ status: DaemonStatus, now: Timestamp, style: PageStyle = .plain) -> String {
    let unchanged = status.polls > 0 ? " (\(status.notModified * 100 / status.polls) % unchanged)" : ""
    var facts: [(String, String)] = [
      (
        "daemon",
        "precis \(status.version), process \(status.processID), up \(RelativeTime.span(now - status.started))"
      ),
      ("store", "\(status.store), \(status.articles) articles, \(RelativeTime.size(status.storeBytes))"),
      ("configuration", status.configuration ?? "built-in values"),
      ("feeds", "\(status.feeds), \(status.failing) failing"),
      ("now", "\(status.transfers) transfers, \(status.queued) waiting"),
      ("next poll", RelativeTime.text(status.nextDue, now: now)),
      (
        "since start",
        "\(status.polls) polls\(unchanged), \(status.failures) failed, \(status.stored) articles stored"
      ),
      ("received", RelativeTime.size(status.bytes)),
      ("memory", RelativeTime.size(status.memory)),
    ]
    if let degraded = status.degraded { facts.append(("degraded", degraded)) }
    return facts.map { label, value in
      let shown = TerminalText.fit(label, columns: 14)
      return style.paint(shown, label == "degraded" ? .red : .bold) + TerminalText.clean(value) + "\n"
    }.joined()
  }
}
