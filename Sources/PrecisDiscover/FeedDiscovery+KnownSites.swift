import PrecisURL

extension FeedDiscovery {
  /// The feeds that the table of known sites gives for a page; empty where it does not know the site.
  ///
  /// The first row that fits counts.
  public static func knownSite(_ url: WebURL) -> [FeedCandidate] {
    guard url.isWeb, var host = url.host else { return [] }
    if host.hasPrefix("www.") { host = String(host.dropFirst(4)) }
    for row in KnownSites.rows {
      guard row.hosts.contains(where: { matches($0, host) }), let values = values(of: row, in: url) else {
        continue
      }
      return row.feeds.map { feed in
        FeedCandidate(
          url: fill(feed.url, values, host: url.host ?? host), title: fill(feed.title, values, host: host),
          type: nil,
          source: .knownSite, score: feed.score)
      }
    }
    return []
  }

  private static func matches(_ pattern: String, _ host: String) -> Bool {
    if pattern == "*" { return true }
    guard pattern.hasPrefix("*.") else { return pattern == host }
    return host.hasSuffix(pattern.dropFirst(1)) && host.utf8.count > pattern.utf8.count - 1
  }

  /// What the placeholders of a row stand for in an address; nil where the row does not fit it.
  private static func values(of row: KnownSites.Row, in url: WebURL) -> [String: String]? {
    var values: [String: String] = [:]
    var segments = url.path.split(separator: "/").map(String.init)
    if let first = segments.first, row.reserved.contains(lowercase(first)) { return nil }
    var pattern = row.path.split(separator: "/").map(String.init)
    let isOpen = pattern.last == "**"
    if isOpen { pattern.removeLast() }
    while let part = pattern.first {
      pattern.removeFirst()
      guard let segment = segments.first else { return nil }
      guard let open = part.firstIndex(of: "{"), part.hasSuffix("}") else {
        guard part == segment else { return nil }
        segments.removeFirst()
        continue
      }
      let prefix = part[..<open]
      var name = part[part.index(after: open)...].dropLast()
      guard segment.hasPrefix(prefix), segment.utf8.count > prefix.utf8.count else { return nil }
      if name.hasSuffix("+") {
        name = name.dropLast()
        values[String(name)] = segments.joined(separator: "/")
        segments = []
      } else {
        values[String(name)] = String(segment.dropFirst(prefix.count))
        segments.removeFirst()
      }
    }
    guard isOpen || segments.isEmpty else { return nil }
    guard let wanted = row.query else { return values }
    let parts = wanted.split(separator: "=").map(String.init)
    let key = "\(parts[0])="
    guard let parameter = (url.query ?? "").split(separator: "&").first(where: { $0.hasPrefix(key) }),
      parameter.utf8.count > key.utf8.count
    else { return nil }
    values[String(parts[1].dropFirst().dropLast())] = String(parameter.dropFirst(key.count))
    return values
  }

  private static func fill(_ template: String, _ values: [String: String], host: String) -> String {
    var out = ""
    var rest = template[...]
    while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
      out += rest[..<open]
      let name = String(rest[rest.index(after: open)..<close])
      out += name == "host" ? host : values[name] ?? ""
      rest = rest[rest.index(after: close)...]
    }
    return out + rest
  }
}
