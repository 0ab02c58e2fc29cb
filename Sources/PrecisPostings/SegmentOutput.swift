/// Writes a segment from front to back: gathers small writes, sums what went through, and makes the directory and the
/// filter while the postings pass.
struct SegmentOutput<E: Error>: ~Copyable {
  private let sink: (UnsafeRawBufferPointer) throws(E) -> Void
  private let buffer: UnsafeMutableRawBufferPointer
  private var used = 0
  private var sum = SegmentChecksum()
  private var articles = 0
  private var postings = 0
  private var recordBytes = 0
  private let directoryBits: Int
  private var directory: [UInt32]
  private var filter: PostingFilter
  private var lastKey: UInt32?
  private static var size: Int { 1 << 16 }

  /// An output that hands pieces to `sink`; of `postings` the most that will come.
  init(postings: Int, sink: @escaping (UnsafeRawBufferPointer) throws(E) -> Void) {
    self.sink = sink
    buffer = .allocate(byteCount: Self.size, alignment: 8)
    directoryBits = PostingSegment.directoryBits(postings: postings)
    directory = [UInt32](repeating: 0, count: (1 << directoryBits) + 1)
    filter = PostingFilter(words: PostingFilter.size(keys: postings))
  }

  deinit { buffer.deallocate() }

  mutating func header() throws(E) {
    for byte in PostingSegment.magic { try put(byte) }
    try put(PostingSegment.version)
    try put(UInt32(0))
  }

  mutating func id(high: UInt64, low: UInt32) throws(E) {
    try put(high)
    try put(low)
    articles += 1
  }

  mutating func offset(_ value: Int) throws(E) { try put(UInt32(truncatingIfNeeded: value)) }

  /// A key in the high half, the slot in the low half; ascending.
  @inline(__always)
  mutating func posting(_ pair: UInt64) throws(E) {
    let key = UInt32(truncatingIfNeeded: pair >> 32)
    try put(pair << 32 | pair >> 32)
    postings += 1
    directory[(directoryBits == 0 ? 0 : Int(key >> (32 - UInt32(directoryBits)))) + 1] += 1
    if key != lastKey { filter.insert(key) }
    lastKey = key
  }

  mutating func record(_ bytes: UnsafeRawBufferPointer) throws(E) {
    recordBytes += bytes.count
    try raw(bytes)
  }

  /// What follows the records.
  mutating func finish() throws(E) {
    var total: UInt32 = 0
    for count in directory {
      total += count
      try put(total)
    }
    for word in filter.words { try put(word) }
    try put(UInt32(articles))
    try put(UInt32(postings))
    try put(UInt32(directoryBits))
    try put(UInt32(filter.words.count))
    try put(UInt64(recordBytes))
    try flush()
    try put(sum.value)
    try flush()
  }

  @inline(__always)
  private mutating func put<Number: FixedWidthInteger>(_ value: Number) throws(E) {
    if used + MemoryLayout<Number>.size > Self.size { try flush() }
    buffer.storeBytes(of: value.littleEndian, toByteOffset: used, as: Number.self)
    used += MemoryLayout<Number>.size
  }

  private mutating func raw(_ bytes: UnsafeRawBufferPointer) throws(E) {
    var from = 0
    while from < bytes.count {
      if used == Self.size { try flush() }
      let part = min(bytes.count - from, Self.size - used)
      UnsafeMutableRawBufferPointer(rebasing: buffer[used..<(used + part)])
        .copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[from..<(from + part)]))
      used += part
      from += part
    }
  }

  private mutating func flush() throws(E) {
    let piece = UnsafeRawBufferPointer(rebasing: buffer[..<used])
    used = 0
    sum.add(piece)
    try sink(piece)
  }
}
