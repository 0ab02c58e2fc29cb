import Glibc

/// Zeroed memory that is filled from front to back while a segment is written, and then read so once. What was filled is
/// left to a nameless file, so that a merge of very many articles holds little.
final class SegmentScratch {
  let base: UnsafeMutableRawPointer
  private let size: Int
  private let isFile: Bool
  /// Where the bytes begin that are still held.
  private var held = 0
  /// Bytes that are filled before they are given back; whole pages.
  private static let heldAtMost = 1 << 18

  /// So many bytes; few of them, and all where `directory` can have no file, are simply memory.
  init(size: Int, directory: String?) {
    self.size = size
    if size > 2 * Self.heldAtMost, let directory, let base = Self.mappedFile(size: size, in: directory) {
      self.base = base
      isFile = true
    } else {
      base = .allocate(byteCount: size, alignment: 8)
      base.initializeMemory(as: UInt8.self, repeating: 0, count: size)
      isFile = false
    }
  }

  deinit {
    if isFile { munmap(base, size) } else { base.deallocate() }
  }

  /// A file that is gone with its mapping, its blocks allocated so that no later store into it can lack them.
  private static func mappedFile(size: Int, in directory: String) -> UnsafeMutableRawPointer? {
    let path = directory + "/scratch"
    unlink(path)
    let descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    unlink(path)
    guard posix_fallocate(descriptor, 0, off_t(size)) == 0,
      let base = mmap(nil, size, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0), base != MAP_FAILED
    else { return nil }
    return base
  }

  /// Tells that everything before an offset has been filled, or read.
  @inline(__always)
  func pass(_ offset: Int) {
    guard isFile, offset - held > Self.heldAtMost else { return }
    let end = offset & ~(Self.heldAtMost - 1)
    madvise(base + held, end - held, MADV_DONTNEED)
    held = end
  }

  /// Begins to read what was filled.
  func rewind() {
    if isFile { madvise(base, size, MADV_DONTNEED) }
    held = 0
  }
}
