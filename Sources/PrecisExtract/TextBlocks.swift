/// A run of text between two block boundaries, and what it looks like.
struct TextBlock {
  /// The block element that holds it.
  var owner: Int
  /// Its first and last text nodes.
  var first: Int
  var last: Int
  /// Characters without white space; an ideograph counts as three, since it says as much.
  var characters = 0
  /// Those inside links.
  var linked = 0
  /// Full stops, question and exclamation marks at a word's end, and commas.
  var stops = 0
  /// Whether it ends as a sentence does.
  var endsSentence = false
  /// Words parted by white space.
  var words = 0

  /// The share of linked characters, 0 to 1.
  var linkDensity: Double { characters == 0 ? 0 : Double(linked) / Double(characters) }
}

/// Cuts what is left of a page into text blocks, in document order.
enum TextBlocks {
  static func cut(_ tree: PageTree, isRemoved: [Bool]) -> [TextBlock] {
    var blocks: [TextBlock] = []
    var current: TextBlock?
    var owner = 0
    var ownerEnds: [(end: Int, owner: Int)] = []
    var linkEnd = 0
    var lastBreak = -2
    func flush() {
      if let block = current, block.characters > 0 { blocks.append(block) }
      current = nil
    }
    var index = 0
    while index < tree.nodes.count {
      let node = tree.nodes[index]
      while let top = ownerEnds.last, index >= top.end {
        flush()
        owner = top.owner
        ownerEnds.removeLast()
      }
      if isRemoved[index] {
        index = Int(node.end)
        continue
      }
      if node.tag == .text {
        var block = current ?? TextBlock(owner: owner, first: index, last: index)
        block.last = index
        measure(tree, node, isLinked: index < linkEnd, into: &block)
        if block.characters > 0 {
          current = block
          lastBreak = -2
        }
      } else if node.tag.isBlock {
        flush()
        ownerEnds.append((Int(node.end), owner))
        owner = index
      } else if node.tag == .br {
        if lastBreak >= 0 { flush() }
        lastBreak = index
      } else if node.tag == .a {
        linkEnd = max(linkEnd, Int(node.end))
      }
      index += 1
    }
    flush()
    return blocks
  }

  private static func measure(
    _ tree: PageTree, _ node: PageTree.Node, isLinked: Bool, into block: inout TextBlock
  ) {
    var characters = 0
    var wasSpace = true
    tree.text.withUnsafeBufferPointer { text in
      var at = Int(node.from)
      let end = Int(node.to)
      while at < end {
        let byte = text[at]
        at += 1
        if byte == 0x20 || 0x09...0x0D ~= byte {
          wasSpace = true
          continue
        }
        if byte & 0xC0 == 0x80 { continue }
        if wasSpace { block.words += 1 }
        wasSpace = false
        // U+3000 to U+9FFF and Hangul lead with E3 to ED.
        characters += 0xE3...0xED ~= byte ? 3 : 1
        switch byte {
        case 0x2E, 0x21, 0x3F, 0x3A:
          block.endsSentence = true
          if at >= end || text[at] <= 0x20 || text[at] >= 0x80 || text[at] == 0x22 { block.stops += 1 }
        case 0x2C, 0x3B:
          block.stops += 1
          block.endsSentence = false
        case 0x22, 0x27, 0x29, 0x5D:
          break
        case 0xE2:
          // Closing quotation marks and the ellipsis: E2 80 9D, 99, A6.
          if at + 1 < end, text[at] == 0x80, text[at + 1] == 0xA6 { block.endsSentence = true }
          let isQuote = at + 1 < end && text[at] == 0x80 && (text[at + 1] == 0x9D || text[at + 1] == 0x99)
          if !isQuote, !(at + 1 < end && text[at] == 0x80 && text[at + 1] == 0xA6) {
            block.endsSentence = false
          }
        case 0xE3:
          // The ideographic full stop and comma: E3 80 82, 81.
          let isStop = at + 1 < end && text[at] == 0x80 && text[at + 1] == 0x82
          if isStop || at + 1 < end && text[at] == 0x80 && text[at + 1] == 0x81 { block.stops += 1 }
          block.endsSentence = isStop
        case 0xEF:
          let isStop = at + 1 < end && text[at] == 0xBC && (text[at + 1] == 0x81 || text[at + 1] == 0x9F)
          if isStop { block.stops += 1 }
          block.endsSentence = isStop
        default:
          block.endsSentence = false
        }
      }
    }
    block.characters += characters
    if isLinked { block.linked += characters }
  }
}
