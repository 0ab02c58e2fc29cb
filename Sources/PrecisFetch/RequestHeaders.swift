import CCurl
import PrecisModel

/// The header lines of a request.
enum RequestHeaders {
  // Short, since every request of every feed carries it; what it does not name is taken, too.
  private static let acceptFeed =
    "Accept: application/atom+xml,application/rss+xml,application/feed+json,application/xml;q=0.9,*/*;q=0.5"
  private static let acceptPage = "Accept: text/html, application/xhtml+xml, */*;q=0.5"

  /// What libcurl can decode. It would write this line itself, and the user agent's, but each a letter at a time and
  /// twice, which is a twentieth of a poll.
  private static let acceptEncoding: String = {
    let features = Int(curl_version_info(CURLVERSION_FIRST).pointee.features)
    let codings = [
      ("deflate, gzip", Int(CURL_VERSION_LIBZ)), ("br", Int(CURL_VERSION_BROTLI)),
      ("zstd", Int(CURL_VERSION_ZSTD)),
    ]
    return codings.filter { features & $0.1 != 0 }.map(\.0).joined(separator: ", ")
  }()

  /// A list that the caller frees.
  static func list(for exchange: Exchange, userAgent: String) -> UnsafeMutablePointer<curl_slist>? {
    var list = curl_slist_append(nil, exchange.request.accept == .feed ? acceptFeed : acceptPage)
    func append(_ start: StaticString, _ rest: String) {
      // A value from a feed's store or an operator's file must not bring a line of its own.
      let length = start.utf8CodeUnitCount
      var rest = rest
      rest.withUTF8 { rest in
        guard rest.allSatisfy({ $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 }) else { return }
        withUnsafeTemporaryAllocation(byteCount: length + rest.count + 1, alignment: 1) { line in
          line.copyMemory(from: UnsafeRawBufferPointer(start: start.utf8Start, count: length))
          UnsafeMutableRawBufferPointer(rebasing: line[length...]).copyMemory(
            from: UnsafeRawBufferPointer(rest))
          line[length + rest.count] = 0
          let text = line.bindMemory(to: CChar.self)
          if let base = text.baseAddress, let longer = curl_slist_append(list, base) { list = longer }
        }
      }
    }
    if !acceptEncoding.isEmpty { append("Accept-Encoding: ", acceptEncoding) }
    append("User-Agent: ", userAgent)
    if let validators = exchange.validators {
      if let etag = validators.etag { append("If-None-Match: ", etag) }
      if let date = validators.lastModified { append("If-Modified-Since: ", date) }
    }
    if exchange.isAtOrigin {
      if let credentials = exchange.credentials { append("", line(of: credentials)) }
      for header in exchange.request.headers where !header.name.isEmpty {
        append("", "\(header.name): \(header.value)")
      }
    }
    if let cookies = exchange.cookies.header(host: exchange.host, isSecure: exchange.url.scheme == "https") {
      append("Cookie: ", cookies)
    }
    return list
  }

  private static func line(of credentials: Credentials) -> String {
    switch credentials {
    case .basic(let user, let password):
      "Authorization: Basic " + base64(Array("\(user):\(password)".utf8))
    case .bearer(let token): "Authorization: Bearer " + token
    case .header(let name, let value): "\(name): \(value)"
    }
  }

  private static func base64(_ bytes: [UInt8]) -> String {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    var out: [UInt8] = []
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = bytes[start..<min(start + 3, bytes.count)]
      var bits = 0
      for byte in group { bits = bits << 8 | Int(byte) }
      bits <<= 8 * (3 - group.count)
      for place in 0..<4 {
        out.append(place <= group.count ? alphabet[bits >> (18 - 6 * place) & 63] : 0x3D)
      }
    }
    return String(decoding: out, as: UTF8.self)
  }
}
