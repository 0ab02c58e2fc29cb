import PrecisModel

/// The page of one article: title, summary, takeaway, insights, principles, method, practice, topics, code
/// references, roles, related articles and the credit.
///
/// The order and the headings are fixed. "Code references" and "Related on Precis" stand also when they are empty,
/// which tells the reader that there are none; every other section is left out where the model has nothing for it.
/// A single key insight is a sentence, several are a list. Without a width every value is one line.
public enum ArticlePage {
  /// The page as lines, each ended by a line feed.
  ///
  /// - Parameter related: Related articles that are known now; nil: those that the article itself carries.
  public static func text(
    _ article: Article, related: [Article.RelatedArticle]? = nil, style: PageStyle = .plain
  ) -> String {
    var page = PageWriter(style: style)
    let title = TerminalText.clean(article.title)
    page.heading(title.isEmpty ? article.url.map(TerminalText.clean) ?? article.id.text : title)
    page.section("Summary", article.summary)
    page.section("Key takeaway", article.keyTakeaway)
    if article.keyInsights.count == 1 {
      page.section("Key insights", article.keyInsights[0])
    } else {
      page.list("Key insights", article.keyInsights)
    }
    page.list("Principles", article.principles)
    page.section("Method", article.method)
    page.list("In practice", article.inPractice)
    page.list("Topics", article.topics)
    page.heading("Code references")
    for reference in article.codeReferences { page.item(Self.text(reference)) }
    if !article.bestFor.isEmpty { page.paragraph("Best for: " + article.bestFor.joined(separator: ", ")) }
    page.heading("Related on Precis")
    for other in related ?? article.related { page.item(Self.text(other)) }
    let credit = article.attribution ?? Article.Attribution(publisher: article.source.name)
    page.paragraph(
      credit.publisher.isEmpty
        ? "Editorial summary, takeaway, and curation by \(credit.editor)." : credit.notice)
    return page.text
  }

  /// `owner/name (repository): https://…`
  private static func text(_ reference: Article.CodeReference) -> String {
    let owner = reference.owner.map { $0.isEmpty ? "" : $0 + "/" } ?? ""
    return "\(owner)\(reference.name) (\(reference.kind.rawValue)): \(reference.url)"
  }

  /// `Title: https://…`, or the id where there is no address; without a title the address alone.
  private static func text(_ other: Article.RelatedArticle) -> String {
    let address = other.url ?? other.id.text
    return other.title.isEmpty ? address : "\(other.title): \(address)"
  }
}

/// Gathers a page's lines.
private struct PageWriter {
  let style: PageStyle
  var text = ""

  init(style: PageStyle) { self.style = style }

  mutating func heading(_ title: String) {
    for line in lines(title, columns: style.width) { text += style.paint(line, .bold) + "\n" }
  }

  mutating func section(_ title: String, _ value: String?) {
    guard let value = value.map(TerminalText.clean), !value.isEmpty else { return }
    heading(title)
    paragraph(value)
  }

  mutating func list(_ title: String, _ values: [String]) {
    let values = values.map(TerminalText.clean).filter { !$0.isEmpty }
    guard !values.isEmpty else { return }
    heading(title)
    for value in values { item(value) }
  }

  mutating func paragraph(_ value: String) {
    for line in lines(TerminalText.clean(value), columns: style.width) { text += line + "\n" }
  }

  mutating func item(_ value: String) {
    let all = lines(TerminalText.clean(value), columns: style.width.map { $0 - 2 })
    for (index, line) in all.enumerated() { text += (index == 0 ? "- " : "  ") + line + "\n" }
  }

  private func lines(_ value: String, columns: Int?) -> [String] {
    guard let columns else { return [value] }
    return TerminalText.wrap(value, columns: max(20, columns))
  }
}
