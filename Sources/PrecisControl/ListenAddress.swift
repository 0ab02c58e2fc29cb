import Glibc

/// Where a ``ControlServer`` listens, and so who may ask what of it.
public enum ListenAddress: Equatable, Sendable, CustomStringConvertible {
  /// A Unix socket with a file mode: whoever may open the file may command the daemon.
  case unix(path: String, mode: UInt32)
  /// An IP address and a port. TCP knows no users, so only reading is answered there.
  case tcp(host: String, port: UInt16)

  /// An address as `server.listen` has it: `127.0.0.1:8470`, `[::1]:8470`; nil for other texts. Port 0 is any free
  /// one.
  public init?(tcp text: String) {
    guard let colon = text.lastIndex(of: ":"), let port = UInt16(text[text.index(after: colon)...]) else {
      return nil
    }
    var host = text[..<colon]
    if host.hasPrefix("["), host.hasSuffix("]") { host = host.dropFirst().dropLast() }
    self = .tcp(host: String(host), port: port)
  }

  /// The path or the address.
  public var description: String {
    switch self {
    case .unix(let path, _): path
    case .tcp(let host, let port): host.utf8.contains(0x3A) ? "[\(host)]:\(port)" : "\(host):\(port)"
    }
  }

  /// Whether requests that change something are answered.
  var allowsChanges: Bool {
    switch self {
    case .unix: true
    case .tcp: false
    }
  }
}
