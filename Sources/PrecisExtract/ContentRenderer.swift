/// Writes the content as plain structural HTML and as text.
enum ContentRenderer {
  static func render(_ tree: PageTree, _ content: Content) -> (html: String, text: String) {
    guard let root = content.root else { return ("", "") }
    var writer = ContentWriter(tree: tree)
    var open: [Int] = []
    var index = root
    while index < Int(tree.nodes[root].end) {
      let node = tree.nodes[index]
      while let top = open.last, index >= Int(tree.nodes[top].end) {
        writer.close(top)
        open.removeLast()
      }
      if content.isRemoved[index] {
        index = Int(node.end)
        continue
      }
      if node.tag == .text {
        writer.text(node)
      } else {
        writer.open(index)
        open.append(index)
      }
      index += 1
    }
    while let top = open.popLast() { writer.close(top) }
    return writer.finish()
  }
}
