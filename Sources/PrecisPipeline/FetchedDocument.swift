import PrecisFetch
import PrecisJSON
import PrecisModel
import PrecisStore

/// A document that turned out to be a feed when it was looked at: its first poll, which need not ask again.
struct FetchedDocument: Sendable {
  /// Bytes of one that is kept…
  static let sizeLimit = 4 << 20
  /// …and how many are kept at most.
  static let countLimit = 100
  /// Seconds for which it stands for the feed itself; then the server is asked whether it has changed.
  static let freshness: Int64 = 3600

  /// When it came.
  var date: Timestamp
  var result: FetchResult
  var head: ResponseHead
  var bytes: [UInt8]

  /// A document that came in full.
  init(_ bytes: [UInt8], head: ResponseHead, result: FetchResult, date: Timestamp) {
    self.bytes = bytes
    self.head = head
    self.result = result
    self.date = date
    // A subscription that is new moves nowhere yet.
    self.result.redirects = []
  }

  /// Whether it may stand for the feed; one from a clock that ran ahead may not.
  func isFresh(_ now: Timestamp) -> Bool { date <= now && now - date < Self.freshness }

  /// What to ask with whether it is still the feed.
  var validators: FeedState.Validators? {
    guard head.etag != nil || head.lastModified != nil else { return nil }
    return FeedState.Validators(url: head.url, etag: head.etag, lastModified: head.lastModified)
  }

  /// The same after the server said that it has not changed (RFC 9111 section 4.3.4).
  func confirmed(by answer: FetchResult, _ newer: ResponseHead, at now: Timestamp) -> FetchedDocument {
    var head = head
    head.etag = newer.etag ?? head.etag
    head.lastModified = newer.lastModified ?? head.lastModified
    head.freshness = newer.freshness ?? head.freshness
    return FetchedDocument(bytes, head: head, result: answer, date: now)
  }

  /// Hands it over as a fetch of it would.
  func give(to sink: some BodySink, _ completion: (FetchResult) -> Void) {
    var result = result
    result.outcome = .body(head)
    sink.begin(head)
    if !bytes.isEmpty { sink.receive(bytes, BodyCredit()) }
    completion(result)
  }
}

extension FetchedDocument {
  /// What is kept in a file: a line of JSON, then the bytes.
  var file: [UInt8] {
    var json = JSONWriter(capacity: bytes.count + 512)
    json.beginObject()
    json.field("date", date.description)
    json.field("url", head.url)
    json.field("content_type", head.contentType)
    json.field("etag", head.etag)
    json.field("last_modified", head.lastModified)
    json.field("freshness", head.freshness)
    json.field("hub_url", head.links.first { $0.rel == "hub" }?.url)
    json.field("received_bytes", result.receivedBytes)
    json.field("milliseconds", result.milliseconds)
    json.field("bytes", bytes.count)
    json.field("crc", Int(CRC32C.checksum(bytes)))
    json.endObject()
    json.newline()
    return json.bytes + bytes
  }

  /// Reads what `file` holds; nil where it is torn or anything else.
  init?(file: [UInt8]) {
    guard let end = file.firstIndex(of: 0x0A), let json = try? JSONParser.parse(Array(file[..<end])),
      let date = json["date"]?.string.flatMap({ Timestamp(rfc3339: $0) }), let url = json["url"]?.string
    else { return nil }
    let bytes = Array(file[(end + 1)...])
    guard bytes.count == json["bytes"]?.int, Int(CRC32C.checksum(bytes)) == json["crc"]?.int else {
      return nil
    }
    var head = ResponseHead(status: 200, url: url)
    head.contentType = json["content_type"]?.string
    head.etag = json["etag"]?.string
    head.lastModified = json["last_modified"]?.string
    head.freshness = json["freshness"]?.int
    if let hub = json["hub_url"]?.string { head.links = [ResponseHead.Link(url: hub, rel: "hub")] }
    let result = FetchResult(
      earlier: head, receivedBytes: json["received_bytes"]?.int ?? 0, bodyBytes: bytes.count,
      milliseconds: json["milliseconds"]?.int ?? 0)
    self.init(bytes, head: head, result: result, date: date)
  }
}

extension CRC32C {
  fileprivate static func checksum(_ bytes: [UInt8]) -> UInt32 { bytes.withUnsafeBytes { checksum($0) } }
}

extension Engine {
  /// Keeps what a feed was recognised by for its first poll. On the queue.
  func keep(_ document: FetchedDocument, of id: FeedID) {
    guard keptDocuments.count < FetchedDocument.countLimit,
      document.bytes.count <= FetchedDocument.sizeLimit
    else { return }
    do {
      try writer.keepDocument(document.file, of: id)
      keptDocuments.insert(id)
    } catch {
      // It costs a request, nothing else.
      logger.warning("what the feed was recognised by is not kept: \(error)")
    }
  }

  /// What the first poll of a feed is to read.
  func keptDocument(of state: FeedState) -> FetchedDocument? {
    guard keptDocuments.contains(state.id), state.lastSuccess == nil else { return nil }
    // Its head is as long as headers may be.
    return writer.document(of: state.id, limit: FetchedDocument.sizeLimit + (256 << 10))
      .flatMap { FetchedDocument(file: $0) }
  }

  /// Forgets what a feed was recognised by.
  func forgetDocument(of id: FeedID) {
    guard !keptDocuments.isEmpty, keptDocuments.remove(id) != nil else { return }
    writer.removeDocument(of: id)
  }

  /// Takes in what was kept before the start; what no first poll waits for is removed.
  func findKeptDocuments() throws {
    keptDocuments = Set(writer.feedsWithDocuments())
    for id in keptDocuments {
      let state = try writer.state(id)
      if state?.status != .active || state?.lastSuccess != nil { forgetDocument(of: id) }
    }
  }
}
