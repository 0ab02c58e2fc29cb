import PrecisModel

/// Texts of feeds: what the `type` and `mode` of a text say of it, and the value that comes of it.
extension FeedReader {
  /// Prepares a frame for a text.
  func beginText(_ attributes: XMLAttributes, _ frame: inout Frame, default kind: TextKind) {
    frame.isCapturing = true
    frame.kind = kind
    guard attributes.count > 0 else { return }
    let mode = attributes.value("mode")?.trimmed.lowercased()
    if mode == "base64" { frame.isBase64 = true }
    guard var type = attributes.value("type")?.trimmed.lowercased(), !type.isEmpty else { return }
    if let semicolon = type.firstIndex(of: ";") { type = String(type[..<semicolon]).trimmed }
    switch type {
    case "text", "text/plain", "plain":
      // Atom 0.3 and RSS producers write "text/plain" above HTML; Atom 1.0's readers hold to it.
      frame.kind = feed.format == .atom10 && frame.element.isAtomText ? .plain : .unknown
    case "html", "text/html", "text/x-html", "tex/html": frame.kind = .html
    case "xhtml", "application/xhtml+xml", "application/xhtml", "text/xhtml":
      frame.kind = mode == "escaped" ? .html : .xhtml
    case "xml", "text/xml", "application/xml", "image/svg+xml":
      frame.kind = mode == "escaped" ? .html : .xhtml
    default:
      if type.hasSuffix("+xml") || type.hasSuffix("/xml") {
        frame.kind = .xhtml
      } else if !type.hasPrefix("text/"), type.contains("/") {
        // RFC 4287 section 4.1.3.3: anything else is in base64.
        frame.isBase64 = feed.format == .atom10 || feed.format == .atom03
        if mode == "escaped" || mode == "xml" { frame.isBase64 = false }
      }
    }
  }

  /// The text that a frame collected; nil where there is none.
  func text(_ frame: Frame) -> ParsedText? {
    let bytes = collected(frame)
    guard bytes.count > 0 else { return nil }
    let base = bases.text(at: frame.base)
    if frame.isBase64 {
      guard let decoded = Base64.decode(bytes) else {
        return ParsedText(String(decoding: bytes, as: UTF8.self), kind: .unknown, baseURL: base)
      }
      guard !decoded.contains(0), let text = String(validating: decoded, as: UTF8.self) else { return nil }
      return ParsedText(text.trimmed, kind: frame.kind.parsed(hasMarkup: false), baseURL: base)
    }
    return ParsedText(
      String(decoding: bytes, as: UTF8.self), kind: frame.kind.parsed(hasMarkup: frame.hasMarkup),
      baseURL: base)
  }

  /// The characters that a frame collected, trimmed; empty where there are none.
  func plain(_ frame: Frame) -> String { String(decoding: collected(frame), as: UTF8.self) }

  /// The bytes that a frame collected, trimmed; valid until more are collected.
  func collected(_ frame: Frame) -> UnsafeBufferPointer<UInt8> {
    let all = characters[min(frame.textStart, characters.count)..<characters.count]
    var start = 0
    var end = all.count
    while start < end, all[start].isXMLSpace { start += 1 }
    while end > start, all[end - 1].isXMLSpace { end -= 1 }
    return UnsafeBufferPointer(rebasing: all[start..<end])
  }
}

extension TextKind {
  fileprivate func parsed(hasMarkup: Bool) -> ParsedText.Kind {
    switch self {
    case .html, .xhtml: return .html
    case .plain: return hasMarkup ? .html : .plain
    case .unknown, .binary: return hasMarkup ? .html : .unknown
    }
  }
}

extension Element {
  fileprivate var isAtomText: Bool {
    switch self {
    case .title, .summary, .content, .subtitle, .info: return true
    default: return false
    }
  }
}

/// RFC 4648 section 4, white space passed over.
enum Base64 {
  /// The bytes; nil where a character is no base64.
  static func decode(_ text: some Sequence<UInt8>) -> [UInt8]? {
    var out: [UInt8] = []
    var bits: UInt32 = 0
    var count = 0
    for byte in text where !byte.isXMLSpace && byte != 0x3D {
      let value: UInt8
      switch byte {
      case 0x41...0x5A: value = byte - 0x41
      case 0x61...0x7A: value = byte - 0x61 + 26
      case 0x30...0x39: value = byte - 0x30 + 52
      case 0x2B, 0x2D: value = 62
      case 0x2F, 0x5F: value = 63
      default: return nil
      }
      bits = bits << 6 | UInt32(value)
      count += 1
      if count == 4 {
        out.append(UInt8(truncatingIfNeeded: bits >> 16))
        out.append(UInt8(truncatingIfNeeded: bits >> 8))
        out.append(UInt8(truncatingIfNeeded: bits))
        bits = 0
        count = 0
      }
    }
    if count == 3 {
      out.append(UInt8(truncatingIfNeeded: bits >> 10))
      out.append(UInt8(truncatingIfNeeded: bits >> 2))
    } else if count == 2 {
      out.append(UInt8(truncatingIfNeeded: bits >> 4))
    }
    return out
  }
}
