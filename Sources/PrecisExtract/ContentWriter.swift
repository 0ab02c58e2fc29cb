/// Gathers the HTML and the text of a content, node by node.
struct ContentWriter {
  private let tree: PageTree
  private var html: [UInt8] = []
  private var text: [UInt8] = []
  private var preformatted = 0
  /// What parts the next text from the last: nothing, a space, a line or a blank line.
  private var gap = Gap.none
  private var images: Set<String> = []

  private enum Gap: Int {
    case none, space, line, block
  }

  init(tree: PageTree) {
    self.tree = tree
    html.reserveCapacity(tree.text.count)
    text.reserveCapacity(tree.text.count)
  }

  mutating func finish() -> (html: String, text: String) {
    while html.last == 0x20 || html.last == 0x0A { html.removeLast() }
    return (String(decoding: html, as: UTF8.self), String(decoding: text, as: UTF8.self))
  }

  mutating func open(_ index: Int) {
    let tag = tree.nodes[index].tag
    if let gap = Self.gap(around: tag) { raise(gap) }
    if tag == .pre { preformatted += 1 }
    guard Self.kept.contains(tag) else { return }
    if tag == .img { return image(index) }
    append("<" + tag.name)
    attributes(index, tag)
    append(">")
  }

  mutating func close(_ index: Int) {
    let tag = tree.nodes[index].tag
    if tag == .pre { preformatted -= 1 }
    if tag != .br, let gap = Self.gap(around: tag) { raise(gap) }
    guard Self.kept.contains(tag), !Self.void.contains(tag) else { return }
    append("</" + tag.name + ">")
    if tag.isBlock { append("\n") }
  }

  private static func gap(around tag: Tag) -> Gap? {
    switch tag {
    case .td, .th: .space
    case .tr, .li, .dt, .dd, .br: .line
    default: tag.isBlock ? .block : nil
    }
  }

  mutating func text(_ node: PageTree.Node) {
    for at in Int(node.from)..<Int(node.to) {
      let byte = tree.text[at]
      let isSpace = byte == 0x20 || 0x09...0x0D ~= byte
      if preformatted > 0 {
        escape(byte)
        if byte != 0x0D { put(byte) }
      } else if isSpace {
        if let last = html.last, last != 0x20, last != 0x0A { html.append(0x20) }
        raise(.space)
      } else {
        escape(byte)
        put(byte)
      }
    }
  }

  private mutating func put(_ byte: UInt8) {
    if !text.isEmpty {
      switch gap {
      case .none: break
      case .space: text.append(0x20)
      case .line: text.append(0x0A)
      case .block: text.append(contentsOf: [0x0A, 0x0A])
      }
    }
    gap = .none
    text.append(byte)
  }

  private mutating func raise(_ gap: Gap) {
    if gap.rawValue > self.gap.rawValue { self.gap = gap }
  }

  private mutating func append(_ string: String) { html.append(contentsOf: string.utf8) }

  private mutating func escape(_ byte: UInt8) {
    switch byte {
    case 0x26: append("&amp;")
    case 0x3C: append("&lt;")
    case 0x3E: append("&gt;")
    default: html.append(byte)
    }
  }
}

extension ContentWriter {
  /// The elements that are written; the text of others stays.
  private static let kept: Set<Tag> = [
    .p, .pre, .blockquote, .ul, .ol, .li, .dl, .dt, .dd, .figure, .figcaption, .hr, .br, .h1, .h2, .h3, .h4,
    .h5,
    .h6, .table, .caption, .thead, .tbody, .tfoot, .tr, .th, .td, .a, .abbr, .b, .cite, .code, .del, .dfn,
    .em,
    .i, .ins, .kbd, .mark, .q, .s, .samp, .small, .strong, .sub, .sup, .time, .u, .var, .ruby, .rt, .rp, .img,
    .div, .details, .summary,
  ]

  private static let void: Set<Tag> = [.hr, .br, .img]

  private mutating func attributes(_ index: Int, _ tag: Tag) {
    switch tag {
    case .a: attribute("href", .href, index)
    case .td, .th:
      attribute("colspan", .colspan, index)
      attribute("rowspan", .rowspan, index)
    case .ol: attribute("start", .start, index)
    case .time: attribute("datetime", .datetime, index)
    case .blockquote, .q: attribute("cite", .cite, index)
    case .abbr, .dfn: attribute("title", .title, index)
    case .code, .pre:
      // The class names the language: `language-swift`.
      attribute("class", .class, index)
    default: break
    }
  }

  private mutating func attribute(_ name: String, _ key: AttributeName, _ index: Int) {
    guard let value = tree.bytes(key, of: index), !value.isEmpty else { return }
    attribute(name, value)
  }

  private mutating func attribute(_ name: String, _ value: ArraySlice<UInt8>) {
    append(" " + name + "=\"")
    for byte in value {
      if byte == 0x22 { append("&quot;") } else { escape(byte) }
    }
    append("\"")
  }

  /// An image, by the address that a lazy loader would put in place.
  private mutating func image(_ index: Int) {
    let lazy = tree.bytes(.dataSrc, of: index) ?? tree.bytes(.dataOriginal, of: index)
    let plain = tree.bytes(.src, of: index)
    let isPlaceholder = plain?.starts(with: Array("data:".utf8)) ?? true
    var source = lazy ?? plain
    if lazy == nil, isPlaceholder {
      source = firstCandidate(tree.bytes(.srcset, of: index) ?? tree.bytes(.dataSrcset, of: index)) ?? plain
    }
    guard let source, !source.isEmpty, source.count < 4096 else { return }
    guard images.insert(String(decoding: source, as: UTF8.self)).inserted else { return }
    append("<img")
    attribute("src", source)
    attribute("alt", .alt, index)
    attribute("width", .width, index)
    attribute("height", .height, index)
    append(">")
  }

  private func firstCandidate(_ srcset: ArraySlice<UInt8>?) -> ArraySlice<UInt8>? {
    srcset?.split(whereSeparator: { $0 == 0x20 || $0 == 0x0A || $0 == 0x09 }).first
  }
}
