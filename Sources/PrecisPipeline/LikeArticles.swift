import Glibc
import PrecisDedup
import PrecisModel
import PrecisNearDuplicate
import PrecisPostings
import PrecisRelated
import PrecisStore

/// What the engine keeps to tell which articles read alike: the indexes of near-duplicates and of related articles,
/// and the frame lines of each feed, in `index/` of the store.
///
/// Derived data, behind the store and never before it: articles are appended and committed first; each index says up to
/// which line of the store it goes, and the rest is read again at the next start. One that is absent or damaged is
/// rebuilt from the store. Lives on the engine's queue.
final class LikeArticles {
  private let directory: String
  private var nearPostings: PostingIndex
  private var relatedPostings: PostingIndex
  private var near: NearDuplicateIndex
  private var related: RelatedIndex
  private var frames: LearnedFrames
  private var reader: StoreReader?
  /// Whether the store could not be read to its end: then the files must not claim that it was.
  private var isIncomplete = false
  /// The last line of the store that is taken in.
  private var taken: Int64
  /// Whether everything that the store had at the start is taken in.
  private(set) var isReady = false
  /// What was found wrong with the files; empty where nothing was.
  private(set) var notices: [String] = []

  /// Where a store keeps the index of related articles.
  static func relatedDirectory(of store: String) -> String { store + "/index/related" }

  /// The indexes of a store.
  ///
  /// - Parameters:
  ///   - lastSequence: the store's last line.
  ///   - isKept: whether an article is still in the store.
  init(store: String, lastSequence: Int64, isKept: @escaping (ArticleID) -> Bool) {
    directory = store + "/index"
    var notices: [String] = []
    func open(_ name: String) -> PostingIndex {
      do throws(PostingFileError) {
        return try PostingIndex(directory: name, access: .writing)
      } catch {
        // A store that has none yet is no news.
        if access(name + "/list", F_OK) == 0 { notices.append("\(error)") }
        return PostingIndex(startingAt: name)
      }
    }
    nearPostings = open(directory + "/near-duplicates")
    relatedPostings = open(Self.relatedDirectory(of: store))
    near = NearDuplicateIndex(nearPostings)
    related = RelatedIndex(relatedPostings)
    frames = LearnedFrames(path: directory + "/near-duplicates/frames")
    taken = min(nearPostings.covered, relatedPostings.covered)
    if taken > lastSequence {
      // The store was replaced by an older one: what the indexes know is of another.
      notices.append("the indexes of \(directory) are newer than the store; they are rebuilt")
      nearPostings = PostingIndex(startingAt: directory + "/near-duplicates")
      relatedPostings = PostingIndex(startingAt: Self.relatedDirectory(of: store))
      near = NearDuplicateIndex(nearPostings)
      related = RelatedIndex(relatedPostings)
      taken = 0
    }
    self.notices = notices
    for postings in [nearPostings, relatedPostings] { postings.isKept = isKept }
    isReady = taken == lastSequence
    if !isReady { reader = try? StoreReader(directory: store) }
    isIncomplete = !isReady && reader == nil
  }

  /// What an article is recognised by; made on any thread.
  struct Digest: Sendable {
    var sketch: Sketch
    var terms: RelatedTerms

    /// The digest of an article of a feed with these frames.
    init(_ article: Article, frames: FeedFrames) {
      let words = FrameLines.words(of: article.ownText, without: frames)
      sketch = Sketch(words)
      terms = RelatedTerms(title: article.title, topics: article.topics, words: words)
    }
  }

  /// The frame lines of a feed, as far as they are known.
  func frames(of feed: FeedID) -> FeedFrames { frames[feed.number] }

  /// Remembers lines that a feed's document showed to be its frame.
  func learn(_ lines: [UInt64], of feed: FeedID) { frames.add(lines, of: feed.number) }

  /// The stored articles that may be the same as one that is new, the most alike first.
  func nearDuplicates(of digest: Digest) -> [(id: ArticleID, similarity: Double)] {
    near.duplicates(of: digest.sketch)
  }

  /// Takes in an article that was appended.
  func insert(_ digest: Digest, id: ArticleID) {
    near.insert(digest.sketch, id: id)
    related.insert(digest.terms, id: id)
  }
}

extension LikeArticles {
  /// Lines of the store that are taken in at a time.
  private static let slice = 500
  /// After so many the work is kept, should the process end.
  private static let kept: Int64 = 20_000

  /// Takes in a part of what the store has and the indexes do not; `isReady` once there is no more.
  func catchUp() {
    guard !isReady else { return }
    guard let reader, let changes = try? reader.changes(since: taken, limit: Self.slice) else {
      isReady = true
      isIncomplete = true
      return
    }
    guard let last = changes.last else { return finishCatchingUp() }
    let articles = changes.compactMap { change -> Article? in
      if case .article(let article) = change.kind { article } else { nil }
    }
    for (feed, articles) in Dictionary(grouping: articles, by: \.feedID) {
      var known = frames[feed.number]
      learn(known.learn(from: articles.map(\.ownText)), of: feed)
    }
    for article in articles { insert(Digest(article, frames: frames[article.feedID.number]), id: article.id) }
    taken = last.sequence
    let covered = min(nearPostings.covered, relatedPostings.covered)
    // ignored: it is tried again, and at the end of the sync reported.
    if taken - covered >= Self.kept { try? persist(covered: taken) }
    if changes.count < Self.slice { finishCatchingUp() }
  }

  private func finishCatchingUp() {
    isReady = true
    reader = nil
  }

  /// Makes the indexes durable as far as the store is, and gives their pages back.
  ///
  /// - Parameter covered: the store's last durable line.
  func persist(covered: Int64) throws(PostingFileError) {
    guard !isIncomplete else { return }
    try nearPostings.persist(covered: covered)
    try relatedPostings.persist(covered: covered)
    frames.save()
    release()
  }

  /// Gives mapped pages back to the page cache.
  func release() {
    nearPostings.release()
    relatedPostings.release()
  }
}

extension Article {
  /// The text that the publisher gave: the content's, else the summary's.
  var ownText: String { content?.text ?? summary ?? "" }
}
