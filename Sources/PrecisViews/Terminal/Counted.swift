extension Int {
  /// The number and what is counted: `1 feed`, `3 feeds`.
  public func counted(_ noun: String) -> String { self == 1 ? "1 \(noun)" : "\(self) \(noun)s" }
}
