import ArgumentParser
import Glibc
import PrecisBrief
import PrecisJSON
import PrecisModel
import PrecisPipeline
import PrecisStore
import PrecisViews

/// `precis export`
struct ExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Write subscriptions or articles in other programs' formats.",
    discussion: """
      opml writes the subscriptions; json (JSON Feed 1.1), atom, ndjson, csv and sqlite write articles. The default \
      is opml.
      """)

  @OptionGroup var options: GlobalOptions

  @Option(name: .shortAndLong, help: "opml, json, atom, ndjson, csv or sqlite.")
  var format: Export.Format = .opml

  @Option(
    name: .shortAndLong, help: "The file to write; standard output where none is named. sqlite needs one.")
  var output: String?

  @Option(help: "Only articles of a feed, by id, address or title.")
  var feed: String?

  @Option(help: "Only articles with a topic.")
  var topic: String?

  @Option(help: "Only articles published at or after a date.")
  var since: String?

  @Option(help: "At most so many articles, the newest.")
  var limit: Int?

  func validate() throws {
    guard limit.map({ $0 > 0 }) ?? true else { throw ValidationError("--limit must be at least 1") }
  }

  func run() throws {
    let invocation = try Invocation(options)
    try invocation.reading { reader in
      if format == .sqlite { return try database(reader, invocation) }
      try OutputFile.write(to: output) { sink in try write(reader, invocation, to: sink) }
    }
  }

  private func write(_ reader: StoreReader, _ invocation: Invocation, to sink: Export.Sink) throws {
    if format == .opml { return try Export.opml(try reader.feeds(), to: sink) }
    let source = try articles(reader)
    let heading = ExportHeading(title: "Precis", updated: Invocation.now())
    switch format {
    case .jsonFeed: try Export.jsonFeed(source, heading: heading, to: sink)
    case .atom: try Export.atom(source, heading: heading, to: sink)
    case .csv: try Export.csv(source, to: sink)
    case .ndjson, .opml, .sqlite: try Export.ndjson(source, to: sink)
    }
  }

  private func articles(_ reader: StoreReader) throws -> Export.Source {
    let selection = ArticleSelection(feed: feed, topic: topic, since: since)
    if selection == ArticleSelection(), limit == nil { return reader.everyArticle() }
    return Export.source(try selection.articles(of: reader, limit: limit ?? .max))
  }

  private func database(_ reader: StoreReader, _ invocation: Invocation) throws {
    guard let output else {
      throw Failure(.usage, "sqlite cannot go to standard output; name a file with --output")
    }
    guard access(output, F_OK) != 0 else { throw Failure(.cannotCreate, "\(output): exists already") }
    do {
      try Export.sqlite(
        try articles(reader), feeds: try reader.feeds(), path: output)
    } catch let error as SQLiteExportError {
      unlink(output)
      throw Failure(.cannotCreate, "\(output): \(error)")
    }
  }
}

extension Export.Format: ExpressibleByArgument {}

/// A file of the command line that is written whole or not at all.
enum OutputFile {
  /// Writes to standard output, or to a temporary file that then takes the name.
  static func write(to path: String?, _ body: (Export.Sink) throws -> Void) throws {
    guard let path else { return try body { try Terminal.write($0, to: STDOUT_FILENO) } }
    let temporary = path + ".part"
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else {
      throw Failure(.cannotCreate, "\(temporary): \(String(cString: strerror(errno)))")
    }
    do {
      try body { try Terminal.write($0, to: descriptor) }
    } catch {
      close(descriptor)
      unlink(temporary)
      throw error
    }
    guard close(descriptor) == 0, rename(temporary, path) == 0 else {
      throw Failure(.cannotCreate, "\(path): \(String(cString: strerror(errno)))")
    }
  }
}

/// `precis follow`
struct Follow: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "follow", abstract: "Print changes of the store as they come, a line of JSON each.",
    discussion: """
      Each line carries its sequence number in seq. A program that keeps the last one it has dealt with goes on from \
      there with --since, without a gap and without a repeat.
      """)

  @OptionGroup var options: GlobalOptions

  @Option(
    help: ArgumentHelp(
      "Begin after this sequence number; 0 is the beginning. Now, where it is absent.", valueName: "seq"))
  var since: Int64?

  @Flag(help: "End when everything up to now is printed.")
  var once = false

  func run() throws {
    let invocation = try Invocation(options)
    let start = try since ?? invocation.reading { $0.lastSequence }
    do {
      let follower = try StoreFollower(directory: invocation.store, since: start)
      while true {
        let changes = once ? try follower.next() : try follower.wait(milliseconds: -1)
        if once, changes.isEmpty { return }
        for change in changes { try invocation.terminal.out(change.line) }
      }
    } catch let error as StoreError {
      throw Failure(storing: error, store: invocation.store)
    }
  }
}

extension Change {
  /// The change as one line of NDJSON.
  fileprivate var line: [UInt8] {
    var json = JSONWriter()
    json.beginObject()
    json.field("seq", Int(sequence))
    switch kind {
    case .article(let article):
      json.field("change", article.revision == 1 ? "article" : "revision")
      article.writeMembers(to: &json)
    case .removed(let id):
      json.field("change", "removed")
      json.field("id", id.text)
    }
    json.endObject()
    json.newline()
    return json.bytes
  }
}

/// `precis brief`
struct BriefCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "brief",
    abstract: "Print the articles of the day that are worth reading, each with the reason.")

  @OptionGroup var options: GlobalOptions

  /// So many are chosen for a day at least, also where fewer are asked for.
  private static let usualCount = 7

  @Option(name: .shortAndLong, help: "How many.")
  var count = usualCount

  @Flag(help: "Choose anew instead of keeping to the day's choice.")
  var fresh = false

  func validate() throws {
    guard count > 0 else { throw ValidationError("--count must be at least 1") }
  }

  func run() throws {
    let invocation = try Invocation(options)
    let now = Invocation.now()
    let day = String(now.description.prefix(10))
    let last = last(invocation)
    let made = fresh || last?.day != day ? nil : last
    var brief = try kept(made) ?? choose(day, now, after: last, keeping: made?.picks ?? [], invocation)
    brief.picks = Array(brief.picks.prefix(count))
    if invocation.isJSON {
      var json = JSONWriter()
      brief.write(to: &json)
      json.newline()
      return try invocation.terminal.out(json.bytes)
    }
    for (index, pick) in brief.picks.enumerated() {
      let candidate = pick.candidate
      try invocation.terminal.out(
        """
        \(index + 1). \(candidate.title.isEmpty ? "(untitled)" : TerminalText.clean(candidate.title))
           \(TerminalText.clean(candidate.sourceName)), \(candidate.date.description.prefix(10)), \(candidate.id.text)
           \(TerminalText.clean(pick.reason))

        """)
    }
    if brief.picks.isEmpty { invocation.terminal.note("the store holds no articles yet") }
  }

  private func path(_ invocation: Invocation) -> String { "\(invocation.store)/brief.json" }

  /// The brief that was made last, on whatever day; nil where there is none that can be read.
  private func last(_ invocation: Invocation) -> DailyBrief? {
    guard access(path(invocation), R_OK) == 0 else { return nil }
    return (try? JSONParser.parse(try InputFile.bytes(path(invocation)))).flatMap { DailyBrief(json: $0) }
  }

  /// The choice that was made earlier today, which stays until midnight UTC; nil where more were not asked for then.
  private func kept(_ made: DailyBrief?) -> DailyBrief? {
    guard let made, !made.picks.isEmpty, count <= max(made.picks.count, Self.usualCount) else { return nil }
    return made
  }

  private func choose(
    _ day: String, _ now: Timestamp, after last: DailyBrief?, keeping made: [BriefPick],
    _ invocation: Invocation
  ) throws -> DailyBrief {
    let candidates = try invocation.reading { try $0.newest(2000) }.map { BriefCandidate($0) }
    var configuration = BriefConfiguration()
    let wanted = max(count, Self.usualCount)
    configuration.count = wanted
    configuration.roles = invocation.configuration.curation.roles
    configuration.topics = invocation.configuration.curation.topics
    var brief = DailyBrief(
      day: day, candidates: candidates, now: now, configuration: configuration, after: last)
    brief.keep(made, count: wanted)
    var json = JSONWriter()
    brief.write(to: &json)
    json.newline()
    // ignored: who may only read the store gets the same choice again, for it depends on nothing else.
    try? OutputFile.write(to: path(invocation)) { sink in try json.bytes.withUnsafeBufferPointer(sink) }
    return brief
  }
}
