import ArgumentParser
import PrecisHTML
import PrecisJSON
import PrecisModel
import PrecisParse
import PrecisURL
import PrecisViews

/// `precis parse`
struct Parse: CommandOnFiles {
  static let configuration = CommandConfiguration(
    commandName: "parse", abstract: "Parse feed documents and print what they hold; no store is touched.",
    discussion: "The exit status is 65 where a document is no feed.")

  @OptionGroup var options: GlobalOptions

  @Option(
    help: ArgumentHelp("The document's address: relative ones are resolved against it.", valueName: "url"))
  var baseURL: String?

  @Option(help: ArgumentHelp("The Content-Type that it came with.", valueName: "type"))
  var contentType: String?

  @Flag(help: "Print HTML as it stands instead of sanitised.")
  var raw = false

  @Argument(help: "Feed documents; - for standard input.")
  var files: [String]

  func run() throws {
    let invocation = try Invocation(options)
    // Large buffers that are made anew for each file go back to the system each time, and come back page by page.
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: InputFile.pieceSize, alignment: 16)
    defer { buffer.deallocate() }
    let printer: any DocumentPrinter =
      invocation.isJSON
      ? JSONPrinter(terminal: invocation.terminal, isRaw: raw) : TextPrinter(terminal: invocation.terminal)
    var failure: Failure?
    for file in files {
      do {
        try parse(file, by: buffer, to: printer)
      } catch let error as ParseError {
        printer.discard()
        failure = Failure(.data, "\(file): \(error)")
        if files.count > 1 { Terminal.complain("precis: \(file): \(error)") }
      }
    }
    if let failure { throw failure }
  }

  private func parse(
    _ file: String, by buffer: UnsafeMutableRawBufferPointer, to printer: any DocumentPrinter
  ) throws {
    var broken: (any Error)?
    let parser = FeedParser(url: baseURL, contentType: contentType) { entry in
      guard broken == nil else { return }
      do { try printer.entry(entry) } catch { broken = error }
    }
    try InputFile.read(file, by: buffer) { piece in
      parser.consume(piece)
      if let broken { throw broken }
    }
    let feed = try parser.finish()
    if let broken { throw broken }
    try printer.end(feed, warnings: parser.warnings)
  }
}

/// Prints documents one after the other, each entry by entry.
private protocol DocumentPrinter: AnyObject {
  func entry(_ entry: ParsedEntry) throws
  func end(_ feed: ParsedFeed, warnings: [ParseWarning]) throws
  /// Forgets what was not printed yet of a document that is no feed.
  func discard()
}

/// The contract of `precis parse --json`.
private final class JSONPrinter: DocumentPrinter {
  private static let flushSize = 48 << 10
  private let terminal: Terminal
  private let isRaw: Bool
  private lazy var cleaner = HTMLCleaner()
  private var json = JSONWriter(capacity: 64 << 10)
  private var hasBegun = false

  init(terminal: Terminal, isRaw: Bool) {
    self.terminal = terminal
    self.isRaw = isRaw
  }

  func entry(_ entry: ParsedEntry) throws {
    begin()
    let texts = FeedDocumentJSON.Texts(
      title: entry.title.map(title), summaryHTML: entry.summary.map(html),
      contentHTML: entry.content.map(html))
    if isRaw || !Self.hasMarkedNames(entry) {
      FeedDocumentJSON.write(entry, texts: texts, to: &json)
    } else {
      FeedDocumentJSON.write(Self.withPlainNames(entry), texts: texts, to: &json)
    }
    if json.count >= Self.flushSize { try flush() }
  }

  func end(_ feed: ParsedFeed, warnings: [ParseWarning]) throws {
    begin()
    let texts = FeedDocumentJSON.Texts(title: feed.title.map(title), summaryHTML: feed.description.map(html))
    FeedDocumentJSON.end(feed, texts: texts, warnings: warnings, to: &json)
    json.newline()
    try flush()
    discard()
  }

  func discard() {
    json.removeAll()
    hasBegun = false
  }

  private func begin() {
    guard !hasBegun else { return }
    hasBegun = true
    FeedDocumentJSON.begin(&json)
  }

  private func flush() throws {
    try json.withBytes { try Terminal.write($0, to: 1) }
    json.removeBytes()
  }

  /// Some publishers write links into the names of their authors.
  private static func hasMarkedNames(_ entry: ParsedEntry) -> Bool {
    entry.authors.contains { $0.name?.utf8.contains { $0 == 0x3C || $0 == 0x26 } == true }
  }

  private static func withPlainNames(_ entry: ParsedEntry) -> ParsedEntry {
    var entry = entry
    for index in entry.authors.indices {
      entry.authors[index].name = entry.authors[index].name.map {
        PlainText.of(ParsedText($0, kind: .unknown))
      }
    }
    return entry
  }

  private func title(_ text: ParsedText) -> String { isRaw ? text.value : PlainText.of(text) }

  private func html(_ text: ParsedText) -> String {
    isRaw ? text.value : cleaner.clean(text).html
  }
}

/// A page for people.
private final class TextPrinter: DocumentPrinter {
  private let terminal: Terminal
  private var lines: [String] = []

  init(terminal: Terminal) { self.terminal = terminal }

  func entry(_ entry: ParsedEntry) throws {
    let title = entry.title.map { PlainText.of($0) } ?? ""
    let date = entry.datePublished?.description ?? "-"
    lines.append("\(date)  \(TerminalText.clean(title))  \(TerminalText.clean(entry.url ?? ""))")
  }

  func end(_ feed: ParsedFeed, warnings: [ParseWarning]) throws {
    let title = feed.title.map { PlainText.of($0) } ?? ""
    try terminal.out("\(TerminalText.clean(title)) (\(feed.format.rawValue), \(lines.count) entries)\n")
    for line in lines { try terminal.out(line + "\n") }
    for warning in warnings {
      terminal.note("precis: line \(warning.line): \(TerminalText.clean(warning.message))")
    }
    discard()
  }

  func discard() { lines = [] }
}
