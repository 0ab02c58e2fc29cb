import CSQLite
import CSQLiteShims

/// One SQLite connection; statements are prepared once and finalised with it.
final class SQLiteDatabase {
  private let handle: OpaquePointer
  private var statements: [String: OpaquePointer] = [:]

  /// Opens a database file, creating it where it is to be written.
  init(_ path: String, writable: Bool) throws(StoreError) {
    var opened: OpaquePointer?
    let flags = writable ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READONLY
    let code = sqlite3_open_v2(path, &opened, flags | SQLITE_OPEN_NOMUTEX, nil)
    guard code == SQLITE_OK, let opened else {
      sqlite3_close_v2(opened)
      throw .search(reason: "cannot open \(path): \(String(cString: sqlite3_errstr(code)))")
    }
    handle = opened
    sqlite3_busy_timeout(handle, 2000)
  }

  deinit {
    for statement in statements.values { sqlite3_finalize(statement) }
    sqlite3_close_v2(handle)
  }

  /// Runs statements that give no rows.
  func execute(_ sql: String) throws(StoreError) {
    guard sqlite3_exec(handle, sql, nil, nil, nil) == SQLITE_OK else { throw failure() }
  }

  /// A value to bind.
  enum Value {
    case integer(Int64)
    case text(String)
  }

  /// Runs a statement, giving each row to `row` until it answers false.
  func run(_ sql: String, _ values: [Value] = [], row: (SQLiteRow) -> Bool = { _ in true }) throws(StoreError)
  {
    let statement = try prepare(sql)
    defer { sqlite3_reset(statement) }
    for (index, value) in values.enumerated() {
      let position = Int32(index + 1)
      switch value {
      case .integer(let number): sqlite3_bind_int64(statement, position, number)
      case .text(var text):
        // SQLite copies the bytes: SQLITE_TRANSIENT is the destructor -1.
        let copy = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
        text.withUTF8 { bytes in
          bytes.withMemoryRebound(to: CChar.self) {
            _ = sqlite3_bind_text(statement, position, $0.baseAddress, Int32($0.count), copy)
          }
        }
      }
    }
    while true {
      switch sqlite3_step(statement) {
      case SQLITE_ROW: if !row(SQLiteRow(statement: statement)) { return }
      case SQLITE_DONE: return
      default: throw failure()
      }
    }
  }

  /// The first column of the first row, as a number.
  func number(_ sql: String, _ values: [Value] = []) throws(StoreError) -> Int64? {
    var found: Int64?
    try run(sql, values) {
      found = $0.integer(0)
      return false
    }
    return found
  }

  private func prepare(_ sql: String) throws(StoreError) -> OpaquePointer {
    if let known = statements[sql] { return known }
    var statement: OpaquePointer?
    guard sqlite3_prepare_v2(handle, sql, -1, &statement, nil) == SQLITE_OK, let statement else {
      throw failure()
    }
    statements[sql] = statement
    return statement
  }

  /// Makes the function `relevance` known (``CSQLiteShims``).
  func addRelevance() throws(StoreError) {
    guard precis_add_relevance(handle) == SQLITE_OK else { throw failure() }
  }

  /// Rows that were changed since the database was opened.
  var changes: Int64 { sqlite3_total_changes64(handle) }

  /// Whether the last failure says that the file is damaged, or no database.
  var isDamaged: Bool {
    let code = sqlite3_errcode(handle) & 0xFF
    return code == SQLITE_CORRUPT || code == SQLITE_NOTADB
  }

  private func failure() -> StoreError { .search(reason: String(cString: sqlite3_errmsg(handle))) }
}

/// A row of a result, valid until the next.
struct SQLiteRow {
  fileprivate let statement: OpaquePointer

  func integer(_ column: Int32) -> Int64 { sqlite3_column_int64(statement, column) }
  func double(_ column: Int32) -> Double { sqlite3_column_double(statement, column) }
  func text(_ column: Int32) -> String {
    sqlite3_column_text(statement, column).map { String(cString: $0) } ?? ""
  }
}
