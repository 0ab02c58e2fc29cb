import PrecisModel
import PrecisViews
import Testing

@Suite struct ArticlePageTests {
  @Test("a page has the model's sections in the model's order, one line a value")
  func full() {
    #expect(
      ArticlePage.text(Sample.full) == """
        Write-ahead logs & torn tails
        Summary
        A log is written before the data. A torn tail is cut at the next start.
        Key takeaway
        For database engineers, write the log first.
        Key insights
        A torn tail is not damage.
        Principles
        - Write ahead.
        - Sync once for many.
        Method
        The author fails every system call in turn.
        In practice
        - Count the failure points.
        - Read the tail at start.
        Topics
        - Write-Ahead Logging
        - Crash Recovery
        Code references
        - example/wal (repository): https://github.com/example/wal
        - 2601.00001 (paper): https://arxiv.org/abs/2601.00001
        Best for: Database Engineer, SRE
        Related on Precis
        - Group commit: https://example.org/posts/group
        Editorial summary, takeaway, and curation by Precis. Original article published by Example Weekly.

        """)
  }

  @Test("sections without content are left out; code references and related stand empty")
  func sparse() {
    #expect(
      ArticlePage.text(Sample.article()) == """
        A title
        Code references
        Related on Precis
        Editorial summary, takeaway, and curation by Precis. Original article published by Example Weekly.

        """)
  }

  @Test("several insights are a list, one is a sentence")
  func insights() {
    var article = Sample.article()
    article.keyInsights = ["One.", "Two."]
    #expect(ArticlePage.text(article).contains("Key insights\n- One.\n- Two.\n"))
  }

  @Test("related articles that are known now replace those of the article")
  func related() {
    let other = Article.RelatedArticle(id: ArticleID(identity: "c"), title: "Newer", url: nil, score: 1)
    let page = ArticlePage.text(Sample.full, related: [other])
    #expect(page.contains("Related on Precis\n- Newer: \(other.id)\nEditorial"))
    let untitled = Article.RelatedArticle(id: other.id, title: "", url: "https://example.org/y", score: 1)
    #expect(
      ArticlePage.text(Sample.full, related: [untitled]).contains("\n- https://example.org/y\nEditorial"))
  }

  @Test("an untitled article is headed by its address, else by its id")
  func untitled() {
    var article = Sample.article(title: " ")
    #expect(ArticlePage.text(article).hasPrefix(article.id.text + "\n"))
    article.url = "https://example.org/x"
    #expect(ArticlePage.text(article).hasPrefix("https://example.org/x\n"))
  }

  @Test("with a width, lines are wrapped at spaces and items hang")
  func wrapped() {
    let page = ArticlePage.text(Sample.full, style: PageStyle(width: 30))
    #expect(
      page.contains("Summary\nA log is written before the\ndata. A torn tail is cut at\nthe next start.\n"))
    #expect(page.contains("- example/wal (repository):\n  https://github.com/example/wal\n"))
    #expect(page.split(separator: "\n").allSatisfy { $0.count <= 30 || $0.contains("https://") })
  }

  @Test("colour marks headings only, and only when asked for")
  func color() {
    let page = ArticlePage.text(Sample.full, style: PageStyle(color: true))
    #expect(page.contains("\u{1B}[1mSummary\u{1B}[0m\n"))
    #expect(!ArticlePage.text(Sample.full).contains("\u{1B}"))
  }

  @Test("nothing that strangers wrote reaches the terminal as a control")
  func hostile() {
    var article = Sample.full
    article.title = "a\u{1B}]0;owned\u{7}b\u{202E}c"
    article.summary = "line\none\u{1B}[2J\ttwo"
    article.codeReferences[0].name = "w\nal\u{9B}31m"
    let page = ArticlePage.text(article)
    #expect(page.hasPrefix("abc\nSummary\nline one two\n"))
    #expect(page.contains("- example/w al (repository)"))
    #expect(page.unicodeScalars.allSatisfy { $0 == "\n" || $0.value >= 0x20 })
  }
}
