/// The elements that matter to the sanitiser, each with its part in a document.
enum Tag: UInt8, CaseIterable {
  case a, abbr, acronym, address, article, aside, audio, b, bdi, bdo, big, blockquote, br, caption, center,
    cite
  case code, dd, del, details, dfn, div, dl, dt, em, figcaption, figure, footer, h1, h2, h3, h4, h5, h6,
    header, hr
  case i, img, ins, kbd, li, main, mark, nav, ol, p, picture, pre, q, rp, rt, ruby, s, samp, section, small,
    source
  case span, strike, strong, sub, summary, sup, table, tbody, td, tfoot, th, thead, time, tr, track, tt, u,
    ul, `var`
  case video, wbr
  // Dropped with everything in them; their content is characters to a parser.
  case iframe, noembed, noframes, plaintext, script, style, textarea, title, xmp
  // Dropped with everything in them; their content is markup.
  case applet, canvas, datalist, math, select, svg, template
  // The tag alone is dropped.
  case base, body, button, embed, font, form, head, html, label, link, meta, noscript, object, param
  /// Any other element: the tag alone is dropped.
  case unknown

  /// What becomes of an element.
  enum Fate {
    case keep, void, dropText, dropTree, unwrap
  }

  var fate: Fate {
    switch self {
    case .br, .hr, .img, .source, .track, .wbr: .void
    case .iframe, .noembed, .noframes, .plaintext, .script, .style, .textarea, .title, .xmp: .dropText
    case .applet, .canvas, .datalist, .math, .select, .svg, .template: .dropTree
    case .button, .embed, .base, .body, .font, .head, .html, .label, .link, .meta, .noscript, .object,
      .param, .unknown:
      .unwrap
    default: .keep
    }
  }

  /// Whether it begins a new block of text.
  var isBlock: Bool {
    switch self {
    case .address, .article, .aside, .blockquote, .center, .dd, .details, .div, .dl, .dt, .figcaption,
      .figure,
      .footer, .form, .h1, .h2, .h3, .h4, .h5, .h6, .header, .hr, .li, .main, .nav, .ol, .p, .pre, .section,
      .summary,
      .table, .tr, .ul, .tbody, .thead, .tfoot, .td, .th, .caption:
      true
    default: false
    }
  }

  /// Whether its start ends an open paragraph (HTML Standard, "in body").
  var closesParagraph: Bool {
    switch self {
    case .address, .article, .aside, .blockquote, .center, .details, .div, .dl, .figcaption, .figure, .footer,
      .form, .h1,
      .h2, .h3, .h4, .h5, .h6, .header, .hr, .main, .nav, .ol, .p, .pre, .section, .summary, .table, .ul, .li,
      .dd, .dt:
      true
    default: false
    }
  }

  /// How many elements may be opened in it that are not written: text in a table gets a body, a row and a cell.
  var impliedDepth: Int { self == .table ? 3 : 0 }

  var isHeading: Bool {
    switch self {
    case .h1, .h2, .h3, .h4, .h5, .h6: true
    default: false
    }
  }

  /// A table or a part of one that holds no text itself.
  var isTableFrame: Bool {
    switch self {
    case .table, .tbody, .thead, .tfoot, .tr: true
    default: false
    }
  }

  /// Where the look for an open paragraph or a matching start ends.
  var isScope: Bool { self == .td || self == .th || self == .table || self == .caption }

  /// Where the look for an open list item ends (HTML Standard, "in body", `li`): at any block but these.
  var boundsItems: Bool {
    switch self {
    case .address, .div, .center, .form, .p: false
    default: isBlock
    }
  }

  /// Names that a newer one stands for.
  var written: Tag {
    switch self {
    case .acronym: .abbr
    case .center, .form: .div
    case .strike: .s
    case .tt: .code
    case .big: .span
    default: self
    }
  }

  var name: StaticString { Tag.names[Int(rawValue)] }

  private static let names: [StaticString] = [
    "a", "abbr", "acronym", "address", "article", "aside", "audio", "b", "bdi", "bdo", "big", "blockquote",
    "br",
    "caption", "center", "cite", "code", "dd", "del", "details", "dfn", "div", "dl", "dt", "em", "figcaption",
    "figure", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "i", "img", "ins", "kbd", "li",
    "main",
    "mark", "nav", "ol", "p", "picture", "pre", "q", "rp", "rt", "ruby", "s", "samp", "section", "small",
    "source",
    "span", "strike", "strong", "sub", "summary", "sup", "table", "tbody", "td", "tfoot", "th", "thead",
    "time", "tr",
    "track", "tt", "u", "ul", "var", "video", "wbr", "iframe", "noembed", "noframes", "plaintext", "script",
    "style",
    "textarea", "title", "xmp", "applet", "canvas", "datalist", "math", "select", "svg", "template",
    "base", "body", "button", "embed", "font", "form", "head", "html", "label", "link", "meta", "noscript",
    "object", "param",
    "",
  ]

  /// Names packed into numbers, sorted, each with its element.
  private static let packed: [(key: PackedName, tag: Tag)] = Tag.allCases.dropLast()
    .map { tag in
      let name = tag.name
      return (PackedName(UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount)), tag)
    }
    .sorted { $0.key < $1.key }

  /// The element of a name in any case; `unknown` for all others.
  init(name: UnsafeBufferPointer<UInt8>) {
    self = .unknown
    guard !name.isEmpty, name.count <= PackedName.limit else { return }
    let key = PackedName(name)
    var low = 0
    var high = Tag.packed.count
    while low < high {
      let middle = (low + high) / 2
      if Tag.packed[middle].key < key { low = middle + 1 } else { high = middle }
    }
    if low < Tag.packed.count, Tag.packed[low].key == key { self = Tag.packed[low].tag }
  }
}

/// A name of at most 16 bytes as two numbers, lower-case.
struct PackedName: Hashable, Comparable {
  static let limit = 16
  let high: UInt64
  let low: UInt64

  init(_ name: UnsafeBufferPointer<UInt8>) {
    var parts: (UInt64, UInt64) = (0, 0)
    for (index, byte) in name.prefix(Self.limit).enumerated() {
      let lower = UInt64(0x41...0x5A ~= byte ? byte | 0x20 : byte)
      if index < 8 { parts.0 = parts.0 << 8 | lower } else { parts.1 = parts.1 << 8 | lower }
    }
    high = parts.0
    low = parts.1 << 8 | UInt64(name.count)
  }

  init(_ name: StaticString) {
    self.init(UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount))
  }

  static func < (left: PackedName, right: PackedName) -> Bool {
    left.high == right.high ? left.low < right.low : left.high < right.high
  }
}
