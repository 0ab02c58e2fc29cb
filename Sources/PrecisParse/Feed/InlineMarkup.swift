import PrecisModel

/// Elements inside a text (XHTML content, or HTML that a publisher forgot to escape) become markup again.
extension FeedReader {
  func startMarkup(
    _ name: XMLName, _ known: ElementCache.Known, _ attributes: XMLAttributes, in parent: Frame
  ) {
    var frame = Frame(element: .unknown, inside: parent, textStart: parent.textStart)
    frame.isMarkup = true
    if attributes.count > 0 { inherit(attributes, into: &frame) }
    if parent.isMarkup == false {
      let last = frames.count - 1
      // RFC 4287 section 3.1.1.3: the `div` around XHTML is no part of it; what is inherited through it is.
      if parent.kind == .xhtml, !parent.hasMarkup, isDiv(name), isBlank(from: parent.textStart) {
        characters.cut(to: parent.textStart)
        frame.isSilent = true
        if frame.base != parent.base { frames[last].base = frame.base }
      }
      frames[last].hasMarkup = true
    }
    open(frame)
    textMode = frame.textMode
    if !frame.isSilent { writeStartTag(name, known, attributes, frame) }
  }

  func endMarkup(_ frame: Frame) {
    guard !frame.isSilent, frame.nameLength > 0 else { return }
    let start = markupNames.count - frame.nameLength
    characters.append("</")
    characters.append(markupNames[start..<markupNames.count])
    characters.append(0x3E)
    markupNames.cut(to: start)
  }

  private func writeStartTag(
    _ name: XMLName, _ known: ElementCache.Known, _ attributes: XMLAttributes, _ frame: Frame
  ) {
    characters.append(0x3C)
    let nameStart = characters.count
    let keepsPrefix =
      known.vocabulary == .other
      || known.element != .unknown && known.vocabulary != .core && known.vocabulary != .xhtml
    characters.append(keepsPrefix ? name.qualified : name.local)
    let written = nameStart..<characters.count
    let isVoid = Self.voidElements.contains { characters[written].elementsEqual($0.utf8) }
    for index in 0..<attributes.count { writeAttribute(attributes[index], frame) }
    if isVoid {
      characters.append(" />")
      return
    }
    characters.append(0x3E)
    markupNames.append(characters[written])
    frames[frames.count - 1].nameLength = written.count
  }

  private func writeAttribute(_ attribute: XMLAttribute, _ frame: Frame) {
    let isXML = attribute.isOfXML
    if isXML, !attribute.isNamed("lang") { return }
    characters.append(0x20)
    let name = UnsafeBufferPointer(rebasing: attribute.qualified[(isXML ? attribute.prefixLength : 0)...])
    characters.append(name)
    characters.append("=\"")
    if frame.base != textBase, Self.addressAttributes.contains(String(decoding: name, as: UTF8.self)) {
      // The text has one base; an address under another is resolved here.
      let address = bases.resolve(attribute.text.trimmed, at: frame.base)
      Array(address.utf8).withUnsafeBufferPointer { appendEscaped($0) }
    } else {
      appendEscaped(attribute.value)
    }
    characters.append(0x22)
  }

  /// The base of the text that is being written.
  private var textBase: Int {
    (0..<frames.count).last { !frames[$0].isMarkup }.map { frames[$0].base } ?? 0
  }

  func appendEscaped(_ bytes: UnsafeBufferPointer<UInt8>) {
    var from = 0
    for index in 0..<bytes.count {
      let replacement: StaticString
      switch bytes[index] {
      case 0x26: replacement = "&amp;"
      case 0x3C: replacement = "&lt;"
      case 0x3E: replacement = "&gt;"
      case 0x22: replacement = "&quot;"
      default: continue
      }
      characters.append(UnsafeBufferPointer(rebasing: bytes[from..<index]))
      characters.append(replacement)
      from = index + 1
    }
    characters.append(UnsafeBufferPointer(rebasing: bytes[from...]))
  }

  private func isDiv(_ name: XMLName) -> Bool {
    let local = name.local
    return local.count == 3 && local[0].asciiLower == 0x64 && local[1].asciiLower == 0x69
      && local[2].asciiLower == 0x76
  }

  private func isBlank(from start: Int) -> Bool {
    characters[start..<characters.count].allSatisfy(\.isXMLSpace)
  }

  private static let voidElements: [StaticString] = [
    "br", "img", "hr", "input", "wbr", "area", "col", "embed", "param", "source", "track", "link", "meta",
    "base",
  ]
  private static let addressAttributes: Set<String> = [
    "href", "src", "cite", "poster", "action", "background", "longdesc", "usemap", "data", "codebase",
    "classid", "formaction", "profile", "dynsrc", "lowsrc",
  ]
}
