import PrecisModel
import PrecisTestSupport
import Synchronization

/// A clock that tests set.
final class SetClock: Sendable {
  private let time: Mutex<Timestamp>

  init(_ now: Timestamp) { time = Mutex(now) }

  var now: Timestamp {
    get { time.withLock { $0 } }
    set { time.withLock { $0 = newValue } }
  }
}

/// The simulated web as a real server on a loopback address answers for it: twenty host names, one port.
final class SimulatedSite: Sendable {
  private struct State {
    var web = SimulatedWeb()
    /// Where a feed's poll was sent on to: its next request is of the same poll.
    var sentOn: [Int: String] = [:]
    var port = 0
  }
  private let state = Mutex(State())
  private let clock: SetClock

  init(_ clock: SetClock) { self.clock = clock }

  /// Begins to serve.
  func server() throws -> LoopbackServer {
    let server = try LoopbackServer { [self] request in answer(request) }
    state.withLock { $0.port = server.port }
    return server
  }

  /// What it has seen.
  var web: SimulatedWeb { state.withLock { $0.web } }

  /// The address here of one of the simulated web.
  func url(_ simulated: String) -> String { Self.url(simulated, port: state.withLock { $0.port }) }

  private static func url(_ simulated: String, port: Int) -> String {
    let rest = simulated.dropFirst("https://".count)
    let host = rest.prefix { $0 != "." }
    return "http://\(host).localhost:\(port)\(rest.drop { $0 != "/" })"
  }

  private func answer(_ request: RecordedRequest) -> Response {
    let host = (request.header("Host") ?? "").prefix { $0 != "." }
    let url = "https://\(host).example\(request.target)"
    let now = clock.now
    return state.withLock { state in
      // An address that several feeds move to says nothing of who comes.
      let feed =
        Int(request.path.dropFirst("/feed/".count).prefix { $0 != "/" })
        ?? state.sentOn.first { $0.value == url }?.key
      guard let feed else { return Response(404) }
      let seen = Request(
        feed: feed, url: url, etag: request.header("If-None-Match"),
        lastModified: request.header("If-Modified-Since"), at: now, isManual: false)
      if state.sentOn.removeValue(forKey: feed) != url { state.web.begin(seen) }
      let answer = state.web.answer(seen)
      if let location = answer?.location {
        state.sentOn[feed] = location
      } else {
        state.web.end(feed)
      }
      return answer.map { Self.response($0, of: feed, port: state.port) }
        ?? Response(body: .raw(Array("no server of the web\n".utf8)))
    }
  }

  private static func response(_ answer: Answer, of feed: Int, port: Int) -> Response {
    var response = Response(
      answer.status,
      body: answer.status == 200 ? .bytes(document(answer, feed)) : answer.status == 304 ? .none : .bytes([]))
    if answer.status >= 400 { response.body = .bytes(Array("no".utf8)) }
    func add(_ name: String, _ value: String?) {
      if let value { response.headers.append((name, value)) }
    }
    add("ETag", answer.etag)
    add("Last-Modified", answer.lastModified)
    add("Cache-Control", answer.maxAge.map { "max-age=\($0)" })
    add("Retry-After", answer.retryAfter.map { "\($0)" })
    add("Location", answer.location.map { url($0, port: port) })
    add("Content-Type", answer.isFeed ? "application/rss+xml" : "text/html")
    return response
  }

  /// Twenty entries, a new one with each version, and what the feed says of its rhythm.
  private static func document(_ answer: Answer, _ feed: Int) -> [UInt8] {
    guard answer.isFeed else {
      return Array("<!DOCTYPE html><html><body><p>Soon again</p></body></html>".utf8)
    }
    let hints =
      switch SimulatedWeb.manner(of: feed) {
      case .ttl: "<ttl>240</ttl>"
      case .skipHours: "<skipHours>\((0..<9).map { "<hour>\($0)</hour>" }.joined())</skipHours>"
      case .syDaily: "<sy:updatePeriod>daily</sy:updatePeriod>"
      default: ""
      }
    let period = SimulatedWeb.period(of: feed)
    let items = (0..<20).map { age in
      let number = answer.version - 1 - age
      let date = (SimulatedWeb.start + period * Int64(number)).description
      return
        "<item><guid>\(feed)-\(number)</guid><title>\(number) of \(feed)</title><pubDate>\(date)</pubDate></item>"
    }
    return Array(
      """
      <rss version="2.0" xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"><channel><title>\(feed)</title>\(hints)
      \(items.joined(separator: "\n"))</channel></rss>
      """.utf8)
  }
}
