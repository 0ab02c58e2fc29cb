/// The elements that extraction tells apart; all others are `.other`.
enum Tag: UInt8 {
  case text, other
  case html, head, body, main, article, section, div, header, footer, nav, aside, form, fieldset
  case p, pre, blockquote, ul, ol, li, dl, dt, dd, figure, figcaption, hr, br, address, center, details,
    summary
  case h1, h2, h3, h4, h5, h6, hgroup
  case table, caption, thead, tbody, tfoot, tr, th, td, colgroup, col
  case a, abbr, b, bdi, bdo, cite, code, data, del, dfn, em, font, i, ins, kbd, mark, q, ruby, rt, rp, rb, s
  case samp, small, span, strike, strong, sub, sup, time, tt, u, `var`, big, wbr, label, legend
  case img, picture, source, video, audio, track, iframe, object, embed, param, canvas, svg, math, map, area
  case script, style, noscript, template, button, input, select, option, textarea, menu, dialog, output,
    datalist
  case title, meta, link, base
  case progress, meter, optgroup, frame, frameset, noframes, applet, marquee, search

  /// The elements by name; names are packed so that a look-up needs no string.
  private static let byName: [UInt64: Tag] = {
    var table: [UInt64: Tag] = [:]
    var raw: UInt8 = 2
    while let tag = Tag(rawValue: raw) {
      var name = "\(tag)"
      name.withUTF8 { table[pack($0)] = tag }
      raw += 1
    }
    return table
  }()

  /// The element of this lower-case name, ended by a zero byte.
  static func named(_ name: UnsafePointer<UInt8>) -> Tag {
    var length = 0
    while length < 16, name[length] != 0 { length += 1 }
    return byName[pack(UnsafeBufferPointer(start: name, count: length))] ?? .other
  }

  private static func pack(_ name: UnsafeBufferPointer<UInt8>) -> UInt64 {
    var packed: UInt64 = 0
    for byte in name { packed = (packed &* 31) ^ (packed >> 47) ^ UInt64(byte) }
    return packed << 5 | UInt64(name.count & 31)
  }

  /// Whether the element parts the text before it from the text after it.
  var isBlock: Bool {
    switch self {
    case .html, .body, .main, .article, .section, .div, .header, .footer, .nav, .aside, .form, .fieldset,
      .p, .pre, .blockquote, .ul, .ol, .li, .dl, .dt, .dd, .figure, .figcaption, .hr, .address, .center,
      .details, .summary, .h1, .h2, .h3, .h4, .h5, .h6, .hgroup, .table, .caption, .thead, .tbody, .tfoot,
      .tr, .th, .td, .menu, .dialog, .search, .legend, .iframe, .video, .audio:
      true
    default: false
    }
  }

  /// The level of a heading, 1 to 6; nil for other elements.
  var headingLevel: Int? {
    switch self {
    case .h1: 1
    case .h2: 2
    case .h3: 3
    case .h4: 4
    case .h5: 5
    case .h6: 6
    default: nil
    }
  }

  /// The element's name in HTML.
  var name: String { "\(self)" }

  /// Elements whose content is never an article's text.
  var isNeverContent: Bool {
    switch self {
    case .head, .script, .style, .template, .button, .input, .select, .textarea, .menu, .dialog, .output,
      .datalist, .svg, .canvas, .map, .object, .embed, .applet, .audio, .track, .param, .progress,
      .meter, .optgroup, .option, .frame, .frameset, .noframes, .nav, .search, .title, .link, .base, .iframe,
      .video, .math, .label:
      true
    default: false
    }
  }
}
