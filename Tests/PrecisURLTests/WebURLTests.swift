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
}
