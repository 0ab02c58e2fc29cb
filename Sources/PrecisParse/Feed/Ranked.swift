/// A value that may be given in several ways, of which the better one counts.
struct Ranked<Value> {
  private(set) var value: Value?
  private(set) var rank = 0

  /// Takes a value at least as good as the one there is; of equals the later counts.
  mutating func take(_ value: Value?, rank: Int) {
    guard let value, rank >= self.rank else { return }
    self.value = value
    self.rank = rank
  }

  /// Takes a value better than the one there is; of equals the earlier counts.
  mutating func takeFirst(_ value: Value?, rank: Int) {
    guard let value, rank > self.rank else { return }
    self.value = value
    self.rank = rank
  }
}
