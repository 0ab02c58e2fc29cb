import PrecisModel

/// What is to be fetched.
public struct FetchRequest: Sendable {
  /// An http or https address; a user name and password in it are sent as basic credentials.
  public var url: String
  /// Sent as `If-None-Match` and `If-Modified-Since`, only to the address that they came with.
  public var validators: FeedState.Validators?
  /// Sent to the origin of `url` alone.
  public var credentials: Credentials?
  /// Instead of the configuration's.
  public var userAgent: String?
  /// What kind of document is wanted.
  public var accept = Accept.feed
  /// Whether the connection is kept when the transfer is over, because another feed that is due shares the host.
  public var keepsConnection = false
  /// Instead of the configuration's, in bytes.
  public var maxBodyBytes: Int?
  /// Further header lines; sent to the origin of `url` alone, since they may hold secrets.
  public var headers: [Header] = []

  /// A request for a feed without validators and credentials.
  public init(url: String) { self.url = url }

  /// What kind of document is wanted.
  public enum Accept: Sendable {
    /// A feed in any format.
    case feed
    /// A web page.
    case page
  }

  /// A header line.
  public struct Header: Sendable, Equatable {
    /// The field's name.
    public var name: String
    /// The field's value.
    public var value: String

    /// A header line from its parts; one with a line break in it is not sent.
    public init(name: String, value: String) {
      self.name = name
      self.value = value
    }
  }
}

/// What proves that the reader may read; never printed.
public enum Credentials: Sendable, Equatable {
  /// RFC 7617.
  case basic(user: String, password: String)
  /// RFC 6750.
  case bearer(String)
  /// A header line of the server's own making.
  case header(name: String, value: String)
}

extension Credentials: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// The kind alone.
  public var description: String {
    switch self {
    case .basic: "basic credentials"
    case .bearer: "a bearer token"
    case .header: "a header"
    }
  }
  /// The kind alone.
  public var debugDescription: String { description }
  /// Empty, so that a dump shows nothing.
  public var customMirror: Mirror { Mirror(self, children: []) }
}
