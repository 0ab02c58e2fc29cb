/// How well the best of several ways to give a value tells it.
struct Rank {
  var known = 0

  /// Takes a value at least as good as the one there is; of equals the later counts.
  @inline(__always)
  mutating func takeLatest<Value>(_ value: consuming Value?, _ rank: Int, _ field: inout Value?) {
    guard let value, rank >= known else { return }
    field = value
    known = rank
  }

  /// Takes a value better than the one there is; of equals the earlier counts.
  @inline(__always)
  mutating func takeFirst<Value>(_ value: consuming Value?, _ rank: Int, _ field: inout Value?) {
    guard let value, rank > known else { return }
    field = value
    known = rank
  }
}

/// A value with its rank.
struct Ranked<Value> {
  private(set) var value: Value?
  private var best = Rank()

  var rank: Int { best.known }

  mutating func take(_ value: Value?, rank: Int) { best.takeLatest(value, rank, &self.value) }

  mutating func takeFirst(_ value: Value?, rank: Int) { best.takeFirst(value, rank, &self.value) }
}
