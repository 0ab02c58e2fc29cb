import PrecisModel
import PrecisURL

extension ResponseHead {
  /// The head of an answer.
  ///
  /// `now` is what dates are measured from where the answer has no `Date` of its own.
  init(_ headers: HeaderCollector, url: WebURL, urlText: String, now: @escaping () -> Timestamp) {
    let version = headers.version
    self.init(
      status: headers.status, url: urlText,
      httpVersion: version == 11
        ? "1.1" : version % 10 == 0 ? "\(version / 10)" : "\(version / 10).\(version % 10)")
    contentType = headers.text(of: .contentType)
    etag = headers.text(of: .etag)
    lastModified = headers.text(of: .lastModified)
    if let location = headers.text(of: .contentLocation) {
      contentLocation = WebURL(location, base: url)?.text
    }
    let sent: () -> Timestamp = { headers.bytes(of: .date).flatMap { HTTPDate.read($0) } ?? now() }
    readFreshness(headers, sent: sent)
    if let value = headers.bytes(of: .retryAfter) {
      retryAfter =
        HeaderSyntax.seconds(value) ?? HTTPDate.read(value).map { max(0, Int(clamping: $0 - sent())) }
    }
    readLinks(headers, base: url)
    readRateLimit(headers, sent: sent)
  }

  private mutating func readFreshness(_ headers: HeaderCollector, sent: () -> Timestamp) {
    var lifetime: Int?
    for value in headers.all(of: .cacheControl) {
      for part in HeaderSyntax.split(value, at: 0x2C) {
        let (name, argument) = HeaderSyntax.parameter(part)
        switch name {
        case "max-age": lifetime = lifetime ?? HeaderSyntax.seconds(argument)
        case "no-cache": isNoCache = true
        case "no-store": isNoStore = true
        default: break
        }
      }
    }
    if lifetime == nil, let expires = headers.bytes(of: .expires) {
      // A date that cannot be read, "0" above all, means: expired (RFC 9111 section 5.3).
      lifetime = HTTPDate.read(expires).map { Int(clamping: $0 - sent()) } ?? 0
    }
    let age = headers.bytes(of: .age).flatMap { HeaderSyntax.seconds($0) } ?? 0
    freshness = lifetime.map { max(0, $0 - age) }
  }

  private mutating func readLinks(_ headers: HeaderCollector, base: WebURL) {
    for value in headers.all(of: .link) {
      for part in HeaderSyntax.split(value, at: 0x2C) {
        guard links.count < 32, part.first == 0x3C, let close = part.firstIndex(of: 0x3E) else { continue }
        let target = String(decoding: part[(part.startIndex + 1)..<close], as: UTF8.self)
        var rels: [String] = []
        var type: String?
        for parameter in HeaderSyntax.split(part[(close + 1)...], at: 0x3B) {
          let (name, value) = HeaderSyntax.parameter(parameter)
          if name == "rel", rels.isEmpty {
            rels = value.map(HeaderSyntax.lowercase).split(separator: 0x20).map {
              String(decoding: $0, as: UTF8.self)
            }
          } else if name == "type" {
            type = type ?? String(decoding: value, as: UTF8.self)
          }
        }
        guard let url = WebURL(target, base: base), url.isWeb else { continue }
        for rel in rels where (rel == "hub" || rel == "self" || rel == "alternate") && links.count < 32 {
          links.append(Link(url: url.text, rel: rel, type: type))
        }
      }
    }
  }

  /// `RateLimit` (the IETF draft's one field), else `RateLimit-Reset`, `X-RateLimit-Reset` and their like.
  private mutating func readRateLimit(_ headers: HeaderCollector, sent: () -> Timestamp) {
    if let value = headers.bytes(of: .rateLimit) {
      for parameter in HeaderSyntax.split(value, at: 0x3B) {
        let (name, argument) = HeaderSyntax.parameter(parameter)
        if name == "r" { rateLimitRemaining = HeaderSyntax.seconds(argument) }
        if name == "t" { rateLimitReset = HeaderSyntax.seconds(argument) }
      }
      return
    }
    rateLimitRemaining = headers.number(of: .rateLimitRemaining)
    guard let reset = headers.number(of: .rateLimitReset) else { return }
    // Some servers send seconds from now, others seconds since 1970: no wait is as long as 30 years.
    rateLimitReset =
      reset < 1_000_000_000 ? reset : max(0, Int(clamping: Int64(clamping: reset) - sent().seconds))
  }
}
