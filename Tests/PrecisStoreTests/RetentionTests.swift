import Glibc
import PrecisModel
import PrecisTestLimits
import Testing

@testable import PrecisStore

@Suite("Removing by rules, and giving the room back", .mustEnd)
struct RetentionTests {
  let directory = TemporaryDirectory()
  let now = Timestamp(seconds: Sample.start + 2_000_000)

  func writer(segmentSize: Int = 10_000) throws -> StoreWriter {
    var options = StoreOptions()
    options.segmentSize = segmentSize
    options.stateLogSize = 2000
    return try StoreWriter(directory: directory.store, options: options)
  }

  /// The numbers of the articles that are there.
  func numbers(_ writer: StoreWriter, of all: ClosedRange<Int>) throws -> [Int] {
    try all.filter { try writer.article(id: Sample.article($0).id) != nil }
  }

  @Test("without a rule nothing is removed")
  func noRule() throws {
    let writer = try writer()
    for number in 1...20 { try writer.append(number: number) }
    try writer.commit()
    #expect(try writer.apply(RetentionRules(), now: now) == 0)
    #expect(writer.counts.articles == 20)
  }

  @Test("by count the newest stay, whatever the order in which they came, and what is kept")
  func count() throws {
    let writer = try writer()
    for number in [7, 3, 9, 1, 5, 2, 8, 4, 6, 10] { try writer.append(number: number) }
    try writer.setKept(Sample.article(2).id, true)
    try writer.commit()
    #expect(try writer.apply(RetentionRules(maximumCount: 4), now: now) == 6)
    #expect(try numbers(writer, of: 1...10) == [2, 8, 9, 10])
  }

  @Test("a feed's limit is no other feed's")
  func perFeed() throws {
    let writer = try writer()
    for number in 1...12 {
      let feed = number % 3 == 0 ? "https://three.example/feed" : Sample.feedURL
      try writer.append(Sample.article(number, feed: feed), keys: Sample.keys(number), fingerprint: 1)
    }
    try writer.commit()
    #expect(try writer.apply(RetentionRules(maximumPerFeed: 3), now: now) == 6)
    #expect(try numbers(writer, of: 1...12) == [3 + 3, 8, 9, 10, 11, 12])
  }

  @Test("by size the oldest go until the rest fits")
  func size() throws {
    let writer = try writer()
    for number in 1...30 { try writer.append(number: number, size: 1000) }
    try writer.commit()
    let each = writer.counts.bytes / 30
    try writer.apply(RetentionRules(maximumBytes: each * 10), now: now)
    let left = try numbers(writer, of: 1...30)
    #expect(left.last == 30 && (9...10).contains(left.count))
    #expect(left == Array((31 - left.count)...30))
  }

  @Test("of a document's entries without a date the last ones go first, and a list has the first ones first")
  func undated() throws {
    let writer = try writer()
    for number in 1...10 {
      var article = Sample.article(number)
      article.datePublished = nil
      try writer.append(article, keys: Sample.keys(number), fingerprint: 1)
    }
    try writer.commit()
    let reader = try StoreReader(directory: directory.store)
    #expect(try reader.newest(3).map(\.id) == [1, 2, 3].map { Sample.article($0).id })
    try writer.apply(RetentionRules(maximumPerFeed: 4), now: now)
    #expect(try numbers(writer, of: 1...10) == [1, 2, 3, 4])
    #expect(try reader.newest(99).map(\.id) == [1, 2, 3, 4].map { Sample.article($0).id })
  }

  @Test("an article that is marked while a sweep is under way stays")
  func markedMeanwhile() throws {
    let writer = try writer()
    for number in 1...10 { try writer.append(number: number) }
    try writer.commit()
    var sweep = writer.sweep(RetentionRules(maximumCount: 2), now: now)
    #expect(sweep.count == 8)
    #expect(try writer.remove(&sweep, limit: 3) == 3)
    try writer.setKept(Sample.article(5).id, true)
    #expect(try writer.remove(&sweep, limit: 99) == 4)
    #expect(sweep.count == 0)
    try writer.commit()
    #expect(try numbers(writer, of: 1...10) == [5, 9, 10])
  }

  @Test("what was removed stays known, also after compaction, a restart and a rebuilt index")
  func known() throws {
    var writer = try writer()
    for number in 1...40 { try writer.append(number: number) }
    try writer.commit()
    let size = writer.counts.bytes
    try writer.apply(RetentionRules(maximumCount: 5), now: now)
    let report = try writer.compact()
    #expect(report.droppedLines >= 30)
    #expect(writer.counts.bytes < size / 2)
    writer.close()
    unlink(directory.store + "/index/keys")
    writer = try self.writer()
    for number in 1...35 {
      #expect(writer.find(Sample.keys(number)[0])?.isRemoved == true)
      #expect(writer.find(Sample.keys(number)[1])?.isRemoved == true)
    }
    #expect(writer.counts.articles == 5)
    #expect(try StoreVerifier.verify(directory: directory.store).problems == [])
  }

  @Test("appends, commits and readers come between the steps of a compaction")
  func steps() throws {
    let writer = try writer(segmentSize: 40_000)
    for round in 1...4 {
      for number in 1...60 { try writer.append(number: number, revision: round) }
      try writer.commit()
    }
    let old = try StoreReader(directory: directory.store)
    let follower = try StoreFollower(directory: directory.store, since: 0)
    var followed: [Int64] = []
    var report = CompactionReport()
    var revisions = Dictionary(uniqueKeysWithValues: (1...60).map { ($0, 4) })
    var step = 0
    while try writer.compactStep(CompactionBudget(bytes: 3000, deadShare: 0.01), report: &report) {
      step += 1
      try #require(step < 2000)
      if step < 200 {
        let number = step % 60 + 1
        revisions[number, default: 0] += 1
        try writer.append(number: number, revision: revisions[number] ?? 0)
        if step % 3 == 0 { try writer.commit() }
      }
      followed += try follower.next(limit: 5).map(\.sequence)
      let number = step % 60 + 1
      #expect(try old.article(id: Sample.article(number).id) != nil)
      #expect(try writer.article(id: Sample.article(number).id)?.revision == revisions[number])
    }
    try writer.commit()
    #expect(report.segments >= 3)
    while true {
      let changes = try follower.next()
      if changes.isEmpty { break }
      followed += changes.map(\.sequence)
    }
    // Each once and in order; that superseded ones were passed over is what compaction does.
    #expect(followed == Array(Set(followed)).sorted())
    #expect(followed.last == writer.lastSequence)
    let fresh = try StoreReader(directory: directory.store)
    for number in 1...60 {
      #expect(try fresh.article(id: Sample.article(number).id)?.revision == revisions[number])
    }
    #expect(try StoreVerifier.verify(directory: directory.store).problems == [])
  }

  @Test("a segment with a damaged line is left to a repair")
  func damaged() throws {
    var writer = try writer()
    for round in 1...3 {
      for number in 1...20 { try writer.append(number: number, revision: round) }
      try writer.commit()
    }
    writer.close()
    let path = directory.store + "/entries/000001.ndjson"
    var bytes = contents(path)
    bytes[200] ^= 1
    write(bytes, to: path)
    writer = try self.writer()
    try writer.compact()
    #expect(contents(path).count == bytes.count)
    #expect(!writer.warnings.isEmpty)
    writer.close()
    let report = try StoreVerifier.verify(directory: directory.store, repair: true)
    #expect(report.problems.count == 1)
    #expect(try StoreVerifier.verify(directory: directory.store).isSound)
  }

  @Test("the state log is compacted, and every feed keeps its state")
  func states() throws {
    var writer = try writer()
    for round in 1...30 {
      for feed in 1...5 { try writer.put(Sample.state(feed, polls: round)) }
      try writer.commit()
    }
    let size = writer.counts.stateBytes
    try writer.compact()
    #expect(writer.counts.stateBytes < size / 10)
    try writer.put(Sample.state(2, polls: 31))
    try writer.commit()
    writer.close()
    writer = try self.writer()
    for feed in 1...5 {
      #expect(try writer.state(Sample.state(feed).id)?.counts.polls == (feed == 2 ? 31 : 30))
    }
  }

  @Test("a list of what is kept, and of all with a topic where no index has it")
  func kept() throws {
    let writer = try writer()
    for number in 1...300 { try writer.append(number: number) }
    for number in [3, 150, 299] { try writer.setKept(Sample.article(number).id, true) }
    try writer.commit()
    let reader = try StoreReader(directory: directory.store)
    let kept = try reader.articles(where: ArticleFilter(isKept: true), limit: 99)
    #expect(kept.map(\.id) == [299, 150, 3].map { Sample.article($0).id })
    #expect(try reader.articles(where: ArticleFilter(topic: "Even Numbers"), limit: .max).count == 150)
  }

  @Test("ids by their beginning, and every article one at a time", arguments: [false, true])
  func ids(isIndexed: Bool) throws {
    let writer = try writer()
    for number in 1...50 { try writer.append(number: number) }
    try writer.commit()
    for number in [2, 4] { try writer.remove(Sample.article(number).id) }
    try writer.append(number: 7, revision: 2)
    try writer.commit()
    if !isIndexed { unlink(directory.store + "/index/keys") }
    let reader = try StoreReader(directory: directory.store)
    let id = Sample.article(9).id
    #expect(reader.ids(beginningWith: String(id.text.prefix(12)), limit: 9) == [id])
    #expect(reader.ids(beginningWith: String(Sample.article(4).id.text.prefix(16)), limit: 9).isEmpty)
    #expect(reader.ids(beginningWith: "xyz", limit: 9).isEmpty)
    let next = reader.everyArticle()
    var seen: [ArticleID: Int] = [:]
    while let article = try next() { seen[article.id] = article.revision }
    #expect(seen.count == 48)
    #expect(seen[Sample.article(7).id] == 2)
  }

  @Test("a follower that goes on where it stopped misses nothing, though a compaction moved the lines")
  func followAcross() throws {
    let writer = try writer()
    let follower = try StoreFollower(directory: directory.store, since: 0)
    var seen: [Int64] = []
    for round in 1...12 {
      for number in 1...15 where number % 3 != round % 3 {
        try writer.append(number: number, revision: round)
      }
      try writer.commit()
      seen += try follower.next(limit: 4).map(\.sequence)
      if round % 2 == 0 { try writer.compact() }
      seen += try follower.next(limit: 3).map(\.sequence)
    }
    while true {
      let changes = try follower.next()
      if changes.isEmpty { break }
      seen += changes.map(\.sequence)
    }
    #expect(seen == Array(Set(seen)).sorted())
    // What nobody superseded was seen.
    for number in 1...15 {
      let sequence = try #require(writer.find(Sample.keys(number)[0])?.sequence)
      #expect(seen.contains(sequence))
    }
  }
}
