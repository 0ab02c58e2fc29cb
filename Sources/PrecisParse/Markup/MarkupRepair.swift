import Glibc

/// Makes well-formed XML of what publishers send, as it streams by, so that libxml2 never has to give up.
///
/// It drops the XML declaration, comments, processing instructions and document types (whose entities it expands
/// itself), escapes `&` and `<` that begin nothing, resolves HTML's entities, closes what was left open, drops end
/// tags of what was never opened, and wraps everything in one root of its own, so that a second document behind
/// the first is read as well. Text that holds references goes out as CDATA, which libxml2 reads several times
/// faster. Input is clean UTF-8 in any pieces; the output does not depend on the cuts.
struct MarkupRepair {
  private let source: XMLSource
  let handler: XMLHandler
  let limits: ParseLimits
  var out: [UInt8] = []
  var open = OpenElements()
  var entities: DocumentEntities
  var isCDATAOpen = false
  private var state = State.prolog
  private var held: [UInt8] = []
  private var tag = TagScanner()
  private var doctype = DoctypeScanner()
  private var sawMarkup = false
  private var warningCount = 0
  /// Whether the document is not read on; the handler's word for it costs more to ask for.
  private var hasFailed = false
  /// Reused by the tag reader.
  var attributes: [TagAttribute] = []

  enum State { case prolog, text, cdata, comment, instruction, declaration }
  enum Step {
    /// Go on at this index.
    case next(Int)
    case needsMore
  }

  private static let flushSize = 32_768
  private static let longRun = 512

  init(handler: XMLHandler, limits: ParseLimits, leadingLines: Int = 0) {
    self.handler = handler
    self.limits = limits
    source = XMLSource(handler: handler)
    entities = DocumentEntities(budget: limits.maxExpansion)
    out.reserveCapacity(Self.flushSize * 2)
    // Lines are counted by libxml2: it gets those that it would not see.
    put("<precis>")
    for _ in 0..<min(leadingLines, 100_000) { out.append(0x0A) }
  }

  /// Whether anything but white space and junk was met.
  var foundMarkup: Bool { sawMarkup }

  /// Takes the next clean bytes.
  mutating func consume(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard !hasFailed, let base = bytes.baseAddress else { return }
    if held.isEmpty {
      let used = run(base, bytes.count, isLast: false)
      if used < bytes.count { held.append(contentsOf: bytes[used...]) }
    } else {
      held.append(contentsOf: bytes)
      let used = held.withUnsafeBufferPointer {
        $0.baseAddress.map { run($0, held.count, isLast: false) } ?? 0
      }
      held.removeFirst(used)
    }
  }

  /// Hands what is ready to libxml2.
  mutating func flush() {
    guard !out.isEmpty else { return }
    out.withUnsafeBufferPointer { source.parse($0) }
    out.removeAll(keepingCapacity: true)
    if handler.failure != nil { hasFailed = true }
  }

  /// Ends the document: what is open is closed.
  mutating func finish() {
    if handler.failure == nil {
      let rest = held
      held = []
      rest.withUnsafeBufferPointer { bytes in
        guard let base = bytes.baseAddress else { return }
        var at = 0
        while at < bytes.count, !hasFailed {
          let used = run(base + at, bytes.count - at, isLast: true)
          if used == 0 { break }
          at += used
        }
      }
      closeText()
      if open.count > 0 { warn("the document ends before its elements are closed") }
      while open.count > 0 { closeInnermost() }
      put("</precis>")
      flush()
    }
    source.finish()
  }

  /// A warning at the place that was reached.
  mutating func warn(_ message: String) {
    // Beyond what is kept, the line is of no use, and small flushes cost.
    if warningCount < limits.maxWarnings { flush() }
    warningCount += 1
    handler.warn(message)
  }

  mutating func fail(_ limit: ParseError.Limit, _ value: Int) {
    hasFailed = true
    if handler.failure == nil { handler.failure = .limit(limit, value) }
  }
}

extension MarkupRepair {
  /// Works through `n` bytes and returns how many were used up; the rest needs more input.
  private mutating func run(_ p: UnsafePointer<UInt8>, _ n: Int, isLast: Bool) -> Int {
    var at = 0
    while at < n, !hasFailed {
      let step: Step
      switch state {
      case .prolog: step = prolog(p, at, n)
      case .text: step = text(p, at, n, isLast)
      case .cdata: step = cdata(p, at, n, isLast)
      case .comment: step = skip(p, at, n, isLast, past: "-->")
      case .instruction: step = skip(p, at, n, isLast, past: "?>")
      case .declaration: step = declaration(p, at, n)
      }
      guard case .next(let index) = step else { break }
      at = index
      if out.count >= Self.flushSize { flush() }
    }
    return at
  }

  /// Before the first tag: junk is passed over, line ends are kept so that lines are counted right.
  private mutating func prolog(_ p: UnsafePointer<UInt8>, _ at: Int, _ n: Int) -> Step {
    var index = at
    while index < n, p[index] != 0x3C {
      if p[index] == 0x0A { out.append(0x0A) }
      index += 1
    }
    state = .text
    if index == n { state = .prolog }
    return .next(index)
  }

  private mutating func text(_ p: UnsafePointer<UInt8>, _ at: Int, _ n: Int, _ isLast: Bool) -> Step {
    let stop = Self.textRun(p, at, n)
    if stop > at {
      if sawMarkup {
        out.append(contentsOf: UnsafeBufferPointer(start: p + at, count: stop - at))
      } else {
        for index in at..<stop where p[index] == 0x0A { out.append(0x0A) }
      }
      return .next(stop)
    }
    switch p[at] {
    case 0x26: return reference(p, at, n, isLast)
    case 0x3E:
      closeBracket()
      return .next(at + 1)
    default: return markup(p, at, n, isLast)
    }
  }

  /// The next index whose byte is `&`, `<` or `>`.
  @inline(__always)
  private static func textRun(_ p: UnsafePointer<UInt8>, _ from: Int, _ n: Int) -> Int {
    var at = from
    let raw = UnsafeRawPointer(p)
    while at + 8 <= n {
      // `<` is 0x3C and `>` 0x3E; with bit 1 set both are 0x3E, which only they and nothing else become.
      let word = raw.loadUnaligned(fromByteOffset: at, as: UInt64.self)
      let angle = (word | 0x0202_0202_0202_0202) ^ 0x3E3E_3E3E_3E3E_3E3E
      let ampersand = word ^ 0x2626_2626_2626_2626
      let found =
        ((angle &- 0x0101_0101_0101_0101) & ~angle | (ampersand &- 0x0101_0101_0101_0101) & ~ampersand)
        & 0x8080_8080_8080_8080
      if found != 0 { return at + found.trailingZeroBitCount / 8 }
      at += 8
    }
    while at < n, p[at] != 0x26, p[at] != 0x3C, p[at] != 0x3E { at += 1 }
    return at
  }

  /// A `>` in text: legal, but not behind `]]`.
  private mutating func closeBracket() {
    guard sawMarkup else { return }
    if !isCDATAOpen {
      put("&gt;")
    } else {
      if out.isEmpty || out.last == 0x5D { put("]]><![CDATA[") }
      out.append(0x3E)
    }
  }

  private mutating func reference(_ p: UnsafePointer<UInt8>, _ at: Int, _ n: Int, _ isLast: Bool) -> Step {
    let bytes = UnsafeBufferPointer(start: p, count: n)
    let reference = Reference(bytes, at: at)
    if case .incomplete = reference, !isLast { return .needsMore }
    guard sawMarkup else { return .next(at + 1) }
    openCDATA()
    switch reference {
    case .incomplete, .none:
      out.append(0x26)
      return .next(at + 1)
    case .character(let scalar, let end):
      if scalar == 0x3E { closeBracket() } else { out.append(scalar: scalar) }
      return .next(end)
    case .name(let range):
      appendNamed(UnsafeBufferPointer(rebasing: bytes[range]))
      return .next(range.upperBound + 1)
    }
  }

  private mutating func appendNamed(_ name: UnsafeBufferPointer<UInt8>) {
    switch (name.count, name[0]) {
    case (2, 0x6C) where name[1] == 0x74: out.append(0x3C)
    case (2, 0x67) where name[1] == 0x74: closeBracket()
    case (3, 0x61) where name[1] == 0x6D && name[2] == 0x70: out.append(0x26)
    case (4, 0x71) where name[1] == 0x75 && name[2] == 0x6F && name[3] == 0x74: out.append(0x22)
    case (4, 0x61) where name[1] == 0x70 && name[2] == 0x6F && name[3] == 0x73: out.append(0x27)
    default:
      for byte in resolved(name) {
        if byte == 0x3E { closeBracket() } else { out.append(byte) }
      }
    }
  }

  /// What a name stands for in this document; itself with `&` and `;` where nobody knows.
  mutating func resolved(_ name: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    if let value = entities.expansion(of: name) {
      if entities.isExhausted { fail(.expansion, limits.maxExpansion) }
      return value
    }
    return HTMLEntities.bytes(of: name) ?? [0x26] + name + [0x3B]
  }

  private mutating func cdata(_ p: UnsafePointer<UInt8>, _ at: Int, _ n: Int, _ isLast: Bool) -> Step {
    var index = at
    while index < n {
      guard let found = Self.find(0x5D, p, index, n) else { break }
      if found + 2 < n {
        if p[found + 1] == 0x5D, p[found + 2] == 0x3E {
          append(p, at, found)
          state = .text
          return .next(found + 3)
        }
        index = found + 1
      } else if isLast {
        index = found + 1
      } else {
        append(p, at, found)
        return found > at ? .next(found) : .needsMore
      }
    }
    append(p, at, n)
    return .next(n)
  }

  /// Characters of a CDATA section. A long run goes past libxml2, which would only look at each byte and hand it on.
  private mutating func append(_ p: UnsafePointer<UInt8>, _ from: Int, _ to: Int) {
    guard to > from else { return }
    let run = UnsafeBufferPointer(start: p + from, count: to - from)
    guard run.count >= Self.longRun else {
      openCDATA()
      out.append(contentsOf: run)
      return
    }
    // A section that is closed makes libxml2 hand on all that came before, so the order is kept.
    openCDATA()
    closeText()
    flush()
    guard !hasFailed else { return }
    handler.text(run)
    handler.lines.skipped += run.count { $0 == 0x0A }
    if handler.failure != nil { hasFailed = true }
  }

  @inline(__always)
  static func find(_ byte: UInt8, _ p: UnsafePointer<UInt8>, _ from: Int, _ n: Int) -> Int? {
    guard from < n, let found = memchr(p + from, Int32(byte), n - from) else { return nil }
    return UnsafeRawPointer(found) - UnsafeRawPointer(p)
  }

  private mutating func openCDATA() {
    if !isCDATAOpen {
      put("<![CDATA[")
      isCDATAOpen = true
    }
  }

  /// Closes the CDATA section that holds the current text, before markup.
  mutating func closeText() {
    if isCDATAOpen {
      put("]]>")
      isCDATAOpen = false
    }
  }

  mutating func put(_ text: StaticString) {
    out.append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }
}

extension MarkupRepair {
  /// At a `<`.
  private mutating func markup(_ p: UnsafePointer<UInt8>, _ at: Int, _ n: Int, _ isLast: Bool) -> Step {
    guard at + 1 < n else { return isLast ? literal(at) : .needsMore }
    let next = p[at + 1]
    switch next {
    case 0x21: return bang(p, at, n, isLast)
    case 0x3F:
      state = .instruction
      return .next(at + 2)
    case 0x2F:
      return wholeTag(p, at, n, isLast)
    case 0x41...0x5A, 0x61...0x7A, 0x5F, 0x80...:
      return wholeTag(p, at, n, isLast)
    default: return literal(at)
    }
  }

  /// A `<` that begins nothing.
  mutating func literal(_ at: Int) -> Step {
    guard sawMarkup else { return .next(at + 1) }
    if isCDATAOpen { out.append(0x3C) } else { put("&lt;") }
    return .next(at + 1)
  }

  private mutating func wholeTag(
    _ p: UnsafePointer<UInt8>, _ at: Int, _ n: Int, _ isLast: Bool
  ) -> Step {
    var end: Int?
    switch tag.scan(p, from: at, to: n) {
    case .end(let index): end = index
    case .text: break
    case .needsMore:
      if n - at > limits.maxTagBytes {
        fail(.tagBytes, limits.maxTagBytes)
        return .next(n)
      }
      guard isLast else { return .needsMore }
      end = tag.endAtEOF(from: at)
      if end == nil {
        // A document cut inside a tag: what is left of the tag is no text.
        tag = TagScanner()
        return .next(n)
      }
    }
    tag = TagScanner()
    guard let end else { return literal(at) }
    if end - at > limits.maxTagBytes {
      fail(.tagBytes, limits.maxTagBytes)
      return .next(end)
    }
    guard p[at + 1] == 0x2F ? endTag(p, at, end) : startTag(p, at, end) else { return literal(at) }
    sawMarkup = true
    return .next(end)
  }

  private mutating func bang(_ p: UnsafePointer<UInt8>, _ at: Int, _ n: Int, _ isLast: Bool) -> Step {
    let count = n - at
    func isPrefix(_ text: StaticString) -> Bool? {
      for index in 0..<min(count, text.utf8CodeUnitCount) {
        let byte = p[at + index]
        guard byte.asciiLower == text.utf8Start[index] else { return false }
      }
      return count >= text.utf8CodeUnitCount ? true : nil
    }
    let comment = isPrefix("<!--")
    let cdata = isPrefix("<![cdata[")
    let doctype = isPrefix("<!doctype")
    if comment == true {
      state = .comment
      return .next(at + 4)
    }
    if cdata == true {
      guard sawMarkup else { return .next(at + 9) }
      // A section of its own: `]]` at the end of the one before and `>` here must not meet.
      if isCDATAOpen { put("]]><![CDATA[") }
      state = .cdata
      return .next(at + 9)
    }
    if doctype == true {
      state = .declaration
      return .next(at)
    }
    if !isLast, comment == nil || cdata == nil || doctype == nil { return .needsMore }
    return literal(at)
  }

  private mutating func declaration(_ p: UnsafePointer<UInt8>, _ at: Int, _ n: Int) -> Step {
    guard let end = doctype.scan(p, from: at, to: n) else { return .needsMore }
    entities.read(doctype: UnsafeBufferPointer(start: p + at, count: end - at))
    for index in at..<end where p[index] == 0x0A { out.append(0x0A) }
    doctype = DoctypeScanner()
    state = .text
    return .next(end)
  }

  /// Passes over a comment or an instruction, whose line ends are kept.
  private mutating func skip(
    _ p: UnsafePointer<UInt8>, _ at: Int, _ n: Int, _ isLast: Bool, past terminator: StaticString
  ) -> Step {
    let count = terminator.utf8CodeUnitCount
    var index = at
    while index < n {
      let byte = p[index]
      if byte == 0x0A { out.append(0x0A) }
      if byte == terminator.utf8Start[0] {
        guard index + count <= n else {
          if isLast { return .next(n) }
          return index > at ? .next(index) : .needsMore
        }
        if (1..<count).allSatisfy({ p[index + $0] == terminator.utf8Start[$0] }) {
          state = .text
          return .next(index + count)
        }
      }
      index += 1
    }
    return .next(n)
  }
}
