import Glibc
import PrecisConfig
import PrecisFetch
import PrecisModel
import PrecisParse
import PrecisURL

extension Engine {
  /// Subscribes to feeds whose addresses are known; `reply` comes once they are durable.
  ///
  /// What is subscribed already is counted, and changed in nothing.
  public func subscribe(
    _ wanted: [Subscription], reply: @escaping @Sendable (Result<ImportSummary, EngineError>) -> Void
  ) {
    queue.async { @Sendable [self] in
      guard !isStopping else { return reply(.failure(.stopping)) }
      var summary = ImportSummary()
      do {
        try takeIn { added in
          for subscription in wanted {
            guard let url = WebURL(subscription.url), url.isWeb else {
              summary.warnings.append(EngineError.notAnAddress(subscription.url).description)
              continue
            }
            let bare = url.withoutCredentials()
            if url != bare {
              summary.warnings.append(EngineError.secretInAddress(url: bare.text).description)
            }
            if let id = try add(subscription, at: url) { added.append(id) } else { summary.known += 1 }
          }
          summary.added = added.count
          return true
        }
        publish()
        reply(.success(summary))
      } catch {
        storeFailed(error)
        reply(.failure(.store("\(error)")))
      }
      pump()
    }
  }

  /// Unsubscribes; the articles stay.
  public func unsubscribe(
    _ name: String, reply: @escaping @Sendable (Result<FeedState, EngineError>) -> Void
  ) {
    queue.async { @Sendable [self] in
      do {
        var state = try one(name)
        state.status = .removed
        state.wantedPages = []
        try writer.put(state)
        try commitPut()
        forget(state.id)
        hasUnpublishedChanges = true
        publish()
        reply(.success(state))
        // Nobody waits for it any more.
        var report = FeedReport(id: state.id, url: state.url, title: state.displayTitle, outcome: .deferred)
        report.error = "it was unsubscribed meanwhile"
        self.report([report])
      } catch let error as EngineError {
        reply(.failure(error))
      } catch {
        storeFailed(error)
        reply(.failure(.store("\(error)")))
      }
    }
  }

  /// Subscribes to the feeds that the configuration declares.
  func subscribeDeclared(now: Timestamp) throws {
    try takeIn { added in
      var isChanged = false
      for declared in configuration.feeds {
        guard let url = WebURL(declared.url) else { continue }
        let wanted = Subscription(url: declared.url, title: declared.title, folder: declared.folder)
        if let id = try add(wanted, at: url) {
          added.append(id)
        } else if try rename(wanted, at: url) {
          isChanged = true
        }
      }
      return isChanged || !added.isEmpty
    }
  }

  /// Makes durable what `change` adds, if it says that something changed; nothing of it stays where the store does not
  /// take it.
  private func takeIn(_ change: (inout [FeedID]) throws -> Bool) throws {
    var added: [FeedID] = []
    do {
      guard try change(&added) else { return }
      try commitPut()
    } catch {
      writer.rollBack()
      for id in added { forget(id) }
      throw error
    }
    hasUnpublishedChanges = true
  }

  /// Knows a feed no longer.
  private func forget(_ id: FeedID) {
    pages.remove(id)
    if let number = subscriptions.known(id) {
      polls.remove(number)
      forgetDocument(of: id)
      counters.forget(number)
      if let token = flights.removeValue(forKey: number)?.token { fetcher.cancel(token) }
    }
    subscriptions.remove(id)
  }

  /// Gives a subscription the title and folder that the configuration has for it; true where they changed.
  private func rename(_ wanted: Subscription, at url: WebURL) throws -> Bool {
    guard let number = subscriptions.feed(at: DeclaredFeeds.address(of: url)),
      let id = subscriptions.id(number), var state = try writer.state(id)
    else { return false }
    let before = state
    state.titleOverride = wanted.title ?? state.titleOverride
    state.folder = wanted.folder ?? state.folder
    guard state != before else { return false }
    try writer.put(state)
    return true
  }

  /// Puts a subscription; nil where it is one already.
  private func add(_ wanted: Subscription, at url: WebURL) throws -> FeedID? {
    let text = DeclaredFeeds.address(of: url)
    if let number = subscriptions.feed(at: text), let id = subscriptions.id(number),
      let state = try writer.state(id), state.status != .removed
    {
      return nil
    }
    let now = moment()
    var state = FeedState(url: text, dateAdded: now)
    // OPML has empty titles where a reader knew none.
    state.titleOverride = wanted.title.flatMap { $0.isEmpty ? nil : $0 }
    state.folder = wanted.folder.flatMap { $0.isEmpty ? nil : $0 }
    state.nextDue = now
    try writer.put(state)
    register(state, now: now)
    return state.id
  }

  /// The secret of a declared feed, read anew for each request so that a changed one counts at once.
  func credentials(of feed: DeclaredFeed) -> Credentials? {
    guard let reference = feed.credentials else { return nil }
    var environment: [String: String] = [:]
    if let directory = getenv("CREDENTIALS_DIRECTORY") {
      environment["CREDENTIALS_DIRECTORY"] = String(cString: directory)
    }
    guard let path = reference.path(environment: environment), let line = Self.firstLine(of: path),
      let credentials = Credentials(line: line)
    else {
      logger.error(
        "its credentials cannot be read", metadata: ["feed": "\(feed.url)", "from": "\(reference.text)"])
      return nil
    }
    return credentials
  }

  private static func firstLine(of path: String) -> String? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: 4096)
    let count = bytes.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
    guard count > 0 else { return nil }
    return String(decoding: bytes[..<count].prefix { $0 != 0x0A && $0 != 0x0D }, as: UTF8.self)
  }
}

extension Engine {
  /// Subscribes to the feeds of an OPML document; feeds that cannot be read are told and passed over.
  public func importOPML(
    _ bytes: [UInt8], reply: @escaping @Sendable (Result<ImportSummary, EngineError>) -> Void
  ) {
    let document: OPML.Document
    do {
      document = try OPML.read(bytes)
    } catch {
      return reply(.failure(.notOPML("\(error)")))
    }
    let wanted = document.outlines.map { Subscription(url: $0.feedURL, title: $0.title, folder: $0.folder) }
    let warnings = document.warnings.map { "line \($0.line): \($0.message)" }
    subscribe(wanted) { result in
      reply(
        result.map { summary in
          var summary = summary
          summary.warnings = warnings + summary.warnings
          return summary
        })
    }
  }
}
