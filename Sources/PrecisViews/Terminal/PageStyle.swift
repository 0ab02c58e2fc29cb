/// How a text for a terminal, or for a file, is laid out.
public struct PageStyle: Sendable, Equatable {
  /// The columns to wrap or cut at; nil: lines as long as they are (for files and pipes).
  public var width: Int?
  /// Whether headings and states are marked by colour as well; colour is never the only mark.
  public var color: Bool

  /// A style from its parts.
  public init(width: Int? = nil, color: Bool = false) {
    self.width = width
    self.color = color
  }

  /// Lines as long as they are, without colour.
  public static let plain = PageStyle()

  /// A text marked by a colour where the style has colours.
  func paint(_ text: String, _ color: Color) -> String {
    self.color && !text.isEmpty ? "\u{1B}[\(color.rawValue)m\(text)\u{1B}[0m" : text
  }

  /// ECMA-48 select graphic rendition, of the sixteen colours that every terminal maps to readable ones.
  enum Color: Int {
    case bold = 1
    case dim = 2
    case red = 31
    case green = 32
    case yellow = 33
  }
}
