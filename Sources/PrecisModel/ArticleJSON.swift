import PrecisJSON

extension Article {
  /// Writes the article as one JSON object, keys in the order of docs/store-format.md.
  public func write(to json: inout JSONWriter) {
    json.beginObject()
    writeMembers(to: &json)
    json.endObject()
  }

  /// Writes the members alone, for a caller that puts members of its own around them.
  public func writeMembers(to json: inout JSONWriter) {
    json.key("id")
    json.plainString(length: ArticleID.textLength) { id.write(to: $0) }
    json.field("revision", revision)
    json.field("url", url)
    json.field("external_url", externalURL)
    json.field("title", title)
    json.key("source")
    source.write(to: &json)
    json.key("feed_id")
    json.plainString(length: FeedID.textLength) { feedID.write(to: $0) }
    json.field("guid", guid)
    json.list("authors", authors) { $1.write(to: &$0) }
    json.moment("date_published", datePublished)
    json.moment("date_modified", dateModified)
    json.moment("date_synced", dateSynced)
    json.field("language", language)
    json.field("fields", fields)
    json.field("depth", depth?.rawValue)
    json.field("length", length?.rawValue)
    json.field("word_count", wordCount)
    json.field("summary", summary)
    json.field("key_takeaway", keyTakeaway)
    json.field("key_insights", keyInsights)
    json.field("principles", principles)
    json.field("method", method)
    json.field("in_practice", inPractice)
    json.field("topics", topics)
    json.list("code_references", codeReferences) { $1.write(to: &$0) }
    json.field("best_for", bestFor)
    json.list("related", related) { $1.write(to: &$0) }
    if let attribution {
      json.key("attribution")
      json.beginObject()
      json.field("editor", attribution.editor)
      json.field("publisher", attribution.publisher)
      json.field("notice", attribution.notice)
      json.endObject()
    }
    if let content {
      json.key("content")
      json.beginObject()
      json.field("html", content.html)
      json.field("text", content.text)
      json.field("hash", content.hash)
      if content.isExtracted {
        json.key("extracted")
        json.bool(true)
      }
      json.endObject()
    }
    json.field("image", image)
    json.list("attachments", attachments) { $1.write(to: &$0) }
    json.field("license", license)
    json.field("location", location)
    json.field("comments_url", commentsURL)
    json.field("comments_feed_url", commentsFeedURL)
    json.field("comment_count", commentCount)
    json.field("in_reply_to", inReplyTo)
    json.list("duplicates", duplicates) { $1.write(to: &$0) }
    json.key("provenance")
    json.beginObject()
    for (key, value) in provenance.sorted(by: { $0.key < $1.key }) {
      json.key(key)
      value.write(to: &json)
    }
    json.endObject()
  }

  /// Reads an article that `write(to:)` wrote; members it does not know are passed over.
  ///
  /// nil where a member that every article has (`id`, `title`, `source`, `feed_id`, `date_synced`) is absent or
  /// of the wrong type.
  public init?(json: JSONValue) {
    guard let id = json["id"]?.string.flatMap({ ArticleID($0) }), let title = json["title"]?.string,
      let source = json["source"].flatMap({ Source(json: $0) }),
      let feedID = json["feed_id"]?.string.flatMap({ FeedID($0) }),
      let synced = json["date_synced"]?.string.flatMap({ Timestamp(rfc3339: $0) })
    else { return nil }
    self.init(id: id, feedID: feedID, title: title, source: source, dateSynced: synced)
    revision = json["revision"]?.int ?? 1
    guid = json["guid"]?.string
    url = json["url"]?.string
    externalURL = json["external_url"]?.string
    authors = (json["authors"]?.array ?? []).map { Author(json: $0) }
    datePublished = json["date_published"]?.string.flatMap { Timestamp(rfc3339: $0) }
    dateModified = json["date_modified"]?.string.flatMap { Timestamp(rfc3339: $0) }
    language = json["language"]?.string
    fields = json["fields"]?.strings ?? []
    depth = json["depth"]?.string.flatMap { Depth(rawValue: $0) }
    length = json["length"]?.string.flatMap { Length(rawValue: $0) }
    wordCount = json["word_count"]?.int ?? 0
    summary = json["summary"]?.string
    keyTakeaway = json["key_takeaway"]?.string
    keyInsights = json["key_insights"]?.strings ?? []
    principles = json["principles"]?.strings ?? []
    method = json["method"]?.string
    inPractice = json["in_practice"]?.strings ?? []
    topics = json["topics"]?.strings ?? []
    codeReferences = (json["code_references"]?.array ?? []).compactMap { CodeReference(json: $0) }
    bestFor = json["best_for"]?.strings ?? []
    related = (json["related"]?.array ?? []).compactMap { RelatedArticle(json: $0) }
    if let credit = json["attribution"] {
      attribution = Attribution(
        editor: credit["editor"]?.string ?? "", publisher: credit["publisher"]?.string ?? "",
        notice: credit["notice"]?.string ?? "")
    }
    if let body = json["content"] {
      content = Content(
        html: body["html"]?.string ?? "", text: body["text"]?.string ?? "", hash: body["hash"]?.string ?? "",
        isExtracted: body["extracted"]?.bool ?? false)
    }
    image = json["image"]?.string
    attachments = (json["attachments"]?.array ?? []).compactMap { Attachment(json: $0) }
    license = json["license"]?.string
    location = json["location"].flatMap { Location(json: $0) }
    commentsURL = json["comments_url"]?.string
    commentsFeedURL = json["comments_feed_url"]?.string
    commentCount = json["comment_count"]?.int
    inReplyTo = (json["in_reply_to"]?.array ?? []).map { InReplyTo(json: $0) }
    duplicates = (json["duplicates"]?.array ?? []).compactMap { Sighting(json: $0) }
    for member in json["provenance"]?.object ?? [] {
      provenance[member.key] = Provenance(json: member.value)
    }
  }
}

extension JSONWriter {
  fileprivate mutating func list<Element>(
    _ key: StaticString, _ elements: [Element], _ write: (inout JSONWriter, Element) -> Void
  ) {
    self.key(key)
    beginArray()
    for element in elements { write(&self, element) }
    endArray()
  }
}

extension Article.Source {
  fileprivate func write(to json: inout JSONWriter) {
    json.beginObject()
    json.field("name", name)
    json.field("feed_url", feedURL)
    json.field("home_page_url", homePageURL)
    json.endObject()
  }

  fileprivate init?(json: JSONValue) {
    guard let name = json["name"]?.string, let feedURL = json["feed_url"]?.string else { return nil }
    self.init(name: name, feedURL: feedURL, homePageURL: json["home_page_url"]?.string)
  }
}

extension Article.Author {
  /// Writes the author as JSON Feed 1.1 has it, and `email`.
  public func write(to json: inout JSONWriter) {
    json.beginObject()
    json.field("name", name)
    json.field("url", url)
    json.field("email", email)
    json.endObject()
  }

  fileprivate init(json: JSONValue) {
    self.init(name: json["name"]?.string, url: json["url"]?.string, email: json["email"]?.string)
  }
}

extension Article.CodeReference {
  fileprivate func write(to json: inout JSONWriter) {
    json.beginObject()
    json.field("url", url)
    json.field("kind", kind.rawValue)
    json.field("owner", owner)
    json.field("name", name)
    json.endObject()
  }

  fileprivate init?(json: JSONValue) {
    guard let url = json["url"]?.string, let name = json["name"]?.string,
      let kind = json["kind"]?.string.flatMap({ Kind(rawValue: $0) })
    else { return nil }
    self.init(url: url, kind: kind, owner: json["owner"]?.string, name: name)
  }
}

extension Article.RelatedArticle {
  fileprivate func write(to json: inout JSONWriter) {
    json.beginObject()
    json.field("id", id.text)
    json.field("title", title)
    json.field("url", url)
    json.key("score")
    json.number(score)
    json.endObject()
  }

  fileprivate init?(json: JSONValue) {
    guard let id = json["id"]?.string.flatMap({ ArticleID($0) }), let title = json["title"]?.string else {
      return nil
    }
    self.init(id: id, title: title, url: json["url"]?.string, score: json["score"]?.double ?? 0)
  }
}

extension Article.Attachment {
  /// Writes the attachment as JSON Feed 1.1 has it.
  public func write(to json: inout JSONWriter) {
    json.beginObject()
    json.field("url", url)
    json.field("mime_type", mimeType)
    json.field("title", title)
    json.field("size_in_bytes", sizeInBytes)
    json.field("duration_in_seconds", durationInSeconds)
    json.endObject()
  }

  fileprivate init?(json: JSONValue) {
    guard let url = json["url"]?.string else { return nil }
    self.init(
      url: url, mimeType: json["mime_type"]?.string, title: json["title"]?.string,
      sizeInBytes: json["size_in_bytes"]?.int, durationInSeconds: json["duration_in_seconds"]?.int)
  }
}

extension JSONWriter {
  /// Writes `key` and a place where there is one.
  public mutating func field(_ key: StaticString, _ location: Article.Location?) {
    guard let location else { return }
    self.key(key)
    beginObject()
    // The seventh decimal of a degree is a centimetre.
    self.key("latitude")
    number(location.latitude, digits: 7)
    self.key("longitude")
    number(location.longitude, digits: 7)
    field("name", location.name)
    endObject()
  }

  /// Writes `key` and what is answered, where anything is.
  public mutating func field(_ key: StaticString, _ answered: [Article.InReplyTo]) {
    guard !answered.isEmpty else { return }
    list(key, answered) { json, one in
      json.beginObject()
      json.field("ref", one.ref)
      json.field("url", one.url)
      json.endObject()
    }
  }
}

extension Article.Location {
  fileprivate init?(json: JSONValue) {
    guard let latitude = json["latitude"]?.double, let longitude = json["longitude"]?.double else {
      return nil
    }
    self.init(latitude: latitude, longitude: longitude, name: json["name"]?.string)
  }
}

extension Article.InReplyTo {
  fileprivate init(json: JSONValue) { self.init(ref: json["ref"]?.string, url: json["url"]?.string) }
}

extension Article.Sighting {
  fileprivate func write(to json: inout JSONWriter) {
    json.beginObject()
    json.field("url", url)
    json.key("source")
    source.write(to: &json)
    json.field("date_seen", dateSeen.description)
    json.field("kind", kind.rawValue)
    json.endObject()
  }

  fileprivate init?(json: JSONValue) {
    guard let source = json["source"].flatMap({ Article.Source(json: $0) }),
      let seen = json["date_seen"]?.string.flatMap({ Timestamp(rfc3339: $0) }),
      let kind = json["kind"]?.string.flatMap({ Kind(rawValue: $0) })
    else { return nil }
    self.init(url: json["url"]?.string, source: source, dateSeen: seen, kind: kind)
  }
}

extension Article.Provenance {
  fileprivate func write(to json: inout JSONWriter) {
    json.beginObject()
    json.field("by", by.rawValue)
    json.key("quotes")
    json.beginArray()
    for quote in quotes {
      json.beginObject()
      json.field("offset", quote.offset)
      json.field("text", quote.text)
      json.endObject()
    }
    json.endArray()
    json.endObject()
  }

  fileprivate init?(json: JSONValue) {
    guard let by = json["by"]?.string.flatMap({ Curator(rawValue: $0) }) else { return nil }
    self.init(
      by: by,
      quotes: (json["quotes"]?.array ?? []).compactMap { quote in
        guard let offset = quote["offset"]?.int, let text = quote["text"]?.string else { return nil }
        return Quote(offset: offset, text: text)
      })
  }
}
