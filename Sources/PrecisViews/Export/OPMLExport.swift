import PrecisModel

extension Export {
  /// Subscriptions as OPML 2.0, folders nested; removed ones are left out, and so are credentials in addresses.
  ///
  /// Source: http://opml.org/spec2.opml
  public static func opml(_ feeds: [FeedState], title: String = "Precis", to sink: Sink) throws {
    var root = Folder()
    for feed in feeds where feed.status == .active || feed.status == .gone {
      let path = (feed.folder ?? "").split(separator: "/").prefix(16).map(String.init)
      root.insert(feed, path: path[...])
    }
    var xml = XMLWriter()
    xml.declaration()
    xml.begin("opml", [("version", "2.0")])
    xml.begin("head")
    xml.element("title", title)
    xml.element("docs", "http://opml.org/spec2.opml")
    xml.end()
    xml.begin("body")
    root.write(to: &xml)
    xml.end()
    xml.end()
    try xml.bytes.withUnsafeBufferPointer(sink)
  }

  /// An address without user and password.
  static func withoutCredentials(_ url: String) -> String {
    guard let slashes = url.range(of: "://") else { return url }
    let authority = url[slashes.upperBound...].prefix { !"/?#".contains($0) }
    guard let at = authority.lastIndex(of: "@") else { return url }
    return String(url[..<slashes.upperBound] + url[url.index(after: at)...])
  }

  /// Subscriptions and folders in the order of their first appearance.
  private struct Folder {
    var feeds: [FeedState] = []
    var folders: [(name: String, folder: Folder)] = []

    mutating func insert(_ feed: FeedState, path: ArraySlice<String>) {
      guard let name = path.first else {
        feeds.append(feed)
        return
      }
      if let index = folders.firstIndex(where: { $0.name == name }) {
        folders[index].folder.insert(feed, path: path.dropFirst())
      } else {
        var folder = Folder()
        folder.insert(feed, path: path.dropFirst())
        folders.append((name, folder))
      }
    }

    func write(to xml: inout XMLWriter) {
      for (name, folder) in folders {
        xml.begin("outline", [("text", name), ("title", name)])
        folder.write(to: &xml)
        xml.end()
      }
      for feed in feeds {
        let title = TerminalText.clean(feed.displayTitle)
        xml.empty(
          "outline",
          [
            ("type", "rss"), ("text", title), ("title", title),
            ("xmlUrl", Export.withoutCredentials(feed.url)), ("htmlUrl", feed.homePageURL),
          ])
      }
    }
  }
}

extension String {
  /// The first place where `other` stands; linear for the short texts that it is used on.
  fileprivate func range(of other: String) -> Range<String.Index>? {
    var start = startIndex
    while start < endIndex {
      if self[start...].hasPrefix(other) { return start..<index(start, offsetBy: other.count) }
      start = index(after: start)
    }
    return nil
  }
}
