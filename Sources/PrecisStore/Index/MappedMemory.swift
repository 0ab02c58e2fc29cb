import Glibc

/// Memory mapped from a file, or anonymous memory where there is none; unmapped when the last owner lets go.
///
/// Address and size never change, and flushing may be done on any thread; what is in the memory is its user's to guard.
final class MappedMemory: @unchecked Sendable {
  /// The first byte; valid as long as this object lives.
  let base: UnsafeMutableRawPointer
  /// Bytes.
  let size: Int
  /// Whether a file holds what the memory holds.
  private let isFile: Bool

  private init(base: UnsafeMutableRawPointer, size: Int, isFile: Bool) {
    self.base = base
    self.size = size
    self.isFile = isFile
  }

  deinit { munmap(base, size) }

  /// Anonymous memory, zeroed.
  static func anonymous(size: Int) -> MappedMemory? {
    map(-1, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS)
  }

  /// A new file of `size` zero bytes, its blocks allocated so that no later store into it can lack them.
  static func create(_ path: String, size: Int) -> MappedMemory? {
    let descriptor = Glibc.open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o644)
    guard descriptor >= 0 else { return nil }
    defer { _ = close(descriptor) }
    guard posix_fallocate(descriptor, 0, size) == 0,
      let memory = map(descriptor, size, PROT_READ | PROT_WRITE, MAP_SHARED)
    else {
      _ = unlink(path)
      return nil
    }
    return memory
  }

  /// An existing file as a whole; nil where it cannot be opened or is smaller than `minimum` bytes.
  static func open(_ path: String, writable: Bool, minimum: Int) -> (memory: MappedMemory, inode: UInt64)? {
    let descriptor = Glibc.open(path, (writable ? O_RDWR : O_RDONLY) | O_CLOEXEC | O_NOFOLLOW)
    guard descriptor >= 0 else { return nil }
    defer { _ = close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, Int(status.st_size) >= minimum,
      let memory = map(
        descriptor, Int(status.st_size), writable ? PROT_READ | PROT_WRITE : PROT_READ, MAP_SHARED)
    else { return nil }
    return (memory, UInt64(status.st_ino))
  }

  /// Waits until the file holds what the memory holds, or its first bytes; false where the system failed to write it.
  func synchronise(first bytes: Int? = nil) -> Bool { msync(base, bytes ?? size, MS_SYNC) == 0 }

  /// Bytes that ``take(_:from:at:to:)`` has in memory of either mapping.
  static let copiedAtOnce = 1 << 20

  /// Copies bytes from another mapping, and keeps no page of either in memory but those of the last piece.
  func take(_ bytes: Int, from other: MappedMemory, at source: Int, to target: Int) {
    for from in stride(from: 0, to: bytes, by: Self.copiedAtOnce) {
      let count = min(Self.copiedAtOnce, bytes - from)
      (base + target + from).copyMemory(from: other.base + source + from, byteCount: count)
      guard count == Self.copiedAtOnce else { return }
      other.release(source + from, count)
      release(target + from, count)
    }
  }

  /// Gives the pages of a range back to the page cache, which has what they hold; those that reach beyond it too. Without
  /// a file there is nothing to give them back to.
  func release(_ offset: Int, _ bytes: Int) {
    guard isFile, bytes > 0 else { return }
    let start = offset / 4096 * 4096
    _ = madvise(base + start, offset + bytes - start, MADV_DONTNEED)
  }

  private static func map(_ descriptor: Int32, _ size: Int, _ protection: Int32, _ flags: Int32)
    -> MappedMemory?
  {
    guard size > 0, let base = mmap(nil, size, protection, flags, descriptor, 0), base != MAP_FAILED else {
      return nil
    }
    return MappedMemory(base: base, size: size, isFile: descriptor >= 0)
  }
}
