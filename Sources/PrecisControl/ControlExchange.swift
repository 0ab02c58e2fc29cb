import CMicroHTTPD
import PrecisJSON

/// One request and its answer, on the server's queue.
final class ControlExchange {
  private let connection: OpaquePointer
  private let method: String
  private let path: String
  private var query: [String: String] = [:]
  private var body: [UInt8] = []
  private var isTooLarge = false
  private var isSuspended = false
  private var stream: ControlStream?
  /// Whether the handler was asked.
  var isDispatched = false
  /// The answer, once there is one.
  var response: ControlResponse?

  init(connection: OpaquePointer, method: String, path: String) {
    self.connection = connection
    self.method = method
    self.path = path
  }

  var request: ControlRequest {
    // libmicrohttpd leaves the body of an answer to HEAD out.
    ControlRequest(method: method == "HEAD" ? "GET" : method, path: path, query: query, body: body)
  }

  /// The answer to a request that must not reach the handler.
  func refusal(at address: ListenAddress) -> ControlResponse? {
    if !address.allowsChanges {
      guard method == "GET" || method == "HEAD" else {
        return .error(status: 403, "\(method) is answered on the Unix socket alone")
      }
      guard HostCheck.accepts(header("Host")) else {
        return .error(status: 421, "ask by IP address or as localhost")
      }
    }
    if isTooLarge {
      return .error(status: 413, "the body is larger than \(ControlServer.bodyLimit >> 20) MiB")
    }
    // Both headers together are the door to request smuggling (RFC 9112 section 6.1).
    if header("Content-Length") != nil, header("Transfer-Encoding") != nil {
      return .error(status: 400, "Content-Length and Transfer-Encoding together")
    }
    return nil
  }

  func readQuery() {
    let me = Unmanaged.passUnretained(self).toOpaque()
    MHD_get_connection_values(
      connection, .GET_ARGUMENT_KIND,
      { context, _, key, value in
        guard let context, let key else { return .NO }
        let exchange = Unmanaged<ControlExchange>.fromOpaque(context).takeUnretainedValue()
        exchange.query[String(cString: key)] = value.map { String(cString: $0) } ?? ""
        return .YES
      }, me)
  }

  func append(_ piece: UnsafeRawBufferPointer, limit: Int) {
    guard !isTooLarge, body.count + piece.count <= limit else {
      isTooLarge = true
      body = []
      return
    }
    body.append(contentsOf: piece)
  }

  func suspend() {
    guard !isSuspended else { return }
    isSuspended = true
    MHD_suspend_connection(connection)
  }

  /// True where it was suspended.
  @discardableResult
  func resume() -> Bool {
    guard isSuspended else { return false }
    isSuspended = false
    MHD_resume_connection(connection)
    return true
  }

  /// Gives the answer to libmicrohttpd.
  func send(wake: @escaping @Sendable () -> Void) -> MHD_Result {
    switch response {
    case .document(let status, let type, var bytes):
      let made = bytes.withUnsafeMutableBytes {
        MHD_create_response_from_buffer($0.count, $0.baseAddress, .RESPMEM_MUST_COPY)
      }
      return queue(made, status: UInt32(clamping: status), type: type)
    case .events(let stream):
      self.stream = stream
      stream.attach(wake)
      let me = Unmanaged.passUnretained(self).toOpaque()
      let made = MHD_create_response_from_callback(
        .max, 16 << 10,
        { context, _, buffer, size in
          guard let context, let buffer else { return -2 }
          let exchange = Unmanaged<ControlExchange>.fromOpaque(context).takeUnretainedValue()
          return exchange.fill(UnsafeMutableRawBufferPointer(start: buffer, count: size))
        }, me, nil)
      return queue(made, status: 200, type: "application/x-ndjson")
    case nil: return .NO
    }
  }

  /// Fills a piece of a streamed answer: bytes, 0 after suspending, or libmicrohttpd's codes for end and error.
  private func fill(_ buffer: UnsafeMutableRawBufferPointer) -> Int {
    switch stream?.take(into: buffer) {
    case .bytes(let count): return count
    case .nothingYet:
      suspend()
      return 0
    case .end: return -1  // MHD_CONTENT_READER_END_OF_STREAM
    case .broken, nil: return -2  // MHD_CONTENT_READER_END_WITH_ERROR
    }
  }

  private func queue(_ response: OpaquePointer?, status: UInt32, type: String) -> MHD_Result {
    guard let response else { return .NO }
    defer { MHD_destroy_response(response) }
    MHD_add_response_header(response, "Content-Type", type)
    MHD_add_response_header(response, "Cache-Control", "no-store")
    // Articles hold the HTML of strangers: no browser shall take an answer for a page.
    MHD_add_response_header(response, "X-Content-Type-Options", "nosniff")
    return MHD_queue_response(connection, status, response)
  }

  private func header(_ name: String) -> String? {
    MHD_lookup_connection_value(connection, .HEADER_KIND, name).map { String(cString: $0) }
  }

  /// The connection is done with it.
  func end() { stream?.detach() }

  /// The server stops: a waiting connection is let go.
  func abandon() {
    stream?.detach()
    resume()
  }
}
