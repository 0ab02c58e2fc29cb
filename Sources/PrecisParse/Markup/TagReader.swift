import Glibc

/// Where an attribute of a tag lies.
struct TagAttribute {
  var name: Range<Int>
  var value: Range<Int>
}

extension MarkupRepair {
  /// Reads the start tag from `at` to `end` and hands on a well-formed one; false: it is no tag but text.
  mutating func startTag(_ p: UnsafePointer<UInt8>, _ at: Int, _ end: Int) -> Bool {
    var index = at + 1
    var isClean = true
    while index < end, Self.isNameByte(p[index]) {
      if p[index] >= 0x80 { isClean = false }
      index += 1
    }
    let nameRange = (at + 1)..<index
    // `<user@host>`, `<http://…>`: no tag has such a name.
    guard
      p[index] == 0x3E || p[index].isXMLSpace || (p[index] == 0x2F && p[index + 1] == 0x3E)
        || p[index] == 0x2F && p[index - 1] != 0x3A && p[index + 1] != 0x2F
    else { return false }
    attributes.removeAll(keepingCapacity: true)
    let isSelfClosed = readAttributes(p, from: index, to: end - 1, isClean: &isClean)
    if attributes.count > limits.maxAttributes {
      fail(.attributes, limits.maxAttributes)
      return true
    }
    if attributes.count > 1, hasDoubles(p) { isClean = false }
    let name = UnsafeBufferPointer(start: p + nameRange.lowerBound, count: nameRange.count)
    closeText()
    closeImplied(by: name)
    let isVoid = !isSelfClosed && Self.isVoid(name)
    if isClean, !isVoid {
      out.append(contentsOf: UnsafeBufferPointer(start: p + at, count: end - at))
    } else {
      rebuild(p, nameRange, isSelfClosed: isSelfClosed || isVoid)
    }
    if !isSelfClosed, !isVoid {
      push(name, isClean: isClean)
      if open.count > limits.maxDepth { fail(.depth, limits.maxDepth) }
    }
    return true
  }

  /// Reads the end tag from `at` to `end`; false: it is no tag but text.
  mutating func endTag(_ p: UnsafePointer<UInt8>, _ at: Int, _ end: Int) -> Bool {
    var index = at + 2
    while index < end, p[index].isXMLSpace { index += 1 }
    let start = index
    while index < end, Self.isNameByte(p[index]) { index += 1 }
    let name = UnsafeBufferPointer(start: p + start, count: index - start)
    guard name.count > 0, p[index] == 0x3E || p[index].isXMLSpace || p[index] == 0x2F else { return false }
    closeText()
    if open.endsWith(name) {
      closeInnermost()
    } else if let depth = Self.sanitised(name).withUnsafeBufferPointer({ open.depth(of: $0) }) {
      if depth > 0 {
        let text = String(decoding: name, as: UTF8.self)
        warn("elements inside <\(text.prefix(40))> were not closed")
      }
      for _ in 0...depth { closeInnermost() }
    } else if !Self.isVoid(name) {
      warn("</\(String(decoding: name, as: UTF8.self).prefix(40))> closes nothing that is open")
    }
    return true
  }

  /// Closes the innermost element.
  mutating func closeInnermost() {
    put("</")
    out.append(contentsOf: open.name(at: 0))
    out.append(0x3E)
    open.pop()
  }

  private mutating func push(_ name: UnsafeBufferPointer<UInt8>, isClean: Bool) {
    if isClean {
      open.push(name)
    } else {
      Self.sanitised(name).withUnsafeBufferPointer { open.push($0) }
    }
  }

  /// A name with `_` for what XML might not take in a name.
  private static func sanitised(_ name: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    name.map { $0 >= 0x80 ? 0x5F : $0 }
  }
}

extension MarkupRepair {
  /// Reads attributes up to the closing `>`; returns whether a `/` stands before it.
  private mutating func readAttributes(
    _ p: UnsafePointer<UInt8>, from: Int, to end: Int, isClean: inout Bool
  ) -> Bool {
    var at = from
    while true {
      let gap = at
      while at < end, p[at].isXMLSpace { at += 1 }
      guard at < end else { return false }
      if p[at] == 0x2F {
        if at + 1 == end { return true }
        isClean = false
        at += 1
        continue
      }
      if gap == at { isClean = false }
      let nameStart = at
      while at < end, Self.isNameByte(p[at]) {
        if p[at] >= 0x80 { isClean = false }
        at += 1
      }
      guard at > nameStart else {
        // A stray quote or sign between attributes.
        isClean = false
        at += 1
        continue
      }
      let name = nameStart..<at
      if !Self.isNameStart(p[nameStart]) { isClean = false }
      var look = at
      while look < end, p[look].isXMLSpace { look += 1 }
      guard look < end, p[look] == 0x3D else {
        isClean = false
        attributes.append(TagAttribute(name: name, value: name))
        continue
      }
      at = look + 1
      while at < end, p[at].isXMLSpace { at += 1 }
      let value = readValue(p, &at, end, isClean: &isClean)
      attributes.append(TagAttribute(name: name, value: value))
      if attributes.count > limits.maxAttributes { return false }
    }
  }

  private mutating func readValue(
    _ p: UnsafePointer<UInt8>, _ at: inout Int, _ end: Int, isClean: inout Bool
  ) -> Range<Int> {
    guard at < end, p[at] == 0x22 || p[at] == 0x27 else {
      isClean = false
      let start = at
      while at < end, !p[at].isXMLSpace, !(p[at] == 0x2F && at + 1 == end) { at += 1 }
      return start..<at
    }
    let quote = p[at]
    at += 1
    let start = at
    while at < end, p[at] != quote {
      if p[at] == 0x26 || p[at] == 0x3C { isClean = false }
      at += 1
    }
    let value = start..<at
    if at < end { at += 1 } else { isClean = false }
    return value
  }

  private mutating func hasDoubles(_ p: UnsafePointer<UInt8>) -> Bool {
    for later in 1..<attributes.count {
      let name = attributes[later].name
      for earlier in 0..<later where attributes[earlier].name.count == name.count {
        if memcmp(p + attributes[earlier].name.lowerBound, p + name.lowerBound, name.count) == 0 {
          return true
        }
      }
    }
    return false
  }

  /// Writes the tag anew: values quoted and escaped, doubles and impossible names left out.
  private mutating func rebuild(_ p: UnsafePointer<UInt8>, _ name: Range<Int>, isSelfClosed: Bool) {
    out.append(0x3C)
    appendName(p, name)
    for (index, attribute) in attributes.enumerated() where Self.isNameStart(p[attribute.name.lowerBound]) {
      let isDouble = attributes[..<index].contains { earlier in
        earlier.name.count == attribute.name.count
          && memcmp(p + earlier.name.lowerBound, p + attribute.name.lowerBound, earlier.name.count) == 0
      }
      if isDouble || p[attribute.name.upperBound - 1] == 0x3A { continue }
      out.append(0x20)
      appendName(p, attribute.name)
      put("=\"")
      appendValue(UnsafeBufferPointer(start: p + attribute.value.lowerBound, count: attribute.value.count))
      out.append(0x22)
    }
    if isSelfClosed { out.append(0x2F) }
    out.append(0x3E)
  }

  private mutating func appendName(_ p: UnsafePointer<UInt8>, _ name: Range<Int>) {
    for index in name { out.append(p[index] >= 0x80 ? 0x5F : p[index]) }
  }

  private mutating func appendValue(_ value: UnsafeBufferPointer<UInt8>) {
    var at = 0
    while at < value.count {
      guard value[at] == 0x26 else {
        appendEscaped(value[at])
        at += 1
        continue
      }
      switch Reference(value, at: at) {
      case .none, .incomplete:
        put("&amp;")
        at += 1
      case .character(let scalar, let end):
        var bytes: [UInt8] = []
        bytes.append(scalar: scalar)
        for byte in bytes { appendEscaped(byte) }
        at = end
      case .name(let range):
        let name = UnsafeBufferPointer(rebasing: value[range])
        if name.elementsEqual("amp".utf8) {
          put("&amp;")
        } else {
          for byte in resolved(name) { appendEscaped(byte) }
        }
        at = range.upperBound + 1
      }
    }
  }

  private mutating func appendEscaped(_ byte: UInt8) {
    switch byte {
    case 0x26: put("&amp;")
    case 0x3C: put("&lt;")
    case 0x22: put("&quot;")
    case 0x0A: put("&#10;")
    default: out.append(byte)
    }
  }

  /// HTML's paragraphs and list items end where the next one begins.
  private mutating func closeImplied(by name: UnsafeBufferPointer<UInt8>) {
    let isParagraph = name.count == 1 && name[0].asciiLower == 0x70
    let isListItem = name.count == 2 && name[0].asciiLower == 0x6C && name[1].asciiLower == 0x69
    if isParagraph || isListItem, open.endsWith(name) { closeInnermost() }
  }

  /// HTML elements without content that are seen unclosed in unescaped markup.
  private static func isVoid(_ name: UnsafeBufferPointer<UInt8>) -> Bool {
    guard 2...5 ~= name.count else { return false }
    switch (name[0].asciiLower, name[1].asciiLower, name.count) {
    case (0x62, 0x72, 2), (0x68, 0x72, 2): return true
    case (0x69, 0x6D, 3): return name[2].asciiLower == 0x67
    case (0x77, 0x62, 3): return name[2].asciiLower == 0x72
    case (0x69, 0x6E, 5): return name[2].asciiLower == 0x70
    default: return false
    }
  }

  private static func isNameStart(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x41...0x5A, 0x61...0x7A, 0x5F, 0x80...: return true
    default: return false
    }
  }

  @inline(__always)
  private static func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x61...0x7A, 0x41...0x5A, 0x30...0x3A, 0x2D, 0x2E, 0x5F, 0x80...: return true
    default: return false
    }
  }
}
