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
  /// How many postings begin with each prefix, the first number left free.
  private let directory: SegmentScratch
  private let filter: SegmentScratch
  private let filterWords: Int
  private var lastKey: UInt32?
  private static var size: Int { 1 << 16 }

  private var counts: UnsafeMutablePointer<UInt32> { directory.base.assumingMemoryBound(to: UInt32.self) }
  private var words: UnsafeMutablePointer<UInt64> { filter.base.assumingMemoryBound(to: UInt64.self) }

  /// An output that hands pieces to `sink`; of `postings` the most that will come.
  ///
  /// - Parameter scratch: where large directories and filters are gathered; nil: in memory.
  init(postings: Int, scratch: String?, sink: @escaping (UnsafeRawBufferPointer) throws(E) -> Void) {
    self.sink = sink
    buffer = .allocate(byteCount: Self.size, alignment: 8)
    directoryBits = PostingSegment.directoryBits(postings: postings)
    directory = SegmentScratch(size: 4 * ((1 << directoryBits) + 1), directory: scratch)
    filterWords = PostingFilter.size(keys: postings)
    filter = SegmentScratch(size: 8 * filterWords, directory: scratch)
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
    let prefix = directoryBits == 0 ? 0 : Int(key >> (32 - UInt32(directoryBits)))
    counts[prefix + 1] += 1
    guard key != lastKey else { return }
    lastKey = key
    let block = PostingFilter.insert(key, into: words, count: filterWords)
    directory.pass(4 * prefix)
    filter.pass(8 * block)
  }

  mutating func record(_ bytes: UnsafeRawBufferPointer) throws(E) {
    recordBytes += bytes.count
    try raw(bytes)
  }

  /// What follows the records.
  mutating func finish() throws(E) {
    var total: UInt32 = 0
    directory.rewind()
    for at in 0...(1 << directoryBits) {
      total += counts[at]
      try put(total)
      directory.pass(4 * at)
    }
    filter.rewind()
    for at in 0..<filterWords {
      try put(words[at])
      filter.pass(8 * at)
    }
    try put(UInt32(articles))
    try put(UInt32(postings))
    try put(UInt32(directoryBits))
    try put(UInt32(filterWords))
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
