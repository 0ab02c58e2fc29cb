import PrecisJSON
import PrecisModel

/// What the members of a JSON Feed mean.
///
/// Source: https://www.jsonfeed.org/version/1.1/. Numbers are taken for strings where a string is asked for.
struct JSONFeedAdapter {
  let base: BaseStack

  func read(_ key: String, _ value: JSONValue, into feed: inout ParsedFeed) {
    switch key {
    case "title": feed.title = text(value, .plain)
    case "description": feed.description = text(value, .plain)
    case "home_page_url": feed.homePageURL = address(value)
    case "feed_url": feed.feedURL = address(value)
    case "next_url": feed.nextPageURL = address(value)
    case "icon": feed.icon = address(value) ?? feed.icon
    case "favicon": feed.icon = feed.icon ?? address(value)
    case "language": feed.language = string(value)
    case "authors", "author": if feed.authors.isEmpty { feed.authors = authors(value) }
    case "hubs":
      feed.hubURLs = (value.array ?? []).prefix(10).compactMap { $0["url"].flatMap(address) }
    case "date_modified": feed.dateModified = string(value).flatMap(FeedDate.parse)
    default: return
    }
  }

  /// The entry of an item; nil where nothing identifies it and nothing is in it.
  func entry(_ item: JSONValue, warn: (String) -> Void) -> ParsedEntry? {
    guard item.object != nil else { return nil }
    var entry = ParsedEntry()
    entry.id = item["id"].flatMap(string)
    entry.url = item["url"].flatMap(address)
    entry.externalURL = item["external_url"].flatMap(address)
    entry.title = item["title"].flatMap { text($0, .plain) }
    entry.content =
      item["content_html"].flatMap { text($0, .html) } ?? item["content_text"].flatMap { text($0, .plain) }
    entry.summary = item["summary"].flatMap { text($0, .plain) }
    guard entry.id != nil || entry.url != nil || entry.title != nil || entry.content != nil else {
      return nil
    }
    entry.image = item["image"].flatMap(address) ?? item["banner_image"].flatMap(address)
    entry.datePublished = date(item, "date_published", warn)
    entry.dateModified = date(item, "date_modified", warn)
    entry.authors = item["authors"].map(authors) ?? []
    if entry.authors.isEmpty { entry.authors = item["author"].map(authors) ?? [] }
    entry.language = item["language"].flatMap(string)
    for tag in (item["tags"]?.strings ?? []).prefix(200) {
      if let topic = tag.collapsed.nonEmpty, !entry.topics.contains(topic) { entry.topics.append(topic) }
    }
    entry.attachments = (item["attachments"]?.array ?? []).prefix(200).compactMap(attachment)
    return entry
  }

  private func attachment(_ value: JSONValue) -> Article.Attachment? {
    guard let url = value["url"].flatMap(address) else { return nil }
    return Article.Attachment(
      url: url, mimeType: value["mime_type"].flatMap(string), title: value["title"].flatMap(string),
      sizeInBytes: value["size_in_bytes"]?.int.flatMap { $0 > 0 ? $0 : nil },
      durationInSeconds: value["duration_in_seconds"]?.double.flatMap { 0.5..<1e9 ~= $0 ? Int($0) : nil })
  }

  private func date(_ item: JSONValue, _ key: String, _ warn: (String) -> Void) -> Timestamp? {
    guard let text = item[key].flatMap(string) else { return nil }
    guard let reading = FeedDate.read(text) else {
      warn("unreadable date in \(key): \(text.prefix(60))")
      return nil
    }
    if let zone = reading.unknownZone { warn(FeedDate.warning(unknownZone: zone, in: key)) }
    return reading.moment
  }

  /// `authors` of 1.1, a list, or `author` of 1.0, an object; a bare name is taken as well.
  private func authors(_ value: JSONValue) -> [Article.Author] {
    (value.array ?? [value]).prefix(100).compactMap { author in
      if let name = author.string?.collapsed.nonEmpty { return Article.Author(name: name) }
      let name = author["name"].flatMap(string)
      let url = author["url"].flatMap(string)
      guard name != nil || url != nil else { return nil }
      if let url, url.lowercased().hasPrefix("mailto:") {
        return Article.Author(name: name, email: String(url.dropFirst(7)))
      }
      return Article.Author(name: name, url: url.map { base.resolve($0, at: 0) })
    }
  }

  private func string(_ value: JSONValue) -> String? {
    switch value {
    case .string(let text): return text.trimmed.nonEmpty
    case .int(let number): return String(number)
    case .double(let number): return String(number)
    default: return nil
    }
  }

  private func address(_ value: JSONValue) -> String? {
    value.string?.trimmed.nonEmpty.map { base.resolve($0, at: 0) }
  }

  private func text(_ value: JSONValue, _ kind: ParsedText.Kind) -> ParsedText? {
    string(value).map { ParsedText($0, kind: kind, baseURL: base.text(at: 0)) }
  }
}
