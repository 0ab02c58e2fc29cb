/// One line of plain text from what pages put into metadata.
enum PlainText {
  private static let entities: [(name: [UInt8], value: String)] = [
    ("amp", "&"), ("lt", "<"), ("gt", ">"), ("quot", "\""), ("apos", "'"), ("nbsp", " "), ("ndash", "–"),
    ("mdash", "—"), ("lsquo", "‘"), ("rsquo", "’"), ("ldquo", "“"), ("rdquo", "”"), ("hellip", "…"),
  ].map { (Array($0.0.utf8), $0.1) }

  /// White space folded, tags left out, entities that were escaped twice decoded; at most `limit` bytes are read.
  static func clean(_ text: String, limit: Int) -> String {
    let bytes = Array(text.utf8.prefix(limit))
    var out: [UInt8] = []
    var at = 0
    var pending = false
    func put(_ more: some Sequence<UInt8>) {
      if pending, !out.isEmpty { out.append(0x20) }
      pending = false
      out.append(contentsOf: more)
    }
    while at < bytes.count {
      let byte = bytes[at]
      if byte <= 0x20 || byte == 0xC2 && at + 1 < bytes.count && bytes[at + 1] == 0xA0 {
        pending = true
        at += byte == 0xC2 ? 2 : 1
      } else if byte == 0x26, let entity = entity(bytes, at + 1) {
        if entity.value == " " { pending = true } else { put(entity.value.utf8) }
        at = entity.end
      } else if byte == 0x3C, let end = tagEnd(bytes, at) {
        pending = true
        at = end
      } else {
        put(CollectionOfOne(byte))
        at += 1
      }
    }
    return String(decoding: out, as: UTF8.self)
  }

  /// The same of a text that should be short.
  static func clean(_ text: String) -> String { clean(text, limit: 4096) }

  /// The text as the content of an HTML element.
  static func escaped(_ text: String) -> String {
    var out: [UInt8] = []
    for byte in text.utf8 {
      switch byte {
      case 0x26: out.append(contentsOf: "&amp;".utf8)
      case 0x3C: out.append(contentsOf: "&lt;".utf8)
      case 0x3E: out.append(contentsOf: "&gt;".utf8)
      default: out.append(byte)
      }
    }
    return String(decoding: out, as: UTF8.self)
  }

  private static func tagEnd(_ bytes: [UInt8], _ at: Int) -> Int? {
    guard at + 1 < bytes.count, bytes[at + 1] == 0x2F || 0x61...0x7A ~= bytes[at + 1] | 0x20 else {
      return nil
    }
    guard let close = bytes[at...].prefix(200).firstIndex(of: 0x3E) else { return nil }
    return close + 1
  }

  private static func entity(_ bytes: [UInt8], _ at: Int) -> (value: String, end: Int)? {
    guard let semicolon = bytes[at...].prefix(10).firstIndex(of: 0x3B), semicolon > at else { return nil }
    let name = Array(bytes[at..<semicolon])
    if name[0] == 0x23 {
      let isHex = name.count > 1 && name[1] | 0x20 == 0x78
      let digits = String(decoding: name.dropFirst(isHex ? 2 : 1), as: UTF8.self)
      guard let code = UInt32(digits, radix: isHex ? 16 : 10), let scalar = Unicode.Scalar(code), code >= 0x20
      else {
        return nil
      }
      return (String(scalar), semicolon + 1)
    }
    return entities.first { $0.name == name }.map { ($0.value, semicolon + 1) }
  }
}
