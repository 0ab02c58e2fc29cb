import Glibc

/// Tells systemd of the service's state (sd_notify(3)); silent where no service manager listens.
public struct ServiceNotifier: Sendable {
  private let socketPath: String?
  /// How often a ping is due: half of `WATCHDOG_USEC`, in microseconds; nil where no watchdog is set.
  public let watchdogIntervalMicroseconds: Int?

  /// A notifier for the socket and the watchdog that the environment names.
  public init(environment: [String: String]) {
    socketPath = environment["NOTIFY_SOCKET"]
    let isForUs = environment["WATCHDOG_PID"].flatMap { Int32($0) }.map { $0 == getpid() } ?? true
    watchdogIntervalMicroseconds =
      isForUs ? environment["WATCHDOG_USEC"].flatMap { Int($0) }.map { max($0 / 2, 1000) } : nil
  }

  /// The service is up.
  public func ready(status: String) { send("READY=1\nSTATUS=\(oneLine(status))") }

  /// A line for `systemctl status`.
  public func status(_ status: String) { send("STATUS=\(oneLine(status))") }

  /// The service is about to read its configuration again; `ready` ends it.
  public func reloading() { send("RELOADING=1") }

  /// The service is going down.
  public func stopping() { send("STOPPING=1") }

  /// The service's reactor still turns.
  public func ping() { send("WATCHDOG=1") }

  private func oneLine(_ text: String) -> String {
    String(text.map { $0.isNewline ? " " : $0 })
  }

  private func send(_ message: String) {
    guard let socketPath, !socketPath.isEmpty else { return }
    var address = sockaddr_un()
    let limit = MemoryLayout.size(ofValue: address.sun_path)
    var path = Array(socketPath.utf8)
    guard path.count < limit else { return }
    if path[0] == 0x40 { path[0] = 0 }  // "@" stands for an abstract socket.
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path) }
    let length = socklen_t(MemoryLayout<sa_family_t>.size + path.count)
    let descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    guard descriptor >= 0 else { return }
    defer { close(descriptor) }
    let bytes = Array(message.utf8)
    withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        // ignored: a service manager that does not listen is no reason to stop.
        _ = sendto(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL), $0, length)
      }
    }
  }
}
