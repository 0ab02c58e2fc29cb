import Glibc

/// Converts a charset to UTF-8 by the C library, piece by piece; bytes it does not know become U+FFFD.
final class Iconv {
  private let handle: iconv_t
  private var carry: [UInt8] = []
  private var output = [UInt8](repeating: 0, count: 16_384)
  /// Whether a byte was met that the charset does not have.
  private(set) var foundInvalid = false

  /// A converter; nil where the C library does not know the charset.
  init?(charset: String) {
    guard let handle = iconv_open("UTF-8", charset), Int(bitPattern: handle) != -1 else { return nil }
    self.handle = handle
  }

  deinit { iconv_close(handle) }

  /// Hands on the UTF-8 form of the next bytes; a sequence that is not whole yet is held back.
  func convert(
    _ bytes: UnsafeBufferPointer<UInt8>, isLast: Bool, into sink: (UnsafeBufferPointer<UInt8>) -> Void
  ) {
    // iconv wants mutable bytes, though it does not write to them.
    var input = carry + bytes
    carry.removeAll(keepingCapacity: true)
    let total = input.count
    var used = 0
    input.withUnsafeMutableBytes { source in
      guard let base = source.bindMemory(to: CChar.self).baseAddress else { return }
      while used < total {
        var from: UnsafeMutablePointer<CChar>? = base + used
        var left = total - used
        let (result, code, written) = step(&from, &left)
        used = total - left
        output.withUnsafeBufferPointer { sink(UnsafeBufferPointer(rebasing: $0[..<written])) }
        if result != Int.max || code == E2BIG { continue }
        if code == EINVAL, !isLast { break }
        foundInvalid = true
        [0xEF, 0xBF, 0xBD].withUnsafeBufferPointer { sink($0) }
        used += 1
      }
    }
    if used < total { carry.append(contentsOf: input[used...]) }
  }

  /// One call of iconv: its result (`Int.max` for an error), errno, and the bytes written.
  private func step(
    _ from: inout UnsafeMutablePointer<CChar>?, _ left: inout Int
  ) -> (result: Int, code: Int32, written: Int) {
    let capacity = output.count
    return output.withUnsafeMutableBytes { target in
      var to = target.bindMemory(to: CChar.self).baseAddress
      var room = capacity
      let result = iconv(handle, &from, &left, &to, &room)
      let code = errno
      return (
        result == Int(bitPattern: UInt.max) || result == -1 ? Int.max : Int(result), code, capacity - room
      )
    }
  }
}
