import Logging
import PrecisConfig
import PrecisModel
import PrecisPipeline
import PrecisStore
import PrecisTestSupport

/// An engine over an empty store in a directory of its own, and what was synced into it.
struct Library {
  let directory: TemporaryDirectory
  let configuration: Configuration

  /// A library in a new directory, or in one that another had before.
  init(in directory: TemporaryDirectory? = nil, _ change: (inout Configuration) -> Void = { _ in }) throws {
    self.directory = try directory ?? TemporaryDirectory()
    var configuration = Configuration()
    configuration.network.allowAddresses = ["127.0.0.0/8"]
    configuration.network.spacing = .zero
    change(&configuration)
    self.configuration = configuration
  }

  var store: String { directory.file("store") }

  /// Subscribes to feeds that are new and polls all, one engine for each call; gives the reports by address.
  @discardableResult
  func sync(_ urls: [String]) async throws -> [String: FeedReport] {
    // One after the other: which feed came first is part of what is tested.
    try await sync(urls, by: urls.map { [$0] })
  }

  /// As `sync`, all at once.
  @discardableResult
  func syncTogether(_ urls: [String]) async throws -> [String: FeedReport] {
    try await sync(urls, by: [urls])
  }

  private func sync(_ urls: [String], by groups: [[String]]) async throws -> [String: FeedReport] {
    let engine = try engine(.request)
    await subscribe(urls, on: engine)
    var reports: [String: FeedReport] = [:]
    for group in groups {
      for await case .feed(let report) in events(of: group, on: engine) { reports[report.url] = report }
    }
    await stop(engine)
    return reports
  }

  /// An engine over the library.
  func engine(_ trigger: Engine.Trigger, clocks: Clocks = .system) throws -> Engine {
    try Engine(
      configuration: configuration, store: store, trigger: trigger, version: "0",
      logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }, clocks: clocks)
  }

  func subscribe(_ urls: [String], on engine: Engine) async {
    _ = await withCheckedContinuation { done in
      engine.subscribe(urls.map { Subscription(url: $0) }) { done.resume(returning: $0) }
    }
  }

  /// What a sync of feeds tells until its end.
  func events(
    of urls: [String], on engine: Engine, force: Engine.Force = .yes
  ) -> AsyncStream<SyncEvent> {
    AsyncStream { stream in
      engine.sync(.named(urls), force: force) { event in
        stream.yield(event)
        if case .finished = event { stream.finish() }
      }
    }
  }

  func stop(_ engine: Engine) async {
    await withCheckedContinuation { done in engine.stop { done.resume() } }
  }

  /// The subscriptions as the store has them.
  func feeds() throws -> [FeedState] { try StoreReader(directory: store).feeds() }

  /// What the store has, newest first.
  func articles() throws -> [Article] { try StoreReader(directory: store).newest(100) }
}

/// An RSS document of items that are given as XML.
func rss(_ items: String...) -> Response {
  .ok(
    """
    <?xml version="1.0"?><rss version="2.0"><channel><title>A feed</title><link>http://example.org/</link>
    \(items.map { "<item>\($0)</item>" }.joined())</channel></rss>
    """)
}

/// A text of so many different words, the same for the same seed.
func prose(words: Int, seed: Int = 1) -> [String] {
  let stems = [
    "river", "garden", "engine", "library", "winter", "market", "harbour", "signal", "forest", "window",
    "letter", "bridge", "copper", "summer", "island", "record", "valley", "pocket", "mirror", "travel",
  ]
  var state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 | 1
  var paragraphs: [String] = []
  var words = words
  while words > 0 {
    let sentence = (0..<min(12, words)).map { _ in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return stems[Int(state >> 33) % stems.count]
    }
    words -= sentence.count
    paragraphs.append("The " + sentence.joined(separator: " ") + ".")
  }
  return paragraphs
}
