import ArgumentParser
import PrecisControl
import PrecisJSON
import PrecisPipeline

/// `precis sync`
struct Sync: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sync", abstract: "Sync now: through the running daemon, else in this process.",
    discussion: """
      The exit status is 0 where every feed was read, 1 where some failed, 75 where none could be reached.
      """)

  @OptionGroup var options: GlobalOptions

  @Flag(help: "Poll feeds also where their server asked not to be polled yet.")
  var force = false

  @Argument(help: "Feeds by id, address or title; all where none is named.")
  var feeds: [String] = []

  func run() throws {
    let invocation = try Invocation(options)
    let progress = SyncProgress(
      terminal: invocation.terminal, isJSON: invocation.isJSON, isVerbose: options.verbose)
    let summary =
      try invocation.daemon().map { try sync(through: $0, progress) } ?? sync(in: invocation, progress)
    if let status = progress.status(of: summary) { throw ExitCode(status.rawValue) }
  }

  private func sync(through daemon: ControlClient, _ progress: SyncProgress) throws -> SyncSummary {
    var body = JSONWriter(capacity: 256)
    body.beginObject()
    body.field("feeds", feeds)
    body.endObject()
    let request = ControlRequest(
      method: "POST", path: "/v1/sync", query: force ? ["force": "1"] : [:],
      body: feeds.isEmpty ? [] : body.bytes)
    var summary: SyncSummary?
    do {
      try daemon.send(request) { line in
        guard let event = SyncEvent(json: line) else { return }
        try progress.show(event)
        if case .finished(let end) = event { summary = end }
      }
    } catch let error as ControlError {
      throw Failure(daemon: error)
    }
    guard let summary else { throw Failure(.tryAgain, "the daemon went down before the sync was done") }
    return summary
  }

  private func sync(in invocation: Invocation, _ progress: SyncProgress) throws -> SyncSummary {
    let engine = try invocation.engine(trigger: .request)
    defer { engine.stopAndWait() }
    let ended = Promise<Result<SyncSummary, EngineError>>()
    engine.sync(feeds.isEmpty ? .all : .named(feeds), force: force ? .yes : .no) { refusal in
      if let refusal { ended.fulfil(.failure(refusal)) }
    } observer: { event in
      // ignored: a reader that has gone (`precis sync | head`) does not end the sync.
      try? progress.show(event)
      if case .finished(let summary) = event { ended.fulfil(.success(summary)) }
    }
    switch ended.wait() {
    case .success(let summary): return summary
    case .failure(let error): throw Failure(engine: error)
    case nil: throw Failure(.software, "the sync ended without an end")
    }
  }
}
