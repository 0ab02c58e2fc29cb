/// What an article's HTML says of the units of its text.
struct StructureHints {
  /// Nothing known.
  static let none = StructureHints(kinds: [:])

  fileprivate let kinds: [UInt64: Document.Unit.Kind]

  fileprivate init(kinds: [UInt64: Document.Unit.Kind]) { self.kinds = kinds }

  /// What is known of a unit, by its first letters.
  func kind(of bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Document.Unit.Kind? {
    kinds.isEmpty ? nil : kinds[Self.key(UnsafeBufferPointer(rebasing: bytes[range]))]
  }

  /// A hash of the first letters and digits, in which text of HTML and plain text agree.
  fileprivate static func key(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt64 {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    var taken = 0
    for byte in bytes where taken < 40 {
      let lower = byte >= 0x41 && byte <= 0x5A ? byte + 32 : byte
      guard lower >= 0x61 && lower <= 0x7A || lower >= 0x30 && lower <= 0x39 else { continue }
      hash = (hash ^ UInt64(lower)) &* 0x100_0000_01b3
      taken += 1
    }
    return taken < 3 ? 0 : hash
  }
}

extension StructureHints {
  /// Reads the elements of sanitised HTML that tell the kind of their text; at most 1 MiB of it is looked at.
  init(html: String) {
    var kinds: [UInt64: Document.Unit.Kind] = [:]
    var html = html
    html.withUTF8 { bytes in
      let bytes = UnsafeBufferPointer(rebasing: bytes.prefix(Document.Limits.bytes))
      // What is open around the text: items, quotations, code. Paragraphs inside are of their kind.
      var containers: [Document.Unit.Kind] = []
      var open: Document.Unit.Kind?
      var text: [UInt8] = []
      var index = 0
      func close() {
        if let kind = open, !text.isEmpty {
          let key = text.withUnsafeBufferPointer { Self.key($0) }
          if key != 0 { kinds[key] = kind }
        }
        text.removeAll(keepingCapacity: true)
      }
      while index < bytes.count {
        guard bytes[index] == 0x3C else {
          if open != nil, text.count < 200 {
            if bytes[index] == 0x26 { Self.skipReference(bytes, &index) } else { text.append(bytes[index]) }
          }
          index += 1
          continue
        }
        var end = index + 1
        while end < bytes.count, bytes[end] != 0x3E { end += 1 }
        let isEnd = index + 1 < end && bytes[index + 1] == 0x2F
        if let kind = Self.kind(of: bytes, index + (isEnd ? 2 : 1), end) {
          close()
          if kind == .paragraph || kind == .heading {
            open = isEnd ? containers.last : kind == .heading ? kind : containers.last ?? kind
          } else if isEnd {
            if !containers.isEmpty { containers.removeLast() }
            open = containers.last
          } else {
            if containers.count < 32 { containers.append(kind) }
            open = kind
          }
        }
        index = end + 1
      }
      close()
    }
    self.init(kinds: kinds)
  }

  private static func skipReference(_ bytes: UnsafeBufferPointer<UInt8>, _ index: inout Int) {
    var end = index + 1
    while end < bytes.count, end - index < 10, bytes[end] != 0x3B, bytes[end] > 0x20 { end += 1 }
    if end < bytes.count, bytes[end] == 0x3B { index = end }
  }

  /// What the element of a tag makes of its text; paragraphs end the open one.
  private static func kind(of bytes: UnsafeBufferPointer<UInt8>, _ from: Int, _ end: Int) -> Document.Unit
    .Kind?
  {
    var name: [UInt8] = []
    var index = from
    while index < end, name.count < 12 {
      let byte = bytes[index] | 0x20
      guard (0x61...0x7A).contains(byte) || (0x30...0x39).contains(bytes[index]) else { break }
      name.append((0x30...0x39).contains(bytes[index]) ? bytes[index] : byte)
      index += 1
    }
    switch String(decoding: name, as: UTF8.self) {
    case "h1", "h2", "h3", "h4", "h5", "h6": return .heading
    case "li", "dt", "dd": return .listItem
    case "pre", "figcaption", "caption", "th", "td": return .code
    case "blockquote": return .quotation
    case "p", "div", "section", "article", "ul", "ol", "table", "tr", "figure": return .paragraph
    default: return nil
    }
  }
}
