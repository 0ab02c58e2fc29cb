import Glibc
import Logging

/// Writes one event a line to standard error, with the journal's priority prefix (sd-daemon(3)) under systemd.
///
/// Each line is one write(2): nothing waits in a buffer, and lines of several threads never mix.
public struct JournalHandler: LogHandler {
  /// Values that every line carries.
  public var metadata: Logger.Metadata = [:]
  private let threshold: LogThreshold
  private let hasPriorities: Bool

  /// Less than this is not written; the same for all handlers of a threshold.
  public var logLevel: Logger.Level {
    get { threshold.level }
    set { threshold.level = newValue }
  }

  /// A handler that writes `<N>` prefixes where the environment says that the journal reads standard error.
  public init(threshold: LogThreshold, environment: [String: String]) {
    self.threshold = threshold
    hasPriorities = environment["JOURNAL_STREAM"] != nil
  }

  /// One value of `metadata`.
  public subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  /// Writes one event.
  public func log(event: LogEvent) {
    let level = event.level
    var text = hasPriorities ? "<\(priority(level))>" : "precis: \(level == .notice ? "" : "\(level): ")"
    text += oneLine(event.message.description)
    let all = metadata.merging(event.metadata ?? [:]) { $1 }
    for (key, value) in all.sorted(by: { $0.key < $1.key }) { text += " \(key)=\(oneLine("\(value)"))" }
    text += "\n"
    let bytes = Array(text.utf8)
    // ignored: there is nowhere to tell that the log cannot be written.
    _ = write(STDERR_FILENO, bytes, bytes.count)
  }

  private func priority(_ level: Logger.Level) -> Int {
    switch level {
    case .critical: 2
    case .error: 3
    case .warning: 4
    case .notice: 5
    case .info: 6
    case .debug, .trace: 7
    }
  }

  /// Control characters would let a feed forge lines or steer a terminal, and marks of direction show another text
  /// than there is.
  private func oneLine(_ text: String) -> String {
    String(String.UnicodeScalarView(text.unicodeScalars.map { Self.isControl($0.value) ? " " : $0 }))
  }

  private static func isControl(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0..<0x20, 0x7F...0x9F, 0x61C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069: true
    default: false
    }
  }
}
