import Glibc

/// Bytes that grow and are cut at their end all the time: without the checks of an array, which cost more than that.
final class ByteBuffer {
  private var start: UnsafeMutablePointer<UInt8>
  private var capacity: Int
  private(set) var count = 0

  init(capacity: Int) {
    self.capacity = capacity
    start = .allocate(capacity: capacity)
  }

  deinit { start.deallocate() }

  subscript(index: Int) -> UInt8 {
    precondition(index >= 0 && index < count)
    return start[index]
  }

  /// The bytes of a range; valid until the next change.
  subscript(range: Range<Int>) -> UnsafeBufferPointer<UInt8> {
    precondition(range.lowerBound >= 0 && range.upperBound <= count)
    return UnsafeBufferPointer(start: start + range.lowerBound, count: range.count)
  }

  @inline(__always)
  func append(_ byte: UInt8) {
    if count == capacity { grow(by: 1) }
    start[count] = byte
    count += 1
  }

  @inline(__always)
  func append(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard let from = bytes.baseAddress else { return }
    if count + bytes.count > capacity { grow(by: bytes.count) }
    memcpy(start + count, from, bytes.count)
    count += bytes.count
  }

  func append(_ text: StaticString) { append(text.utf8) }

  /// Forgets all bytes from `end` on.
  @inline(__always)
  func cut(to end: Int) {
    if end < count { count = max(0, end) }
  }

  private func grow(by surplus: Int) {
    let grown = max(capacity * 2, count + surplus)
    let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: grown)
    memcpy(larger, start, count)
    start.deallocate()
    start = larger
    capacity = grown
  }
}

extension StaticString {
  /// Its UTF-8.
  var utf8: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: utf8Start, count: utf8CodeUnitCount) }
}
