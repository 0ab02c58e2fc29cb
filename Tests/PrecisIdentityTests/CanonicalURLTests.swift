import PrecisIdentity
import Testing

@Suite("Canonical addresses")
struct CanonicalURLTests {
  @Test(
    "what says nothing of the page goes",
    arguments: [
      ("https://Example.ORG:443/a/b", "https://example.org/a/b"),
      ("http://example.org:80", "http://example.org/"),
      ("http://example.org:8080/x", "http://example.org:8080/x"),
      ("https://example.org/a?utm_source=rss&id=7&utm_medium=feed", "https://example.org/a?id=7"),
      ("https://example.org/a?fbclid=x", "https://example.org/a"),
      ("https://example.org/a?", "https://example.org/a"),
      ("https://example.org/a?UTM_Campaign=x&b", "https://example.org/a?b"),
      ("https://medium.example/p?source=rss----17b9---4", "https://medium.example/p"),
      ("https://example.org/a?ref=rss", "https://example.org/a"),
      ("https://example.org/a?PHPSESSID=abc&id=1", "https://example.org/a?id=1"),
      ("https://example.org/a;jsessionid=0A1B?id=1", "https://example.org/a?id=1"),
      ("https://example.org/a?__cft__%5B0%5D=x", "https://example.org/a"),
      ("https://example.org/a#comments", "https://example.org/a"),
      ("https://user:secret@example.org/a", "https://example.org/a"),
      ("https://example.org/%7Eann/%c3%a4", "https://example.org/~ann/%C3%A4"),
      ("https://example.org/a/../b", "https://example.org/b"),
      ("https://example.org./a", "https://example.org/a"),
      // Routes are pages.
      ("https://example.org/#!/post/1", "https://example.org/#!/post/1"),
      ("https://example.org/app#/post/1", "https://example.org/app#/post/1"),
      // Redirectors and caches.
      ("https://www.google.com/url?q=https%3A%2F%2Fexample.org%2Fa&sa=D", "https://example.org/a"),
      (
        "https://l.facebook.com/l.php?u=https%3A%2F%2Fexample.org%2Fa%3Ffbclid%3D1&h=x",
        "https://example.org/a"
      ),
      ("https://www.google.com/amp/s/example.org/2026/a-post", "https://example.org/2026/a-post"),
      (
        "https://example-org.cdn.ampproject.org/c/s/example.org/2026/a-post",
        "https://example.org/2026/a-post"
      ),
      // Other schemes are left alone.
      ("gemini://example.org/a?utm_source=x#y", "gemini://example.org/a?utm_source=x"),
    ])
  func cleaned(url: String, canonical: String) {
    #expect(CanonicalURL.canonical(url) == canonical)
    #expect(CanonicalURL.canonical(canonical) == canonical)
  }

  @Test(
    "what may say something of the page stays",
    arguments: [
      "http://example.org/a", "https://www.example.org/a", "https://example.org/a/", "https://example.org/A",
      "https://example.org/?p=1", "https://example.org/a?ref=ann", "https://example.org/a?source=press",
      "https://example.org/a?page=2", "https://example.org/a?id=7&id=8", "https://example.org/a?b=1&a=2",
      "https://example.org/index.html", "https://example.org/a?utm=1",
      "https://example.org/a?from=2026-01-01",
      "https://example.org/a//b", "https://example.org/a?q=%26",
      "https://www.google.com/url?q=relative", "https://www.google.com/amp/spaces",
    ])
  func kept(url: String) {
    #expect(CanonicalURL.canonical(url) == url)
  }

  @Test(
    "no absolute address, no canonical one", arguments: ["", "a/b", "//example.org/a", "http://", "::", "%%"])
  func none(url: String) {
    #expect(CanonicalURL.canonical(url) == nil)
    #expect(CanonicalURL.key(url) == nil)
    #expect(!CanonicalURL.isPage(url))
  }
}

@Suite("Keys of addresses")
struct AddressKeyTests {
  @Test(
    "variants of one page have one key",
    arguments: [
      ("http://example.org/a-1", "https://example.org/a-1"),
      ("https://www.example.org/a-1", "https://example.org/a-1"),
      ("https://example.org/a-1/", "https://example.org/a-1"),
      ("https://example.org/blog/index.html", "https://example.org/blog/"),
      ("https://example.org/blog/index.php", "https://example.org/blog"),
      ("https://m.example.org/a-1", "https://example.org/a-1"),
      ("https://mobile.example.org/a-1", "https://example.org/a-1"),
      ("https://amp.example.org/a-1", "https://example.org/a-1"),
      ("https://en.m.wikipedia.org/wiki/RSS", "https://en.wikipedia.org/wiki/RSS"),
      ("https://example.org/2026/a-post/amp/", "https://example.org/2026/a-post"),
      ("https://example.org/a-post.amp.html", "https://example.org/a-post"),
      ("https://example.org/2026/11/24/amp", "https://example.org/2026/11/24"),
      ("https://example.org/a-post?amp=1", "https://example.org/a-post"),
      ("https://example.org/a?b=2&a=1", "https://example.org/a?a=1&b=2"),
      ("https://old.reddit.com/r/swift/comments/1/", "https://www.reddit.com/r/swift/comments/1"),
      ("https://mobile.twitter.com/a/status/1", "https://x.com/a/status/1"),
      ("https://example.org/a-1#top", "https://example.org/a-1?utm_source=x"),
      ("https://example.org:443/", "http://example.org"),
    ])
  func merged(left: String, right: String) throws {
    #expect(CanonicalURL.key(left) == CanonicalURL.key(right) && CanonicalURL.key(left) != nil)
  }

  @Test(
    "different pages have different keys",
    arguments: [
      ("https://example.org/a", "https://example.org/b"),
      ("https://example.org/a", "https://example.org/A"),
      ("https://example.org/a", "https://example.net/a"),
      ("https://a.example.org/", "https://b.example.org/"),
      ("https://example.org/?p=1", "https://example.org/?p=2"),
      ("https://example.org/a?id=1&id=2", "https://example.org/a?id=2&id=1"),
      ("https://example.org/guitars/amp", "https://example.org/guitars"),
      ("https://example.org/amp", "https://example.org/"),
      ("https://example.org/a?amp=2", "https://example.org/a"),
      ("https://example.org:8080/a", "https://example.org/a"),
      ("https://m.org/a", "https://org/a"),
      ("https://www.org/a", "https://org/a"),
      ("https://example.org/#!/1", "https://example.org/#!/2"),
      ("https://example.org/a%2Fb", "https://example.org/a/b"),
      ("https://example.org/a?q=a%26b", "https://example.org/a?q=a&b"),
      ("https://example.org/a?ref=ann", "https://example.org/a"),
      ("https://example.org/index.html5", "https://example.org/"),
      ("ftp://example.org/a", "https://example.org/a"),
      ("https://m.1.2.3.4.example.org/a", "https://example.org/a"),
    ])
  func apart(left: String, right: String) throws {
    #expect(CanonicalURL.key(left) != CanonicalURL.key(right) && CanonicalURL.key(left) != nil)
  }

  @Test(
    "a site's root is no page",
    arguments: [
      ("https://example.org", false), ("https://example.org/?utm_source=rss", false),
      ("https://example.org/#top", false),
      ("https://www.example.org/index.html", false), ("https://example.org/a", true),
      ("https://example.org/?p=1", true),
      ("https://example.org/#!/a", true), ("https://[::1]/", false), ("https://[::1]/a", true),
    ])
  func page(url: String, isPage: Bool) {
    #expect(CanonicalURL.isPage(url) == isPage)
  }

  @Test("the key of a canonical address is the address's own key")
  func stable() {
    for url in [
      "https://www.example.org/2026/a-post/amp/?b=1&a=2&utm_id=4#x", "http://m.example.org//a//?x#!/r",
    ] {
      #expect(CanonicalURL.canonical(url).flatMap(CanonicalURL.key) == CanonicalURL.key(url))
    }
  }

  @Test("hostile addresses take no time and do no harm")
  func hostile() {
    let long = String(repeating: "a", count: 8000)
    for url in [
      "https://example.org/" + long, "https://example.org/?" + String(repeating: "&utm_a=1", count: 900),
      "https://example.org/" + String(repeating: "%", count: 4000),
      "https://example.org/" + String(repeating: ";jsessionid", count: 600),
      "https://example.org/" + String(repeating: "/index.html", count: 600),
      "https://www.google.com/url?q=" + String(repeating: "https://www.google.com/url?q=", count: 200),
      "https://example.org/" + String(repeating: "/", count: 8000), "https://......", "https://www./",
      "https://m./",
    ] {
      _ = CanonicalURL.canonical(url)
      _ = CanonicalURL.key(url)
    }
  }
}
