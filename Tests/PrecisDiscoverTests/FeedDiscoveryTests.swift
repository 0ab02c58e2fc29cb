import PrecisURL
import Testing

@testable import PrecisDiscover

private func found(
  _ html: String, at page: String = "https://blog.example/2026/post", headers: [FeedDiscovery.LinkHeader] = []
) throws -> [FeedCandidate] {
  FeedDiscovery.candidates(html: Array(html.utf8), pageURL: try #require(WebURL(page)), linkHeaders: headers)
}

@Suite("Feeds of a page")
struct FeedDiscoveryTests {
  @Test(
    "link elements are found in every spelling",
    arguments: [
      #"<link rel="alternate" type="application/rss+xml" href="/feed">"#,
      #"<LINK REL='ALTERNATE' HREF='/feed' TYPE='Application/RSS+XML; charset=utf-8' />"#,
      "<link rel=alternate type=application/rss+xml href=/feed>",
      "<link\n\trel = \"alternate home\"\n type=application/atom+xml\n href = \"/feed\"\n>",
      #"<link title=">" rel="alternate" type="application/feed+json" href="/feed">"#,
      #"<link rel="feed" href="/feed">"#,
      #"<link rel="alternate" type="text/xml" href="/feed">"#,
      #"<link rel="alternate" type="application/rss+xml" href="https&#58;//blog.example/feed">"#,
      #"<link rel="alternate" type="application/rss+xml" href="feed://blog.example/feed" "#,
      #"<link rel="alternate" type="application/rss+xml" href="  /feed#x ">"#,
    ])
  func linkElements(html: String) throws {
    let urls = try found("<!doctype html><html><head>\(html)</head><body>").map(\.url)
    #expect(urls.count == 1)
    #expect(urls.first?.hasSuffix("//blog.example/feed") ?? false)
  }

  @Test(
    "other link elements are none",
    arguments: [
      #"<link rel="stylesheet" type="text/css" href="/feed">"#,
      #"<link rel="alternate stylesheet" href="/feed">"#,
      #"<link rel="alternate" hreflang="de" href="/de/">"#,
      #"<link rel="alternate" type="text/html" href="/feed">"#,
      #"<link rel="alternate" type="application/json" href="https://blog.example/wp-json/wp/v2/posts/1">"#,
      #"<link rel="alternate" type="text/xml+oembed" href="/oembed?format=xml">"#,
      #"<link rel="alternate" type="application/rss+xml">"#,
      #"<link rel="alternate" type="application/rss+xml" href="javascript:alert(1)">"#,
      #"<link rel="alternate" type="application/rss+xml" href="file:///etc/passwd">"#,
      #"<!-- <link rel="alternate" type="application/rss+xml" href="/feed"> -->"#,
      #"<script>var x = '<link rel="alternate" type="application/rss+xml" href="/feed">'</script>"#,
      #"<textarea><link rel="alternate" type="application/rss+xml" href="/feed"></textarea>"#,
    ])
  func notFeeds(html: String) throws {
    #expect(try found(html) == [])
  }

  @Test("base counts, the first one, wherever links stand after it")
  func base() throws {
    let html = """
      <base href="/site/"><base href="https://other.example/">
      <link rel="alternate" type="application/rss+xml" href="feed">
      """
    #expect(try found(html).map(\.url) == ["https://blog.example/site/feed"])
  }

  @Test("titles and types are read")
  func titles() throws {
    let html =
      #"<link rel="alternate" type="application/rss+xml" title="Ann &amp; Bob &raquo; Feed" href="/feed">"#
    let candidate = try #require(try found(html).first)
    #expect(candidate.title == "Ann & Bob » Feed")
    #expect(candidate.type == "application/rss+xml")
    #expect(candidate.source == .linkElement)
  }

  @Test("the feed of posts stands before those of comments and categories")
  func ranking() throws {
    let html = """
      <link rel="alternate" type="application/rss+xml" title="Blog » Comments Feed" href="/comments/feed/">
      <link rel="alternate" type="application/rss+xml" title="Swift" href="/category/swift/feed/">
      <link rel="alternate" type="application/rss+xml" title="Blog » Feed" href="/feed/">
      <a href="/rss.xml">RSS</a>
      """
    let paths = try found(html).map(\.url)
    #expect(
      paths == [
        "https://blog.example/feed/", "https://blog.example/category/swift/feed/",
        "https://blog.example/rss.xml",
        "https://blog.example/comments/feed/",
      ])
  }

  @Test(
    "links in the text are found by their end or their name",
    arguments: [
      (#"<a href="/index.xml">Subscribe</a>"#, true), (#"<a href="/blog/feed/">x</a>"#, true),
      (#"<a href="/latest.atom">x</a>"#, true), (#"<a href="/?feed=rss2">x</a>"#, true),
      (#"<a href="/subscribe-here" title="RSS">x</a>"#, true), (#"<a href="/out"> RSS feed </a>"#, true),
      (#"<a type="application/atom+xml" href="/x">x</a>"#, true),
      (#"<a href="/feedback">Feedback</a>"#, false),
      (#"<a href="/sitemap.xml">Map</a>"#, false),
      (#"<a href="/about">About RSS feeds in general</a>"#, false),
      (#"<a href="mailto:rss@blog.example">RSS</a>"#, false), (#"<a name="rss">RSS</a>"#, false),
    ])
  func anchors(html: String, isFeed: Bool) throws {
    #expect(try found(html).count == (isFeed ? 1 : 0))
  }

  @Test("an address is given once, with the best that is known of it")
  func once() throws {
    let html = """
      <a href="/feed">RSS</a>
      <link rel="alternate" type="application/rss+xml" href="https://blog.example/feed">
      <a href="/feed#top">feed</a>
      """
    let candidates = try found(html)
    #expect(candidates.map(\.source) == [.linkElement])
    #expect(candidates.first?.title == "RSS")
  }

  @Test("Link headers are feeds, too")
  func headers() throws {
    let candidates = try found(
      "",
      headers: [
        ("/feed.json", "alternate", "application/feed+json"), ("/style.css", "preload", nil),
        ("/hub", "hub", nil),
      ])
    #expect(candidates.map(\.url) == ["https://blog.example/feed.json"])
    #expect(candidates.first?.source == .linkHeader)
  }

  @Test(
    "hostile pages end soon and give few candidates",
    arguments: [
      String(repeating: "<", count: 200_000), String(repeating: "<a ", count: 100_000),
      String(repeating: "<a href=", count: 50_000), String(repeating: "<link rel='", count: 50_000),
      String(repeating: "<!--", count: 50_000), String(repeating: "<!-- -->", count: 50_000),
      String(repeating: "<script>", count: 50_000), String(repeating: "<script></script >", count: 20_000),
      "<a " + String(repeating: "x=1 ", count: 100_000) + ">",
      "<a href=\"" + String(repeating: "a", count: 300_000),
      "<link href=/feed rel=alternate", "<", "<a", "<!", "<!-", "<!--", "<!-->", "</", "<a href", "<a href=",
      "<a href='",
      "<title></titl", "&#x110000;<a href='/feed'>&#0;&amp",
    ])
  func hostile(html: String) throws {
    #expect(try found(html).count <= FeedDiscovery.candidateLimit)
  }

  @Test("candidates are bounded")
  func bounded() throws {
    let html = (0..<5000).map { "<a href='/\($0)/feed'>x</a>" }.joined()
    #expect(try found(html).count == FeedDiscovery.candidateLimit)
  }

  @Test("common paths are few, absolute, and begin near the page")
  func commonPaths() throws {
    let paths = FeedDiscovery.commonPaths(try #require(WebURL("https://user:pw@blog.example/de/?x=1")))
    #expect(paths.first == "https://blog.example/de/feed")
    #expect(paths.contains("https://blog.example/feed"))
    #expect(paths.contains("https://blog.example/index.xml"))
    #expect(Set(paths).count == paths.count)
    #expect(paths.count <= 20)
    #expect(FeedDiscovery.commonPaths(try #require(WebURL("gemini://blog.example/"))) == [])
  }

  @Test("common paths are not tried where the page or its site says where the feed is")
  func guesses() throws {
    let blog = try #require(WebURL("https://blog.example/"))
    #expect(FeedDiscovery.addressesToTry([], page: blog) == FeedDiscovery.commonPaths(blog))
    let stated = try found("<link rel=alternate type='application/rss+xml' href='/f'>")
    #expect(FeedDiscovery.addressesToTry(stated, page: blog) == stated.map(\.url))
    let forge = try #require(WebURL("https://github.com/example/wal"))
    let known = FeedDiscovery.knownSite(forge)
    #expect(!known.isEmpty && FeedDiscovery.addressesToTry(known, page: forge) == known.map(\.url))
    let someone = try #require(WebURL("https://blog.example/@someone"))
    #expect(
      FeedDiscovery.addressesToTry(FeedDiscovery.knownSite(someone), page: someone).count
        > FeedDiscovery.commonPaths(someone).count)
  }
}

@Suite("Known sites")
struct KnownSiteTests {
  private func first(_ page: String) throws -> String? {
    FeedDiscovery.knownSite(try #require(WebURL(page))).first?.url
  }

  @Test(
    "a page's address gives the feed's",
    arguments: [
      (
        "https://www.youtube.com/channel/UC123/videos",
        "https://www.youtube.com/feeds/videos.xml?channel_id=UC123"
      ),
      ("https://m.youtube.com/channel/UC123", "https://www.youtube.com/feeds/videos.xml?channel_id=UC123"),
      (
        "https://www.youtube.com/playlist?a=b&list=PL9",
        "https://www.youtube.com/feeds/videos.xml?playlist_id=PL9"
      ),
      ("https://github.com/apple/swift", "https://github.com/apple/swift/releases.atom"),
      ("https://github.com/apple/swift/releases", "https://github.com/apple/swift/releases.atom"),
      ("https://github.com/apple/swift/tags", "https://github.com/apple/swift/tags.atom"),
      (
        "https://github.com/apple/swift/commits/release/6.0/",
        "https://github.com/apple/swift/commits/release/6.0.atom"
      ),
      ("https://github.com/apple", "https://github.com/apple.atom"),
      ("https://www.reddit.com/r/swift/top/", "https://www.reddit.com/r/swift/.rss"),
      ("https://old.reddit.com/user/ann", "https://www.reddit.com/user/ann/.rss"),
      ("https://ann.substack.com/p/a-post", "https://ann.substack.com/feed"),
      ("https://medium.com/@ann/a-post-123", "https://medium.com/feed/@ann"),
      ("https://medium.com/tag/swift", "https://medium.com/feed/tag/swift"),
      ("https://ann.medium.com/", "https://ann.medium.com/feed"),
      ("https://arxiv.org/list/cs.LG/recent", "https://rss.arxiv.org/atom/cs.LG"),
      ("https://mastodon.example/@ann", "https://mastodon.example/@ann.rss"),
      ("https://pypi.org/project/numpy/2.0/", "https://pypi.org/rss/project/numpy/releases.xml"),
      ("https://crates.io/crates/serde", "https://static.crates.io/rss/crates/serde.xml"),
      ("https://stackoverflow.com/questions/tagged/swift", "https://stackoverflow.com/feeds/tag/swift"),
      ("https://math.stackexchange.com/questions/tagged/pi", "https://math.stackexchange.com/feeds/tag/pi"),
      ("https://bsky.app/profile/ann.example", "https://bsky.app/profile/ann.example/rss"),
      ("https://news.ycombinator.com/", "https://news.ycombinator.com/rss"),
    ])
  func known(page: String, feed: String) throws {
    #expect(try first(page) == feed)
  }

  @Test(
    "pages that name no feed give none",
    arguments: [
      "https://github.com/features/actions", "https://github.com/", "https://www.youtube.com/watch?v=1",
      "https://www.youtube.com/playlist", "https://medium.com/", "https://substack.com/home",
      "https://blog.example/",
      "https://evilgithub.com/apple/swift", "https://github.com.evil.example/apple/swift",
      "gemini://github.com/a/b",
      "https://mastodon.example/@ann/1234", "https://mastodon.example/@",
    ])
  func unknown(page: String) throws {
    #expect(try first(page) == nil)
  }

  @Test("what a page says itself stands before a guess from its address")
  func pageFirst() throws {
    let page = try #require(WebURL("https://social.example/@ann"))
    let html = #"<link rel="alternate" type="application/rss+xml" href="/users/ann.rss">"#
    let urls = FeedDiscovery.candidates(html: Array(html.utf8), pageURL: page).map(\.url)
    #expect(urls == ["https://social.example/users/ann.rss", "https://social.example/@ann.rss"])
  }

  @Test("every feed's address in the table can be read once its places are filled")
  func table() {
    for row in KnownSites.rows {
      for feed in row.feeds {
        let filled = feed.url.replacing("{host}", with: "h.example").replacing("{", with: "").replacing(
          "}", with: "")
        #expect(WebURL(filled)?.isWeb ?? false, "\(feed.url)")
      }
    }
  }
}
