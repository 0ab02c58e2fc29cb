import CSQLite
import PrecisJSON
import PrecisModel

/// Why a database could not be written.
public enum SQLiteExportError: Error, Sendable, Equatable, CustomStringConvertible {
  /// There is a file already; an export never overwrites.
  case exists(path: String)
  /// SQLite's words for what failed.
  case failed(path: String, message: String)

  /// A sentence for a person.
  public var description: String {
    switch self {
    case .exists(let path): return "\(path): there is a file already; remove it or name another"
    case .failed(let path, let message): return "\(path): \(message)"
    }
  }
}

extension Export {
  /// One database file with the tables `articles` (one row each, lists joined, and the whole article as `json`),
  /// `topics`, `code_references` and `feeds`, ready for SQLite, Datasette or DuckDB.
  ///
  /// - Throws: `SQLiteExportError`, and what the source throws; the unfinished file is left for the caller to remove.
  public static func sqlite(_ source: Source, feeds: [FeedState] = [], path: String) throws {
    let database = try SQLiteFile(path: path)
    // A new file that can be made again: no journal and no waiting for the disk.
    try database.run("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF")
    try database.run(schema)
    let names = columns.map(\.name) + ["json"]
    let marks = names.map { _ in "?" }.joined(separator: ",")
    let articles = try database.prepare("INSERT OR REPLACE INTO articles VALUES (\(marks))")
    let topics = try database.prepare("INSERT INTO topics VALUES (?,?,?)")
    let references = try database.prepare("INSERT INTO code_references VALUES (?,?,?,?,?)")
    try database.run("BEGIN")
    var json = JSONWriter()
    while let article = try source() {
      json.removeAll()
      article.write(to: &json)
      try articles.insert(columns.map { $0.text(article) } + [json.text])
      for (index, topic) in article.topics.enumerated() {
        try topics.insert([article.id.text, topic, "\(index + 1)"])
      }
      for reference in article.codeReferences {
        try references.insert([
          article.id.text, reference.url, reference.kind.rawValue, reference.owner, reference.name,
        ])
      }
    }
    try insert(feeds, into: database)
    try database.run("COMMIT")
    try database.run(indexes)
  }

  private static func insert(_ feeds: [FeedState], into database: SQLiteFile) throws {
    let statement = try database.prepare("INSERT OR REPLACE INTO feeds VALUES (?,?,?,?,?,?,?,?)")
    for feed in feeds where feed.status != .removed {
      try statement.insert([
        feed.id.text, withoutCredentials(feed.url), feed.displayTitle, feed.homePageURL, feed.folder,
        feed.status.rawValue, feed.lastSuccess?.description, feed.failure?.message,
      ])
    }
  }

  private static var schema: String {
    let numbers: Set = ["revision", "word_count", "comment_count"]
    let articles = columns.map { column in
      column.name == "id"
        ? "id TEXT PRIMARY KEY" : "\(column.name) \(numbers.contains(column.name) ? "INTEGER" : "TEXT")"
    }
    return """
      CREATE TABLE articles (\(articles.joined(separator: ", ")), json TEXT NOT NULL);
      CREATE TABLE topics (article_id TEXT NOT NULL, topic TEXT NOT NULL, position INTEGER NOT NULL);
      CREATE TABLE code_references (article_id TEXT NOT NULL, url TEXT NOT NULL, kind TEXT NOT NULL,
        owner TEXT, name TEXT NOT NULL);
      CREATE TABLE feeds (id TEXT PRIMARY KEY, url TEXT NOT NULL, title TEXT, home_page_url TEXT, folder TEXT,
        status TEXT NOT NULL, last_success TEXT, failure TEXT);
      """
  }

  private static let indexes = """
    CREATE INDEX articles_by_date ON articles (date_published);
    CREATE INDEX articles_by_feed ON articles (feed_id, date_published);
    CREATE INDEX topics_by_topic ON topics (topic);
    CREATE INDEX topics_by_article ON topics (article_id);
    """
}

/// A database that is being written; closes itself.
private final class SQLiteFile {
  private let handle: OpaquePointer
  private let path: String

  init(path: String) throws(SQLiteExportError) {
    self.path = path
    var handle: OpaquePointer?
    // EXCLUSIVE is of no effect on opening, so an existing file is told by its schema.
    let code = sqlite3_open_v2(path, &handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, nil)
    guard code == SQLITE_OK, let handle else {
      let message =
        handle.map { String(cString: sqlite3_errmsg($0)) } ?? String(cString: sqlite3_errstr(code))
      sqlite3_close_v2(handle)
      throw .failed(path: path, message: message)
    }
    self.handle = handle
    guard try isEmpty() else { throw .exists(path: path) }
  }

  deinit { sqlite3_close_v2(handle) }

  func run(_ sql: String) throws(SQLiteExportError) {
    guard sqlite3_exec(handle, sql, nil, nil, nil) == SQLITE_OK else { throw failure }
  }

  func prepare(_ sql: String) throws(SQLiteExportError) -> SQLiteInsert {
    var statement: OpaquePointer?
    guard sqlite3_prepare_v2(handle, sql, -1, &statement, nil) == SQLITE_OK, let statement else {
      throw failure
    }
    return SQLiteInsert(statement: statement) { [self] in failure }
  }

  private var failure: SQLiteExportError {
    .failed(path: path, message: String(cString: sqlite3_errmsg(handle)))
  }

  private func isEmpty() throws(SQLiteExportError) -> Bool {
    var statement: OpaquePointer?
    defer { sqlite3_finalize(statement) }
    guard sqlite3_prepare_v2(handle, "SELECT count(*) FROM sqlite_schema", -1, &statement, nil) == SQLITE_OK
    else { throw failure }
    guard sqlite3_step(statement) == SQLITE_ROW else { throw failure }
    return sqlite3_column_int64(statement, 0) == 0
  }
}

/// A prepared INSERT; finalises itself.
private final class SQLiteInsert {
  private let statement: OpaquePointer
  private let failure: () -> SQLiteExportError

  init(statement: OpaquePointer, failure: @escaping () -> SQLiteExportError) {
    self.statement = statement
    self.failure = failure
  }

  deinit { sqlite3_finalize(statement) }

  func insert(_ values: [String?]) throws(SQLiteExportError) {
    // SQLITE_TRANSIENT, which the importer cannot see through: SQLite copies the text at once.
    let copies = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
    for (index, value) in values.enumerated() {
      let position = Int32(index + 1)
      if let value {
        sqlite3_bind_text(statement, position, value, Int32(clamping: value.utf8.count), copies)
      } else {
        sqlite3_bind_null(statement, position)
      }
    }
    guard sqlite3_step(statement) == SQLITE_DONE else { throw failure() }
    sqlite3_reset(statement)
  }
}
