import PrecisModel

/// The pages of articles that are to be read: those of each feed, as its state has them, and a line of them for each host.
///
/// A line stands in the queue of polls under a number of its own, as one of the feeds of its host: so pages and feeds
/// share the host's one request at a time, its spacing, and the rest that it asks for.
struct WantedPages {
  typealias Page = FeedState.WantedPage

  /// Pages of a feed that wait at most: a host that asks for days of rest must not let a state grow.
  static let feedLimit = 30

  private var pages: [FeedID: [Page]] = [:]
  private var lines: [UInt32: Line] = [:]
  private var numbers: [String: UInt32] = [:]

  /// What waits for one host.
  private struct Line {
    let host: String
    var waiting: [(feed: FeedID, article: ArticleID)] = []
  }

  /// How many pages wait.
  var count: Int { pages.values.reduce(0) { $0 + $1.count } }

  /// How many lines there are.
  var lineCount: Int { lines.count }

  /// The pages of a feed.
  subscript(feed: FeedID) -> [Page] { pages[feed] ?? [] }

  /// Takes in a page, or what a newer version of its article says of it; false where too many of the feed wait.
  mutating func add(_ page: Page, of feed: FeedID) -> Bool {
    var own = pages[feed] ?? []
    if let known = own.firstIndex(where: { $0.article == page.article }) {
      own[known] = page
    } else {
      guard own.count < Self.feedLimit else { return false }
      own.append(page)
    }
    pages[feed] = own
    return true
  }

  /// Takes a page away.
  mutating func remove(_ article: ArticleID, of feed: FeedID) {
    pages[feed]?.removeAll { $0.article == article }
    if pages[feed]?.isEmpty == true { pages[feed] = nil }
  }

  /// Takes all pages of a feed away; their lines notice when it is their turn.
  mutating func remove(_ feed: FeedID) { pages[feed] = nil }

  // MARK: Lines

  /// The line of a host, if it has one.
  func line(of host: String) -> UInt32? { numbers[host] }

  /// The lines in which pages of a feed wait.
  func lines(of feed: FeedID, host: (String) -> String) -> [UInt32] {
    self[feed].compactMap { numbers[host($0.url)] }
  }

  /// Gives a host a line.
  mutating func open(_ line: UInt32, for host: String) {
    lines[line] = Line(host: host)
    numbers[host] = line
  }

  /// Puts a page at the end of its host's line.
  mutating func queueUp(_ article: ArticleID, of feed: FeedID, in line: UInt32) {
    guard lines[line]?.waiting.contains(where: { $0.article == article }) == false else { return }
    lines[line]?.waiting.append((feed, article))
  }

  /// Takes the first page of a line that is still wanted from it; nil where none is left.
  mutating func takeFirst(of line: UInt32) -> (feed: FeedID, page: Page)? {
    while let next = lines[line]?.waiting.first {
      lines[line]?.waiting.removeFirst()
      if let page = pages[next.feed]?.first(where: { $0.article == next.article }) {
        return (next.feed, page)
      }
    }
    return nil
  }

  /// Whether nothing waits in a line.
  func isEmpty(_ line: UInt32) -> Bool { lines[line]?.waiting.isEmpty ?? true }

  /// Takes a host's line away.
  mutating func close(_ line: UInt32) {
    if let host = lines.removeValue(forKey: line)?.host { numbers[host] = nil }
  }
}
