/// Percent-encoding made equal where RFC 3986 section 6.2.2 says that it is equal.
enum PercentEncoding {
  /// The bytes with `%7e` written as `~` and `%c3` as `%C3`: unreserved characters decoded, digits
  /// upper-case.
  static func normalise(_ bytes: some Collection<UInt8>) -> [UInt8] {
    var out: [UInt8] = []
    out.reserveCapacity(bytes.count)
    var at = bytes.startIndex
    while at != bytes.endIndex {
      let byte = bytes[at]
      guard byte == 0x25, let second = bytes.index(at, offsetBy: 1, limitedBy: bytes.endIndex),
        second != bytes.endIndex, let third = bytes.index(at, offsetBy: 2, limitedBy: bytes.endIndex),
        third != bytes.endIndex, let value = self.byte(bytes[second], bytes[third])
      else {
        out.append(byte)
        at = bytes.index(after: at)
        continue
      }
      if isUnreserved(value) {
        out.append(value)
      } else {
        out += [0x25, upper(bytes[second]), upper(bytes[third])]
      }
      at = bytes.index(after: third)
    }
    return out
  }

  /// The bytes with every `%XX` decoded.
  static func decode(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    var out: [UInt8] = []
    out.reserveCapacity(bytes.count)
    var at = bytes.startIndex
    while at < bytes.endIndex {
      if bytes[at] == 0x25, at + 2 < bytes.endIndex, let value = byte(bytes[at + 1], bytes[at + 2]) {
        out.append(value)
        at += 3
      } else {
        out.append(bytes[at])
        at += 1
      }
    }
    return out
  }

  /// The byte that two hexadecimal digits stand for.
  static func byte(_ high: UInt8, _ low: UInt8) -> UInt8? {
    guard let high = digit(high), let low = digit(low) else { return nil }
    return high << 4 | low
  }

  private static func digit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 0x30...0x39: byte - 0x30
    case 0x41...0x46: byte - 0x37
    case 0x61...0x66: byte - 0x57
    default: nil
    }
  }

  private static func upper(_ byte: UInt8) -> UInt8 { 0x61...0x66 ~= byte ? byte - 0x20 : byte }

  private static func isUnreserved(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E: true
    default: false
    }
  }
}
