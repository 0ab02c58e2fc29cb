/// Short texts that stand in an article's element and are not the article: known by their words.
enum FrameText {
  /// Lower case, white space folded, without marks at its ends.
  static func folded(_ text: String) -> String {
    let words = text.lowercased().split(whereSeparator: {
      $0 == " " || $0 == "\n" || $0 == "\t" || $0 == "\r" || $0 == "\u{A0}"
    })
    let joined = words.joined(separator: " ")
    let marks: Set<Character> = [
      ":", ".", "!", "|", "»", "›", "…", ">", "*", "-", "–", "—", "·", "•", "▼", "→",
    ]
    var from = joined.startIndex
    var to = joined.endIndex
    while from < to, marks.contains(joined[from]) { from = joined.index(after: from) }
    while to > from, marks.contains(joined[joined.index(before: to)]) { to = joined.index(before: to) }
    return String(joined[from..<to]).trimmingSpaces
  }

  private static let whole: Set<String> = [
    "advertisement", "advert", "advertising", "ad", "ads", "anzeige", "publicité", "publicidad",
    "publicidade", "pubblicità",
    "реклама", "広告", "광고", "广告", "sponsored", "sponsored content", "skip to content", "skip to main content",
    "comments", "comment", "leave a comment", "leave a reply", "post a comment", "view comments",
    "show comments", "tags", "tag",
    "share", "share this", "share this article", "share this story", "share this post", "share this page",
    "tweet", "email", "e-mail", "print",
    "facebook", "twitter", "whatsapp", "linkedin", "pinterest", "reddit", "telegram", "pocket", "copy link",
    "save", "like",
    "related", "related articles", "related posts", "related stories", "related content", "related news",
    "read more",
    "read next", "see also", "more", "more from", "you may also like", "you might also like", "recommended",
    "trending", "most popular",
    "most read", "latest news", "newsletter", "newsletters", "sign up", "subscribe", "subscribe now",
    "log in", "sign in",
    "close", "menu", "search", "next", "previous", "back to top", "loading", "play", "pause", "mute", "watch",
    "listen", "video", "photos",
    "gallery", "continue reading", "story continues below", "story continues below advertisement",
    "article continues below",
    "article continues below advertisement", "scroll to continue", "enlarge", "download pdf", "replay",
    "up next", "toggle caption",
    "hide caption", "weiterlesen", "lesen sie auch", "lire aussi", "lire la suite", "à lire aussi",
    "leer más", "leia mais", "leia também",
    "lees ook", "leggi anche", "читайте также", "теги", "поделиться", "комментарии", "関連記事", "シェア", "コメント",
    "相关文章", "분享", "关注我们", "teilen", "kommentare", "partager", "commentaires", "compartir", "compartilhar",
    "comentarios",
    "comentários", "condividi", "reageer", "delen",
  ]

  private static let starts = [
    "share this on ", "share on ", "click here to share", "click to share", "click here to subscribe",
    "click here to sign up", "sign up for our",
    "sign up for the", "subscribe to our", "subscribe to the", "follow us on", "follow me on", "follow @",
    "like us on", "join us on",
    "read more:", "read also:", "also read:", "see also:", "related:", "read next:", "more:", "watch:",
    "listen:", "tags:", "tagged:", "filed under",
    "posted in ", "categories:", "copyright ©", "copyright (c)", "© ", "all rights reserved", "image credit",
    "photo credit", "image source",
    "this article was originally published", "this story originally appeared",
    "this post may contain affiliate",
    "have something to tell us", "tell us what you think", "get our free", "download our app", "download the",
    "join the conversation",
    "view this post on", "a post shared by", "don't miss:", "must read:", "recommended:", "lesen sie auch:",
    "lire aussi:", "lire aussi :",
    "leia também:", "leia mais:", "lee también:", "lees ook:", "leggi anche:", "читайте также:", "source:",
    "теги:", "thank you for subscribing",
    "you have successfully", "please enter a valid", "by signing up", "by clicking", "this video is",
    "skip to ",
  ]

  /// Whether a folded text is a label, a prompt or a credit rather than a sentence of the article.
  static func isFrame(_ text: String) -> Bool {
    if text.isEmpty || whole.contains(text) { return true }
    guard text.utf8.count <= 180 else { return false }
    return starts.contains { text.hasPrefix($0) }
  }

  private static let dateWords = [
    "posted", "published", "updated", "last updated", "modified", "by ", "von ", "par ", "por ", "written by",
    "opublikowano",
    "veröffentlicht", "publié", "publicado", "pubblicato", "gepubliceerd", "опубликовано",
  ]

  /// Whether a folded text above the article says who wrote it or when, and nothing else.
  static func isDateOrByline(_ text: String) -> Bool {
    guard text.utf8.count <= 90 else { return false }
    if dateWords.contains(where: { text.hasPrefix($0) }) { return true }
    return PageDate.timestamp(text) != nil && text.utf8.count <= 60
  }
}

extension String {
  fileprivate var trimmingSpaces: String {
    var slice = self[...]
    while slice.first == " " { slice.removeFirst() }
    while slice.last == " " { slice.removeLast() }
    return String(slice)
  }
}
