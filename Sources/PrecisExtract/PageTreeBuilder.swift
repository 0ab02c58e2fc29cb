import CXML2

/// Builds a `PageTree` from libxml2's HTML parser.
///
/// The parser's SAX interface is used, not its tree: the flat array costs a fraction of the nodes' allocations
/// and bounds depth and count as the page is read.
final class PageTreeBuilder {
  private(set) var tree = PageTree()
  private(set) var overflow: String?
  private var open: [Int32] = []
  private let limits: ArticleExtractor.Limits
  private var parser: htmlParserCtxtPtr?

  private init(limits: ArticleExtractor.Limits) { self.limits = limits }

  /// The tree of a reduced page in UTF-8.
  ///
  /// - Throws: `ExtractError.tooComplex` beyond the limits, `.parserUnavailable` where memory is out.
  static func build(_ page: [UInt8], limits: ArticleExtractor.Limits) throws(ExtractError) -> PageTree {
    let builder = PageTreeBuilder(limits: limits)
    builder.tree.text.reserveCapacity(page.count / 4)
    builder.tree.nodes.reserveCapacity(page.count / 40)
    guard builder.parse(page) else { throw .parserUnavailable }
    if let overflow = builder.overflow { throw .tooComplex(limit: overflow) }
    builder.closeAll()
    return builder.tree
  }

  private func parse(_ page: [UInt8]) -> Bool {
    guard let parser = htmlNewParserCtxt() else { return false }
    self.parser = parser
    defer {
      self.parser = nil
      // With our handlers no tree is built; the context may still own an empty document.
      if let document = parser.pointee.myDoc { xmlFreeDoc(document) }
      parser.pointee.myDoc = nil
      htmlFreeParserCtxt(parser)
    }
    guard let sax = parser.pointee.sax else { return false }
    sax.pointee.startDocument = nil
    sax.pointee.endDocument = nil
    sax.pointee.internalSubset = nil
    sax.pointee.comment = nil
    sax.pointee.processingInstruction = nil
    sax.pointee.error = nil
    sax.pointee.warning = nil
    sax.pointee.serror = { _, _ in }
    sax.pointee.startElement = { context, name, attributes in
      guard let context, let name else { return }
      PageTreeBuilder.from(context)?.start(name, attributes)
    }
    sax.pointee.endElement = { context, name in
      guard let context, name != nil else { return }
      PageTreeBuilder.from(context)?.end()
    }
    sax.pointee.characters = { context, bytes, count in
      guard let context, let bytes else { return }
      PageTreeBuilder.from(context)?.characters(bytes, Int(count))
    }
    sax.pointee.ignorableWhitespace = sax.pointee.characters
    sax.pointee.cdataBlock = nil
    parser.pointee._private = Unmanaged.passUnretained(self).toOpaque()
    let options =
      HTML_PARSE_RECOVER.rawValue | HTML_PARSE_NOERROR.rawValue | HTML_PARSE_NOWARNING.rawValue
      | HTML_PARSE_NONET.rawValue | HTML_PARSE_NODEFDTD.rawValue
    page.withUnsafeBytes { buffer in
      guard let base = buffer.bindMemory(to: CChar.self).baseAddress, buffer.count < Int(Int32.max) else {
        return
      }
      let document = htmlCtxtReadMemory(parser, base, Int32(buffer.count), nil, "UTF-8", Int32(options))
      if let document { xmlFreeDoc(document) }
      parser.pointee.myDoc = nil
    }
    return true
  }

  /// The builder of a parser context; htmlCtxtReadMemory leaves `userData` at the context itself.
  private static func from(_ context: UnsafeMutableRawPointer) -> PageTreeBuilder? {
    let parser = context.assumingMemoryBound(to: xmlParserCtxt.self)
    // The context outlives no call of `parse`, which holds the builder.
    return parser.pointee._private.map { Unmanaged<PageTreeBuilder>.fromOpaque($0).takeUnretainedValue() }
  }

  private func stop(_ limit: String) {
    overflow = overflow ?? limit
    if let parser { xmlStopParser(parser) }
  }
}

extension PageTreeBuilder {
  private func start(
    _ name: UnsafePointer<xmlChar>, _ attributes: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?
  ) {
    guard overflow == nil else { return }
    guard tree.nodes.count < limits.nodes else { return stop("\(limits.nodes) nodes") }
    guard open.count < limits.depth else { return stop("\(limits.depth) levels") }
    let index = Int32(tree.nodes.count)
    let from = Int32(tree.attributes.count)
    if var at = attributes {
      while let key = at[0] {
        if let attribute = AttributeName.named(key) { add(attribute, at[1]) }
        at += 2
      }
    }
    tree.nodes.append(
      PageTree.Node(
        tag: Tag.named(name), parent: open.last ?? -1, end: index + 1, from: from,
        to: Int32(tree.attributes.count)))
    open.append(index)
  }

  private func add(_ name: AttributeName, _ value: UnsafePointer<xmlChar>?) {
    let from = tree.values.count
    if let value {
      var length = 0
      while value[length] != 0 { length += 1 }
      tree.values.append(contentsOf: UnsafeBufferPointer(start: value, count: length))
    }
    tree.attributes.append(.init(name: name, from: Int32(from), to: Int32(tree.values.count)))
  }

  private func end() {
    guard let index = open.popLast() else { return }
    tree.nodes[Int(index)].end = Int32(tree.nodes.count)
  }

  private func closeAll() {
    while !open.isEmpty { end() }
  }

  private func characters(_ bytes: UnsafePointer<xmlChar>, _ count: Int) {
    guard overflow == nil, count > 0 else { return }
    let from = Int32(tree.text.count)
    tree.text.append(contentsOf: UnsafeBufferPointer(start: bytes, count: count))
    let to = Int32(tree.text.count)
    if let last = tree.nodes.last, last.tag == .text, last.parent == open.last ?? -1, last.to == from {
      tree.nodes[tree.nodes.count - 1].to = to
      return
    }
    guard tree.nodes.count < limits.nodes else { return stop("\(limits.nodes) nodes") }
    let index = Int32(tree.nodes.count)
    tree.nodes.append(PageTree.Node(tag: .text, parent: open.last ?? -1, end: index + 1, from: from, to: to))
  }
}
