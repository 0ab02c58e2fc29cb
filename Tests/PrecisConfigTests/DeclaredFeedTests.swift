import PrecisConfig
import Testing

@Suite struct DeclaredFeedTests {
  @Test("a feed takes all its keys over, feeds keep their order")
  func allKeys() throws {
    let configuration = try Configuration.parse(
      text: """
        [[feeds]]
        url = "https://a.example/feed"
        title = "A"
        folder = "Tech/Swift"
        interval = "6h"
        user_agent = "Mozilla/5.0"
        credentials = "credential:members"
        max_body = "64 MiB"
        fetch_pages = "always"

        [[feeds]]
        url = "http://b.example/rss"
        """)
    #expect(configuration.feeds.map(\.url) == ["https://a.example/feed", "http://b.example/rss"])
    let feed = configuration.feeds[0]
    #expect(feed.title == "A")
    #expect(feed.folder == "Tech/Swift")
    #expect(feed.interval == .seconds(21_600))
    #expect(feed.userAgent == "Mozilla/5.0")
    #expect(feed.credentials == .systemd("members"))
    #expect(feed.maxBody == ByteSize(mebibytes: 64))
    #expect(feed.fetchPages == .always)
    #expect(feed.line == 1)
    #expect(configuration.feeds[1].line == 11)
    #expect(configuration.feeds[1].credentials == nil)
  }

  @Test("feeds may also be an inline array")
  func inline() throws {
    let configuration = try Configuration.parse(text: "feeds = [{ url = \"https://a.example/\" }]")
    #expect(configuration.feeds.map(\.url) == ["https://a.example/"])
  }

  @Test(
    "an address that is no http or https address, or carries credentials, is refused",
    arguments: [
      "", "a.example/feed", "ftp://a.example/", "https://", "https:///x", "https://u:p@a.example/",
      "https://a.example/a b", "file:///etc/passwd", "https://:80/",
    ])
  func badAddress(url: String) {
    #expect(throws: ConfigurationError.self) {
      try Configuration.parse(text: "[[feeds]]\nurl = \"\(url)\"")
    }
  }

  @Test("a password in an address is not repeated by the message")
  func secretInMessage() throws {
    let error = try #require(throws: ConfigurationError.self) {
      try Configuration.parse(text: "[[feeds]]\nurl = \"https://user:hunter2@a.example/feed\"")
    }
    #expect(error.description.contains("hunter2") == false)
    #expect(error.description.contains("https://…@a.example/feed"))
  }

  @Test("credentials are a file or a systemd credential")
  func credentials() {
    #expect(CredentialReference("/etc/precis/secret") == .file("/etc/precis/secret"))
    #expect(CredentialReference("credential:a") == .systemd("a"))
    #expect(CredentialReference("credential:") == nil)
    #expect(CredentialReference("credential:../x") == nil)
    #expect(CredentialReference("") == nil)
    #expect(
      CredentialReference.systemd("a").path(environment: ["CREDENTIALS_DIRECTORY": "/run/c"]) == "/run/c/a")
    #expect(CredentialReference.systemd("a").path(environment: [:]) == nil)
    #expect(CredentialReference.file("/x").path(environment: [:]) == "/x")
    #expect(CredentialReference.systemd("a").text == "credential:a")
  }
}
