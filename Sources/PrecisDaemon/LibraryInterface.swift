import Dispatch
import PrecisControl
import PrecisJSON
import PrecisModel
import PrecisPipeline
import PrecisStore
import PrecisViews

/// What the daemon answers of the library itself: articles, searches, feeds; docs/control-api.md describes it.
///
/// Reads as any other reader of the store does, on a queue of its own: the daemon's work goes on meanwhile.
struct LibraryInterface: Sendable {
  /// The most articles of one answer.
  static let limit = 1...500
  /// How many articles an answer has that asks for no number.
  static let standardLimit = 50

  let store: String
  let clock: @Sendable () -> Timestamp
  private let queue = DispatchQueue(label: "precis.library")

  init(store: String, clock: @escaping @Sendable () -> Timestamp) {
    self.store = store
    self.clock = clock
  }

  /// Answers a request for something of the library; false where it is for something else.
  func answer(_ request: ControlRequest, _ reply: @escaping @Sendable (ControlResponse) -> Void) -> Bool {
    guard request.method == "GET", let body = route(request) else { return false }
    queue.async { @Sendable in
      do {
        reply(try body())
      } catch let refusal as Refusal {
        reply(.error(status: refusal.status, refusal.message))
      } catch {
        reply(.error(status: 503, "\(error)"))
      }
    }
    return true
  }

  /// Why a request is not answered.
  private struct Refusal: Error {
    let status: Int
    let message: String

    init(status: Int, message: String) {
      self.status = status
      self.message = message
    }

    init(_ failure: ArticleSelection.Failure) {
      switch failure {
      case .feed(.unknownFeed(let name)): self.init(status: 404, message: "\(name): no such feed")
      case .feed(let error): self.init(status: 409, message: error.description)
      case .notADate(_, let name):
        self.init(status: 400, message: "\(name) must be like 2026-11-24 or 2026-11-24T08:00:00Z")
      }
    }
  }

  private func route(_ request: ControlRequest) -> (@Sendable () throws -> ControlResponse)? {
    switch request.path {
    case "/v1/feeds": { .json(status: 200, FeedsView.bytes(try reader().feeds(), now: clock())) }
    case "/v1/articles": { try lines(of: try selected(by: request)) }
    case "/v1/search": { try lines(of: try found(by: request)) }
    case "/v1/latest.json":
      { try document(of: try selected(by: request), "application/feed+json", Export.jsonFeed) }
    case "/v1/latest.atom":
      { try document(of: try selected(by: request), "application/atom+xml", Export.atom) }
    case let path where path.hasPrefix("/v1/articles/"):
      { try article(named: String(path.dropFirst("/v1/articles/".count))) }
    default: nil
    }
  }

  private func reader() throws -> StoreReader { try StoreReader(directory: store) }

  private func article(named name: String) throws -> ControlResponse {
    guard let id = ArticleID(name) else { throw Refusal(status: 400, message: "\(name): no article's id") }
    let reader = try reader()
    guard var article = try reader.article(id: id) else {
      throw Refusal(status: 404, message: "\(name): no such article")
    }
    article.related = try reader.related(to: article)
    var json = JSONWriter(capacity: 16 << 10)
    article.write(to: &json)
    json.newline()
    return .json(status: 200, json.bytes)
  }

  private func selected(by request: ControlRequest) throws -> [Article] {
    let selection = ArticleSelection(
      feed: request.query["feed"], topic: request.query["topic"], since: request.query["since"],
      until: request.query["until"])
    do {
      return try selection.articles(of: try reader(), limit: try limit(of: request))
    } catch let failure as ArticleSelection.Failure {
      throw Refusal(failure)
    }
  }

  private func found(by request: ControlRequest) throws -> [Article] {
    guard let words = request.query["q"], !words.isEmpty else {
      throw Refusal(status: 400, message: "q=… is missing")
    }
    return try reader().search(words, limit: try limit(of: request)).map(\.article)
  }

  private func limit(of request: ControlRequest) throws -> Int {
    guard let text = request.query["limit"] else { return Self.standardLimit }
    guard let limit = Int(text), Self.limit ~= limit else {
      throw Refusal(
        status: 400, message: "limit must be from \(Self.limit.lowerBound) to \(Self.limit.upperBound)")
    }
    return limit
  }

  private func lines(of articles: [Article]) throws -> ControlResponse {
    var bytes: [UInt8] = []
    try Export.ndjson(Export.source(articles)) { bytes.append(contentsOf: $0) }
    return .document(status: 200, type: "application/x-ndjson", bytes)
  }

  private func document(
    of articles: [Article], _ type: String,
    _ write: (Export.Source, ExportHeading, Export.Sink) throws -> Void
  ) throws -> ControlResponse {
    let updated = articles.first.map { $0.datePublished ?? $0.dateSynced } ?? clock()
    var bytes: [UInt8] = []
    try write(Export.source(articles), ExportHeading(title: "Precis: latest articles", updated: updated)) {
      bytes.append(contentsOf: $0)
    }
    return .document(status: 200, type: type, bytes)
  }
}
