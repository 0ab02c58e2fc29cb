import PrecisJSON
import PrecisModel

/// What a page's JSON-LD says about its article (schema.org).
struct LinkedData {
  var headline: String?
  var authors: [Article.Author] = []
  var datePublished: String?
  var dateModified: String?
  var language: String?
  var publisher: String?
  var description: String?
  var image: String?
  /// The text of the article as the publisher gives it to machines.
  var articleBody: String?
  /// `isAccessibleForFree`.
  var isFree: Bool?

  /// The most telling article of a page's scripts; scripts that are not JSON are passed over.
  init(_ scripts: [ArraySlice<UInt8>]) {
    var objects: [JSONValue] = []
    for script in scripts where script.count < 1 << 20 {
      guard let value = Self.parse(script) else { continue }
      Self.gather(value, depth: 0, into: &objects)
    }
    let articles = objects.filter { Self.isArticle($0) }
    // Pages have stubs of other articles too: the one with the most members is the page's own.
    if let article = articles.max(by: { ($0.object?.count ?? 0) < ($1.object?.count ?? 0) }) {
      read(article, objects)
    }
    if publisher == nil {
      publisher = objects.first { Self.types(of: $0).contains("WebSite") }?["name"]?.string.map(
        PlainText.clean)
    }
  }

  private static func parse(_ script: ArraySlice<UInt8>) -> JSONValue? {
    if let value = try? JSONParser.parse(Array(script)) { return value }
    // Templates leave raw line breaks in strings, and comments around the object.
    guard let first = script.firstIndex(where: { $0 == 0x7B || $0 == 0x5B }),
      let last = script.lastIndex(where: { $0 == 0x7D || $0 == 0x5D }), first < last
    else { return nil }
    return try? JSONParser.parse(script[first...last].map { $0 < 0x20 ? 0x20 : $0 })
  }

  private static func gather(_ value: JSONValue, depth: Int, into objects: inout [JSONValue]) {
    guard depth < 6, objects.count < 200 else { return }
    switch value {
    case .array(let values): for value in values { gather(value, depth: depth + 1, into: &objects) }
    case .object(let members):
      objects.append(value)
      for member in members where member.key == "@graph" || member.key == "mainEntity" {
        gather(member.value, depth: depth + 1, into: &objects)
      }
    default: break
    }
  }

  private static func types(of value: JSONValue) -> [String] {
    if let type = value["@type"]?.string { return [type] }
    return value["@type"]?.strings ?? []
  }

  private static func isArticle(_ value: JSONValue) -> Bool {
    types(of: value).contains { type in
      type.hasSuffix("Article") || type.hasSuffix("Posting") || type == "Report" || type == "Review"
        || type == "AnalysisNewsArticle" || type == "Blog" && value["headline"] != nil || type == "Recipe"
    }
  }

  private mutating func read(_ article: JSONValue, _ objects: [JSONValue]) {
    headline = (article["headline"]?.string ?? article["name"]?.string).map(PlainText.clean)
    authors = people(article["author"] ?? article["creator"], objects)
    datePublished = article["datePublished"]?.string ?? article["dateCreated"]?.string
    dateModified = article["dateModified"]?.string
    language = article["inLanguage"]?.string ?? article["inLanguage"]?["alternateName"]?.string
    publisher = people(article["publisher"], objects).first?.name
    description = article["description"]?.string.map(PlainText.clean)
    image = Self.address(article["image"]) ?? Self.address(article["thumbnailUrl"])
    articleBody = article["articleBody"]?.string
    isFree =
      article["isAccessibleForFree"]?.bool
      ?? article["isAccessibleForFree"]?.string.map {
        $0.lowercased() != "false"
      }
  }

  private func people(_ value: JSONValue?, _ objects: [JSONValue]) -> [Article.Author] {
    switch value {
    case .string(let name): return [Article.Author(name: PlainText.clean(name))]
    case .array(let values): return values.prefix(20).flatMap { people($0, objects) }
    case .object:
      if let name = value?["name"]?.string {
        return [Article.Author(name: PlainText.clean(name), url: Self.address(value?["url"]))]
      }
      if let names = value?["name"]?.strings {
        return names.map { Article.Author(name: PlainText.clean($0)) }
      }
      // A reference to an object elsewhere in the graph.
      guard let id = value?["@id"]?.string,
        let target = objects.first(where: { $0["@id"]?.string == id && $0["name"] != nil })
      else { return [] }
      return [
        Article.Author(name: target["name"]?.string.map(PlainText.clean), url: Self.address(target["url"]))
      ]
    default: return []
    }
  }

  private static func address(_ value: JSONValue?) -> String? {
    switch value {
    case .string(let text): text.isEmpty ? nil : text
    case .array(let values): values.lazy.compactMap { address($0) }.first
    case .object: address(value?["url"]) ?? address(value?["contentUrl"]) ?? value?["@id"]?.string
    default: nil
    }
  }
}
