/// One article as Precis knows it: what the publisher gave, cleaned, and what the curator made of it.
///
/// It is a value; its JSON form (``write(to:)``) is the store's contract, documented in docs/store-format.md.
/// Absent knowledge is nil or an empty array, never a made-up value.
public struct Article: Equatable, Sendable {
  /// Derived from the article's identity; the same on every machine.
  public var id: ArticleID
  /// 1 at first, then one more each time the publisher changed the article.
  public var revision: Int
  /// The feed it was first seen in.
  public var feedID: FeedID
  /// The publisher's own identifier (RSS `guid`, Atom `id`, JSON Feed `id`), as given.
  public var guid: String?
  /// The canonical address.
  public var url: String?
  /// For a link post: what it points at.
  public var externalURL: String?
  /// Plain text, entities decoded; empty where the publisher gave none.
  public var title: String
  /// Where it was published.
  public var source: Source
  /// Who wrote it.
  public var authors: [Author]
  /// When it was published.
  public var datePublished: Timestamp?
  /// When the publisher says that it was changed.
  public var dateModified: Timestamp?
  /// When this revision came into the store.
  public var dateSynced: Timestamp
  /// BCP 47; declared, else detected.
  public var language: String?
  /// Fields of work.
  public var fields: [String]
  /// How much the reader must know.
  public var depth: Depth?
  /// How long it is, by words.
  public var length: Length?
  /// Words in `content.text`, or in the summary where there is no content.
  public var wordCount: Int
  /// A paragraph.
  public var summary: String?
  /// What the reader should do or remember, for whom.
  public var keyTakeaway: String?
  /// The theses.
  public var keyInsights: [String]
  /// Rules that the article states.
  public var principles: [String]
  /// How the author goes about it.
  public var method: String?
  /// What to do, as directives.
  public var inPractice: [String]
  /// Title case, most specific first.
  public var topics: [String]
  /// Code, models, data sets and papers that it refers to.
  public var codeReferences: [CodeReference]
  /// Roles that gain most from it.
  public var bestFor: [String]
  /// Similar articles in the store.
  public var related: [RelatedArticle]
  /// Whom to credit.
  public var attribution: Attribution?
  /// The article itself.
  public var content: Content?
  /// Enclosures.
  public var attachments: [Attachment]
  /// The address of its main image.
  public var image: String?
  /// The address of its licence.
  public var license: String?
  /// The place that it is about.
  public var location: Location?
  /// A page of comments.
  public var commentsURL: String?
  /// A feed of the comments.
  public var commentsFeedURL: String?
  /// How many comments there were when this revision came: a new number alone makes no revision.
  public var commentCount: Int?
  /// What it answers.
  public var inReplyTo: [InReplyTo]
  /// Where else it was seen.
  public var duplicates: [Sighting]
  /// Per curated key, who filled it and on what evidence; sorted by key when written.
  public var provenance: [String: Provenance]

  /// An article of which only the identity, the title and the source are known.
  public init(id: ArticleID, feedID: FeedID, title: String, source: Source, dateSynced: Timestamp) {
    self.id = id
    revision = 1
    self.feedID = feedID
    self.title = title
    self.source = source
    authors = []
    self.dateSynced = dateSynced
    fields = []
    wordCount = 0
    keyInsights = []
    principles = []
    inPractice = []
    topics = []
    codeReferences = []
    bestFor = []
    related = []
    attachments = []
    inReplyTo = []
    duplicates = []
    provenance = [:]
  }

  /// Where an article was published.
  public struct Source: Equatable, Sendable {
    /// The publication, not the author.
    public var name: String
    /// The feed's address.
    public var feedURL: String
    /// The site's address.
    public var homePageURL: String?

    /// A source from its parts.
    public init(name: String, feedURL: String, homePageURL: String? = nil) {
      self.name = name
      self.feedURL = feedURL
      self.homePageURL = homePageURL
    }
  }

  /// A person or organisation that wrote the article.
  public struct Author: Equatable, Hashable, Sendable {
    /// The name.
    public var name: String?
    /// A page about the author.
    public var url: String?
    /// An address for mail.
    public var email: String?

    /// An author from what is known.
    public init(name: String? = nil, url: String? = nil, email: String? = nil) {
      self.name = name
      self.url = url
      self.email = email
    }
  }

  /// How much the reader must know.
  public enum Depth: String, Sendable, CaseIterable {
    /// No knowledge of the field needed.
    case beginner
    /// Working knowledge needed.
    case intermediate
    /// For those who do it for a living.
    case advanced
  }

  /// How long an article is: short under 500 words, long from 1,800 on.
  public enum Length: String, Sendable, CaseIterable {
    /// Under 500 words.
    case short
    /// 500 to 1,799 words.
    case medium
    /// 1,800 words and more.
    case long

    /// The length of a text of so many words.
    public init(wordCount: Int) { self = wordCount < 500 ? .short : wordCount < 1800 ? .medium : .long }
  }

  /// Code, a model, a data set or a paper that the article refers to.
  public struct CodeReference: Equatable, Hashable, Sendable {
    /// The address, normalised.
    public var url: String
    /// What it is.
    public var kind: Kind
    /// The account or organisation.
    public var owner: String?
    /// The name of the repository, package, model, data set or paper.
    public var name: String

    /// A reference from its parts.
    public init(url: String, kind: Kind, owner: String? = nil, name: String) {
      self.url = url
      self.kind = kind
      self.owner = owner
      self.name = name
    }

    /// What a reference points at.
    public enum Kind: String, Sendable, CaseIterable {
      /// A source repository.
      case repository
      /// A file, or a gist.
      case file
      /// A package of a registry.
      case package
      /// A machine-learning model.
      case model
      /// A data set.
      case dataset
      /// A paper.
      case paper
    }
  }

  /// A similar article of the store.
  public struct RelatedArticle: Equatable, Sendable {
    /// Its id.
    public var id: ArticleID
    /// Its title.
    public var title: String
    /// Its address.
    public var url: String?
    /// How similar it is, 0 to 1.
    public var score: Double

    /// A related article from its parts.
    public init(id: ArticleID, title: String, url: String?, score: Double) {
      self.id = id
      self.title = title
      self.url = url
      self.score = score
    }
  }

  /// Whom to credit for the article and for its summary.
  public struct Attribution: Equatable, Sendable {
    /// Who curated it.
    public var editor: String
    /// Who published it.
    public var publisher: String
    /// The closing sentence of the page.
    public var notice: String

    /// The credit of an article that Precis curated.
    public init(publisher: String) {
      editor = "Precis"
      self.publisher = publisher
      notice =
        "Editorial summary, takeaway, and curation by Precis. Original article published by \(publisher)."
    }

    /// A credit from its parts.
    public init(editor: String, publisher: String, notice: String) {
      self.editor = editor
      self.publisher = publisher
      self.notice = notice
    }
  }

  /// The article itself.
  public struct Content: Equatable, Sendable {
    /// Sanitised, with absolute addresses.
    public var html: String
    /// Its text: paragraphs parted by a blank line.
    public var text: String
    /// `sha256:` and 64 hexadecimal digits of the hash of `text`.
    public var hash: String
    /// Whether the text came from the article's page because the feed had only a teaser.
    public var isExtracted: Bool

    /// Content from its parts.
    public init(html: String, text: String, hash: String, isExtracted: Bool = false) {
      self.html = html
      self.text = text
      self.hash = hash
      self.isExtracted = isExtracted
    }
  }

  /// An enclosure, as in JSON Feed 1.1.
  public struct Attachment: Equatable, Hashable, Sendable {
    /// Its address.
    public var url: String
    /// Its media type.
    public var mimeType: String?
    /// Its title.
    public var title: String?
    /// Its size in bytes.
    public var sizeInBytes: Int?
    /// How long it plays, in seconds.
    public var durationInSeconds: Int?

    /// An attachment from what is known.
    public init(
      url: String, mimeType: String? = nil, title: String? = nil, sizeInBytes: Int? = nil,
      durationInSeconds: Int? = nil
    ) {
      self.url = url
      self.mimeType = mimeType
      self.title = title
      self.sizeInBytes = sizeInBytes
      self.durationInSeconds = durationInSeconds
    }
  }

  /// A place on Earth, by WGS 84.
  public struct Location: Equatable, Sendable {
    /// Degrees north of the equator, -90 to 90.
    public let latitude: Double
    /// Degrees east of Greenwich, -180 to 180.
    public let longitude: Double
    /// What the place is called.
    public var name: String?

    /// A place; nil where the numbers are none of a place on Earth.
    public init?(latitude: Double, longitude: Double, name: String? = nil) {
      guard -90...90 ~= latitude, -180...180 ~= longitude else { return nil }
      self.latitude = latitude
      self.longitude = longitude
      self.name = name
    }
  }

  /// What an article answers (RFC 4685 section 3): an entry of this feed or another.
  public struct InReplyTo: Equatable, Hashable, Sendable {
    /// The publisher's identifier of what is answered.
    public var ref: String?
    /// Its address.
    public var url: String?

    /// What is answered, from what is known of it.
    public init(ref: String? = nil, url: String? = nil) {
      self.ref = ref
      self.url = url
    }
  }

  /// Another place where the article was seen.
  public struct Sighting: Equatable, Sendable {
    /// The address there.
    public var url: String?
    /// The publication there.
    public var source: Source
    /// When it was seen.
    public var dateSeen: Timestamp
    /// How alike it was.
    public var kind: Kind

    /// A sighting from its parts.
    public init(url: String?, source: Source, dateSeen: Timestamp, kind: Kind) {
      self.url = url
      self.source = source
      self.dateSeen = dateSeen
      self.kind = kind
    }

    /// How alike a sighting was.
    public enum Kind: String, Sendable {
      /// The same identity.
      case same
      /// Nearly the same text.
      case near
    }
  }

  /// Who filled a curated key, and on what evidence.
  public struct Provenance: Equatable, Sendable {
    /// Who filled it.
    public var by: Curator
    /// The places of `content.text` that the value rests on, in the order of its sentences or elements.
    public var quotes: [Quote]

    /// A provenance from its parts.
    public init(by: Curator, quotes: [Quote] = []) {
      self.by = by
      self.quotes = quotes
    }

    /// Who can fill a curated key.
    public enum Curator: String, Sendable {
      /// The feed itself.
      case publisher
      /// The built-in curator, by quoting.
      case extractive
      /// A language model.
      case model
    }

    /// A place in `content.text`.
    public struct Quote: Equatable, Sendable {
      /// Where it begins: UTF-8 bytes from the start of `content.text`.
      public var offset: Int
      /// The words, as they stand there.
      public var text: String

      /// A quote from its parts.
      public init(offset: Int, text: String) {
        self.offset = offset
        self.text = text
      }
    }
  }
}
