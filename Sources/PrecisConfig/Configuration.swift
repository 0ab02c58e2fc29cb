/// How Precis is to run: the union of the built-in values, `precis.toml`, the environment and the flags.
///
/// Each property here has its line in ``keys``, the one table from which parsing, messages, the commented
/// sample and docs/configuration.md come. Durations and sizes are whole values with their unit in the type.
public struct Configuration: Sendable, Equatable {
  /// Where articles are kept, and for how long.
  public var store = Store()
  /// When feeds are polled.
  public var schedule = Schedule()
  /// How documents are fetched, and within which limits.
  public var network = Network()
  /// How the summary of an article is made.
  public var curation = Curation()
  /// How other programs reach the daemon.
  public var server = Server()
  /// What is logged.
  public var logging = Logging()
  /// Feeds that are declared in the file, in its order.
  public var feeds: [DeclaredFeed] = []
  /// The file that was read; nil where none was found.
  public var file: String?
  /// Per key that is not at its built-in value, where its value came from.
  public var origins: [String: ConfigurationOrigin] = [:]
  /// What is odd but did not stop the load: unknown `PRECIS_…` variables.
  public var warnings: [ConfigurationProblem] = []

  /// The built-in values, and no feeds.
  public init() {}

  /// The built-in values, and no feeds.
  public static var standard: Configuration { Configuration() }

  /// Where articles are kept, and for how long.
  public struct Store: Sendable, Equatable {
    /// The store's directory; nil: chosen by ``Paths/store(flag:environment:configured:)``.
    public var directory: String?
    /// The size at which an entries segment is closed and the next begun.
    public var segmentSize = ByteSize(mebibytes: 64)
    /// How many articles latest.json holds.
    public var latestCount = 100
    /// The share of superseded bytes, in percent, at which a segment is compacted.
    public var compactionThreshold = 25
    /// The age at which an article is removed; nil: never.
    public var retentionAge: Duration?
    /// How many articles are kept in all; nil: all.
    public var retentionCount: Int?
    /// How many articles of one feed are kept; nil: all.
    public var retentionPerFeed: Int?
    /// How large the store may grow; nil: without bound.
    public var retentionSize: ByteSize?
  }

  /// When feeds are polled.
  public struct Schedule: Sendable, Equatable {
    /// The interval of a feed whose rhythm is not known yet.
    public var defaultInterval = Duration.seconds(3600)
    /// No feed is polled more often, whatever it publishes.
    public var minimumInterval = Duration.seconds(3600)
    /// Every feed is polled at least so often.
    public var maximumInterval = Duration.seconds(86_400)
    /// How far, in percent of the interval, a poll is moved back at random.
    public var jitter = 10
    /// How far at most a first failure of the network moves the next poll; it doubles with each further one.
    public var backoffInitial = Duration.seconds(1800)
    /// The longest wait after failures of any class.
    public var backoffMaximum = Duration.seconds(7 * 86_400)
  }

  /// How documents are fetched, and within which limits.
  public struct Network: Sendable, Equatable {
    /// Transfers in flight at once.
    public var concurrency = 64
    /// Transfers in flight at once to one host.
    public var perHost = 1
    /// The time between the starts of two transfers to one host.
    public var spacing = Duration.seconds(2)
    /// The longest time that a connection may take, name look-up and TLS included.
    public var connectTimeout = Duration.seconds(15)
    /// The longest time that a fetch may take in all, its redirects included.
    public var timeout = Duration.seconds(60)
    /// A transfer slower than this, in bytes a second over 20 seconds, is given up.
    public var minimumSpeed = ByteSize(bytes: 100)
    /// The largest body, counted after decompression.
    public var maxBody = ByteSize(mebibytes: 16)
    /// The most redirects that one fetch follows.
    public var maxRedirects = 5
    /// The most entries that are taken from one document.
    public var maxEntries = 20_000
    /// The largest ratio of decompressed to received bytes of a body over 1 MiB.
    public var maxDecompressionRatio = 200
    /// The `User-Agent`; nil: Precis, its version, and that it reads feeds.
    public var userAgent: String?
    /// The proxy for all requests; nil: none. The environment's proxies are not used.
    public var proxy: String?
    /// Networks that the address guard lets pass, in CIDR notation.
    public var allowAddresses: [String] = []
    /// A file of CA certificates in PEM; nil: the system's.
    public var caBundle: String?
  }

  /// How the summary of an article is made.
  public struct Curation: Sendable, Equatable {
    /// Whether the curated keys are filled at all.
    public var enabled = true
    /// The language of articles that declare none and in which none is recognised (BCP 47).
    public var language: String?
    /// Whether an article's page is fetched where the feed has only a teaser.
    public var fetchPages = FetchPages.auto
    /// The reader's roles, which weigh in the daily brief.
    public var roles: [String] = []
    /// The reader's topics, which weigh in the daily brief.
    public var topics: [String] = []
    /// Further topics, each with the phrases that it is recognised by.
    public var taxonomy: [String: [String]] = [:]
  }

  /// Whether an article's page is fetched.
  public enum FetchPages: String, Sendable, CaseIterable {
    /// Where the feed has only a teaser.
    case auto
    /// Never.
    case never
    /// For every article.
    case always
  }

  /// How other programs reach the daemon.
  public struct Server: Sendable, Equatable {
    /// The control socket; nil: chosen by ``Paths/socket(configured:environment:store:)``.
    public var socket: String?
    /// An address and port for HTTP over TCP, such as `127.0.0.1:8470`; nil: none.
    public var listen: String?
  }

  /// What is logged.
  public struct Logging: Sendable, Equatable {
    /// The least important level that is written.
    public var level = LogLevel.info
  }

  /// How important a log line is.
  public enum LogLevel: String, Sendable, CaseIterable {
    /// Someone must act.
    case error
    /// Something is wrong that Precis copes with.
    case warning
    /// A state changed.
    case notice
    /// Once per sync.
    case info
    /// Once per feed.
    case debug
  }
}
