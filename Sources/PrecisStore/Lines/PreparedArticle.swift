import PrecisJSON
import PrecisModel

/// An article made ready to be appended: its JSON, and what the index takes of it. Any thread may make it, so that the
/// store's one writer only copies bytes.
public final class PreparedArticle: Sendable {
  /// The article.
  public let article: Article
  /// Its members, from the comma after `seq` on.
  let members: [UInt8]
  /// Read from the bytes, as it is when the index is made anew; without sequence number, keys and mark.
  let head: EntryHead?

  /// Makes an article ready.
  public init(_ article: Article) {
    self.article = article
    let text = (article.content?.html.utf8.count ?? 0) + (article.content?.text.utf8.count ?? 0)
    var json = JSONWriter(capacity: 2048 + text + text / 16)
    json.beginObject()
    json.key("seq")
    json.int(0)
    let start = json.bytes.count
    article.writeMembers(to: &json)
    members = Array(json.bytes[start...])
    head = json.bytes.withUnsafeBytes { EntryHead($0) }
  }
}
