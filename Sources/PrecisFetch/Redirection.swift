import PrecisURL

/// Decides whether and where a redirect is followed.
enum Redirection {
  static func step(
    _ handle: EasyHandle, _ exchange: Exchange, _ head: ResponseHead, _ configuration: FetchConfiguration
  ) -> TransferEnd.Step {
    func refuse(_ failure: FetchFailure) -> TransferEnd.Step { .over(.failed(failure, head)) }
    guard let location = handle.headers.bytes(of: .location), !location.isEmpty else {
      return refuse(.protocolError("the server redirected (\(head.status)) but named no address"))
    }
    // Location is to be ASCII; servers that write UTF-8 there mean it so.
    let text = String(decoding: location, as: UTF8.self)
    guard let parsed = WebURL(text, base: exchange.url) else {
      return refuse(.redirectRefused(to: printable(text), reason: "it is not an address"))
    }
    let target = parsed.withoutCredentials().withoutFragment()
    guard target.isWeb else {
      return refuse(.redirectRefused(to: printable(parsed.text), reason: "only http and https are followed"))
    }
    let from = exchange.urlText
    let to = target.text
    if exchange.credentials != nil, exchange.isAtOrigin, exchange.url.scheme == "https",
      target.scheme == "http"
    {
      return refuse(.redirectRefused(to: to, reason: "it leaves https, and the feed has credentials"))
    }
    let before = exchange.cookies
    for cookie in handle.headers.all(of: .setCookie) { exchange.cookies.take(cookie, host: exchange.host) }
    // An address may come again where a cookie was set in between: some sites ask for one that way.
    if exchange.cookies == before, to == from || exchange.redirects.contains(where: { $0.from == to }) {
      return refuse(.redirectLoop(to: to))
    }
    guard exchange.redirects.count < configuration.maxRedirects else {
      return refuse(.tooManyRedirects(limit: configuration.maxRedirects))
    }
    return .redirect(Redirect(status: head.status, from: from, to: to), target)
  }

  /// For messages: ASCII, at most 200 bytes.
  private static func printable(_ text: String) -> String {
    String(decoding: text.utf8.prefix(200).map { 0x20..<0x7F ~= $0 ? $0 : 0x3F }, as: UTF8.self)
  }
}
