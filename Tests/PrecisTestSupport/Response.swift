/// What the loopback server answers with.
public struct Response: Sendable {
  /// The status.
  public var status: Int
  /// Header lines besides `Content-Length`, `Transfer-Encoding` and `Connection`, which the server writes itself.
  public var headers: [(name: String, value: String)]
  /// What comes after the head, and how.
  public var body: Body
  /// Nothing is sent before this gate is open.
  public var heldBy: Gate?
  /// Whether the connection is closed after the answer.
  public var closes = false

  /// What comes after the head, and how.
  public enum Body: Sendable {
    /// These bytes, with their length.
    case bytes([UInt8])
    /// These bytes, in pieces of chunked transfer coding.
    case chunked([[UInt8]])
    /// These bytes without a length: their end is the connection's.
    case untilClose([UInt8])
    /// These bytes, then the connection's end, though the head promised `announced` bytes.
    case cutOff([UInt8], announced: Int)
    /// These bytes over and over, chunked, until the client goes away.
    case endless([UInt8])
    /// These bytes over and over, one piece per interval, until the client goes away.
    case trickle([UInt8], every: Duration)
    /// The first bytes at once, the others when the gate is open.
    case inTwo([UInt8], gate: Gate, [UInt8])
    /// No head either: these bytes are all that is sent, then the connection is closed.
    case raw([UInt8])
    /// Nothing at all, head included, until the client goes away.
    case hang
    /// The connection is closed without an answer.
    case drop
    /// A 2xx or 3xx answer without a body.
    case none
  }

  /// An answer from its parts.
  public init(_ status: Int = 200, headers: [(name: String, value: String)] = [], body: Body = .bytes([])) {
    self.status = status
    self.headers = headers
    self.body = body
  }

  /// A 200 with a text for its body.
  public static func ok(_ text: String, type: String = "application/rss+xml") -> Response {
    Response(200, headers: [("Content-Type", type)], body: .bytes(Array(text.utf8)))
  }

  /// A redirect.
  public static func redirect(_ status: Int, to location: String) -> Response {
    Response(status, headers: [("Location", location)])
  }

  /// A 200 with these validators, or a 304 where the request's conditions hold (RFC 9110 section 13.2.2).
  public static func conditional(
    _ request: RecordedRequest, body: [UInt8], etag: String? = nil, lastModified: String? = nil
  ) -> Response {
    var headers: [(name: String, value: String)] = []
    if let etag { headers.append(("ETag", etag)) }
    if let lastModified { headers.append(("Last-Modified", lastModified)) }
    let isKnown: Bool
    if let condition = request.header("If-None-Match") {
      isKnown = condition == etag
    } else {
      isKnown = lastModified != nil && request.header("If-Modified-Since") == lastModified
    }
    guard !isKnown else { return Response(304, headers: headers, body: .none) }
    headers.append(("Content-Type", "application/rss+xml"))
    return Response(200, headers: headers, body: .bytes(body))
  }

  /// The same answer, sent when the gate is open.
  public func held(by gate: Gate) -> Response {
    var response = self
    response.heldBy = gate
    return response
  }

  /// The same answer with one more header line.
  public func with(_ name: String, _ value: String) -> Response {
    var response = self
    response.headers.append((name, value))
    return response
  }
}

/// A request as the loopback server saw it.
public struct RecordedRequest: Sendable {
  /// `GET` and the like.
  public var method: String
  /// What follows the method: path and query.
  public var target: String
  /// Header lines in the order received, without space around the values.
  public var headers: [(name: String, value: String)]
  /// When it was read.
  public var arrival: ContinuousClock.Instant
  /// Requests of this server that were unanswered when it came, itself included.
  public var concurrent: Int
  /// Counts the server's connections from 1.
  public var connection: Int

  /// The first value of a header, its name in any case; nil where there is none.
  public func header(_ name: String) -> String? {
    headers.first { $0.name.lowercased() == name.lowercased() }?.value
  }

  /// The target up to a question mark.
  public var path: String { String(target.prefix { $0 != "?" }) }
}
