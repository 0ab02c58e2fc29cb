import PrecisModel

/// An article that a search found.
public struct SearchHit: Sendable, Equatable {
  /// The article.
  public let article: Article
  /// How well it fits: higher is better; comparable within one search only.
  public let score: Double
  /// The text around the first match, on one line.
  public let snippet: String
}

extension StoreReader {
  /// Articles that no index covers are searched one by one, at most so many of them, newest first.
  static let searchScanLimit = 20_000

  /// Articles that are ranked at most, the last to come in.
  private static let rankedLimit: Int64 = 5000

  /// The articles that fit a query best, at most `limit`.
  ///
  /// All words must occur; `"a phrase"`, `prefix*` and `-unwanted` are understood. What the search index covers is
  /// ranked by BM25, title before summary before text, the last 5,000 to come in of those that fit; how rare a word is, is
  /// told from a part of the store. The rest is looked through line by line.
  public func search(_ text: String, limit: Int) throws(StoreError) -> [SearchHit] {
    let query = SearchQuery(text)
    guard let fts = query.fts, limit > 0 else { return [] }
    if view.isStale(files) { try refresh() }
    var hits: [SearchHit] = []
    var indexed: Int64 = 0
    // Without the index, or while it cannot be read, everything is looked through.
    if let database = try? SQLiteDatabase(files.path(SearchIndexer.name), writable: false),
      (try? database.number("PRAGMA user_version")) == SearchIndexer.layout,
      let sequence = try? database.number("SELECT sequence FROM progress"), sequence <= view.lastSequence,
      let found = try? ranked(database, last: sequence, fts, query, limit)
    {
      hits = found
      indexed = sequence
    }
    hits += try scan(query, after: indexed, limit: limit)
    hits.sort { ($0.score, $0.article.dateSynced) > ($1.score, $1.article.dateSynced) }
    return Array(hits.prefix(limit))
  }

  private func ranked(
    _ database: SQLiteDatabase, last: Int64, _ fts: String, _ query: SearchQuery, _ limit: Int
  ) throws(StoreError) -> [SearchHit] {
    try database.addRelevance()
    var hits: [SearchHit] = []
    var rows: [(sequence: Int64, score: Double)] = []
    // A word of which every tenth article has some costs a look at each of them: so many are enough to choose from.
    try database.run(
      """
      SELECT id, score FROM (
        SELECT rowid AS id, relevance(fulltext, ?, 10.0, 4.0, 1.0) AS score FROM fulltext
        WHERE fulltext MATCH ? ORDER BY rowid DESC LIMIT ?)
      ORDER BY score DESC LIMIT ?
      """,
      [.integer(last), .text(fts), .integer(Self.rankedLimit), .integer(Int64(limit) * 2 + 16)]
    ) {
      rows.append(($0.integer(0), $0.double(1)))
      return true
    }
    for row in rows where hits.count < limit {
      var id: ArticleID?
      try database.run("SELECT id FROM articles WHERE sequence = ?", [.integer(row.sequence)]) {
        id = ArticleID($0.text(0))
        return false
      }
      // A line that was superseded or removed since it was indexed.
      guard let id, let place = view.place(id: id), place.sequence == row.sequence, !place.isRemoved,
        let article = try? view.article(place)
      else { continue }
      hits.append(
        SearchHit(article: article, score: row.score, snippet: query.snippet(article.searchableText)))
    }
    return hits
  }

  private func scan(_ query: SearchQuery, after sequence: Int64, limit: Int) throws(StoreError) -> [SearchHit]
  {
    guard view.lastSequence > sequence else { return [] }
    var hits: [SearchHit] = []
    let places =
      sequence == 0
      ? view.newest(Self.searchScanLimit, filter: ArticleFilter())
      : view.newest(Self.searchScanLimit, filter: ArticleFilter()).filter { $0.sequence > sequence }
    for place in places {
      guard let article = try? view.article(place) else { continue }
      let title = SearchQuery.fold(article.title)
      let text = article.searchableText
      guard query.matches(title + [0x0A] + SearchQuery.fold(text)) else { continue }
      hits.append(
        SearchHit(article: article, score: query.matches(title) ? 10 : 1, snippet: query.snippet(text)))
      if hits.count >= limit { break }
    }
    return hits
  }

  /// The newest articles with a topic: by the search index, and what it does not cover yet by a look at each; nil where that
  /// would be too many.
  func indexedPlaces(topic: String, filter: ArticleFilter, limit: Int) -> [ReaderView.Place]? {
    guard let dates = filter.dates,
      let database = try? SQLiteDatabase(files.path(SearchIndexer.name), writable: false),
      (try? database.number("PRAGMA user_version")) == SearchIndexer.layout,
      let indexed = try? database.number("SELECT sequence FROM progress"), indexed <= view.lastSequence,
      let fresh = view.places(after: indexed, limit: Self.searchScanLimit)
    else { return nil }
    var places: [ReaderView.Place] = []
    let sql =
      "SELECT id, sequence FROM topics WHERE topic = ? AND date BETWEEN ? AND ? ORDER BY date DESC, sequence DESC"
    let values: [SQLiteDatabase.Value] = [
      .text(topic.lowercased()), .integer(Int64(dates.lowerBound)), .integer(Int64(dates.upperBound)),
    ]
    do throws(StoreError) {
      try database.run(sql, values) { row in
        guard let id = ArticleID(row.text(0)), let place = view.place(id: id), !place.isRemoved,
          place.sequence == row.integer(1), place.isKept || !filter.isKept,
          filter.feed == nil || view.feed(of: place) == filter.feed?.number
        else { return true }
        places.append(place)
        return places.count < limit
      }
    } catch { return nil }
    // The newest first, so that no more of them are read than the answer takes.
    let oldest = places.count < limit ? nil : places.last
    var found: [ReaderView.Place] = []
    for place in fresh.filter({ dates.contains($0.date) }).sorted(by: Self.isNewer) {
      if found.count >= limit { break }
      if let oldest, Self.isNewer(oldest, place) { break }
      guard place.isKept || !filter.isKept,
        filter.feed == nil || view.feed(of: place) == filter.feed?.number
      else { continue }
      // A damaged line is passed over, and counted, by the look at all that follows.
      guard let line = try? view.line(place.location), line.withUnsafeBytes({ StoreLine.fault($0) }) == nil
      else { return nil }
      guard line.withUnsafeBytes({ TopicGlance.mayHold(topic, $0) }) else { continue }
      guard let article = try? view.article(place) else { return nil }
      if filter.accepts(article) { found.append(place) }
    }
    guard !found.isEmpty else { return places }
    return Array((places + found).sorted(by: Self.isNewer).prefix(limit))
  }

  private static func isNewer(_ a: ReaderView.Place, _ b: ReaderView.Place) -> Bool {
    (a.date, a.order) > (b.date, b.order)
  }
}

extension Article {
  /// What a search looks through besides the title.
  fileprivate var searchableText: String {
    guard let text = content?.text, !text.isEmpty else { return summary ?? "" }
    return summary.map { $0 + "\n" + text } ?? text
  }
}
