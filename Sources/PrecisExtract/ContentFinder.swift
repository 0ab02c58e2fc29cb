/// The article's part of a page: a subtree, less what is removed from it.
struct Content {
  /// The root of the subtree; nil where the page has no text at all.
  var root: Int?
  /// Per node; the descendants of a removed node count as removed.
  var isRemoved: [Bool]
  /// The blocks of text that are left.
  var blocks: [TextBlock] = []
  /// The linked characters of the whole page's link blocks, after trimming.
  var pageLinked = 0
  /// How many blocks of links the page has, after trimming.
  var pageLinkBlocks = 0
}

/// Finds the subtree that holds the article, and cleans it.
///
/// Every text block has a value: its length where it reads as prose, a debt where it reads as navigation. A
/// subtree is worth the sum of its blocks. From the body down, the search follows the child that keeps nearly
/// all of the worth; where no child does, the children are the article's paragraphs, and it stops.
struct ContentFinder {
  private let tree: PageTree
  private let trimming: PageTrimming
  private var isRemoved: [Bool]
  private var blocks: [TextBlock]
  private var values: [Double] = []
  private var worth: [Double]
  /// Like `worth`, without the debts.
  private var prose: [Double]

  static func find(
    in tree: PageTree, title: String?, scripting: PageTrimming.Scripting = .on
  ) -> Content {
    guard !tree.nodes.isEmpty else { return Content(root: nil, isRemoved: []) }
    var finder = ContentFinder(tree, scripting)
    let root = finder.root()
    finder.clean(root, title: title)
    var content = Content(root: root, isRemoved: finder.isRemoved)
    let links = finder.blocks.filter { $0.linkDensity > 0.5 }
    content.pageLinked = links.reduce(0) { $0 + $1.linked }
    content.pageLinkBlocks = links.count
    content.blocks = TextBlocks.cut(tree, isRemoved: finder.isRemoved)
      .filter { $0.first >= root && $0.first < Int(tree.nodes[root].end) }
    return content
  }

  private init(_ tree: PageTree, _ scripting: PageTrimming.Scripting) {
    self.tree = tree
    trimming = PageTrimming(tree, scripting)
    isRemoved = trimming.isRemoved
    blocks = TextBlocks.cut(tree, isRemoved: isRemoved)
    worth = [Double](repeating: 0, count: tree.nodes.count)
    prose = worth
    values = blocks.map { value(of: $0) }
    for (block, value) in zip(blocks, values) {
      worth[block.owner] += value
      prose[block.owner] += max(0, value)
    }
    for index in tree.nodes.indices.reversed() {
      let parent = Int(tree.nodes[index].parent)
      guard parent >= 0 else { continue }
      worth[parent] += worth[index]
      prose[parent] += prose[index]
    }
  }

  private func value(of block: TextBlock) -> Double {
    let tag = tree.nodes[block.owner].tag
    let characters = Double(block.characters)
    let density = block.linkDensity
    if tag.headingLevel != nil { return density > 0.5 ? -10 : 0 }
    let own = characters - Double(block.linked)
    if density > 0.5 {
      // "Read the report, the letter and the answer.": a sentence, though its words are links.
      if tag == .p, block.endsSentence, density < 0.92, own >= 8, block.stops >= 2 { return 0 }
      return -(10 + min(characters, 100) * 0.5)
    }
    if tag == .pre { return own }
    if characters >= 100 || block.endsSentence && characters >= 40 { return own }
    if block.endsSentence || tag == .li || tag == .td || tag == .dd || tag == .blockquote { return own * 0.3 }
    return -5
  }
}

extension ContentFinder {
  private func root() -> Int {
    var node = tree.nodes.firstIndex { $0.tag == .body } ?? 0
    if let hinted = hintedRoot(under: node) { node = hinted }
    while let child = dominantChild(of: node) { node = child }
    return node
  }

  /// The element that the page itself marks as the article's body, where it holds enough of the page's worth.
  ///
  /// Where several are as good, as the posts of a thread are, what holds them all is meant.
  private func hintedRoot(under body: Int) -> Int? {
    var marked: [Int] = []
    var best: Int?
    var index = body
    while index < Int(tree.nodes[body].end) {
      if isRemoved[index] {
        index = Int(tree.nodes[index].end)
        continue
      }
      if tree.nodes[index].tag != .text, worth[index] > 0, isMarked(index) {
        marked.append(index)
        // The first of equals is the outermost.
        if worth[index] > (best.map { worth[$0] } ?? 0) { best = index }
      }
      index += 1
    }
    guard let best, worth[best] >= 0.25 * worth[body] else { return nil }
    guard worth[best] < 0.5 * worth[body] else { return best }
    var peers: [Int] = []
    for index in marked where worth[index] >= 0.35 * worth[best] {
      if let last = peers.last, index < Int(tree.nodes[last].end) { continue }
      peers.append(index)
    }
    return peers.count >= 3 ? ancestor(of: peers) : best
  }

  /// The innermost element that holds all of some nodes.
  private func ancestor(of indices: [Int]) -> Int? {
    guard let first = indices.first, let last = indices.last else { return nil }
    var index = first
    while index >= 0, last >= Int(tree.nodes[index].end) { index = Int(tree.nodes[index].parent) }
    return index >= 0 ? index : nil
  }

  private func isMarked(_ index: Int) -> Bool {
    if tree.nodes[index].tag == .article || tree.nodes[index].tag == .main { return true }
    if let property = tree.value(.itemprop, of: index), property.contains("articleBody") { return true }
    if tree.value(.role, of: index) == "main" { return true }
    return trimming.hints[index].contains(.body)
  }

  private func dominantChild(of index: Int) -> Int? {
    var child = index + 1
    var best: Int?
    while child < Int(tree.nodes[index].end) {
      let node = tree.nodes[child]
      if node.tag != .text, !isRemoved[child], worth[child] > (best.map { worth[$0] } ?? 0) { best = child }
      child = Int(node.end)
    }
    guard let best, isContainer(tree.nodes[best].tag), worth[best] >= 0.85 * worth[index] else { return nil }
    return best
  }

  private func isContainer(_ tag: Tag) -> Bool {
    switch tag {
    case .p, .pre, .ul, .ol, .dl, .li, .blockquote, .tr, .td, .th, .tbody, .h1, .h2, .h3, .h4, .h5, .h6: false
    default: true
    }
  }
}

extension ContentFinder {
  private mutating func clean(_ root: Int, title: String?) {
    removeWorthless(root)
    removeFrameLines(root, title: title)
  }

  /// Removes the largest subtrees that are navigation rather than text; where prose stands among it, only its parts.
  private mutating func removeWorthless(_ root: Int) {
    var index = root + 1
    while index < Int(tree.nodes[root].end) {
      let node = tree.nodes[index]
      if !isRemoved[index], node.tag.isBlock, worth[index] < -20, prose[index] < 60 {
        isRemoved[index] = true
      }
      index = isRemoved[index] ? Int(node.end) : index + 1
    }
  }

  /// Removes short blocks that are no part of the text: the title again, dates and bylines above it, prompts to share
  /// or subscribe, headings that nothing follows.
  private mutating func removeFrameLines(_ root: Int, title: String?) {
    let end = Int(tree.nodes[root].end)
    let inside = TextBlocks.cut(tree, isRemoved: isRemoved).filter { $0.first >= root && $0.first < end }
    let titleText = title.map { FrameText.folded($0) }
    var hasBegun = false
    for block in inside {
      let isProse = value(of: block) > 60 && tree.nodes[block.owner].tag.headingLevel == nil
      if isProse { hasBegun = true }
      guard block.characters <= 240 else { continue }
      let text = FrameText.folded(text(of: block))
      let isTitle = !hasBegun && (text == titleText || tree.nodes[block.owner].tag == .h1)
      if isTitle || FrameText.isFrame(text) || !hasBegun && !isProse && FrameText.isDateOrByline(text) {
        remove(block)
      }
    }
    for block in inside.reversed() {
      if isRemoved[block.first] { continue }
      guard tree.nodes[block.owner].tag.headingLevel != nil || block.linkDensity > 0.8 else { break }
      remove(block)
    }
  }

  private func text(of block: TextBlock) -> String {
    var bytes: [UInt8] = []
    for index in block.first...block.last where tree.nodes[index].tag == .text {
      bytes.append(contentsOf: tree.text[Int(tree.nodes[index].from)..<Int(tree.nodes[index].to)])
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Removes a block's text, and the element that has no other.
  private mutating func remove(_ block: TextBlock) {
    for index in block.first...block.last where tree.nodes[index].tag == .text { isRemoved[index] = true }
    let owner = tree.nodes[block.owner]
    if owner.tag.headingLevel != nil || owner.tag == .p || owner.tag == .li { isRemoved[block.owner] = true }
  }
}
