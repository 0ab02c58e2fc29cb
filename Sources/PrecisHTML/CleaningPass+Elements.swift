extension CleaningPass {
  /// Ends the nearest open element of some kinds, with all in it; the look ends at a table's or list's bounds.
  mutating func closeNearest(until isBound: (Tag) -> Bool = { $0.isScope }, where matches: (Tag) -> Bool) {
    var index = stack.count - 1
    while index >= 0 {
      if matches(stack[index]) { return close(downTo: index) }
      if isBound(stack[index]) { return }
      index -= 1
    }
  }

  mutating func startTag(_ tag: Tag, _ input: UnsafeBufferPointer<UInt8>) {
    guard placeInTable(tag) else { return }
    if tag.closesParagraph { closeNearest { $0 == .p } }
    switch tag {
    case .a: closeNearest { $0 == .a }
    case .li: closeNearest(until: { $0.boundsItems }) { $0 == .li }
    case .dd, .dt: closeNearest(until: { $0.boundsItems }) { $0 == .dd || $0 == .dt }
    case .rt, .rp:
      closeNearest(until: { $0 == .ruby || $0.isScope }) { $0 == .rt || $0 == .rp }
      // A parser ends these here ("generate implied end tags").
      while let top = stack.last, top == .li || top == .p || top == .dd || top == .dt, stack.contains(.ruby) {
        close(downTo: stack.count - 1)
      }
    case _ where tag.isHeading:
      // What was overdue ends with a heading, and another may stand around it.
      while stack.last?.isHeading == true { close(downTo: stack.count - 1) }
    default: break
    }
    guard stack.count + tag.impliedDepth < limits.maxDepth else {
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
  mutating func placeInTable(_ tag: Tag) -> Bool {
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

  mutating func endTag(_ tag: Tag) {
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
  mutating func endsLater(_ tag: Tag) -> Bool {
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

  mutating func void(_ tag: Tag, _ input: UnsafeBufferPointer<UInt8>) {
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
}
