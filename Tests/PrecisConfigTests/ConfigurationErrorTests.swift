import Glibc
import PrecisConfig
import Testing

@Suite struct ConfigurationErrorTests {
  private func message(
    _ text: String, environment: [String: String] = [:], overrides: [String: String] = [:]
  ) -> String {
    do throws(ConfigurationError) {
      _ = try Configuration.parse(text: text, file: "p.toml", environment: environment, overrides: overrides)
      return ""
    } catch {
      return error.description
    }
  }

  @Test(
    "each mistake is told with its line, what was expected and what was found",
    arguments: [
      (
        "[network]\nconcurency = 8",
        "p.toml:2: unknown key \"network.concurency\"; did you mean \"network.concurrency\"?"
      ),
      (
        "[netwrok]\nconcurrency = 8",
        "p.toml:1: unknown key \"netwrok\"; did you mean \"network\"?"
      ),
      (
        "concurrency = 8",
        "p.toml:1: unknown key \"concurrency\"; did you mean \"network.concurrency\"?"
      ),
      (
        "[store]\nconcurrency = 8",
        "p.toml:2: unknown key \"store.concurrency\"; did you mean \"network.concurrency\"?"
      ),
      (
        "[zzz]\nqqq = 1",
        "p.toml:1: unknown key \"zzz\"; docs/configuration.md lists all keys"
      ),
      (
        "\n\n[network]\nconcurrency = \"many\"",
        "p.toml:4: network.concurrency must be a whole number from 1 to 1024; found the text \"many\""
      ),
      (
        "[network]\nconcurrency = 0",
        "p.toml:2: network.concurrency must be a whole number from 1 to 1024; found the number 0"
      ),
      (
        "[network]\ntimeout = 30",
        """
        p.toml:2: network.timeout must be a duration from 1s to 1h, written like "30s" or "1h30m"; \
        found the number 30
        """
      ),
      (
        "[network]\nmax_body = \"16 megs\"",
        """
        p.toml:2: network.max_body must be a size from 1 KiB to 1 GiB, written like "16 MiB"; \
        found the text "16 megs"
        """
      ),
      (
        "[curation]\nenabled = \"yes\"",
        "p.toml:2: curation.enabled must be true or false; found the text \"yes\""
      ),
      (
        "[curation]\nfetch_pages = \"sometimes\"",
        """
        p.toml:2: curation.fetch_pages must be one of "auto", "never", "always"; \
        found the text "sometimes"
        """
      ),
      (
        "[network]\nallow_addresses = [\"127.0.0.0/99\"]",
        """
        p.toml:2: network.allow_addresses must be a list of texts, each an IP address or a network such as \
        "127.0.0.0/8"; found a list
        """
      ),
      (
        "[network]\nallow_addresses = \"127.0.0.0/8\"",
        """
        p.toml:2: network.allow_addresses must be a list of texts, each an IP address or a network such as \
        "127.0.0.0/8"; found the text "127.0.0.0/8"
        """
      ),
      (
        "[network]\ntimeout = 2026-01-01",
        """
        p.toml:2: network.timeout must be a duration from 1s to 1h, written like "30s" or "1h30m"; \
        found the date 2026-01-01
        """
      ),
      (
        "network = 3",
        "p.toml:1: network must be a table: write [network]; found the number 3"
      ),
      (
        "[feeds]\nurl = \"https://a.example/\"",
        "p.toml:1: feeds must be a list of tables: write [[feeds]]; found a table"
      ),
      (
        "[[feeds]]\ntitle = \"A\"",
        "p.toml:1: feeds.url is missing; it must be an http or https address without credentials"
      ),
      (
        "[[feeds]]\nurl = \"https://a.example/\"\n[[feeds]]\nurl = \"https://b.example/\"\ntitel = \"B\"",
        "p.toml:5: unknown key \"feeds.titel\"; did you mean \"feeds.title\"?"
      ),
      (
        "[[feeds]]\nurl = \"https://a.example/\"\n\n[[feeds]]\nurl = \"https://a.example/\"",
        "p.toml:4: the feed https://a.example/ is declared twice; first in line 1"
      ),
      (
        "[schedule]\nminimum_interval = \"2h\"\nmaximum_interval = \"1h\"",
        "p.toml:3: schedule.minimum_interval (2h) is greater than schedule.maximum_interval (1h)"
      ),
      (
        "[server]\nlisten = \"localhost\"",
        """
        p.toml:2: server.listen must be an IP address and a port, such as "127.0.0.1:8470"; \
        found the text "localhost"
        """
      ),
      (
        "[curation.taxonomy]\nA = \"b\"",
        """
        p.toml:1: curation.taxonomy must be a table in which every value is a list of phrases ("A" is not); \
        found a table
        """
      ),
    ])
  func mistake(text: String, expected: String) {
    #expect(message(text) == expected)
  }

  @Test("a file that is no TOML is told with line and column")
  func syntax() {
    let told = message("[network]\nconcurrency = = 8\n")
    #expect(told.hasPrefix("p.toml:2: not valid TOML at column "), "\(told)")
  }

  @Test("a NUL does not cut a file short")
  func nul() {
    #expect(message("[store]\n\u{0}nonsense") == "p.toml:2: not valid TOML at column 1: a NUL character")
  }

  @Test("a key with a NUL escape is an error, not a crash")
  func nulKey() {
    #expect(message("\"a\\u0000b\" = 2\n").hasPrefix("p.toml: unknown key"))
    #expect(message("[network]\n\"timeout\\u0000b\" = \"30s\"").contains("a key with a NUL"))
  }

  @Test("all problems are told at once, in the order of the lines, flags last")
  func allAtOnce() {
    let told = message(
      "[store]\nlatest_count = -1\n[network]\ntimeout = 3\nretries = 3",
      environment: ["PRECIS_NETWORK_PER_HOST": "lots"], overrides: ["network.speed": "1"])
    #expect(
      told == """
        p.toml:2: store.latest_count must be a whole number from 1 to 1000; found the number -1
        p.toml:4: network.timeout must be a duration from 1s to 1h, written like "30s" or "1h30m"; \
        found the number 3
        p.toml:5: unknown key "network.retries"; docs/configuration.md lists all keys
        environment variable PRECIS_NETWORK_PER_HOST: network.per_host must be a whole number from 1 to 16; \
        found "lots"
        command line (network.speed): unknown key "network.speed"; docs/configuration.md lists all keys
        """)
  }

  @Test("a file that is not there, or cannot be read, is told by its path")
  func files() {
    #expect(throws: ConfigurationError.notFound(path: "/nonexistent/p.toml")) {
      try Configuration.load(path: "/nonexistent/p.toml", environment: [:])
    }
    #expect(throws: ConfigurationError.unreadable(path: "/", errorNumber: EISDIR)) {
      try Configuration.load(path: "/", environment: [:])
    }
    #expect(
      ConfigurationError.unreadable(path: "/", errorNumber: EISDIR).description
        == "/: cannot be read: Is a directory (errno 21)")
    #expect(
      ConfigurationError.notFound(path: "x").description == "x: there is no such configuration file")
    #expect(throws: ConfigurationError.tooLarge(path: "/dev/zero", limit: Configuration.fileLimit)) {
      try Configuration.load(path: "/dev/zero", environment: [:])
    }
  }
}
