import PrecisConfig
import PrecisCurate
import PrecisModel
import PrecisTestLimits
import PrecisTestSupport
import Testing

@testable import PrecisPipeline

/// That each key under `[curation]` changes what is stored.
@Suite("The settings of the curation", .mustEnd)
struct CurationSettingsTests {
  private static let english = """
    The committee decided on Monday that the new library will be built beside the old market, and that the work should \
    begin before the winter. They said that the money for it had been found.
    """

  private static func stored(
    _ text: String, language: String? = nil, _ change: @escaping (inout Configuration) -> Void
  ) async throws -> Article {
    let declared = language.map { "<language>\($0)</language>" } ?? ""
    let server = try LoopbackServer { _ in
      .ok(
        """
        <?xml version="1.0"?><rss version="2.0"><channel><title>A</title>\(declared)<item><title>4711</title>
        <guid>1</guid><link>https://a.example/1</link><description>\(text)</description></item></channel></rss>
        """)
    }
    let library = try Library {
      $0.curation.fetchPages = .never
      change(&$0)
    }
    try await library.sync([server.url("/")])
    return try #require(try library.articles().first)
  }

  @Test(
    "language is that of articles which declare none and in which none is recognised",
    arguments: [
      ("1 2 3 4 5 6 7 8 9", nil, "pt"), ("1 2 3 4 5 6 7 8 9", "fr", "fr"), (english, nil, "en"),
      (english, "en-GB", "en-GB"),
    ] as [(String, String?, String)])
  func language(text: String, declared: String?, expected: String) async throws {
    let article = try await Self.stored(text, language: declared) { $0.curation.language = "pt" }
    #expect(article.language == expected)
  }

  @Test("without the key, and without a sign of a language, the article has none")
  func noLanguage() async throws {
    #expect(try await Self.stored("1 2 3 4 5 6 7 8 9") { _ in }.language == nil)
  }

  @Test("enabled = false leaves the curated keys out, and the language is still the configured one")
  func disabled() async throws {
    let article = try await Self.stored(Self.english) {
      $0.curation.enabled = false
      $0.curation.language = "en"
    }
    #expect(article.keyInsights.isEmpty)
    #expect(article.provenance.values.allSatisfy { $0.by == .publisher })
    #expect(article.language == "en")
  }

  @Test("taxonomy adds topics, found by their phrases in whatever case they are configured")
  func taxonomy() async throws {
    let article = try await Self.stored(Self.english + " The Old Market is the oldest; the old market stays.")
    {
      $0.curation.taxonomy = ["Town Planning": ["Old Market", "new library"]]
    }
    #expect(article.topics.contains("Town Planning"))
  }
}
