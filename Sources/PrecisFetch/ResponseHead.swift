/// What an answer says of itself, as far as a feed reader needs it.
public struct ResponseHead: Sendable, Equatable {
  /// The status.
  public var status: Int
  /// The address that answered, after redirects; absolute, without fragment and credentials.
  public var url: String
  /// `1.1`, `2`.
  public var httpVersion: String
  /// `Content-Type`, as received.
  public var contentType: String?
  /// `ETag`, byte for byte.
  public var etag: String?
  /// `Last-Modified`, byte for byte.
  public var lastModified: String?
  /// `Content-Location`, absolute.
  public var contentLocation: String?
  /// For how many seconds from now the answer stays fresh: `max-age`, else `Expires` less `Date`, less `Age`; at
  /// least 0. nil where the server does not say.
  ///
  /// Source: RFC 9111 section 4.2.
  public var freshness: Int?
  /// `Cache-Control: no-cache`.
  public var isNoCache = false
  /// `Cache-Control: no-store`.
  public var isNoStore = false
  /// `Retry-After` as seconds from now, in both its forms; at least 0.
  public var retryAfter: Int?
  /// Links of relation `hub`, `self` and `alternate`, absolute, in the order given; at most 32.
  public var links: [Link] = []
  /// Requests that are left until the limit is set back, where the server says.
  public var rateLimitRemaining: Int?
  /// Seconds from now until the limit is set back, where the server says.
  public var rateLimitReset: Int?

  /// A head of which only the status line is known.
  public init(status: Int, url: String, httpVersion: String = "1.1") {
    self.status = status
    self.url = url
    self.httpVersion = httpVersion
  }

  /// A link of a `Link` header (RFC 8288).
  public struct Link: Sendable, Equatable {
    /// Absolute.
    public var url: String
    /// `hub`, `self` or `alternate`.
    public var rel: String
    /// The media type it states.
    public var type: String?

    /// A link from its parts.
    public init(url: String, rel: String, type: String? = nil) {
      self.url = url
      self.rel = rel
      self.type = type
    }
  }
}
