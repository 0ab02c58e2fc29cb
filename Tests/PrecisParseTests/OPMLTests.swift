import PrecisModel
import Testing

@testable import PrecisParse

@Suite("OPML")
struct OPMLTests {
  @Test("folders, titles and addresses are read")
  func reads() throws {
    let list = try OPML.read(
      Array(
        """
        <opml version="1.0"><head><title>T</title></head><body><outline text="F"><outline title="G">
        <outline text="A &amp; B" xmlUrl="http://e.org/f" htmlUrl="http://e.org/" type="rss"/></outline></outline>
        <outline text="C" xmlUrl="feed://e.org/g"/><outline text="bad" xmlUrl="file:///etc/passwd"/></body></opml>
        """.utf8))
    #expect(list.title == "T")
    #expect(
      list.outlines == [
        OPML.Outline(
          title: "A & B", feedURL: "http://e.org/f", homePageURL: "http://e.org/", folder: "F/G", type: "rss"),
        OPML.Outline(title: "C", feedURL: "http://e.org/g"),
      ])
    #expect(list.warnings.count == 1)
  }

  @Test("what is written is read again")
  func roundTrip() throws {
    let outlines = [
      OPML.Outline(title: "A \"<&>\"", feedURL: "http://e.org/?a=1&b=2", folder: "F/G", type: "rss"),
      OPML.Outline(title: "B", feedURL: "http://e.org/b", homePageURL: "http://e.org/", type: "rss"),
    ]
    let text = OPML.write(title: "T", outlines: outlines, date: Timestamp(seconds: 0))
    #expect(text.contains("Thu, 01 Jan 1970 00:00:00 GMT"))
    #expect(try OPML.read(Array(text.utf8)).outlines == outlines)
  }

  @Test("broken markup is mended, something else is refused")
  func broken() throws {
    let list = try OPML.read(Array("<opml><body><outline text=A & B xmlUrl=\"http://e.org/?a=1&b\">".utf8))
    #expect(list.outlines.first?.feedURL == "http://e.org/?a=1&b")
    #expect(throws: OPMLError.notOPML("the root element is <rss>", line: 1)) {
      try OPML.read(Array("<rss/>".utf8))
    }
  }
}
