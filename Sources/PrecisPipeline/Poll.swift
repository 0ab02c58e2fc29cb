import PrecisDigest
import PrecisFetch
import PrecisModel
import PrecisNormalise
import PrecisParse
import PrecisSchedule

/// One poll of one feed, from the request to what is to be stored: takes the body in, hashes it, parses it as it
/// arrives, and hands normalised articles on in batches.
///
/// Lives on its worker's queue but for `receive`, which the fetcher calls on its own and which only hands over.
final class Poll: BodySink, @unchecked Sendable {  // Mutable state is confined to `worker.queue`.
  /// A batch is handed on at so many articles…
  static let batchCount = 256
  /// …or at so many bytes of text and HTML.
  static let batchBytes = 1 << 20
  /// Batches on their way at once; the body is not read on meanwhile.
  private static let batchesAhead = 2

  /// The feed's number.
  let feed: UInt32
  /// The feed as it was when the poll began.
  let state: FeedState
  let worker: Worker
  private lazy var context = FeedContext(
    feedID: state.id, feedURL: state.url, titleOverride: state.titleOverride)
  private let limits: ParseLimits
  private let now: Timestamp
  private let unread: UnreadBodies
  private let handOver: @Sendable (Poll, [NormalisedArticle]) -> Void

  private var hash = SHA256Stream()
  private var hasBytes = false
  private var firstChunk: [UInt8]?
  /// Bytes of the first chunk, once the whole body is there and only the parser is waited for.
  private var waitingBytes = 0
  private var contentType: String?
  private var parser: FeedParser?
  private var batch: [NormalisedArticle] = []
  private var bytesInBatch = 0
  private var batchesOnTheirWay = 0
  /// Batches handed over so far.
  private(set) var batchesHandedOver = 0
  private var heldCredits: [BodyCredit] = []
  private var notes: [String] = []

  /// Dates of publication of what was read, newest first at the end of a poll: the feed's rhythm.
  private(set) var dates: [Timestamp] = []
  private(set) var entryCount = 0

  init(
    _ feed: UInt32, state: FeedState, worker: Worker, limits: ParseLimits, now: Timestamp,
    unread: UnreadBodies,
    handOver: @escaping @Sendable (Poll, [NormalisedArticle]) -> Void
  ) {
    self.feed = feed
    self.state = state
    self.worker = worker
    self.limits = limits
    self.now = now
    self.unread = unread
    self.handOver = handOver
  }

  deinit { unread.remove(waitingBytes) }

  /// The feed as it is after the poll.
  func state(
    after outcome: PollOutcome, by policy: SchedulePolicy, now: Timestamp,
    random: inout some RandomNumberGenerator
  ) -> FeedState {
    policy.next(after: outcome, state: state, now: now, random: &random)
  }

  // MARK: On the fetcher's queue

  func begin(_ head: ResponseHead) {
    worker.queue.async { @Sendable [self] in contentType = head.contentType }
  }

  func receive(_ chunk: [UInt8], _ credit: BodyCredit) {
    unread.add(chunk.count)
    worker.queue.async { @Sendable [self] in take(chunk, credit) }
  }

  // MARK: On the worker's queue

  private func take(_ chunk: [UInt8], _ credit: BodyCredit) {
    chunk.withUnsafeBytes { hash.update($0) }
    hasBytes = hasBytes || !chunk.isEmpty
    // A body of one chunk, which most are, is parsed only if its hash is new: it waits until the end.
    if parser == nil, firstChunk == nil {
      firstChunk = chunk
    } else {
      parse(chunk)
    }
    unread.remove(chunk.count)
    if batchesOnTheirWay >= Self.batchesAhead { heldCredits.append(credit) } else { credit.release() }
  }

  private func parse(_ chunk: [UInt8]) {
    let parser = startedParser()
    if let first = firstChunk {
      firstChunk = nil
      first.withUnsafeBufferPointer { parser.consume($0) }
    }
    chunk.withUnsafeBufferPointer { parser.consume($0) }
  }

  private func startedParser() -> FeedParser {
    if let parser { return parser }
    let parser = FeedParser(url: state.url, contentType: contentType, limits: limits) {
      [unowned self] entry in
      add(entry)
    }
    self.parser = parser
    return parser
  }

  private func add(_ entry: ParsedEntry) {
    guard let parser else { return }
    let normalised = worker.normaliser.article(entry, of: parser.feed, in: context, at: now)
    for warning in normalised.warnings where notes.count < 20 {
      notes.append("line \(entry.line): \(warning)")
    }
    entryCount += 1
    if let date = normalised.article.datePublished { dates.append(date) }
    bytesInBatch +=
      normalised.article.title.utf8.count + (normalised.article.summary?.utf8.count ?? 0)
      + (normalised.article.content.map { $0.html.utf8.count + $0.text.utf8.count } ?? 0)
    batch.append(normalised)
    if batch.count >= Self.batchCount || bytesInBatch >= Self.batchBytes { flush() }
  }

  private func flush() {
    guard !batch.isEmpty else { return }
    batchesOnTheirWay += 1
    batchesHandedOver += 1
    let full = batch
    batch = []
    bytesInBatch = 0
    handOver(self, full)
  }

  /// A batch has been taken in: the body is read on.
  func batchWasTaken() {
    batchesOnTheirWay -= 1
    guard batchesOnTheirWay < Self.batchesAhead else { return }
    for credit in heldCredits { credit.release() }
    heldCredits = []
  }

  /// The transfer has ended well: what was not parsed waits for nobody but the parser. Before, a slow server was waited
  /// for, and its first chunk must not keep other feeds from being polled.
  func bodyIsWhole() {
    waitingBytes = firstChunk?.count ?? 0
    unread.add(waitingBytes)
  }

  /// What the body came to, once the transfer has ended well; the last batch is handed on before this returns.
  enum Reading {
    /// The same bytes as last time.
    case sameBody(hash: String)
    /// A feed.
    case feed(ParsedFeed, hash: String, notes: [String])
    /// No feed.
    case unreadable(ParseError)
  }

  func read() -> Reading {
    for credit in heldCredits { credit.release() }
    heldCredits = []
    let digest = SHA256.hex(hash.finish(), length: 32)
    if let chunk = firstChunk {
      if hasBytes, digest == state.bodyHash { return .sameBody(hash: digest) }
      firstChunk = nil
      parse(chunk)
    }
    unread.remove(waitingBytes)
    waitingBytes = 0
    let parser = startedParser()
    defer { self.parser = nil }
    do throws(ParseError) {
      let feed = try parser.finish()
      flush()
      let warnings = parser.warnings.prefix(20).map { "line \($0.line): \($0.message)" }
      return .feed(feed, hash: digest, notes: warnings + notes)
    } catch {
      // What was read before the error is kept: an entry that closed is whole.
      flush()
      return .unreadable(error)
    }
  }
}
