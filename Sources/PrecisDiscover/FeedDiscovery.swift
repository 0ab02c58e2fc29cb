import PrecisURL

/// Finds the feeds that a page speaks of. Nothing is fetched: what it gives are addresses to try.
public enum FeedDiscovery {
  /// One `Link` header (RFC 8288), taken apart.
  public typealias LinkHeader = (url: String, rel: String, type: String?)

  /// Bytes of a page that are read.
  public static let byteLimit = 2 << 20
  /// Candidates that are given at most.
  public static let candidateLimit = 50

  /// The feeds that a page links to, best first, each address once.
  ///
  /// `pageURL` is the page's own address, after redirects; links are resolved against it or against the
  /// page's `base`. Linear in the size of the page.
  public static func candidates(
    html: [UInt8], pageURL: WebURL, linkHeaders: [LinkHeader] = []
  ) -> [FeedCandidate] {
    var found = knownSite(pageURL)
    for header in linkHeaders.prefix(100) {
      if let candidate = candidate(
        href: header.url, rel: header.rel, type: header.type, title: nil, base: pageURL, source: .linkHeader)
      {
        found.append(candidate)
      }
    }
    var scan = PageScan(Array(html.prefix(byteLimit)))
    var base = pageURL
    var hasBase = false
    while let tag = scan.next() {
      switch tag.name {
      case .base:
        guard !hasBase, let href = tag.href, let url = WebURL(href, base: pageURL), url.isWeb else {
          continue
        }
        base = url
        hasBase = true
      case .link:
        guard let href = tag.href, let rel = tag.rel else { continue }
        if let candidate = candidate(
          href: href, rel: rel, type: tag.type, title: tag.title, base: base, source: .linkElement)
        {
          found.append(candidate)
        }
      case .anchor:
        guard let href = tag.href, let candidate = anchor(href: href, tag: tag, base: base, page: pageURL)
        else {
          continue
        }
        found.append(candidate)
      }
      if found.count > candidateLimit * 10 { break }
    }
    return ranked(found, page: pageURL)
  }

  /// The addresses to look at for a page's feed, best first: its candidates, and common paths where the page states no
  /// feed and is of no known site, whose feeds' addresses need not be guessed.
  public static func addressesToTry(_ candidates: [FeedCandidate], page: WebURL) -> [String] {
    let urls = candidates.map(\.url)
    let needsNoGuess = candidates.contains { candidate in
      switch candidate.source {
      case .linkElement, .linkHeader: true
      // One that may be of any host is a guess itself.
      case .knownSite: candidate.score >= 80
      default: false
      }
    }
    return needsNoGuess ? urls : urls + commonPaths(page).filter { !urls.contains($0) }
  }

  /// Paths at which many sites have their feed, resolved against the page's site and folder; most common
  /// first.
  public static func commonPaths(_ page: WebURL) -> [String] {
    guard page.isWeb else { return [] }
    var out: [String] = []
    func add(_ path: String) {
      guard let url = WebURL(path, base: page)?.withoutCredentials(), !out.contains(url.text) else { return }
      out.append(url.text)
    }
    var folder = page.path
    if folder.utf8.last != 0x2F { folder += "/" }
    if folder != "/" { for name in ["feed", "index.xml", "rss.xml", "atom.xml"] { add(folder + name) } }
    for name in [
      "feed", "rss", "feed.xml", "rss.xml", "atom.xml", "index.xml", "feed/", "rss/", "atom",
      "feeds/posts/default",
      "blog/feed", "blog/rss.xml", "feed.json", "index.rdf",
    ] {
      add("/" + name)
    }
    return out
  }

  // MARK: Parts

  /// Media types of feeds, and how sure each makes.
  private static let types: [String: Int] = [
    "application/atom+xml": 90, "application/rss+xml": 90, "application/feed+json": 85,
    "application/rdf+xml": 70,
    "application/x-rss+xml": 80, "application/x-atom+xml": 80, "application/json": 30, "application/xml": 45,
    "text/xml": 45, "text/rss+xml": 75, "text/atom+xml": 75, "text/rss": 70, "application/x.atom+xml": 75,
  ]

  private static func candidate(
    href: String, rel: String, type: String?, title: String?, base: WebURL, source: FeedCandidate.Source
  ) -> FeedCandidate? {
    let words = lowercase(rel).split { $0 == " " || $0 == "\t" || $0 == "\n" }
    guard !words.contains("stylesheet"), words.contains("alternate") || words.contains("feed"),
      let url = resolve(href, base)
    else { return nil }
    let plainType = type.map { lowercase(String($0.prefix { $0 != ";" })).filter { $0 != " " } }
    var score: Int
    if let plainType, !plainType.isEmpty {
      guard let known = types[plainType] else { return nil }
      score = known
      // WordPress offers its own API and oEmbed as alternates in these types.
      if known <= 45, !words.contains("feed"), !looksLikeFeed(url) { return nil }
    } else {
      guard words.contains("feed") || looksLikeFeed(url) else { return nil }
      score = 60
    }
    score -= penalty(url: url, title: title)
    return FeedCandidate(url: url.text, title: title, type: plainType, source: source, score: score)
  }

  private static func anchor(href: String, tag: PageScan.Tag, base: WebURL, page: WebURL) -> FeedCandidate? {
    guard let url = resolve(href, base) else { return nil }
    let label = tag.title ?? tag.text
    let says = label.map(lowercase) ?? ""
    let isNamed = ["rss", "atom", "feed", "rss feed", "subscribe via rss", "atom feed", "json feed", "xml"]
      .contains(says)
    let isTyped = tag.type.map { (types[lowercase($0)] ?? 0) >= 70 } ?? false
    guard looksLikeFeed(url) || isTyped || (isNamed && url.text != page.text) else { return nil }
    var score = looksLikeFeed(url) ? 40 : 25
    if isTyped { score += 20 }
    if isNamed { score += 10 }
    if url.host != page.host { score -= 20 }
    score -= penalty(url: url, title: label)
    return FeedCandidate(
      url: url.text, title: label, type: tag.type.map(lowercase), source: .anchor, score: score)
  }

  /// Feeds of comments, and of one page's answers, are seldom what is meant.
  private static func penalty(url: WebURL, title: String?) -> Int {
    let path = lowercase(url.path)
    let title = lowercase(title ?? "")
    var penalty = 0
    if path.contains("/comments/") || path.hasSuffix("/comments") || title.contains("comments") {
      penalty += 60
    }
    if path.contains("/tag/") || path.contains("/category/") || path.contains("/author/") { penalty += 10 }
    return penalty
  }

  /// Whether a path ends as those of feeds do.
  static func looksLikeFeed(_ url: WebURL) -> Bool {
    var path = lowercase(url.path)
    while path.utf8.count > 1, path.utf8.last == 0x2F { path.removeLast() }
    let last = path.split(separator: "/").last.map(String.init) ?? ""
    if ["feed", "rss", "atom", "rdf", "feeds", "rss2", "feed1"].contains(last) { return true }
    if [".rss", ".atom", ".rdf"].contains(where: { last.hasSuffix($0) }) { return true }
    let words = ["feed", "rss", "atom"]
    if last.hasSuffix(".xml") || last.hasSuffix(".json") || last.hasSuffix(".php") {
      if words.contains(where: { last.contains($0) }) || last == "index.xml" { return true }
    }
    let query = lowercase(url.query ?? "")
    return query.split(separator: "&").contains { parameter in
      [
        "feed=rss2", "feed=rss", "feed=atom", "format=rss", "format=atom", "format=feed", "type=rss",
        "feed=json",
      ]
      .contains(String(parameter))
    }
  }

  private static func resolve(_ href: String, _ base: WebURL) -> WebURL? {
    var text = Substring(href)
    // `feed:` is a scheme that browsers once knew: it stands for http, or before a whole address.
    if lowercase(String(text.prefix(5))) == "feed:" {
      text = text.dropFirst(5)
      if text.hasPrefix("//") { text = "http:" + text }
    }
    guard let url = WebURL(String(text), base: base), url.isWeb else { return nil }
    return url.withoutCredentials()
  }

  /// Best first; of one address the best; in the order of the page where scores are equal.
  private static func ranked(_ found: [FeedCandidate], page: WebURL) -> [FeedCandidate] {
    var best: [String: Int] = [:]
    var kept: [FeedCandidate] = []
    for candidate in found {
      let key = String(candidate.url.prefix { $0 != "#" })
      if let index = best[key] {
        if candidate.score > kept[index].score {
          let title = candidate.title ?? kept[index].title
          kept[index] = candidate
          kept[index].title = title
        }
        continue
      }
      best[key] = kept.count
      var clean = candidate
      clean.url = key
      kept.append(clean)
    }
    let order = kept.enumerated().sorted { ($1.element.score, $0.offset) < ($0.element.score, $1.offset) }
    return order.prefix(candidateLimit).map(\.element)
  }

  static func lowercase(_ text: String) -> String {
    String(decoding: text.utf8.map { 0x41...0x5A ~= $0 ? $0 | 0x20 : $0 }, as: UTF8.self)
  }
}
