/// Reads the lines of a file in order, a mebibyte at a time; never past the last line feed.
struct LineScanner: ~Copyable {
  private let file: StoreFile
  private let end: Int
  private var buffer: UnsafeMutableRawBufferPointer
  private var filled = 0
  private var consumed = 0
  /// The file offset of `buffer[0]`.
  private var base: Int

  /// A scanner of the bytes from `start` (a line's beginning) to `end`.
  init(_ file: StoreFile, from start: Int, to end: Int) {
    self.file = file
    self.end = end
    base = start
    let size = max(4096, min(1 << 20, end - start))
    buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: size, alignment: 16)
  }

  deinit { buffer.deallocate() }

  /// The file offset just after the last line that was given.
  var offset: Int { base + consumed }

  /// Gives the next whole line without its line feed to `body`, with its offset; false where there is none.
  ///
  /// The bytes are valid only inside `body`.
  mutating func next<Value>(
    _ body: (_ offset: Int, _ line: UnsafeRawBufferPointer) throws(StoreError) -> Value
  ) throws(StoreError) -> Value? {
    var searched = consumed
    while true {
      let bytes = UnsafeRawBufferPointer(rebasing: buffer[0..<filled])
      if let newline = bytes.newline(from: searched) {
        let line = bytes.part(consumed..<newline)
        let offset = base + consumed
        consumed = newline + 1
        return try body(offset, line)
      }
      searched = filled - consumed
      guard try fill() else { return nil }
    }
  }

  /// Reads more behind what is not consumed yet; false at the end.
  private mutating func fill() throws(StoreError) -> Bool {
    let rest = filled - consumed
    if consumed > 0 {
      if rest > 0, let start = buffer.baseAddress {
        start.copyMemory(from: start + consumed, byteCount: rest)
      }
      base += consumed
      consumed = 0
      filled = rest
    }
    if filled == buffer.count {
      guard filled < StoreLine.lengthLimit else { return false }
      let larger = UnsafeMutableRawBufferPointer.allocate(byteCount: buffer.count * 2, alignment: 16)
      larger.copyMemory(from: UnsafeRawBufferPointer(rebasing: buffer[0..<filled]))
      buffer.deallocate()
      buffer = larger
    }
    let wanted = min(buffer.count - filled, end - base - filled)
    guard wanted > 0 else { return false }
    let count = try file.read(
      UnsafeMutableRawBufferPointer(rebasing: buffer[filled..<(filled + wanted)]), at: base + filled)
    filled += count
    return count > 0
  }
}
