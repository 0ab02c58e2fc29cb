import Glibc

/// Bytes that do not change: owned, or mapped from a file. Freed with the last reference.
final class SegmentBytes {
  let bytes: UnsafeRawBufferPointer
  /// The number in the file's name; nil for bytes in memory.
  let file: Int?
  /// The open file, where pieces are read from it; else -1.
  private let descriptor: Int32

  /// A copy of an array.
  init(_ array: [UInt8]) {
    let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: array.count, alignment: 8)
    copy.copyBytes(from: array)
    bytes = UnsafeRawBufferPointer(copy)
    file = nil
    descriptor = -1
  }

  /// A file, mapped for reading; nil with `errno` where that fails.
  ///
  /// - Parameter isSparing: whether pieces are read rather than touched.
  init?(path: String, number: Int, isSparing: Bool) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { if !isSparing { close(descriptor) } }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_size > 0,
      let address = mmap(nil, Int(status.st_size), PROT_READ, MAP_SHARED, descriptor, 0),
      address != MAP_FAILED
    else {
      let code = errno
      if isSparing { close(descriptor) }
      errno = code
      return nil
    }
    // Look-ups go everywhere: reading ahead would only fill the memory.
    madvise(address, Int(status.st_size), MADV_RANDOM)
    bytes = UnsafeRawBufferPointer(start: address, count: Int(status.st_size))
    file = number
    self.descriptor = isSparing ? descriptor : -1
  }

  /// Gives a piece of the bytes to `body`; a small one is read from the file by those who are to be sparing of memory, for
  /// a page that is touched maps its neighbours too: a look-up here and there would bring in sixteen pages for eight bytes.
  @inline(__always)
  func withPiece<Value>(at offset: Int, count: Int, _ body: (UnsafeRawBufferPointer) -> Value) -> Value {
    guard descriptor >= 0, count <= Self.readLimit else {
      return body(UnsafeRawBufferPointer(rebasing: bytes[offset..<(offset + count)]))
    }
    return withUnsafeTemporaryAllocation(byteCount: Self.readLimit, alignment: 8) { room in
      guard pread(descriptor, room.baseAddress, count, off_t(offset)) == count else {
        return body(UnsafeRawBufferPointer(rebasing: bytes[offset..<(offset + count)]))
      }
      return body(UnsafeRawBufferPointer(rebasing: room[..<count]))
    }
  }

  private static let readLimit = 1024

  /// Gives mapped pages back to the page cache; they come again when they are read.
  ///
  /// - Parameter end: up to the page that has this byte, which stays.
  func release(upTo end: Int = .max) {
    guard file != nil, let base = bytes.baseAddress else { return }
    let length = end < bytes.count ? end & ~(Int(getpagesize()) - 1) : bytes.count
    madvise(UnsafeMutableRawPointer(mutating: base), length, MADV_DONTNEED)
  }

  deinit {
    guard let base = bytes.baseAddress else { return }
    // The pointer is ours alone: nothing hands it out beyond this object's life.
    if file != nil {
      munmap(UnsafeMutableRawPointer(mutating: base), bytes.count)
      if descriptor >= 0 { close(descriptor) }
    } else {
      base.deallocate()
    }
  }
}
