import PrecisModel
import PrecisURL
import PrecisTestLimits
import Testing

@testable import PrecisFetch

@Suite(.mustEnd)
struct ResponseHeadTests {
  private static let now = Timestamp(seconds: 1_784_000_000)

  private func head(_ lines: String...) throws -> ResponseHead {
    let headers = HeaderCollector()
    for line in ["HTTP/1.1 200 OK"] + lines {
      Array((line + "\r\n").utf8).withUnsafeBufferPointer { headers.take($0) }
    }
    let url = try #require(WebURL("https://example.org/a/feed"))
    return ResponseHead(headers, url: url, urlText: url.text) { Self.now }
  }

  @Test(
    "freshness is max-age, else Expires less Date, less Age",
    arguments: [
      (["Cache-Control: max-age=3600"], 3600), (["cache-control: public, Max-Age=\"60\""], 60),
      (["Cache-Control: max-age=3600", "Age: 600"], 3000), (["Cache-Control: max-age=10", "Age: 600"], 0),
      (["Cache-Control: s-maxage=9, max-age=1"], 1),
      (["Cache-Control: public", "Cache-Control: max-age=7"], 7),
      (["Cache-Control: max-age=99999999999999999999"], Int(Int32.max)),
      (["Date: Mon, 13 Jul 2026 15:00:00 GMT", "Expires: Mon, 13 Jul 2026 16:00:00 GMT"], 3600),
      (["Date: Mon, 13 Jul 2026 15:00:00 GMT", "Expires: Mon, 13 Jul 2020 16:00:00 GMT"], 0),
      (["Expires: 0"], 0), (["Expires: -1"], 0),
      (["Cache-Control: max-age=5", "Expires: Mon, 13 Jul 2026 16:00:00 GMT"], 5),
    ])
  func freshness(_ lines: [String], _ seconds: Int) throws {
    let headers = HeaderCollector()
    for line in ["HTTP/2 200"] + lines {
      Array((line + "\r\n").utf8).withUnsafeBufferPointer { headers.take($0) }
    }
    let url = try #require(WebURL("https://example.org/"))
    let head = ResponseHead(headers, url: url, urlText: url.text) { Self.now }
    #expect(head.freshness == seconds)
    #expect(head.httpVersion == "2" && head.status == 200)
  }

  @Test(
    "no word on freshness is no freshness", arguments: ["X: y", "Cache-Control: max-age=x", "Cache-Control:"])
  func noFreshness(_ line: String) throws { #expect(try head(line).freshness == nil) }

  @Test("no-cache and no-store are told")
  func noCache() throws {
    let both = try head("Cache-Control: no-store, no-cache=\"x, max-age=9\"")
    #expect(both.isNoCache && both.isNoStore && both.freshness == nil)
    #expect(try !head("Cache-Control: max-age=1").isNoCache)
  }

  @Test("Retry-After is read in both its forms")
  func retryAfter() throws {
    #expect(try head("Retry-After: 120").retryAfter == 120)
    let date = "Date: Mon, 13 Jul 2026 15:00:00 GMT"
    #expect(try head(date, "Retry-After: Tue, 14 Jul 2026 15:00:00 GMT").retryAfter == 86_400)
    #expect(try head(date, "Retry-After: Sun, 12 Jul 2026 15:00:00 GMT").retryAfter == 0)
    #expect(try head("Retry-After: Mon, 13 Jul 2026 15:02:10 GMT").retryAfter != nil)
    for bad in ["soon", "-1", "1.5", ""] { #expect(try head("Retry-After: \(bad)").retryAfter == nil) }
  }

  @Test("links are resolved; hubs, self and alternates are kept")
  func links() throws {
    let head = try head(
      "Link: <https://hub.example/>; rel=\"hub\", </feed,x>; rel=self; type=\"application/atom+xml\"",
      "Link: <b>; title=\"a, b; c\"; rel=\"alternate next\"", "Link: <https://x/>; rel=stylesheet",
      "Link: broken", "Link: <javascript:x>; rel=hub", "Link: <c>; rel=\"HUB\"")
    #expect(
      head.links == [
        .init(url: "https://hub.example/", rel: "hub"),
        .init(url: "https://example.org/feed,x", rel: "self", type: "application/atom+xml"),
        .init(url: "https://example.org/a/b", rel: "alternate"),
        .init(url: "https://example.org/a/c", rel: "hub"),
      ])
  }

  @Test("rate limits are read in the forms that are about")
  func rateLimit() throws {
    let old = try head("X-RateLimit-Remaining: 0", "X-RateLimit-Reset: 60")
    #expect(old.rateLimitRemaining == 0 && old.rateLimitReset == 60)
    #expect(try head("x-ratelimit-reset: \(Self.now.seconds + 90)").rateLimitReset == 90)
    #expect(try head("x-ratelimit-reset: \(Self.now.seconds - 90)").rateLimitReset == 0)
    let new = try head("RateLimit: \"default\";r=3;t=30")
    #expect(new.rateLimitRemaining == 3 && new.rateLimitReset == 30)
    #expect(try head("RateLimit-Reset: 5").rateLimitReset == 5)
  }

  @Test("values with control characters or broken UTF-8 are left out")
  func brokenValues() throws {
    #expect(try head("ETag: \"a\u{1}b\"").etag == nil)
    let headers = HeaderCollector()
    for line in [Array("HTTP/1.1 200 OK\r\n".utf8), Array("ETag: \"".utf8) + [0xFF, 0x22, 13, 10]] {
      line.withUnsafeBufferPointer { headers.take($0) }
    }
    #expect(headers.text(of: .etag) == nil)
  }

  @Test("a later answer on the same transfer replaces an earlier one")
  func interim() throws {
    let head = try head("ETag: \"early\"", "HTTP/1.1 304 Not Modified", "ETag: \"late\"")
    #expect(head.etag == "\"late\"" && head.status == 304)
  }

  @Test(
    "dates of HTTP are read in their three forms",
    arguments: [
      "Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994",
      "sun, 6 nov 1994 08:49:37 gmt",
    ])
  func dates(_ text: String) {
    #expect(HTTPDate.read(text.utf8)?.description == "1994-11-06T08:49:37Z")
  }

  @Test(
    "what is no date is none",
    arguments: ["", "0", "Sun", "99 Nov 1994 08:49:37", "Sun, 06 Nov 1994 25:00:00 GMT"])
  func noDates(_ text: String) { #expect(HTTPDate.read(text.utf8) == nil) }
}
