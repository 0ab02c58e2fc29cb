/// The page's meta and link elements, its headings and its microdata, as far as they describe the article.
struct MetaElements {
  /// Of each meta name or property, in lower case, the first value that is not empty; authors have all.
  private(set) var values: [String: String] = [:]
  private(set) var authors: [(name: String, url: String?)] = []
  private(set) var canonical: String?
  private(set) var documentTitle: String?
  private(set) var heading: String?
  private(set) var language: String?
  private(set) var time: String?
  /// Microdata properties of the article, first of each.
  private(set) var properties: [String: String] = [:]

  init(_ tree: PageTree) {
    for index in tree.nodes.indices {
      switch tree.nodes[index].tag {
      case .meta: readMeta(tree, index)
      case .link: readLink(tree, index)
      case .html: language = language ?? tree.value(.lang, of: index)
      case .title:
        if documentTitle == nil { documentTitle = nonEmpty(PlainText.clean(tree.foldedText(of: index))) }
      case .h1:
        if heading == nil { heading = nonEmpty(PlainText.clean(tree.foldedText(of: index))) }
      case .time:
        // The first with a date is the article's: teasers of others come after it.
        if time == nil, let value = tree.value(.datetime, of: index), !value.isEmpty { time = value }
      case .text: continue
      default: break
      }
      if let name = tree.value(.itemprop, of: index) { readProperty(tree, index, name) }
      if authors.count < 10, isAuthor(tree, index) { readAuthor(tree, index) }
    }
  }

  private func nonEmpty(_ text: String) -> String? { text.isEmpty ? nil : text }

  private mutating func readMeta(_ tree: PageTree, _ index: Int) {
    guard let content = tree.value(.content, of: index).map(PlainText.clean), !content.isEmpty else { return }
    let key =
      tree.value(.property, of: index) ?? tree.value(.name, of: index) ?? tree.value(.httpEquiv, of: index)
      ?? tree.value(.itemprop, of: index)
    guard let key = key?.lowercased(), values.count < 400 else { return }
    if values[key] == nil { values[key] = content }
    if [
      "author", "article:author", "dc.creator", "parsely-author", "byl", "citation_author", "sailthru.author",
    ].contains(key) {
      addMetaAuthor(content)
    }
  }

  private var metaAuthors: [String] = []

  /// The authors that meta elements name.
  var namedAuthors: [String] { metaAuthors }

  private mutating func addMetaAuthor(_ value: String) {
    guard !value.hasPrefix("http"), !value.contains("/"), metaAuthors.count < 10 else { return }
    let name = Self.withoutBy(value)
    if !name.isEmpty, !metaAuthors.contains(name) { metaAuthors.append(name) }
  }

  private mutating func readLink(_ tree: PageTree, _ index: Int) {
    guard canonical == nil, tree.value(.rel, of: index)?.lowercased() == "canonical" else { return }
    canonical = tree.value(.href, of: index)
  }

  private mutating func readProperty(_ tree: PageTree, _ index: Int, _ name: String) {
    guard properties.count < 100 else { return }
    let value =
      tree.value(.content, of: index) ?? tree.value(.datetime, of: index)
      ?? (name == "image" ? tree.value(.src, of: index) ?? tree.value(.href, of: index) : nil)
      ?? (Self.textProperties.contains(name) ? tree.foldedText(of: index, limit: 512) : nil)
    if properties[name] == nil, let value = value.map(PlainText.clean), !value.isEmpty {
      properties[name] = value
    }
  }

  private static let textProperties: Set<String> = ["headline", "name", "datePublished", "dateModified"]

  private func isAuthor(_ tree: PageTree, _ index: Int) -> Bool {
    if tree.value(.rel, of: index) == "author" { return true }
    if tree.value(.itemprop, of: index) == "author" { return true }
    guard let names = tree.bytes(.class, of: index), names.count < 200 else { return false }
    let words = names.split(whereSeparator: { $0 == 0x20 })
    return words.contains { word in
      Self.authorClasses.contains(String(decoding: word, as: UTF8.self).lowercased())
    }
  }

  private static let authorClasses: Set<String> = [
    "author", "author-name", "byline", "byline-name", "author_name", "authorname", "byline__name",
    "article-author",
    "post-author", "entry-author", "p-author", "byline-author", "article__author", "author__name",
    "author-link",
  ]

  private mutating func readAuthor(_ tree: PageTree, _ index: Int) {
    let name = Self.withoutBy(PlainText.clean(tree.foldedText(of: index, limit: 200)))
    let words = name.split(separator: " ").count
    guard 1...6 ~= words, name.utf8.count <= 60, !name.contains(where: { "0123456789@:|/".contains($0) })
    else { return }
    if !authors.contains(where: { $0.name == name || $0.name.contains(name) }) {
      authors.append((name, tree.nodes[index].tag == .a ? tree.value(.href, of: index) : nil))
    }
  }

  /// "By A. Writer" is A. Writer.
  static func withoutBy(_ text: String) -> String {
    for prefix in ["by ", "von ", "par ", "por ", "di ", "door ", "written by ", "by: "]
    where text.lowercased().hasPrefix(prefix) {
      return String(text.dropFirst(prefix.count))
    }
    return text
  }
}
