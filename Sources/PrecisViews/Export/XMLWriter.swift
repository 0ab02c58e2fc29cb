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
    var text = text
    text.withUTF8 { escape($0) }
  }

  private mutating func escape(_ utf8: UnsafeBufferPointer<UInt8>) {
    var from = 0
    for index in 0..<utf8.count {
      let replacement: StaticString
      var length = 1
      switch utf8[index] {
      case 0x26: replacement = "&amp;"
      case 0x3C: replacement = "&lt;"
      case 0x3E: replacement = "&gt;"
      case 0x22: replacement = "&quot;"
      case 0x0D: replacement = "&#13;"
      case 0x09, 0x0A: continue
      case 0..<0x20: replacement = ""
      // U+FFFE and U+FFFF, no Char of XML 1.0 (production 2); a String's UTF-8 is valid, so two bytes follow.
      case 0xEF where utf8[index + 1] == 0xBF && utf8[index + 2] >= 0xBE:
        replacement = ""
        length = 3
      default: continue
      }
      bytes.append(contentsOf: utf8[from..<index])
      raw(replacement)
      from = index + length
    }
    bytes.append(contentsOf: utf8[from...])
  }
}
