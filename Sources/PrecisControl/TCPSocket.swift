import Glibc

/// A listening TCP socket.
enum TCPSocket {
  /// Listens at an IP address; the port is free again at once after an end.
  ///
  /// - Throws: `ControlError.system` where the address is none or is taken.
  static func listen(host: String, port: UInt16) throws(ControlError) -> Int32 {
    let name = ListenAddress.tcp(host: host, port: port).description
    var hints = addrinfo()
    hints.ai_flags = AI_NUMERICHOST | AI_PASSIVE
    hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    var found: UnsafeMutablePointer<addrinfo>?
    guard getaddrinfo(host, "\(port)", &hints, &found) == 0, let address = found?.pointee else {
      throw .system(call: "getaddrinfo", path: name, errno: EINVAL)
    }
    defer { freeaddrinfo(found) }
    let descriptor = socket(address.ai_family, address.ai_socktype | Int32(SOCK_CLOEXEC.rawValue), 0)
    guard descriptor >= 0 else { throw .system(call: "socket", path: name, errno: errno) }
    var yes: Int32 = 1
    setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
    guard bind(descriptor, address.ai_addr, address.ai_addrlen) == 0, Glibc.listen(descriptor, 64) == 0 else {
      let code = errno
      close(descriptor)
      throw .system(call: "bind", path: name, errno: code)
    }
    return descriptor
  }

  /// The port that a socket listens at.
  static func port(of descriptor: Int32) -> UInt16 {
    var storage = sockaddr_in6()
    var length = socklen_t(MemoryLayout<sockaddr_in6>.size)
    let status = withUnsafeMutablePointer(to: &storage) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &length) }
    }
    // The port stands at the same place for both families.
    return status == 0 ? UInt16(bigEndian: storage.sin6_port) : 0
  }
}
