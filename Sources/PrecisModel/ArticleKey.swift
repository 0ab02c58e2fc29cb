/// An ``ArticleID`` in 12 bytes, ordered as the id is: for indexes that hold very many of them.
public struct ArticleKey: Hashable, Comparable, Sendable {
  /// The first 16 digits.
  public var high: UInt64
  /// The last 8 digits.
  public var low: UInt32

  /// A key from its numbers.
  public init(high: UInt64, low: UInt32) {
    self.high = high
    self.low = low
  }

  /// The key of an id.
  public init(_ id: ArticleID) {
    high = id.prefix64
    low = id.text.utf8.suffix(8).reduce(0) { $0 << 4 | UInt32($1 < 0x3A ? $1 &- 0x30 : $1 &- 0x57) }
  }

  /// Keys are ordered as their ids are.
  public static func < (left: ArticleKey, right: ArticleKey) -> Bool {
    left.high != right.high ? left.high < right.high : left.low < right.low
  }

  /// The id.
  public var id: ArticleID? {
    let digits = Array("0123456789abcdef".utf8)
    var text: [UInt8] = []
    text.reserveCapacity(24)
    for shift in stride(from: UInt64(60), through: 0, by: -4) { text.append(digits[Int(high >> shift & 15)]) }
    for shift in stride(from: UInt32(28), through: 0, by: -4) { text.append(digits[Int(low >> shift & 15)]) }
    return ArticleID(String(decoding: text, as: UTF8.self))
  }
}
