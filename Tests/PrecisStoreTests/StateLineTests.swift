import PrecisModel
import PrecisStore
import PrecisViews
import PrecisTestLimits
import Testing

@Suite("A feed's state in a line of the state log", .mustEnd)
struct StateLineTests {
  private let now = Timestamp(seconds: 1_795_521_600)

  /// A state in which everything is set that can be.
  private func full(_ title: String = "A title") -> FeedState {
    var state = FeedState(url: "https://example.org/feed", dateAdded: now)
    state.url = "https://example.net/feed?a=1"
    (state.title, state.titleOverride, state.folder) = (title, "Mine", "News/Swift")
    state.homePageURL = "https://example.org/"
    state.validators = FeedState.Validators(
      url: state.url, etag: "W/\"a\\b\"", lastModified: "Mon, 23 Nov 2026 12:00:00 GMT")
    state.bodyHash = "00ff"
    state.move = FeedState.Move(target: "https://example.com/", count: 3, since: now + -86_400)
    (state.lastPolled, state.lastSuccess, state.lastChanged) = (now, now + -1, now + -2)
    (state.nextDue, state.dueReason, state.notBefore) = (now + 3600, .rhythm, now + 60)
    (state.hints.ttlMinutes, state.hints.skipHours, state.hints.skipDays) = (60, [0, 23], [6])
    (state.hints.updatePeriod, state.hints.maxAge, state.hints.window) = (3600, 0, -5)
    state.publishInterval = 7200
    state.failure = FeedState.Failure(
      kind: "http", message: "the server answered 500", httpStatus: 500, count: 2, since: now)
    state.counts.polls = 9
    state.counts.bytes = 123_456_789_012
    state.hubURL = "https://hub.example/"
    var article = Article(
      id: ArticleID(identity: title), feedID: state.id, title: title,
      source: Article.Source(name: "", feedURL: state.url), dateSynced: now)
    article.url = "https://example.org/article"
    (article.summary, article.topics, article.language) = (title, ["A", "B"], "en")
    var later = article
    later.id = ArticleID(identity: title + "2")
    (later.summary, later.topics, later.language) = (nil, [], nil)
    state.wantedPages = [article, later].compactMap { FeedState.WantedPage(of: $0) }
    state.wantedPages[1].notBefore = now + 60
    return state
  }

  @Test(
    "what was put is read back, whatever it holds, also after a restart",
    arguments: ["A title", "", "Quote \" and \\ and \n", "日本 🐎", "\u{7F}\u{1}"])
  func roundTrip(title: String) throws {
    let directory = TemporaryDirectory()
    let bare = FeedState(url: "https://example.org/bare", dateAdded: now)
    let writer = try StoreWriter(directory: directory.store)
    for state in [full(title), bare] {
      try writer.put(state)
      #expect(try writer.state(state.id) == state)
    }
    try writer.commit()
    writer.close()
    let reopened = try StoreWriter(directory: directory.store)
    for state in [full(title), bare] { #expect(try reopened.state(state.id) == state) }
    #expect(try StoreReader(directory: directory.store).feeds().count == 2)
  }

  @Test("a line of another version, with its members in another order, reads the same")
  func anyOrder() {
    let line = """
      {"seq":7,"url":"https://example.org/feed","id":"00000000000000ff","later":{"a":[1,{}]},"status":"gone",\
      "date_added":"2026-11-24T12:00:00Z","counts":{"latency_ms":5,"polls":3},"crc":"00000000"}
      """
    var expected = FeedState(url: "https://example.org/feed", dateAdded: now)
    expected.id = FeedID("00000000000000ff") ?? expected.id
    expected.status = .gone
    expected.counts.polls = 3
    expected.counts.latencyMilliseconds = 5
    #expect(Array(line.utf8).withUnsafeBytes { FeedState(line: $0) } == expected)
  }

  @Test("moments of all years are read as they were written; a text with one other character is none")
  func moments() {
    func read(_ text: String) -> Timestamp? {
      let line = """
        {"seq":7,"id":"00000000000000ff","url":"https://example.org/feed","date_added":"2026-11-24T12:00:00Z",\
        "status":"active","last_polled":"\(text)","counts":{},"crc":"00000000"}
        """
      let state = Array(line.utf8).withUnsafeBytes { FeedState(line: $0) }
      #expect(state?.dateAdded == now)
      return state?.lastPolled
    }
    // From year 0 to 9999, a step that meets every hour, minute and second.
    for seconds in stride(from: Int64(-62_167_219_200), through: 253_402_300_799, by: 65_432_123) {
      let moment = Timestamp(seconds: seconds)
      #expect(read(moment.description) == moment)
    }
    let text = Array("2026-11-24T12:34:56Z".utf8)
    for place in text.indices {
      for wrong in ["/", ":", "x", "-", "T", "Z", "\u{7F}"].map({ Array($0.utf8)[0] })
      where wrong != text[place] {
        var other = text
        other[place] = wrong
        #expect(read(String(decoding: other, as: UTF8.self)) == nil)
      }
    }
    #expect(read("2026-13-01T00:00:00Z") == nil && read("2026-02-30T00:00:00Z") == nil)
    #expect(read("2026-01-01T24:00:00Z") == nil && read("2026-01-01T00:60:00Z") == nil)
    #expect(read("2026-11-24T12:34:56+00:00") == Timestamp(rfc3339: "2026-11-24T12:34:56Z"))
  }

  @Test("all states are given once, those of the group that is not written yet with them")
  func scan() throws {
    let directory = TemporaryDirectory()
    let writer = try StoreWriter(directory: directory.store)
    var expected: Set<String> = []
    for number in 0..<1500 {
      var state = full(String(repeating: "t", count: number % 700))
      state.id = FeedID(number: UInt64(number * 7919 % 1500))
      try writer.put(state)
      expected.insert(state.id.text)
      if number == 900 { try writer.commit() }
    }
    var seen: [String] = []
    try writer.forEachState { seen.append($0.id.text) }
    #expect(seen.count == 1500 && Set(seen) == expected)
  }

  @Test("for planning, what tells when a feed is due is read, and marked as a part")
  func plan() throws {
    let directory = TemporaryDirectory()
    let writer = try StoreWriter(directory: directory.store)
    var expected = full("Quote \\\" and \\")
    // Few feeds have such pages at any time: their lines are read whole.
    expected.wantedPages = []
    try writer.put(expected)
    try writer.commit()
    var seen: [FeedState] = []
    try writer.forEachState(.plan) { seen.append($0) }
    #expect(seen.map(\.isPartial) == [true] && seen.map(\.id) == [expected.id])
    #expect(seen.map(\.url) == [expected.url] && seen.map(\.subscribedURL) == [expected.subscribedURL])
    #expect(seen.map(\.status) == [expected.status] && seen.map(\.failure) == [expected.failure])
    #expect(seen.map(\.lastPolled) == [expected.lastPolled] && seen.map(\.nextDue) == [expected.nextDue])
    #expect(seen.map(\.dueReason) == [expected.dueReason] && seen.map(\.notBefore) == [expected.notBefore])
    #expect(seen[0].title == nil && seen[0].lastChanged == nil && seen[0].hubURL == nil)
  }

  @Test("health is judged by a part of a line as by the whole", arguments: [true, false])
  func health(isMoved: Bool) throws {
    let directory = TemporaryDirectory()
    let writer = try StoreWriter(directory: directory.store)
    var sick = full()
    sick.wantedPages = []
    if !isMoved { sick.url = sick.subscribedURL }
    (sick.publishInterval, sick.counts.latencyMilliseconds) = (600, 6000)
    var wasteful = FeedState(url: "https://example.org/wasteful", dateAdded: now + -400 * 86_400)
    wasteful.counts.polls = 30
    var silent = wasteful
    silent.id = FeedID(number: 1)
    silent.validators = FeedState.Validators(url: silent.url, etag: "\"1\"", lastModified: nil)
    var gone = silent
    (gone.id, gone.status) = (FeedID(number: 2), .gone)
    var merged = silent
    (merged.id, merged.status) = (FeedID(number: 3), .merged)
    let states = [sick, wasteful, silent, gone, merged]
    for state in states { try writer.put(state) }
    try writer.commit()
    var seen: [FeedHealth] = []
    try writer.forEachStateLine { seen.append(FeedHealth($0.state, now: now)) }
    #expect(seen == states.map { FeedHealth($0, now: now) } && !seen.contains { $0.findings.isEmpty })
  }

  @Test("a state that was read and changed is written as one that never was read")
  func changed() throws {
    let directory = TemporaryDirectory()
    let writer = try StoreWriter(directory: directory.store)
    let changes: [(inout FeedState) -> Void] = [
      { $0.lastPolled = nil }, { $0.title = "Another" }, { $0.url = "https://example.com/moved" },
      { $0.status = .gone }, { $0.validators?.etag = "\"2\"" }, { $0.bodyHash = nil }, { $0.folder = nil },
      { $0.titleOverride = nil }, { $0.homePageURL = nil },
      { $0.subscribedURL = "https://example.com/first" },
    ]
    for change in changes {
      var expected = full()
      expected.wantedPages = []
      try writer.put(expected)
      try writer.commit()
      var state = try #require(try writer.state(expected.id))
      change(&state)
      change(&expected)
      try writer.put(state)
      try writer.commit()
      #expect(try writer.state(expected.id) == expected)
    }
  }

  @Test("feeds.json has the members of the lines as they would be written anew, in the order of addresses")
  func handedOn() throws {
    let directory = TemporaryDirectory()
    let writer = try StoreWriter(directory: directory.store)
    var states: [FeedState] = []
    for (number, title) in ["A title", "Quote \" and \\", "\u{1}\n", "日本 🐎"].enumerated() {
      var state = full(title)
      state.id = FeedID(number: UInt64(number))
      state.url = "https://example.org/\(9 - number)"
      if number == 2 { (state.validators, state.bodyHash, state.hubURL) = (nil, nil, nil) }
      if number == 1 { (state.subscribedURL, state.wantedPages) = (state.url, []) }
      states.append(state)
      try writer.put(state)
      // One line is still in the group.
      if number == 2 { try writer.commit() }
    }
    var sorted = FeedsView.Sorted(now: now)
    try writer.forEachStateLine { sorted.add($0) }
    var bytes: [UInt8] = []
    sorted.forEachPiece(of: 100) { bytes += $0 }
    #expect(bytes == FeedsView.bytes(states.reversed(), now: now))
  }
}
