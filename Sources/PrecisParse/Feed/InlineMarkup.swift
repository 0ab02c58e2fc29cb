import PrecisModel

/// Elements inside a text (XHTML content, or HTML that a publisher forgot to escape) become markup again.
extension FeedState {
  mutating func startMarkup(
    _ name: XMLName, _ known: ElementCache.Known, _ attributes: XMLAttributes, in parent: Frame
  ) {
    var frame = Frame(element: .unknown, context: parent.context)
    frame.isMarkup = true
    frame.base = parent.base
    frame.language = parent.language
    frame.textStart = parent.textStart
    if attributes.count > 0 { inherit(attributes, into: &frame) }
    if parent.isMarkup == false {
      let last = frames.count - 1
      // RFC 4287 section 3.1.1.3: the `div` around XHTML is no part of it; what is inherited through it is.
      if parent.kind == .xhtml, !parent.hasMarkup, isDiv(name), isBlank(from: parent.textStart) {
        characters.removeLast(characters.count - parent.textStart)
        frame.isSilent = true
        if frame.base != parent.base { frames[last].base = frame.base }
      }
      frames[last].hasMarkup = true
    }
    frames.append(frame)
    textMode = .escaped
    if !frame.isSilent { writeStartTag(name, known, attributes, frame) }
  }

  mutating func endMarkup(_ frame: Frame) {
    guard !frame.isSilent, frame.nameLength > 0 else { return }
    let name = markupNames.suffix(frame.nameLength)
    characters.append(0x3C)
    characters.append(0x2F)
    characters.append(contentsOf: name)
    characters.append(0x3E)
    markupNames.removeLast(frame.nameLength)
  }

  private mutating func writeStartTag(
    _ name: XMLName, _ known: ElementCache.Known, _ attributes: XMLAttributes, _ frame: Frame
  ) {
    characters.append(0x3C)
    let nameStart = characters.count
    if known.vocabulary == .other
      || known.element != .unknown && known.vocabulary != .core && known.vocabulary != .xhtml,
      let prefix = name.prefix
    {
      append(cString: prefix)
      characters.append(0x3A)
    }
    append(cString: name.local)
    let nameLength = characters.count - nameStart
    let isVoid = Self.voidElements.contains { characters[nameStart...].elementsEqual($0.utf8) }
    for index in 0..<attributes.count { writeAttribute(attributes[index], frame) }
    if isVoid {
      characters.append(contentsOf: " />".utf8)
      return
    }
    characters.append(0x3E)
    markupNames.append(contentsOf: characters[nameStart..<(nameStart + nameLength)])
    frames[frames.count - 1].nameLength = nameLength
  }

  private mutating func writeAttribute(_ attribute: XMLAttribute, _ frame: Frame) {
    let isXML =
      attribute.prefix.map { $0[0] == 0x78 && $0[1] == 0x6D && $0[2] == 0x6C && $0[3] == 0 } ?? false
    if isXML, !attribute.isNamed("lang") { return }
    characters.append(0x20)
    if !isXML, let prefix = attribute.prefix {
      append(cString: prefix)
      characters.append(0x3A)
    }
    append(cString: attribute.local)
    characters.append(0x3D)
    characters.append(0x22)
    if frame.base != textBase, Self.addressAttributes.contains(String(cString: attribute.local)) {
      // The text has one base; an address under another is resolved here.
      let address = bases.resolve(attribute.text.trimmed, at: frame.base)
      Array(address.utf8).withUnsafeBufferPointer { appendEscaped($0) }
    } else {
      Array(attribute.text.utf8).withUnsafeBufferPointer { appendEscaped($0) }
    }
    characters.append(0x22)
  }

  /// The base of the text that is being written.
  private var textBase: Int { frames.last { !$0.isMarkup }?.base ?? 0 }

  mutating func appendEscaped(_ bytes: UnsafeBufferPointer<UInt8>) {
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
      characters.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[from..<index]))
      characters.append(
        contentsOf: UnsafeBufferPointer(start: replacement.utf8Start, count: replacement.utf8CodeUnitCount))
      from = index + 1
    }
    characters.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[from...]))
  }

  private mutating func append(cString: UnsafePointer<UInt8>) {
    var at = cString
    while at.pointee != 0 {
      characters.append(at.pointee)
      at += 1
    }
  }

  private mutating func isDiv(_ name: XMLName) -> Bool {
    name.local[0].asciiLower == 0x64 && name.local[1].asciiLower == 0x69 && name.local[2].asciiLower == 0x76
      && name.local[3] == 0
  }

  private mutating func isBlank(from start: Int) -> Bool { characters[start...].allSatisfy(\.isXMLSpace) }

  private static let voidElements: [StaticString] = [
    "br", "img", "hr", "input", "wbr", "area", "col", "embed", "param", "source", "track", "link", "meta",
    "base",
  ]
  private static let addressAttributes: Set<String> = [
    "href", "src", "cite", "poster", "action", "background", "longdesc", "usemap", "data", "codebase",
    "classid", "formaction", "profile", "dynsrc", "lowsrc",
  ]
}

extension StaticString {
  var utf8: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: utf8Start, count: utf8CodeUnitCount) }
}
