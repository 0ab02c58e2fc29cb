import CCurl
import PrecisModel

/// The header lines of a request.
enum RequestHeaders {
  private static let acceptFeed =
    "Accept: application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml, "
    + "application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.8, text/html;q=0.5, */*;q=0.3"
  private static let acceptPage = "Accept: text/html, application/xhtml+xml, */*;q=0.5"

  /// A list that the caller frees.
  static func list(for exchange: Exchange) -> UnsafeMutablePointer<curl_slist>? {
    var list: UnsafeMutablePointer<curl_slist>?
    func append(_ line: String) {
      // A value from a feed's store or an operator's file must not bring a line of its own.
      for byte in line.utf8 where byte < 0x20 && byte != 0x09 || byte == 0x7F { return }
      if let longer = curl_slist_append(list, line) { list = longer }
    }
    list = curl_slist_append(nil, exchange.request.accept == .feed ? acceptFeed : acceptPage)
    if let validators = exchange.validators {
      if let etag = validators.etag { append("If-None-Match: " + etag) }
      if let date = validators.lastModified { append("If-Modified-Since: " + date) }
    }
    if exchange.isAtOrigin {
      if let credentials = exchange.credentials { append(line(of: credentials)) }
      for header in exchange.request.headers where !header.name.isEmpty {
        append("\(header.name): \(header.value)")
      }
    }
    if let cookies = exchange.cookies.header(host: exchange.host, isSecure: exchange.url.scheme == "https") {
      append("Cookie: " + cookies)
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
