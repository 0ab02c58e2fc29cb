import PrecisEntities

/// Character references of HTML (section 13.2.5.72 and the following).
enum CharacterReference {
  /// Where a reference stands: an attribute leaves `&copy=1` as it is.
  enum Place {
    case text, attribute
  }

  /// Appends what the reference at `at` (an ampersand) means and returns its length; 0 where it is none.
  static func decode(
    _ input: UnsafeBufferPointer<UInt8>, at: Int, in place: Place, into out: inout [UInt8]
  ) -> Int {
    let next = at + 1
    guard next < input.count else { return 0 }
    if input[next] == 0x23 { return numeric(input, at: at, into: &out) }
    guard isLetter(input[next]) else { return 0 }
    var end = next
    while end < input.count, end - next < 32, isLetter(input[end]) || isDigit(input[end]) { end += 1 }
    if end < input.count, input[end] == 0x3B,
      NamedReference.append(UnsafeBufferPointer(rebasing: input[next..<end]), to: &out)
    {
      return end + 1 - at
    }
    return withoutSemicolon(input, at: at, end: end, in: place, into: &out)
  }

  /// The longest legacy name that the letters begin with.
  private static func withoutSemicolon(
    _ input: UnsafeBufferPointer<UInt8>, at: Int, end: Int, in place: Place, into out: inout [UInt8]
  ) -> Int {
    var length = min(end - at - 1, 6)
    while length >= 2 {
      let after = at + 1 + length
      let name = UnsafeBufferPointer(rebasing: input[(at + 1)..<after])
      if NamedReference.isLegacy(name) {
        if place == .attribute, after < input.count,
          input[after] == 0x3D || isLetter(input[after]) || isDigit(input[after])
        {
          return 0
        }
        _ = NamedReference.append(name, to: &out)
        return after - at
      }
      length -= 1
    }
    return 0
  }

  private static func numeric(_ input: UnsafeBufferPointer<UInt8>, at: Int, into out: inout [UInt8]) -> Int {
    var index = at + 2
    let isHex = index < input.count && input[index] | 0x20 == 0x78
    if isHex { index += 1 }
    let first = index
    var value: UInt32 = 0
    while index < input.count {
      let byte = input[index]
      var digit: UInt32
      switch byte {
      case 0x30...0x39: digit = UInt32(byte - 0x30)
      case 0x41...0x46 where isHex: digit = UInt32(byte - 0x37)
      case 0x61...0x66 where isHex: digit = UInt32(byte - 0x57)
      default: digit = .max
      }
      if digit == .max { break }
      // Beyond the last code point it only must not wrap around.
      value = min(value * (isHex ? 16 : 10) + digit, 0x200000)
      index += 1
    }
    guard index > first else { return 0 }
    if index < input.count, input[index] == 0x3B { index += 1 }
    append(scalar(value), to: &out)
    return index - at
  }

  /// The code point that is meant: 128 to 159 are bytes of windows-1252.
  private static func scalar(_ value: UInt32) -> Unicode.Scalar {
    if 0x80...0x9F ~= value, windows1252[Int(value - 0x80)] != 0 {
      return Unicode.Scalar(windows1252[Int(value - 0x80)]) ?? "\u{FFFD}"
    }
    guard value != 0, let scalar = Unicode.Scalar(value) else { return "\u{FFFD}" }
    return scalar
  }

  private static let windows1252: [UInt16] = [
    0x20AC, 0, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0,
    0x017D, 0,
    0, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,
    0x017E,
    0x0178,
  ]

  /// Appends a character as UTF-8.
  static func append(_ scalar: Unicode.Scalar, to out: inout [UInt8]) {
    UTF8.encode(scalar).map { out.append(contentsOf: $0) }
  }

  private static func isLetter(_ byte: UInt8) -> Bool { 0x61...0x7A ~= byte | 0x20 }
  private static func isDigit(_ byte: UInt8) -> Bool { 0x30...0x39 ~= byte }
}
