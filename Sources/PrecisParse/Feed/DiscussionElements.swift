import PrecisModel

/// Comments and answers: RSS `comments`, slash, the Comment API (wfw) and Atom's threads (RFC 4685).
extension FeedReader {
  /// RFC 4685 section 4: a page or a feed of the answers, and how many there are.
  func takeReplies(_ address: String, _ type: String?, _ attributes: XMLAttributes) {
    if Self.isPage(type) {
      entry.entry.commentsURL = entry.entry.commentsURL ?? address
    } else {
      entry.entry.commentsFeedURL = entry.entry.commentsFeedURL ?? address
    }
    if let count = attributes.value("count") { take(commentCount: count) }
  }

  /// Takes the text of an element that tells the comments' page, feed or number.
  func takeComments(_ frame: Frame) {
    guard entry.isOpen else { return }
    let bytes = collected(frame)
    guard bytes.count > 0 else { return }
    switch frame.element {
    case .commentCount: take(commentCount: plain(frame))
    case .commentsFeed:
      entry.entry.commentsFeedURL = entry.entry.commentsFeedURL ?? address(bytes, at: frame.base)
    // Some publishers write the number where the address belongs.
    case .comments where bytes.allSatisfy({ 0x30...0x39 ~= $0 }): take(commentCount: plain(frame))
    default: entry.comments = entry.comments ?? address(bytes, at: frame.base)
    }
  }

  private func take(commentCount text: String) {
    guard let count = Int(text.trimmed), 0...1_000_000_000 ~= count else { return }
    entry.entry.commentCount = entry.entry.commentCount ?? count
  }

  /// RFC 4685 section 3: what the entry answers.
  func takeAnswered(_ attributes: XMLAttributes, _ frame: Frame) {
    guard entry.isOpen, entry.entry.inReplyTo.count < 32 else { return }
    let answered = Article.InReplyTo(
      ref: attributes.value("ref")?.trimmed.nonEmpty,
      url: attributes.value("href")?.trimmed.nonEmpty.map { bases.resolve($0, at: frame.base) })
    guard answered != Article.InReplyTo(), !entry.entry.inReplyTo.contains(answered) else { return }
    entry.entry.inReplyTo.append(answered)
  }
}
