import PrecisConfig
import PrecisControl
import PrecisJSON
import PrecisModel
import PrecisParse
import PrecisPipeline
import PrecisViews

/// What the daemon answers on its socket; docs/control-api.md describes it.
struct ControlInterface: Sendable {
  let engine: Engine
  let library: LibraryInterface
  let reload: @Sendable () throws -> Configuration

  init(engine: Engine, reload: @escaping @Sendable () throws -> Configuration) {
    self.engine = engine
    self.reload = reload
    library = LibraryInterface(store: engine.directory, clock: engine.clock)
  }

  /// Answers one request.
  func answer(_ request: ControlRequest, _ reply: @escaping @Sendable (ControlResponse) -> Void) {
    if library.answer(request, reply) { return }
    switch (request.method, request.path) {
    case ("GET", "/v1/status"): engine.status { reply(.json(status: 200, $0.json)) }
    case ("GET", "/healthz"): tellHealth(reply)
    case ("GET", "/metrics"):
      engine.status {
        reply(.document(status: 200, type: MetricsText.mediaType, Array(MetricsText.text($0).utf8)))
      }
    case ("POST", "/v1/sync"): sync(request, reply)
    case ("POST", "/v1/feeds"): add(request, reply)
    case ("DELETE", "/v1/feeds"): remove(request, reply)
    case ("POST", "/v1/import"): importOPML(request, reply)
    case ("POST", "/v1/keep"): keep(request, reply)
    case ("POST", "/v1/reload"): readAgain(reply)
    case (_, "/v1/keep"), (_, "/v1/status"), (_, "/v1/sync"), (_, "/v1/feeds"), (_, "/v1/import"),
      (_, "/v1/reload"),
      (_, "/v1/articles"), (_, "/v1/search"), (_, "/v1/latest.json"), (_, "/v1/latest.atom"), (_, "/healthz"),
      (_, "/metrics"):
      reply(.error(status: 405, "\(request.method) is not possible here"))
    default: reply(.error(status: 404, "\(request.path): nothing there; see docs/control-api.md"))
    }
  }

  /// 200 where the engine and the fetcher turn and the store takes what comes; 503 where it does not. Where one of
  /// the first two is stuck, no answer comes.
  private func tellHealth(_ reply: @escaping @Sendable (ControlResponse) -> Void) {
    engine.ping { [engine] in
      engine.status { status in
        if let error = status.storeError { return reply(.error(status: 503, error)) }
        reply(.document(status: 200, type: "text/plain; charset=utf-8", Array("ok\n".utf8)))
      }
    }
  }

  private func sync(_ request: ControlRequest, _ reply: @escaping @Sendable (ControlResponse) -> Void) {
    var selection = Engine.Selection.all
    if !request.body.isEmpty {
      guard let names = (try? JSONParser.parse(request.body))?["feeds"]?.strings else {
        return reply(.error(status: 400, "the body must be {\"feeds\": [\"…\"]} or empty"))
      }
      if !names.isEmpty { selection = .named(names) }
    }
    let stream = ControlStream()
    engine.sync(selection, force: request.query["force"] == "1" ? .yes : .no) { refusal in
      reply(refusal.map(Self.response) ?? .events(stream))
    } observer: { event in
      stream.write(line: event.json)
      if case .finished = event { stream.finish() }
    }
  }

  private func add(_ request: ControlRequest, _ reply: @escaping @Sendable (ControlResponse) -> Void) {
    guard let body = try? JSONParser.parse(request.body), let url = body["url"]?.string else {
      return reply(.error(status: 400, "the body must be {\"url\": \"…\"}"))
    }
    let wanted = Subscription(url: url, title: body["title"]?.string, folder: body["folder"]?.string)
    engine.add(wanted) { result in
      switch result {
      case .success(let added): reply(.json(status: 201, added.json))
      case .failure(let error): reply(Self.response(to: error))
      }
    }
  }

  private func remove(_ request: ControlRequest, _ reply: @escaping @Sendable (ControlResponse) -> Void) {
    guard let name = request.query["feed"] else { return reply(.error(status: 400, "feed=… is missing")) }
    engine.unsubscribe(name) { result in
      switch result {
      case .success(let state): reply(.json(status: 200, Engine.Added(state).json))
      case .failure(let error): reply(Self.response(to: error))
      }
    }
  }

  private func importOPML(_ request: ControlRequest, _ reply: @escaping @Sendable (ControlResponse) -> Void) {
    engine.importOPML(request.body) { result in
      switch result {
      case .success(let summary): reply(.json(status: 200, summary.json))
      case .failure(let error): reply(Self.response(to: error))
      }
    }
  }

  private func keep(_ request: ControlRequest, _ reply: @escaping @Sendable (ControlResponse) -> Void) {
    guard let body = try? JSONParser.parse(request.body),
      let id = body["id"]?.string.flatMap({ ArticleID($0) })
    else { return reply(.error(status: 400, "the body must be {\"id\": \"…\", \"kept\": true or false}")) }
    engine.keep(id, body["kept"]?.bool ?? true) { result in
      switch result {
      case .success(true): reply(.json(status: 200, Array("{}\n".utf8)))
      case .success(false): reply(.error(status: 404, "\(id.text): no such article"))
      case .failure(let error): reply(Self.response(to: error))
      }
    }
  }

  private func readAgain(_ reply: @escaping @Sendable (ControlResponse) -> Void) {
    do {
      engine.reload(try reload())
      reply(.json(status: 200, Array("{}\n".utf8)))
    } catch {
      reply(.error(status: 422, "\(error)"))
    }
  }

  private static func response(to error: EngineError) -> ControlResponse {
    let status =
      switch error {
      case .unknownFeed: 404
      case .ambiguousFeed, .alreadySubscribed, .severalFeeds: 409
      case .notAnAddress, .secretInAddress, .notOPML: 400
      case .noFeedFound: 422
      case .unreachable: 502
      case .store, .stopping: 503
      }
    return .error(status: status, error.description)
  }
}
