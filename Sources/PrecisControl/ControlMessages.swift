import PrecisJSON

/// A request to the daemon, whole.
public struct ControlRequest: Sendable {
  /// `GET`, `POST` or `DELETE`.
  public let method: String
  /// The path, percent-decoded, without the query.
  public let path: String
  /// The arguments of the query, percent-decoded; the last of equal names.
  public let query: [String: String]
  /// The body, at most ``ControlServer/bodyLimit`` bytes.
  public let body: [UInt8]

  /// A request from its parts.
  public init(method: String, path: String, query: [String: String] = [:], body: [UInt8] = []) {
    self.method = method
    self.path = path
    self.query = query
    self.body = body
  }
}

/// What the daemon answers.
public enum ControlResponse: Sendable {
  /// A whole document with its media type.
  case document(status: Int, type: String, [UInt8])
  /// NDJSON, a line an event, until the stream is finished.
  case events(ControlStream)

  /// A whole JSON document.
  public static func json(status: Int, _ bytes: [UInt8]) -> ControlResponse {
    .document(status: status, type: "application/json", bytes)
  }

  /// An error as `{"error": message}`.
  public static func error(status: Int, _ message: String) -> ControlResponse {
    var json = JSONWriter(capacity: 128)
    json.beginObject()
    json.field("error", message)
    json.endObject()
    json.newline()
    return .json(status: status, json.bytes)
  }
}

/// Answers one request; `reply` is called exactly once, on any queue.
public typealias ControlHandler =
  @Sendable (ControlRequest, _ reply: @escaping @Sendable (ControlResponse) -> Void) -> Void
