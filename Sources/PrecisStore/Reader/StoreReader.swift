import Glibc
import PrecisJSON
import PrecisModel

/// Reads a store: any number of readers, without a lock, at any time, also while a writer appends and compacts.
///
/// Every line that is given was checked against its checksum. A reader sees the store as it was when it was opened
/// or last refreshed; it is used by one thread at a time, and cheap to open.
public final class StoreReader {
  /// The store's directory.
  public let directory: String
  /// Lines that could not be given because they are damaged, since the reader was opened.
  public internal(set) var damagedLines = 0

  let files: StoreDirectory
  let boot: BootIdentity
  var view: ReaderView
  /// The line of the change log that was given last.
  var lastGiven: GivenLine?

  /// Opens a store for reading.
  ///
  /// - Throws: `.notAStore`, `.wrongVersion`, `.io`.
  public init(directory: String, fileSystem: some FileSystem = POSIXFileSystem()) throws(StoreError) {
    self.directory = directory
    files = StoreDirectory(path: directory, fileSystem: fileSystem)
    boot = BootIdentity.current
    view = try ReaderView(files, boot: boot)
  }

  /// Takes in what was appended or compacted since.
  public func refresh() throws(StoreError) { view = try ReaderView(files, boot: boot) }

  /// The sequence number of the newest line.
  public var lastSequence: Int64 { view.lastSequence }

  /// The article with an id; nil where there is none or it was removed.
  public func article(id: ArticleID) throws(StoreError) -> Article? {
    try retrying { (view) throws(StoreError) in
      guard let place = view.place(id: id), !place.isRemoved else { return nil }
      return try view.article(place)
    }
  }

  /// The article at an address, as its `url` says it.
  public func article(url: String) throws(StoreError) -> Article? {
    try retrying { (view) throws(StoreError) in
      for place in view.places(urlKey: EntryHead.urlKey(url)) where !place.isRemoved {
        let article = try view.article(place)
        if article.url == url { return article }
      }
      return nil
    }
  }

  /// The ids that begin with these digits, 4 to 16 of them, at most `limit`.
  public func ids(beginningWith digits: String, limit: Int) -> [ArticleID] {
    guard 4...16 ~= digits.utf8.count, let number = UInt64(digits, radix: 16) else { return [] }
    let rest = UInt64(64 - 4 * digits.utf8.count)
    let first = number << rest
    return view.ids(first...(first | (1 << rest &- 1)), limit: limit).map {
      ArticleID(prefix64: $0.high, suffix32: $0.low)
    }
  }

  /// Every article, one at a time, in the order in which they came into the store; nil at the end. What is removed
  /// meanwhile is passed over.
  public func everyArticle() -> () throws -> Article? {
    var ids = view.ids()[...]
    return {
      while let next = ids.popFirst() {
        let id = ArticleID(prefix64: next.high, suffix32: next.low)
        if let article = try self.article(id: id) { return article }
      }
      return nil
    }
  }

  /// The newest articles by date, newest first; of one feed, or of all.
  public func newest(_ count: Int, feed: FeedID? = nil) throws(StoreError) -> [Article] {
    try articles(where: ArticleFilter(feed: feed), limit: count)
  }

  /// The articles that fit a filter, newest first.
  ///
  /// By feed and date the index answers; a topic is looked for in the articles, newest first, until there are
  /// `limit` of them, or in the search index where that is up to date.
  public func articles(where filter: ArticleFilter, limit: Int) throws(StoreError) -> [Article] {
    // A window of no articles would never be seen to the end.
    guard limit > 0 else { return [] }
    return try retrying { (view) throws(StoreError) in
      if let topic = filter.topic, let places = indexedPlaces(topic: topic, filter: filter, limit: limit) {
        var articles: [Article] = []
        for place in places { articles.append(try view.article(place)) }
        return articles
      }
      var found: [Article] = []
      var window = filter.isAnsweredByIndex ? limit : min(max(limit, 64), 1 << 32) * 4
      var passed = 0
      while true {
        let places = view.newest(window, filter: filter)
        for place in places.dropFirst(passed) where place.isKept || !filter.isKept {
          let article: Article
          do throws(StoreError) { article = try view.article(place) } catch {
            guard case .damaged = error, try isDamaged(place) else { throw error }
            damagedLines += 1
            continue
          }
          if filter.accepts(article) { found.append(article) }
          if found.count >= limit { return found }
        }
        if places.count < window { return found }
        passed = places.count
        window = min(window, 1 << 32) * 4
      }
    }
  }

  /// Gives every article, in the order in which they came into the store, each in its newest state, to `body`.
  public func forEach(_ body: (Article) throws -> Void) throws {
    try forEachLine { _, article in
      if let article { try body(article) }
    }
  }

  /// The state of every subscription, unsubscribed ones left out, in the order of their ids.
  public func feeds() throws(StoreError) -> [FeedState] {
    for pause in Self.pauses {
      do throws(StoreError) { return try feedsOnce() } catch {
        // A compaction has put another file in the place of those that were found.
        guard case .io(_, _, ENOENT) = error else { throw error }
        usleep(pause)
      }
    }
    return try feedsOnce()
  }

  private func feedsOnce() throws(StoreError) -> [FeedState] {
    var table = StateTable()
    var report = RecoveryReport()
    let segments = try ReaderView.segments(files, "state")
    try table.load(files, segments, report: &report)
    var states: [FeedState] = []
    var scan = StateScan(files)
    for location in table.locations {
      let state = try scan.state(at: location)
      if state.status != .removed { states.append(state) }
    }
    return states.sorted { $0.id < $1.id }
  }

  /// How much the store holds.
  public func statistics() throws(StoreError) -> StoreStatistics {
    StoreStatistics(
      articles: view.articleCount, bytes: view.segments.reduce(0) { $0 + $1.bytes },
      segments: view.segments.count, lastSequence: view.lastSequence)
  }

  /// Does `body`; where the files changed under it (a compaction), again with a fresh view.
  func retrying<Value>(_ body: (ReaderView) throws(StoreError) -> Value) throws(StoreError) -> Value {
    if view.isStale(files) { try refresh() }
    for pause in Self.pauses {
      do throws(StoreError) { return try body(view) } catch {
        switch error {
        case .damaged, .io(_, _, ENOENT):
          usleep(pause)
          try refresh()
        default: throw error
        }
      }
    }
    return try body(view)
  }

  /// Whether a line that could not be read is damaged, and is not just in another place now.
  private func isDamaged(_ place: ReaderView.Place) throws(StoreError) -> Bool {
    for pause in Self.pauses {
      usleep(pause)
      let fresh = try ReaderView(files, boot: boot)
      let found = fresh.place(id: ArticleID(prefix64: place.id.high, suffix32: place.id.low))
      if found?.location != place.location { return false }
    }
    return true
  }

  /// Microseconds between two looks: after a compaction has put its file in place, the index is told where the lines
  /// are now, and a reader may come between the two.
  private static let pauses: [UInt32] = [0, 1000, 5000, 25_000, 100_000]
}

/// Which articles are asked for.
public struct ArticleFilter: Sendable, Equatable {
  /// Of this feed.
  public var feed: FeedID?
  /// With this topic, upper and lower case alike.
  public var topic: String?
  /// Not older than this.
  public var since: Timestamp?
  /// Older than this.
  public var until: Timestamp?
  /// Marked as kept.
  public var isKept = false

  /// A filter from its parts; nil asks for nothing.
  public init(
    feed: FeedID? = nil, topic: String? = nil, since: Timestamp? = nil, until: Timestamp? = nil,
    isKept: Bool = false
  ) {
    self.feed = feed
    self.topic = topic
    self.since = since
    self.until = until
    self.isKept = isKept
  }

  /// Whether the index alone tells which articles fit.
  var isAnsweredByIndex: Bool { topic == nil && !isKept }

  func accepts(_ article: Article) -> Bool {
    guard let topic else { return true }
    let wanted = topic.lowercased()
    return article.topics.contains { $0.lowercased() == wanted }
  }

  /// The dates that are asked for, seconds since 1970.
  var dates: ClosedRange<UInt32>? {
    let first = max(UInt32(clamping: since?.seconds ?? 1), 1)
    let last = until.map { UInt32(clamping: $0.seconds - 1) } ?? .max
    return first <= last ? first...last : nil
  }
}

/// How much a reader sees.
public struct StoreStatistics: Sendable, Equatable {
  /// Articles that are not removed.
  public let articles: Int
  /// Bytes of the entries.
  public let bytes: Int
  /// Files of the entries.
  public let segments: Int
  /// The sequence number of the newest line.
  public let lastSequence: Int64
}
