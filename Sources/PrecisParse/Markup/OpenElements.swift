import Glibc

/// The names of the elements that are open, outermost first, in one block of bytes: each name, then its length.
struct OpenElements {
  private let bytes = ByteBuffer(capacity: 1024)
  private(set) var count = 0

  private static let lengthSize = MemoryLayout<UInt32>.size

  mutating func push(_ name: UnsafeBufferPointer<UInt8>) {
    bytes.append(name)
    // A tag has less than 4 GiB.
    withUnsafeBytes(of: UInt32(truncatingIfNeeded: name.count)) { length in
      length.withMemoryRebound(to: UInt8.self) { bytes.append($0) }
    }
    count += 1
  }

  mutating func pop() {
    guard count > 0 else { return }
    bytes.cut(to: innermost(before: bytes.count).lowerBound)
    count -= 1
  }

  /// Whether the innermost element has this name.
  func endsWith(_ name: UnsafeBufferPointer<UInt8>) -> Bool {
    guard count > 0, let start = name.baseAddress else { return false }
    let last = bytes[innermost(before: bytes.count)]
    return last.count == name.count && last.baseAddress.map { memcmp($0, start, name.count) == 0 } == true
  }

  /// How far from the innermost an element of this name is, ASCII case aside; nil: not open.
  func depth(of name: UnsafeBufferPointer<UInt8>) -> Int? {
    var end = bytes.count
    for depth in 0..<count {
      let range = innermost(before: end)
      if range.count == name.count, Self.isEqual(bytes[range], name) { return depth }
      end = range.lowerBound
    }
    return nil
  }

  /// Where the name lies whose length ends at `end`.
  private func innermost(before end: Int) -> Range<Int> {
    let length = UnsafeRawBufferPointer(bytes[(end - Self.lengthSize)..<end]).loadUnaligned(as: UInt32.self)
    let nameEnd = end - Self.lengthSize
    return (nameEnd - Int(length))..<nameEnd
  }

  private static func isEqual(_ a: UnsafeBufferPointer<UInt8>, _ b: UnsafeBufferPointer<UInt8>) -> Bool {
    for index in 0..<b.count where a[index].asciiLower != b[index].asciiLower { return false }
    return true
  }
}

extension UInt8 {
  /// The lower-case form of an ASCII letter; any other byte as it is.
  @inline(__always)
  var asciiLower: UInt8 { 0x41...0x5A ~= self ? self | 0x20 : self }
  /// Space, TAB, LF, CR.
  @inline(__always)
  var isXMLSpace: Bool { self == 0x20 || self == 0x0A || self == 0x09 || self == 0x0D }
}
