/// The percent-encode sets of the URL Standard (section 1.3).
enum PercentEncoding {
  enum Component {
    case control, fragment, query, path, userinfo

    /// Whether a byte must be encoded in this component.
    func encodes(_ byte: UInt8) -> Bool {
      if byte <= 0x1F || byte >= 0x7F { return true }
      switch self {
      case .control: return false
      case .fragment: return byte == 0x20 || byte == 0x22 || byte == 0x3C || byte == 0x3E || byte == 0x60
      case .query:
        return byte == 0x20 || byte == 0x22 || byte == 0x23 || byte == 0x3C || byte == 0x3E || byte == 0x27
      case .path:
        switch byte {
        case 0x20, 0x22, 0x23, 0x3C, 0x3E, 0x3F, 0x5E, 0x60, 0x7B, 0x7D: return true
        default: return false
        }
      case .userinfo:
        switch byte {
        case 0x20, 0x22, 0x23, 0x3C, 0x3E, 0x3F, 0x60, 0x7B...0x7D, 0x2F, 0x3A, 0x3B, 0x3D, 0x40, 0x5B...0x5E:
          return true
        default: return false
        }
      }
    }
  }

  private static let digits = Array("0123456789ABCDEF".utf8)

  static func encode(_ bytes: ArraySlice<UInt8>, _ component: Component) -> String {
    if !bytes.contains(where: component.encodes) { return String(decoding: bytes, as: UTF8.self) }
    var out: [UInt8] = []
    out.reserveCapacity(bytes.count + 32)
    for byte in bytes {
      if component.encodes(byte) {
        out += [0x25, digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      } else {
        out.append(byte)
      }
    }
    return String(decoding: out, as: UTF8.self)
  }

  static func decode(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    var out: [UInt8] = []
    out.reserveCapacity(bytes.count)
    var at = bytes.startIndex
    while at < bytes.endIndex {
      if bytes[at] == 0x25, at + 2 < bytes.endIndex, let high = ASCII.hexValue(bytes[at + 1]),
        let low = ASCII.hexValue(bytes[at + 2])
      {
        out.append(high << 4 | low)
        at += 3
      } else {
        out.append(bytes[at])
        at += 1
      }
    }
    return out
  }
}
