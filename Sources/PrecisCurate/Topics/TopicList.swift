import PrecisModel

/// The topics of an article: its terms, the publisher's categories among them, and the configured topics.
struct TopicList {
  private(set) var names: [String] = []
  private(set) var quotes: [Article.Provenance.Quote] = []
  /// None of them was found in the text: all are the publisher's.
  private(set) var isPublishers = false
  /// A list of so many topics needs no plain words to be one.
  private static let fewest = 4

  init(
    _ reading: Reading, evidence: Taxonomy.Evidence, taxonomy: Taxonomy, categories: [String], most: Int
  ) {
    guard most > 0 else { return }
    var seen: [Set<String>] = []
    func words(_ name: String) -> Set<String> {
      // "HSIs" is "HSI", and "AI.Findings" has "AI".
      let parts = PhraseTableKey.words(name).flatMap { $0.split(separator: ".") }
      return Set(parts.map { String($0.hasSuffix("s") && $0.utf8.count > 3 ? $0.dropLast() : $0) })
    }
    func take(_ name: String, _ found: [Article.Provenance.Quote]) {
      let key = words(name)
      guard names.count < most, !key.isEmpty, key.count <= 5 else { return }
      guard !seen.contains(where: { $0.isSubset(of: key) || key.isSubset(of: $0) }) else { return }
      seen.append(key)
      names.append(Casing.title(name))
      quotes += found
    }
    // Configured topics first: somebody asked for them.
    let configured = evidence.topics.indices.filter { evidence.topics[$0].score > 0 }
      .sorted { (evidence.topics[$1].score, $0) < (evidence.topics[$0].score, $1) }
    for number in configured.prefix(3) {
      take(taxonomy.topicNames[number], Array(evidence.topics[number].quotes.prefix(1)))
    }
    let wanted = categories.prefix(64).map { words($0) }
    let terms = Keyphrases.terms(reading, limit: 2 * most) { phrase in
      // What the publisher filed it under weighs double.
      let key = words(phrase)
      return wanted.contains(key)
        ? 2 : wanted.contains(where: { !$0.isEmpty && $0.isSubset(of: key) }) ? 1.25 : 1
    }
    for term in terms where !term.isPlainWord || names.count < Self.fewest {
      let quote = Article.Provenance.Quote(
        offset: term.range.lowerBound, text: reading.document.verbatim(term.range))
      take(term.text, [quote])
    }
    if names.count < 3 {
      isPublishers = names.isEmpty
      for category in categories.prefix(64) where names.count < 3 {
        if category.utf8.count <= 60, !Self.isEmpty(category) { take(category, []) }
      }
    }
  }

  /// Categories that file nothing.
  private static func isEmpty(_ category: String) -> Bool {
    let name = category.lowercased()
    return [
      "uncategorized", "uncategorised", "general", "misc", "news", "blog", "posts", "post", "article",
      "articles",
      "allgemein", "featured", "other", "all", "home", "main", "default", "sonstiges",
    ].contains(name)
  }
}

/// The words that two names are compared by.
enum PhraseTableKey {
  private static let stemmer = Stemmer.of("en")

  static func words(_ text: String) -> [String] {
    var text = text
    let tokenizer = text.withUTF8 { Tokenizer(UnsafeBufferPointer(rebasing: $0.prefix(400))) }
    return tokenizer.tokens.map { token in
      let word = tokenizer.vocabulary.words[Int(token.word)]
      return stemmer?.stem(word) ?? word
    }
  }
}
