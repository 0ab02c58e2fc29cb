/// How much a store holds.
public struct StoreCounts: Sendable, Equatable {
  /// Articles that are not removed.
  public let articles: Int
  /// Articles removed by a retention rule, of which a tombstone is left.
  public let removed: Int
  /// Lines of the entries, superseded ones included.
  public let lines: Int
  /// Bytes of the entries.
  public let bytes: Int
  /// Feeds, unsubscribed ones included.
  public let feeds: Int
  /// Bytes of the state log.
  public let stateBytes: Int
}
