/// Writes XML 1.0 in UTF-8: escapes what must be, and drops characters that XML cannot hold.
struct XMLWriter {
  private(set) var bytes: [UInt8] = []
  private var open: [StaticString] = []

  /// Begins a document.
  mutating func declaration() { raw("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n") }

  /// Opens an element, indented on its own line.
  mutating func begin(_ name: StaticString, _ attributes: [(StaticString, String?)] = []) {
    startTag(name, attributes)
    raw(">\n")
    open.append(name)
  }

  /// Closes the innermost element.
  mutating func end() {
    guard let name = open.popLast() else { return }
    indent()
    raw("</")
    raw(name)
    raw(">\n")
  }

  /// An element without content.
  mutating func empty(_ name: StaticString, _ attributes: [(StaticString, String?)]) {
    startTag(name, attributes)
    raw("/>\n")
  }

  /// An element with text; nothing where there is no text.
  mutating func element(
    _ name: StaticString, _ text: String?, _ attributes: [(StaticString, String?)] = []
  ) {
    guard let text else { return }
    startTag(name, attributes)
    raw(">")
    escape(text)
    raw("</")
    raw(name)
    raw(">\n")
  }

  /// Forgets the bytes, and keeps the buffer and the open elements.
  mutating func removeAll() { bytes.removeAll(keepingCapacity: true) }

  private mutating func startTag(_ name: StaticString, _ attributes: [(StaticString, String?)]) {
    indent()
    raw("<")
    raw(name)
    for (key, value) in attributes {
      guard let value else { continue }
      raw(" ")
      raw(key)
      raw("=\"")
      escape(value)
      raw("\"")
    }
  }

  private mutating func indent() { for _ in open { raw("  ") } }

  private mutating func raw(_ text: StaticString) {
    bytes.append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  private mutating func escape(_ text: String) {
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x26: raw("&amp;")
      case 0x3C: raw("&lt;")
      case 0x3E: raw("&gt;")
      case 0x22: raw("&quot;")
      case 0x0D: raw("&#13;")
      case 0x09, 0x0A: bytes.append(UInt8(scalar.value))
      case 0..<0x20, 0xFFFE, 0xFFFF: break  // No Char of XML 1.0, production 2.
      case 0x7F...: bytes.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
      default: bytes.append(UInt8(scalar.value))
      }
    }
  }
}
