/// Why a system call failed: the value of `errno`.
public struct FileFailure: Error, Sendable, Equatable {
  /// The value of `errno`.
  public let code: Int32

  /// A failure with this `errno`.
  public init(code: Int32) { self.code = code }
}

/// How a file is opened.
public enum FileAccess: Sendable {
  /// An existing file, for reading.
  case read
  /// A file for reading and writing, created if absent.
  case write
  /// A file for reading and writing, created empty, or emptied if it exists.
  case replace
}

/// The system calls on which the store's durability rests, so that a test can fail, cut or lose each of them.
///
/// The calls mean what POSIX says. The writer makes them one at a time, but for a checkpoint and a commit beside its
/// appends; readers call from any thread.
public protocol FileSystem: Sendable {
  /// Opens a file and gives its descriptor, close-on-exec.
  func open(_ path: String, _ access: FileAccess) throws(FileFailure) -> Int32
  /// Closes a descriptor.
  func close(_ descriptor: Int32)
  /// Writes at an offset; gives the bytes written, perhaps fewer than asked. `pwrite(2)`.
  func write(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer, at offset: Int) throws(FileFailure) -> Int
  /// Writes parts, one after the other, at an offset; gives the bytes written, perhaps fewer than asked. `pwritev(2)`.
  func write(_ descriptor: Int32, _ parts: ArraySlice<UnsafeRawBufferPointer>, at offset: Int)
    throws(FileFailure) -> Int
  /// Reads at an offset; gives the bytes read, 0 at the end. `pread(2)`.
  func read(_ descriptor: Int32, _ bytes: UnsafeMutableRawBufferPointer, at offset: Int)
    throws(FileFailure) -> Int
  /// Lets the disk begin to write what was written, without waiting for it; a hint, whose failure means nothing.
  /// `sync_file_range(2)`.
  func startWriting(_ descriptor: Int32, at offset: Int, count: Int)
  /// Sets space aside for what will be written behind the end, which stays where it is; a hint, whose failure means nothing.
  /// `fallocate(2)`.
  func reserve(_ descriptor: Int32, at offset: Int, count: Int)
  /// Makes a file's bytes durable. `fdatasync(2)`.
  func synchroniseData(_ descriptor: Int32) throws(FileFailure)
  /// Makes a directory's entries durable. `fsync(2)` of the directory.
  func synchroniseDirectory(_ path: String) throws(FileFailure)
  /// Cuts or grows a file. `ftruncate(2)`.
  func truncate(_ descriptor: Int32, to size: Int) throws(FileFailure)
  /// The size of a file in bytes.
  func size(_ descriptor: Int32) throws(FileFailure) -> Int
  /// Renames, replacing what has the new name. `rename(2)`.
  func rename(_ from: String, to: String) throws(FileFailure)
  /// Removes a file's name. `unlink(2)`.
  func unlink(_ path: String) throws(FileFailure)
  /// Makes a directory; one that exists is no failure. `mkdir(2)`.
  func makeDirectory(_ path: String) throws(FileFailure)
  /// The names in a directory, sorted, without `.` and `..`.
  func list(_ path: String) throws(FileFailure) -> [String]
  /// Takes the exclusive lock of a file for the life of the descriptor; false where another holds it. `flock(2)`.
  func lock(_ descriptor: Int32) throws(FileFailure) -> Bool
  /// Lets the lock go, also where a process that was just forked has the descriptor still. `flock(2)`.
  func unlock(_ descriptor: Int32)
}

extension FileSystem {
  /// Writes the first part.
  public func write(_ descriptor: Int32, _ parts: ArraySlice<UnsafeRawBufferPointer>, at offset: Int)
    throws(FileFailure) -> Int
  {
    guard let first = parts.first else { return 0 }
    return try write(descriptor, first, at: offset)
  }

  /// Does nothing: the lock goes when the descriptor is closed.
  public func unlock(_ descriptor: Int32) {}

  /// Does nothing.
  public func startWriting(_ descriptor: Int32, at offset: Int, count: Int) {}

  /// Does nothing.
  public func reserve(_ descriptor: Int32, at offset: Int, count: Int) {}
}
