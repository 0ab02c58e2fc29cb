/// Counts words in any script.
public enum WordCount {
  /// The words of a text: runs of letters and digits; of scripts that do not part words, two characters are one.
  public static func of(_ text: String) -> Int {
    var text = text
    return text.withUTF8 { of($0) }
  }

  static func of(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
    var words = 0
    var ideographs = 0
    var isInWord = false
    var at = 0
    while at < bytes.count {
      if at + 8 <= bytes.count, let base = UnsafeRawPointer(bytes.baseAddress) {
        let eight = UInt64(littleEndian: base.loadUnaligned(fromByteOffset: at, as: UInt64.self))
        if eight & everyHighBit == 0 {
          words += starts(in: eight, &isInWord)
          at += 8
          continue
        }
      }
      let byte = bytes[at]
      if byte < 0x80 {
        // An apostrophe, a dot, a hyphen or an underscore inside a word belongs to it.
        let shift = UInt64(byte & 63)
        let isWord = (byte < 64 ? lowWords : highWords) >> shift & 1 != 0
        let isJoiner = (byte < 64 ? lowJoiners : highJoiners) >> shift & 1 != 0
        words += isWord && !isInWord ? 1 : 0
        isInWord = isWord || (isJoiner && isInWord)
        at += 1
        continue
      }
      let (scalar, length) = decode(bytes, at)
      at += length
      if isUnparted(scalar) {
        ideographs += 1
        isInWord = false
      } else if isPunctuation(scalar) {
        isInWord = scalar == 0x2019 && isInWord
      } else {
        if !isInWord { words += 1 }
        isInWord = true
      }
    }
    return words + (ideographs + 1) / 2
  }

  /// How many words begin in eight characters of ASCII, the first in the lowest byte.
  ///
  /// Every byte is judged at once; the answers stand in the highest bits of the bytes, which ASCII leaves free.
  private static func starts(in eight: UInt64, _ isInWord: inout Bool) -> Int {
    func isFrom(_ first: UInt8, to last: UInt8, _ bytes: UInt64) -> UInt64 {
      (bytes &+ every(0x80 - first)) & ~(bytes &+ every(0x7F - last))
    }
    func isByte(_ byte: UInt8) -> UInt64 { everyHighBit &- (eight ^ every(byte)) }
    let letters = isFrom(0x61, to: 0x7A, eight | every(0x20))
    let word = (letters | isFrom(0x30, to: 0x39, eight)) & everyHighBit
    let joiner = (isByte(0x27) | isByte(0x2D) | isByte(0x2E) | isByte(0x5F)) & everyHighBit
    let before: UInt64 = isInWord ? 0x80 : 0
    var inside = word
    while joiner != 0 {
      let more = inside | joiner & (inside << 8 | before)
      if more == inside { break }
      inside = more
    }
    isInWord = inside >> 63 != 0
    // At most four of eight begin a word: the product adds them up in the highest byte.
    return Int(truncatingIfNeeded: ((word & ~(inside << 8 | before)) >> 7 &* every(1)) >> 56)
  }

  @inline(__always)
  private static func every(_ byte: UInt8) -> UInt64 { UInt64(byte) &* 0x0101_0101_0101_0101 }
  private static var everyHighBit: UInt64 { every(0x80) }

  // Bit n: the character n (or 64 + n) is a digit or letter; is a joiner.
  private static var lowWords: UInt64 { 0x03FF_0000_0000_0000 }
  private static var highWords: UInt64 { 0x07FF_FFFE_07FF_FFFE }
  private static var lowJoiners: UInt64 { 1 << 0x27 | 1 << 0x2D | 1 << 0x2E }
  private static var highJoiners: UInt64 { 1 << (0x5F - 64) }

  private static func decode(_ bytes: UnsafeBufferPointer<UInt8>, _ at: Int) -> (UInt32, Int) {
    let first = UInt32(bytes[at])
    func part(_ offset: Int) -> UInt32 { at + offset < bytes.count ? UInt32(bytes[at + offset] & 0x3F) : 0 }
    switch first {
    case 0xF0...: return ((first & 7) << 18 | part(1) << 12 | part(2) << 6 | part(3), 4)
    case 0xE0...: return ((first & 15) << 12 | part(1) << 6 | part(2), 3)
    case 0xC0...: return ((first & 31) << 6 | part(1), 2)
    default: return (0x20, 1)
    }
  }

  /// Han, kana, Thai, Lao, Khmer and Myanmar.
  private static func isUnparted(_ scalar: UInt32) -> Bool {
    0x3040...0x30FF ~= scalar || 0x3400...0x9FFF ~= scalar || 0xF900...0xFAFF ~= scalar
      || 0x20000...0x3FFFF ~= scalar || 0x0E00...0x0EFF ~= scalar || 0x1000...0x109F ~= scalar
      || 0x1780...0x17FF ~= scalar
  }

  private static func isPunctuation(_ scalar: UInt32) -> Bool {
    0x80...0xBF ~= scalar && scalar != 0xAA && scalar != 0xB5 && scalar != 0xBA || 0x2000...0x206F ~= scalar
      || 0x3000...0x303F ~= scalar || 0xFF00...0xFF0F ~= scalar || 0xFE00...0xFE0F ~= scalar
      || 0x1F000...0x1FAFF ~= scalar || 0x2190...0x2BFF ~= scalar || scalar == 0xFEFF || scalar == 0xD7
  }
}
