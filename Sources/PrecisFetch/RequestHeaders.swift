import CCurl
import PrecisModel

/// The header lines of a handle's requests, one after the other; those that all have are made once.
struct RequestHeaders: ~Copyable {
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

  /// The lines of every request, and for whom they were made.
  private var common: UnsafeMutablePointer<curl_slist>?
  private var accept = FetchRequest.Accept.feed
  private var userAgent = ""
  /// The lines of this request, followed by those of every one.
  private var list: UnsafeMutablePointer<curl_slist>?

  init() {}

  deinit {
    free(own: list)
    curl_slist_free_all(common)
  }

  /// The list for an exchange; it is valid until the next is set.
  mutating func set(for exchange: Exchange, userAgent: String) -> UnsafeMutablePointer<curl_slist>? {
    free(own: list)
    list = nil
    if common == nil || accept != exchange.request.accept || self.userAgent != userAgent {
      curl_slist_free_all(common)
      common = nil
      (accept, self.userAgent) = (exchange.request.accept, userAgent)
      Self.append("", accept == .feed ? Self.acceptFeed : Self.acceptPage, to: &common)
      if !Self.acceptEncoding.isEmpty { Self.append("Accept-Encoding: ", Self.acceptEncoding, to: &common) }
      Self.append("User-Agent: ", userAgent, to: &common)
    }
    if let validators = exchange.validators {
      if let etag = validators.etag { Self.append("If-None-Match: ", etag, to: &list) }
      if let date = validators.lastModified { Self.append("If-Modified-Since: ", date, to: &list) }
    }
    if exchange.isAtOrigin {
      if let credentials = exchange.credentials { Self.append("", Self.line(of: credentials), to: &list) }
      for header in exchange.request.headers where !header.name.isEmpty {
        Self.append("", "\(header.name): \(header.value)", to: &list)
      }
    }
    if let cookies = exchange.cookies.header(host: exchange.host, isSecure: exchange.url.scheme == "https") {
      Self.append("Cookie: ", cookies, to: &list)
    }
    guard let first = list else {
      list = common
      return list
    }
    var last = first
    while let next = last.pointee.next { last = next }
    last.pointee.next = common
    return list
  }

  /// Frees the lines before the common ones.
  private func free(own list: UnsafeMutablePointer<curl_slist>?) {
    guard let list, list != common else { return }
    var last = list
    while let next = last.pointee.next, next != common { last = next }
    last.pointee.next = nil
    curl_slist_free_all(list)
  }

  private static func append(
    _ start: StaticString, _ rest: String, to list: inout UnsafeMutablePointer<curl_slist>?
  ) {
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
