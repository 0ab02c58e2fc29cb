import PrecisModel

/// An entry while its elements arrive, in whichever order and however often.
struct EntryDraft {
  var isOpen = false
  // Texts are handed over (`consuming`), not shared: each count of references up and down costs an atomic operation.

  /// What is known; where it can be told in several ways, with the rank of the best of them.
  var entry = ParsedEntry()
  private var ranks = Ranks()
  /// RSS `description`: the summary, or the content where there is a summary besides.
  var description: ParsedText?
  /// An RSS guid that is an address, for want of a link.
  var permalink: String?
  var comments: String?
  var duration: Int?
  var place = PlaceDraft()

  private struct Ranks {
    var title = Rank()
    var summary = Rank()
    var content = Rank()
    var id = Rank()
    var url = Rank()
    var image = Rank()
    var published = Rank()
    var modified = Rank()
    var authors = Rank()
  }

  mutating func take(title: consuming ParsedText, rank: Int) {
    ranks.title.takeFirst(title, rank, &entry.title)
  }
  mutating func take(summary: consuming ParsedText, rank: Int) {
    ranks.summary.takeFirst(summary, rank, &entry.summary)
  }
  mutating func take(content: consuming ParsedText, rank: Int) {
    ranks.content.takeFirst(content, rank, &entry.content)
  }
  mutating func take(id: consuming String, rank: Int) { ranks.id.takeFirst(id, rank, &entry.id) }
  mutating func take(url: consuming String, rank: Int) { ranks.url.takeFirst(url, rank, &entry.url) }
  mutating func take(image: consuming String, rank: Int) { ranks.image.takeFirst(image, rank, &entry.image) }
  mutating func takeLatest(id: String?, rank: Int) { ranks.id.takeLatest(id, rank, &entry.id) }
  mutating func takeLatest(url: String?, rank: Int) { ranks.url.takeLatest(url, rank, &entry.url) }

  mutating func takeLatest(published date: Timestamp?, rank: Int) {
    ranks.published.takeLatest(date, rank, &entry.datePublished)
  }

  mutating func takeLatest(modified date: Timestamp?, rank: Int) {
    ranks.modified.takeLatest(date, rank, &entry.dateModified)
  }

  /// Adds an author of a rank; those of a lower rank give way, those of a higher one stay.
  mutating func add(_ author: Article.Author, rank: Int) {
    if rank > ranks.authors.known { entry.authors = [] }
    guard rank >= ranks.authors.known, entry.authors.count < 100, !entry.authors.contains(author) else {
      return
    }
    entry.authors.append(author)
    ranks.authors.known = rank
  }

  mutating func add(topic: consuming String) {
    guard !topic.isEmpty, entry.topics.count < 200, !entry.topics.contains(topic) else { return }
    entry.topics.append(topic)
  }

  mutating func add(_ attachment: Article.Attachment) {
    if let index = entry.attachments.firstIndex(where: { $0.url == attachment.url }) {
      var known = entry.attachments[index]
      known.mimeType = known.mimeType ?? attachment.mimeType
      known.title = known.title ?? attachment.title
      known.sizeInBytes = known.sizeInBytes ?? attachment.sizeInBytes
      known.durationInSeconds = known.durationInSeconds ?? attachment.durationInSeconds
      entry.attachments[index] = known
    } else if entry.attachments.count < 200 {
      entry.attachments.append(attachment)
    }
  }

  /// The publisher's own address of an enclosure, in place of a counter's.
  mutating func replaceLastAttachment(_ url: String) {
    guard isOpen, let last = entry.attachments.indices.last,
      !entry.attachments.contains(where: { $0.url == url })
    else { return }
    entry.attachments[last].url = url
  }

  /// The entry that all this makes; the draft is as new then.
  mutating func finish() -> ParsedEntry {
    if description != nil {
      // Beside a summary proper, the description is the longer text; beside content, it is the summary.
      if ranks.summary.known < SummaryRank.summary {
        swap(&entry.summary, &description)
      } else if entry.content == nil {
        swap(&entry.content, &description)
      }
    }
    if entry.url == nil { entry.url = permalink }
    if entry.commentsURL == nil { entry.commentsURL = comments }
    if let duration, let first = entry.attachments.indices.first,
      entry.attachments[first].durationInSeconds == nil
    {
      entry.attachments[first].durationInSeconds = duration
    }
    entry.location = place.location
    var finished = ParsedEntry()
    swap(&finished, &entry)
    ranks = Ranks()
    description = nil
    permalink = nil
    comments = nil
    duration = nil
    place = PlaceDraft()
    return finished
  }
}

/// How good a source of a summary is.
enum SummaryRank {
  static let mediaDescription = 1
  static let itunesSubtitle = 2
  static let itunesSummary = 3
  static let dublinCore = 4
  /// An element called summary: Atom's, or RSS's own misuse of it.
  static let summary = 5
}

/// What is known of a feed in several ways.
struct FeedDraft {
  var title = Ranked<ParsedText>()
  var description = Ranked<ParsedText>()
  var homePage = Ranked<String>()
  var icon = Ranked<String>()
  var language = Ranked<String>()
  var modified = Ranked<Timestamp>()
  var authorList = Ranked<[Article.Author]>()

  mutating func add(_ author: Article.Author, rank: Int) {
    if rank < authorList.rank { return }
    var list = rank == authorList.rank ? authorList.value ?? [] : []
    guard list.count < 100, !list.contains(author) else { return }
    list.append(author)
    authorList.take(list, rank: rank)
  }

  func authors(for feed: ParsedFeed) -> [Article.Author] { authorList.value ?? feed.authors }

  /// Writes what is known into the feed.
  func finish(_ feed: inout ParsedFeed) {
    feed.title = title.value
    feed.description = description.value
    feed.homePageURL = homePage.value
    feed.icon = icon.value
    feed.language = language.value
    feed.dateModified = modified.value
    feed.authors = authors(for: feed)
  }
}
