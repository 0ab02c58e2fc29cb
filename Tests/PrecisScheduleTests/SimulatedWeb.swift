import PrecisModel

@testable import PrecisSchedule

/// How a simulated server treats one feed.
enum Manner: Int, CaseIterable {
  case both, etagOnly, dateOnly, newETagWithEvery304, noValidators, maxAge, absurdMaxAge, ttl, skipHours,
    syDaily
  case busy429, busy503, bare429, moved, temporary, flapping, gone, missing, dead, junkForDays, sameBody,
    collides
  case denied, brokenTLS, fast
}

/// One request as a server sees it.
struct Request {
  var feed: Int
  var url: String
  var etag: String?
  var lastModified: String?
  var at: Timestamp
  var isManual: Bool
}

/// One answer.
struct Answer {
  var status: Int
  var etag: String?
  var lastModified: String?
  var maxAge: Int?
  var retryAfter: Int?
  var location: String?
  var isFeed = true
  var version = 0
}

/// 200 feeds on 20 hosts, and a record of every rule that a poller breaks.
struct SimulatedWeb {
  static let start = Timestamp(seconds: 1_795_521_600)
  static let hosts = 20

  private(set) var violations: [String] = []
  private(set) var requests = 0
  private(set) var unconditional: [Int: Int] = [:]
  private(set) var requestsOfFeed: [Int: [Timestamp]] = [:]

  private var given: [String: (etag: String?, date: String?)] = [:]
  private var servedJunk: Set<String> = []
  private var promised: [Int: Timestamp] = [:]
  private var hostPromised: [Int: Timestamp] = [:]
  private var hostLast: [Int: Timestamp] = [:]
  private var hostBusy: [Int: Int] = [:]
  private var feedBusy: Set<Int> = []
  private var redirects304: [Int: Int] = [:]
  private var toldGone: Set<Int> = []
  private var hintsKnown: Set<Int> = []

  static func manner(of feed: Int) -> Manner { Manner(rawValue: feed * 7 % Manner.allCases.count) ?? .both }
  static func host(of feed: Int) -> Int { feed % hosts }
  static func url(of feed: Int) -> String { "https://host\(host(of: feed)).example/feed/\(feed)" }
  static func target(of feed: Int) -> String {
    manner(of: feed) == .collides
      ? "https://host\(host(of: feed)).example/shared/\(host(of: feed))" : url(of: feed) + "/new"
  }

  /// Seconds between two articles of a feed.
  static func period(of feed: Int) -> Int64 {
    manner(of: feed) == .fast ? 600 : Int64(7200 + feed * 977 % 400_000)
  }
  static func version(of feed: Int, at now: Timestamp) -> Int { Int((now - start) / period(of: feed)) + 1 }

  mutating func report(_ text: String, _ request: Request) {
    guard violations.count < 50 else { return }
    let after = Double(request.at - Self.start) / 86_400
    violations.append("day \(after): feed \(request.feed) (\(Self.manner(of: request.feed))) \(text)")
  }

  /// A connection begins. The first of a poll counts for the rules of spacing.
  mutating func begin(_ request: Request) {
    let host = Self.host(of: request.feed)
    if !feedBusy.insert(request.feed).inserted { report("is fetched twice at once", request) }
    if hostBusy[host, default: 0] > 0 { report("is a second request in flight to its host", request) }
    hostBusy[host, default: 0] += 1
    if let last = hostLast[host], request.at - last < 2 {
      report("comes too soon after another of its host", request)
    }
    hostLast[host] = request.at
    if let until = promised[request.feed], request.at < until { report("comes before its promise", request) }
    if let until = hostPromised[host], request.at < until {
      report("comes before its host's promise", request)
    }
    if toldGone.contains(request.feed), !request.isManual { report("is asked for after 410", request) }
    let manner = Self.manner(of: request.feed)
    if let last = requestsOfFeed[request.feed]?.last, !request.isManual {
      let least: Int64 =
        switch manner {
        case .noValidators, .syDaily: 86_400
        case .ttl: 4 * 3600
        default: 3600
        }
      if request.at - last < least { report("is polled after only \(request.at - last) s", request) }
    }
    if manner == .skipHours, hintsKnown.contains(request.feed), !request.isManual, request.at.civil.hour < 9 {
      report("is polled in hour \(request.at.civil.hour)", request)
    }
    requestsOfFeed[request.feed, default: []].append(request.at)
  }

  mutating func end(_ feed: Int) {
    feedBusy.remove(feed)
    hostBusy[Self.host(of: feed), default: 1] -= 1
  }

  /// What the server answers; nil: there is no answer.
  mutating func answer(_ request: Request) -> Answer? {
    let manner = Self.manner(of: request.feed)
    let days = (request.at - Self.start) / 86_400
    requests += 1
    if manner == .dead && (3..<8).contains(days) || manner == .brokenTLS && days >= 15 { return nil }
    checkValidators(request)
    guard request.url != Self.url(of: request.feed) else { return entrance(request, manner, days) }
    guard request.url == Self.target(of: request.feed) else {
      report("asks for \(request.url), which nobody named", request)
      return Answer(status: 404)
    }
    return document(request, manner)
  }

  /// The address that was subscribed to.
  private mutating func entrance(_ request: Request, _ manner: Manner, _ days: Int64) -> Answer {
    let target = Self.target(of: request.feed)
    switch manner {
    case .moved, .collides: return Answer(status: 301, location: target)
    case .temporary: return Answer(status: [302, 303, 307][request.feed % 3], location: target)
    case .flapping:
      let isPermanent = requestsOfFeed[request.feed, default: []].count % 4 > 0
      return Answer(status: isPermanent ? 308 : 302, location: target)
    case .gone where days >= 10:
      toldGone.insert(request.feed)
      return Answer(status: 410)
    case .missing where days >= 5: return Answer(status: 404)
    case .denied where days >= 2: return Answer(status: 403)
    case .busy429, .busy503:
      guard (request.feed + Int(days)) % 6 == 0 else { break }
      // A date is a number of seconds by the time it reaches the policy; days long at times.
      let seconds = days % 5 == 0 ? 2 * 86_400 + 777 : 5000
      promise(request, seconds: Int64(seconds))
      return Answer(status: manner == .busy429 ? 429 : 503, retryAfter: seconds)
    case .bare429 where days % 9 == 4: return Answer(status: 429)
    case .junkForDays where (6..<9).contains(days):
      servedJunk.insert(key(request))
      var answer = Answer(status: 200, etag: "\"junk\"")
      answer.isFeed = false
      given[key(request)] = nil
      return answer
    default: break
    }
    return document(request, manner)
  }

  private mutating func promise(_ request: Request, seconds: Int64) {
    let host = Self.host(of: request.feed)
    promised[request.feed] = request.at + seconds
    hostPromised[host] = max(hostPromised[host] ?? request.at, request.at + seconds)
  }

  private mutating func document(_ request: Request, _ manner: Manner) -> Answer {
    let version = Self.version(of: request.feed, at: request.at)
    var answer = Answer(status: 200)
    answer.version = version
    switch manner {
    case .noValidators: break
    case .etagOnly: answer.etag = "W/\"\(version)-gzip\""
    case .dateOnly: answer.lastModified = "version \(version), not even a date"
    case .sameBody: answer.etag = "\"\(requests)\""
    default:
      answer.etag = "\"v\(version)\""
      answer.lastModified = "Tue, 24 Nov 2026 12:00:\(version % 60) GMT"
    }
    switch manner {
    case .maxAge: answer.maxAge = 3 * 3600
    case .absurdMaxAge: answer.maxAge = 315_360_000
    default: break
    }
    let known = given[key(request)]
    let matches =
      manner != .sameBody
      && (answer.etag != nil ? request.etag == answer.etag : request.lastModified == answer.lastModified)
    if matches, known != nil, request.etag != nil || request.lastModified != nil {
      answer.status = 304
      if manner == .maxAge { answer.maxAge = nil }
      if manner == .newETagWithEvery304 {
        // The same document under another name: the next request must carry the new one.
        redirects304[request.feed, default: 0] += 1
        answer.etag = "\"v\(version)\""
        answer.lastModified = "Tue, 24 Nov 2026 13:00:\(redirects304[request.feed, default: 0] % 60) GMT"
      }
      if manner == .both {
        answer.etag = nil
        answer.lastModified = nil
      }
    }
    if answer.status == 200 || answer.etag != nil || answer.lastModified != nil {
      given[key(request)] = (
        answer.etag ?? (answer.status == 304 ? known?.etag : nil),
        answer.lastModified ?? (answer.status == 304 ? known?.date : nil)
      )
    }
    if answer.etag == nil, answer.lastModified == nil, answer.status == 200 { given[key(request)] = nil }
    servedJunk.remove(key(request))
    if manner == .maxAge || manner == .absurdMaxAge {
      promised[request.feed] = request.at + Int64(min(manner == .maxAge ? 3 * 3600 : 315_360_000, 7 * 86_400))
    }
    if [.ttl, .skipHours, .syDaily].contains(manner) { hintsKnown.insert(request.feed) }
    return answer
  }

  /// Two subscriptions to one address are two guests until they are merged.
  private func key(_ request: Request) -> String { "\(request.feed) \(request.url)" }

  /// Rows 1 to 6: what was given last comes back, byte for byte, and nothing else.
  private mutating func checkValidators(_ request: Request) {
    guard let known = given[key(request)] else {
      if request.etag != nil || request.lastModified != nil {
        report("sends validators that nobody gave", request)
      }
      unconditional[request.feed, default: 0] += 1
      return
    }
    if request.etag == nil, request.lastModified == nil {
      if !servedJunk.contains(key(request)) {
        report("is fetched whole though its validators are known", request)
      }
      unconditional[request.feed, default: 0] += 1
      return
    }
    if request.etag != known.etag || request.lastModified != known.date {
      report("sends other validators than the last", request)
    }
  }
}
