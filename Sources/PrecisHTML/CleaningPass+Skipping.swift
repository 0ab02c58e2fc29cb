extension CleaningPass {
  mutating func after(_ byte: UInt8, _ input: UnsafeBufferPointer<UInt8>, _ at: Int) -> Int {
    var at = at
    while at < input.count, input[at] != byte { at += 1 }
    return min(at + 1, input.count)
  }

  mutating func afterDeclaration(_ input: UnsafeBufferPointer<UInt8>, _ at: Int) -> Int {
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
  mutating func afterRawText(_ tag: Tag, _ input: UnsafeBufferPointer<UInt8>, _ from: Int) -> Int {
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
  mutating func afterTree(_ tag: Tag, _ input: UnsafeBufferPointer<UInt8>, _ from: Int) -> Int {
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

  mutating func afterDeclaration(quiet input: UnsafeBufferPointer<UInt8>, _ at: Int) -> Int {
    let isCDATA = at + 8 < input.count && input[(at + 1)..<(at + 9)].elementsEqual("![CDATA[".utf8)
    return isCDATA ? after(0x3E, input, at + 9) : afterDeclaration(input, at)
  }
}
