/// What is left of HTML from strangers, and what it holds.
public struct CleanHTML: Equatable, Sendable {
  /// Well-formed, by an allow-list, with absolute addresses; any HTML5 parser reads it the same way.
  public var html = ""
  /// Its text: blocks parted by a blank line, list items and lines by a newline.
  public var text = ""
  /// Words of `text`.
  public var wordCount = 0
  /// Links with an address, in order.
  public var links: [Link] = []
  /// Addresses of images, in order, without tracking pixels.
  public var images: [String] = []
  /// Whether a limit cut it off.
  public var isTruncated = false

  /// Nothing.
  public init() {}

  /// A link of the text.
  public struct Link: Equatable, Sendable {
    /// Absolute.
    public var url: String
    /// Its words.
    public var text: String
    /// Where its words begin in `CleanHTML.text`, in UTF-8 bytes.
    public var textOffset: Int

    /// A link from its parts.
    public init(url: String, text: String, textOffset: Int) {
      self.url = url
      self.text = text
      self.textOffset = textOffset
    }
  }
}

/// What cleaning a piece of HTML may cost.
public struct HTMLLimits: Sendable {
  /// Open elements, one inside the other; deeper tags are dropped, their text stays. Default 100.
  public var maxDepth = 100
  /// Bytes of clean HTML. Default 8 MiB.
  public var maxBytes = 8 << 20
  /// Links that are kept in the list. Default 1,000.
  public var maxLinks = 1000
  /// Images that are kept in the list. Default 200.
  public var maxImages = 200
  /// Attributes of a tag that are looked at. Default 64.
  public var maxAttributes = 64

  /// The defaults.
  public init() {}
}
