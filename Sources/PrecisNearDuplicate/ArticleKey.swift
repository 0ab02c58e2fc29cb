import PrecisModel

/// An `ArticleID` in 12 bytes, ordered as the id is.
struct ArticleKey: Hashable, Comparable {
  var high: UInt64
  var low: UInt32

  init(high: UInt64, low: UInt32) {
    self.high = high
    self.low = low
  }

  init(_ id: ArticleID) {
    high = id.prefix64
    low = id.text.utf8.suffix(8).reduce(0) { $0 << 4 | UInt32($1 < 0x3A ? $1 &- 0x30 : $1 &- 0x57) }
  }

  static func < (left: ArticleKey, right: ArticleKey) -> Bool {
    left.high != right.high ? left.high < right.high : left.low < right.low
  }

  var id: ArticleID? {
    let digits = Array("0123456789abcdef".utf8)
    var text: [UInt8] = []
    text.reserveCapacity(24)
    for shift in stride(from: UInt64(60), through: 0, by: -4) { text.append(digits[Int(high >> shift & 15)]) }
    for shift in stride(from: UInt32(28), through: 0, by: -4) { text.append(digits[Int(low >> shift & 15)]) }
    return ArticleID(String(decoding: text, as: UTF8.self))
  }
}

extension Sketch {
  /// The few values by which the sketch is found: a quarter of the lead, chosen by the hash alone so that an excerpt
  /// chooses as the article does, and the smallest of the body.
  var retrievalKeys: [UInt32] {
    var keys = lead.filter { $0 & 3 == 0 }
    keys.append(contentsOf: body.prefix(12))
    keys.sort()
    var last: UInt32?
    keys.removeAll { key in
      defer { last = key }
      return key == last
    }
    return keys
  }
}
