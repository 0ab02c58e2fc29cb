/// What opening a store for writing found and put right.
public struct RecoveryReport: Sendable, Equatable {
  /// Bytes of half-written lines that were cut off the ends of the logs.
  public var tornBytes = 0
  /// Damaged lines that were moved to quarantine/.
  public var quarantinedLines = 0
  /// Whether articles that were in the store are gone: a file of the entries, a part of one, or lines in the midst of one.
  public var didLoseArticles = false
  /// Lines read again to bring the index up to date.
  public var linesIndexed = 0
  /// Whether the key index was built anew.
  public var didRebuildIndex = false
  /// Sentences for a person, one for each thing that was not as it should be.
  public var messages: [String] = []

  /// Nothing found.
  public init() {}

  /// Whether the store was as a clean shutdown leaves it.
  public var isClean: Bool { tornBytes == 0 && quarantinedLines == 0 && messages.isEmpty }
}
