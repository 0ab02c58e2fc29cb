import CMicroHTTPD
import CMicroHTTPDShims
import Dispatch
import Glibc

/// The daemon's HTTP API on a Unix socket or a TCP port, run by libmicrohttpd on one serial queue, without a thread of
/// its own.
///
/// `curl --unix-socket PATH http://precis/v1/status` works as well as ``ControlClient``. Over TCP only `GET` is
/// answered.
public final class ControlServer: @unchecked Sendable {  // All state is confined to `queue` after `start`.
  /// Bytes of a request's body: an OPML file of 100,000 feeds fits.
  public static let bodyLimit = 32 << 20
  /// Seconds after which a silent connection is closed.
  static let idleSeconds: UInt32 = 30
  /// Connections at once.
  static let connectionLimit: UInt32 = 64

  /// Where it listens; the port is the one that it got.
  public let address: ListenAddress
  private let queue = DispatchQueue(label: "precis.control")
  private let handler: ControlHandler
  private let descriptor: Int32
  private var daemon: OpaquePointer?
  private var source: (any DispatchSourceRead)?
  private var timer: (any DispatchSourceTimer)?
  private var isRunning = false

  /// Listens at `address` and answers by `handler`.
  ///
  /// - Throws: `ControlError.inUse` where a daemon answers there, `.pathTooLong`, `.system` where the socket or
  ///   the server cannot be made.
  public init(address: ListenAddress, handler: @escaping ControlHandler) throws(ControlError) {
    self.handler = handler
    switch address {
    case .unix(let path, let mode):
      descriptor = try UnixSocket.listen(at: path, mode: mode)
      self.address = address
    case .tcp(let host, let port):
      descriptor = try TCPSocket.listen(host: host, port: port)
      self.address = .tcp(host: host, port: TCPSocket.port(of: descriptor))
    }
    let me = Unmanaged.passUnretained(self).toOpaque()
    daemon = precis_mhd_start(
      descriptor, onRequest, onCompleted, me, Self.idleSeconds, Self.connectionLimit, 64 << 10)
    guard let daemon, precis_mhd_epoll_fd(daemon) >= 0 else {
      let code = errno
      close(descriptor)
      removeFile()
      throw .system(call: "MHD_start_daemon", path: "\(address)", errno: code)
    }
    queue.sync { watch(precis_mhd_epoll_fd(daemon)) }
  }

  /// Ends every connection, closes the socket and removes its file.
  public func stop() {
    queue.sync {
      guard let daemon else { return }
      self.daemon = nil
      source?.cancel()
      timer?.cancel()
      // Suspended connections must be resumed before MHD_stop_daemon.
      for exchange in exchanges.values { exchange.abandon() }
      MHD_run(daemon)
      MHD_stop_daemon(daemon)
      removeFile()
    }
  }

  private func removeFile() {
    if case .unix(let path, _) = address { unlink(path) }
  }

  // MARK: On the queue

  private var exchanges: [UInt64: ControlExchange] = [:]
  private var nextExchange: UInt64 = 1

  private func watch(_ epoll: Int32) {
    let source = DispatchSource.makeReadSource(fileDescriptor: epoll, queue: queue)
    source.setEventHandler { @Sendable [weak self] in self?.turn() }
    source.activate()
    let timer = DispatchSource.makeTimerSource(queue: queue)
    timer.setEventHandler { @Sendable [weak self] in self?.turn() }
    timer.schedule(deadline: .distantFuture)
    timer.activate()
    self.source = source
    self.timer = timer
  }

  private func turn() {
    guard let daemon, !isRunning else { return }
    isRunning = true
    let before = precis_mhd_connections(daemon)
    MHD_run(daemon)
    // At its limit libmicrohttpd stops watching for connections, and begins again only in the run after the one that
    // closed some: nothing else would wake it.
    if precis_mhd_connections(daemon) < before { MHD_run(daemon) }
    isRunning = false
    var milliseconds: UInt64 = 0
    let hasTimeout = MHD_get_timeout(daemon, &milliseconds) == .YES
    // MHD answers 0 while it has more to do at once.
    timer?.schedule(
      deadline: hasTimeout ? .now() + .milliseconds(Int(clamping: milliseconds)) : .distantFuture,
      leeway: .milliseconds(milliseconds > 1000 ? 500 : 0))
  }

  /// One call of libmicrohttpd for a request: headers, then pieces of the body, then its end.
  fileprivate func received(
    _ connection: OpaquePointer, method: String, path: String, piece: UnsafeRawBufferPointer,
    context: UnsafeMutablePointer<UnsafeMutableRawPointer?>
  ) -> (consumed: Bool, MHD_Result) {
    guard let tag = context.pointee else {
      let exchange = ControlExchange(connection: connection, method: method, path: path)
      exchange.readQuery()
      let number = nextExchange
      nextExchange += 1
      exchanges[number] = exchange
      context.pointee = UnsafeMutableRawPointer(bitPattern: UInt(number))
      // What is refused by its head is answered before its body is sent.
      guard let refusal = exchange.refusal(at: address) else { return (false, .YES) }
      exchange.isDispatched = true
      exchange.response = refusal
      return (false, exchange.send(wake: wake(exchange)))
    }
    guard let exchange = exchanges[UInt64(UInt(bitPattern: tag))] else { return (false, .NO) }
    if !piece.isEmpty {
      exchange.append(piece, limit: Self.bodyLimit)
      return (true, .YES)
    }
    return (false, exchange.isDispatched ? exchange.send(wake: wake(exchange)) : dispatch(exchange))
  }

  private func dispatch(_ exchange: ControlExchange) -> MHD_Result {
    exchange.isDispatched = true
    if let refusal = exchange.refusal(at: address) {
      exchange.response = refusal
      return exchange.send(wake: wake(exchange))
    }
    exchange.suspend()
    let number = exchanges.first { $0.value === exchange }?.key ?? 0
    handler(exchange.request) { [weak self] response in
      guard let self else { return }
      queue.async { @Sendable in
        guard let exchange = self.exchanges[number], self.daemon != nil else { return }
        exchange.response = response
        exchange.resume()
        self.turn()
      }
    }
    return .YES
  }

  private func wake(_ exchange: ControlExchange) -> @Sendable () -> Void {
    let number = exchanges.first { $0.value === exchange }?.key ?? 0
    return { @Sendable [weak self] in
      guard let self else { return }
      queue.async { @Sendable in
        guard let exchange = self.exchanges[number], self.daemon != nil, exchange.resume() else { return }
        self.turn()
      }
    }
  }

  fileprivate func completed(_ context: UnsafeMutablePointer<UnsafeMutableRawPointer?>) {
    guard let tag = context.pointee else { return }
    exchanges.removeValue(forKey: UInt64(UInt(bitPattern: tag)))?.end()
    context.pointee = nil
  }
}

private func onRequest(
  _ context: UnsafeMutableRawPointer?, _ connection: OpaquePointer?, _ url: UnsafePointer<CChar>?,
  _ method: UnsafePointer<CChar>?, _ version: UnsafePointer<CChar>?, _ data: UnsafePointer<CChar>?,
  _ size: UnsafeMutablePointer<Int>?, _ state: UnsafeMutablePointer<UnsafeMutableRawPointer?>?
) -> MHD_Result {
  guard let context, let connection, let url, let method, let size, let state else { return .NO }
  let server = Unmanaged<ControlServer>.fromOpaque(context).takeUnretainedValue()
  let piece = UnsafeRawBufferPointer(start: data, count: size.pointee)
  let (consumed, result) = server.received(
    connection, method: String(cString: method), path: String(cString: url), piece: piece, context: state)
  if consumed { size.pointee = 0 }
  return result
}

private func onCompleted(
  _ context: UnsafeMutableRawPointer?, _ connection: OpaquePointer?,
  _ state: UnsafeMutablePointer<UnsafeMutableRawPointer?>?, _ code: MHD_RequestTerminationCode
) {
  guard let context, let state else { return }
  Unmanaged<ControlServer>.fromOpaque(context).takeUnretainedValue().completed(state)
}
