import Glibc

extension UnsafeRawBufferPointer {
  /// The offset of the first line feed at or after `start`; nil where there is none.
  func newline(from start: Int) -> Int? {
    guard start < count, let base = baseAddress,
      let found = memchr(base + start, 0x0A, count - start)
    else { return nil }
    return UnsafeRawPointer(found) - base
  }

  /// The offset just after the first `pattern` in `range`; nil where there is none.
  func end(of pattern: StaticString, from start: Int, to limit: Int) -> Int? {
    let length = pattern.utf8CodeUnitCount
    guard let base = baseAddress, limit <= count, start >= 0, start + length <= limit else { return nil }
    let first = pattern.utf8Start[0]
    let second = pattern.utf8Start[1]
    let bytes = base.assumingMemoryBound(to: UInt8.self)
    let last = limit - length
    var at = start
    while at <= last {
      if bytes[at] == first, bytes[at + 1] == second, memcmp(bytes + at, pattern.utf8Start, length) == 0 {
        return at + length
      }
      at &+= 1
    }
    return nil
  }

  /// Whether `pattern` stands at `offset`.
  func has(_ pattern: StaticString, at offset: Int) -> Bool {
    guard let base = baseAddress, offset >= 0, offset + pattern.utf8CodeUnitCount <= count else {
      return false
    }
    return memcmp(base + offset, pattern.utf8Start, pattern.utf8CodeUnitCount) == 0
  }

  /// The number that 8 or 16 lower-case hexadecimal digits at `offset` write; nil where they are none.
  func hexadecimal(at offset: Int, digits: Int) -> UInt64? {
    guard offset >= 0, offset + digits <= count, digits % 8 == 0 else { return nil }
    var value: UInt64 = 0
    for at in stride(from: offset, to: offset + digits, by: 8) {
      guard let eight = Self.eightDigits(loadUnaligned(fromByteOffset: at, as: UInt64.self).littleEndian)
      else {
        return nil
      }
      value = value << 32 | eight
    }
    return value
  }

  /// The number that eight digits write; nil where one is none. All bytes are looked at at once: those of letters have bit 6
  /// set, and their lower half is 9 less than what they stand for.
  private static func eightDigits(_ text: UInt64) -> UInt64? {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let letters = text >> 6 & ones
    let values = (text & (0x0F &* ones)) &+ 9 &* letters
    guard text & (0xF0 &* ones) == 0x30 &* (ones &+ letters), values & (0xF0 &* ones) == 0,
      (values &+ 6 &* ones) >> 4 & ones == letters
    else { return nil }
    let bytes = (values << 4 | values >> 8) & 0x00FF_00FF_00FF_00FF
    let pairs = (bytes << 8 | bytes >> 16) & 0x0000_FFFF_0000_FFFF
    return (pairs << 16 | pairs >> 32) & 0xFFFF_FFFF
  }

  /// The decimal number at `offset` (at most 18 digits) and the offset after it.
  func decimal(at offset: Int) -> (value: Int64, end: Int)? {
    var at = offset
    var value: Int64 = 0
    while at < count, at - offset < 18, 0x30...0x39 ~= self[at] {
      value = value * 10 + Int64(self[at] - 0x30)
      at += 1
    }
    return at > offset ? (value, at) : nil
  }

  /// The part from `range.lowerBound` to `range.upperBound`, counted from its own start.
  func part(_ range: Range<Int>) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(rebasing: self[range])
  }
}

extension [UInt8] {
  /// Appends `digits` lower-case hexadecimal digits of `value`.
  mutating func appendHexadecimal(_ value: UInt64, digits: Int) {
    let end = count + digits
    append(contentsOf: repeatElement(0x30, count: digits))
    withUnsafeMutableBufferPointer { bytes in
      var rest = value
      for index in 1...digits {
        let digit = UInt8(truncatingIfNeeded: rest & 15)
        bytes[end - index] = digit < 10 ? 0x30 + digit : 0x57 + digit
        rest >>= 4
      }
    }
  }
}
