import Glibc
import PrecisJSON
import PrecisModel
import PrecisViews
import Testing

/// The documents of Tests/schema/samples, which validate.py holds to docs/schema; these tests hold them to the code.
///
/// `PRECIS_UPDATE_FILES=1 swift test --filter SampleFiles` writes them.
@Suite struct SampleFilesTests {
  private static let folder =
    String(#filePath.split(separator: "/").dropLast(2).reduce("") { $0 + "/" + $1 }) + "/schema/samples/"

  @Test("latest.json is the sample")
  func latest() throws {
    var contentless = Sample.article("contentless", title: "")
    contentless.summary = "A teaser."
    try hold("latest.json", to: JSONFeedView().bytes([Sample.full, contentless, Sample.article("bare")]))
    let heading = ExportHeading(
      title: "T", description: "D", homePageURL: "https://a.example/", feedURL: "https://a.example/feed")
    try hold("latest.empty.json", to: JSONFeedView(heading: heading).bytes([]))
  }

  @Test("feeds.json is the sample")
  func feeds() throws {
    try hold("feeds.json", to: FeedsView.bytes(Self.feeds, now: Sample.now))
  }

  @Test("an article and a feed's state are the samples")
  func lines() throws {
    var json = JSONWriter()
    Sample.full.write(to: &json)
    json.newline()
    try hold("article.json", to: json.bytes)
    json.removeAll()
    for feed in Self.feeds {
      feed.write(to: &json)
      json.newline()
    }
    try hold("feed-state.ndjson", to: json.bytes)
  }

  /// A feed that is well, one with every member set, and one of each other status.
  private static var feeds: [FeedState] {
    var busy = Sample.feed("https://busy.example/feed", title: "Busy")
    busy.subscribedURL = "https://old.example/feed"
    busy.titleOverride = "Busy bees"
    busy.folder = "Tech/Swift"
    busy.validators = .init(url: busy.url, etag: "W/\"a\"", lastModified: "Tue, 24 Nov 2026 05:12:45 GMT")
    busy.bodyHash = String(repeating: "0", count: 32)
    busy.move = .init(target: "https://new.example/feed", count: 2, since: Sample.now)
    busy.notBefore = Sample.now + 60
    busy.hints.ttlMinutes = 60
    busy.hints.skipHours = [0, 23]
    busy.hints.skipDays = [0, 6]
    busy.hints.updatePeriod = 3600
    busy.hints.maxAge = 600
    busy.publishInterval = 900
    busy.counts.latencyMilliseconds = 6200
    busy.hubURL = "https://hub.example/"
    var teaser = Sample.full
    teaser.language = "en"
    busy.wantedPages = [teaser, Sample.article("bare")].compactMap { FeedState.WantedPage(of: $0) }
    busy.wantedPages[0].notBefore = Sample.now + 60
    busy.failure = .init(
      kind: "http", message: "the server answered 503", httpStatus: 503, count: 2, since: Sample.now + -7200)
    var gone = Sample.feed("https://gone.example/feed", title: nil)
    gone.status = .gone
    var merged = Sample.feed("https://merged.example/feed", title: "Merged")
    merged.status = .merged
    return [
      Sample.feed(), busy, gone, merged, FeedState(url: "https://new.example/feed", dateAdded: Sample.now),
    ]
  }

  private func hold(_ name: String, to bytes: [UInt8]) throws {
    let path = Self.folder + name
    let text = String(decoding: bytes, as: UTF8.self)
    if getenv("PRECIS_UPDATE_FILES") != nil {
      let file = try #require(fopen(path, "w"))
      fputs(text, file)
      fclose(file)
    }
    let file = try #require(fopen(path, "r"))
    defer { fclose(file) }
    var read: [UInt8] = []
    while case let byte = fgetc(file), byte != EOF { read.append(UInt8(byte)) }
    #expect(String(decoding: read, as: UTF8.self) == text)
  }
}
