import PrecisJSON
import PrecisModel

extension Engine.Added {
  /// A subscription as an answer tells of it.
  public init(_ state: FeedState) { self.init(url: state.url, title: state.title) }

  /// One JSON object.
  public var json: [UInt8] {
    var json = JSONWriter(capacity: 256)
    json.beginObject()
    json.field("id", FeedID(url: url).text)
    json.field("url", url)
    json.field("title", title)
    json.endObject()
    json.newline()
    return json.bytes
  }

  /// Reads what `json` writes; nil for anything else.
  public init?(json bytes: [UInt8]) {
    guard let json = try? JSONParser.parse(bytes), let url = json["url"]?.string else { return nil }
    self.init(url: url, title: json["title"]?.string)
  }
}

extension ImportSummary {
  /// One JSON object.
  public var json: [UInt8] {
    var json = JSONWriter(capacity: 256)
    json.beginObject()
    json.field("added", added)
    json.field("known", known)
    json.field("warnings", warnings)
    json.endObject()
    json.newline()
    return json.bytes
  }

  /// Reads what `json` writes; nil for anything else.
  public init?(json bytes: [UInt8]) {
    guard let json = try? JSONParser.parse(bytes), let added = json["added"]?.int else { return nil }
    self.init()
    self.added = added
    known = json["known"]?.int ?? 0
    warnings = json["warnings"]?.strings ?? []
  }
}
