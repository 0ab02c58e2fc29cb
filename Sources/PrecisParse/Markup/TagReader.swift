import Glibc

extension MarkupReader {
  /// Reads the start tag from `at` to `end` and hands it on; false: it is no tag but text.
  @inline(__always)
  mutating func startTag(
    _ p: UnsafePointer<UInt8>, _ at: Int, _ nameEnd: Int, _ end: Int, _ n: Int
  ) -> Bool {
    let index = nameEnd
    // `<user@host>`, `<http://…>`: no tag has such a name.
    guard
      p[index] == 0x3E || p[index].isXMLSpace || (p[index] == 0x2F && p[index + 1] == 0x3E)
        || p[index] == 0x2F && p[index - 1] != 0x3A && p[index + 1] != 0x2F
    else { return false }
    let name = UnsafeBufferPointer(start: p + at + 1, count: index - at - 1)
    attributes.cut(to: 0)
    if !decodedValues.isEmpty { decodedValues.removeAll(keepingCapacity: true) }
    let isSelfClosed = p[index] != 0x3E && readAttributes(p, from: index, to: end - 1)
    if handler.hasFailed { return true }
    let key = NameKey(p + at + 1, length: name.count, readable: n - at - 1)
    if key.length <= 2 { closeImplied(by: key) }
    guard open.push(key) else {
      fail(.depth, limits.maxDepth)
      return true
    }
    if !attributes.isEmpty { bindNamespaces(p) }
    handOn(name, key, p)
    if isSelfClosed || Self.isVoid(key) { closeInnermost() }
    return true
  }

  @inline(__always)
  private func handOn(_ name: UnsafeBufferPointer<UInt8>, _ key: NameKey, _ p: UnsafePointer<UInt8>) {
    let prefixLength = key.mayHaveColon ? Self.prefixLength(name) : 0
    let prefix = UnsafeBufferPointer(start: name.baseAddress, count: max(0, prefixLength - 1))
    let element = XMLName(
      qualified: name, key: key, prefixLength: prefixLength, namespace: namespaces.namespace(of: prefix))
    guard !decodedValues.isEmpty else {
      return handler.start(element, XMLAttributes(tag: p, decoded: p, all: attributes.all))
    }
    decodedValues.withUnsafeBufferPointer { decoded in
      handler.start(element, XMLAttributes(tag: p, decoded: decoded.baseAddress ?? p, all: attributes.all))
    }
  }

  /// Reads the end tag from `at` to `end`; false: it is no tag but text.
  mutating func endTag(
    _ p: UnsafePointer<UInt8>, _ at: Int, _ nameEnd: Int, _ end: Int, _ n: Int
  ) -> Bool {
    var start = at + 2
    var index = nameEnd
    if index == start {
      while start < end, p[start].isXMLSpace { start += 1 }
      index = Self.nameEnd(p, start, end)
    }
    let name = UnsafeBufferPointer(start: p + start, count: index - start)
    guard name.count > 0, index < end, p[index] == 0x3E || p[index].isXMLSpace || p[index] == 0x2F else {
      return false
    }
    let key = NameKey(p + start, length: name.count, readable: n - start)
    if open.last == key {
      closeInnermost()
    } else if let depth = open.depth(of: key) {
      if depth > 0 {
        let text = String(decoding: name, as: UTF8.self)
        handler.warn("elements inside <\(text.prefix(40))> were not closed")
      }
      for _ in 0...depth { closeInnermost() }
    } else if !Self.isVoid(key) {
      handler.warn("</\(String(decoding: name, as: UTF8.self).prefix(40))> closes nothing that is open")
    }
    return true
  }

  /// HTML's paragraphs and list items end where the next one begins.
  private mutating func closeImplied(by name: NameKey) {
    let start = name.lowercasedStart
    if start == Self.word("p") || start == Self.word("li"), open.last == name { closeInnermost() }
  }
}

extension MarkupReader {
  /// Reads attributes up to the closing `>`; returns whether a `/` stands before it.
  ///
  /// Of two of one name the first counts; what can be no name of an attribute is passed over.
  private mutating func readAttributes(_ p: UnsafePointer<UInt8>, from: Int, to end: Int) -> Bool {
    var at = from
    var seen = 0
    while true {
      while at < end, p[at].isXMLSpace { at += 1 }
      guard at < end else { return false }
      if p[at] == 0x2F {
        if at + 1 == end { return true }
        at += 1
        continue
      }
      let nameStart = at
      at = Self.nameEnd(p, at, end)
      guard at > nameStart else {
        // A stray quote or sign between attributes.
        at += 1
        continue
      }
      let name = nameStart..<at
      seen += 1
      if seen > limits.maxAttributes {
        fail(.attributes, limits.maxAttributes)
        return false
      }
      var look = at
      while look < end, p[look].isXMLSpace { look += 1 }
      guard look < end, p[look] == 0x3D else {
        take(TagAttribute(name: name, value: name), p)
        continue
      }
      at = look + 1
      while at < end, p[at].isXMLSpace { at += 1 }
      readValue(of: name, p, &at, end)
    }
  }

  private mutating func readValue(
    of name: Range<Int>, _ p: UnsafePointer<UInt8>, _ at: inout Int, _ end: Int
  ) {
    var isPlain = true
    let value: Range<Int>
    if at < end, p[at] == 0x22 || p[at] == 0x27 {
      let quote = p[at]
      at += 1
      let start = at
      while at < end, p[at] != quote {
        if p[at] == 0x26 || p[at] < 0x20 { isPlain = false }
        at += 1
      }
      value = start..<at
      at = min(at + 1, end)
    } else {
      let start = at
      while at < end, !p[at].isXMLSpace, !(p[at] == 0x2F && at + 1 == end) {
        if p[at] == 0x26 { isPlain = false }
        at += 1
      }
      value = start..<at
    }
    if isPlain {
      take(TagAttribute(name: name, value: value), p)
    } else {
      let decoded = decode(UnsafeBufferPointer(start: p + value.lowerBound, count: value.count))
      take(TagAttribute(name: name, value: decoded, isDecoded: true), p)
    }
  }

  private mutating func take(_ attribute: TagAttribute, _ p: UnsafePointer<UInt8>) {
    let name = UnsafeBufferPointer(start: p + attribute.name.lowerBound, count: attribute.name.count)
    guard Self.isNameStart(name[0]), name[name.count - 1] != 0x3A else { return }
    for earlier in attributes.all where earlier.name.count == name.count {
      if memcmp(p + earlier.name.lowerBound, p + attribute.name.lowerBound, name.count) == 0 { return }
    }
    var attribute = attribute
    attribute.prefixLength = Self.prefixLength(name)
    // `seen` keeps to the limit.
    _ = attributes.append(attribute)
  }

  /// Decodes a value; XML takes line ends and tabs in it for spaces. Returns where it lies in `decodedValues`.
  private mutating func decode(_ value: UnsafeBufferPointer<UInt8>) -> Range<Int> {
    let start = decodedValues.count
    var at = 0
    while at < value.count {
      guard value[at] == 0x26 else {
        decodedValues.append(value[at] < 0x20 ? 0x20 : value[at])
        at += 1
        continue
      }
      switch Reference(value, at: at) {
      case .none, .incomplete:
        decodedValues.append(0x26)
        at += 1
      case .character(let scalar, let end):
        decodedValues.append(scalar: scalar)
        at = end
      case .name(let range):
        Self.append(UnsafeBufferPointer(rebasing: value[range]), to: &decodedValues, &entities)
        at = range.upperBound + 1
      }
    }
    checkExpansion()
    return start..<decodedValues.count
  }

  /// Takes the declarations of namespaces out of the attributes.
  private mutating func bindNamespaces(_ p: UnsafePointer<UInt8>) {
    guard attributes.all.contains(where: { Self.isXMLNS(p + $0.name.lowerBound, $0) }) else { return }
    var kept = 0
    for index in 0..<attributes.count {
      let attribute = attributes[index]
      let name = p + attribute.name.lowerBound
      guard Self.isXMLNS(name, attribute) else {
        attributes[kept] = attribute
        kept += 1
        continue
      }
      let address =
        attribute.isDecoded
        ? String(decoding: decodedValues[attribute.value], as: UTF8.self)
        : String(
          decoding: UnsafeBufferPointer(start: p + attribute.value.lowerBound, count: attribute.value.count),
          as: UTF8.self)
      let prefix = UnsafeBufferPointer(
        start: name + attribute.prefixLength,
        count: attribute.prefixLength == 0 ? 0 : attribute.name.count - attribute.prefixLength)
      namespaces.bind(
        prefix, to: address.isEmpty ? nil : handler.namespaces.place(of: address), depth: open.count)
    }
    attributes.cut(to: kept)
  }

  /// Whether an attribute declares a namespace: `xmlns`, `xmlns:…`.
  private static func isXMLNS(_ name: UnsafePointer<UInt8>, _ attribute: TagAttribute) -> Bool {
    attribute.prefixLength == (attribute.name.count == 5 ? 0 : 6) && attribute.name.count >= 5
      && memcmp(name, "xmlns", 5) == 0
  }
}

extension MarkupReader {
  /// Bytes up to and with the colon of a name; 0 where nothing stands on one of its sides.
  @inline(__always)
  private static func prefixLength(_ name: UnsafeBufferPointer<UInt8>) -> Int {
    for index in 0..<name.count where name[index] == 0x3A {
      return index == 0 || index + 1 == name.count ? 0 : index + 1
    }
    return 0
  }

  /// HTML elements without content that are seen unclosed in unescaped markup.
  @inline(__always)
  private static func isVoid(_ name: NameKey) -> Bool {
    guard 2...5 ~= name.length else { return false }
    let start = name.lowercasedStart
    return start == word("br") || start == word("hr") || start == word("img") || start == word("wbr")
      || start == word("input")
  }

  /// Up to eight characters as `NameKey` has them.
  @inline(__always)
  private static func word(_ text: StaticString) -> UInt64 {
    var word: UInt64 = 0
    for index in (0..<text.utf8CodeUnitCount).reversed() { word = word << 8 | UInt64(text.utf8Start[index]) }
    return word
  }

  private static func isNameStart(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x41...0x5A, 0x61...0x7A, 0x5F, 0x80...: return true
    default: return false
    }
  }

  /// The index after the bytes of a name.
  @inline(__always)
  static func nameEnd(_ p: UnsafePointer<UInt8>, _ from: Int, _ end: Int) -> Int {
    var at = from
    if at + 8 <= end {
      // Names are letters but for a few: eight bytes are looked at in one step.
      let word = UnsafeRawPointer(p).loadUnaligned(fromByteOffset: at, as: UInt64.self)
      let lower = word | 0x2020_2020_2020_2020
      let isLetter = (lower &+ 0x1F1F_1F1F_1F1F_1F1F) & ~(lower &+ 0x0505_0505_0505_0505) & ~word
      let stops = ~isLetter & 0x8080_8080_8080_8080
      at += stops == 0 ? 8 : stops.trailingZeroBitCount / 8
    }
    // Bit n: the character n, or 64 + n, may stand in a name: - . digits : letters _ and all beyond ASCII.
    let low: UInt64 = 0x07FF_6000_0000_0000
    let high: UInt64 = 0x07FF_FFFE_87FF_FFFE
    while at < end {
      let byte = p[at]
      let bits = byte < 0x40 ? low : byte < 0x80 ? high : .max
      guard bits >> UInt64(byte & 63) & 1 != 0 else { return at }
      at += 1
    }
    return at
  }
}
