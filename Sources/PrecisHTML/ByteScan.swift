/// Looks through text eight bytes at a time.
enum ByteScan {
  private static var ones: UInt64 { 0x0101_0101_0101_0101 }
  private static var tops: UInt64 { 0x8080_8080_8080_8080 }

  /// Not zero where a byte of `word` is zero; bits above the first such byte mean nothing.
  @inline(__always)
  private static func zeros(_ word: UInt64) -> UInt64 { (word &- ones) & ~word & tops }

  @inline(__always)
  private static func word(_ bytes: UnsafeBufferPointer<UInt8>, _ at: Int) -> UInt64 {
    UnsafeRawPointer(bytes.baseAddress.unsafelyUnwrapped + at).loadUnaligned(as: UInt64.self)
  }

  /// From `at`, how far no byte stands that text cannot keep as it is: `<`, `>`, `&`, controls, the lead of C1.
  @inline(__always)
  static func endOfPlain(_ bytes: UnsafeBufferPointer<UInt8>, _ from: Int) -> Int {
    var at = from
    while at + 8 <= bytes.count {
      let eight = word(bytes, at)
      let marks =
        zeros(eight ^ (ones &* 0x3C)) | zeros(eight ^ (ones &* 0x3E)) | zeros(eight ^ (ones &* 0x26))
        | zeros(eight ^ (ones &* 0xC2)) | zeros(eight ^ (ones &* 0x7F)) | controls(eight)
      if marks != 0 { return at + marks.trailingZeroBitCount / 8 }
      at += 8
    }
    return at
  }

  /// From `at`, how far white space is single spaces.
  @inline(__always)
  static func endOfFolded(_ bytes: UnsafeBufferPointer<UInt8>, _ from: Int) -> Int {
    var at = from
    while at + 9 <= bytes.count {
      let eight = word(bytes, at)
      let spaces = zeros(eight ^ (ones &* 0x20))
      let next = zeros(word(bytes, at + 1) ^ (ones &* 0x20))
      if spaces & next != 0 || controls(eight) != 0 { return at }
      at += 8
    }
    return at
  }

  /// Whether an attribute's value can be written as it is.
  static func isPlainValue(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    var at = endOfPlain(bytes, 0)
    if at + 8 <= bytes.count { return false }
    while at < bytes.count {
      switch bytes[at] {
      case 0x00..<0x20, 0x26, 0x3C, 0x3E, 0x7F, 0xC2: return false
      default: at += 1
      }
    }
    return !bytes.contains { $0 == 0x22 || $0 == 0x60 }
  }

  /// Not zero where a byte is below 0x20.
  @inline(__always)
  private static func controls(_ word: UInt64) -> UInt64 { (word &- (ones &* 0x20)) & ~word & tops }
}
