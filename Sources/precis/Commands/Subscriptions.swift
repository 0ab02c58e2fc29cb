import ArgumentParser
import PrecisControl
import PrecisJSON
import PrecisModel
import PrecisPipeline
import PrecisViews

/// `precis add`
struct Add: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "add", abstract: "Subscribe to a feed, or to the feed that a page names.")

  @OptionGroup var options: GlobalOptions

  @Option(help: "A title instead of the publisher's.")
  var title: String?

  @Option(help: "A folder, parts joined by /.")
  var folder: String?

  @Argument(help: ArgumentHelp("The address of a feed or of a page.", valueName: "url"))
  var address: String

  func run() throws {
    let invocation = try Invocation(options)
    let added = try invocation.daemon().map { try add(through: $0) } ?? add(in: invocation)
    if invocation.isJSON { return try invocation.terminal.out(added.json) }
    invocation.terminal.note(
      "subscribed to \(TerminalText.clean(added.title ?? added.url)), \(TerminalText.clean(added.url))")
  }

  private func add(through daemon: ControlClient) throws -> Engine.Added {
    var body = JSONWriter(capacity: 256)
    body.beginObject()
    body.field("url", address)
    body.field("title", title)
    body.field("folder", folder)
    body.endObject()
    do {
      let answer = try daemon.send(ControlRequest(method: "POST", path: "/v1/feeds", body: body.bytes))
      guard let added = Engine.Added(json: answer) else {
        throw Failure(.software, "the daemon's answer cannot be read")
      }
      return added
    } catch let error as ControlError {
      throw Failure(daemon: error)
    }
  }

  private func add(in invocation: Invocation) throws -> Engine.Added {
    let engine = try invocation.engine(trigger: .request)
    defer { engine.stopAndWait() }
    let ended = Promise<Result<Engine.Added, EngineError>>()
    engine.add(Subscription(url: address, title: title, folder: folder)) { ended.fulfil($0) }
    return try ended.value()
  }
}

/// `precis remove`
struct Remove: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "remove", abstract: "Unsubscribe from a feed; its articles stay.")

  @OptionGroup var options: GlobalOptions

  @Argument(help: "The feed by id, address or title.")
  var feed: String

  func run() throws {
    let invocation = try Invocation(options)
    let removed: Engine.Added
    if let daemon = invocation.daemon() {
      do {
        let request = ControlRequest(method: "DELETE", path: "/v1/feeds", query: ["feed": feed])
        guard let answer = Engine.Added(json: try daemon.send(request)) else {
          throw Failure(.software, "the daemon's answer cannot be read")
        }
        removed = answer
      } catch let error as ControlError {
        throw Failure(daemon: error)
      }
    } else {
      let engine = try invocation.engine(trigger: .request)
      defer { engine.stopAndWait() }
      let ended = Promise<Result<FeedState, EngineError>>()
      engine.unsubscribe(feed) { ended.fulfil($0) }
      removed = Engine.Added(try ended.value())
    }
    if invocation.isJSON { return try invocation.terminal.out(removed.json) }
    invocation.terminal.note("unsubscribed from \(TerminalText.clean(removed.url))")
  }
}

/// `precis import`
struct Import: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import", abstract: "Subscribe to the feeds of an OPML file.")

  @OptionGroup var options: GlobalOptions

  @Argument(help: "The OPML file; - for standard input.")
  var file: String

  func run() throws {
    let invocation = try Invocation(options)
    let bytes = try InputFile.bytes(file, limit: ControlServer.bodyLimit)
    let summary: ImportSummary
    if let daemon = invocation.daemon() {
      do {
        let answer = try daemon.send(ControlRequest(method: "POST", path: "/v1/import", body: bytes))
        guard let read = ImportSummary(json: answer) else {
          throw Failure(.software, "the daemon's answer cannot be read")
        }
        summary = read
      } catch let error as ControlError {
        throw Failure(daemon: error)
      }
    } else {
      let engine = try invocation.engine(trigger: .request)
      defer { engine.stopAndWait() }
      let ended = Promise<Result<ImportSummary, EngineError>>()
      engine.importOPML(bytes) { ended.fulfil($0) }
      do {
        summary = try ended.value()
      } catch let failure as Failure {
        throw Failure(failure.status, "\(file): \(failure.message)")
      }
    }
    if invocation.isJSON { return try invocation.terminal.out(summary.json) }
    for warning in summary.warnings {
      invocation.terminal.note("precis: \(file): \(TerminalText.clean(warning))")
    }
    invocation.terminal.note("\(summary.added.counted("feed")) added, \(summary.known) known before")
  }
}

/// `precis feeds`
struct Feeds: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "feeds", abstract: "List the subscriptions, when each is polled next, and why then.")

  @OptionGroup var options: GlobalOptions

  @Flag(help: "Show what is wrong: dead, moved, slow and noisy feeds.")
  var health = false

  func run() throws {
    let invocation = try Invocation(options)
    let feeds = try invocation.reading { try $0.feeds() }.filter { $0.status != .removed }
      .sorted { ($0.displayTitle, $0.url) < ($1.displayTitle, $1.url) }
    let now = Invocation.now()
    if invocation.isJSON { return try invocation.terminal.out(FeedsView.bytes(feeds, now: now)) }
    let style = invocation.style
    try invocation.terminal.out(
      health
        ? FeedHealthText.text(feeds, now: now, style: style)
        : FeedListText.text(feeds, now: now, style: style))
  }
}

extension Promise {
  /// Waits for what the engine says.
  ///
  /// - Throws: `Failure` for what it refuses.
  func value<Success>() throws -> Success where Value == Result<Success, EngineError> {
    switch wait() {
    case .success(let value): return value
    case .failure(let error): throw Failure(engine: error)
    case nil: throw Failure(.software, "the engine gave no answer")
    }
  }
}
