import PrecisModel

/// The elements that make a document a feed, and tell its format.
extension FeedReader {
  func startDocument(
    _ name: XMLName, _ known: ElementCache.Known, _ attributes: XMLAttributes, _ frame: inout Frame
  ) {
    switch known.element {
    case .rss:
      begin(rss(version: attributes.value("version")), &frame)
    case .rdf:
      // Which of the RSS in RDF it is shows in the namespace of the channel.
      begin(.rss10, &frame)
    case .feed:
      begin(atom(version: attributes.value("version"), name.namespace.map { namespaces[$0] }), &frame)
    case .channel:
      let isCDF =
        frame.context == .document && (attributes.value("lastmod") ?? attributes.value("base")) != nil
      begin(isFeed ? feed.format : isUpperCase(name) || isCDF ? .cdf : .rss, &frame)
      if feed.format == .rss10, let namespace = name.namespace, Self.isRSS090(namespaces[namespace]) {
        feed.format = .rss090
      }
      if isCDF || feed.format == .cdf { readCDF(channel: attributes, &frame) }
    case .entry:
      begin(isFeed ? feed.format : .rss, &frame)
      beginEntry(&frame)
      if attributes.count > 0, let about = attributes.value("about") {
        entry.takeLatest(id: about.trimmed.nonEmpty, rank: IDRank.about)
      }
      if feed.format == .cdf { readCDF(item: attributes, frame) }
    default:
      foreign(name, known, &frame)
    }
    if frame.context == .feed, known.element != .entry, frame.language > 0 {
      feedDraft.language.takeFirst(languages[frame.language].nonEmpty, rank: 1)
    }
  }

  private func begin(_ format: FeedFormat, _ frame: inout Frame) {
    if !isFeed {
      feed.format = format
      isFeed = true
    }
    if frame.context == .document { frame.context = .feed }
  }

  /// An element where a feed should begin. Its children are looked at: a feed may be wrapped in something.
  private func foreign(_ name: XMLName, _ known: ElementCache.Known, _ frame: inout Frame) {
    guard frame.context == .document, !isFeed else { return }
    if foreignRoot == nil { foreignRoot = name.localText }
    // Deep inside something else there is no feed.
    if frames.count > 7 { frame.context = .ignored }
    // A namespace that only the root has, and that is none we know, is the feed's own.
    if known.vocabulary == .other, frames.count == 2, let namespace = name.namespace {
      let local = name.localText.lowercased()
      guard ["rss", "feed", "rdf", "channel"].contains(local), cache.rootNamespace == nil else { return }
      cache.rootNamespace = namespaces[namespace]
      cache.forget()
      warn("unknown namespace of the root element: \(cache.rootNamespace?.prefix(100) ?? "")")
      frame.context = .feed
      isFeed = true
      feed.format = local == "feed" ? .atom10 : .rss
    }
  }

  private func isUpperCase(_ name: XMLName) -> Bool {
    name.local.count > 1 && 0x41...0x5A ~= name.local[1]
  }

  private func rss(version: String?) -> FeedFormat {
    switch version?.trimmed {
    case "0.90": return .rss090
    case "0.91": return .rss091
    case "0.92": return .rss092
    case "0.93": return .rss093
    case "0.94": return .rss094
    case "1.0": return .rss10
    case .some(let text) where text.hasPrefix("2"): return .rss20
    default: return .rss
    }
  }

  private func atom(version: String?, _ namespace: String?) -> FeedFormat {
    if namespace?.lowercased().contains("w3.org/2005/atom") == true { return .atom10 }
    if let version = version?.trimmed, version.hasPrefix("0") { return .atom03 }
    return namespace?.contains("purl.org/atom") == true ? .atom03 : .atom10
  }

  private static func isRSS090(_ namespace: String) -> Bool {
    namespace.contains("my.netscape.com/rdf/simple/0.9")
      || namespace.contains("channel.netscape.com/rdf/simple/0.9")
  }
}

/// How good a source of an identifier is.
enum IDRank {
  static let about = 1
  static let id = 2
}
