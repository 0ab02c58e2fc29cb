/// Why a fetch brought no document.
public enum FetchFailure: Error, Sendable, Equatable {
  /// The address cannot be read.
  case invalidURL(String)
  /// The address is neither http nor https.
  case unsupportedScheme(String)
  /// The host's address is none that may be connected to; `what` is a noun such as "a loopback address".
  case blockedAddress(String, host: String, what: String)
  /// The name could not be resolved.
  case dns(host: String)
  /// No connection could be made.
  case connect(host: String, reason: String)
  /// The time was over.
  case timeout(Phase, after: Duration)
  /// The connection could not be secured.
  case tls(host: String, reason: String)
  /// The body is larger than `limit` bytes.
  case tooLarge(limit: Int)
  /// The transfer was slower than `bytesPerSecond` for too long.
  case tooSlow(bytesPerSecond: Int, over: Duration)
  /// The body is more than `limit` times larger than its compressed form.
  case decompressionRatio(limit: Int)
  /// The header lines have more than `limit` bytes.
  case headersTooLarge(limit: Int)
  /// A redirect led to an address that this fetch had come from.
  case redirectLoop(to: String)
  /// More than `limit` redirects.
  case tooManyRedirects(limit: Int)
  /// A redirect that is not followed.
  case redirectRefused(to: String, reason: String)
  /// The server answered with this status, or who stands before it.
  case http(status: Int, by: Gatekeeper? = nil)
  /// The body ended early; `expected` is nil where its length was not stated.
  case truncated(expected: Int?, received: Int)
  /// What the server sent is not HTTP, or not what was asked for.
  case protocolError(String)
  /// The caller cancelled the fetch, or the fetcher was shut down.
  case cancelled

  /// What a fetch was at when its time was over.
  public enum Phase: String, Sendable, CaseIterable {
    /// Looking the name up.
    case resolving = "looking up the name"
    /// Connecting.
    case connecting
    /// Securing the connection.
    case securing = "securing the connection"
    /// Waiting for the answer.
    case waiting = "waiting for the answer"
    /// Receiving the body.
    case receiving = "receiving the document"
  }

  /// The class, for programs: a value that `FeedState.Failure.kind` names, or `cancelled`.
  public var kind: String {
    switch self {
    case .blockedAddress: "blocked_address"
    case .dns: "dns"
    case .connect: "connect"
    case .timeout: "timeout"
    case .tls: "tls"
    case .tooLarge, .decompressionRatio, .headersTooLarge: "too_large"
    case .tooSlow: "too_slow"
    case .redirectLoop, .tooManyRedirects, .redirectRefused: "redirect"
    case .http: "http"
    case .invalidURL, .unsupportedScheme, .truncated, .protocolError: "protocol"
    case .cancelled: "cancelled"
    }
  }
}

extension FetchFailure: CustomStringConvertible {
  /// What happened and what to do, for a person; ASCII only where it quotes the server.
  public var description: String {
    switch self {
    case .invalidURL(let url): "\(url) is not a web address; correct the feed's address"
    case .unsupportedScheme(let scheme): "\(scheme) addresses are not fetched; use http or https"
    case .blockedAddress(let address, let host, let what):
      "\(host) is at \(address), \(what), which is not fetched from; "
        + "if it is yours, add it to network.allow_addresses"
    case .dns(let host): "the name \(host) could not be resolved; check the address and this machine's DNS"
    case .connect(let host, let reason): "no connection to \(host): \(reason)"
    case .timeout(let phase, let after): "timed out after \(Self.seconds(after)) while \(phase.rawValue)"
    case .tls(let host, let reason): "no secure connection to \(host): \(reason)"
    case .tooLarge(let limit):
      "the document is larger than \(limit) bytes; raise max_body if it is wanted"
    case .tooSlow(let speed, let over):
      "the transfer was slower than \(speed) bytes a second for \(Self.seconds(over))"
    case .decompressionRatio(let limit):
      "the document grew more than \(limit) times when decompressed; "
        + "raise network.max_decompression_ratio if that is right"
    case .headersTooLarge(let limit): "the answer's headers are larger than \(limit) bytes"
    case .redirectLoop(let to): "redirected in a circle, back to \(to)"
    case .tooManyRedirects(let limit): "redirected more than \(limit) times"
    case .redirectRefused(let to, let reason): "the redirect to \(to) was not followed: \(reason)"
    case .http(let status, nil): Self.sentence(ofStatus: status)
    case .http(let status, let gatekeeper?):
      Self.sentence(ofStatus: status)
        + ": \(gatekeeper.rawValue), which stands before it, takes feed readers for robots; "
        + "ask the site to let them through, or try a user_agent for this feed"
    case .truncated(let expected?, let received):
      "the document was cut off: \(received) of \(expected) bytes arrived"
    case .truncated(nil, let received): "the document was cut off after \(received) bytes"
    case .protocolError(let what): what
    case .cancelled: "the fetch was cancelled"
    }
  }

  private static func seconds(_ duration: Duration) -> String {
    let (seconds, rest) = duration.components
    let tenths = rest / 100_000_000_000_000_000
    return tenths == 0 ? "\(seconds) s" : "\(seconds).\(tenths) s"
  }

  private static func sentence(ofStatus status: Int) -> String {
    switch status {
    case 401: "the server wants credentials (401); give the feed its own"
    case 403: "the server refused access (403)"
    case 404: "there is no document at this address (404)"
    case 407: "the proxy wants credentials (407)"
    case 410: "the document is gone for good (410)"
    case 429: "the server asks for fewer requests (429)"
    case 503: "the server is unavailable for now (503)"
    case 500...599: "the server failed (\(status))"
    default: "the server answered with status \(status)"
    }
  }
}
