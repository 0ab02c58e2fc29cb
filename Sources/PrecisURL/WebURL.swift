/// An address of the web, parsed and written as browsers do (WHATWG URL Standard).
///
/// http and https addresses are normalised: lower-case host, default port dropped, dot segments removed, characters
/// that may not stand in an address percent-encoded. Other schemes keep their form. At most 8,192 bytes.
public struct WebURL: Hashable, Sendable, CustomStringConvertible {
  /// Bytes of the longest address that is accepted.
  public static let lengthLimit = 8192

  /// Lower-case, without the colon.
  public internal(set) var scheme: String
  /// Percent-encoded; empty where there is none.
  public internal(set) var username = ""
  /// Percent-encoded; empty where there is none.
  public internal(set) var password = ""
  /// Lower-case; an IPv6 address stands in brackets. nil where the address has no authority.
  public internal(set) var host: String?
  /// nil: the scheme's default.
  public internal(set) var port: Int?
  /// Percent-encoded; begins with `/` where there is a host.
  public internal(set) var path = ""
  /// Percent-encoded, without the question mark.
  public internal(set) var query: String?
  /// Percent-encoded, without the number sign.
  public internal(set) var fragment: String?

  init(scheme: String) { self.scheme = scheme }

  /// An absolute address; nil for anything else.
  public init?(_ text: String) { self.init(text, base: nil) }

  /// Host and port of an address of the web, `example.org:8080`, without building its parts where that can be; the port
  /// is left out where it is the scheme's. nil where there is no host.
  public static func authority(of text: String) -> String? {
    var text = text
    if let plain = text.withUTF8({ PlainAddress.authority($0) }) { return plain }
    guard let url = WebURL(text), let host = url.host else { return nil }
    return url.port.map { host + ":" + String($0) } ?? host
  }

  /// An absolute address of the web that is in its normal form already, so that its ``text`` is this one; nil for all
  /// others, and for some that are: the quick way for addresses that were read before.
  public init?(normal text: String) {
    guard text.utf8.count <= Self.lengthLimit,
      let plain = text.utf8.withContiguousStorageIfAvailable(PlainAddress.parse) ?? nil
    else { return nil }
    self = plain
  }

  /// An address, relative ones resolved against `base` (RFC 3986 section 5); nil where it cannot be read.
  public init?(_ text: String, base: WebURL?) {
    if let plain = WebURL(normal: text) {
      self = plain
      return
    }
    guard text.utf8.count <= Self.lengthLimit else { return nil }
    guard let parsed = URLParser.parse(text, base: base),
      parsed.text.utf8.count <= Self.lengthLimit * 3
    else { return nil }
    self = parsed
  }

  /// The address as text.
  public var text: String {
    var out = ""
    out.reserveCapacity(
      scheme.utf8.count + username.utf8.count + password.utf8.count + (host?.utf8.count ?? 0)
        + path.utf8.count
        + (query?.utf8.count ?? 0) + (fragment?.utf8.count ?? 0) + 14)
    out += scheme
    out += ":"
    if let host {
      out += "//"
      if !username.isEmpty || !password.isEmpty {
        out += username
        if !password.isEmpty { out += ":" + password }
        out += "@"
      }
      out += host
      if let port {
        out += ":"
        out += String(port)
      }
    }
    out += path
    if let query {
      out += "?"
      out += query
    }
    if let fragment {
      out += "#"
      out += fragment
    }
    return out
  }

  /// The address as text.
  public var description: String { text }

  /// Whether it is http or https, with a host.
  public var isWeb: Bool { (scheme == "https" || scheme == "http") && !(host ?? "").isEmpty }

  /// The port, also where it is the scheme's default; 0 where that is unknown.
  public var effectivePort: Int { port ?? Self.defaultPort(of: scheme) ?? 0 }

  /// Scheme, host and a port that is not the default (RFC 6454 section 6.2).
  public var origin: String { "\(scheme)://\(host ?? "")" + (port.map { ":\($0)" } ?? "") }

  /// Whether scheme, host and port are the same.
  public func isSameOrigin(as other: WebURL) -> Bool {
    scheme == other.scheme && host == other.host && effectivePort == other.effectivePort
  }

  /// The address without user name and password.
  public func withoutCredentials() -> WebURL {
    var copy = self
    copy.username = ""
    copy.password = ""
    return copy
  }

  /// The address without fragment.
  public func withoutFragment() -> WebURL {
    var copy = self
    copy.fragment = nil
    return copy
  }

  /// The address with another path, which must be percent-encoded and begin with `/`.
  public func replacing(path: String) -> WebURL {
    var copy = self
    copy.path = path
    return copy
  }

  /// The address with another query, percent-encoded, or none.
  public func replacing(query: String?) -> WebURL {
    var copy = self
    copy.query = query
    return copy
  }

  /// The address with another scheme; a port that is that scheme's default is dropped.
  public func replacing(scheme: String) -> WebURL {
    var copy = self
    copy.scheme = scheme
    if copy.port == Self.defaultPort(of: scheme) { copy.port = nil }
    return copy
  }

  /// The port of a special scheme; nil for others.
  static func defaultPort(of scheme: String) -> Int? {
    switch scheme {
    case "http", "ws": 80
    case "https", "wss": 443
    case "ftp": 21
    default: nil
    }
  }
}
