import Glibc

/// Bytes that do not change: owned, or mapped from a file. Freed with the last reference.
final class SegmentBytes {
  let bytes: UnsafeRawBufferPointer
  /// Whether the bytes are the page cache's rather than our memory.
  let isMapped: Bool

  /// A copy of an array.
  init(_ array: [UInt8]) {
    let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: array.count, alignment: 8)
    copy.copyBytes(from: array)
    bytes = UnsafeRawBufferPointer(copy)
    isMapped = false
  }

  /// A file, mapped for reading; nil with `errno` where that fails.
  init?(path: String) {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return nil }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0, status.st_size > 0,
      let address = mmap(nil, Int(status.st_size), PROT_READ, MAP_PRIVATE, file, 0), address != MAP_FAILED
    else { return nil }
    bytes = UnsafeRawBufferPointer(start: address, count: Int(status.st_size))
    isMapped = true
  }

  /// Gives mapped pages back to the page cache; they come again when they are read.
  func release() {
    guard isMapped, let base = bytes.baseAddress else { return }
    madvise(UnsafeMutableRawPointer(mutating: base), bytes.count, MADV_DONTNEED)
  }

  deinit {
    guard let base = bytes.baseAddress else { return }
    // The pointer is ours alone: nothing hands it out beyond this object's life.
    if isMapped { munmap(UnsafeMutableRawPointer(mutating: base), bytes.count) } else { base.deallocate() }
  }
}
