import PrecisURL

/// One pass over a piece of HTML. It is a value, so that its state is reached without checks for exclusive access.
struct CleaningPass {
  let limits: HTMLLimits
  var out: [UInt8] = []
  var text = TextOutput()
  var stack: [Tag] = []
  var attributes = Attributes()
  var scratch: [UInt8] = []
  var value: [UInt8] = []
  var result = CleanHTML()
  var address = SafeAddress(base: nil)
  var openLink: (url: String, outOffset: Int, textOffset: Int)?
  var preStart = PreStart.past
  /// Places in `stack` of inline elements whose end tag came inside of a block: they end with that block.
  var overdue: [Int] = []

  /// Where in a `pre` the next character stands: a parser drops a newline that comes first.
  enum PreStart {
    case past
    /// Right after the tag: a newline is none of the content.
    case first
    /// Nothing was written yet: a newline of the content must be written twice.
    case empty
  }

  init(limits: HTMLLimits) { self.limits = limits }

  mutating func clean(_ html: UnsafeBufferPointer<UInt8>, baseURL: WebURL?) -> CleanHTML {
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

  mutating func run(_ input: UnsafeBufferPointer<UInt8>) {
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
  mutating func plain(_ input: UnsafeBufferPointer<UInt8>, _ from: Int) -> Int {
    var at = from
    var start = from
    while true {
      at = ByteScan.endOfPlain(input, at)
      guard at < input.count else { break }
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
  mutating func decoded() {
    let bytes = scratch
    bytes.withUnsafeBufferPointer { escape($0) }
  }

  /// Characters that are no markup: escaped, without controls.
  mutating func escape(_ run: UnsafeBufferPointer<UInt8>) {
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
  mutating func markup(_ input: UnsafeBufferPointer<UInt8>, _ at: Int) -> Int {
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

  mutating func name(_ input: UnsafeBufferPointer<UInt8>, _ at: Int) -> (Tag, Int) {
    var end = at
    while end < input.count, input[end] > 0x20, input[end] != 0x2F, input[end] != 0x3E { end += 1 }
    return (Tag(name: UnsafeBufferPointer(rebasing: input[at..<end])), end)
  }
}
