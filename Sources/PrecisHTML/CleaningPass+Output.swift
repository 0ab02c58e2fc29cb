extension CleaningPass {
  mutating func characters(_ literal: StaticString) {
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

  mutating func characters(_ input: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) {
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
  mutating func prepareForText(isSpace: Bool) {
    guard !isSpace, let top = stack.last, top.isTableFrame else { return }
    openCell()
  }

  mutating func openCell() {
    guard let top = stack.last, top.isTableFrame else { return }
    if top == .table { push(.tbody) }
    if stack.last != .tr { push(.tr) }
    push(.td)
  }

  /// What of the first characters of a `pre` is content.
  mutating func afterPreStart(_ run: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
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

  mutating func push(_ tag: Tag) {
    out.append(0x3C)
    append(tag.written.name)
    out.append(0x3E)
    stack.append(tag)
    opened(tag)
  }

  mutating func opened(_ tag: Tag) {
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

  mutating func close(downTo depth: Int) {
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

  mutating func append(_ name: StaticString) {
    out.append(contentsOf: UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount))
  }
}
