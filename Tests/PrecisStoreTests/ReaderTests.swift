import Dispatch
import Glibc
import PrecisModel
import Synchronization
import PrecisTestLimits
import Testing

@testable import PrecisStore

@Suite("Readers beside a writer", .mustEnd)
struct ReaderTests {
  let directory = TemporaryDirectory()

  func options() -> StoreOptions {
    var options = StoreOptions()
    options.segmentSize = 10_000
    return options
  }

  @Test("a reader that was opened before a compaction, and one that reads during it, see every article")
  func compaction() throws {
    let writer = try StoreWriter(directory: directory.store, options: options())
    for number in 1...60 { try writer.append(number: number) }
    try writer.commit()
    for round in 2...6 {
      for number in stride(from: 1, through: 60, by: 2) { try writer.append(number: number, revision: round) }
      try writer.commit()
    }
    let before = try StoreReader(directory: directory.store)
    let size = writer.counts.bytes
    let report = try writer.compact()
    #expect(report.droppedLines > 60)
    #expect(writer.counts.bytes < size)
    for number in 1...60 {
      let revision = number % 2 == 0 ? 1 : 6
      #expect(try before.article(id: Sample.article(number).id)?.revision == revision)
      #expect(writer.find(Sample.keys(number)[1])?.revision == revision)
      #expect(try writer.article(id: Sample.article(number).id)?.revision == revision)
    }
    var seen = 0
    try StoreReader(directory: directory.store).forEach { _ in seen += 1 }
    #expect(seen == 60)
    #expect(try StoreVerifier.verify(directory: directory.store).problems == [])
  }

  @Test("readers in a loop never see a torn or missing article while a writer appends and compacts")
  func concurrentReaders() throws {
    let path = directory.store
    let writer = try StoreWriter(directory: path, options: options())
    for number in 1...20 { try writer.append(number: number) }
    try writer.commit()
    let done = DispatchSemaphore(value: 0)
    let faults = Faults()
    for _ in 0..<2 {
      DispatchQueue.global().async {
        do {
          let reader = try StoreReader(directory: path)
          for round in 0..<200 {
            let number = round % 20 + 1
            if try reader.article(id: Sample.article(number).id) == nil {
              faults.add("article \(number) is gone")
            }
            if round % 20 == 0 {
              var count = 0
              try StoreReader(directory: path).forEach { _ in count += 1 }
              if count < 20 { faults.add("only \(count) articles") }
            }
          }
        } catch { faults.add("\(error)") }
        done.signal()
      }
    }
    for round in 2...30 {
      for number in 1...20 { try writer.append(number: number, revision: round) }
      try writer.commit()
      if round % 3 == 0 { try writer.compact() }
    }
    done.wait()
    done.wait()
    #expect(faults.all == [])
  }

  /// A file system in which something happens before each of the first so many segments is opened.
  private final class Busy: FileSystemOverlay {
    let base: any FileSystem = POSIXFileSystem()
    private let left: Mutex<Int>
    private let happens: @Sendable () -> Void

    init(times: Int, _ happens: @escaping @Sendable () -> Void) {
      left = Mutex(times)
      self.happens = happens
    }

    func open(_ path: String, _ access: FileAccess) throws(FileFailure) -> Int32 {
      let isTime = left.withLock { left in
        guard left > 0, path.contains("/entries/") else { return false }
        left -= 1
        return true
      }
      if isTime { happens() }
      return try base.open(path, access)
    }
  }

  @Test(
    "a reader sees every article, however much is written and compacted between any two files that it opens",
    arguments: [true, false])
  func everyOpening(hasIndex: Bool) throws {
    let path = directory.store
    // Used by one thread at a time: the reader's own.
    nonisolated(unsafe) let writer = try StoreWriter(directory: path, options: options())
    nonisolated(unsafe) var revision = 0
    nonisolated(unsafe) var failure: (any Error)?
    @Sendable func write() {
      do {
        revision += 1
        for number in 1...20 { try writer.append(number: number, revision: revision) }
        try writer.commit()
        try writer.compact()
      } catch { failure = error }
    }
    for _ in 0..<3 { write() }
    if !hasIndex { _ = unlink(path + "/index/keys") }
    for times in 0..<24 {
      let reader = try StoreReader(directory: path, fileSystem: Busy(times: times, write))
      var count = 0
      try reader.forEach { _ in count += 1 }
      #expect(count == 20, "\(times) times")
      let other = try StoreReader(directory: path, fileSystem: Busy(times: times, write))
      for number in 1...20 {
        #expect(try other.article(id: Sample.article(number).id) != nil, "\(times) times")
      }
    }
    #expect(failure == nil)
  }

  @Test("a follower gets every change once, in order, across restarts of both sides")
  func follow() throws {
    var writer = try StoreWriter(directory: directory.store, options: options())
    try writer.append(number: 1)
    try writer.commit()
    var follower = try StoreFollower(directory: directory.store, since: 0)
    #expect(try follower.next().map(\.sequence) == [1])
    #expect(try follower.next().isEmpty)
    try writer.append(number: 2)
    #expect(try follower.wait(milliseconds: 0).isEmpty)
    try writer.commit()
    #expect(try follower.wait(milliseconds: 5000).map(\.sequence) == [2])
    writer.close()
    writer = try StoreWriter(directory: directory.store, options: options())
    for number in 3...40 { try writer.append(number: number) }
    try writer.commit()
    let resumed = follower.sequence
    follower = try StoreFollower(directory: directory.store, since: resumed)
    var seen: [Int64] = []
    while true {
      let changes = try follower.next(limit: 7)
      if changes.isEmpty { break }
      seen += changes.map(\.sequence)
    }
    #expect(seen == Array(3...40))
    #expect(try writer.remove(Sample.article(5).id))
    try writer.commit()
    #expect(try follower.next() == [Change(sequence: 41, kind: .removed(Sample.article(5).id))])
  }

  @Test("a follower is not shown what is in the file but not on the disk")
  func durableOnly() throws {
    let writer = try StoreWriter(directory: directory.store, options: options())
    try writer.append(number: 1)
    try writer.commit()
    let follower = try StoreFollower(directory: directory.store, since: 0)
    // A group so large that its lines are written ahead of the commit.
    for number in 2...4 { try writer.append(number: number, size: 300_000) }
    #expect(contents(directory.store + "/entries/000001.ndjson").count > 300_000)
    #expect(try follower.next().map(\.sequence) == [1])
    writer.rollBack()
    #expect(try follower.next().isEmpty)
    try writer.append(number: 5)
    try writer.commit()
    #expect(try follower.next() == [Change(sequence: 2, kind: .article(Sample.article(5)))])
  }

  @Test("a follower is woken by a commit")
  func woken() throws {
    let writer = try StoreWriter(directory: directory.store)
    try writer.commit()
    let path = directory.store
    let done = DispatchSemaphore(value: 0)
    let faults = Faults()
    let ready = DispatchSemaphore(value: 0)
    DispatchQueue.global().async {
      do {
        defer { ready.signal() }
        let follower = try StoreFollower(directory: path, since: 0)
        ready.signal()
        if try follower.wait(milliseconds: 20_000).isEmpty { faults.add("not woken") }
      } catch { faults.add("\(error)") }
      done.signal()
    }
    ready.wait()
    try writer.append(number: 1)
    try writer.commit()
    done.wait()
    #expect(faults.all == [])
  }

  @Test("a copy of the directory, taken at any moment, opens")
  func backup() throws {
    let writer = try StoreWriter(directory: directory.store, options: options())
    for round in 1...12 {
      for number in 1...10 { try writer.append(number: number + round * 5, revision: round) }
      if round % 4 == 0 {
        try writer.commit()
        try writer.compact()
      }
      let copy = directory.path + "/copy\(round)"
      copyTree(directory.store, copy)
      let acknowledged = writer.counts.articles
      let restored = try StoreWriter(directory: copy, options: options())
      #expect(restored.counts.articles == acknowledged)
      restored.close()
      #expect(try StoreVerifier.verify(directory: copy).isSound)
      try writer.commit()
    }
  }

  @Test("another store is merged without doubles")
  func merge() throws {
    let other = try StoreWriter(directory: directory.path + "/other")
    for number in 1...30 { try other.append(number: number, revision: number == 3 ? 2 : 1) }
    try other.put(Sample.state(1))
    try other.put(Sample.state(2))
    try other.commit()
    let writer = try StoreWriter(directory: directory.store)
    for number in 1...10 { try writer.append(number: number) }
    try writer.put(Sample.state(1, polls: 9))
    try writer.commit()
    let report = try StoreImporter.merge(from: directory.path + "/other", into: writer) { _, _, _ in false }
    #expect(report == ImportReport(added: 20, updated: 1, known: 9, feeds: 1))
    #expect(writer.counts.articles == 30)
    #expect(try writer.state(Sample.state(1).id)?.counts.polls == 9)
    let again = try StoreImporter.merge(from: directory.path + "/other", into: writer) { _, _, _ in false }
    #expect(again == ImportReport(added: 0, updated: 0, known: 30, feeds: 0))
  }

  @Test("an article that shares a key with another is merged with that only where the two are taken for one")
  func mergeByKeys() throws {
    let other = try StoreWriter(directory: directory.path + "/other")
    // All share a key: 1 and 2 are two in the other store, 3 is held here under another id.
    for number in 1...2 { try other.append(Sample.article(number), keys: [7], fingerprint: 1) }
    try other.append(Sample.article(3), keys: [7, 8], fingerprint: 1)
    try other.append(Sample.article(4), keys: [], fingerprint: 1)
    try other.commit()
    let writer = try StoreWriter(directory: directory.store)
    try writer.append(Sample.article(13), keys: [7, 8], fingerprint: 1)
    try writer.commit()
    let report = try StoreImporter.merge(
      from: directory.path + "/other", into: writer,
      // 4 is of the page that 13 is named by, which has no key of that.
      page: { $0.title == Sample.article(4).title ? (key: 9, id: Sample.article(13).id) : nil },
      isSame: { brought, held, key in
        held.title == Sample.article(13).title
          && (key == 8 && brought.title == Sample.article(3).title
            || key == 9 && brought.title == Sample.article(4).title)
      })
    #expect(report == ImportReport(added: 2, updated: 0, known: 2, feeds: 0))
    for (number, isThere) in [(1, true), (2, true), (3, false), (4, false), (13, true)] {
      #expect(try (writer.article(id: Sample.article(number).id) != nil) == isThere)
    }
  }

  @Test("filters by feed, topic and date agree with a look at every article", arguments: [false, true])
  func filters(indexed: Bool) throws {
    let writer = try StoreWriter(directory: directory.store)
    for number in 1...40 {
      let feed = number % 3 == 0 ? "https://three.example/feed" : Sample.feedURL
      try writer.append(Sample.article(number, feed: feed), keys: [], fingerprint: 0)
    }
    try writer.commit()
    if indexed { while try writer.updateSearchIndex(lines: 7) {} }
    let reader = try StoreReader(directory: directory.store)
    let three = FeedID(url: "https://three.example/feed")
    #expect(try reader.newest(100, feed: three).count == 13)
    let even = try reader.articles(where: ArticleFilter(topic: "even numbers"), limit: 5)
    #expect(even.map(\.id) == [40, 38, 36, 34, 32].map { Sample.article($0).id })
    #expect(
      try reader.articles(where: ArticleFilter(feed: three, topic: "Even Numbers"), limit: 99).count == 6)
    let since = Timestamp(seconds: Sample.start + 30 * 60)
    let until = Timestamp(seconds: Sample.start + 35 * 60)
    let days = try reader.articles(where: ArticleFilter(since: since, until: until), limit: 99)
    #expect(days.map(\.id) == [34, 33, 32, 31, 30].map { Sample.article($0).id })
  }

  @Test("no articles are none, however they are chosen", arguments: [0, -1])
  func noArticles(limit: Int) throws {
    let writer = try StoreWriter(directory: directory.store, options: options())
    for number in 1...3 { try writer.append(number: number) }
    try writer.commit()
    let reader = try StoreReader(directory: directory.store)
    #expect(try reader.newest(limit).isEmpty)
    #expect(try reader.articles(where: ArticleFilter(topic: "Mills"), limit: limit).isEmpty)
    #expect(try reader.search("article", limit: limit).isEmpty)
  }

  @Test("search finds words, phrases and prefixes, and forgets what was removed", arguments: [false, true])
  func search(indexed: Bool) throws {
    let writer = try StoreWriter(directory: directory.store)
    for (number, text) in ["red apples and pears", "green apples", "a pear tree stands"].enumerated() {
      var article = Sample.article(number)
      article.title = "Fruit \(number)"
      article.content = .init(html: "", text: text, hash: "")
      try writer.append(article, keys: [], fingerprint: 0)
    }
    try writer.commit()
    if indexed { while try writer.updateSearchIndex() {} }
    func found(_ query: String) throws -> Set<String> {
      Set(try StoreReader(directory: directory.store).search(query, limit: 9).map(\.article.title))
    }
    #expect(try found("apples") == ["Fruit 0", "Fruit 1"])
    #expect(try found("apples -green") == ["Fruit 0"])
    #expect(try found("\"pear tree\"") == ["Fruit 2"])
    #expect(try found("pear*") == ["Fruit 0", "Fruit 2"])
    #expect(try found("NEAR( \" OR ^ * col:x") == [])
    let hit = try #require(try StoreReader(directory: directory.store).search("tree", limit: 1).first)
    #expect(hit.snippet.contains("pear tree stands"))
    try writer.remove(Sample.article(2).id)
    try writer.commit()
    #expect(try found("tree") == [])
  }

  @Test("the Swift recipe of store-format.md gives every article in its newest state")
  func recipe() throws {
    let writer = try StoreWriter(directory: directory.store)
    for number in 1...9 { try writer.append(number: number) }
    try writer.append(number: 3, revision: 2)
    try writer.remove(Sample.article(5).id)
    try writer.commit()
    var titles: [String] = []
    let reader = try StoreReader(directory: directory.store)
    for article in try reader.newest(1000) { titles.append(article.title) }
    #expect(titles == [9, 8, 7, 6, 4, 3, 2, 1].map { Sample.article($0).title })
    let root = #filePath.split(separator: "/").dropLast(3).reduce("") { $0 + "/" + $1 }
    let page = String(decoding: contents(root + "/docs/store-format.md"), as: UTF8.self)
    #expect(
      page.contains(
        "StoreReader(directory: \".\")\nfor article in try reader.newest(1000) { print(article.title) }"))
  }

  @Test("retention goes by age, by feed and by size, and leaves what is kept")
  func retention() throws {
    let writer = try StoreWriter(directory: directory.store, options: options())
    for number in 1...50 { try writer.append(number: number) }
    try writer.commit()
    try writer.setKept(Sample.article(1).id, true)
    try writer.commit()
    let now = Timestamp(seconds: Sample.start + 51 * 60)
    #expect(try writer.apply(RetentionRules(maximumAge: 41 * 60), now: now) == 8)
    #expect(try writer.apply(RetentionRules(maximumPerFeed: 21), now: now) == 21)
    let size = writer.counts.bytes
    #expect(try writer.apply(RetentionRules(maximumBytes: 12_000), now: now) > 0)
    try writer.compact()
    #expect(writer.counts.bytes < size)
    #expect(try writer.article(id: Sample.article(1).id) != nil)
    #expect(try writer.article(id: Sample.article(50).id) != nil)
    #expect(writer.find(Sample.keys(20)[0])?.isRemoved == true)
    #expect(try StoreVerifier.verify(directory: directory.store).problems == [])
  }
}

/// What went wrong on other threads.
final class Faults: @unchecked Sendable {
  // Sendable because the queue guards the list.
  private let queue = DispatchQueue(label: "faults")
  private var list: [String] = []
  func add(_ fault: String) { queue.sync { list.append(fault) } }
  var all: [String] { queue.sync { list } }
}

/// Copies a directory as `cp -r` does.
func copyTree(_ from: String, _ to: String) {
  mkdir(to, 0o755)
  guard let names = try? POSIXFileSystem().list(from) else { return }
  for name in names {
    if (try? POSIXFileSystem().list(from + "/" + name)) != nil {
      copyTree(from + "/" + name, to + "/" + name)
    } else {
      write(contents(from + "/" + name), to: to + "/" + name)
    }
  }
}
