/// Reads clean HTML with a parser of its own, strict and independent of the sanitiser, and says what is wrong.
enum MarkupCheck {
  private static let voids: Set<String> = ["br", "hr", "img", "source", "track", "wbr"]

  private static let elements: Set<String> = [
    "a", "abbr", "address", "article", "aside", "audio", "b", "bdi", "bdo", "blockquote", "br", "caption",
    "cite", "code", "dd", "del", "details", "dfn", "div", "dl", "dt", "em", "figcaption", "figure", "footer",
    "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "i", "img", "ins", "kbd", "li", "main", "mark",
    "nav", "ol", "p", "picture", "pre", "q", "rp", "rt", "ruby", "s", "samp", "section", "small", "source",
    "span", "strong", "sub", "summary", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "time", "tr",
    "track", "u", "ul", "var", "video", "wbr",
  ]

  private static let attributes: Set<String> = [
    "alt", "cite", "class", "colspan", "controls", "datetime", "dir", "height", "href", "kind", "label",
    "lang", "media", "open", "poster", "rel", "reversed", "rowspan", "scope", "sizes", "src", "srclang",
    "srcset", "start", "title", "type", "value", "width",
  ]

  private static let addresses: Set<String> = ["href", "src", "poster", "cite"]

  /// What is wrong with a piece of clean HTML; empty: nothing.
  static func faults(_ html: String) -> [String] {
    var faults: [String] = []
    var stack: [String] = []
    var rest = Substring(html)
    while let open = rest.firstIndex(of: "<") {
      if rest[..<open].contains(">") { faults.append("a bare > in text") }
      guard let close = rest[open...].firstIndex(of: ">") else { return faults + ["an unended tag"] }
      let tag = rest[rest.index(after: open)..<close]
      rest = rest[rest.index(after: close)...]
      if tag.hasPrefix("/") {
        if stack.popLast() != String(tag.dropFirst()) {
          faults.append("</\(tag.dropFirst())> does not match")
        }
        continue
      }
      let name = String(tag.prefix { $0 != " " })
      if !elements.contains(name) { faults.append("the element \(name)") }
      if !voids.contains(name) { stack.append(name) }
      check(tag.dropFirst(name.count), &faults)
    }
    if rest.contains(">") { faults.append("a bare > at the end") }
    if !stack.isEmpty { faults.append("unclosed: \(stack)") }
    if html.unicodeScalars.contains(where: { isForbidden($0.value) }) { faults.append("a control character") }
    return faults
  }

  private static func check(_ text: Substring, _ faults: inout [String]) {
    var text = text
    while !text.isEmpty {
      guard text.first == " ", let equals = text.firstIndex(of: "=") else {
        return faults.append("attributes \(text)")
      }
      let name = String(text[text.index(after: text.startIndex)..<equals])
      text = text[text.index(after: equals)...]
      guard text.first == "\"", let end = text.dropFirst().firstIndex(of: "\"") else {
        return faults.append("no quotes about \(name)")
      }
      let value = String(text[text.index(after: text.startIndex)..<end])
      text = text[text.index(after: end)...]
      if !attributes.contains(name) { faults.append("the attribute \(name)") }
      if value.contains(where: { $0 == "<" || $0 == "`" }) { faults.append("unescaped in \(name)") }
      if addresses.contains(name), !isSafe(value) { faults.append("the address \(value)") }
      if name == "srcset", value.split(separator: ",").contains(where: { $0.contains("script:") }) {
        faults.append("the image set \(value)")
      }
    }
  }

  private static func isSafe(_ value: String) -> Bool {
    [
      "https://", "http://", "mailto:", "tel:", "data:image/png;", "data:image/gif;", "data:image/jpeg;",
      "data:image/webp;",
    ]
    .contains { value.hasPrefix($0) }
  }

  private static func isForbidden(_ value: UInt32) -> Bool {
    value < 0x20 && value != 0x0A && value != 0x09 || 0x7F...0x9F ~= value
  }
}
