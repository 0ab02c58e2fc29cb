import Glibc

/// Why the store could not do what was asked of it.
public enum StoreError: Error, Sendable, Equatable {
  /// Another process writes to this store; its process id, where the lock file tells it.
  case locked(directory: String, pid: Int32?)
  /// The directory holds no store.
  case notAStore(directory: String)
  /// The store was written in a format that this version does not know.
  case wrongVersion(directory: String, found: Int, known: Int)
  /// A system call failed.
  case io(operation: String, path: String, errno: Int32)
  /// The disk is full (ENOSPC, EDQUOT or EFBIG): what was buffered was rolled back.
  case full(path: String, errno: Int32)
  /// A line or file is not what was written; `line` counts from 1, 0 where it is not known.
  case damaged(file: String, line: Int, reason: String)
  /// An article, state or file that is larger than the store takes, in bytes.
  case tooLarge(bytes: Int, limit: Int)
  /// An earlier flush failed: what it covered may be lost, so this writer does nothing more until reopened.
  case poisoned(reason: String)
  /// The derived search index could not be used.
  case search(reason: String)

  /// The error of a failed system call.
  static func failed(_ operation: String, _ path: String, _ code: Int32) -> StoreError {
    switch code {
    case ENOSPC, EDQUOT, EFBIG: return .full(path: path, errno: code)
    default: return .io(operation: operation, path: path, errno: code)
    }
  }
}

extension StoreError: CustomStringConvertible {
  /// What happened, where, and what to do.
  public var description: String {
    switch self {
    case .locked(let directory, let pid):
      let holder = pid.map { "process \($0)" } ?? "another process"
      return "the store \(directory) is being written by \(holder); stop it, or sync through it"
    case .notAStore(let directory):
      return "\(directory) holds no store (there is no manifest.json and no entries/)"
    case .wrongVersion(let directory, let found, let known) where found < known:
      return "the store \(directory) has format \(found), from before the first release, which is not read;"
        + " make a new store and subscribe again, nothing was changed"
    case .wrongVersion(let directory, let found, let known):
      return "the store \(directory) has format \(found), this version reads up to \(known);"
        + " upgrade precis, nothing was changed"
    case .io(let operation, let path, let errno):
      return "\(operation) \(path): \(Self.words(errno))"
    case .full(let path, let errno):
      return
        "no room to write \(path): \(Self.words(errno)); nothing half was kept, free space and sync again"
    case .damaged(let file, let line, let reason):
      let place = line > 0 ? "\(file) line \(line)" : file
      return "\(place) is damaged: \(reason); run precis verify --repair"
    case .tooLarge(let bytes, let limit):
      return "\(bytes) bytes are more than the store takes (\(limit))"
    case .poisoned(let reason):
      return "the store takes no more writes until it is reopened: \(reason)"
    case .search(let reason):
      return "the search index failed: \(reason); it is derived, delete index/search.sqlite"
    }
  }

  private static func words(_ code: Int32) -> String {
    "\(String(cString: strerror(code))) (errno \(code))"
  }
}
