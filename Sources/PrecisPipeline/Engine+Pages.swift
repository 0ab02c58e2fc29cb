import PrecisConfig
import PrecisDedup
import PrecisFetch
import PrecisHTML
import PrecisIdentity
import PrecisModel
import PrecisURL

/// The pages that one poll fetches because its feed has only teasers.
struct PageVisits {
  /// Pages of one poll at most.
  static let limit = 10
  /// After so many failures the site is left alone until the next poll.
  static let failureLimit = 3
  /// Bytes of one page at most.
  static let bodyLimit = 8 << 20

  var asked = 0
  var failed = 0
  /// What is told of pages that were not read.
  var notes: [String] = []
  /// Whether Precis went down meanwhile: the poll counts as not made, and is made again.
  var isCutOff = false
}

extension Engine {
  /// Which candidates' pages are worth fetching: of teasers, the newest first.
  func pagesWanted(by candidates: [Candidate], of state: FeedState, feed: UInt32) -> [Int] {
    let room = PageVisits.limit - (flights[feed]?.pages.asked ?? 0)
    let habit = fetchPages(of: state)
    guard habit != .never, room > 0 else { return [] }
    let wanted = candidates.indices.filter { index in
      guard let article = candidates[index].article, article.content?.isExtracted != true,
        let url = article.url, WebURL(url)?.isWeb == true, url != state.url
      else { return false }
      return habit == .always || Teaser.isTeaser(article, links: candidates[index].links)
    }
    // Of equal dates the document's order counts.
    let newest = wanted.sorted { left, right in
      let (a, b) = (candidates[left].article?.datePublished, candidates[right].article?.datePublished)
      guard a != b else { return left < right }
      guard let a else { return false }
      return b.map { a > $0 } ?? true
    }
    return Array(newest.prefix(room))
  }

  private func fetchPages(of state: FeedState) -> Configuration.FetchPages {
    declared[state]?.fetchPages ?? configuration.curation.fetchPages
  }

  /// Fetches pages one after the other, puts their texts in the place of the teasers, and goes on with `done` on the
  /// engine's queue.
  func fillTeasers(
    of candidates: [Candidate], at indices: ArraySlice<Int>, on poll: Poll, feed: UInt32,
    done: @escaping @Sendable ([Candidate]) -> Void
  ) {
    guard let index = indices.first, let url = candidates[index].article?.url,
      let visits = flights[feed]?.pages, visits.failed < PageVisits.failureLimit, !visits.isCutOff,
      !isStopping
    else {
      if isStopping, !indices.isEmpty { flights[feed]?.pages.isCutOff = true }
      return done(candidates)
    }
    flights[feed]?.pages.asked += 1
    flights[feed]?.closeDocument()
    let body = WholeBody()
    var request = FetchRequest(url: url)
    request.accept = .page
    request.keepsConnection = true
    request.maxBodyBytes = min(PageVisits.bodyLimit, Int(clamping: configuration.network.maxBody.bytes))
    _ = fetcher.fetch(request, into: body) { @Sendable [weak self] result in
      poll.worker.queue.async { @Sendable [weak self] in
        var (filled, note) = (candidates, String?.none)
        if let failure = result.failure {
          note = "page \(url): \(failure)"
        } else if let head = result.head {
          let text = FullText(page: body.bytes, url: head.url, contentType: head.contentType)
          if text.map({ filled[index].fill($0) }) != true { note = "page \(url): no longer text on it" }
        }
        let isCutOff = if case .cancelled? = result.failure { true } else { false }
        self?.queue.async { @Sendable [weak self, filled, note] in
          guard let self else { return }
          if isCutOff { flights[feed]?.pages.isCutOff = true }
          if result.failure != nil { flights[feed]?.pages.failed += 1 }
          if let note { flights[feed]?.pages.notes.append(note) }
          fillTeasers(of: filled, at: indices.dropFirst(), on: poll, feed: feed, done: done)
        }
      }
    }
  }
}

extension DedupDecision {
  /// What is to be stored for the first time or anew.
  var article: Article? {
    switch self {
    case .new(let article, _), .revision(let article, _, _): article
    case .unchanged, .sighting: nil
    }
  }

  var isNew: Bool { if case .new = self { true } else { false } }
  var isUnchanged: Bool { if case .unchanged = self { true } else { false } }
}

extension Candidate {
  /// What is to be stored for the first time or anew.
  var article: Article? { decision.article }

  /// Puts a page's text in the place of the teaser; the fingerprint stays that of the feed's entry, so that the same
  /// teaser is known again.
  ///
  /// - Returns: whether the text is longer.
  mutating func fill(_ text: FullText) -> Bool {
    guard var article, text.fill(&article) else { return false }
    switch decision {
    case .new(let entry, let fingerprint):
      entryKeys = IdentityKeys.keys(of: entry)
      decision = .new(article, fingerprint: fingerprint)
    case .revision(let entry, let previous, let fingerprint):
      entryKeys = IdentityKeys.keys(of: entry)
      decision = .revision(article, previous: previous, fingerprint: fingerprint)
    case .unchanged, .sighting: break
    }
    links = text.links
    keys = nil
    return true
  }
}
