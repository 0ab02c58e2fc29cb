/// Character references (`&amp;`, `&#38;`, `&#x26;`) as they occur in addresses and titles.
enum CharacterReferences {
  private static let named: [String: UInt32] = [
    "amp": 0x26, "lt": 0x3C, "gt": 0x3E, "quot": 0x22, "apos": 0x27, "nbsp": 0xA0, "raquo": 0xBB,
    "laquo": 0xAB,
    "ndash": 0x2013, "mdash": 0x2014, "rsquo": 0x2019, "lsquo": 0x2018, "rdquo": 0x201D, "ldquo": 0x201C,
    "hellip": 0x2026, "middot": 0xB7, "bull": 0x2022, "copy": 0xA9, "rsaquo": 0x203A,
  ]

  /// The bytes as text, references decoded; unknown ones stay as they are.
  static func decode(_ bytes: ArraySlice<UInt8>) -> String {
    var out: [UInt8] = []
    out.reserveCapacity(bytes.count)
    var at = bytes.startIndex
    while at < bytes.endIndex {
      guard bytes[at] == 0x26 else {
        out.append(bytes[at])
        at += 1
        continue
      }
      let rest = bytes[(at + 1)..<min(at + 12, bytes.endIndex)]
      guard let end = rest.firstIndex(of: 0x3B), let scalar = scalar(rest[..<end]) else {
        out.append(0x26)
        at += 1
        continue
      }
      out += Array(String(scalar).utf8)
      at = end + 1
    }
    return String(decoding: out, as: UTF8.self)
  }

  private static func scalar(_ name: ArraySlice<UInt8>) -> Unicode.Scalar? {
    guard name.first == 0x23 else {
      return named[String(decoding: name, as: UTF8.self)].flatMap(Unicode.Scalar.init)
    }
    let digits = name.dropFirst()
    let isHexadecimal = digits.first.map { $0 | 0x20 == 0x78 } ?? false
    let text = String(decoding: isHexadecimal ? digits.dropFirst() : digits, as: UTF8.self)
    guard let value = UInt32(text, radix: isHexadecimal ? 16 : 10), value > 0 else { return nil }
    return Unicode.Scalar(value)
  }
}
