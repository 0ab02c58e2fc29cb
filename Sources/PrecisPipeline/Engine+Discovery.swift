import PrecisDiscover
import PrecisFetch
import PrecisModel
import PrecisParse
import PrecisURL

extension Engine {
  /// How many candidates of a page are tried.
  private static var candidateLimit: Int { 6 }

  /// What adding an address came to.
  public struct Added: Sendable, Equatable {
    /// The feed's address, which may be another than the one that was given.
    public var url: String
    /// Its title, where it has one.
    public var title: String?
  }

  /// Subscribes to the feed at an address, or to the one that the page at the address names.
  ///
  /// The document is fetched once, to see what it is; the feed's first poll reads what came, so that the server is
  /// asked for everything once alone.
  /// - Throws (in the reply): `.severalFeeds` where the page names several feeds and none stands out.
  public func add(
    _ wanted: Subscription, reply: @escaping @Sendable (Result<Added, EngineError>) -> Void
  ) {
    guard let url = WebURL(typed: wanted.url) else { return reply(.failure(.notAnAddress(wanted.url))) }
    let bare = url.withoutCredentials()
    guard url == bare else { return reply(.failure(.secretInAddress(url: bare.text))) }
    look(at: url.text) { [self] found in
      switch found {
      case .feed(let feed): subscribe(to: feed, as: wanted, reply: reply)
      case .candidates(let candidates): choose(candidates, from: url, for: wanted, reply: reply)
      case .nothing(let reason):
        // A page that refuses us may be of a site whose feed's address is known.
        let known = FeedDiscovery.knownSite(url)
        guard !known.isEmpty else { return reply(.failure(.unreachable(url: url.text, reason: reason))) }
        choose(known, from: url, for: wanted, reply: reply)
      }
    }
  }

  private func subscribe(
    to feed: FoundFeed, as wanted: Subscription,
    reply: @escaping @Sendable (Result<Added, EngineError>) -> Void
  ) {
    var subscription = wanted
    subscription.url = feed.url
    subscribe([subscription]) { [self] result in
      switch result {
      case .failure(let error): reply(.failure(error))
      case .success(let summary) where summary.known > 0:
        reply(.failure(.alreadySubscribed(url: feed.url)))
      case .success:
        if let number = subscriptions.feed(at: feed.url), let id = subscriptions.id(number) {
          keep(feed.document, of: id)
        }
        reply(.success(Added(url: feed.url, title: wanted.title ?? feed.title)))
      }
    }
  }

  private func choose(
    _ candidates: [FeedCandidate], from page: WebURL, for wanted: Subscription,
    reply: @escaping @Sendable (Result<Added, EngineError>) -> Void
  ) {
    let stated = candidates.filter { $0.source == .linkElement || $0.source == .linkHeader }
    if stated.count > 1, stated[0].score == stated[1].score {
      let lines = stated.map { candidate in candidate.title.map { "\(candidate.url)  \($0)" } ?? candidate.url
      }
      return reply(.failure(.severalFeeds(url: page.text, candidates: lines)))
    }
    let urls = FeedDiscovery.addressesToTry(candidates, page: page)
    attempt(urls.prefix(Self.candidateLimit)[...], from: page, for: wanted, reply: reply)
  }

  /// Takes the first candidate that is a feed; one after the other, to be polite.
  private func attempt(
    _ urls: ArraySlice<String>, from page: WebURL, for wanted: Subscription,
    reply: @escaping @Sendable (Result<Added, EngineError>) -> Void
  ) {
    guard let url = urls.first else { return reply(.failure(.noFeedFound(url: page.text))) }
    look(at: url) { [self] found in
      if case .feed(let feed) = found { return subscribe(to: feed, as: wanted, reply: reply) }
      attempt(urls.dropFirst(), from: page, for: wanted, reply: reply)
    }
  }

  private enum Found: Sendable {
    case feed(FoundFeed)
    case candidates([FeedCandidate])
    case nothing(String)
  }

  private struct FoundFeed: Sendable {
    let url: String
    let title: String?
    let document: FetchedDocument
  }

  /// Fetches a document and tells what it is.
  private func look(at url: String, _ reply: @escaping @Sendable (Found) -> Void) {
    let document = WholeBody()
    let now = clock()
    _ = fetcher.fetch(FetchRequest(url: url), into: document) { [workers] result in
      workers[0].queue.async { @Sendable in
        guard case .body(let head) = result.outcome else {
          return reply(.nothing(result.failure?.description ?? "no document"))
        }
        // The subscription is the address that was asked for, unless it said that it moved for good.
        let isMoved = !result.redirects.isEmpty && result.redirects.allSatisfy(\.isPermanent)
        let address = isMoved ? head.url : url
        let found = FetchedDocument(document.bytes, head: head, result: result, date: now)
        reply(Self.inspect(found, address: WebURL(address)?.text ?? address))
      }
    }
  }

  private static func inspect(_ document: FetchedDocument, address: String) -> Found {
    let (bytes, head) = (document.bytes, document.head)
    do throws(ParseError) {
      let feed = try FeedParser.parse(
        bytes, url: head.url, contentType: head.contentType, limits: .standard
      ).feed
      return .feed(
        FoundFeed(url: address, title: feed.title.map { TitleText.of($0) }, document: document))
    } catch {
      guard let page = WebURL(head.url) else { return .nothing(error.description) }
      let headers = head.links.map { (url: $0.url, rel: $0.rel, type: $0.type) }
      let candidates = FeedDiscovery.candidates(html: bytes, pageURL: page, linkHeaders: headers)
      return .candidates(candidates)
    }
  }
}
