import PrecisModel

/// What a page says about itself, from its best witness on: JSON-LD, OpenGraph, microdata, meta elements, the page.
struct PageMetadata {
  let data: LinkedData
  let elements: MetaElements

  init(tree: PageTree, linkedData: [ArraySlice<UInt8>]) {
    data = LinkedData(linkedData)
    elements = MetaElements(tree)
  }

  func fill(_ page: inout ExtractedPage, url: String?) {
    page.siteName = siteName
    page.title = title
    page.authors = authors
    page.datePublished = firstDate([
      data.datePublished, value("article:published_time"), elements.properties["datePublished"],
      value("og:article:published_time"), value("datepublished"), value("parsely-pub-date"),
      value("sailthru.date"),
      value("dc.date"), value("dc.date.issued"), value("dcterms.created"), value("pubdate"),
      value("publishdate"),
      value("publish-date"), value("citation_publication_date"), value("citation_date"), value("date"),
      elements.time,
    ])
    page.dateModified = firstDate([
      data.dateModified, value("article:modified_time"), value("og:updated_time"),
      elements.properties["dateModified"],
      value("datemodified"), value("last-modified"), value("dcterms.modified"), value("lastmod"),
    ])
    page.language = language
    page.description = nonEmpty(
      value("og:description") ?? data.description ?? value("description") ?? value("twitter:description"))
    page.image = nonEmpty(
      value("og:image") ?? value("og:image:url") ?? value("og:image:secure_url") ?? data.image
        ?? value("twitter:image") ?? value("twitter:image:src") ?? elements.properties["image"])
    page.url = [elements.canonical, value("og:url")].compactMap { $0 }.first { isAddress($0) } ?? url
  }

  private func value(_ key: String) -> String? { elements.values[key] }

  private func nonEmpty(_ text: String?) -> String? { text?.isEmpty == false ? text : nil }

  private func isAddress(_ text: String) -> Bool {
    text.utf8.count < 4096 && (text.hasPrefix("https://") || text.hasPrefix("http://")) && !text.contains(" ")
  }

  private func firstDate(_ candidates: [String?]) -> Timestamp? {
    candidates.lazy.compactMap { $0 }.compactMap { PageDate.timestamp($0) }.first
  }

  private var siteName: String? {
    nonEmpty(value("og:site_name") ?? data.publisher ?? value("application-name") ?? value("al:ios:app_name"))
  }

  private var language: String? {
    let declared =
      elements.language ?? data.language ?? value("og:locale") ?? value("content-language")
      ?? value("language")
    guard let tag = declared?.split(separator: ",").first.map(String.init) else { return nil }
    let parts = tag.split(whereSeparator: { $0 == "-" || $0 == "_" })
    guard let first = parts.first, 2...3 ~= first.utf8.count,
      first.utf8.allSatisfy({ 0x61...0x7A ~= $0 | 0x20 })
    else { return nil }
    guard parts.count > 1, parts[1].utf8.count == 2 else { return first.lowercased() }
    return first.lowercased() + "-" + parts[1].uppercased()
  }

  private var authors: [Article.Author] {
    let named = data.authors.filter { isName($0.name) }
    if !named.isEmpty { return named }
    let meta = elements.namedAuthors.filter { isName($0) }
    if !meta.isEmpty { return meta.map { Article.Author(name: $0) } }
    return elements.authors.filter { isName($0.name) }.prefix(4).map {
      Article.Author(name: $0.name, url: $0.url)
    }
  }

  private func isName(_ name: String?) -> Bool {
    guard let name else { return false }
    return !name.isEmpty && name.utf8.count <= 120 && !name.hasPrefix("http")
  }

  private var title: String? {
    let declared =
      data.headline ?? value("og:title") ?? elements.properties["headline"] ?? value("twitter:title")
    let heading = elements.heading
    guard var title = nonEmpty(declared) ?? elements.documentTitle ?? heading else { return nil }
    // A heading that the declared title begins with is the title without the site's name.
    if let heading, heading.utf8.count >= 8, title.utf8.count > heading.utf8.count, title.hasPrefix(heading) {
      let rest = title.dropFirst(heading.count).drop { $0 == " " }
      if let mark = rest.first, Self.separators.contains(mark) { return heading }
    }
    if let siteName {
      for separator in Self.separators {
        let suffix = " \(separator) \(siteName)"
        if title.lowercased().hasSuffix(suffix.lowercased()), title.count > suffix.count {
          title = String(title.dropLast(suffix.count))
        }
      }
    }
    return title
  }

  private static let separators: [Character] = ["|", "-", "–", "—", "·", "•", "»", ":", "/"]
}
