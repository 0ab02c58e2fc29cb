import PrecisModel

/// Finds code, models, data sets and papers in the links and the words of an article.
struct CodeReferences {
  /// Most references of one article.
  static let limit = 64
  /// Most addresses of a text that are looked at.
  static let lookLimit = 4000

  private(set) var references: [Article.CodeReference] = []
  private(set) var quotes: [Article.Provenance.Quote] = []
  private var known = Set<String>()

  init(links: [CuratorInput.Link], document: Document) {
    for link in links.prefix(2000) { add(link.url) }
    document.bytes.withUnsafeBufferPointer { bytes in
      scan(bytes, document)
    }
  }

  private mutating func add(_ address: String, quote: Article.Provenance.Quote? = nil) {
    guard references.count < Self.limit, let reference = Self.reference(address) else { return }
    // Hosts of code ignore the case of names.
    guard known.insert(reference.url.lowercased()).inserted else { return }
    references.append(reference)
    if let quote { quotes.append(quote) }
  }

  /// Looks at every slash that has a known host before it, and at "arXiv:" and "doi:".
  private mutating func scan(_ bytes: UnsafeBufferPointer<UInt8>, _ document: Document) {
    var index = 0
    var lastEnd = 0
    var looks = 0
    while index < bytes.count, references.count < Self.limit, looks < Self.lookLimit {
      let byte = bytes[index]
      guard byte == 0x2F || byte == 0x3A else {
        index += 1
        continue
      }
      var start = index
      while start > lastEnd, index - start < 64, Self.isHostByte(bytes[start - 1]) { start -= 1 }
      let host = String(decoding: bytes[start..<index], as: UTF8.self).lowercased()
      var end = index + 1
      // "git@github.com:owner/name" has a colon where an address has a slash.
      let isKnown = ReferenceHosts.rules[Self.bare(host)] != nil
      let isPaper = byte == 0x3A && (host == "arxiv" || host == "doi")
      guard isKnown || isPaper else {
        index += 1
        continue
      }
      looks += 1
      if isPaper, end < bytes.count, bytes[end] == 0x20 { end += 1 }
      let from = end
      while end < bytes.count, end - from < 400, Self.isPathByte(bytes[end]) { end += 1 }
      while end > from, [0x2E, 0x2C, 0x3B, 0x3A, 0x29, 0x27, 0x22, 0x21, 0x3F, 0x2A].contains(bytes[end - 1])
      { end -= 1 }
      let path = String(decoding: bytes[from..<end], as: UTF8.self)
      if end > from {
        let prefix = host == "arxiv" ? "arxiv.org/abs/" : host == "doi" ? "doi.org/" : host + "/"
        let quote = Article.Provenance.Quote(offset: start, text: document.verbatim(start..<end))
        add("https://" + prefix + path, quote: quote)
      }
      lastEnd = max(end, index + 1)
      index = lastEnd
    }
  }

  /// The reference that an address stands for; nil where it is of no known kind.
  static func reference(_ address: String) -> Article.CodeReference? {
    guard address.utf8.count <= 2000, let (host, path, query) = parts(address) else { return nil }
    guard let rules = ReferenceHosts.rules[host] else { return nil }
    var segments = path.split(separator: "/").map(String.init)
    guard segments.count <= 32 else { return nil }
    if host == "npmjs.com", segments.count > 1, !segments[1].hasPrefix("@") {
      segments = Array(segments.prefix(2))
    }
    for rule in rules {
      if let found = match(rule, host, segments, query) { return found }
    }
    return nil
  }

  private static func match(
    _ rule: ReferenceHosts.Rule, _ host: String, _ segments: [String], _ query: String
  ) -> Article.CodeReference? {
    var owner: String?
    var name: String?
    var taken: [String] = []
    var rest = segments[...]
    for part in rule.pattern {
      if part == "{path}" {
        guard !rest.isEmpty else { return nil }
        taken += rest
        let joined = rest.joined(separator: "/")
        name = rule.kind == .file ? (name.map { $0 + "/" } ?? "") + joined : joined
        rest = []
        continue
      }
      guard let segment = rest.first else { return nil }
      if let brace = part.firstIndex(of: "{") {
        let literal = part[..<brace]
        guard segment.hasPrefix(literal) else { return nil }
        let value = String(segment.dropFirst(literal.count))
        guard isName(value) else { return nil }
        if taken.isEmpty, ReferenceHosts.reserved.contains(value.lowercased()) { return nil }
        if part == "{ownerless}" {
          let isFile = rest.dropFirst().first.map(ReferenceHosts.fileViews.contains) ?? false
          guard isFile || ReferenceHosts.ownerless.contains(value) else { return nil }
        }
        if part.hasSuffix("{owner}") { owner = value } else { name = value }
      } else if part != segment {
        return nil
      }
      taken.append(segment)
      rest = rest.dropFirst()
    }
    return normal(rule, host, taken, owner, name, query)
  }

  private static func normal(
    _ rule: ReferenceHosts.Rule, _ host: String, _ taken: [String], _ owner: String?, _ name: String?,
    _ query: String
  ) -> Article.CodeReference? {
    var taken = taken
    var name = name
    var owner = owner
    if rule.kind == .repository, let full = name, full.hasSuffix(".git") {
      name = String(full.dropLast(4))
      taken[taken.count - 1] = String(taken[taken.count - 1].dropLast(4))
    }
    // The script that embeds a gist.
    if host == "gist.github.com", let full = name, full.hasSuffix(".js") {
      name = String(full.dropLast(3))
      taken[taken.count - 1] = name ?? ""
    }
    let canonical = rule.canonicalHost ?? host
    if canonical == "arxiv.org", let id = name {
      let plain = arxivID(id)
      guard !plain.isEmpty else { return nil }
      return Article.CodeReference(
        url: "https://arxiv.org/abs/\(plain)", kind: .paper, name: "arXiv:\(plain)")
    }
    if canonical == "doi.org" {
      guard let id = name, id.hasPrefix("10."), id.contains("/") else { return nil }
      return Article.CodeReference(url: "https://doi.org/\(id)", kind: .paper, name: id)
    }
    if name == nil {
      // "forum?id=…": the query is the name.
      guard let id = query.split(separator: "&").first(where: { $0.hasPrefix("id=") }) else { return nil }
      name = String(id.dropFirst(3))
      return Article.CodeReference(
        url: "https://\(canonical)/\(taken.joined(separator: "/"))?id=\(name ?? "")", kind: rule.kind,
        name: name ?? "")
    }
    if let account = owner, account.hasPrefix("~") { owner = String(account.dropFirst()) }
    guard let name, !name.isEmpty else { return nil }
    return Article.CodeReference(
      url: "https://\(canonical)/\(taken.joined(separator: "/"))", kind: rule.kind, owner: owner, name: name)
  }

  /// "1706.03762v5.pdf" as "1706.03762"; old ids keep their archive: "cs/0112017".
  private static func arxivID(_ text: String) -> String {
    var id = text
    if id.hasSuffix(".pdf") { id = String(id.dropLast(4)) }
    if let version = id.lastIndex(of: "v"), version > id.startIndex {
      let digits = id[id.index(after: version)...]
      if !digits.isEmpty, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
        id = String(id[..<version])
      }
    }
    let bytes = Array(id.utf8)
    let isNew =
      bytes.count >= 9 && bytes[4] == 0x2E && bytes.allSatisfy { (0x30...0x39).contains($0) || $0 == 0x2E }
    let isOld = id.contains("/") && (bytes.last.map { (0x30...0x39).contains($0) } ?? false)
    return isNew || isOld ? id : ""
  }

  /// Host without "www.", path and query of an http(s) address.
  private static func parts(_ address: String) -> (host: String, path: String, query: String)? {
    var rest = Substring(address)
    if let scheme = rest.range(of: "://") {
      let name = rest[..<scheme.lowerBound].lowercased()
      guard name == "http" || name == "https" || name == "git" || name == "ssh" else { return nil }
      rest = rest[scheme.upperBound...]
    }
    if let fragment = rest.firstIndex(of: "#") { rest = rest[..<fragment] }
    var query = ""
    if let mark = rest.firstIndex(of: "?") {
      query = String(rest[rest.index(after: mark)...])
      rest = rest[..<mark]
    }
    guard let slash = rest.firstIndex(of: "/") else { return nil }
    var host = rest[..<slash].lowercased()
    if let at = host.lastIndex(of: "@") { host = String(host[host.index(after: at)...]) }
    if let colon = host.firstIndex(of: ":") { host = String(host[..<colon]) }
    return (bare(host), String(rest[rest.index(after: slash)...]), query)
  }

  private static func bare(_ host: String) -> String {
    host.hasPrefix("www.") ? String(host.dropFirst(4)) : host
  }

  private static func isName(_ value: String) -> Bool {
    !value.isEmpty && value.utf8.count <= 120
      && value.utf8.allSatisfy {
        (0x61...0x7A).contains($0 | 0x20) || (0x30...0x39).contains($0)
          || [0x2D, 0x2E, 0x5F, 0x40, 0x7E, 0x2B].contains($0)
      }
  }

  private static func isHostByte(_ byte: UInt8) -> Bool {
    (0x61...0x7A).contains(byte | 0x20) || (0x30...0x39).contains(byte) || byte == 0x2E || byte == 0x2D
  }

  private static func isPathByte(_ byte: UInt8) -> Bool {
    byte > 0x20 && byte < 0x7F
      && ![0x22, 0x3C, 0x3E, 0x5C, 0x5E, 0x60, 0x7B, 0x7C, 0x7D, 0x5D, 0x5B].contains(byte)
  }
}

extension Substring {
  /// The first place of another text.
  fileprivate func range(of text: String) -> Range<Index>? {
    var start = startIndex
    while start < endIndex {
      if self[start...].hasPrefix(text) { return start..<index(start, offsetBy: text.count) }
      start = index(after: start)
    }
    return nil
  }
}
