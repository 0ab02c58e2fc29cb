import PrecisModel
import Testing

@testable import PrecisParse

@Suite("Hostile documents end within limits that they name")
struct HostileTests {
  private func bytes(_ parts: (String, Int)...) -> [UInt8] {
    parts.flatMap { part in Array(repeatElement(Array(part.0.utf8), count: part.1).joined()) }
  }

  @Test("entities that expand without end")
  func billionLaughs() {
    var declarations = "<!ENTITY l0 \"lol\">"
    for level in 1...9 {
      declarations += "<!ENTITY l\(level) \"" + String(repeating: "&l\(level - 1);", count: 10) + "\">"
    }
    let text =
      "<!DOCTYPE rss [\(declarations)]><rss><channel><item><title>&l9;</title></item></channel></rss>"
    #expect(failure(Array(text.utf8)) == .limit(.expansion, 256 << 10))
  }

  @Test("external entities are nothing")
  func external() {
    let text =
      "<!DOCTYPE rss [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><rss><channel><title>a&x;b</title></channel></rss>"
    #expect(parse(text)?.feed.title?.value == "ab")
  }

  @Test("a million elements, one in the other")
  func depth() {
    #expect(failure(bytes(("<rss><channel>", 1), ("<a>", 1_000_000))) == .limit(.depth, 256))
    let json = bytes(("{\"version\":\"https://jsonfeed.org/version/1\",\"items\":[", 1), ("[", 100_000))
    #expect(failure(json) == .limit(.depth, 128))
  }

  @Test("a flood of attributes")
  func attributes() {
    let flood = (0..<1000).map { "a\($0)=\"\"" }.joined(separator: " ")
    #expect(failure(Array("<rss \(flood)/>".utf8)) == .limit(.attributes, 256))
    #expect(failure(bytes(("<rss a=\"", 1), ("x", 5 << 20))) == .limit(.tagBytes, 4 << 20))
  }

  @Test("a million entries")
  func entries() {
    let text = bytes(("<rss><channel>", 1), ("<item/>", 150_000))
    #expect(failure(text) == .limit(.entries, 100_000))
  }

  @Test("texts and documents without end")
  func sizes() {
    var limits = ParseLimits()
    limits.maxTextBytes = 1000
    #expect(
      failure(bytes(("<rss><channel><title>", 1), ("x", 2000)), limits: limits) == .limit(.textBytes, 1000))
    limits = ParseLimits()
    limits.maxDocumentBytes = 100
    #expect(failure(bytes(("<rss>", 1), ("x", 200)), limits: limits) == .limit(.documentBytes, 100))
  }

  @Test(
    "what is no feed is called what it is",
    arguments: [
      ("", ParseError.empty), (" \n", .empty), ("<!doctype html><html><p>x</html>", .html),
      ("<opml/>", .notAFeed("the root element is <opml>")), ("hello", .notAFeed("no markup was found")),
      ("{\"a\":1}", .notAFeed("JSON, but no JSON Feed")),
    ])
  func notAFeed(_ text: String, _ error: ParseError) {
    #expect(failure(Array(text.utf8)) == error)
  }

  @Test("warnings are bounded, and the rest is counted")
  func warnings() throws {
    let text = "<rss><channel>" + String(repeating: "</x>", count: 500) + "</channel></rss>"
    let warnings = try #require(parse(text)?.warnings)
    #expect(warnings.count == 101)
    #expect(warnings.last?.message == "400 more warnings")
  }
}
