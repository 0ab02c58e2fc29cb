import PrecisJSON
import PrecisModel

/// Keeps index/search.sqlite, the derived full-text index, up to date.
///
/// It reads the store as any reader does, so it may run beside the writer, on a queue of its own. The file may be
/// deleted at any time; the next update makes it anew.
public final class SearchIndexer {
  static let name = "index/search.sqlite"
  /// Another layout is thrown away and made anew.
  static let layout: Int64 = 3
  /// Bytes of an article's text that are indexed.
  static let textLimit = 64 << 10

  private let files: StoreDirectory
  private let database: SQLiteDatabase
  /// Kept from one update to the next: it knows where it stopped.
  private var reader: StoreReader?

  /// Opens or makes the index of a store.
  ///
  /// - Throws: `.search` where the file cannot be written.
  public init(directory: String) throws(StoreError) {
    files = StoreDirectory(path: directory, fileSystem: POSIXFileSystem())
    let path = files.path(Self.name)
    let first = try SQLiteDatabase(path, writable: true)
    do throws(StoreError) {
      try Self.prepare(first)
      database = first
    } catch {
      guard first.isDamaged else { throw error }
      // Damaged, or of another program: it is derived, so it is simply made again.
      Self.discard(files)
      database = try SQLiteDatabase(path, writable: true)
      try Self.prepare(database)
    }
  }

  private static func discard(_ files: StoreDirectory) {
    // ignored: what cannot be removed is found damaged again.
    for suffix in ["", "-journal"] { try? files.remove(name + suffix) }
  }

  private static func prepare(_ database: SQLiteDatabase) throws(StoreError) {
    try database.execute(
      "PRAGMA journal_mode = TRUNCATE; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -8000;")
    if try database.number("PRAGMA user_version") != layout {
      try database.execute(
        """
        DROP TABLE IF EXISTS articles; DROP TABLE IF EXISTS topics; DROP TABLE IF EXISTS fulltext;
        DROP TABLE IF EXISTS progress;
        CREATE TABLE progress (sequence INTEGER NOT NULL, merged INTEGER NOT NULL, merging INTEGER NOT NULL);
        INSERT INTO progress VALUES (0, 0, 0);
        CREATE TABLE articles (sequence INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE);
        CREATE TABLE topics (topic TEXT, date INTEGER, sequence INTEGER, id TEXT,
          PRIMARY KEY (topic, date, sequence)) WITHOUT ROWID;
        CREATE VIRTUAL TABLE fulltext USING fts5 (title, summary, body, content = '',
          tokenize = 'unicode61 remove_diacritics 2');
        PRAGMA user_version = \(layout);
        """)
    }
  }

  /// The sequence number up to which articles are indexed.
  public func sequence() throws(StoreError) -> Int64 {
    try database.number("SELECT sequence FROM progress") ?? 0
  }

  /// Indexes at most `lines` lines more, in one transaction; whether more are left. Few in a transaction cost more each.
  public func update(lines: Int = 2000) throws(StoreError) -> Bool {
    // Another process may be at it, too: where to go on is read inside the transaction.
    try database.execute("BEGIN IMMEDIATE")
    do throws(StoreError) {
      let begun = try sequence()
      let reader: StoreReader
      if let kept = self.reader {
        reader = kept
        try reader.refresh()
      } else {
        reader = try StoreReader(directory: files.path)
        self.reader = reader
      }
      if reader.lastSequence < begun {
        // The store was replaced by an older one.
        try database.execute("PRAGMA user_version = 0; COMMIT; BEGIN")
        throw StoreError.search(reason: "the index is ahead of the store; it is made anew at the next start")
      }
      var last = begun
      var count = 0
      try reader.forEachDurableLine(after: begun) { (line, head) throws(StoreError) in
        try take(line, head)
        last = head.sequence
        count += 1
        return count < lines
      }
      if last > begun { try database.run("UPDATE progress SET sequence = ?", [.integer(last)]) }
      try database.execute("COMMIT")
      return count >= lines
    } catch {
      if database.isDamaged { Self.discard(files) }
      // ignored: the error that led here says more than that of the rollback.
      try? database.execute("ROLLBACK")
      throw error
    }
  }

  /// Joins the parts of the full-text index, each of which a search looks into, once they are worth it: writes about so many
  /// pages, in one transaction; whether more is left.
  ///
  /// With every quarter that the store grows by, but not for fewer than `lines`, all are made one again: what is indexed is
  /// rewritten about five times in its life. In between FTS5 joins small parts by itself.
  public func merge(pages: Int64 = 1000, lines: Int64 = 2000) throws(StoreError) -> Bool {
    try database.execute("BEGIN IMMEDIATE")
    do throws(StoreError) {
      let last = try sequence()
      let merged = try database.number("SELECT merged FROM progress") ?? 0
      let isUnderWay = try database.number("SELECT merging FROM progress") ?? 0 > 0
      guard isUnderWay || last - merged >= max(lines, merged / 4, 1) else {
        try database.execute("COMMIT")
        return false
      }
      if !isUnderWay { try database.run("UPDATE progress SET merging = ?", [.integer(last)]) }
      let before = database.changes
      // Negative: all parts become one. Then that is gone on with.
      try database.run(
        "INSERT INTO fulltext (fulltext, rank) VALUES ('merge', ?)", [.integer(isUnderWay ? pages : -pages)])
      // The statement itself is one change; FTS5 has nothing more to do where there was no other.
      let isMore = database.changes - before >= 2
      if !isMore { try database.execute("UPDATE progress SET merged = merging, merging = 0") }
      try database.execute("COMMIT")
      return isMore
    } catch {
      if database.isDamaged { Self.discard(files) }
      // ignored: the error that led here says more than that of the rollback.
      try? database.execute("ROLLBACK")
      throw error
    }
  }

  private func take(_ line: UnsafeRawBufferPointer, _ head: EntryHead) throws(StoreError) {
    let id = head.id
    // Its words stay in the full-text table; without a row in `articles` they are not found.
    try database.run("DELETE FROM articles WHERE id = ?", [.text(id.text)])
    guard !head.isRemoved, let json = try? JSONParser.parse(Array(line)), let article = Article(json: json)
    else { return }
    let sequence = SQLiteDatabase.Value.integer(head.sequence)
    try database.run("INSERT OR REPLACE INTO articles VALUES (?, ?)", [sequence, .text(id.text)])
    for topic in article.topics {
      try database.run(
        "INSERT OR REPLACE INTO topics VALUES (?, ?, ?, ?)",
        [.text(topic.lowercased()), .integer(Int64(head.date)), sequence, .text(id.text)])
    }
    let text = article.content?.text ?? ""
    let body =
      text.utf8.count <= Self.textLimit
      ? text : String(decoding: text.utf8.prefix(Self.textLimit), as: UTF8.self)
    try database.run(
      "INSERT INTO fulltext (rowid, title, summary, body) VALUES (?, ?, ?, ?)",
      [
        sequence, .text(article.title),
        .text(
          ([article.summary ?? ""] + article.topics + article.authors.compactMap(\.name)).joined(
            separator: "\n")),
        .text(body),
      ])
  }
}

extension StoreWriter {
  /// Brings the search index forward by at most `lines` lines; whether more are left. For a program without a queue
  /// for ``SearchIndexer``.
  public func updateSearchIndex(lines: Int = 2000) throws(StoreError) -> Bool {
    try SearchIndexer(directory: directory).update(lines: lines)
  }
}
