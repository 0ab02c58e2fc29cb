import CStoreShims
import Glibc

/// The system's own files.
public struct POSIXFileSystem: FileSystem {
  /// The system's own files.
  public init() {}

  /// `open(2)`, mode 0644.
  public func open(_ path: String, _ access: FileAccess) throws(FileFailure) -> Int32 {
    let flags =
      switch access {
      case .read: O_RDONLY
      case .write: O_RDWR | O_CREAT
      case .replace: O_RDWR | O_CREAT | O_TRUNC
      }
    while true {
      let descriptor = Glibc.open(path, flags | O_CLOEXEC | O_NOFOLLOW, 0o644)
      if descriptor >= 0 { return descriptor }
      if errno != EINTR { throw FileFailure(code: errno) }
    }
  }

  /// `close(2)`.
  public func close(_ descriptor: Int32) { _ = Glibc.close(descriptor) }

  /// `pwrite(2)`.
  public func write(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer, at offset: Int)
    throws(FileFailure) -> Int
  {
    let count = pwrite(descriptor, bytes.baseAddress, bytes.count, offset)
    if count < 0 { throw FileFailure(code: errno) }
    return count
  }

  /// `pwritev(2)`, of as many parts as it takes.
  public func write(_ descriptor: Int32, _ parts: ArraySlice<UnsafeRawBufferPointer>, at offset: Int)
    throws(FileFailure) -> Int
  {
    let vectors = parts.prefix(Self.partLimit).map {
      iovec(iov_base: UnsafeMutableRawPointer(mutating: $0.baseAddress), iov_len: $0.count)
    }
    let count = pwritev(descriptor, vectors, Int32(vectors.count), offset)
    if count < 0 { throw FileFailure(code: errno) }
    return count
  }

  /// IOV_MAX of Linux.
  private static let partLimit = 1024

  /// `pread(2)`.
  public func read(_ descriptor: Int32, _ bytes: UnsafeMutableRawBufferPointer, at offset: Int)
    throws(FileFailure) -> Int
  {
    let count = pread(descriptor, bytes.baseAddress, bytes.count, offset)
    if count < 0 { throw FileFailure(code: errno) }
    return count
  }

  /// `sync_file_range(2)`.
  public func startWriting(_ descriptor: Int32, at offset: Int, count: Int) {
    precis_start_writing(descriptor, Int64(offset), Int64(count))
  }

  /// `fallocate(2)` with `FALLOC_FL_KEEP_SIZE`.
  public func reserve(_ descriptor: Int32, at offset: Int, count: Int) {
    precis_reserve(descriptor, Int64(offset), Int64(count))
  }

  /// `fdatasync(2)`.
  public func synchroniseData(_ descriptor: Int32) throws(FileFailure) {
    if fdatasync(descriptor) != 0 { throw FileFailure(code: errno) }
  }

  /// `fsync(2)` of the directory.
  public func synchroniseDirectory(_ path: String) throws(FileFailure) {
    let descriptor = Glibc.open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    if descriptor < 0 { throw FileFailure(code: errno) }
    defer { _ = Glibc.close(descriptor) }
    if fsync(descriptor) != 0 { throw FileFailure(code: errno) }
  }

  /// `ftruncate(2)`.
  public func truncate(_ descriptor: Int32, to size: Int) throws(FileFailure) {
    while ftruncate(descriptor, size) != 0 {
      if errno != EINTR { throw FileFailure(code: errno) }
    }
  }

  /// `fstat(2)`.
  public func size(_ descriptor: Int32) throws(FileFailure) -> Int {
    var status = stat()
    if fstat(descriptor, &status) != 0 { throw FileFailure(code: errno) }
    return Int(status.st_size)
  }

  /// `rename(2)`.
  public func rename(_ from: String, to: String) throws(FileFailure) {
    if Glibc.rename(from, to) != 0 { throw FileFailure(code: errno) }
  }

  /// `unlink(2)`.
  public func unlink(_ path: String) throws(FileFailure) {
    if Glibc.unlink(path) != 0 { throw FileFailure(code: errno) }
  }

  /// `mkdir(2)`, mode 0755.
  public func makeDirectory(_ path: String) throws(FileFailure) {
    if mkdir(path, 0o755) != 0, errno != EEXIST { throw FileFailure(code: errno) }
  }

  /// `readdir(3)`.
  public func list(_ path: String) throws(FileFailure) -> [String] {
    guard let stream = opendir(path) else { throw FileFailure(code: errno) }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted()
  }

  /// `flock(2)`: the lock goes with the open file, so it ends with the process, however that ends.
  public func lock(_ descriptor: Int32) throws(FileFailure) -> Bool {
    while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
      if errno == EWOULDBLOCK { return false }
      if errno != EINTR { throw FileFailure(code: errno) }
    }
    return true
  }

  /// `flock(2)`.
  public func unlock(_ descriptor: Int32) { _ = flock(descriptor, LOCK_UN) }
}
