/// Which of two versions of an article has more of its text.
public enum FullerText: Sendable {
  /// The one that a feed brought.
  case brought
  /// The one that is stored.
  case stored
  /// Neither, but for what a site puts around its articles.
  case neither

  /// The verdict on two texts of which one is the other, edited or cut short, by their words without frame lines.
  ///
  /// What is less than a tenth, or fifteen words, may be a frame that was not recognised.
  public init(brought: Int, stored: Int) {
    let margin = max(15, min(brought, stored) / 10)
    self = brought >= stored + margin ? .brought : stored >= brought + margin ? .stored : .neither
  }
}
