import PrecisConfig
import Testing

@Suite struct ConfigurationTests {
  @Test("an empty text gives the built-in values")
  func empty() throws {
    #expect(try Configuration.parse(text: "") == .standard)
  }

  @Test("every general key is taken over from the file")
  func allKeys() throws {
    let configuration = try Configuration.parse(
      text: """
        [store]
        directory = "/srv/precis"
        segment_size = "32 MiB"
        latest_count = 50
        compaction_threshold = 30
        retention_age = "730d"
        retention_count = 5000
        retention_per_feed = 10
        retention_size = "2 GiB"

        [schedule]
        default_interval = "2h"
        minimum_interval = "10m"
        maximum_interval = "7d"
        jitter = 20
        backoff_initial = "1m"
        backoff_maximum = "2d"

        [network]
        concurrency = 8
        per_host = 1
        spacing = "1500ms"
        connect_timeout = "5s"
        timeout = "1m30s"
        minimum_speed = "1 KiB"
        max_body = "8 MiB"
        max_redirects = 3
        max_entries = 100
        max_decompression_ratio = 50
        user_agent = "Test/1"
        proxy = "socks5h://localhost:1080"
        allow_addresses = ["127.0.0.0/8", "::1"]
        ca_bundle = "/etc/ssl/ca.pem"

        [curation]
        enabled = false
        language = "de"
        fetch_pages = "never"
        roles = ["AI Engineer"]
        topics = ["Swift", "Databases"]
        taxonomy = { "Storage Engines" = ["b-tree", "log-structured"] }

        [server]
        socket = "/run/p.sock"
        listen = "[::1]:8470"

        [logging]
        level = "debug"
        """)
    #expect(configuration.store.directory == "/srv/precis")
    #expect(configuration.store.segmentSize == ByteSize(mebibytes: 32))
    #expect(configuration.store.latestCount == 50)
    #expect(configuration.store.compactionThreshold == 30)
    #expect(configuration.store.retentionAge == .seconds(730 * 86_400))
    #expect(configuration.store.retentionCount == 5000)
    #expect(configuration.store.retentionPerFeed == 10)
    #expect(configuration.store.retentionSize == ByteSize(mebibytes: 2048))
    #expect(configuration.schedule.defaultInterval == .seconds(7200))
    #expect(configuration.schedule.minimumInterval == .seconds(600))
    #expect(configuration.schedule.maximumInterval == .seconds(604_800))
    #expect(configuration.schedule.jitter == 20)
    #expect(configuration.schedule.backoffInitial == .seconds(60))
    #expect(configuration.schedule.backoffMaximum == .seconds(172_800))
    #expect(configuration.network.concurrency == 8)
    #expect(configuration.network.perHost == 1)
    #expect(configuration.network.spacing == .milliseconds(1500))
    #expect(configuration.network.connectTimeout == .seconds(5))
    #expect(configuration.network.timeout == .seconds(90))
    #expect(configuration.network.minimumSpeed == ByteSize(bytes: 1024))
    #expect(configuration.network.maxBody == ByteSize(mebibytes: 8))
    #expect(configuration.network.maxRedirects == 3)
    #expect(configuration.network.maxEntries == 100)
    #expect(configuration.network.maxDecompressionRatio == 50)
    #expect(configuration.network.userAgent == "Test/1")
    #expect(configuration.network.proxy == "socks5h://localhost:1080")
    #expect(configuration.network.allowAddresses == ["127.0.0.0/8", "::1"])
    #expect(configuration.network.caBundle == "/etc/ssl/ca.pem")
    #expect(configuration.curation.enabled == false)
    #expect(configuration.curation.language == "de")
    #expect(configuration.curation.fetchPages == .never)
    #expect(configuration.curation.roles == ["AI Engineer"])
    #expect(configuration.curation.topics == ["Swift", "Databases"])
    #expect(configuration.curation.taxonomy == ["Storage Engines": ["b-tree", "log-structured"]])
    #expect(configuration.server.socket == "/run/p.sock")
    #expect(configuration.server.listen == "[::1]:8470")
    #expect(configuration.logging.level == .debug)
    #expect(configuration.origins.count == Configuration.keys.filter { !$0.key.hasPrefix("feeds.") }.count)
  }

  @Test("a taxonomy may be a table of its own")
  func taxonomyTable() throws {
    let configuration = try Configuration.parse(
      text: """
        [curation.taxonomy]
        "Storage Engines" = ["b-tree"]
        Compilers = ["ssa form", "register allocation"]
        """)
    #expect(configuration.curation.taxonomy.count == 2)
    #expect(configuration.curation.taxonomy["Compilers"] == ["ssa form", "register allocation"])
  }

  @Test("flags win over the environment, the environment over the file")
  func precedence() throws {
    let text = "[network]\nconcurrency = 1\nper_host = 1\nmax_redirects = 1"
    let configuration = try Configuration.parse(
      text: text, file: "p.toml",
      environment: ["PRECIS_NETWORK_CONCURRENCY": "2", "PRECIS_NETWORK_PER_HOST": "2"],
      overrides: ["network.concurrency": "3"])
    #expect(configuration.network.concurrency == 3)
    #expect(configuration.network.perHost == 2)
    #expect(configuration.network.maxRedirects == 1)
    #expect(configuration.origins["network.concurrency"] == .flag(key: "network.concurrency"))
    #expect(configuration.origins["network.per_host"] == .environment(name: "PRECIS_NETWORK_PER_HOST"))
    #expect(configuration.origins["network.max_redirects"] == .file(path: "p.toml", line: 4))
  }

  @Test("texts of the environment are read as their keys' types")
  func environmentTypes() throws {
    let configuration = try Configuration.parse(
      text: "",
      environment: [
        "PRECIS_CURATION_ENABLED": "false", "PRECIS_NETWORK_TIMEOUT": "2m",
        "PRECIS_NETWORK_MAX_BODY": "1 MiB", "PRECIS_NETWORK_ALLOW_ADDRESSES": "127.0.0.0/8, ::1",
        "PRECIS_CURATION_ROLES": "", "PRECIS_LOGGING_LEVEL": "error", "PRECIS_STORE": "/tmp/s",
      ])
    #expect(configuration.curation.enabled == false)
    #expect(configuration.network.timeout == .seconds(120))
    #expect(configuration.network.maxBody == ByteSize(mebibytes: 1))
    #expect(configuration.network.allowAddresses == ["127.0.0.0/8", "::1"])
    #expect(configuration.curation.roles == [])
    #expect(configuration.logging.level == .error)
    #expect(configuration.store.directory == "/tmp/s")
  }

  @Test("an unknown PRECIS_ variable is a warning, not an error")
  func unknownVariable() throws {
    let configuration = try Configuration.parse(
      text: "", environment: ["PRECIS_NETWORK_CONCURENCY": "2", "PRECIS_CONFIG": "x", "PATH": "/bin"])
    #expect(
      configuration.warnings.map(\.description) == [
        """
        environment variable PRECIS_NETWORK_CONCURENCY: unknown key "PRECIS_NETWORK_CONCURENCY"; \
        did you mean "PRECIS_NETWORK_CONCURRENCY"?
        """
      ])
  }

  @Test("relative paths of a file are meant from its folder, others are left alone")
  func relativePaths() throws {
    let text =
      "[store]\ndirectory = \"data\"\n[[feeds]]\nurl = \"http://a.example/\"\ncredentials = \"secret\""
    let configuration = try Configuration.parse(
      text: text, file: "/etc/precis/precis.toml", overrides: ["server.socket": "s.sock"])
    #expect(configuration.store.directory == "/etc/precis/data")
    #expect(configuration.server.socket == "s.sock")
    #expect(configuration.feeds[0].credentials == .file("/etc/precis/secret"))
  }

  @Test("what is in force is told with its origin")
  func explanation() throws {
    let configuration = try Configuration.parse(text: "[network]\ntimeout = \"90s\"", file: "p.toml")
    let timeout = try #require(configuration.explanation.first { $0.key == "network.timeout" })
    #expect(timeout.value == "\"1m30s\"")
    #expect(timeout.origin?.description == "p.toml:2")
    #expect(configuration.explanation.first { $0.key == "network.concurrency" }?.origin == nil)
    #expect(configuration.explanation.contains { $0.key == "network.proxy" } == false)
  }

  @Test("the explanation of a configuration, read again, is the same configuration")
  func explanationRoundTrip() throws {
    let sample = Configuration.sampleFile.split(separator: "\n", omittingEmptySubsequences: false).map {
      $0.hasPrefix("# ") && $0.contains(" = ") ? $0.dropFirst(2) : $0
    }
    // Without the keys of feeds, which the explanation leaves to the file.
    let general = sample.prefix { !$0.hasPrefix("# Feeds that") }.joined(separator: "\n")
    let first = try Configuration.parse(text: general)
    let text = first.explanation.map { "\($0.key) = \($0.value)" }.joined(separator: "\n")
    var second = try Configuration.parse(text: text)
    #expect(second.origins.count == first.origins.count)
    second.origins = first.origins
    #expect(second == first)
    #expect(first.explanation.count == Configuration.keys.filter { !$0.key.hasPrefix("feeds.") }.count)
  }
}
