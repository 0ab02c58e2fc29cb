import Glibc
import PrecisEntities

/// Reads XML as publishers write it, as it streams by: never strict, never stuck.
///
/// The XML declaration, comments, processing instructions and document types are passed over (the entities that a
/// document type declares are known), `&` and `<` that begin nothing are text, HTML's entities are resolved, what was
/// left open is closed, end tags of what was never opened are dropped, and a second document behind the first is read
/// as well. Input is clean UTF-8 in any pieces; the events do not depend on the cuts but for how text is cut.
struct MarkupReader<Handler: XMLHandler> {
  let handler: Handler
  let limits: ParseLimits
  let open: OpenElements
  var namespaces = NamespaceScope()
  var entities: DocumentEntities
  private var state = MarkupState.prolog
  private var held: [UInt8] = []
  private var tag = TagScanner()
  private var doctype = DoctypeScanner()
  private var sawMarkup = false
  /// Reused for references in texts.
  private var resolvedText: [UInt8] = []
  /// Reused by the tag reader.
  let attributes: FixedStack<TagAttribute>
  var decodedValues: [UInt8] = []

  init(handler: Handler, limits: ParseLimits, leadingLines: Int = 0) {
    self.handler = handler
    self.limits = limits
    open = OpenElements(capacity: limits.maxDepth)
    attributes = FixedStack(capacity: limits.maxAttributes)
    entities = DocumentEntities(budget: limits.maxExpansion)
    handler.lines.skip(leadingLines)
  }

  /// Whether anything but white space and junk was met.
  var foundMarkup: Bool { sawMarkup }

  /// Takes the next clean bytes.
  mutating func consume(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard !handler.hasFailed, let base = bytes.baseAddress else { return }
    if held.isEmpty {
      let used = run(base, bytes.count, isLast: false)
      if used < bytes.count { held.append(contentsOf: bytes[used...]) }
    } else {
      var joined = held
      held = []
      joined.append(contentsOf: bytes)
      let used = joined.withUnsafeBufferPointer {
        $0.baseAddress.map { run($0, joined.count, isLast: false) } ?? 0
      }
      joined.removeFirst(used)
      held = joined
    }
  }

  /// Ends the document: what is open is closed.
  mutating func finish() {
    guard !handler.hasFailed else { return }
    let rest = held
    held = []
    rest.withUnsafeBufferPointer { bytes in
      guard let base = bytes.baseAddress else { return }
      var at = 0
      while at < bytes.count, !handler.hasFailed {
        let used = run(base + at, bytes.count - at, isLast: true)
        if used == 0 { break }
        at += used
      }
    }
    if open.count > 0 { handler.warn("the document ends before its elements are closed") }
    while open.count > 0 { closeInnermost() }
  }

  /// Closes the innermost element.
  mutating func closeInnermost() { closeInnermostInline() }

  @inline(__always)
  private mutating func closeInnermostInline() {
    namespaces.release(depth: open.count)
    open.pop()
    handler.end()
  }

  func fail(_ limit: ParseError.Limit, _ value: Int) { handler.fail(.limit(limit, value)) }
}

private enum MarkupState { case prolog, text, cdata, comment, instruction, declaration }

extension MarkupReader {
  /// Works through `n` bytes and returns how many were used up; the rest needs more input.
  private mutating func run(_ p: UnsafePointer<UInt8>, _ n: Int, isLast: Bool) -> Int {
    handler.lines.begin(p)
    var at = 0
    while at < n, !handler.hasFailed {
      handler.lines.move(to: p + at)
      let next: Int?
      switch state {
      case .prolog: next = prolog(p, at, n)
      case .text: next = text(p, at, n, isLast)
      case .cdata: next = cdata(p, at, n, isLast)
      case .comment: next = skip(p, at, n, isLast, past: "-->")
      case .instruction: next = skip(p, at, n, isLast, past: "?>")
      case .declaration: next = declaration(p, at, n)
      }
      // nil: more input is needed.
      guard let next else { break }
      at = next
    }
    handler.lines.move(to: p + at)
    handler.lines.end()
    return at
  }

  /// Before the first tag: junk is passed over.
  private mutating func prolog(_ p: UnsafePointer<UInt8>, _ at: Int, _ n: Int) -> Int? {
    guard let found = Self.find(0x3C, p, at, n) else { return n }
    state = .text
    return found
  }

  private mutating func text(_ p: UnsafePointer<UInt8>, _ at: Int, _ n: Int, _ isLast: Bool) -> Int? {
    let stop = Self.textRun(p, at, n)
    if stop > at {
      hand(p, at, stop)
      guard stop < n else { return n }
      handler.lines.move(to: p + stop)
    }
    let next = p[stop] == 0x3C ? markup(p, stop, n, isLast) : reference(p, stop, n, isLast)
    return next ?? (stop > at ? stop : nil)
  }

  /// Hands on characters as they stand; before the first tag they are junk.
  @inline(__always)
  private func hand(_ p: UnsafePointer<UInt8>, _ from: Int, _ to: Int) {
    if sawMarkup, to > from { handler.text(UnsafeBufferPointer(start: p + from, count: to - from)) }
  }

  /// The next index whose byte is `&` or `<`.
  @inline(__always)
  private static func textRun(_ p: UnsafePointer<UInt8>, _ from: Int, _ n: Int) -> Int {
    var at = from
    let raw = UnsafeRawPointer(p)
    let ones: UInt64 = 0x0101_0101_0101_0101
    while at + 8 <= n {
      let word = raw.loadUnaligned(fromByteOffset: at, as: UInt64.self)
      let less = word ^ 0x3C &* ones
      let ampersand = word ^ 0x26 &* ones
      let found = ((less &- ones) & ~less | (ampersand &- ones) & ~ampersand) & 0x8080_8080_8080_8080
      if found != 0 { return at + found.trailingZeroBitCount / 8 }
      at += 8
    }
    while at < n, p[at] != 0x26, p[at] != 0x3C { at += 1 }
    return at
  }

  private mutating func reference(_ p: UnsafePointer<UInt8>, _ at: Int, _ n: Int, _ isLast: Bool) -> Int? {
    if let (character, end) = Self.predefined(p, at + 1, n) {
      if sawMarkup { handler.text(character.utf8) }
      return end
    }
    let bytes = UnsafeBufferPointer(start: p, count: n)
    let reference = Reference(bytes, at: at)
    if case .incomplete = reference, !isLast { return nil }
    guard sawMarkup else { return at + 1 }
    if !resolvedText.isEmpty { resolvedText.removeAll(keepingCapacity: true) }
    var end = at + 1
    switch reference {
    case .incomplete, .none: resolvedText.append(0x26)
    case .character(let scalar, let after):
      resolvedText.append(scalar: scalar)
      end = after
    case .name(let range):
      Self.append(UnsafeBufferPointer(rebasing: bytes[range]), to: &resolvedText, &entities)
      checkExpansion()
      end = range.upperBound + 1
    }
    resolvedText.withUnsafeBufferPointer { handler.text($0) }
    return end
  }

  /// The character that one of XML's own names stands for (section 4.6), and the index after its `;`.
  @inline(__always)
  private static func predefined(
    _ p: UnsafePointer<UInt8>, _ at: Int, _ n: Int
  ) -> (character: StaticString, end: Int)? {
    guard at + 4 < n else { return nil }
    let four = UnsafeRawPointer(p + at).loadUnaligned(as: UInt32.self).littleEndian
    switch four & 0x00FF_FFFF {
    case 0x3B746C: return ("<", at + 3)
    case 0x3B7467: return (">", at + 3)
    case 0x706D61 where four >> 24 == 0x3B: return ("&", at + 4)
    case 0x6F7571 where four >> 24 == 0x74 && p[at + 4] == 0x3B: return ("\"", at + 5)
    case 0x6F7061 where four >> 24 == 0x73 && p[at + 4] == 0x3B: return ("'", at + 5)
    default: return nil
    }
  }

  /// Appends what a name stands for in this document; itself with `&` and `;` where nobody knows.
  static func append(
    _ name: UnsafeBufferPointer<UInt8>, to out: inout [UInt8], _ entities: inout DocumentEntities
  ) {
    switch (name.count, name[0]) {
    case (2, 0x6C) where name[1] == 0x74: out.append(0x3C)
    case (2, 0x67) where name[1] == 0x74: out.append(0x3E)
    case (3, 0x61) where name[1] == 0x6D && name[2] == 0x70: out.append(0x26)
    case (4, 0x71) where name[1] == 0x75 && name[2] == 0x6F && name[3] == 0x74: out.append(0x22)
    case (4, 0x61) where name[1] == 0x70 && name[2] == 0x6F && name[3] == 0x73: out.append(0x27)
    default:
      if let value = entities.expansion(of: name) {
        out.append(contentsOf: value)
      } else if !NamedReference.append(name, to: &out) {
        out.append(0x26)
        out.append(contentsOf: name)
        out.append(0x3B)
      }
    }
  }

  func checkExpansion() {
    if entities.isExhausted { fail(.expansion, limits.maxExpansion) }
  }

  private mutating func cdata(_ p: UnsafePointer<UInt8>, _ at: Int, _ n: Int, _ isLast: Bool) -> Int? {
    var index = at
    while let found = Self.find(0x5D, p, index, n) {
      if found + 2 < n {
        if p[found + 1] == 0x5D, p[found + 2] == 0x3E {
          hand(p, at, found)
          state = .text
          return found + 3
        }
      } else if !isLast {
        hand(p, at, found)
        return found > at ? found : nil
      }
      index = found + 1
    }
    hand(p, at, n)
    return n
  }

  @inline(__always)
  static func find(_ byte: UInt8, _ p: UnsafePointer<UInt8>, _ from: Int, _ n: Int) -> Int? {
    guard from < n, let found = memchr(p + from, Int32(byte), n - from) else { return nil }
    return UnsafeRawPointer(found) - UnsafeRawPointer(p)
  }
}

extension MarkupReader {
  /// At a `<`.
  private mutating func markup(_ p: UnsafePointer<UInt8>, _ at: Int, _ n: Int, _ isLast: Bool) -> Int? {
    guard at + 1 < n else { return isLast ? literal(p, at) : nil }
    switch p[at + 1] {
    case 0x2F: return closeInnermost(p, at, n) ?? wholeTag(p, at, n, isLast)
    case 0x41...0x5A, 0x61...0x7A, 0x5F, 0x80...: return wholeTag(p, at, n, isLast)
    case 0x21: return bang(p, at, n, isLast)
    case 0x3F:
      state = .instruction
      return at + 2
    default: return literal(p, at)
    }
  }

  /// A `<` that begins nothing.
  private func literal(_ p: UnsafePointer<UInt8>, _ at: Int) -> Int? {
    hand(p, at, at + 1)
    return at + 1
  }

  /// Reads an end tag of the innermost element with nothing else in it, as most are; returns the index after it.
  @inline(__always)
  private mutating func closeInnermost(_ p: UnsafePointer<UInt8>, _ at: Int, _ n: Int) -> Int? {
    guard let last = open.last else { return nil }
    let start = at + 2
    let end = start + last.length
    guard end < n, p[end] == 0x3E, NameKey(p + start, length: last.length, readable: n - start) == last else {
      return nil
    }
    if !tag.isNew { tag = TagScanner() }
    closeInnermostInline()
    return end + 1
  }

  private mutating func wholeTag(_ p: UnsafePointer<UInt8>, _ at: Int, _ n: Int, _ isLast: Bool) -> Int? {
    let isEnd = p[at + 1] == 0x2F
    let nameStart = isEnd ? at + 2 : at + 1
    // A tag that comes in pieces is looked at once, by the scanner.
    let isNew = tag.isNew
    var nameEnd = isNew ? Self.nameEnd(p, nameStart, n) : n
    let end: Int
    if nameEnd < n, p[nameEnd] == 0x3E {
      // `<title>`: most tags have nothing else in them.
      end = nameEnd + 1
    } else {
      switch wholeTagEnd(p, at, n, isLast) {
      case .end(let index): end = index
      case .needsMore: return nil
      case .text: return literal(p, at)
      case .ended: return n
      }
      if !isNew { nameEnd = Self.nameEnd(p, nameStart, end) }
    }
    let isTag = isEnd ? endTag(p, at, nameEnd, end, n) : startTag(p, at, nameEnd, end, n)
    guard isTag else { return literal(p, at) }
    sawMarkup = true
    return end
  }

  /// Finds the end of a tag that has attributes, or that is cut.
  private mutating func wholeTagEnd(
    _ p: UnsafePointer<UInt8>, _ at: Int, _ n: Int, _ isLast: Bool
  ) -> TagScanner.Result {
    var result = tag.scan(p, from: at, to: n)
    if case .needsMore = result {
      if n - at > limits.maxTagBytes {
        fail(.tagBytes, limits.maxTagBytes)
        return .ended
      }
      guard isLast else { return .needsMore }
      // A document cut inside a tag: what is left of the tag is no text.
      result = tag.endAtEOF(from: at).map { .end($0) } ?? .ended
    }
    tag = TagScanner()
    if case .end(let end) = result, end - at > limits.maxTagBytes {
      fail(.tagBytes, limits.maxTagBytes)
      return .ended
    }
    return result
  }

  private mutating func bang(_ p: UnsafePointer<UInt8>, _ at: Int, _ n: Int, _ isLast: Bool) -> Int? {
    let count = n - at
    func isPrefix(_ text: StaticString) -> Bool? {
      for index in 0..<min(count, text.utf8CodeUnitCount) {
        guard p[at + index].asciiLower == text.utf8Start[index] else { return false }
      }
      return count >= text.utf8CodeUnitCount ? true : nil
    }
    let cdata = isPrefix("<![cdata[")
    if cdata == true {
      if sawMarkup { state = .cdata }
      return at + 9
    }
    let comment = isPrefix("<!--")
    if comment == true {
      state = .comment
      return at + 4
    }
    let doctype = isPrefix("<!doctype")
    if doctype == true {
      state = .declaration
      return at
    }
    if !isLast, comment == nil || cdata == nil || doctype == nil { return nil }
    return literal(p, at)
  }

  private mutating func declaration(_ p: UnsafePointer<UInt8>, _ at: Int, _ n: Int) -> Int? {
    guard let end = doctype.scan(p, from: at, to: n) else { return nil }
    entities.read(doctype: UnsafeBufferPointer(start: p + at, count: end - at))
    doctype = DoctypeScanner()
    state = .text
    return end
  }

  /// Passes over a comment or an instruction.
  private mutating func skip(
    _ p: UnsafePointer<UInt8>, _ at: Int, _ n: Int, _ isLast: Bool, past terminator: StaticString
  ) -> Int? {
    let count = terminator.utf8CodeUnitCount
    var index = at
    while let found = Self.find(terminator.utf8Start[0], p, index, n) {
      guard found + count <= n else {
        if isLast { return n }
        return found > at ? found : nil
      }
      if memcmp(p + found, terminator.utf8Start, count) == 0 {
        state = .text
        return found + count
      }
      index = found + 1
    }
    return n
  }
}
