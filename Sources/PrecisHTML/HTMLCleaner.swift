import PrecisModel
import PrecisURL

/// Cleans HTML from strangers in one pass: safe HTML, its text, links, images and word count at once.
///
/// A tokenizer after the HTML Standard (section 13.2.5) feeds an allow-list; the output is written from a stack of
/// open elements, so it is well-formed and has the nesting that any HTML5 parser would give it. Reusable, keeps its
/// buffers; one thread at a time. Linear in the input.
public final class HTMLCleaner {
  private let limits: HTMLLimits
  private var out: [UInt8] = []
  private var text = TextOutput()
  private var stack: [Tag] = []
  private var attributes = Attributes()
  private var scratch: [UInt8] = []
  private var value: [UInt8] = []
  private var result = CleanHTML()
  private var address = SafeAddress(base: nil)
  private var openLink: (url: String, outOffset: Int, textOffset: Int)?
  private var preStart = PreStart.past
  /// Places in `stack` of inline elements whose end tag came inside of a block: they end with that block.
  private var overdue: [Int] = []

  /// Where in a `pre` the next character stands: a parser drops a newline that comes first.
  private enum PreStart {
    case past
    /// Right after the tag: a newline is none of the content.
    case first
    /// Nothing was written yet: a newline of the content must be written twice.
    case empty
  }

  /// A cleaner that keeps to these limits.
  public init(limits: HTMLLimits = HTMLLimits()) { self.limits = limits }

  /// Cleans a text; relative addresses are resolved against `baseURL`, and dropped where there is none.
  public func clean(_ html: String, baseURL: WebURL?) -> CleanHTML {
    var html = html
    return html.withUTF8 { clean($0, baseURL: baseURL) }
  }

  /// Cleans UTF-8.
  public func clean(_ html: UnsafeBufferPointer<UInt8>, baseURL: WebURL?) -> CleanHTML {
    out.removeAll(keepingCapacity: true)
    text.removeAll()
    stack.removeAll(keepingCapacity: true)
    result = CleanHTML()
    address = SafeAddress(base: baseURL)
    openLink = nil
    preStart = .past
    overdue.removeAll(keepingCapacity: true)
    run(html)
    close(downTo: 0)
    text.trim()
    result.html = String(decoding: out, as: UTF8.self)
    result.text = String(decoding: text.bytes, as: UTF8.self)
    result.wordCount = text.bytes.withUnsafeBufferPointer { WordCount.of($0) }
    return result
  }

  // MARK: Tokens

  private func run(_ input: UnsafeBufferPointer<UInt8>) {
    var at = 0
    while at < input.count {
      if out.count > limits.maxBytes {
        result.isTruncated = true
        return
      }
      if input[at] == 0x3C {
        let next = markup(input, at)
        if next > at {
          at = next
          continue
        }
        characters("<")
        at += 1
        continue
      }
      at = plain(input, at)
    }
  }

  /// Characters up to the next `<`.
  private func plain(_ input: UnsafeBufferPointer<UInt8>, _ from: Int) -> Int {
    var at = from
    var start = from
    while at < input.count {
      let byte = input[at]
      if byte > 0x3E && byte != 0x7F || byte == 0x20 {
        // C1 controls are C2 80 to C2 9F.
        if byte == 0xC2, at + 1 < input.count, input[at + 1] < 0xA0 {
          characters(input, start..<at)
          at += 2
          start = at
        } else {
          at += 1
        }
        continue
      }
      if byte == 0x3C { break }
      if byte == 0x26 {
        scratch.removeAll(keepingCapacity: true)
        let length = CharacterReference.decode(input, at: at, in: .text, into: &scratch)
        characters(input, start..<at)
        if length > 0 { decoded() } else { characters("&") }
        at += max(length, 1)
        start = at
      } else if byte == 0x3E {
        characters(input, start..<at)
        characters(">")
        at += 1
        start = at
      } else if byte < 0x20 && byte != 0x0A && byte != 0x09 || byte == 0x7F {
        characters(input, start..<at)
        if byte == 0x0D, at + 1 >= input.count || input[at + 1] != 0x0A { characters("\n") }
        at += 1
        start = at
      } else {
        at += 1
      }
    }
    characters(input, start..<at)
    return at
  }

  /// The decoded reference in `scratch`.
  private func decoded() {
    let bytes = scratch
    bytes.withUnsafeBufferPointer { escape($0) }
  }

  /// Characters that are no markup: escaped, without controls.
  private func escape(_ run: UnsafeBufferPointer<UInt8>) {
    var start = 0
    for (index, byte) in run.enumerated() {
      let isC1 = byte == 0xC2 && index + 1 < run.count && run[index + 1] < 0xA0
      guard
        byte < 0x20 && byte != 0x0A && byte != 0x09 || isC1 || byte == 0x7F || byte == 0x26
          || byte == 0x3C || byte == 0x3E
      else { continue }
      if index > start { characters(run, start..<index) }
      switch byte {
      case 0x3C: characters("<")
      case 0x3E: characters(">")
      case 0x26: characters("&")
      default: break
      }
      start = index + (isC1 ? 2 : 1)
    }
    if start < run.count { characters(run, start..<run.count) }
  }

  /// A tag, a comment or a declaration: where it ends; `at` where the `<` is a character.
  private func markup(_ input: UnsafeBufferPointer<UInt8>, _ at: Int) -> Int {
    guard at + 1 < input.count else { return at }
    let next = input[at + 1]
    if preStart == .first, next == 0x21 || next == 0x2F || next == 0x3F || Self.isLetter(next) {
      preStart = .empty
    }
    if next == 0x21 || next == 0x3F { return afterDeclaration(input, at) }
    if next == 0x2F {
      guard at + 2 < input.count else { return at }
      guard Self.isLetter(input[at + 2]) else { return after(0x3E, input, at + 2) }
      let (tag, end) = name(input, at + 2)
      attributes.read(input, from: end, limit: 0)
      guard attributes.isComplete else { return input.count }
      endTag(tag)
      return attributes.end
    }
    guard Self.isLetter(next) else { return at }
    let (tag, end) = name(input, at + 1)
    attributes.read(input, from: end, limit: limits.maxAttributes)
    guard attributes.isComplete else { return input.count }
    let after = attributes.end
    let isSelfClosing = after >= 2 && input[after - 2] == 0x2F
    switch tag.fate {
    case .keep: startTag(tag, input)
    case .void: void(tag, input)
    case .dropText:
      if tag == .iframe { embedded(input) }
      return isSelfClosing && tag != .script && tag != .style ? after : afterRawText(tag, input, after)
    case .dropTree: return isSelfClosing ? after : afterTree(tag, input, after)
    case .unwrap: break
    }
    return after
  }

  private func name(_ input: UnsafeBufferPointer<UInt8>, _ at: Int) -> (Tag, Int) {
    var end = at
    while end < input.count, input[end] > 0x20, input[end] != 0x2F, input[end] != 0x3E { end += 1 }
    return (Tag(name: UnsafeBufferPointer(rebasing: input[at..<end])), end)
  }

  private func after(_ byte: UInt8, _ input: UnsafeBufferPointer<UInt8>, _ at: Int) -> Int {
    var at = at
    while at < input.count, input[at] != byte { at += 1 }
    return min(at + 1, input.count)
  }

  private func afterDeclaration(_ input: UnsafeBufferPointer<UInt8>, _ at: Int) -> Int {
    if at + 3 < input.count, input[at + 1] == 0x21, input[at + 2] == 0x2D, input[at + 3] == 0x2D {
      var end = at + 4
      // "<!-->" and "<!--->" are whole comments.
      if end < input.count, input[end] == 0x3E { return end + 1 }
      if end + 1 < input.count, input[end] == 0x2D, input[end + 1] == 0x3E { return end + 2 }
      while end + 2 < input.count {
        if input[end] == 0x2D, input[end + 1] == 0x2D {
          if input[end + 2] == 0x3E { return end + 3 }
          if input[end + 2] == 0x21, end + 3 < input.count, input[end + 3] == 0x3E { return end + 4 }
        }
        end += 1
      }
      return input.count
    }
    let isCDATA = at + 8 < input.count && input[(at + 1)..<(at + 9)].elementsEqual("![CDATA[".utf8)
    guard isCDATA else { return after(0x3E, input, at + 1) }
    var end = at + 9
    while end + 2 < input.count {
      if input[end] == 0x5D, input[end + 1] == 0x5D, input[end + 2] == 0x3E {
        escape(UnsafeBufferPointer(rebasing: input[(at + 9)..<end]))
        return end + 3
      }
      end += 1
    }
    return input.count
  }

  /// After the end tag of an element whose content is characters.
  private func afterRawText(_ tag: Tag, _ input: UnsafeBufferPointer<UInt8>, _ from: Int) -> Int {
    guard tag != .plaintext else { return input.count }
    var at = from
    while at + 2 < input.count {
      if input[at] == 0x3C, input[at + 1] == 0x2F, Self.isLetter(input[at + 2]) {
        let (found, end) = name(input, at + 2)
        if found == tag { return after(0x3E, input, end) }
      }
      at += 1
    }
    return input.count
  }

  /// After an element that is dropped with its tree. An open svg or math ends where a paragraph begins.
  private func afterTree(_ tag: Tag, _ input: UnsafeBufferPointer<UInt8>, _ from: Int) -> Int {
    var at = from
    var depth = 1
    while at + 1 < input.count {
      guard input[at] == 0x3C else {
        at += 1
        continue
      }
      let next = input[at + 1]
      if next == 0x21 || next == 0x3F {
        at = afterDeclaration(quiet: input, at)
      } else if next == 0x2F, at + 2 < input.count, Self.isLetter(input[at + 2]) {
        let (found, end) = name(input, at + 2)
        at = after(0x3E, input, end)
        if found == tag { depth -= 1 }
        if depth == 0 { return at }
      } else if Self.isLetter(next) {
        let (found, end) = name(input, at + 1)
        if tag == .svg || tag == .math, found == .p || found == .div || found.isHeading || found == .ul {
          return at
        }
        attributes.read(input, from: end, limit: 0)
        let isSelfClosing = attributes.end >= 2 && input[attributes.end - 2] == 0x2F
        at = attributes.end
        if found == tag, !isSelfClosing { depth += 1 }
        if found == .script || found == .style, !isSelfClosing { at = afterRawText(found, input, at) }
      } else {
        at += 1
      }
    }
    return input.count
  }

  private func afterDeclaration(quiet input: UnsafeBufferPointer<UInt8>, _ at: Int) -> Int {
    let isCDATA = at + 8 < input.count && input[(at + 1)..<(at + 9)].elementsEqual("![CDATA[".utf8)
    return isCDATA ? after(0x3E, input, at + 9) : afterDeclaration(input, at)
  }

  // MARK: Output

  private func characters(_ literal: StaticString) {
    literal.withUTF8Buffer { bytes in
      if bytes[0] == 0x0A { return characters(bytes, 0..<1) }
      prepareForText(isSpace: false)
      preStart = .past
      switch bytes[0] {
      case 0x3C: out.append(contentsOf: "&lt;".utf8)
      case 0x3E: out.append(contentsOf: "&gt;".utf8)
      default: out.append(contentsOf: "&amp;".utf8)
      }
      text.append(bytes)
    }
  }

  private func characters(_ input: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) {
    guard !range.isEmpty else { return }
    var run = UnsafeBufferPointer(rebasing: input[range])
    if stack.last?.isTableFrame == true {
      if run.allSatisfy({ $0 <= 0x20 }) { return }
      prepareForText(isSpace: false)
    }
    if preStart != .past {
      run = afterPreStart(run)
      if run.isEmpty { return }
    }
    out.append(contentsOf: run)
    text.append(run)
  }

  /// Text cannot stand in the frame of a table: it gets a cell.
  private func prepareForText(isSpace: Bool) {
    guard !isSpace, let top = stack.last, top.isTableFrame else { return }
    openCell()
  }

  private func openCell() {
    guard let top = stack.last, top.isTableFrame else { return }
    if top == .table { push(.tbody) }
    if stack.last != .tr { push(.tr) }
    push(.td)
  }

  /// What of the first characters of a `pre` is content.
  private func afterPreStart(_ run: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
    var run = run
    if preStart == .first {
      preStart = .empty
      if run[0] == 0x0A { run = UnsafeBufferPointer(rebasing: run.dropFirst()) }
      if run.isEmpty { return run }
    }
    if run[0] == 0x0A { out.append(0x0A) }
    preStart = .past
    return run
  }

  private func push(_ tag: Tag) {
    out.append(0x3C)
    append(tag.written.name)
    out.append(0x3E)
    stack.append(tag)
    opened(tag)
  }

  private func opened(_ tag: Tag) {
    switch tag {
    case .li: text.open(stack.dropLast().last == .li ? .line : text.bytes.isEmpty ? .none : .line)
    case .tr, .dt, .dd: text.open(.line)
    case .td, .th: text.open(.space)
    case .pre:
      text.open(.block)
      text.isPreformatted = true
      preStart = .first
    case _ where tag.isBlock: text.open(.block)
    default: break
    }
  }

  private func close(downTo depth: Int) {
    while stack.count > depth || overdue.last == stack.count - 1, let tag = stack.popLast() {
      while let last = overdue.last, last >= stack.count { overdue.removeLast() }
      preStart = .past
      if tag == .a { endLink() }
      out.append(contentsOf: [0x3C, 0x2F])
      append(tag.written.name)
      out.append(0x3E)
      switch tag {
      case .li, .tr, .dt, .dd: text.open(.line)
      case .td, .th: text.open(.space)
      case .pre:
        text.isPreformatted = stack.contains(.pre)
        text.open(.block)
      case _ where tag.isBlock: text.open(.block)
      default: break
      }
    }
  }

  private func append(_ name: StaticString) {
    out.append(contentsOf: UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount))
  }

  // MARK: Elements

  /// Ends the nearest open element of some kinds, with all in it; the look ends at a table's or list's bounds.
  private func closeNearest(until isBound: (Tag) -> Bool = { $0.isScope }, where matches: (Tag) -> Bool) {
    var index = stack.count - 1
    while index >= 0 {
      if matches(stack[index]) { return close(downTo: index) }
      if isBound(stack[index]) { return }
      index -= 1
    }
  }

  private func startTag(_ tag: Tag, _ input: UnsafeBufferPointer<UInt8>) {
    guard placeInTable(tag) else { return }
    if tag.closesParagraph { closeNearest { $0 == .p } }
    switch tag {
    case .a: closeNearest { $0 == .a }
    case .li: closeNearest(until: { $0.boundsItems }) { $0 == .li }
    case .dd, .dt: closeNearest(until: { $0.boundsItems }) { $0 == .dd || $0 == .dt }
    case .rt, .rp: closeNearest(until: { $0 == .ruby || $0.isScope }) { $0 == .rt || $0 == .rp }
    case _ where tag.isHeading: if stack.last?.isHeading == true { close(downTo: stack.count - 1) }
    default: break
    }
    guard stack.count < limits.maxDepth else {
      if tag.isBlock { text.open(.block) }
      return
    }
    preStart = .past
    if tag == .a { return startLink(input) }
    out.append(0x3C)
    append(tag.written.name)
    writeAttributes(of: tag, input)
    if tag == .video || tag == .audio { out.append(contentsOf: " controls=\"\"".utf8) }
    if tag == .code || tag == .pre { writeLanguage(input) }
    out.append(0x3E)
    stack.append(tag)
    opened(tag)
  }

  /// Makes room for an element where the innermost table's frame is open; false where it has no place.
  private func placeInTable(_ tag: Tag) -> Bool {
    switch tag {
    case .tbody, .thead, .tfoot:
      guard let table = stack.lastIndex(of: .table) else { return false }
      close(downTo: table + 1)
      return true
    case .tr:
      guard let table = stack.lastIndex(of: .table) else { return false }
      let section = stack.lastIndex { $0 == .tbody || $0 == .thead || $0 == .tfoot } ?? -1
      close(downTo: max(table, section) + 1)
      if stack.last == .table { push(.tbody) }
      return true
    case .td, .th:
      guard let table = stack.lastIndex(of: .table) else { return false }
      let row = stack.lastIndex(of: .tr) ?? -1
      if row > table {
        close(downTo: row + 1)
      } else {
        let section = stack.lastIndex { $0 == .tbody || $0 == .thead || $0 == .tfoot } ?? -1
        close(downTo: max(table, section) + 1)
        if stack.last == .table { push(.tbody) }
        push(.tr)
      }
      return true
    case .caption: return stack.last == .table
    default:
      if stack.last?.isTableFrame == true { openCell() }
      return true
    }
  }

  private func endTag(_ tag: Tag) {
    if tag == .br { return void(.br, UnsafeBufferPointer(start: nil, count: 0)) }
    guard tag.fate == .keep else { return }
    if tag.isHeading { return closeNearest { $0.isHeading } }
    let isInline = !tag.isBlock && tag != .a
    if isInline, endsLater(tag) { return }
    closeNearest(until: { bound in
      if tag == .table || tag == .tr || tag == .tbody || tag == .thead || tag == .tfoot {
        return bound == .table
      }
      return bound.isScope || (isInline && bound.isBlock)
    }) { $0 == tag }
  }

  /// Notes an inline element that is ended inside of a block which it holds: it ends with the block, so that bold
  /// type whose end is misplaced does not reach to the end of the article.
  private func endsLater(_ tag: Tag) -> Bool {
    var index = stack.count - 1
    var crossesBlock = false
    while index >= 0, !stack[index].isScope {
      if stack[index] == tag, !overdue.contains(index) {
        if crossesBlock {
          overdue.append(index)
          overdue.sort()
        }
        return crossesBlock
      }
      if stack[index].isBlock { crossesBlock = true }
      index -= 1
    }
    return true
  }

  private func void(_ tag: Tag, _ input: UnsafeBufferPointer<UInt8>) {
    if tag == .img { return image(input) }
    guard placeInTable(tag) else { return }
    if tag == .hr { closeNearest { $0 == .p } }
    if tag == .source || tag == .track {
      guard let top = stack.last, top == .picture || top == .video || top == .audio else { return }
    }
    preStart = .past
    out.append(0x3C)
    append(tag.name)
    if tag == .source || tag == .track { writeAttributes(of: tag, input) }
    out.append(0x3E)
    switch tag {
    case .br: text.open(.line)
    case .hr: text.open(.block)
    default: break
    }
  }

  // MARK: Links and images

  private func startLink(_ input: UnsafeBufferPointer<UInt8>) {
    let url = attributes[AttributeName.href].flatMap { address.address(attribute(input, $0), for: .link) }
    out.append(contentsOf: [0x3C, 0x61])
    if let url {
      out.append(contentsOf: " href=\"".utf8)
      appendEscaped(url)
      out.append(0x22)
    }
    writeAttributes(of: .a, input, without: AttributeName.href)
    out.append(0x3E)
    stack.append(.a)
    if let url, result.links.count < limits.maxLinks {
      openLink = (String(decoding: url, as: UTF8.self), out.count, text.nextOffset)
    }
  }

  private func endLink() {
    guard let link = openLink else { return }
    openLink = nil
    let start = min(link.textOffset, text.bytes.count)
    let words = String(decoding: text.bytes[start...].prefix(300), as: UTF8.self)
    result.links.append(CleanHTML.Link(url: link.url, text: words, textOffset: start))
  }

  /// A frame of another site becomes a link to it.
  private func embedded(_ input: UnsafeBufferPointer<UInt8>) {
    guard let raw = attributes[AttributeName.src] ?? attributes[AttributeName.dataSource],
      let url = address.address(attribute(input, raw), for: .media), stack.count < limits.maxDepth
    else { return }
    guard placeInTable(.a), !stack.contains(.a) else { return }
    let address = String(decoding: url, as: UTF8.self)
    let words = Array((WebURL(address)?.host ?? address).utf8)
    preStart = .past
    closeNearest { $0 == .p }
    push(.div)
    let offset = text.nextOffset
    out.append(contentsOf: "<a href=\"".utf8)
    appendEscaped(url)
    out.append(contentsOf: "\">".utf8)
    words.withUnsafeBufferPointer { escape($0) }
    out.append(contentsOf: "</a>".utf8)
    close(downTo: stack.count - 1)
    if result.links.count < limits.maxLinks {
      result.links.append(
        CleanHTML.Link(url: address, text: String(decoding: words, as: UTF8.self), textOffset: offset))
    }
  }

  private func image(_ input: UnsafeBufferPointer<UInt8>) {
    let set = (attributes[AttributeName.srcset] ?? attributes[AttributeName.dataSourceSet])
      .flatMap { address.imageSet(attribute(input, $0)) }
    // What a script would put in later stands in data attributes; src is a placeholder then.
    let lazy = [AttributeName.dataSource, AttributeName.dataLazy, AttributeName.dataOriginal]
      .lazy.compactMap { [self] name in
        attributes[name].flatMap { address.address(attribute(input, $0), for: .media) }
      }.first
    let plain = attributes[AttributeName.src].flatMap { address.address(attribute(input, $0), for: .image) }
    guard let url = lazy ?? plain ?? set?.largest, !isTrackingPixel(input, url) else { return }
    guard placeInTable(.img) else { return }
    preStart = .past
    out.append(contentsOf: "<img src=\"".utf8)
    appendEscaped(url)
    out.append(0x22)
    if let set {
      out.append(contentsOf: " srcset=\"".utf8)
      appendEscaped(set.text)
      out.append(0x22)
    }
    writeAttributes(of: .img, input)
    out.append(0x3E)
    let isData = url.starts(with: "data:".utf8)
    if !isData, result.images.count < limits.maxImages {
      result.images.append(String(decoding: url, as: UTF8.self))
    }
  }

  private func isTrackingPixel(_ input: UnsafeBufferPointer<UInt8>, _ url: [UInt8]) -> Bool {
    func isTiny(_ name: PackedName) -> Bool {
      guard let range = attributes[name] else { return false }
      let digits = input[range].filter { 0x30...0x39 ~= $0 }
      return digits.count == 1 && (digits[0] == 0x30 || digits[0] == 0x31) && range.count <= 3
    }
    if isTiny(AttributeName.width), isTiny(AttributeName.height) { return true }
    if let style = attributes[AttributeName.style] {
      let rules = String(decoding: attribute(input, style), as: UTF8.self).lowercased().filter { $0 != " " }
      if rules.contains("display:none") || rules.contains("visibility:hidden")
        || rules.contains("width:1px;height:1px")
      {
        return true
      }
    }
    return TrackingPixels.isTracker(String(decoding: url, as: UTF8.self))
  }

  // MARK: Attributes

  /// The value of an attribute with its references decoded.
  private func attribute(_ input: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> [UInt8] {
    let raw = UnsafeBufferPointer(rebasing: input[range])
    guard raw.contains(0x26) else { return Array(raw) }
    value.removeAll(keepingCapacity: true)
    var at = 0
    while at < raw.count {
      if raw[at] == 0x26 {
        let length = CharacterReference.decode(raw, at: at, in: .attribute, into: &value)
        if length > 0 {
          at += length
          continue
        }
      }
      value.append(raw[at])
      at += 1
    }
    return value
  }

  private func writeAttributes(
    of tag: Tag, _ input: UnsafeBufferPointer<UInt8>, without left: PackedName? = nil
  ) {
    guard !attributes.all.isEmpty else { return }
    for (name, written, kind) in AttributeName.allowed(on: tag) where name != left {
      guard let range = attributes[name] else { continue }
      var bytes = attribute(input, range)
      switch kind {
      case .url:
        guard let url = address.address(bytes, for: .media) else { continue }
        bytes = url
      case .imageSet:
        guard let set = address.imageSet(bytes) else { continue }
        bytes = set.text
      case .number:
        if bytes.suffix(2).elementsEqual("px".utf8) { bytes.removeLast(2) }
        guard 1...6 ~= bytes.count, bytes.allSatisfy({ 0x30...0x39 ~= $0 }) else { continue }
      case .flag: bytes = []
      case .text: guard bytes.count <= 2048 else { continue }
      }
      out.append(0x20)
      append(written)
      out.append(contentsOf: [0x3D, 0x22])
      appendEscaped(bytes)
      out.append(0x22)
    }
  }

  /// The language of a piece of code, which highlighters write as a class.
  private func writeLanguage(_ input: UnsafeBufferPointer<UInt8>) {
    guard let range = attributes[AttributeName.classes] else { return }
    let classes = String(decoding: attribute(input, range), as: UTF8.self)
    guard let language = classes.split(separator: " ").first(where: { $0.hasPrefix("language-") }),
      language.utf8.count <= 40,
      language.utf8.allSatisfy({ 0x61...0x7A ~= $0 | 0x20 || 0x30...0x39 ~= $0 || $0 == 0x2D || $0 == 0x2B })
    else { return }
    out.append(contentsOf: " class=\"\(language)\"".utf8)
  }

  private func appendEscaped(_ bytes: [UInt8]) {
    var skipsNext = false
    for (index, byte) in bytes.enumerated() {
      if skipsNext {
        skipsNext = false
        continue
      }
      switch byte {
      case 0x26: out.append(contentsOf: "&amp;".utf8)
      case 0x22: out.append(contentsOf: "&quot;".utf8)
      case 0x3C: out.append(contentsOf: "&lt;".utf8)
      case 0x3E: out.append(contentsOf: "&gt;".utf8)
      case 0x60: out.append(contentsOf: "&#96;".utf8)
      case 0..<0x20: out.append(0x20)
      case 0x7F: break
      case 0xC2 where index + 1 < bytes.count && bytes[index + 1] < 0xA0: skipsNext = true
      default: out.append(byte)
      }
    }
  }

  private static func isLetter(_ byte: UInt8) -> Bool { 0x61...0x7A ~= byte | 0x20 }
}
