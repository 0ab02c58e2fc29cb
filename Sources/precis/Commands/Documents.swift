import ArgumentParser
import PrecisCurate
import PrecisExtract
import PrecisHTML
import PrecisJSON
import PrecisModel
import PrecisNearDuplicate
import PrecisParse
import PrecisPipeline
import PrecisURL
import PrecisViews

/// `precis extract`
struct Extract: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "extract", abstract: "Print the article of an HTML page, without what surrounds it.",
    discussion: "The exit status is 65 where a page holds no article.")

  enum Format: String, ExpressibleByArgument {
    case text, html, json
  }

  @OptionGroup var options: GlobalOptions

  @Option(help: "text, html or json.")
  var format: Format?

  @Option(help: ArgumentHelp("The page's address: relative ones are resolved against it.", valueName: "url"))
  var url: String?

  @Option(help: ArgumentHelp("The Content-Type that it came with.", valueName: "type"))
  var contentType: String?

  @Argument(help: ArgumentHelp("HTML files, - for standard input.", valueName: "file"))
  var files: [String]

  func run() throws {
    let invocation = try Invocation(options)
    var first: Failure?
    for file in files {
      // One page without an article keeps no other from being read.
      do {
        try extract(file, invocation)
      } catch let failure as Failure {
        // The first one ends the command, and is told there.
        if first == nil { first = failure } else { invocation.terminal.note("precis: \(failure.message)") }
      }
    }
    if let first { throw first }
  }

  private func extract(_ file: String, _ invocation: Invocation) throws {
    let bytes = try InputFile.bytes(file)
    try DocumentKind.refuseFeed(bytes, file)
    let page: ExtractedPage
    do {
      page = try ArticleExtractor().extract(bytes, url: url, contentType: contentType)
    } catch {
      throw Failure(.data, "\(file): \(error)")
    }
    let clean = HTMLCleaner().clean(page.html, baseURL: (url ?? page.url).flatMap { WebURL($0) })
    switch format ?? (invocation.isJSON ? .json : .text) {
    case .text: try invocation.terminal.out(TerminalText.cleanParagraphs(page.text) + "\n")
    case .html: try invocation.terminal.out(clean.html + "\n")
    case .json: try invocation.terminal.out(json(page, html: clean.html))
    }
    switch page.verdict {
    case .consent, .paywall, .listing:
      invocation.terminal.note("precis: \(file): it looks like no whole article (\(page.verdict.rawValue))")
    case .article, .empty: break
    }
    if page.text.isEmpty { throw Failure(.data, "\(file): no article was found (\(page.verdict.rawValue))") }
  }

  private func json(_ page: ExtractedPage, html: String) -> [UInt8] {
    var json = JSONWriter()
    json.beginObject()
    json.field("title", page.title)
    json.field("url", page.url)
    json.key("authors")
    json.beginArray()
    for author in page.authors { author.write(to: &json) }
    json.endArray()
    json.field("date_published", page.datePublished?.description)
    json.field("date_modified", page.dateModified?.description)
    json.field("language", page.language)
    json.field("site_name", page.siteName)
    json.field("description", page.description)
    json.field("image", page.image)
    json.field("verdict", page.verdict.rawValue)
    json.field("word_count", page.wordCount)
    json.field("content_html", html)
    json.field("content_text", page.text)
    json.endObject()
    json.newline()
    return json.bytes
  }
}

/// `precis curate`
struct Curate: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "curate", abstract: "Run the curator on single documents and print the pages that it makes.",
    discussion: """
      A text holds the title on its first line and what follows after it, paragraphs parted by blank lines; a text of \
      one paragraph has no title. A page is extracted first: a file whose name ends in .html or .htm, or that begins as \
      one, and what comes from an address, but for plain text. The exit status is that of the first document that could \
      not be curated.
      """)

  @OptionGroup var options: GlobalOptions

  @Option(help: "The language (BCP 47), where it is known.")
  var language: String?

  @Option(help: "Print a summary of about so many words, and nothing else.")
  var words: Int?

  @Argument(
    help: ArgumentHelp("Text or HTML files, - for standard input, or addresses.", valueName: "file"))
  var sources: [String]

  func validate() throws {
    guard words.map({ $0 > 0 }) ?? true else { throw ValidationError("--words must be at least 1") }
  }

  func run() throws {
    let invocation = try Invocation(options)
    let curator = Curator(configuration: CuratorConfiguration(invocation.configuration))
    var first: Failure?
    for source in sources {
      // One that cannot be had keeps no other from being read.
      do {
        try curate(source, curator, invocation)
      } catch let failure as Failure {
        // The first one ends the command, and is told there.
        if first == nil { first = failure } else { invocation.terminal.note("precis: \(failure.message)") }
      }
    }
    if let first { throw first }
  }

  private func curate(_ source: String, _ curator: Curator, _ invocation: Invocation) throws {
    let (document, links) = try article(source, invocation)
    var article = document
    if let words {
      let input = CuratorInput(
        title: article.title, text: article.content?.text ?? "", language: article.language)
      return try print(summary: curator.summarise(input, words: words), invocation)
    }
    // Whoever asks for it gets it, also where articles of feeds are not curated.
    var settings = invocation.configuration.curation
    settings.enabled = true
    Curation(curator: curator, configuration: settings)
      .apply(to: &article, links: links.map { (url: $0.url, text: $0.text) })
    if invocation.isJSON { return try invocation.print([article]) }
    try invocation.terminal.out(ArticlePage.text(article, style: invocation.style))
  }

  /// The article and its links; those of a plain text are found by the curator in the text itself.
  private func article(_ source: String, _ invocation: Invocation) throws -> (Article, [CleanHTML.Link]) {
    if source.hasPrefix("http://") || source.hasPrefix("https://") { return try fetched(source, invocation) }
    let bytes = try InputFile.bytes(source, limit: 16 << 20)
    try DocumentKind.refuseFeed(bytes, source)
    if source.hasSuffix(".html") || source.hasSuffix(".htm") || DocumentKind.isPage(bytes) {
      return try page(bytes, source, nil, nil, invocation)
    }
    return (try text(bytes, source), [])
  }

  private func fetched(_ address: String, _ invocation: Invocation) throws -> (Article, [CleanHTML.Link]) {
    let arrived = Promise<OneDocument.Outcome>()
    try OneDocument.fetch(
      page: address, configuration: invocation.configuration, version: Precis.version
    ) { arrived.fulfil($0) }
    let document = try arrived.value()
    // What is told of it goes to logs: without the password.
    let shown = WebURL(address)?.withoutCredentials().text ?? address
    try DocumentKind.refuseFeed(document.bytes, shown)
    guard document.contentType?.lowercased().hasPrefix("text/plain") == true,
      !DocumentKind.isPage(document.bytes)
    else { return try page(document.bytes, shown, document.url, document.contentType, invocation) }
    var article = try text(document.bytes, shown)
    article.url = document.url
    return (article, [])
  }

  private func text(_ bytes: [UInt8], _ source: String) throws -> Article {
    let decoded = Array(String(decoding: bytes.prefix(1 << 16), as: UTF8.self).utf8)
    guard Curator.isText(decoded), !bytes.starts(with: "%PDF-".utf8) else {
      throw Failure(.data, "\(source): not a text")
    }
    let (title, text) = Self.titleAndText(String(decoding: bytes, as: UTF8.self))
    guard !text.isEmpty else { throw Failure(.data, "\(source): the text is empty") }
    return PageArticle.make(title: title, text: text, language: language, at: Invocation.now())
  }

  private func page(
    _ bytes: [UInt8], _ source: String, _ url: String?, _ contentType: String?, _ invocation: Invocation
  ) throws -> (Article, [CleanHTML.Link]) {
    do {
      let page = try PageArticle.make(of: bytes, url: url, contentType: contentType, at: Invocation.now())
      return try judged(page, source, invocation)
    } catch let error as ExtractError {
      throw Failure(.data, "\(source): \(error)")
    }
  }
}

extension Curate {
  /// The article of a page, where it shows one: what a page asks of its visitors is no summary of anything.
  private func judged(
    _ page: (article: Article, links: [CleanHTML.Link], verdict: ExtractedPage.Verdict), _ source: String,
    _ invocation: Invocation
  ) throws -> (Article, [CleanHTML.Link]) {
    switch page.verdict {
    case .consent:
      throw Failure(
        .data, "\(source): the page asks for consent, JavaScript or proof of being human; it shows no article"
      )
    case .empty where page.article.content?.text.isEmpty ?? true:
      throw Failure(.data, "\(source): no article was found (empty)")
    case .paywall:
      invocation.terminal.note("precis: \(source): only what the page shows without a subscription was read")
    case .listing:
      invocation.terminal.note("precis: \(source): this looks like a list of articles, not like one")
    case .article, .empty: break
    }
    return (page.article, page.links)
  }

  private func print(summary: String, _ invocation: Invocation) throws {
    guard invocation.isJSON else { return try invocation.terminal.out(summary + "\n") }
    var json = JSONWriter()
    json.beginObject()
    json.field("summary", summary)
    json.endObject()
    json.newline()
    try invocation.terminal.out(json.bytes)
  }

  /// The first line of a text and what follows it; a text of one paragraph has no title.
  private static func titleAndText(_ text: String) -> (title: String, text: String) {
    let text = text.drop { $0.isWhitespace || $0 == "\u{FEFF}" }
    let newline = text.firstIndex(where: \.isNewline) ?? text.endIndex
    let body = text[newline...].drop(while: \.isNewline)
    guard body.contains(where: { !$0.isWhitespace }), text[..<newline].utf8.count <= longestTitle else {
      return ("", String(text))
    }
    return (String(text[..<newline]), String(body))
  }

  private static let longestTitle = 400
}

/// Tells what a document is by its bytes.
private enum DocumentKind {
  /// Whether a document begins as HTML does.
  static func isPage(_ bytes: [UInt8]) -> Bool {
    let start = opening(bytes).lowercased()
    return ["<!doctype html", "<html", "<head", "<body"].contains { start.hasPrefix($0) }
  }

  /// Ends where a document is a feed, which holds many articles or none.
  static func refuseFeed(_ bytes: [UInt8], _ source: String) throws {
    guard let first = opening(bytes).first, first == "<" || first == "{", !isPage(bytes) else { return }
    // A text about feeds may begin with "<rss>" too.
    guard let found = try? FeedParser.parse(bytes), found.feed.title != nil || !found.entries.isEmpty else {
      return
    }
    throw Failure(
      .data,
      "\(source): this is a feed, not an article; `precis add` follows it, `precis parse` prints what a file of it holds"
    )
  }

  private static func opening(_ bytes: [UInt8]) -> Substring {
    String(decoding: bytes.prefix(256), as: UTF8.self).drop { $0.isWhitespace || $0 == "\u{FEFF}" }
  }
}

/// `precis near-duplicates`
struct NearDuplicates: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "near-duplicates",
    abstract: "Tell for pairs of texts whether they are nearly the same.",
    discussion: "Reads NDJSON with the members a and b, and prints one line of JSON for each.")

  @OptionGroup var options: GlobalOptions

  @Argument(help: "An NDJSON file; - for standard input.")
  var file: String

  func run() throws {
    let invocation = try Invocation(options)
    do {
      try invocation.terminal.out(try NearDuplicatePairs.decide(try InputFile.bytes(file, limit: 1 << 30)))
    } catch let error as JSONError {
      throw Failure(.data, "\(file): \(error)")
    }
  }
}
