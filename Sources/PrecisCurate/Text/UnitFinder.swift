/// Cuts a text into paragraphs, headings, list items and code.
struct UnitFinder {
  private(set) var units: [Document.Unit] = []

  private let bytes: UnsafeBufferPointer<UInt8>
  private let structure: StructureHints

  /// The units of a text: a blank line ends one, and so does the mark of a list item.
  init(_ bytes: UnsafeBufferPointer<UInt8>, structure: StructureHints) {
    self.bytes = bytes
    self.structure = structure
    var index = 0
    var start: Int?
    var isItem = false
    var lines = 0
    var before = 0..<0
    while index < bytes.count, units.count < Document.Limits.units {
      var end = index
      while end < bytes.count, bytes[end] != 0x0A { end += 1 }
      let content = firstContent(index, end)
      if content == end {
        if let from = start { close(from, index, isItem, lines) }
        start = nil
        lines = 0
      } else if let afterMark = Self.listMark(bytes, content, end) {
        if let from = start { close(from, index, isItem, lines) }
        start = afterMark
        isItem = true
        lines = 1
      } else if start != nil, isItem || !isTitle(before, of: content..<end) {
        lines += 1
      } else {
        if let from = start { close(from, before.upperBound, isItem, lines) }
        start = content
        isItem = false
        lines = 1
      }
      before = content..<end
      index = end + 1
    }
    if let from = start { close(from, min(index, bytes.count), isItem, lines) }
  }

  /// Whether a line is a title that only a line break parts from the text below it: it is much shorter than the next
  /// line, ends without a mark, and the next begins with a capital.
  private func isTitle(_ line: Range<Int>, of next: Range<Int>) -> Bool {
    guard !line.isEmpty, line.count * 5 < next.count * 3, line.count <= 160 else { return false }
    let last = bytes[line.upperBound - 1]
    let isMark = last < 0x80 && !(0x30...0x39).contains(last) && !(0x41...0x5A).contains(last & 0xDF)
    let value = Scalars.decode(bytes, at: next.lowerBound).value
    return !isMark && last < 0x80 && Scalars.classify(value) == .letter && !SentenceSplitter.isLower(value)
  }

  private func firstContent(_ from: Int, _ to: Int) -> Int {
    var at = from
    while at < to {
      let (value, length) = Scalars.decode(bytes, at: at)
      guard Scalars.classify(value) == .space || value == 0x200B || value == 0xFEFF else { break }
      at += length
    }
    return min(at, to)
  }

  private mutating func close(_ from: Int, _ to: Int, _ isItem: Bool, _ lines: Int) {
    var end = to
    while end > from, bytes[end - 1] <= 0x20 { end -= 1 }
    guard end > from else { return }
    let kind = structure.kind(of: bytes, from..<end) ?? guess(from, end, isItem, lines)
    units.append(Document.Unit(kind: kind, start: from, end: end))
  }

  private func guess(_ from: Int, _ end: Int, _ isItem: Bool, _ lines: Int) -> Document.Unit.Kind {
    var words = 0
    var signs = 0
    var letters = 0
    var wasSpace = true
    for byte in bytes[from..<end] {
      switch byte {
      case 0x61...0x7A, 0x41...0x5A, 0x80...0xFF: letters += 1
      case 0x7B, 0x7D, 0x3B, 0x3D, 0x3C, 0x3E, 0x5C, 0x7C, 0x24, 0x5F, 0x26, 0x40, 0x5B, 0x5D, 0x23, 0x2A:
        signs += 1
      default: break
      }
      let isSpace = byte <= 0x20
      if wasSpace, !isSpace { words += 1 }
      wasSpace = isSpace
    }
    if signs > 3, signs * 9 > letters { return .code }
    if isItem { return .listItem }
    let last = bytes[end - 1]
    let isClosed = [0x2E, 0x21, 0x3F, 0x3A, 0x3B, 0x2C, 0x22, 0x29].contains(last)
    // 。！？ and ” … end in these bytes after E3 80, EF BC and E2 80.
    let isWideClosed =
      end - from > 2 && (bytes[end - 3] == 0xE3 || bytes[end - 3] == 0xEF || bytes[end - 3] == 0xE2)
    let isShort = words <= 14 && end - from <= 160
    return lines == 1 && isShort && !isClosed && !isWideClosed ? .heading : .paragraph
  }

  /// Where an item begins after its mark: "- ", "* ", "• ", "1. ", "2) "; nil where no mark stands.
  private static func listMark(_ bytes: UnsafeBufferPointer<UInt8>, _ from: Int, _ end: Int) -> Int? {
    let (value, length) = Scalars.decode(bytes, at: from)
    var at = from + length
    switch value {
    case 0x2D, 0x2A, 0x2B, 0x2022, 0x2023, 0x25E6, 0x25AA, 0x25CF, 0xB7, 0x2013, 0x2043, 0x27A4, 0x2192: break
    case 0x30...0x39:
      while at < end, at - from < 3, (0x30...0x39).contains(bytes[at]) { at += 1 }
      guard at < end, bytes[at] == 0x2E || bytes[at] == 0x29 else { return nil }
      at += 1
    default: return nil
    }
    guard at < end, bytes[at] == 0x20 || bytes[at] == 0x09 else { return nil }
    while at < end, bytes[at] == 0x20 || bytes[at] == 0x09 { at += 1 }
    return at < end ? at : nil
  }
}
