/// Reads the `base`, `link` and `a` tags of a page, and nothing else: one pass over the bytes, no tree.
///
/// Comments and the insides of scripts, styles and the like are passed over, so that an address in a script
/// is no link. Attribute values have the character references decoded that occur in addresses and titles.
struct PageScan {
  /// A tag that can speak of a feed.
  struct Tag {
    var name: Name
    var href: String?
    var rel: String?
    var type: String?
    var title: String?
    /// Of an anchor: the text up to the next tag, at most 80 bytes.
    var text: String?
  }

  /// The tags that are read.
  enum Name { case base, link, anchor }

  private let bytes: [UInt8]
  private var at = 0
  /// Elements whose ends were once looked for in vain: they have none, and need not be looked for again.
  private var endless: Set<String> = []

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  private static let attributesPerTag = 64
  private static let valueLimit = 4096
  /// Elements whose content is no markup.
  private static let opaque: Set<String> = [
    "script", "style", "textarea", "title", "noembed", "xmp", "iframe",
  ]

  /// The next tag; nil at the end of the page.
  mutating func next() -> Tag? {
    while let open = find(0x3C, from: at) {
      at = open + 1
      guard at < bytes.count else { return nil }
      if bytes[at] == 0x21 {
        skipComment()
        continue
      }
      let name = readName()
      guard !name.isEmpty else { continue }
      switch name {
      case "base": return readTag(.base)
      case "link": return readTag(.link)
      case "a":
        var tag = readTag(.anchor)
        tag.text = label()
        return tag
      default:
        _ = readTag(.link)
        if Self.opaque.contains(name) { skipContent(of: name) }
      }
    }
    at = bytes.count
    return nil
  }

  private func find(_ byte: UInt8, from start: Int) -> Int? {
    guard start < bytes.count else { return nil }
    return bytes[start...].firstIndex(of: byte)
  }

  private mutating func skipComment() {
    guard at + 2 < bytes.count, bytes[at + 1] == 0x2D, bytes[at + 2] == 0x2D else {
      at = find(0x3E, from: at).map { $0 + 1 } ?? bytes.count
      return
    }
    var index = at + 3
    while let end = find(0x3E, from: index) {
      if bytes[end - 1] == 0x2D, bytes[end - 2] == 0x2D {
        at = end + 1
        return
      }
      index = end + 1
    }
    at = bytes.count
  }

  private mutating func skipContent(of name: String) {
    guard !endless.contains(name) else { return }
    let end = Array(name.utf8)
    var index = at
    while let open = find(0x3C, from: index) {
      index = open + 1
      guard open + 2 + end.count <= bytes.count, bytes[open + 1] == 0x2F else { continue }
      if zip(bytes[(open + 2)...], end).allSatisfy({ $0 | 0x20 == $1 }) {
        at = open
        return
      }
    }
    // Unclosed: the rest is read as markup, as it would be lost otherwise.
    endless.insert(name)
  }

  /// A tag's name, lower-case; empty for an end tag, and for what is none.
  private mutating func readName() -> String {
    var name: [UInt8] = []
    while at < bytes.count, name.count < 16 {
      let byte = bytes[at]
      guard 0x41...0x5A ~= byte || 0x61...0x7A ~= byte || (!name.isEmpty && 0x30...0x39 ~= byte) else {
        break
      }
      name.append(byte | 0x20)
      at += 1
    }
    return String(decoding: name, as: UTF8.self)
  }

  private mutating func readTag(_ name: Name) -> Tag {
    var tag = Tag(name: name)
    for _ in 0..<Self.attributesPerTag {
      skipSpace()
      guard at < bytes.count, bytes[at] != 0x3E else { break }
      let start = at
      while at < bytes.count, !Self.endsName(bytes[at]) { at += 1 }
      let key = FeedDiscovery.lowercase(String(decoding: bytes[start..<min(at, start + 16)], as: UTF8.self))
      skipSpace()
      var value: ArraySlice<UInt8> = []
      if at < bytes.count, bytes[at] == 0x3D {
        at += 1
        while at < bytes.count, bytes[at] <= 0x20 { at += 1 }
        value = readValue()
      } else if at == start {
        at += 1
      }
      switch key {
      case "href" where tag.href == nil: tag.href = decode(value)
      case "rel" where tag.rel == nil: tag.rel = decode(value)
      case "type" where tag.type == nil: tag.type = decode(value)
      case "title" where tag.title == nil: tag.title = decode(value)
      default: break
      }
    }
    at = find(0x3E, from: at).map { $0 + 1 } ?? bytes.count
    return tag
  }

  private mutating func readValue() -> ArraySlice<UInt8> {
    guard at < bytes.count else { return [] }
    let quote = bytes[at]
    if quote == 0x22 || quote == 0x27 {
      let start = at + 1
      let end = find(quote, from: start) ?? bytes.count
      at = min(end + 1, bytes.count)
      return bytes[start..<min(end, start + Self.valueLimit)]
    }
    let start = at
    while at < bytes.count, bytes[at] > 0x20, bytes[at] != 0x3E { at += 1 }
    return bytes[start..<min(at, start + Self.valueLimit)]
  }

  private mutating func skipSpace() {
    while at < bytes.count, bytes[at] <= 0x20 || bytes[at] == 0x2F { at += 1 }
  }

  private static func endsName(_ byte: UInt8) -> Bool {
    byte <= 0x20 || byte == 0x3D || byte == 0x3E || byte == 0x2F
  }

  /// The text that follows, up to the next tag.
  private func label() -> String? {
    let rest = bytes[at..<min(at + 80, bytes.count)]
    guard let end = rest.firstIndex(of: 0x3C) else { return nil }
    return decode(rest[..<end])
  }

  /// Text of an attribute: character references decoded, spaces trimmed and joined; nil where nothing is
  /// left.
  private func decode(_ value: ArraySlice<UInt8>) -> String? {
    let text = CharacterReferences.decode(value)
    var out = String.UnicodeScalarView()
    var pending = false
    for scalar in text.unicodeScalars {
      if scalar.value <= 0x20 {
        pending = !out.isEmpty
        continue
      }
      if pending { out.append(" ") }
      pending = false
      out.append(scalar)
    }
    return out.isEmpty ? nil : String(out)
  }
}
