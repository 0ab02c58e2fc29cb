import Glibc

/// Why the daemon's socket cannot be had.
public enum ControlError: Error, Equatable, Sendable, CustomStringConvertible {
  /// A path longer than a Unix socket's address holds.
  case pathTooLong(path: String, limit: Int)
  /// A daemon answers there already.
  case inUse(path: String)
  /// Nobody answers there.
  case notRunning(path: String)
  /// The socket may not be used by this user.
  case notAllowed(path: String)
  /// A call failed.
  case system(call: String, path: String, errno: Int32)
  /// The daemon answered with an error.
  case refused(status: Int, message: String)

  /// What happened, and where.
  public var description: String {
    switch self {
    case .pathTooLong(let path, let limit):
      "\(path): the path of a Unix socket holds at most \(limit) bytes; set [server] socket to a shorter one"
    case .inUse(let path): "\(path): another precis daemon answers there"
    case .notRunning(let path): "\(path): no precis daemon answers there"
    case .notAllowed(let path):
      "\(path): this user may not talk to the daemon; run as its user or join its group"
    case .system(let call, let path, let code): "\(path): \(call): \(String(cString: strerror(code)))"
    case .refused(let status, let message): "the daemon answered \(status): \(message)"
    }
  }
}

/// A Unix stream socket's address and the calls on it.
enum UnixSocket {
  /// Listens at `path`; a socket left behind by a dead daemon is replaced, a live one never.
  static func listen(at path: String, mode: mode_t) throws(ControlError) -> Int32 {
    let descriptor = try make(path)
    if isLive(path) {
      close(descriptor)
      throw .inUse(path: path)
    }
    unlink(path)
    // The mode is set before anybody can connect: bind creates the file under this mask.
    let mask = umask(~mode & 0o777)
    let isBound = withAddress(path) { bind(descriptor, $0, $1) } == 0
    let code = errno
    umask(mask)
    guard isBound else {
      close(descriptor)
      throw .system(call: "bind", path: path, errno: code)
    }
    guard Glibc.listen(descriptor, 64) == 0 else {
      let code = errno
      close(descriptor)
      throw .system(call: "listen", path: path, errno: code)
    }
    return descriptor
  }

  /// Connects to the daemon at `path`.
  static func connect(to path: String) throws(ControlError) -> Int32 {
    let descriptor = try make(path)
    guard withAddress(path, { Glibc.connect(descriptor, $0, $1) }) == 0 else {
      let code = errno
      close(descriptor)
      switch code {
      case ENOENT, ECONNREFUSED, ENOTDIR: throw .notRunning(path: path)
      case EACCES, EPERM: throw .notAllowed(path: path)
      default: throw .system(call: "connect", path: path, errno: code)
      }
    }
    return descriptor
  }

  private static func isLive(_ path: String) -> Bool {
    guard let descriptor = try? connect(to: path) else { return false }
    close(descriptor)
    return true
  }

  private static func make(_ path: String) throws(ControlError) -> Int32 {
    let limit = MemoryLayout.size(ofValue: sockaddr_un().sun_path) - 1
    guard path.utf8.count <= limit else { throw .pathTooLong(path: path, limit: limit) }
    let type = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
    let descriptor = socket(AF_UNIX, type, 0)
    guard descriptor >= 0 else { throw .system(call: "socket", path: path, errno: errno) }
    return descriptor
  }

  private static func withAddress(
    _ path: String, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32
  ) -> Int32 {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { target in
      for (index, byte) in path.utf8.prefix(target.count - 1).enumerated() { target[index] = byte }
    }
    return withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        body($0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
  }
}
