import PrecisJSON
import PrecisModel

/// An article made ready to be appended: its JSON, and what the index takes of it. Any thread may make it, so that the
/// store's one writer only copies bytes.
public final class PreparedArticle: @unchecked Sendable {  // Nothing of it changes.
  /// The article.
  public let article: Article
  /// Its members, from the comma after `seq` on, in memory of its own: the file is written from there.
  let members: UnsafeRawBufferPointer
  /// Their checksum, so that the writer need not look at them again.
  let checksum: CRC32C.Part
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
    let start = json.count
    article.writeMembers(to: &json)
    (members, head) = json.withBytes { bytes in
      let bytes = UnsafeRawBufferPointer(bytes)
      let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count - start, alignment: 16)
      copy.copyMemory(from: bytes.part(start..<bytes.count))
      return (UnsafeRawBufferPointer(copy), EntryHead(bytes))
    }
    checksum = CRC32C.Part(members)
  }

  deinit { members.deallocate() }
}
