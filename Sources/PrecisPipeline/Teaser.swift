import PrecisHTML
import PrecisModel

/// Tells from an entry alone whether the feed carries only the beginning of an article.
///
/// The rule is conservative: a short post is no teaser. It is one where there is no text at all, or where a short
/// text breaks off (`[…]`, `...`) or ends in a link to the rest.
enum Teaser {
  /// Words of the longest text that is taken for a teaser because it breaks off.
  static let brokenWords = 80
  /// Words of the longest text that is taken for a teaser because it links to the rest.
  static let linkedWords = 120

  /// Whether an article's text is elsewhere.
  static func isTeaser(_ article: Article, links: [CleanHTML.Link]) -> Bool {
    let text = article.content?.text ?? article.summary ?? ""
    // What is to be heard or seen needs no text.
    if text.isEmpty { return article.attachments.isEmpty }
    guard article.wordCount <= linkedWords else { return false }
    let body = withoutFooter(text)
    if article.wordCount <= brokenWords, breaksOff(body) { return true }
    return endsInPhrase(body) && links.suffix(4).contains { leadsOn($0, to: article.url) }
  }

  /// The text without the line that WordPress puts under every excerpt.
  private static func withoutFooter(_ text: String) -> Substring {
    let body = trimmed(text[...])
    guard let line = body.split(separator: "\n").last, line.hasPrefix("The post "),
      line.firstRange(of: " appeared first on ") != nil
    else { return body }
    return trimmed(body[..<line.startIndex])
  }

  private static func breaksOff(_ text: Substring) -> Bool {
    var end = text
    while let last = end.last, closing.contains(last) { end.removeLast() }
    return end.hasSuffix("…") || end.hasSuffix("...")
  }

  private static func endsInPhrase(_ text: Substring) -> Bool {
    var end = text
    while let last = end.last, closing.contains(last) || arrows.contains(last) { end.removeLast() }
    let tail = String(end.suffix(60)).lowercased()
    return phrases.contains { tail.hasSuffix($0) } || phrases.contains { lastLine(of: tail).hasPrefix($0) }
  }

  /// Whether a link is one to the rest of the article: its words say so, and it leads to the article's page.
  private static func leadsOn(_ link: CleanHTML.Link, to url: String?) -> Bool {
    guard let url, page(link.url) == page(url) else { return false }
    let words = link.text.lowercased()
    return phrases.contains { words.firstRange(of: $0) != nil } || breaksOff(trimmed(link.text[...]))
  }

  /// An address without query and fragment: links to the rest often have a `#more` or a campaign.
  private static func page(_ url: String) -> Substring {
    let address = url.prefix { $0 != "?" && $0 != "#" }
    return address.hasSuffix("/") ? address.dropLast() : address
  }

  private static func lastLine(of text: String) -> Substring {
    text.split(separator: "\n").last.map(trimmed) ?? ""
  }

  private static func trimmed(_ text: Substring) -> Substring {
    var rest = text
    while rest.first?.isWhitespace == true { rest.removeFirst() }
    while rest.last?.isWhitespace == true { rest.removeLast() }
    return rest
  }

  private static let closing: Set<Character> = ["]", ")", "\"", "”", "»", " ", "\n"]
  private static let arrows: Set<Character> = ["→", "»", "›", ">", "…", ".", ":", "[", "("]

  /// What links to the rest of an article say.
  private static let phrases = [
    "read more", "continue reading", "read the full", "read the rest", "full story", "keep reading",
    "read article", "view article", "learn more",
    "weiterlesen", "mehr lesen", "zum artikel", "ganzen artikel",
    "lire la suite", "lire plus", "en savoir plus", "lire l'article", "lire l’article",
    "leer más", "seguir leyendo", "sigue leyendo", "continuar leyendo",
    "leia mais", "ler mais", "continue lendo", "continuar lendo",
    "leggi tutto", "continua a leggere", "leggi di più",
    "lees meer", "lees verder", "verder lezen",
    "läs mer", "les mer", "læs mere", "lue lisää", "czytaj dalej", "czytaj więcej", "číst dále",
    "читать далее", "читать дальше", "читать полностью", "подробнее",
    "阅读全文", "阅读更多", "查看全文", "閱讀全文", "繼續閱讀", "続きを読む", "もっと見る", "더 보기", "계속 읽기",
  ]
}
