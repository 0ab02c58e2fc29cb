import PrecisConfig
import Testing

@Suite struct NotationTests {
  @Test(
    "durations are read",
    arguments: [
      ("0s", Duration.zero), ("500ms", .milliseconds(500)), ("30s", .seconds(30)), ("15m", .seconds(900)),
      ("1h30m", .seconds(5400)), ("1h 30m", .seconds(5400)), ("7d", .seconds(604_800)),
      ("2w", .seconds(1_209_600)), ("1m30s250ms", .milliseconds(90_250)),
    ])
  func durations(text: String, expected: Duration) {
    #expect(DurationText.parse(text) == expected)
  }

  @Test(
    "what is no duration is refused",
    arguments: [
      "", " ", "30", "s", "-5s", "1.5h", "30 s", "5m1h", "5m5m", "1y", "30S", "99999999999999999999s",
      "9223372036854775807w", "1h-", "٣s",
    ])
  func noDurations(text: String) {
    #expect(DurationText.parse(text) == nil)
  }

  @Test(
    "durations are written as they are read",
    arguments: ["0s", "1ms", "500ms", "30s", "1m30s", "15m", "1h30m", "1d", "30d", "730d"])
  func durationRoundTrip(text: String) throws {
    let duration = try #require(DurationText.parse(text))
    #expect(DurationText.format(duration) == text)
  }

  @Test(
    "sizes are read",
    arguments: [
      ("0 B", 0), ("100 B", 100), ("64 KiB", 65_536), ("16 MiB", 16_777_216), ("16MiB", 16_777_216),
      ("16 mib", 16_777_216), ("1 MB", 1_000_000), ("2 kB", 2000), ("1 TiB", 1 << 40),
      ("3 GB", 3_000_000_000),
    ])
  func sizes(text: String, bytes: Int) {
    #expect(ByteSize(text)?.bytes == bytes)
  }

  @Test(
    "what is no size is refused",
    arguments: [
      "", "16", "MiB", "-1 B", "1.5 MiB", "16 MB/s", "99999999999 TiB", "9223372036854775807 B", "1 PiB",
    ])
  func noSizes(text: String) {
    #expect(ByteSize(text) == nil)
  }

  @Test(
    "sizes are written as they are read",
    arguments: ["0 B", "100 B", "1000 B", "64 KiB", "16 MiB", "1 GiB", "5 MB"])
  func sizeRoundTrip(text: String) throws {
    let size = try #require(ByteSize(text))
    #expect(ByteSize(size.description) == size)
  }

  @Test(
    "networks, languages and proxies are checked",
    arguments: [
      ("network.allow_addresses", "10.0.0.0/8,fd00::/8,127.0.0.1", true),
      ("network.allow_addresses", "10.0.0/8", false), ("network.allow_addresses", "10.0.0.0/33", false),
      ("network.allow_addresses", "fd00::/129", false), ("network.allow_addresses", "example.org", false),
      ("network.allow_addresses", "10.0.0.0/", false), ("network.allow_addresses", "10.0.0.0/+8", false),
      ("curation.language", "pt-BR", true), ("curation.language", "english", false),
      ("curation.language", "e", false), ("curation.language", "de_DE", false),
      ("network.proxy", "http://p:8080", true), ("network.proxy", "http://u:p@p:8080", false),
      ("network.proxy", "p:8080", false), ("network.user_agent", "a\u{1B}[0m", false),
      ("server.listen", "127.0.0.1:80", true), ("server.listen", "[::1]:80", true),
      ("server.listen", "127.0.0.1:0", true), ("server.listen", "127.0.0.1:70000", false),
      ("server.listen", "10.0.0.0/8:80", false),
    ])
  func notations(key: String, value: String, isRight: Bool) {
    let configuration = try? Configuration.parse(text: "", overrides: [key: value])
    #expect((configuration != nil) == isRight)
  }
}
