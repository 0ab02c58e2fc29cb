import ArgumentParser
import Glibc
import PrecisControl
import PrecisJSON
import PrecisModel
import PrecisPipeline
import PrecisStore
import PrecisURL
import PrecisViews

/// `precis list`
struct List: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List articles, the newest first.")

  @OptionGroup var options: GlobalOptions

  @Option(name: .shortAndLong, help: "How many.")
  var limit = 50

  @Option(help: "Only those of a feed, by id, address or title.")
  var feed: String?

  @Option(help: "Only those with a topic.")
  var topic: String?

  @Option(help: "Only those published at or after a date, such as 2026-11-01.")
  var since: String?

  @Option(help: "Only those published before a date.")
  var until: String?

  @Flag(help: "Only those that `precis keep` marked.")
  var kept = false

  func validate() throws {
    guard limit > 0 else { throw ValidationError("--limit must be at least 1") }
  }

  func run() throws {
    let invocation = try Invocation(options)
    let selection = ArticleSelection(feed: feed, topic: topic, since: since, until: until, isKept: kept)
    let articles = try invocation.reading { try selection.articles(of: $0, limit: limit) }
    try invocation.print(articles)
  }
}

/// `precis search`
struct Search: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "search", abstract: "Search the articles' text, the best match first.")

  @OptionGroup var options: GlobalOptions

  @Option(name: .shortAndLong, help: "How many.")
  var limit = 20

  @Argument(help: "Words; \"…\" for a phrase.")
  var words: [String]

  func validate() throws {
    guard limit > 0 else { throw ValidationError("--limit must be at least 1") }
  }

  func run() throws {
    let invocation = try Invocation(options)
    bringIndexForward(invocation)
    let hits = try invocation.reading { try $0.search(words.joined(separator: " "), limit: limit) }
    if invocation.isJSON { return try invocation.print(hits.map(\.article)) }
    let rows = hits.map { hit in
      var row = ArticleListText.Row(hit.article)
      row.snippet = hit.snippet
      return row
    }
    try invocation.terminal.out(ArticleListText.text(rows, style: invocation.style))
  }

  /// Takes into the index what it does not cover yet. It is derived: who may only read the store, or comes while the
  /// daemon is at it, searches what is not covered line by line.
  private func bringIndexForward(_ invocation: Invocation) {
    let end = ContinuousClock.now + Self.patience
    guard let indexer = try? SearchIndexer(directory: invocation.store) else { return }
    while ContinuousClock.now < end { if (try? indexer.update()) != true { return } }
    invocation.terminal.note("precis: the search index is not complete yet: older articles may be missing")
  }

  private static var patience: Duration { .seconds(10) }
}

/// `precis show`
struct Show: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Print the page of an article.")

  @OptionGroup var options: GlobalOptions

  @Flag(help: "Print the article's whole text, too.")
  var text = false

  @Argument(help: ArgumentHelp("The article by id, the beginning of one, or address.", valueName: "id"))
  var name: String

  func run() throws {
    let invocation = try Invocation(options)
    let article = try invocation.reading { reader in
      var article = try Self.find(name, in: reader)
      if let found = article { article?.related = try reader.related(to: found) }
      return article
    }
    guard let article else { throw Failure(noArticle: name) }
    if invocation.isJSON { return try invocation.print([article]) }
    try invocation.terminal.out(ArticlePage.text(article, style: invocation.style))
    if text, let content = article.content {
      try invocation.terminal.out("\n" + TerminalText.cleanParagraphs(content.text) + "\n")
    }
  }

  /// The article that an id, the beginning of one, or an address means.
  static func find(_ name: String, in reader: StoreReader) throws -> Article? {
    if let id = ArticleID(name) { return try reader.article(id: id) }
    if WebURL(name)?.isWeb == true { return try reader.article(url: name) }
    // The beginning of an id, as people type it from a list.
    let matches = reader.ids(beginningWith: name.lowercased(), limit: 6)
    guard matches.count <= 1 else {
      throw Failure(.data, "\(name): could be any of \(matches.map(\.text).joined(separator: ", "))")
    }
    return try matches.first.flatMap { try reader.article(id: $0) }
  }
}

/// `precis status`
struct Status: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status", abstract: "Tell what the daemon is doing.")

  @OptionGroup var options: GlobalOptions

  func run() throws {
    let invocation = try Invocation(options)
    guard let daemon = invocation.daemon() else {
      throw Failure(.unavailable, "no daemon runs on \(invocation.store); `precis run` starts one")
    }
    let answer: [UInt8]
    do {
      answer = try daemon.send(ControlRequest(method: "GET", path: "/v1/status"))
    } catch {
      throw Failure(daemon: error)
    }
    if invocation.isJSON { return try invocation.terminal.out(answer) }
    guard let status = DaemonStatus(json: answer) else {
      throw Failure(.software, "the daemon's answer cannot be read")
    }
    try invocation.terminal.out(StatusText.text(status, now: Invocation.now(), style: invocation.style))
  }
}

extension Invocation {
  /// How pages and tables are printed.
  var style: PageStyle { PageStyle(width: Terminal.columns, color: terminal.isColoured) }

  static func now() -> Timestamp { Timestamp(seconds: Int64(time(nil))) }

  /// Reads from the store.
  ///
  /// - Throws: `Failure` for what the store throws, and for a selection that means nothing.
  func reading<T>(_ body: (StoreReader) throws -> T) throws -> T {
    let reader = try reader()
    do {
      return try body(reader)
    } catch let error as StoreError {
      throw Failure(storing: error, store: store)
    } catch ArticleSelection.Failure.feed(let error) {
      throw Failure(engine: error)
    } catch ArticleSelection.Failure.notADate(let text, _) {
      throw Failure(.usage, "\(text): not a date; write 2026-11-24 or 2026-11-24T08:00:00Z")
    }
  }

  /// Prints articles: a table, or a line of JSON each.
  func print(_ articles: [Article]) throws {
    guard isJSON else {
      return try terminal.out(ArticleListText.text(articles.map { ArticleListText.Row($0) }, style: style))
    }
    var json = JSONWriter(capacity: 16 << 10)
    for article in articles {
      article.write(to: &json)
      json.newline()
    }
    try terminal.out(json.bytes)
  }
}
