/// The names of the elements that are open, outermost first, in one block of bytes.
struct OpenElements {
  private var bytes: [UInt8] = []
  private var starts: [Int] = []

  var count: Int { starts.count }

  mutating func push(_ name: UnsafeBufferPointer<UInt8>) {
    starts.append(bytes.count)
    bytes.append(contentsOf: name)
  }

  mutating func pop() {
    guard let start = starts.popLast() else { return }
    bytes.removeLast(bytes.count - start)
  }

  /// The name of the element at a depth from the innermost, 0.
  func name(at depth: Int) -> ArraySlice<UInt8> {
    let index = starts.count - 1 - depth
    guard index >= 0 else { return [] }
    return bytes[starts[index]..<(index + 1 < starts.count ? starts[index + 1] : bytes.count)]
  }

  /// Whether the innermost element has this name.
  func endsWith(_ name: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let start = starts.last, bytes.count - start == name.count else { return false }
    return bytes.withUnsafeBufferPointer { all in
      for index in 0..<name.count where all[start + index] != name[index] { return false }
      return true
    }
  }

  /// How far from the innermost an element of this name is, ASCII case aside; nil: not open.
  func depth(of name: UnsafeBufferPointer<UInt8>) -> Int? {
    bytes.withUnsafeBufferPointer { all in
      var end = all.count
      for (depth, start) in starts.reversed().enumerated() {
        if end - start == name.count, Self.isEqual(all, start, name) { return depth }
        end = start
      }
      return nil
    }
  }

  private static func isEqual(
    _ all: UnsafeBufferPointer<UInt8>, _ start: Int, _ name: UnsafeBufferPointer<UInt8>
  ) -> Bool {
    for index in 0..<name.count where all[start + index].asciiLower != name[index].asciiLower { return false }
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
