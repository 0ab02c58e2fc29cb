/// Rows in aligned columns, two spaces apart, under a heading; the flexible column takes what the width leaves.
struct TextTable {
  /// One column.
  struct Column {
    var heading: String
    var alignment = TerminalText.Alignment.left
    /// The most columns that it takes; nil: as wide as its widest cell.
    var limit: Int?
    /// Whether it is cut first where the table is wider than the style allows.
    var isFlexible = false
  }

  /// One cell: a text, cleaned by who fills the table, and its colour.
  struct Cell {
    var text: String
    var color: PageStyle.Color?

    init(_ text: String, _ color: PageStyle.Color? = nil) {
      self.text = text
      self.color = color
    }
  }

  var columns: [Column]
  var rows: [[Cell]] = []

  /// The table as lines, each ended by a line feed; the last column is not filled with spaces.
  func text(style: PageStyle) -> String {
    let widths = widths(style)
    var out = style.paint(line(columns.map { Cell($0.heading) }, widths, .plain), .bold) + "\n"
    for row in rows { out += line(row, widths, style) + "\n" }
    return out
  }

  private func line(_ cells: [Cell], _ widths: [Int], _ style: PageStyle) -> String {
    var parts: [String] = []
    for (index, cell) in cells.enumerated() {
      let isLast = index == cells.count - 1 && columns[index].alignment == .left
      let text =
        isLast
        ? TerminalText.truncate(cell.text, columns: widths[index])
        : TerminalText.fit(cell.text, columns: widths[index], alignment: columns[index].alignment)
      parts.append(cell.color.map { style.paint(text, $0) } ?? text)
    }
    return parts.joined(separator: "  ")
  }

  private func widths(_ style: PageStyle) -> [Int] {
    var widths = columns.enumerated().map { index, column in
      let widest = rows.reduce(TerminalText.width(column.heading)) {
        max($0, TerminalText.width($1[index].text))
      }
      return min(widest, column.limit ?? widest)
    }
    guard let total = style.width else { return widths }
    var excess = widths.reduce(2 * (columns.count - 1), +) - total
    for index in columns.indices.reversed() where columns[index].isFlexible && excess > 0 {
      let cut = min(excess, max(0, widths[index] - 12))
      widths[index] -= cut
      excess -= cut
    }
    return widths
  }
}
