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

  /// The number that `count` lower-case hexadecimal digits at `offset` write; nil where they are none.
  func hexadecimal(at offset: Int, digits: Int) -> UInt64? {
    guard offset >= 0, offset + digits <= count else { return nil }
    var value: UInt64 = 0
    for index in offset..<(offset + digits) {
      let byte = self[index]
      switch byte {
      case 0x30...0x39: value = value << 4 | UInt64(byte - 0x30)
      case 0x61...0x66: value = value << 4 | UInt64(byte - 0x57)
      default: return nil
      }
    }
    return value
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
