/// A page without what the parser need not see: scripts, styles, drawings and comments.
///
/// They are half of a page's bytes and none of its text. One pass over the bytes, linear; it also refuses tags
/// with more attributes than any page has, since libxml2 compares each attribute with all before it.
struct PageReduction {
  /// The bytes that are left; NUL bytes are spaces.
  private(set) var bytes: [UInt8] = []
  /// The scripts of type `application/ld+json`.
  private(set) var linkedData: [ArraySlice<UInt8>] = []

  private static let attributeLimit = 400
  private static let linkedDataLimit = 24

  /// Reduces a page in UTF-8.
  ///
  /// - Throws: `ExtractError.tooComplex` for a tag of more than 400 attributes.
  init(_ page: [UInt8]) throws(ExtractError) {
    bytes.reserveCapacity(page.count)
    var at = 0
    var from = 0
    let end = page.count
    while at < end {
      guard page[at] == 0x3C, at + 1 < end else {
        at += 1
        continue
      }
      let next = page[at + 1]
      if next == 0x21, at + 3 < end, page[at + 2] == 0x2D, page[at + 3] == 0x2D {
        append(page[from..<at])
        at = Self.commentEnd(page, from: at + 4)
        from = at
      } else if 0x61...0x7A ~= next | 0x20 {
        let tagEnd = try Self.tagEnd(page, from: at + 1)
        if let name = Self.rawElement(page, at: at + 1) {
          append(page[from..<at])
          let close = Self.closing(page, name: name, from: tagEnd)
          if name == Self.script, Self.isLinkedData(page[at..<tagEnd]),
            linkedData.count < Self.linkedDataLimit
          {
            linkedData.append(page[tagEnd..<close.start])
          }
          at = close.end
          from = at
          // What stood around it stays apart.
          bytes.append(0x20)
        } else {
          at = tagEnd
        }
      } else {
        at += 1
      }
    }
    append(page[from..<end])
  }

  private mutating func append(_ slice: ArraySlice<UInt8>) {
    let start = bytes.count
    bytes.append(contentsOf: slice)
    bytes.withUnsafeMutableBufferPointer { buffer in
      for at in start..<buffer.count where buffer[at] == 0 { buffer[at] = 0x20 }
    }
  }

  private static let script = Array("script".utf8)
  private static let rawElements = [script, Array("style".utf8), Array("svg".utf8)]

  /// The element that begins here, where its content is to be left out.
  private static func rawElement(_ page: [UInt8], at: Int) -> [UInt8]? {
    guard page[at] | 0x20 == 0x73 else { return nil }
    return rawElements.first { matches(page, $0, at: at) }
  }

  /// Whether the lower-case `name` stands here, whole.
  private static func matches(_ page: [UInt8], _ name: [UInt8], at: Int) -> Bool {
    guard at + name.count <= page.count else { return false }
    for index in 0..<name.count where page[at + index] | 0x20 != name[index] { return false }
    guard at + name.count < page.count else { return true }
    let next = page[at + name.count]
    return next == 0x3E || next == 0x2F || next == 0x20 || 0x09...0x0D ~= next
  }

  private static func commentEnd(_ page: [UInt8], from: Int) -> Int {
    var at = from
    if at < page.count, page[at] == 0x3E { return at + 1 }
    while at + 2 < page.count {
      if page[at] == 0x2D, page[at + 1] == 0x2D, page[at + 2] == 0x3E { return at + 3 }
      at += 1
    }
    return page.count
  }

  /// One past the `>` of the tag; quoted values may hold any byte.
  private static func tagEnd(_ page: [UInt8], from: Int) throws(ExtractError) -> Int {
    var at = from
    var attributes = 0
    var isBetween = false
    var quote: UInt8 = 0
    var afterEquals = false
    while at < page.count {
      let byte = page[at]
      at += 1
      if quote != 0 {
        if byte == quote {
          quote = 0
          isBetween = true
        }
      } else if byte == 0x3E {
        return at
      } else if byte == 0x20 || 0x09...0x0D ~= byte || byte == 0x2F || byte == 0 {
        isBetween = true
      } else {
        if isBetween, byte != 0x3D {
          if !afterEquals { attributes += 1 }
          isBetween = false
          if attributes > attributeLimit {
            throw .tooComplex(limit: "\(attributeLimit) attributes of one tag")
          }
        }
        if afterEquals, byte == 0x22 || byte == 0x27 {
          quote = byte
          afterEquals = false
        } else {
          afterEquals = byte == 0x3D
        }
      }
    }
    return page.count
  }

  /// Where the closing tag of a raw element begins and ends; the end of the page where there is none.
  private static func closing(_ page: [UInt8], name: [UInt8], from: Int) -> (start: Int, end: Int) {
    var at = from
    while at + 1 < page.count {
      if page[at] == 0x3C, page[at + 1] == 0x2F, matches(page, name, at: at + 2) {
        let start = at
        at += 2 + name.count
        while at < page.count, page[at] != 0x3E { at += 1 }
        return (start, min(at + 1, page.count))
      }
      at += 1
    }
    return (page.count, page.count)
  }

  private static let linkedDataType = Array("ld+json".utf8)

  private static func isLinkedData(_ tag: ArraySlice<UInt8>) -> Bool {
    guard tag.count > linkedDataType.count else { return false }
    for at in tag.startIndex...(tag.endIndex - linkedDataType.count)
    where tag[at] | 0x20 == 0x6C && tag[at..<(at + linkedDataType.count)].elementsEqual(linkedDataType) {
      return true
    }
    return false
  }
}
