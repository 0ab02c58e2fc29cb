import Glibc
import Synchronization

/// A small HTTP/1.1 server on a loopback address and a port that the system chooses.
///
/// It answers each request with what the test's closure returns and records all of them. Each connection has a
/// thread of its own, so an answer may take as long as the test likes.
public final class LoopbackServer: Sendable {
  private struct State {
    var requests: [RecordedRequest] = []
    var active = 0
    var peak = 0
    var connections = 0
    var open: Set<Int32> = []
    var isStopped = false
  }
  private let state = Mutex(State())
  private let listener: Int32
  private let answer: @Sendable (RecordedRequest) -> Response

  /// The address it listens at.
  public let address: String
  /// The port it listens on.
  public let port: Int

  /// Starts to serve.
  ///
  /// - Throws: `SystemCallFailed` where the address cannot be bound.
  public init(
    address: String = "127.0.0.1", answer: @escaping @Sendable (RecordedRequest) -> Response
  ) throws {
    let socket = try Self.listen(at: address)
    listener = socket.descriptor
    port = socket.port
    self.address = address
    self.answer = answer
    let listener = listener
    startThread { [weak self] in
      while true {
        let connection = accept(listener, nil, nil)
        guard connection >= 0 else {
          if errno == EINTR || errno == ECONNABORTED { continue }
          break
        }
        _ = fcntl(connection, F_SETFD, FD_CLOEXEC)
        guard let self else {
          close(connection)
          break
        }
        self.begin(connection)
      }
      close(listener)
    }
  }

  deinit { stop() }

  /// Ends all connections and listens no more.
  public func stop() {
    let open = state.withLock { state -> Set<Int32>? in
      guard !state.isStopped else { return nil }
      state.isStopped = true
      for connection in state.open { shutdown(connection, Int32(SHUT_RDWR)) }
      return state.open
    }
    if open != nil { shutdown(listener, Int32(SHUT_RDWR)) }
  }

  /// The address of a path: `http://127.0.0.1:40123/feed`.
  public func url(_ path: String = "/") -> String {
    "http://\(address.contains(":") ? "[\(address)]" : address):\(port)\(path)"
  }

  /// All requests so far, in the order they were read.
  public var requests: [RecordedRequest] { state.withLock { $0.requests } }

  /// The most requests that were unanswered at once.
  public var peakConcurrency: Int { state.withLock { $0.peak } }

  /// How many connections were accepted.
  public var connectionCount: Int { state.withLock { $0.connections } }

  /// Waits until so many requests were read in all; false where 60 seconds did not bring them.
  public func waitForRequests(_ count: Int) async -> Bool {
    let deadline = ContinuousClock.now + .seconds(60)
    while requests.count < count {
      guard ContinuousClock.now < deadline else { return false }
      try? await Task.sleep(for: .milliseconds(2))
    }
    return true
  }

  // MARK: Connections

  private func begin(_ descriptor: Int32) {
    let number = state.withLock { state -> Int? in
      guard !state.isStopped else { return nil }
      state.connections += 1
      state.open.insert(descriptor)
      return state.connections
    }
    guard let number else {
      close(descriptor)
      return
    }
    startThread { [self] in
      var connection = HTTPConnection(descriptor: descriptor)
      while let request = connection.readRequest(number: number) {
        let recorded = state.withLock { state -> RecordedRequest in
          var request = request
          state.active += 1
          state.peak = max(state.peak, state.active)
          request.concurrent = state.active
          state.requests.append(request)
          return request
        }
        let isKept = connection.send(answer(recorded), to: recorded) { [self] in
          state.withLock { $0.active -= 1 }
        }
        if !isKept { break }
      }
      // Under the lock, so that `stop` shuts no descriptor down that means something else by now.
      state.withLock {
        $0.open.remove(descriptor)
        _ = close(descriptor)
      }
    }
  }

  private static func listen(at address: String) throws -> (descriptor: Int32, port: Int) {
    let isIPv6 = address.contains(":")
    let descriptor = socket(
      isIPv6 ? AF_INET6 : AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    guard descriptor >= 0 else { throw SystemCallFailed("socket") }
    var port: in_port_t = 0
    let isBound: Bool
    if isIPv6 {
      var name = sockaddr_in6()
      name.sin6_family = sa_family_t(AF_INET6)
      inet_pton(AF_INET6, address, &name.sin6_addr)
      isBound = bindAndName(descriptor, &name) { port = $0.sin6_port }
    } else {
      var name = sockaddr_in()
      name.sin_family = sa_family_t(AF_INET)
      inet_pton(AF_INET, address, &name.sin_addr)
      isBound = bindAndName(descriptor, &name) { port = $0.sin_port }
    }
    guard isBound, Glibc.listen(descriptor, 1024) == 0 else {
      let failure = SystemCallFailed("bind \(address)")
      close(descriptor)
      throw failure
    }
    return (descriptor, Int(UInt16(bigEndian: port)))
  }

  private static func bindAndName<Name>(
    _ descriptor: Int32, _ name: inout Name, _ take: (Name) -> Void
  ) -> Bool {
    var length = socklen_t(MemoryLayout<Name>.size)
    let isNamed = withUnsafeMutablePointer(to: &name) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, length) == 0 && getsockname(descriptor, $0, &length) == 0
      }
    }
    take(name)
    return isNamed
  }
}
