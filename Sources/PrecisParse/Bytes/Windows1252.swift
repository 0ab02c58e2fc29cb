/// The characters of bytes 0x80 to 0x9F in windows-1252, which is what publishers mean by them.
///
/// Source: WHATWG Encoding Standard, index windows-1252; the five holes are C1 controls and are left out.
enum Windows1252 {
  /// The scalar of a byte; nil for the holes 0x81, 0x8D, 0x8F, 0x90 and 0x9D.
  static func scalar(_ byte: UInt8) -> UInt32? {
    guard 0x80...0x9F ~= byte else { return UInt32(byte) }
    let value = table[Int(byte - 0x80)]
    return value == 0 ? nil : UInt32(value)
  }

  private static let table: [UInt16] = [
    0x20AC, 0, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0,
    0x017D, 0, 0, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A,
    0x0153, 0, 0x017E, 0x0178,
  ]
}

extension [UInt8] {
  /// Appends the UTF-8 form of a scalar; U+FFFD where it is none, nothing where XML cannot hold it.
  mutating func append(scalar: UInt32) {
    switch scalar {
    case 0x09, 0x0A, 0x0D, 0x20...0x7F:
      append(UInt8(scalar))
    case 0..<0x20, 0xFFFE, 0xFFFF:
      return
    case 0x80..<0x800:
      append(0xC0 | UInt8(scalar >> 6))
      append(0x80 | UInt8(scalar & 0x3F))
    case 0xD800..<0xE000, 0x110000...:
      append(scalar: 0xFFFD)
    case 0x800..<0x10000:
      append(0xE0 | UInt8(scalar >> 12))
      append(0x80 | UInt8(scalar >> 6 & 0x3F))
      append(0x80 | UInt8(scalar & 0x3F))
    default:
      append(0xF0 | UInt8(scalar >> 18))
      append(0x80 | UInt8(scalar >> 12 & 0x3F))
      append(0x80 | UInt8(scalar >> 6 & 0x3F))
      append(0x80 | UInt8(scalar & 0x3F))
    }
  }
}
