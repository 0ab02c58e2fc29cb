import PrecisURL

/// Addresses that only lead to another page, which they name: a table, not code.
enum Redirectors {
  /// A host, a path, and the query parameter that holds the target.
  private static let byParameter: [(host: String, path: String, parameter: String)] = [
    ("www.google.com", "/url", "q"),
    ("www.google.com", "/url", "url"),
    ("l.facebook.com", "/l.php", "u"),
    ("lm.facebook.com", "/l.php", "u"),
    ("l.instagram.com", "/", "u"),
    ("t.umblr.com", "/redirect", "z"),
    ("www.youtube.com", "/redirect", "q"),
    ("out.reddit.com", "", "url"),
    ("www.linkedin.com", "/redir/redirect", "url"),
    ("slack-redir.net", "/link", "url"),
    ("vk.com", "/away.php", "to"),
    ("steamcommunity.com", "/linkfilter/", "url"),
  ]

  /// AMP caches: what stands before the target in the path; `s/` after it means https.
  private static let ampCaches: [(hostSuffix: String, paths: [String])] = [
    (".cdn.ampproject.org", ["/c/", "/v/", "/a/", "/wp/", "/i/"]),
    ("cdn.ampproject.org", ["/c/", "/v/", "/a/", "/wp/", "/i/"]),
    ("www.google.com", ["/amp/"]),
    (".bing-amp.com", ["/c/"]),
  ]

  /// What an address leads to, where it is a redirector's.
  static func target(of url: WebURL) -> WebURL? {
    guard let host = url.host else { return nil }
    for row in byParameter where row.host == host && url.path.hasPrefix(row.path) {
      if let value = parameter(row.parameter, of: url.query ?? ""), let target = page(value) { return target }
    }
    for cache in ampCaches {
      let matches =
        cache.hostSuffix.utf8.first == 0x2E ? host.hasSuffix(cache.hostSuffix) : host == cache.hostSuffix
      guard matches else { continue }
      for path in cache.paths where url.path.hasPrefix(path) {
        var rest = url.path.dropFirst(path.utf8.count)
        var scheme = "http://"
        if rest.hasPrefix("s/") {
          rest = rest.dropFirst(2)
          scheme = "https://"
        }
        let query = url.query.map { "?" + $0 } ?? ""
        if rest.prefix(while: { $0 != "/" }).contains("."), let target = page(scheme + rest + query) {
          return target
        }
      }
    }
    return nil
  }

  private static func page(_ text: String) -> WebURL? {
    guard text.utf8.count <= 4096, let url = WebURL(text), url.scheme == "http" || url.scheme == "https"
    else {
      return nil
    }
    return url
  }

  private static func parameter(_ name: String, of query: String) -> String? {
    for pair in Array(query.utf8).split(separator: 0x26) {
      let parts = pair.split(separator: 0x3D, maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2, parts[0].elementsEqual(name.utf8) else { continue }
      return String(decoding: PercentEncoding.decode(parts[1]), as: UTF8.self)
    }
    return nil
  }
}
