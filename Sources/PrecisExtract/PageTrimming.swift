/// Marks what cannot be part of the article, before anything is scored.
///
/// A mark set by a name or a role is taken back where the subtree holds much of the page's running text: sites
/// wrap whole articles in elements called "sidebar-left-margin" or "ad-container".
struct PageTrimming {
  /// Which reader the page is read for: `noscript` speaks to one without scripts.
  enum Scripting {
    case on
    case off
  }

  let tree: PageTree
  /// Per node; the descendants of a removed node are not marked themselves.
  private(set) var isRemoved: [Bool]
  /// Per node, what its class and id say.
  private(set) var hints: [NameHints]
  /// Per node, the running text in it: characters of paragraphs outside links.
  private(set) var prose: [Int]
  private let signs: [Int32]

  init(_ tree: PageTree, _ scripting: Scripting = .on) {
    self.tree = tree
    isRemoved = [Bool](repeating: false, count: tree.nodes.count)
    hints = Self.readHints(tree)
    signs = Self.countSigns(tree, hints)
    prose = [Int](repeating: 0, count: tree.nodes.count)
    removeNeverContent(scripting)
    measureProse()
    removeBoilerplate()
  }

  private static func readHints(_ tree: PageTree) -> [NameHints] {
    var hints = [NameHints](repeating: [], count: tree.nodes.count)
    for index in tree.nodes.indices where tree.nodes[index].tag != .text {
      let node = tree.nodes[index]
      for at in Int(node.from)..<Int(node.to) {
        switch tree.attributes[at].name {
        case .id, .class, .testID:
          let attribute = tree.attributes[at]
          hints[index].formUnion(NameHints(words: tree.values[Int(attribute.from)..<Int(attribute.to)]))
        default: break
        }
      }
    }
    return hints
  }

  private mutating func removeNeverContent(_ scripting: Scripting) {
    var index = 0
    while index < tree.nodes.count {
      let node = tree.nodes[index]
      if node.tag.isNeverContent || node.tag == .noscript && scripting == .on {
        isRemoved[index] = true
        index = Int(node.end)
      } else {
        index += 1
      }
    }
  }

  private mutating func measureProse() {
    for block in TextBlocks.cut(tree, isRemoved: isRemoved) {
      guard block.linkDensity < 0.5, block.characters >= 60 else { continue }
      prose[block.owner] += block.characters - block.linked
    }
    for index in tree.nodes.indices.reversed() {
      let parent = Int(tree.nodes[index].parent)
      if parent >= 0 { prose[parent] += prose[index] }
    }
  }

  private mutating func removeBoilerplate() {
    let total = prose.first ?? 0
    var index = 0
    while index < tree.nodes.count {
      let node = tree.nodes[index]
      if !isRemoved[index], node.tag != .text, node.tag != .body, node.tag != .html {
        let share = total == 0 ? 0 : Double(prose[index]) / Double(total)
        isRemoved[index] = isBoilerplate(index, node.tag, share: share)
      }
      index = isRemoved[index] ? Int(node.end) : index + 1
    }
  }

  private func isBoilerplate(_ index: Int, _ tag: Tag, share: Double) -> Bool {
    if isHidden(index), share < 0.5 { return true }
    switch tag {
    case .footer: if share < 0.3 { return true }
    case .aside: if share < 0.4 { return true }
    case .form: if share < 0.2 { return true }
    case .header: if prose[index] < 150, share < 0.2 { return true }
    case .figcaption: return true
    default: break
    }
    if let role = tree.value(.role, of: index), Self.boilerplateRoles.contains(role), share < 0.4 {
      return true
    }
    let hint = hints[index]
    guard !hint.isEmpty else { return false }
    // An embedded post is a quotation with a class of its own.
    if tag == .a || tag == .blockquote || tag == .p && share > 0.05 { return false }
    if hint.contains(.consent), share < 0.9, !hint.contains(.body) { return true }
    if hint.contains(.comments), !hint.contains(.body) {
      // Comments may be longer than the article; a wrapper of that name that holds the article has its heading.
      let outside = (prose.first ?? 0) - prose[index]
      if share < 0.7 || outside >= 200 && !holdsArticle(index) { return true }
    }
    let isInline = !tag.isBlock
    if hint.contains(.related), share < 0.3 { return true }
    if hint.contains(.boilerplate), share < 0.3 { return true }
    if hint.contains(.caption), share < 0.2 { return true }
    if hint.contains(.byline), share < 0.15, prose[index] < 600 { return true }
    if hint.contains(.paywall), share < 0.3 { return true }
    if hint.contains(.hidden), share < 0.3, !isInline { return true }
    if hint.contains(.media), share < 0.1 { return true }
    return false
  }

  private func holdsArticle(_ index: Int) -> Bool {
    signs[Int(tree.nodes[index].end) - 1] > signs[index]
  }

  /// Per node, how many signs of an article have been seen up to it.
  private static func countSigns(_ tree: PageTree, _ hints: [NameHints]) -> [Int32] {
    var count: Int32 = 0
    return tree.nodes.indices.map { index in
      let tag = tree.nodes[index].tag
      if tag == .h1 || tag == .article || tag == .main || hints[index].contains(.body) { count += 1 }
      return count
    }
  }

  private static let boilerplateRoles: Set<String> = [
    "navigation", "complementary", "banner", "contentinfo", "search", "dialog", "alertdialog", "alert",
    "menu",
    "menubar", "toolbar", "tablist", "tooltip", "form", "note",
  ]

  private func isHidden(_ index: Int) -> Bool {
    if tree.bytes(.hidden, of: index) != nil { return true }
    if tree.value(.ariaHidden, of: index) == "true" { return true }
    guard let style = tree.bytes(.style, of: index) else { return false }
    let compact = String(decoding: style.filter { $0 > 0x20 }, as: UTF8.self).lowercased()
    return compact.contains("display:none") || compact.contains("visibility:hidden")
  }
}
