import PrecisModel

/// How good a source of the address of a page is.
enum LinkRank {
  /// Atom's `content src`.
  static let content = 1
  /// An alternate that is no page of HTML.
  static let otherAlternate = 2
  /// An alternate that is a page.
  static let alternate = 3
  /// RSS: the text of `link`.
  static let text = 4
  /// The publisher's own address, behind a counter's.
  static let original = 5
}

/// Addresses: `link` with a text (RSS) or attributes (Atom), identifiers, and the like.
extension FeedReader {
  func startLink(_ attributes: XMLAttributes, _ frame: inout Frame) {
    guard let href = attributes.value("href") ?? attributes.value("resource") else {
      frame.isCapturing = true
      return
    }
    let address = bases.resolve(href.trimmed, at: frame.base)
    guard !address.isEmpty else { return }
    let type = attributes.value("type")?.trimmed.lowercased().nonEmpty
    let relations = (attributes.value("rel")?.trimmed.lowercased().nonEmpty ?? "alternate")
    for relation in relations.split(whereSeparator: { $0 == " " || $0 == "\n" || $0 == "\t" }).prefix(8) {
      let name = Self.shortName(ofRelation: relation)
      if entry.isOpen {
        takeEntryLink(name, address, type, attributes)
      } else {
        takeFeedLink(name, address, type)
      }
    }
  }

  /// RFC 4287 section 4.2.7.2: a name stands for an address of IANA's.
  private static func shortName(ofRelation relation: Substring) -> Substring {
    for prefix in ["http://www.iana.org/assignments/relation/", "https://www.iana.org/assignments/relation/"]
    where relation.hasPrefix(prefix) {
      return relation.dropFirst(prefix.count)
    }
    return relation
  }

  private func takeEntryLink(
    _ relation: Substring, _ address: String, _ type: String?, _ attributes: XMLAttributes
  ) {
    switch relation {
    case "alternate":
      entry.take(url: address, rank: Self.isPage(type) ? LinkRank.alternate : LinkRank.otherAlternate)
    case "related": entry.entry.externalURL = entry.entry.externalURL ?? address
    case "replies": takeReplies(address, type, attributes)
    case "license": entry.entry.license = entry.entry.license ?? address
    case "enclosure":
      entry.add(
        Article.Attachment(
          url: address, mimeType: type, title: attributes.value("title")?.trimmed.nonEmpty,
          sizeInBytes: Self.size(attributes.value("length"))))
    default: return
    }
  }

  private func takeFeedLink(_ relation: Substring, _ address: String, _ type: String?) {
    switch relation {
    case "alternate":
      feedDraft.homePage.takeFirst(
        address, rank: Self.isPage(type) ? LinkRank.alternate : LinkRank.otherAlternate)
      feed.homePageURL = feedDraft.homePage.value
    case "self": feed.feedURL = feed.feedURL ?? address
    case "hub": if feed.hubURLs.count < 10, !feed.hubURLs.contains(address) { feed.hubURLs.append(address) }
    case "license": feed.license = feed.license ?? address
    case "next", "prev-archive": feed.nextPageURL = feed.nextPageURL ?? address
    default: return
    }
  }

  static func isPage(_ type: String?) -> Bool {
    guard let type else { return true }
    return type.contains("html")
  }

  /// A size in bytes; nil for what is none, and for 0, which publishers write for want of knowledge.
  static func size(_ text: String?) -> Int? {
    guard let text = text?.trimmed, let value = Int(text), value > 0 else { return nil }
    return value
  }

  /// Takes the text of an element that holds an address or an identifier.
  func takeAddress(_ frame: Frame) {
    let text = collected(frame)
    guard text.count > 0 else { return }
    switch frame.element {
    case .guid, .id: takeIdentifier(plain(frame), frame)
    case .icon: addImage(plain(frame), rank: ImageRank.icon, frame)
    case .logo: addImage(plain(frame), rank: ImageRank.logo, frame)
    case .newFeedURL:
      if !entry.isOpen { feed.newFeedURL = address(text, at: frame.base) }
    case .link, .url:
      let address = self.address(text, at: frame.base)
      if entry.isOpen {
        entry.take(url: address, rank: LinkRank.text)
      } else if frame.element == .link {
        feedDraft.homePage.takeFirst(address, rank: LinkRank.text)
        feed.homePageURL = feedDraft.homePage.value
      }
    case .origLink:
      if entry.isOpen { entry.take(url: address(text, at: frame.base), rank: LinkRank.original) }
    case .origEnclosureLink: entry.replaceLastAttachment(address(text, at: frame.base))
    case .comments: takeComments(frame)
    default: return
    }
  }

  /// The address that an element holds, made absolute; as it is where that cannot be.
  func address(_ bytes: UnsafeBufferPointer<UInt8>, at place: Int) -> String {
    let text = String(decoding: bytes, as: UTF8.self)
    return BaseStack.isPlainWeb(bytes) ? text : bases.resolve(text, at: place)
  }

  private func takeIdentifier(_ text: String, _ frame: Frame) {
    guard entry.isOpen else { return }
    let isLink = frame.element == .id || !frame.isSilent
    let identifier = isLink && Self.isRelativePath(text) ? bases.resolve(text, at: frame.base) : text
    entry.take(id: identifier, rank: IDRank.id)
    if frame.element == .guid, !frame.isSilent, identifier.isWebAddress {
      entry.permalink = entry.permalink ?? identifier.withoutLineBreaks
    }
  }

  /// Whether an identifier that should be an address is the path of one: `/2024/05/post`.
  private static func isRelativePath(_ text: String) -> Bool {
    guard let slash = text.utf8.firstIndex(of: 0x2F) else { return false }
    return !text.utf8[..<slash].contains(0x3A) && !text.utf8.contains { $0 <= 0x20 }
  }
}

extension String {
  /// Whether it is an address of http or https.
  var isWebAddress: Bool {
    var wanted = ("http://" as StaticString).utf8
    var at = 0
    for byte in utf8 {
      if at == 4, byte.asciiLower == 0x73 { wanted = ("https://" as StaticString).utf8 }
      guard byte.asciiLower == wanted[at] else { return false }
      at += 1
      if at == wanted.count { return true }
    }
    return false
  }
}
