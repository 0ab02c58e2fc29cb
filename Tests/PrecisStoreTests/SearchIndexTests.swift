import PrecisModel
import PrecisTestLimits
import Testing

@testable import PrecisStore

@Suite("The search index", .mustEnd)
struct SearchIndexTests {
  let directory = TemporaryDirectory()

  /// How many parts a search looks into: FTS5 keeps its structure in the row 10 of its data, after four bytes the number of
  /// levels, then that of parts.
  private func parts() throws -> Int64? {
    let database = try SQLiteDatabase(directory.store + "/" + SearchIndexer.name, writable: false)
    var digits = ""
    try database.run("SELECT hex(substr(block, 6, 1)) FROM fulltext_data WHERE id = 10") {
      digits = $0.text(0)
      return false
    }
    return Int64(digits, radix: 16)
  }

  @Test("its parts are joined a piece at a time, and every search finds what it found before")
  func merge() throws {
    let writer = try StoreWriter(directory: directory.store)
    for number in 0..<300 {
      var article = Sample.article(number, size: 2000)
      article.title = "Number \(number) of many, in the group \(number % 7) of seven"
      try writer.append(article, keys: [], fingerprint: 0)
    }
    try writer.commit()
    let indexer = try SearchIndexer(directory: directory.store)
    while try indexer.update(lines: 9) {}
    #expect(try parts() ?? 0 > 2)
    func found() throws -> [[ArticleID]] {
      try ["\"group 3\"", "many 4*", "more words -seven", "\"follow here\""].map {
        try StoreReader(directory: directory.store).search($0, limit: 30).map(\.article.id)
      }
    }
    let before = try found()
    #expect(before.map(\.count) == [30, 30, 0, 30])
    #expect(try indexer.merge() == false, "too few lines to be worth it")
    var steps = 0
    while try indexer.merge(pages: 4, lines: 100) {
      steps += 1
      #expect(try found() == before)
    }
    #expect(steps > 3)
    #expect(try parts() == 1)
    #expect(try indexer.merge(lines: 100) == false, "nothing came since")
    #expect(try found() == before)
    // It goes on as before.
    try writer.append(number: 1000)
    try writer.commit()
    #expect(try indexer.update() == false)
    #expect(try StoreReader(directory: directory.store).search("1000", limit: 9).count == 1)
  }

  @Test("an article's relevance is FTS5's own BM25, where every line is counted", arguments: [1, 2, 3])
  func relevance(words: Int) throws {
    let writer = try StoreWriter(directory: directory.store)
    for number in 0..<200 {
      var article = Sample.article(number, size: 50 + number * 7 % 900)
      article.title = number % 9 == 0 ? "Rivers and mills" : "Of rivers"
      if number % 4 == 0 { article.summary = "Mills, mills and a harbour" }
      try writer.append(article, keys: [], fingerprint: 0)
    }
    try writer.commit()
    _ = try SearchIndexer(directory: directory.store).update()
    let database = try SQLiteDatabase(directory.store + "/" + SearchIndexer.name, writable: false)
    try database.addRelevance()
    let query = ["mills", "harbour", "words"].prefix(words).joined(separator: " ")
    var rows = 0
    try database.run(
      """
      SELECT relevance(fulltext, 200, 10.0, 4.0, 1.0), bm25(fulltext, 10.0, 4.0, 1.0) FROM fulltext
      WHERE fulltext MATCH ?
      """, [.text(query)]
    ) { row in
      rows += 1
      #expect(abs(row.double(0) + row.double(1)) < 1e-9)
      return true
    }
    #expect(rows == (words == 1 ? 67 : 50))
  }

  @Test("a topic is found by the index and behind it, in new articles, changed and removed ones")
  func topicBehindTheIndex() throws {
    let writer = try StoreWriter(directory: directory.store)
    for number in 1...40 { try writer.append(number: number) }
    try writer.commit()
    _ = try SearchIndexer(directory: directory.store).update()
    // Behind the index: new ones, one of them old by its date; one that loses the topic, one that gets it; a removal.
    for number in [41, 42, 0] { try writer.append(number: number) }
    for (number, topics) in [(38, ["Other"]), (39, ["Even Numbers"])] {
      var article = Sample.article(number, revision: 2)
      article.topics = topics
      try writer.append(article, keys: [], fingerprint: 0)
    }
    try writer.remove(Sample.article(36).id)
    try writer.commit()
    let reader = try StoreReader(directory: directory.store)
    func found(_ filter: ArticleFilter, _ limit: Int) throws -> [ArticleID] {
      try reader.articles(where: filter, limit: limit).map(\.id)
    }
    let even = ArticleFilter(topic: "even numbers")
    #expect(try found(even, 5) == [42, 40, 39, 34, 32].map { Sample.article($0).id })
    let all = try found(even, 99)
    #expect(all.count == 21)
    #expect(all.last == Sample.article(0).id)
    let place = reader.indexedPlaces(topic: "even numbers", filter: even, limit: 99)
    #expect(place?.count == 21, "by the index, not by a look at every article")
    let until = ArticleFilter(topic: "even numbers", until: Timestamp(seconds: Sample.start + 4 * 60))
    #expect(try found(until, 99) == [2, 0].map { Sample.article($0).id })
  }

  @Test(
    "a line without a topic is told by its bytes, and never one that has it",
    arguments: [
      (#"{"seq":1,"title":"T","topics":["Swift","Databases"],"x":1"#, "databases", true),
      (#"{"seq":1,"title":"T","topics":["Swift","Databases"],"x":1"#, "SWIFT", true),
      (#"{"seq":1,"title":"T","topics":["Swift","Databases"],"x":1"#, "data", false),
      (#"{"seq":1,"title":"T","x":1"#, "swift", false),
      (#"{"seq":1,"title":",\"topics\":[\"Swift\"","topics":["Go"]"#, "swift", false),
      (#"{"seq":1,"topics":[]"#, "swift", false),
      (#"{"seq":1,"topics":["R\u0026D","Go"]"#, "r&d", true),
      (#"{"seq":1,"topics":["Krümmung","Go"]"#, "go", true),
      (#"{"seq":1,"topics":["Go"]"#, "krümmung", true),
      (#"{"seq":1,"topics":["Go"#, "go", true),
    ] as [(String, String, Bool)])
  func glance(line: String, topic: String, expected: Bool) {
    #expect(Array(line.utf8).withUnsafeBytes { TopicGlance.mayHold(topic, $0) } == expected)
  }
}
