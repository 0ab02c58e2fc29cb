/// Writes text into memory that is large enough: for the short parts of a line, of which thousands are made a second.
struct ByteCursor {
  private let bytes: UnsafeMutableRawBufferPointer
  private var count = 0

  /// A cursor at the beginning of `bytes`.
  init(_ bytes: UnsafeMutableRawBufferPointer) { self.bytes = bytes }

  /// What was written.
  var written: UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: bytes[..<count]) }

  /// Writes a literal.
  mutating func put(_ text: StaticString) {
    let source = UnsafeRawBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
    UnsafeMutableRawBufferPointer(rebasing: bytes[count...]).copyMemory(from: source)
    count += source.count
  }

  /// Writes `digits` lower-case hexadecimal digits.
  mutating func putHexadecimal(_ value: UInt64, digits: Int) {
    var rest = value
    for index in stride(from: count + digits - 1, through: count, by: -1) {
      let digit = UInt8(truncatingIfNeeded: rest & 15)
      bytes[index] = digit < 10 ? 0x30 + digit : 0x57 + digit
      rest >>= 4
    }
    count += digits
  }

  /// Writes a number from 0 on in decimal digits.
  mutating func putDecimal(_ value: Int64) {
    var length = 1
    var rest = value
    while rest >= 10 {
      rest /= 10
      length += 1
    }
    rest = value
    for index in stride(from: count + length - 1, through: count, by: -1) {
      bytes[index] = 0x30 + UInt8(truncatingIfNeeded: rest % 10)
      rest /= 10
    }
    count += length
  }
}
