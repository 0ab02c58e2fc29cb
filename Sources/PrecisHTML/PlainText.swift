import Glibc
import PrecisModel
import PrecisURL

/// Texts of a feed as characters.
public enum PlainText {
  /// A title or a name on one line: markup removed, references decoded, white space folded, no control characters.
  ///
  /// Where a format does not say what its text is, `<` begins a tag only before the name of an element: "Using <T>"
  /// keeps its T.
  public static func of(_ text: ParsedText) -> String {
    var value = text.value
    return value.withUTF8 { bytes in
      if isPlainLine(bytes) { return text.value }
      let isMarkup = text.kind != .plain && bytes.contains { $0 == 0x3C || $0 == 0x26 }
      var out: [UInt8] = []
      out.reserveCapacity(bytes.count)
      if isMarkup {
        strip(bytes, onlyKnownTags: text.kind == .unknown, into: &out)
      } else {
        out.append(contentsOf: bytes)
      }
      return folded(out)
    }
  }

  /// A text with its character references decoded once.
  public static func decodeEntities(_ text: String) -> String {
    var text = text
    return text.withUTF8 { bytes in
      guard bytes.contains(0x26) else { return String(decoding: bytes, as: UTF8.self) }
      var out: [UInt8] = []
      out.reserveCapacity(bytes.count)
      decode(bytes, into: &out)
      return String(decoding: out, as: UTF8.self)
    }
  }

  /// Words of a text.
  public static func wordCount(_ text: String) -> Int { WordCount.of(text) }

  private static func decode(_ bytes: UnsafeBufferPointer<UInt8>, into out: inout [UInt8]) {
    var at = 0
    while at < bytes.count {
      if bytes[at] == 0x26 {
        let length = CharacterReference.decode(bytes, at: at, in: .text, into: &out)
        if length > 0 {
          at += length
          continue
        }
      }
      out.append(bytes[at])
      at += 1
    }
  }

  private static func strip(
    _ bytes: UnsafeBufferPointer<UInt8>, onlyKnownTags: Bool, into out: inout [UInt8]
  ) {
    var attributes = Attributes()
    // What ends nowhere is looked for once: the look would cost as much at every further start.
    var tagsEnd = true
    var commentsEnd = true
    var at = 0
    while at < bytes.count {
      if bytes[at] == 0x26 {
        let length = CharacterReference.decode(bytes, at: at, in: .text, into: &out)
        if length > 0 {
          at += length
          continue
        }
      }
      if bytes[at] == 0x3C, tagsEnd, let (tag, nameEnd) = tagName(bytes, at),
        tag != .unknown || !onlyKnownTags
      {
        attributes.read(bytes, from: nameEnd, limit: 0)
        if attributes.isComplete {
          at = attributes.end
          if tag == .script || tag == .style { at = afterEnd(of: tag, bytes, at) }
          if tag.isBlock || tag == .br { out.append(0x20) }
          continue
        }
        tagsEnd = false
      }
      if bytes[at] == 0x3C, commentsEnd, bytes[at...].starts(with: "<!--".utf8) {
        if let end = commentEnd(bytes, at + 4) {
          at = end
          continue
        }
        commentsEnd = false
      }
      out.append(bytes[at])
      at += 1
    }
  }

  private static func tagName(_ bytes: UnsafeBufferPointer<UInt8>, _ at: Int) -> (Tag, Int)? {
    var start = at + 1
    if start < bytes.count, bytes[start] == 0x2F { start += 1 }
    guard start < bytes.count, 0x61...0x7A ~= bytes[start] | 0x20 else { return nil }
    var end = start
    while end < bytes.count, bytes[end] > 0x20, bytes[end] != 0x2F, bytes[end] != 0x3E, bytes[end] != 0x3C {
      end += 1
    }
    return (Tag(name: UnsafeBufferPointer(rebasing: bytes[start..<end])), end)
  }

  private static func afterEnd(of tag: Tag, _ bytes: UnsafeBufferPointer<UInt8>, _ from: Int) -> Int {
    var at = from
    while at < bytes.count {
      if bytes[at] == 0x3C, at + 1 < bytes.count, bytes[at + 1] == 0x2F,
        let (found, end) = tagName(bytes, at),
        found == tag
      {
        var close = end
        while close < bytes.count, bytes[close] != 0x3E { close += 1 }
        return min(close + 1, bytes.count)
      }
      at += 1
    }
    return bytes.count
  }

  private static func commentEnd(_ bytes: UnsafeBufferPointer<UInt8>, _ from: Int) -> Int? {
    var at = from
    while at + 2 < bytes.count {
      if bytes[at] == 0x2D, bytes[at + 1] == 0x2D, bytes[at + 2] == 0x3E { return at + 3 }
      at += 1
    }
    return nil
  }

  /// Whether it is one line of ASCII without markup, as most titles are: nothing has to be done to it.
  private static func isPlainLine(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    var previous: UInt8 = 0x20
    for byte in bytes {
      guard 0x20..<0x7F ~= byte, byte != 0x3C, byte != 0x26, byte != 0x20 || previous != 0x20 else {
        return false
      }
      previous = byte
    }
    return previous != 0x20 || bytes.isEmpty
  }

  /// One line: white space of all kinds folded, control characters and those that turn the writing direction out.
  private static func folded(_ bytes: [UInt8]) -> String {
    if bytes.allSatisfy({ 0x20..<0x7F ~= $0 }), bytes.first != 0x20, bytes.last != 0x20,
      !hasDoubleSpace(bytes)
    {
      return String(decoding: bytes, as: UTF8.self)
    }
    var out = String.UnicodeScalarView()
    var isAfterSpace = true
    for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
      switch scalar.value {
      case 0x09...0x0D, 0x20, 0x85, 0xA0, 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000:
        if !isAfterSpace { out.append(" ") }
        isAfterSpace = true
      case 0..<0x20, 0x7F...0x9F, 0xAD, 0x200B, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069, 0xFEFF:
        break
      default:
        out.append(scalar)
        isAfterSpace = false
      }
    }
    if isAfterSpace, !out.isEmpty { out.removeLast() }
    return String(out)
  }

  private static func hasDoubleSpace(_ bytes: [UInt8]) -> Bool {
    zip(bytes, bytes.dropFirst()).contains { $0 == 0x20 && $1 == 0x20 }
  }
}

extension HTMLCleaner {
  /// Cleans a text of a feed by what kind of text it is.
  ///
  /// Text that is escaped twice, as some publishers do, is decoded once more: it has no tags of its own, but those of
  /// known elements in references.
  public func clean(_ text: ParsedText) -> CleanHTML {
    let base = base(of: text)
    if MarkupSigns.areNone(in: text.value) { return clean(text.value, baseURL: base) }
    switch text.kind {
    case .plain: return clean(Self.escaped(text.value), baseURL: base)
    case .html, .unknown:
      if MarkupSigns.hasTags(text.value) { return clean(text.value, baseURL: base) }
      let decoded = PlainText.decodeEntities(text.value)
      if decoded != text.value, MarkupSigns.hasTags(decoded) { return clean(decoded, baseURL: base) }
      return clean(text.kind == .html ? text.value : Self.escaped(decoded), baseURL: base)
    }
  }

  /// The base of a text; those of one feed mostly have the same.
  private func base(of text: ParsedText) -> WebURL? {
    guard let address = text.baseURL else { return nil }
    if let lastBase, lastBase.address == address { return lastBase.url }
    let url = WebURL(address)
    lastBase = (address, url)
    return url
  }

  /// Characters as HTML: paragraphs at blank lines.
  private static func escaped(_ text: String) -> String {
    var text = text
    return text.withUTF8 { bytes in
      var out: [UInt8] = []
      out.reserveCapacity(bytes.count + 16)
      var hasParagraphs = false
      for (index, byte) in bytes.enumerated() {
        switch byte {
        case 0x26: out.append(contentsOf: "&amp;".utf8)
        case 0x3C: out.append(contentsOf: "&lt;".utf8)
        case 0x3E: out.append(contentsOf: "&gt;".utf8)
        case 0x0A where index + 1 < bytes.count && bytes[index + 1] == 0x0A:
          hasParagraphs = true
          out.append(byte)
        default: out.append(byte)
        }
      }
      let html = String(decoding: out, as: UTF8.self)
      guard hasParagraphs else { return html }
      return html.split(separator: "\n\n").map { "<p>\($0)</p>" }.joined(separator: "\n")
    }
  }
}

/// Tells markup from characters.
enum MarkupSigns {
  /// Whether characters and HTML are the same here: no tag, no reference, no blank line.
  static func areNone(in text: String) -> Bool {
    var text = text
    return text.withUTF8 { bytes in
      guard let start = bytes.baseAddress else { return true }
      guard memchr(start, 0x3C, bytes.count) == nil, memchr(start, 0x26, bytes.count) == nil else {
        return false
      }
      var at = 0
      while let found = memchr(start + at, 0x0A, bytes.count - at) {
        at = UnsafeRawPointer(found) - UnsafeRawPointer(start) + 1
        if at < bytes.count, bytes[at] == 0x0A { return false }
      }
      return true
    }
  }

  /// Whether there is a whole tag of an element that is known.
  static func hasTags(_ text: String) -> Bool {
    var text = text
    return text.withUTF8 { bytes in
      guard let lastEnd = bytes.lastIndex(of: 0x3E) else { return false }
      var at = 0
      while let open = bytes[at...].firstIndex(of: 0x3C) {
        var start = open + 1
        if start < bytes.count, bytes[start] == 0x2F { start += 1 }
        var end = start
        while end < bytes.count, end - start <= PackedName.limit, bytes[end] > 0x20, bytes[end] != 0x2F,
          bytes[end] != 0x3E
        {
          end += 1
        }
        if Tag(name: UnsafeBufferPointer(rebasing: bytes[start..<end])) != .unknown,
          end <= lastEnd
        {
          return true
        }
        if bytes[start...].starts(with: "!--".utf8) { return true }
        at = open + 1
      }
      return false
    }
  }
}
