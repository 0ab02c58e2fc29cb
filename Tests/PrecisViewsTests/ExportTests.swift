import CSQLite
import Glibc
import PrecisJSON
import PrecisModel
import PrecisViews
import Testing

@Suite struct ExportTests {
  @Test("NDJSON is one article a line, as the store has it")
  func ndjson() throws {
    let text = try Sample.written {
      try Export.ndjson(Export.source([Sample.full, Sample.article()]), to: $0)
    }
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.count == 3)
    #expect(lines[2].isEmpty)
    #expect(Article(json: try JSONParser.parse(String(lines[0]))) == Sample.full)
  }

  @Test("Atom has what RFC 4287 asks of a feed and an entry")
  func atom() throws {
    let text = try Sample.written {
      try Export.atom(
        Export.source([Sample.full]), heading: ExportHeading(title: "T & U", updated: Sample.now), to: $0)
    }
    #expect(
      text == """
        <?xml version="1.0" encoding="utf-8"?>
        <feed xmlns="http://www.w3.org/2005/Atom" xmlns:thr="http://purl.org/syndication/thread/1.0" \
        xmlns:georss="http://www.georss.org/georss">
          <id>urn:precis:library</id>
          <title>T &amp; U</title>
          <updated>2026-11-18T11:06:40Z</updated>
          <generator>Precis</generator>
          <entry xml:lang="en">
            <id>urn:precis:article:\(Sample.full.id)</id>
            <title>Write-ahead logs &amp; torn tails</title>
            <updated>2026-11-17T21:13:20Z</updated>
            <published>2026-11-17T07:20:00Z</published>
            <author>
              <name>Ada Example</name>
              <uri>https://example.org/ada</uri>
            </author>
            <author>
              <name>b@example.org</name>
              <email>b@example.org</email>
            </author>
            <link rel="alternate" href="https://example.org/posts/wal"/>
            <link rel="related" href="https://db.example.net/wal"/>
            <link rel="license" href="https://creativecommons.org/licenses/by/4.0/"/>
            <link rel="enclosure" href="https://example.org/a.mp3" type="audio/mpeg" length="1024" \
        title="Read aloud"/>
            <link rel="enclosure" href="https://example.org/b"/>
            <link rel="replies" href="https://example.org/posts/wal#comments" type="text/html"/>
            <link rel="replies" href="https://example.org/posts/wal/comments.atom" type="application/xml"/>
            <thr:total>5</thr:total>
            <thr:in-reply-to ref="tag:example.org,2025:9" href="https://example.org/posts/tails"/>
            <georss:point>47.4979 19.0402</georss:point>
            <georss:featurename>Budapest</georss:featurename>
            <category term="Write-Ahead Logging"/>
            <category term="Crash Recovery"/>
            <summary>A log is written before the data. A torn tail is cut at the next start.</summary>
            <content type="html" xml:base="https://example.org/posts/wal">&lt;p&gt;A log is written before \
        the data.&lt;/p&gt;</content>
            <source>
              <id>https://example.org/feed</id>
              <title>Example Weekly</title>
              <updated>2026-11-18T11:06:40Z</updated>
              <link rel="self" href="https://example.org/feed"/>
              <link rel="alternate" href="https://example.org/"/>
            </source>
          </entry>
        </feed>

        """)
  }

  @Test("an entry without address, authors, title and content is still a valid one")
  func sparseAtom() throws {
    let text = try Sample.written {
      try Export.atom(Export.source([Sample.article(title: "")]), heading: ExportHeading(), to: $0)
    }
    #expect(text.contains("<title>Untitled</title>"))
    #expect(text.contains("<name>Example Weekly</name>"))
    #expect(text.contains("<link rel=\"alternate\" href=\"https://example.org/\"/>"))
  }

  @Test("a long Atom feed comes in pieces that make one document; text without HTML is text")
  func longAtom() throws {
    var article = Sample.full
    article.content?.html = ""
    article.content?.text = String(repeating: "long & ", count: 2000)
    var pieces = 0
    let text = try Sample.written { sink in
      let heading = ExportHeading(
        title: "T", description: "D", homePageURL: "https://h.example/", feedURL: "https://h.example/f")
      try Export.atom(Export.source(repeatElement(article, count: 20)), heading: heading) { piece in
        pieces += 1
        try sink(piece)
      }
    }
    #expect(pieces > 3)
    #expect(text.split(separator: "<entry").count == 21)
    #expect(text.contains("<content>long &amp; long"))
    #expect(text.contains("<id>https://h.example/f</id>"))
    #expect(text.contains("<link rel=\"self\" href=\"https://h.example/f\"/>"))
    #expect(text.hasSuffix("  </entry>\n</feed>\n"))
  }

  @Test("characters that XML cannot hold are dropped, the others escaped")
  func xmlCharacters() throws {
    var article = Sample.article()
    article.summary = "a\u{0}\u{1B}b<&>\"\u{FFFE}\r\u{1F600}]]>"
    let text = try Sample.written {
      try Export.atom(Export.source([article]), heading: ExportHeading(), to: $0)
    }
    #expect(text.contains("<summary>ab&lt;&amp;&gt;&quot;&#13;\u{1F600}]]&gt;</summary>"))
  }

  @Test("OPML nests folders, leaves removed feeds and credentials out")
  func opml() throws {
    var nested = Sample.feed("https://user:secret@b.example/rss?a=1&b=2", title: "B")
    nested.folder = "Tech/Swift"
    nested.homePageURL = nil
    var sibling = Sample.feed("https://c.example/rss", title: "C")
    sibling.folder = "Tech"
    var removed = Sample.feed("https://d.example/rss")
    removed.status = .removed
    let text = try Sample.written { try Export.opml([Sample.feed(), nested, sibling, removed], to: $0) }
    #expect(
      text == """
        <?xml version="1.0" encoding="utf-8"?>
        <opml version="2.0">
          <head>
            <title>Precis</title>
            <docs>http://opml.org/spec2.opml</docs>
          </head>
          <body>
            <outline text="Tech" title="Tech">
              <outline text="Swift" title="Swift">
                <outline type="rss" text="B" title="B" xmlUrl="https://b.example/rss?a=1&amp;b=2"/>
              </outline>
              <outline type="rss" text="C" title="C" xmlUrl="https://c.example/rss" htmlUrl="https://example.org/"/>
            </outline>
            <outline type="rss" text="Example Weekly" title="Example Weekly" xmlUrl="https://example.org/feed" \
        htmlUrl="https://example.org/"/>
          </body>
        </opml>

        """)
  }

  @Test("CSV quotes what needs it, and defuses formulas")
  func csv() throws {
    var article = Sample.article(title: "=HYPERLINK(\"https://evil.example\",\"x\")")
    article.summary = "one, two\n\"three\""
    article.method = " +1"
    article.topics = ["A", "B"]
    let text = try Sample.written { try Export.csv(Export.source([article]), to: $0) }
    let lines = text.split(separator: "\r\n", omittingEmptySubsequences: false).map(String.init)
    #expect(lines[0].hasPrefix("id,revision,date_published,"))
    #expect(lines[0].hasSuffix(",comment_count,in_reply_to,content_text"))
    #expect(
      lines[1] == """
        \(article.id),1,,,2026-11-18T11:06:40Z,"'=HYPERLINK(""https://evil.example"",""x"")",,,Example Weekly,\
        https://example.org/feed,\(article.feedID),,,,,,0,"one, two
        ""three\""",,,,"' +1",,A; B,,,,,,,,,,,
        """)
    #expect(lines.last == "")
  }

  @Test("an error of the source or the sink ends the export")
  func errors() {
    struct Broken: Error {}
    #expect(throws: Broken.self) { try Export.ndjson({ throw Broken() }, to: { _ in }) }
    #expect(throws: Broken.self) {
      try Export.csv(Export.source([Sample.full]), to: { _ in throw Broken() })
    }
  }

  @Test("an SQLite file holds articles, topics, references and feeds")
  func sqlite() throws {
    let folder = try temporaryFolder()
    defer { remove(folder) }
    let path = folder + "/precis.db"
    try Export.sqlite(Export.source([Sample.full, Sample.article()]), feeds: [Sample.feed()], path: path)
    defer { unlink(path) }
    #expect(
      query(path, "SELECT count(*), sum(word_count), typeof(max(revision)) FROM articles") == "2|612|integer")
    #expect(
      query(path, "SELECT group_concat(topic, '/') FROM (SELECT topic FROM topics ORDER BY position)")
        == "Write-Ahead Logging/Crash Recovery")
    #expect(query(path, "SELECT name FROM code_references WHERE kind = 'repository'") == "wal")
    #expect(query(path, "SELECT title, status FROM feeds") == "Example Weekly|active")
    #expect(
      query(
        path, "SELECT location, place, comment_count + 1, in_reply_to FROM articles WHERE license IS NOT NULL"
      )
        == "geo:47.4979,19.0402|Budapest|6|https://example.org/posts/tails")
    #expect(
      query(path, "SELECT json_extract(json, '$.depth') FROM articles WHERE revision = 2") == "advanced")
    #expect(throws: SQLiteExportError.exists(path: path)) {
      try Export.sqlite(Export.source([]), path: path)
    }
    #expect(throws: SQLiteExportError.self) {
      try Export.sqlite(Export.source([]), path: "/nonexistent/folder/precis.db")
    }
  }

  private func query(_ path: String, _ sql: String) -> String {
    var database: OpaquePointer?
    var statement: OpaquePointer?
    defer {
      sqlite3_finalize(statement)
      sqlite3_close(database)
    }
    guard sqlite3_open(path, &database) == SQLITE_OK,
      sqlite3_prepare_v2(database, sql, -1, &statement, nil) == SQLITE_OK,
      sqlite3_step(statement) == SQLITE_ROW
    else { return String(cString: sqlite3_errmsg(database)) }
    return (0..<sqlite3_column_count(statement)).map { column in
      sqlite3_column_text(statement, column).map { String(cString: $0) } ?? "NULL"
    }.joined(separator: "|")
  }

  private func temporaryFolder() throws -> String {
    var template = Array("/tmp/precis-views-XXXXXX".utf8CString)
    return try #require(mkdtemp(&template).map { String(cString: $0) })
  }
}
