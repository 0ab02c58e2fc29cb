import PrecisModel
import Testing

@testable import PrecisParse

@Suite("Formats")
struct FormatTests {
  @Test(
    "the format is told by the root",
    arguments: [
      ("<rss version=\"0.91\"><channel/></rss>", FeedFormat.rss091),
      ("<rss version=\"2.0\"><channel/></rss>", .rss20),
      ("<rss><channel/></rss>", .rss),
      ("<feed xmlns=\"http://www.w3.org/2005/Atom\"/>", .atom10),
      ("<feed version=\"0.3\" xmlns=\"http://purl.org/atom/ns#\"/>", .atom03),
      ("<CHANNEL><ITEM/></CHANNEL>", .cdf),
      ("{\"version\":\"https://jsonfeed.org/version/1\",\"items\":[]}", .jsonFeed10),
      ("{\"version\":\"https://jsonfeed.org/version/1.1\",\"items\":[]}", .jsonFeed11),
      (
        "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" "
          + "xmlns=\"http://purl.org/rss/1.0/\"><channel/></rdf:RDF>", .rss10
      ),
      (
        "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" "
          + "xmlns=\"http://my.netscape.com/rdf/simple/0.9/\"><channel/></rdf:RDF>", .rss090
      ),
    ])
  func format(_ text: String, _ format: FeedFormat) {
    #expect(parse(text)?.feed.format == format)
  }

  @Test("an RSS item gives all its parts")
  func rss() throws {
    let entry = try #require(
      rssItem(
        """
        <title>T &amp; U</title><link>http://e.org/1</link><guid isPermaLink="false">g</guid>
        <author>me@e.org (Me)</author><pubDate>Thu, 01 Jan 2004 19:48:21 GMT</pubDate>
        <description>&lt;p&gt;short</description><content:encoded><![CDATA[<p>long]]></content:encoded>
        <category>a</category><category>b</category><category>a</category><comments>http://e.org/c</comments>
        <enclosure url="http://e.org/a.mp3" type="audio/mpeg" length="12"/><source url="http://s.org/f">S</source>
        """, "xmlns:content=\"http://purl.org/rss/1.0/modules/content/\""))
    #expect(entry.title?.value == "T & U")
    #expect(entry.url == "http://e.org/1")
    #expect(entry.id == "g")
    #expect(entry.authors == [Article.Author(name: "Me", email: "me@e.org")])
    #expect(entry.datePublished?.description == "2004-01-01T19:48:21Z")
    #expect(entry.summary?.value == "<p>short")
    #expect(entry.content?.value == "<p>long")
    #expect(entry.content?.kind == .html)
    #expect(entry.topics == ["a", "b"])
    #expect(entry.commentsURL == "http://e.org/c")
    #expect(entry.attachments.first?.sizeInBytes == 12)
    #expect(entry.sourceTitle == "S")
    #expect(entry.sourceURL == "http://s.org/f")
  }

  @Test("Atom XHTML is markup again, without its div, under its own base")
  func atomXHTML() throws {
    let entry = try #require(
      atomEntry(
        """
        <content type="xhtml" xml:base="http://b.org/"><div xmlns="http://www.w3.org/1999/xhtml">a &lt; <b>c</b><br/>
        <i xml:base="d/"><a href="e">f</a></i></div></content>
        """))
    let html = try #require(entry.content?.value)
    #expect(html.hasPrefix("a &lt; <b>c</b><br />"))
    #expect(html.contains("<a href=\"http://b.org/d/e\">f</a>"))
    #expect(!html.contains("div"))
    #expect(entry.content?.baseURL == "http://b.org/")
  }

  @Test("a channel of CDF has its own base")
  func cdfBase() {
    let document = parse(
      "<CHANNEL BASE=\"http://b.org/d/\" HREF=\"index.html\"><ITEM HREF=\"1.html\"><TITLE>t</TITLE></ITEM></CHANNEL>"
    )
    #expect(document?.feed.homePageURL == "http://b.org/d/index.html")
    #expect(document?.entries.first?.url == "http://b.org/d/1.html")
  }

  @Test("Atom links go where their relations say")
  func atomLinks() throws {
    let entry = try #require(
      atomEntry(
        """
        <link rel="self" href="s"/><link href="/p?a=1&amp;b=2"/><link rel="related" href="http://r.org/"/>
        <link rel="enclosure" href="a.mp3" length="3" type="audio/mpeg"/>
        """, url: "http://e.org/feed"))
    #expect(entry.url == "http://e.org/p?a=1&b=2")
    #expect(entry.externalURL == "http://r.org/")
    #expect(entry.attachments.first?.url == "http://e.org/a.mp3")
  }

  @Test("base64 content is decoded")
  func base64() {
    #expect(
      atomEntry("<content type=\"application/octet-stream\">PGI+eDwvYj4=</content>")?.content?.value
        == "<b>x</b>")
  }

  @Test("the parts of images and text inputs are not the feed's")
  func nested() throws {
    let feed = try #require(
      parse(
        """
        <rss version="2.0"><channel><image><title>no</title><url>http://i.org/</url><link>no</link></image>
        <textInput><title>no</title><link>no</link></textInput><title>yes</title><link>http://e.org/</link>
        <ttl>60</ttl><skipHours><hour>24</hour><hour>5</hour></skipHours><skipDays><day>Sunday</day></skipDays>
        </channel></rss>
        """)?.feed)
    #expect(feed.title?.value == "yes")
    #expect(feed.homePageURL == "http://e.org/")
    #expect(feed.icon == "http://i.org/")
    #expect(feed.hints.ttlMinutes == 60)
    #expect(feed.hints.skipHours == [0, 5])
    #expect(feed.hints.skipDays == [0])
  }

  @Test("vocabularies are known by address, by prefix where it is undeclared, and not by local name")
  func namespaces() {
    #expect(
      rssItem("<d:creator>N</d:creator>", "xmlns:d=\"http://purl.org/dc/elements/1.1/\"")?.authors.first?.name
        == "N")
    #expect(rssItem("<dc:creator>N</dc:creator>")?.authors.first?.name == "N")
    #expect(rssItem("<x:title>no</x:title>", "xmlns:x=\"urn:x\"")?.title == nil)
  }

  @Test("Media RSS and iTunes give attachments, images and durations")
  func media() throws {
    let entry = try #require(
      rssItem(
        """
        <media:group><media:content url="http://e.org/v" type="video/mp4" fileSize="9" duration="61"/>
        <media:thumbnail url="http://e.org/t"/></media:group><itunes:author>N</itunes:author>
        """))
    #expect(entry.attachments.first?.durationInSeconds == 61)
    #expect(entry.image == "http://e.org/t")
    #expect(entry.authors.first?.name == "N")
    let based = rssItem("<media:content xml:base=\"http://e.org/a/\" url=\"v\"/>")
    #expect(based?.attachments.first?.url == "http://e.org/a/v")
  }

  @Test("a JSON Feed is read, mended where it errs")
  func json() throws {
    let document = try #require(
      parse(
        """
        {"version":"https://jsonfeed.org/version/1.1","title":"T","items":[{"id":7,"content_html":"<p>a\nb","tags":["x",],
        "authors":[{"name":"N"}],"date_published":"2020-01-02T03:04:05+01:00",},{"no":1}],"home_page_url":"/h",}
        """, url: "http://e.org/f"))
    #expect(document.feed.title?.value == "T")
    #expect(document.feed.homePageURL == "http://e.org/h")
    #expect(document.entries.count == 1)
    #expect(document.entries.first?.id == "7")
    #expect(document.entries.first?.content?.value == "<p>a\nb")
    #expect(document.entries.first?.datePublished?.description == "2020-01-02T02:04:05Z")
    #expect(document.warnings.count == 1)
  }
}
