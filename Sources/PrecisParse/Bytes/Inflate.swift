/// Decompresses a gzip body (RFC 1952, RFC 1951) that came without `Content-Encoding`.
///
/// Such bodies are rare and small, so this is written for safety: every read is checked, and the output is bounded.
struct Inflate {
  private let input: [UInt8]
  private var at = 0
  private var bits: UInt32 = 0
  private var bitCount = 0
  private(set) var output: [UInt8] = []
  private let limit: Int

  /// The bytes of a gzip member, as far as they can be decompressed; at most `limit` of them.
  static func gunzip(_ input: [UInt8], limit: Int) -> [UInt8] {
    var inflate = Inflate(input: input, limit: limit)
    if inflate.skipHeader() { while inflate.block() {} }
    return inflate.output
  }

  private init(input: [UInt8], limit: Int) {
    self.input = input
    self.limit = limit
  }

  private mutating func skipHeader() -> Bool {
    guard input.count > 18, input[0] == 0x1F, input[1] == 0x8B, input[2] == 8 else { return false }
    let flags = input[3]
    at = 10
    if flags & 4 != 0 { at += 2 + Int(input[10]) + (Int(input[11]) << 8) }
    for flag: UInt8 in [8, 16] where flags & flag != 0 {
      while at < input.count, input[at] != 0 { at += 1 }
      at += 1
    }
    if flags & 2 != 0 { at += 2 }
    return at < input.count
  }

  private mutating func take(_ count: Int) -> Int? {
    while bitCount < count {
      guard at < input.count else { return nil }
      bits |= UInt32(input[at]) << UInt32(bitCount)
      at += 1
      bitCount += 8
    }
    let value = bits & ((1 << UInt32(count)) - 1)
    bits >>= UInt32(count)
    bitCount -= count
    return Int(value)
  }

  /// Reads one block; false: it was the last, or the stream is broken or too long.
  private mutating func block() -> Bool {
    guard let isLast = take(1), let kind = take(2) else { return false }
    let isWhole: Bool
    switch kind {
    case 0: isWhole = stored()
    case 1:
      guard let literals = Self.fixedLiterals, let distances = Self.fixedDistances else { return false }
      isWhole = compressed(literals, distances)
    case 2:
      guard let (literals, distances) = tables() else { return false }
      isWhole = compressed(literals, distances)
    default: return false
    }
    return isWhole && isLast == 0 && output.count < limit
  }

  private mutating func stored() -> Bool {
    bits = 0
    bitCount = 0
    guard at + 4 <= input.count else { return false }
    let count = Int(input[at]) | (Int(input[at + 1]) << 8)
    at += 4
    let end = min(at + count, input.count)
    output.append(contentsOf: input[at..<end].prefix(max(0, limit - output.count)))
    let isWhole = at + count == end
    at = end
    return isWhole
  }

  private mutating func compressed(_ literals: Huffman, _ distances: Huffman) -> Bool {
    while output.count < limit {
      guard let symbol = symbol(literals) else { return false }
      if symbol < 256 {
        output.append(UInt8(symbol))
        continue
      }
      if symbol == 256 { return true }
      guard symbol < 286, let moreLength = take(Self.lengthBits[symbol - 257]),
        let code = self.symbol(distances),
        code < 30, let moreDistance = take(Self.distanceBits[code])
      else { return false }
      let length = Self.lengthBase[symbol - 257] + moreLength
      let distance = Self.distanceBase[code] + moreDistance
      guard distance <= output.count else { return false }
      for _ in 0..<length { output.append(output[output.count - distance]) }
    }
    return false
  }

  private mutating func symbol(_ table: Huffman) -> Int? {
    var code = 0
    var first = 0
    var index = 0
    for length in 1...15 {
      guard let bit = take(1) else { return nil }
      code |= bit
      let count = table.counts[length]
      if code - count < first { return table.symbols[index + code - first] }
      index += count
      first = (first + count) << 1
      code <<= 1
    }
    return nil
  }

  private mutating func tables() -> (Huffman, Huffman)? {
    guard let a = take(5), let b = take(5), let c = take(4) else { return nil }
    let (literalCount, distanceCount) = (a + 257, b + 1)
    guard literalCount <= 286, distanceCount <= 30 else { return nil }
    var lengths = [Int](repeating: 0, count: 19)
    for index in 0..<(c + 4) {
      guard let length = take(3) else { return nil }
      lengths[Self.order[index]] = length
    }
    guard let codes = Huffman(lengths) else { return nil }
    lengths = []
    while lengths.count < literalCount + distanceCount {
      guard let symbol = symbol(codes) else { return nil }
      switch symbol {
      case 0..<16: lengths.append(symbol)
      case 16:
        guard let last = lengths.last, let more = take(2) else { return nil }
        lengths.append(contentsOf: repeatElement(last, count: more + 3))
      default:
        guard let more = take(symbol == 17 ? 3 : 7) else { return nil }
        lengths.append(contentsOf: repeatElement(0, count: more + (symbol == 17 ? 3 : 11)))
      }
    }
    guard lengths.count == literalCount + distanceCount,
      let literals = Huffman(Array(lengths[..<literalCount])),
      let distances = Huffman(Array(lengths[literalCount...]))
    else { return nil }
    return (literals, distances)
  }

  /// A canonical Huffman code: how many codes of each length, and the symbols in their order.
  private struct Huffman {
    var counts = [Int](repeating: 0, count: 16)
    var symbols: [Int]

    /// nil where more codes are asked for than there are.
    init?(_ lengths: [Int]) {
      for length in lengths { counts[length] += 1 }
      counts[0] = 0
      var left = 1
      for length in 1...15 {
        left = (left << 1) - counts[length]
        if left < 0 { return nil }
      }
      var offsets = [Int](repeating: 0, count: 17)
      for length in 1...15 { offsets[length + 1] = offsets[length] + counts[length] }
      symbols = [Int](repeating: 0, count: lengths.count)
      for (symbol, length) in lengths.enumerated() where length > 0 {
        symbols[offsets[length]] = symbol
        offsets[length] += 1
      }
    }
  }

  private static let fixedLiterals = Huffman(
    [Int](repeating: 8, count: 144) + [Int](repeating: 9, count: 112) + [Int](repeating: 7, count: 24)
      + [Int](repeating: 8, count: 8))
  private static let fixedDistances = Huffman([Int](repeating: 5, count: 30))
  private static let order = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]
  private static let lengthBase = [
    3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195,
    227, 258,
  ]
  private static let lengthBits = [
    0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0,
  ]
  private static let distanceBase = [
    1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073,
    4097, 6145,
    8193, 12289, 16385, 24577,
  ]
  private static let distanceBits = [
    0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13,
  ]
}
