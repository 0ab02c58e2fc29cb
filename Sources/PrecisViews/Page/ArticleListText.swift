import PrecisModel

/// The table that `precis list` and `precis search` print: one article a line.
public enum ArticleListText {
  /// What a line shows of an article.
  public struct Row: Sendable, Equatable {
    /// The id, or as many of its digits as the caller finds articles by.
    public var id: String
    /// When it was published, else synced.
    public var date: Timestamp
    /// The publication.
    public var source: String
    /// The title.
    public var title: String
    /// The part of a text that a search found; nil: none.
    public var snippet: String?

    /// A row from its parts.
    public init(id: String, date: Timestamp, source: String, title: String, snippet: String? = nil) {
      self.id = id
      self.date = date
      self.source = source
      self.title = title
      self.snippet = snippet
    }

    /// The row of an article.
    public init(_ article: Article) {
      self.init(
        id: article.id.text, date: article.datePublished ?? article.dateSynced, source: article.source.name,
        title: article.title)
    }
  }

  /// The table, with a heading; the empty string for no rows.
  public static func text(_ rows: [Row], style: PageStyle = .plain) -> String {
    guard !rows.isEmpty else { return "" }
    var table = TextTable(columns: [
      .init(heading: "ID"), .init(heading: "DATE"), .init(heading: "SOURCE", limit: 24, isFlexible: true),
      .init(heading: "TITLE", isFlexible: true),
    ])
    for row in rows {
      let title = TerminalText.clean(row.title)
      table.rows.append([
        .init(TerminalText.clean(row.id), .dim), .init(String(row.date.description.prefix(10))),
        .init(TerminalText.clean(row.source)), .init(title.isEmpty ? "(untitled)" : title),
      ])
    }
    let text = table.text(style: style)
    guard rows.contains(where: { $0.snippet != nil }) else { return text }
    return withSnippets(text, rows, style)
  }

  private static func withSnippets(_ table: String, _ rows: [Row], _ style: PageStyle) -> String {
    var lines = table.split(separator: "\n").map(String.init)
    for (index, row) in rows.enumerated().reversed() {
      guard let snippet = row.snippet.map(TerminalText.clean), !snippet.isEmpty else { continue }
      let cut = style.width.map { TerminalText.truncate(snippet, columns: $0 - 4) } ?? snippet
      lines.insert("    " + style.paint(cut, .dim), at: index + 2)
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
