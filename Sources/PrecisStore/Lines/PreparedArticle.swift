import PrecisJSON
import PrecisModel

/// An article made ready to be appended: its JSON, and what the index takes of it. Any thread may make it, so that the
/// store's one writer only copies bytes.
public final class PreparedArticle: @unchecked Sendable {  // Nothing of it changes.
  /// The article's id.
  public let id: ArticleID
  /// Its members, from the comma after `seq` on.
  let members: LineMembers
  /// Their checksum, so that the writer need not look at them again.
  let checksum: CRC32C.Part
  /// Read from the bytes, as it is when the index is made anew; without sequence number, keys and mark.
  let head: EntryHead?

  /// Makes an article ready.
  public init(_ article: Article) {
    id = article.id
    let text = (article.content?.html.utf8.count ?? 0) + (article.content?.text.utf8.count ?? 0)
    var json = JSONWriter(capacity: 2048 + text + text / 16)
    json.beginObject()
    json.key("seq")
    json.int(0)
    let start = json.count
    article.writeMembers(to: &json)
    (members, head) = json.withBytes { bytes in
      let bytes = UnsafeRawBufferPointer(bytes)
      return (LineMembers(bytes.part(start..<bytes.count)), EntryHead(bytes))
    }
    checksum = CRC32C.Part(members.bytes)
  }
}

/// Most of a line, in memory of its own: the file is written from there, when the article itself is no longer needed.
final class LineMembers: @unchecked Sendable {  // Its bytes are written once, before anybody has it.
  let bytes: UnsafeRawBufferPointer

  init(_ bytes: UnsafeRawBufferPointer) {
    let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count, alignment: 16)
    copy.copyMemory(from: bytes)
    self.bytes = UnsafeRawBufferPointer(copy)
  }

  deinit { bytes.deallocate() }
}
