import PrecisModel
import Testing

@testable import PrecisParse

/// What is said about an entry beside its contents: comments, answers, licences, places.
@Suite("Comments, answers, licences and places")
struct SurroundingsTests {
  private static let namespaces = """
    xmlns:slash="http://purl.org/rss/1.0/modules/slash/" xmlns:wfw="http://wellformedweb.org/CommentAPI/"
    xmlns:thr="http://purl.org/syndication/thread/1.0" xmlns:georss="http://www.georss.org/georss"
    xmlns:gml="http://www.opengis.net/gml" xmlns:geo="http://www.w3.org/2003/01/geo/wgs84_pos#"
    xmlns:cc="http://web.resource.org/cc/" xmlns:podcast="https://podcastindex.org/namespace/1.0"
    xmlns:creativeCommons="http://backend.userland.com/creativeCommonsRssModule"
    xmlns:media="http://search.yahoo.com/mrss/" xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
    """

  private func item(_ elements: String) -> ParsedEntry? { rssItem(elements, Self.namespaces) }

  @Test("an RSS item gives its comments' page, feed and number")
  func comments() throws {
    let entry = try #require(
      item(
        """
        <comments>http://e.org/1#comments</comments><wfw:commentRss>http://e.org/1/feed/</wfw:commentRss>
        <slash:comments> 12 </slash:comments><slash:hit_parade>12,9,3</slash:hit_parade>
        """))
    #expect(entry.commentsURL == "http://e.org/1#comments")
    #expect(entry.commentsFeedURL == "http://e.org/1/feed/")
    #expect(entry.commentCount == 12)
  }

  @Test("prefixes are free, and understood by custom where they are not declared")
  func prefixes() throws {
    let renamed = rssItem("<s:comments>0</s:comments>", "xmlns:s=\"http://purl.org/rss/1.0/modules/slash/\"")
    #expect(renamed?.commentCount == 0)
    let undeclared = try #require(
      rssItem(
        """
        <slash:comments>3</slash:comments><wfw:commentRSS>http://e.org/c</wfw:commentRSS>
        <georss:point>1 2</georss:point><creativeCommons:license>http://l.org/by</creativeCommons:license>
        """))
    #expect(undeclared.commentCount == 3)
    #expect(undeclared.commentsFeedURL == "http://e.org/c")
    #expect(undeclared.location == Article.Location(latitude: 1, longitude: 2))
    #expect(undeclared.license == "http://l.org/by")
  }

  @Test("Atom's links to replies part by type, and their number counts")
  func replies() throws {
    let entry = try #require(
      parse(
        """
        <feed xmlns="http://www.w3.org/2005/Atom" \(Self.namespaces)><entry>
        <link rel="replies" type="application/atom+xml" href="/1/comments.atom" thr:count="10"/>
        <link rel="replies" type="text/html" href="/1#c" thr:count="10"/>
        <link rel="license" href="http://l.org/by"/>
        <thr:in-reply-to ref="tag:e.org,2005:1" href="/0" type="application/xhtml+xml" source="/0.atom"/>
        <thr:in-reply-to ref="tag:e.org,2005:2"/><thr:in-reply-to/>
        </entry></feed>
        """, url: "http://e.org/feed")?.entries.first)
    #expect(entry.commentsURL == "http://e.org/1#c")
    #expect(entry.commentsFeedURL == "http://e.org/1/comments.atom")
    #expect(entry.commentCount == 10)
    #expect(entry.license == "http://l.org/by")
    #expect(
      entry.inReplyTo == [
        Article.InReplyTo(ref: "tag:e.org,2005:1", url: "http://e.org/0"),
        Article.InReplyTo(ref: "tag:e.org,2005:2"),
      ])
    #expect(item("<thr:total>7</thr:total>")?.commentCount == 7)
  }

  @Test(
    "a number of comments that is none is left out",
    arguments: ["", "-1", "many", "1e3", "99999999999999999999"])
  func unreadableCount(_ text: String) {
    #expect(item("<slash:comments>\(text)</slash:comments>")?.commentCount == nil)
  }

  @Test("a number where the comments' address belongs is their number")
  func countAsAddress() {
    let entry = item("<comments>17</comments>")
    #expect(entry?.commentCount == 17)
    #expect(entry?.commentsURL == nil)
  }

  @Test(
    "a licence is told in many ways",
    arguments: [
      "<creativeCommons:license>http://l.org/by</creativeCommons:license>",
      "<cc:license rdf:resource=\"http://l.org/by\"/>", "<cc:license> http://l.org/by </cc:license>",
      "<media:license type=\"text/html\" href=\"http://l.org/by\">By</media:license>",
      "<podcast:license url=\"http://l.org/by\">by-1.0</podcast:license>",
      "<a:link xmlns:a=\"http://www.w3.org/2005/Atom\" rel=\"license\" href=\"http://l.org/by\"/>",
      "<dcterms:license>http://l.org/by</dcterms:license>",
    ])
  func license(_ element: String) {
    #expect(item(element)?.license == "http://l.org/by")
  }

  @Test("a licence's name alone, or an address that runs something, is no licence")
  func noLicense() {
    #expect(item("<creativeCommons:license>CC BY 4.0</creativeCommons:license>")?.license == nil)
    #expect(item("<cc:license rdf:resource=\"javascript:alert(1)\"/>")?.license == nil)
  }

  @Test("the feed's licence is the feed's")
  func feedLicense() {
    let document = parse(
      """
      <rss version="2.0" \(Self.namespaces)><channel><cc:license rdf:resource="http://l.org/feed"/>
      <item><title>a</title></item></channel></rss>
      """)
    #expect(document?.feed.license == "http://l.org/feed")
    #expect(document?.entries.first?.license == nil)
  }

  @Test(
    "a place is told in many ways",
    arguments: [
      "<georss:point>45.256 -71.92</georss:point>", "<georss:point> 45.256,\n-71.92 </georss:point>",
      "<georss:where><gml:Point><gml:pos>45.256 -71.92</gml:pos></gml:Point></georss:where>",
      "<geo:lat>45.256</geo:lat><geo:long>-71.92</geo:long>",
      "<geo:Point><geo:long>-71.92</geo:long><geo:lat>45.256</geo:lat></geo:Point>",
      "<podcast:location geo=\"geo:45.256,-71.92;u=350\" osm=\"R1\"/>",
      "<media:location><georss:where><gml:Point><gml:pos>45.256 -71.92 31</gml:pos></gml:Point></georss:where></media:location>",
    ])
  func place(_ elements: String) {
    #expect(item(elements)?.location == Article.Location(latitude: 45.256, longitude: -71.92))
  }

  @Test("a place has the name that stands beside it")
  func placeName() {
    #expect(
      item("<georss:featurename>Lac  Massawippi</georss:featurename><georss:point>45 -72</georss:point>")?
        .location
        == Article.Location(latitude: 45, longitude: -72, name: "Lac Massawippi"))
    #expect(
      item("<podcast:location geo=\"geo:47,19\">Budapest</podcast:location>")?.location?.name == "Budapest")
    #expect(item("<podcast:location>Budapest</podcast:location>")?.location == nil)
  }

  @Test(
    "no place is made of what is none, and a warning says so",
    arguments: [
      "<georss:point>95 10</georss:point>", "<georss:point>10 200</georss:point>",
      "<georss:point>north</georss:point>", "<georss:point>1</georss:point>",
      "<georss:point>nan 5</georss:point>", "<geo:lat>91</geo:lat><geo:long>5</geo:long>",
    ])
  func noPlace(_ elements: String) {
    let document = parse(
      "<rss version=\"2.0\" \(Self.namespaces)><channel><item>\(elements)</item></channel></rss>")
    #expect(document?.entries.first?.location == nil)
    #expect(document?.warnings.first?.message.hasPrefix("unreadable place in <") == true)
  }

  @Test(
    "lines and areas are no place",
    arguments: [
      "<georss:line>45 -71 46 -72</georss:line>", "<georss:box>42 -71 43 -69</georss:box>",
      "<georss:where><gml:LineString><gml:pos>45 -71</gml:pos><gml:pos>46 -72</gml:pos></gml:LineString></georss:where>",
      "<georss:where><gml:Polygon><gml:exterior><gml:pos>45 -71</gml:pos></gml:exterior></gml:Polygon></georss:where>",
      "<geo:lat>45</geo:lat>",
    ])
  func shapes(_ elements: String) {
    #expect(item(elements)?.location == nil)
  }

  @Test("what one entry says is not said of the next")
  func separate() {
    let document = parse(
      """
      <rss version="2.0" \(Self.namespaces)><channel>
      <item><title>a</title><geo:lat>1</geo:lat><slash:comments>3</slash:comments><cc:license>http://l.org/</cc:license></item>
      <item><title>b</title><geo:long>2</geo:long></item></channel></rss>
      """)
    #expect(document?.entries.map(\.location) == [nil, nil])
    #expect(document?.entries.map(\.commentCount) == [3, nil])
    #expect(document?.entries.map(\.license) == ["http://l.org/", nil])
  }
}
