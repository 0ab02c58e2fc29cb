import Glibc
import PrecisModel
import PrecisStore

// precis-store-bench MODE DIR N [BATCH]
//   append   N articles, made ready before, BATCH a commit, each begun while the one before goes on: articles a second
//   encode   the same with the making of the lines
//   more     appends to a store until it is killed, BATCH a commit
//   fill     N articles and the search index, for the modes below
//   index    makes the search index of a store that is there
//   start    opens the store for writing: the time, and how many lines were read again
//   open     opens the store of N for writing, and reads it: times, and the memory at its peak
//   search   searches in it
//   feeds    N feeds of 3 articles: BATCH feeds a commit, on a disk whose fdatasync takes 4 ms

func seconds(_ body: () throws -> Void) rethrows -> Double {
  let duration = try ContinuousClock().measure(body)
  return Double(duration.components.seconds) + Double(duration.components.attoseconds) / 1e18
}

func median(_ times: [Double]) -> Double { times.sorted()[times.count / 2] }

func report(_ name: String, _ value: Double, _ unit: String) {
  let scaled = Int((value * 100).rounded())
  let cents = scaled % 100
  print("\(name) \(scaled / 100).\(cents < 10 ? "0" : "")\(cents) \(unit)")
}

func peakMegabytes() -> Double {
  var usage = rusage()
  getrusage(RUSAGE_SELF.rawValue, &usage)
  return Double(usage.ru_maxrss) / 1024
}

/// Lines of about 4 KB: the text stands in them twice, as HTML and as plain text.
let textSize = 1600

func append(_ directory: String, _ count: Int, batch: Int, isPrepared: Bool) throws {
  let rows = Rows()
  // Made ready a piece at a time, so that the memory stays small; the clock runs only while they are appended.
  var spent = 0.0
  var bytes = 0
  let writer = try StoreWriter(directory: directory)
  var first = 0
  while first < count {
    let piece = first..<min(count, first + max(batch, 3000) / batch * batch)
    let articles = piece.map { rows.article($0, size: textSize) }
    let prepared = isPrepared ? articles.map { PreparedArticle($0) } : []
    let keys = piece.map { Rows.keys($0) }
    spent += try seconds {
      for (index, article) in articles.enumerated() {
        let number = piece.lowerBound + index
        if isPrepared {
          try writer.append(prepared[index], keys: keys[index], fingerprint: UInt64(number))
        } else {
          try writer.append(article, keys: keys[index], fingerprint: UInt64(number))
        }
        // As the pipeline does it: the next group is made while the disk works.
        if (index + 1) % batch == 0 || index + 1 == articles.count { try writer.beginCommit() }
      }
      try writer.finishCommit()
    }
    first = piece.upperBound
  }
  bytes = writer.counts.bytes
  report("articles_per_second", Double(count) / spent, "1/s")
  report("megabytes_per_second", Double(bytes) / 1e6 / spent, "MB/s")
  report("bytes_per_article", Double(bytes) / Double(count), "B")
  writer.close()
}

func more(_ directory: String, batch: Int) throws {
  let rows = Rows()
  let writer = try StoreWriter(directory: directory)
  var number = 1_000_000_000
  while true {
    for _ in 0..<batch {
      try writer.append(rows.article(number, size: textSize), keys: Rows.keys(number), fingerprint: 1)
      number += 1
    }
    try writer.commit()
  }
}

func fill(_ directory: String, _ count: Int) throws {
  let rows = Rows()
  let writer = try StoreWriter(directory: directory)
  let spent = try seconds {
    for number in 0..<count {
      try writer.append(
        rows.article(number, size: textSize), keys: Rows.keys(number), fingerprint: UInt64(number))
      if number % 2000 == 1999 { try writer.commit() }
    }
    try writer.put(FeedState(url: "https://feed0.example/feed.xml", dateAdded: Timestamp(seconds: 1)))
    try writer.commit()
  }
  writer.close()
  report("fill", spent, "s")
  try index(directory)
}

func index(_ directory: String) throws {
  let indexer = try SearchIndexer(directory: directory)
  report("search_index", try seconds { while try indexer.update(lines: 2000) {} }, "s")
  report("search_index_merged", try seconds { while try indexer.merge() {} }, "s")
}

func start(_ directory: String) throws {
  var writer: StoreWriter?
  report("open_writer", try seconds { writer = try StoreWriter(directory: directory) } * 1000, "ms")
  report("recovered_lines", Double(writer?.recovery.linesIndexed ?? 0), "lines")
  writer?.close()
}

func open(_ directory: String, _ count: Int) throws {
  var random = Random(state: 99)
  var writer: StoreWriter?
  report("open_writer", try seconds { writer = try StoreWriter(directory: directory) } * 1000, "ms")
  report("recovered_lines", Double(writer?.recovery.linesIndexed ?? 0), "lines")
  var known: [Double] = []
  for _ in 0..<1000 {
    let number = Int(random.next()) % count
    known.append(seconds { _ = writer?.find(Rows.keys(number)[0]) })
  }
  report("known_by_key", median(known) * 1e6, "us")
  var reader: StoreReader?
  report("open_reader", try seconds { reader = try StoreReader(directory: directory) } * 1000, "ms")
  guard let reader else { return }
  func time(_ name: String, _ rounds: Int, _ body: () throws -> Int) throws {
    var times: [Double] = []
    var found = 0
    for _ in 0..<rounds { times.append(try seconds { found += try body() }) }
    guard found > 0 else { return print("\(name) found nothing") }
    report(name, median(times) * 1000, "ms")
  }
  try time("by_id", 1000) {
    try reader.article(id: Rows.id(Int(random.next()) % count)) == nil ? 0 : 1
  }
  try time("by_address", 1000) {
    let number = Int(random.next()) % count
    return try reader.article(url: "https://feed\(number % 500).example/posts/\(number)") == nil ? 0 : 1
  }
  try time("newest_50", 50) { try reader.newest(50).count }
  try time("newest_50_of_a_feed", 50) {
    let feed = FeedID(url: "https://feed\(random.next() % 500).example/feed.xml")
    return try reader.newest(50, feed: feed).count
  }
  let rows = Rows()
  try time("newest_50_with_a_topic", 50) {
    try reader.articles(where: ArticleFilter(topic: rows.word(&random)), limit: 50).count
  }
  report("peak_memory", peakMegabytes(), "MB")
  writer?.close()
}

func search(_ directory: String) throws {
  let rows = Rows()
  var random = Random(state: 5)
  let reader = try StoreReader(directory: directory)
  // Words as people search: not the commonest fifty, one to three of them.
  for (name, words) in [("search_1_word", 1), ("search_2_words", 2), ("search_3_words", 3)] {
    var times: [Double] = []
    var found = 0
    for _ in 0..<100 {
      let query = (0..<words).map { _ in rows.searched(&random) }.joined(separator: " ")
      times.append(try seconds { found += try reader.search(query, limit: 20).count })
    }
    report(name, median(times) * 1000, "ms")
    report(name + "_p95", times.sorted()[94] * 1000, "ms")
    report(name + "_hits", Double(found) / 100, "hits")
  }
  report("peak_memory", peakMegabytes(), "MB")
}

func feeds(_ directory: String, _ count: Int, batch: Int) throws {
  let rows = Rows()
  let disk = SlowDisk()
  let writer = try StoreWriter(directory: directory, fileSystem: disk)
  let before = disk.flushes
  let spent = try seconds {
    for feed in 0..<count {
      for number in (feed * 3)..<(feed * 3 + 3) {
        try writer.append(
          rows.article(number, size: textSize), keys: Rows.keys(number), fingerprint: UInt64(number))
      }
      try writer.put(
        FeedState(url: "https://feed\(feed).example/feed.xml", dateAdded: Timestamp(seconds: 1)))
      if feed % batch == batch - 1 || feed == count - 1 { try writer.commit() }
    }
  }
  report("feeds_per_second", Double(count) / spent, "1/s")
  report("flushes_per_commit", Double(disk.flushes - before) / Double((count + batch - 1) / batch), "")
  writer.close()
}

let arguments = CommandLine.arguments
guard arguments.count >= 4, let count = Int(arguments[3]) else {
  print("precis-store-bench append|encode|more|fill|index|start|open|search|feeds DIR N [BATCH]")
  exit(64)
}
let directory = arguments[2]
let batch = arguments.count > 4 ? Int(arguments[4]) ?? 30 : 30
switch arguments[1] {
case "append": try append(directory, count, batch: batch, isPrepared: true)
case "encode": try append(directory, count, batch: batch, isPrepared: false)
case "more": try more(directory, batch: batch)
case "fill": try fill(directory, count)
case "index": try index(directory)
case "start": try start(directory)
case "open": try open(directory, count)
case "search": try search(directory)
case "feeds": try feeds(directory, count, batch: batch)
default: exit(64)
}
