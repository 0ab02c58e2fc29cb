import PrecisModel

/// An entry while its elements arrive, in whichever order and however often.
struct EntryDraft {
  var isOpen = false
  var entry = ParsedEntry()
  var title = Ranked<ParsedText>()
  /// RSS `description`: the summary, or the content where there is a summary besides.
  var description: ParsedText?
  var summary = Ranked<ParsedText>()
  var content = Ranked<ParsedText>()
  var id = Ranked<String>()
  var url = Ranked<String>()
  var published = Ranked<Timestamp>()
  var modified = Ranked<Timestamp>()
  var authors = Ranked<[Article.Author]>()
  var image = Ranked<String>()
  /// An RSS guid that is an address, for want of a link.
  var permalink: String?
  var comments: String?
  var duration: Int?

  /// Adds an author of a rank; those of a lower rank give way, those of a higher one stay.
  mutating func add(_ author: Article.Author, rank: Int) {
    if rank < authors.rank { return }
    var list = rank == authors.rank ? authors.value ?? [] : []
    guard list.count < 100, !list.contains(author) else { return }
    list.append(author)
    authors.take(list, rank: rank)
  }

  mutating func add(topic: String) {
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

  /// The entry that all this makes.
  func finished() -> ParsedEntry {
    var entry = self.entry
    entry.title = title.value
    entry.content = content.value
    entry.summary = summary.value
    if let description {
      // Beside a summary proper, the description is the longer text; beside content, it is the summary.
      if summary.rank < SummaryRank.summary {
        entry.summary = description
      } else if entry.content == nil {
        entry.content = description
      }
    }
    entry.id = id.value
    entry.url = url.value ?? permalink
    entry.datePublished = published.value
    entry.dateModified = modified.value
    entry.authors = authors.value ?? []
    entry.image = image.value
    entry.commentsURL = entry.commentsURL ?? comments
    if let duration, let first = entry.attachments.indices.first,
      entry.attachments[first].durationInSeconds == nil
    {
      entry.attachments[first].durationInSeconds = duration
    }
    return entry
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
