extension Configuration {
  /// Every key, in the order of the sample: the general tables, then `[[feeds]]`.
  public static let keys: [KeyDescription] =
    settings.map { setting in
      setting.description(
        standard: .standard, environmentName: setting.kind == .phrases ? nil : setting.environmentName)
    } + DeclaredFeed.settings.map { $0.description(standard: DeclaredFeed(), environmentName: nil) }

  /// The one table of all general keys.
  static let settings: [Setting<Configuration>] =
    storeSettings + scheduleSettings + networkSettings + curationSettings + [
      .optionalString(
        "server.socket", \.server.socket, kind: .path, example: "/run/precis/precis.sock",
        """
        The Unix socket of the running daemon. Left out: `$RUNTIME_DIRECTORY/precis.sock`, \
        `$XDG_RUNTIME_DIR/precis.sock`, else `precis.sock` in the store.
        """),
      .optionalString(
        "server.listen", \.server.listen, example: "127.0.0.1:8470",
        expected: "an IP address and a port, such as \"127.0.0.1:8470\"",
        """
        An address and port on which the daemon also answers HTTP over TCP, to read the library: whoever reaches it \
        may read, nobody may change anything. Taken over at the next start. Left out: none.
        """,
        accepts: Notation.isListenAddress),
      .choice(
        "logging.level", \.logging.level,
        "The least important level that is logged. `info` is one line per sync, `debug` one per feed."),
    ]

  private static let storeSettings: [Setting<Configuration>] = [
    .optionalString(
      "store.directory", \.store.directory, kind: .path, example: "/var/lib/precis",
      """
      Where the store is. A relative path is meant from the folder of the file. Left out: `$STATE_DIRECTORY`, \
      `$XDG_DATA_HOME/precis`, else `~/.local/share/precis`. `PRECIS_STORE` sets it too.
      """),
    .size(
      "store.segment_size", \.store.segmentSize, ByteSize(mebibytes: 1)...ByteSize(mebibytes: 1024),
      "The size at which a file of `entries/` is closed and the next begun."),
    .integer(
      "store.latest_count", \.store.latestCount, 1...1000, "articles", "How many articles latest.json holds."),
    .integer(
      "store.compaction_threshold", \.store.compactionThreshold, 5...95, "percent",
      "The share of superseded bytes at which a file of `entries/` is compacted, in the background."),
    .optionalDuration(
      "store.retention_age", \.store.retentionAge, .seconds(86_400) ... .seconds(3_456_000_000),
      example: "730d",
      """
      Articles published longer ago than this (without a date: synced) are removed. What `precis keep` marked stays, \
      whatever the rules say, and what was removed does not come back. Left out: articles are kept for ever.
      """),
    .optionalInteger(
      "store.retention_count", \.store.retentionCount, 1...1_000_000_000, "articles", example: 100_000,
      "How many articles are kept in all; the oldest go first. Left out: all."),
    .optionalInteger(
      "store.retention_per_feed", \.store.retentionPerFeed, 1...1_000_000_000, "articles", example: 5000,
      "How many articles of one feed are kept; the oldest go first. Left out: all."),
    .optionalSize(
      "store.retention_size", \.store.retentionSize, ByteSize(mebibytes: 16)...ByteSize(bytes: 1 << 50),
      example: "20 GiB",
      "How large the articles may be together; the oldest go first. Left out: no bound."),
  ]

  private static let scheduleSettings: [Setting<Configuration>] = [
    .duration(
      "schedule.default_interval", \.schedule.defaultInterval, .seconds(60) ... .seconds(2_592_000),
      "The interval of a feed until its rhythm is known."),
    .duration(
      "schedule.minimum_interval", \.schedule.minimumInterval, .seconds(60) ... .seconds(2_592_000),
      "No feed is polled more often than this, whatever it publishes."),
    .duration(
      "schedule.maximum_interval", \.schedule.maximumInterval, .seconds(60) ... .seconds(2_592_000),
      "Every feed that answers is polled at least this often, unless its server asks for less."),
    .integer(
      "schedule.jitter", \.schedule.jitter, 0...50, "percent of the interval",
      "How far a poll is moved back at random, so that feeds do not fall due together."),
    .duration(
      "schedule.backoff_initial", \.schedule.backoffInitial, .seconds(10) ... .seconds(86_400),
      """
      How far at most a first failure of the network moves the next poll; each further one in a row doubles it. \
      Other failures have first waits of their own, of one hour (5xx) to six (401, 403). No feed is ever given up.
      """),
    .duration(
      "schedule.backoff_maximum", \.schedule.backoffMaximum, .seconds(60) ... .seconds(2_592_000),
      "The longest wait after failures of any kind; most kinds wait a day at most, 401 and 403 three, 404 a week."
    ),
  ]

  private static let networkSettings: [Setting<Configuration>] = [
    .integer(
      "network.concurrency", \.network.concurrency, 1...1024, "transfers",
      "Transfers in flight at once; those that last over 5 s are counted apart, up to as many again."),
    .integer(
      "network.per_host", \.network.perHost, 1...16, "transfers", "Transfers in flight at once to one host."),
    .duration(
      "network.spacing", \.network.spacing, .zero ... .seconds(3600),
      "The time between the starts of two transfers to one host."),
    .duration(
      "network.connect_timeout", \.network.connectTimeout, .milliseconds(100) ... .seconds(300),
      "The longest time for a connection, name look-up and TLS included."),
    .duration(
      "network.timeout", \.network.timeout, .seconds(1) ... .seconds(3600),
      "The longest time for a fetch in all, its redirects included."),
    .size(
      "network.minimum_speed", \.network.minimumSpeed, ByteSize(bytes: 0)...ByteSize(mebibytes: 1),
      unit: "a second", "A transfer that stays slower than this for 20 seconds is given up."),
    .size(
      "network.max_body", \.network.maxBody, ByteSize(bytes: 1024)...ByteSize(mebibytes: 1024),
      "The largest document, counted after decompression while it arrives."),
    .integer(
      "network.max_redirects", \.network.maxRedirects, 0...20, "redirects",
      "The most redirects that one fetch follows."),
    .integer(
      "network.max_entries", \.network.maxEntries, 1...1_000_000, "entries",
      "The most entries that are taken from one document."),
    .integer(
      "network.max_decompression_ratio", \.network.maxDecompressionRatio, 1...10_000, "to 1",
      "How many times larger than its compressed form a document over 1 MiB may be."),
    .optionalString(
      "network.user_agent", \.network.userAgent, example: "Precis (+https://example.org/contact)",
      "The `User-Agent` of all requests. Left out: `Precis`, its version, and that it reads feeds."),
    .optionalString(
      "network.proxy", \.network.proxy, example: "http://proxy.example.org:3128",
      expected: "an address with the scheme http, https, socks5 or socks5h and without credentials",
      "A proxy for all requests. The proxy variables of the environment are not used.",
      accepts: { Notation.isAddress($0, schemes: ["https", "http", "socks5h", "socks5"]) }),
    .strings(
      "network.allow_addresses", \.network.allowAddresses,
      element: "an IP address or a network such as \"127.0.0.0/8\"",
      """
      Networks that may be reached although they are not public. By default loopback, private, link-local and \
      other special addresses are refused when a connection is made.
      """, accepts: Notation.isNetwork),
    .optionalString(
      "network.ca_bundle", \.network.caBundle, kind: .path, example: "/etc/ssl/certs/ca-certificates.crt",
      "A file of CA certificates in PEM. Left out: the system's."),
  ]

  private static let curationSettings: [Setting<Configuration>] = [
    .boolean(
      "curation.enabled", \.curation.enabled,
      "Whether summary, takeaway, insights, topics and the like are filled from the article's text."),
    .optionalString(
      "curation.language", \.curation.language, example: "en",
      expected: "a language tag such as \"en\" or \"pt-BR\"",
      "The language of articles that declare none and in which none is recognised.",
      accepts: Notation.isLanguageTag),
    .choice(
      "curation.fetch_pages", \.curation.fetchPages,
      "Whether an article's page is fetched: `auto` where the feed has only a teaser, `never`, or `always`."),
    .strings(
      "curation.roles", \.curation.roles, element: "a role such as \"AI Engineer\"",
      "Your roles: articles for them come first in the daily brief."),
    .strings(
      "curation.topics", \.curation.topics, element: "a topic such as \"Swift\"",
      "Your topics: articles on them come first in the daily brief."),
    .phrases(
      "curation.taxonomy", \.curation.taxonomy,
      "Further topics, each with the phrases that it is recognised by."),
  ]
}

extension Setting {
  /// A free table: each key a name, each value a list of phrases.
  static func phrases(_ key: String, _ path: Path<Root, [String: [String]]>, _ doc: String) -> Setting {
    Setting(
      key: key, kind: .phrases, unit: "lists of phrases", doc: doc,
      example: "{ \"Structured Concurrency\" = [\"task group\", \"async let\"] }",
      get: { root in
        let members = root[keyPath: path].sorted { $0.key < $1.key }
        guard !members.isEmpty else { return nil }
        return .table(members.map { (key: $0.key, value: .array($0.value.map { .string($0) })) })
      }
    ) { root, value in
      guard case .table(let members) = value else { return "a table of lists of phrases" }
      var phrases: [String: [String]] = [:]
      for member in members {
        guard case .array = member.value, let list = member.value.list, !list.isEmpty else {
          return "a table in which every value is a list of phrases (\"\(member.key)\" is not)"
        }
        phrases[member.key] = list
      }
      root[keyPath: path] = phrases
      return nil
    }
  }
}
