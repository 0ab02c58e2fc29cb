/// A logarithm from the four operations alone, so that every machine has the same last bit.
enum Logarithm {
  /// The natural logarithm of a positive number; 0 for anything else.
  static func natural(_ value: Double) -> Double {
    guard value > 0, value.isFinite else { return 0 }
    let exponent = Double(value.exponent)
    // ln m = 2 artanh((m - 1) / (m + 1)), m in [1, 2).
    let ratio = (value.significand - 1) / (value.significand + 1)
    let square = ratio * ratio
    var sum = 0.0
    var divisor = 25.0
    while divisor > 0 {
      sum = sum * square + 1 / divisor
      divisor -= 2
    }
    return exponent * 0.693147180559945309 + 2 * ratio * sum
  }
}
