import PrecisModel
import Testing

@testable import PrecisParse

@Suite("Dates of feeds")
struct FeedDateTests {
  @Test(
    "every form is read",
    arguments: [
      ("Thu, 01 Jan 2004 19:48:21 GMT", "2004-01-01T19:48:21Z"),
      ("Thu, 01 Jan 2004 19:48:21 -0530", "2004-01-02T01:18:21Z"),
      ("Thu, 1 Jan 2004 19:48 EST", "2004-01-02T00:48:00Z"),
      ("Thu, 01 Jan 04 19:48:21 GMT", "2004-01-01T19:48:21Z"),
      ("01 Jan 1994 19:48:21 Z", "1994-01-01T19:48:21Z"),
      ("1 January 2004", "2004-01-01T00:00:00Z"),
      ("Jan 5, 2004 3:04 PM", "2004-01-05T15:04:00Z"),
      ("Wed, 19 Aug 2009 18:28:00 Etc/GMT", "2009-08-19T18:28:00Z"),
      ("Wed, 19 Aug 2009 18:28:00 GMT+02:00", "2009-08-19T16:28:00Z"),
      ("Wed, 19 Aug 2009 18:28:00 +0200 (CEST)", "2009-08-19T16:28:00Z"),
      ("Sun Jan  4 16:29:06 2004", "2004-01-04T16:29:06Z"),
      ("Sun Jan  4 16:29:06 PST 2004", "2004-01-05T00:29:06Z"),
      ("Fri, 2006/09/15 08:19:53 EDT", "2006-09-15T12:19:53Z"),
      ("2004-01-01T19:48:21.5+01:00", "2004-01-01T18:48:21Z"),
      ("2003-12-31T10:14Z", "2003-12-31T10:14:00Z"),
      ("2003-12-31T24:00:00Z", "2004-01-01T00:00:00Z"),
      ("20031231T101455Z", "2003-12-31T10:14:55Z"),
      ("2003-12", "2003-12-01T00:00:00Z"),
      ("2003", "2003-01-01T00:00:00Z"),
      ("2003-335", "2003-12-01T00:00:00Z"),
      ("2003335", "2003-12-01T00:00:00Z"),
      ("03335", "2003-12-01T00:00:00Z"),
      ("-0312", "2003-12-01T00:00:00Z"),
      ("2004-W53-6", "2005-01-01T00:00:00Z"),
      ("2004-07-08 23:56:58 -00:20", "2004-07-09T00:16:58Z"),
      ("2004년 05월 28일  01:31:15", "2004-05-27T16:31:15Z"),
      ("2004-05-25 오후 11:23:17", "2004-05-25T14:23:17Z"),
      ("Κυρ, 11 Ιούλ 2004 12:00:00 EST", "2004-07-11T17:00:00Z"),
      ("2004-július-13T9:15-05:00", "2004-07-13T14:15:00Z"),
      ("mar., 5 mai 2020 10:30", "2020-05-05T10:30:00Z"),
      ("Пн, 05 окт 2020 10:30:00 +0300", "2020-10-05T07:30:00Z"),
      ("28.05.2004 10:00", "2004-05-28T10:00:00Z"),
      ("28/05/2004", "2004-05-28T00:00:00Z"),
      ("Sat, 02 Jan 0100 00:00:00 GMT", "0100-01-02T00:00:00Z"),
      ("1085704275", "2004-05-28T00:31:15Z"),
      ("Fri,24 Nov 2023 18:28:36 -0000", "2023-11-24T18:28:36Z"),
    ])
  func reads(_ text: String, _ moment: String) {
    #expect(FeedDate.parse(text)?.description == moment)
  }

  @Test(
    "what is no date, or could be two, is none",
    arguments: [
      "", " ", "x", "yesterday", "3/4/2005", "2003-13-01", "2003-02-30", "Thu, 32 Jan 2004 00:00:00 GMT",
      "--12-31",
      "12:00", "99999999999999999999", "2004-01-01T25:00:00Z", "Thu, 01 Jan 2004 19:61:00 GMT", "0000-00-00",
      "2009-08-19 18:28:00 Europe/Berlin", "1 2 3 4 5 6 7 8", "1998052813", "0001-01-01T00:00:00Z",
      "Mon, 01 Jan 0001 00:00:00 GMT",
    ])
  func refuses(_ text: String) {
    #expect(FeedDate.parse(text) == nil)
  }

  @Test("an unreadable date is absent, and a warning says so")
  func warns() throws {
    let document = try #require(
      parse("<rss version=\"2.0\"><channel><item><pubDate>soon</pubDate></item></channel></rss>"))
    #expect(document.entries.first?.datePublished == nil)
    #expect(document.warnings.contains { $0.message.contains("soon") && $0.line == 1 })
  }

  @Test("a zone that nobody can know is taken for UTC, and a warning says so", arguments: ["IST", "XYZ"])
  func unknownZone(_ zone: String) throws {
    let date = "Thu, 01 Jan 2004 19:48:21"
    let rss = try #require(
      parse("<rss version=\"2.0\"><channel><item><pubDate>\(date) \(zone)</pubDate></item></channel></rss>"))
    #expect(rss.entries.first?.datePublished?.description == "2004-01-01T19:48:21Z")
    #expect(rss.warnings.contains { $0.message.contains("zone \(zone)") && $0.message.contains("<pubDate>") })
    let json = try #require(parse("{\"items\":[{\"id\":\"1\",\"date_published\":\"\(date) \(zone)\"}]}"))
    #expect(json.warnings.contains { $0.message.contains("zone \(zone)") })
  }

  @Test("a zone whose offset stands beside it is known", arguments: ["+0530 (IST)", "IST+0530", "GMT", ""])
  func knownZone(_ zone: String) throws {
    let document = try #require(
      parse("<rss><channel><item><pubDate>1 Jan 2004 19:48:21 \(zone)</pubDate></item></channel></rss>"))
    #expect(document.entries.first?.datePublished != nil)
    #expect(document.warnings.isEmpty)
  }
}
