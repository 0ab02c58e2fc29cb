import Testing

@testable import PrecisURL

@Suite("Web addresses")
struct WebURLTests {
  @Test(
    "an address is written in one form",
    arguments: [
      ("HTTP://Example.COM:80/a/../b/./c", "http://example.com/b/c"),
      ("https://example.com", "https://example.com/"),
      ("https:\\\\example.com\\a", "https://example.com/a"),
      ("https://example.com:8443/x?q=a b#f g", "https://example.com:8443/x?q=a%20b#f%20g"),
      ("  https://exa\nmple.com/\t", "https://example.com/"),
      ("http://0x7f.1/", "http://127.0.0.1/"),
      ("http://2130706433/", "http://127.0.0.1/"),
      ("http://[::FFFF:1.2.3.4]/", "http://[::ffff:1.2.3.4]/"),
      ("https://bücher.example/", "https://xn--bcher-kva.example/"),
      ("https://例え.テスト/", "https://xn--r8jz45g.xn--zckzah/"),
      ("https://user:p%40ss@example.com/", "https://user:p%40ss@example.com/"),
      ("https://example.com/ä", "https://example.com/%C3%A4"),
      ("mailto:someone@example.com", "mailto:someone@example.com"),
      ("https://example.com/a/%2e%2e/b", "https://example.com/b"),
    ])
  func normalised(text: String, expected: String) {
    #expect(WebURL(text)?.text == expected)
  }

  @Test(
    "host and port are those of the address, whether it is read whole or not",
    arguments: [
      ("https://example.com/feed.xml", "example.com"), ("http://example.com:8080/", "example.com:8080"),
      ("https://example.com:80/", "example.com:80"), ("HTTP://Example.COM:80/a", "example.com"),
      ("https://user:pw@example.com:8443/x", "example.com:8443"), ("http://2130706433:81/", "127.0.0.1:81"),
      ("http://[::1]:9/", "[::1]:9"), ("https://bücher.example/", "xn--bcher-kva.example"),
      ("https://example.com/a b", "example.com"), ("https://example.com:443/", "example.com"),
      ("https://example.com:0443/", "example.com"),
    ])
  func authority(text: String, expected: String) {
    #expect(WebURL.authority(of: text) == expected)
    let url = WebURL(text)
    #expect((url?.host).map { host in url?.port.map { "\(host):\($0)" } ?? host } == expected)
  }

  @Test("what has no host has no authority", arguments: ["mailto:a@example.com", "no address", ""])
  func noAuthority(text: String) {
    #expect(WebURL.authority(of: text) == nil)
  }

  @Test(
    "what is no absolute address is none",
    arguments: [
      "", "example.com", "/a/b", "https://", "http://[::1", "http://a b/", "http://1.2.3.4.5/",
      "http://x:99999/",
    ])
  func refused(text: String) {
    #expect(WebURL(text) == nil)
  }

  @Test(
    "relative references are resolved as RFC 3986 section 5.4 has them",
    arguments: [
      ("g", "http://a/b/c/g"), ("./g", "http://a/b/c/g"), ("g/", "http://a/b/c/g/"), ("/g", "http://a/g"),
      ("//g", "http://g/"), ("?y", "http://a/b/c/d;p?y"), ("g?y", "http://a/b/c/g?y"),
      ("#s", "http://a/b/c/d;p?q#s"), ("", "http://a/b/c/d;p?q"), (".", "http://a/b/c/"),
      ("..", "http://a/b/"),
      ("../g", "http://a/b/g"), ("../..", "http://a/"), ("../../../g", "http://a/g"),
      ("g;x=1/../y", "http://a/b/c/y"),
      ("http:g", "http://a/b/c/g"), ("mailto:x@y", "mailto:x@y"),
    ])
  func resolved(reference: String, expected: String) {
    #expect(WebURL(reference, base: WebURL("http://a/b/c/d;p?q"))?.text == expected)
  }

  @Test("origins differ by scheme, host and port")
  func origins() throws {
    let one = try #require(WebURL("https://example.com/a"))
    #expect(one.isSameOrigin(as: try #require(WebURL("https://EXAMPLE.com:443/b"))))
    #expect(!one.isSameOrigin(as: try #require(WebURL("http://example.com/a"))))
    #expect(!one.isSameOrigin(as: try #require(WebURL("https://example.com:8443/a"))))
  }

  @Test("an address longer than the limit is refused")
  func tooLong() {
    #expect(WebURL("https://example.com/" + String(repeating: "a", count: WebURL.lengthLimit)) == nil)
  }

  @Test(
    "the short way for plain addresses reads as the parser does",
    arguments: [
      "https://example.com/", "http://example.com/a/b.html?x=1&y=%20#f", "https://a.b-c.example/~u/;p=1,2",
      "https://example.com/a//b", "https://example.com/a?b?c#d#e", "https://example.com/?",
      "https://example.com/#",
      "https://example.com/a./b", "https://example.com/./b", "https://example.com/.hidden",
      "https://example.com/%2e/x",
      "https://1.2.3.4/", "https://a.0x1/", "https://a..b/", "https://a./", "https://.a/",
      "https://example.com/a^b",
      "https://example.com/a'b?c'd", "https://example.com/a|b", "https://example.com/[x]",
      "https://xn--bcher-kva.example/",
      "https://example.com/a\\b", "https://-a.example/", "https://example.com/a?q=\"x\"#`",
    ])
  func shortWay(text: String) throws {
    let plain = Array(text.utf8).withUnsafeBufferPointer { PlainAddress.parse($0) }
    guard let plain else { return }
    #expect(plain == URLParser.parse(text, base: nil))
    #expect(plain.text == text)
  }

  @Test(
    "hosts that are numbers are addresses, whatever their notation",
    arguments: [
      ("http://127.1/", "127.0.0.1"), ("http://0177.0.0.1/", "127.0.0.1"),
      ("http://0x7f000001/", "127.0.0.1"),
      ("http://1.2.3/", "1.2.0.3"), ("http://127.0.0.1./", "127.0.0.1"), ("http://%31%32%37.1/", "127.0.0.1"),
      ("http://１２７.0.0.1/", nil), ("http://256.1.1.1/", nil), ("http://1.2.3.08/", nil),
      ("http://4294967296/", nil),
      ("http://[::1]/", "[::1]"), ("http://[1:0:0:0:0:0:0:2]/", "[1::2]"), ("http://[fe80::1%25eth0]/", nil),
      ("http://[::g]/", nil), ("http://a%00b/", nil), ("http://a%2fb/", nil),
    ] as [(String, String?)])
  func hosts(text: String, host: String?) {
    #expect(WebURL(text)?.host == host)
  }

  @Test(
    "an address read again is the same address",
    arguments: [
      "https://u:p@EXAMPLE.com:444/ä b/../c?d e#f g", "http://2130706433/%7Ex", "https://bücher.example/?ü",
      "mailto:a b@c",
      "data:text/plain,x y", "https://example.com/a^b`{}|", "file:///etc/passwd",
    ])
  func fixedPoint(text: String) throws {
    let once = try #require(WebURL(text))
    #expect(WebURL(once.text) == once)
  }

  @Test(
    "hostile lengths end", arguments: ["/..", "/.", "%2e%2e/", "@", ":", "[", "\\", "\t", "?", "#", "é", "."])
  func floods(piece: String) {
    let flood = String(repeating: piece, count: 8000 / piece.utf8.count)
    _ = WebURL("https://" + flood)
    _ = WebURL("https://a.example/" + flood)
    _ = WebURL(flood, base: WebURL("https://a.example/x/y"))
  }

  @Test("parts can be dropped and replaced")
  func parts() throws {
    let url = try #require(WebURL("https://u:p@example.com:80/a?b#c"))
    #expect(url.withoutCredentials().text == "https://example.com:80/a?b#c")
    #expect(url.withoutFragment().text == "https://u:p@example.com:80/a?b")
    #expect(url.replacing(scheme: "http").port == nil)
    #expect(url.replacing(query: nil).replacing(path: "/z").text == "https://u:p@example.com:80/z#c")
    #expect(url.origin == "https://example.com:80")
    #expect(url.effectivePort == 80)
    #expect(url.isWeb)
    #expect(try !#require(WebURL("mailto:a@b")).isWeb)
  }

  @Test(
    "an address is taken as people type it",
    arguments: [
      ("a.example/feed", "https://a.example/feed"), (" http://a.example \n", "http://a.example/"),
      ("localhost:8080/rss", "https://localhost:8080/rss"), ("feed://a.example/rss", "https://a.example/rss"),
      ("feed:http://a.example/rss", "http://a.example/rss"), ("FEED:HTTPS://A.example", "https://a.example/"),
      ("ftp://a.example", nil), ("file:///etc/passwd", nil), ("gopher://a", nil), ("feed:file:///x", nil),
      ("", nil),
      ("javascript:alert(1)", nil),
    ])
  func typed(text: String, address: String?) { #expect(WebURL(typed: text)?.text == address) }
}
