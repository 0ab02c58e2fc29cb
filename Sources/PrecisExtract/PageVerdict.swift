/// Decides what kind of page was read.
enum PageVerdict {
  static func judge(
    tree: PageTree, content: Content, page: ExtractedPage, metadata: PageMetadata
  ) -> ExtractedPage.Verdict {
    let text = page.text.lowercased()
    if page.wordCount < 250, isConsent(text, title: page.title) { return .consent }
    if page.wordCount == 0 { return isListing(content, metadata: metadata) ? .listing : .empty }
    if isPaywalled(text, tree: tree, page: page, metadata: metadata) { return .paywall }
    if isListing(content, metadata: metadata) { return .listing }
    return page.wordCount < 8 && metadata.data.headline == nil ? .empty : .article
  }

  private static let consentTitles = [
    "before you continue", "just a moment", "attention required", "access denied", "are you a robot",
    "consent", "cookie",
    "security check", "one more step", "verify you are human", "checking your browser", "datenschutz",
    "robot or human", "we value your privacy", "we care about your privacy", "your privacy",
  ]

  private static let consentTexts = [
    "we use cookies", "accept cookies", "accept all cookies", "uses cookies", "enable javascript",
    "verify you are human",
    "verifying you are human", "are not a robot", "not a robot", "checking your browser", "enable cookies",
    "unusual traffic",
    "your consent", "manage your privacy", "you have been blocked", "wir verwenden cookies",
    "nous utilisons des cookies",
    "utilizamos cookies", "zustimmung", "utilizziamo i cookie", "javascript is disabled",
    "turn on javascript", "access information on a device", "access information on your device",
    "manage your choices", "manage preferences", "legitimate interest",
  ]

  private static func isConsent(_ text: String, title: String?) -> Bool {
    let hits = consentTexts.count { text.contains($0) }
    let titled = title.map { title in consentTitles.contains { title.lowercased().hasPrefix($0) } } ?? false
    return hits >= 2 || hits == 1 && (titled || text.utf8.count < 400) || titled && text.utf8.count < 600
  }

  private static let paywallTexts = [
    "subscribe to continue", "subscribe to read", "subscribe now to read", "to continue reading",
    "already a subscriber",
    "this article is for subscribers", "this post is for paid subscribers",
    "this post is for paying subscribers",
    "for subscribers only", "subscribers only", "become a member to", "sign in to read", "log in to read",
    "start your free trial",
    "unlock this article", "unlock the full", "keep reading with a", "weiterlesen mit", "réservé aux abonnés",
    "abonnez-vous pour",
    "exclusivo para suscriptores", "solo para suscriptores", "exclusivo para assinantes",
    "riservato agli abbonati",
    "continue reading this article", "upgrade to paid", "create a free account to",
  ]

  /// A short text of an article that says it is not free, or a page that asks for a subscription at its end.
  private static func isPaywalled(
    _ text: String, tree: PageTree, page: ExtractedPage, metadata: PageMetadata
  ) -> Bool {
    let isLocked =
      metadata.data.isFree == false || metadata.elements.values["article:content_tier"] == "locked"
    let announced = metadata.data.articleBody.map { $0.utf8.count } ?? 0
    if isLocked, page.wordCount < 400, announced <= page.text.utf8.count * 2 { return true }
    guard page.wordCount < 300 else { return false }
    for node in tree.nodes where node.tag == .text && node.to - node.from >= 16 && node.to - node.from < 400 {
      let line = tree.text[Int(node.from)..<Int(node.to)].map { 0x41...0x5A ~= $0 ? $0 | 0x20 : $0 }
      if paywallBytes.contains(where: { holds(line, $0) }) { return true }
    }
    return false
  }

  private static let paywallBytes = paywallTexts.map { Array($0.utf8) }

  private static func holds(_ line: [UInt8], _ part: [UInt8]) -> Bool {
    guard line.count >= part.count else { return false }
    for at in 0...(line.count - part.count) where line[at] == part[0] {
      var length = 1
      while length < part.count, line[at + length] == part[length] { length += 1 }
      if length == part.count { return true }
    }
    return false
  }

  /// The page has more in links than in its text, and does not call itself an article.
  private static func isListing(_ content: Content, metadata: PageMetadata) -> Bool {
    if metadata.data.headline != nil || metadata.elements.values["og:type"]?.lowercased() == "article" {
      return false
    }
    guard content.pageLinkBlocks >= 12 else { return false }
    let characters = content.blocks.reduce(0) { $0 + $1.characters }
    return content.pageLinked > characters * 3 || content.pageLinked > characters && characters < 1500
  }
}
