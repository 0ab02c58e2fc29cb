/// What one document may cost; passing a limit ends the parse with an error that names it.
public struct ParseLimits: Sendable, Equatable {
  /// Open elements, one inside the other. Default 256.
  public var maxDepth = 256
  /// Entries of one document. Default 100,000.
  public var maxEntries = 100_000
  /// Bytes of text that one entry holds, its markup included. Default 16 MiB.
  public var maxEntryBytes = 16 << 20
  /// Bytes of one text (a title, a content). Default 8 MiB.
  public var maxTextBytes = 8 << 20
  /// Attributes of one element. Default 256.
  public var maxAttributes = 256
  /// Bytes between the `<` and the `>` of one tag. Default 4 MiB: XHTML content carries images as data URLs.
  public var maxTagBytes = 4 << 20
  /// Bytes that the entities a document declares may expand to, all together. Default 256 KiB.
  public var maxExpansion = 256 << 10
  /// Bytes of the document. Default 512 MiB.
  public var maxDocumentBytes = 512 << 20
  /// Warnings that are kept; one more says how many there were beyond. Default 100.
  public var maxWarnings = 100

  /// The defaults.
  public init() {}

  /// The defaults.
  public static let standard = ParseLimits()
}
