import Glibc
import Logging

/// Writes one event a line to standard error, with the journal's priority prefix (sd-daemon(3)) under systemd.
///
/// Each line is one write(2): nothing waits in a buffer, and lines of several threads never mix.
public struct JournalHandler: LogHandler {
  /// Values that every line carries.
  public var metadata: Logger.Metadata = [:]
  /// Less than this is not written.
  public var logLevel: Logger.Level
  private let hasPriorities: Bool

  /// A handler that writes `<N>` prefixes where the environment says that the journal reads standard error.
  public init(level: Logger.Level, environment: [String: String]) {
    logLevel = level
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

  /// Control characters would let a feed forge lines or steer a terminal.
  private func oneLine(_ text: String) -> String {
    String(
      String.UnicodeScalarView(
        text.unicodeScalars.map { $0.value < 0x20 || 0x7F...0x9F ~= $0.value ? " " : $0 }))
  }
}
