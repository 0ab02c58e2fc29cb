import PrecisModel

/// Writes several segments as one, section by section, without holding the whole.
struct SegmentWriter {
  /// Older ones first.
  private let sources: [PostingSegment]
  /// Per source and slot, the place in the new segment; -1 for what is gone.
  private var places: [[Int32]]
  /// In id order.
  private var order: [(source: Int32, slot: Int32)] = []

  /// A writer of what the sources hold, older ones first: of an article that several hold, the newest record counts.
  init(_ sources: [PostingSegment], isKept: (ArticleKey) -> Bool) {
    self.sources = sources
    places = sources.map { [Int32](repeating: -1, count: $0.count) }
    var at = [Int](repeating: 0, count: sources.count)
    while true {
      // The newest of those with the least id.
      var least: (key: ArticleKey, source: Int)?
      for index in sources.indices where at[index] < sources[index].count {
        let key = sources[index].key(at[index])
        if least.map({ key <= $0.key }) ?? true { least = (key, index) }
      }
      guard let (key, source) = least else { return }
      if isKept(key) {
        places[source][at[source]] = Int32(order.count)
        order.append((Int32(source), Int32(at[source])))
      }
      for index in sources.indices
      where at[index] < sources[index].count && sources[index].key(at[index]) == key {
        at[index] += 1
      }
    }
  }

  /// The articles that it writes.
  var count: Int { order.count }

  /// Hands the segment's bytes to `sink` in pieces.
  ///
  /// - Throws: what `sink` throws.
  func write<E: Error>(to sink: @escaping (UnsafeRawBufferPointer) throws(E) -> Void) throws(E) {
    var out = PieceBuffer<E>(sink: sink)
    let kept = keptPostings()
    let bits = max(0, Int.bitWidth - 1 - max(kept, 1).leadingZeroBitCount - 3)
    let recordBytes = order.reduce(0) { $0 + record($1).count }
    try out.bytes(PostingSegment.magic)
    try out.u32(PostingSegment.version)
    try out.u32(UInt32(order.count))
    try out.u32(UInt32(kept))
    try out.u32(UInt32(bits))
    try out.u64(UInt64(recordBytes))
    for place in order {
      let key = sources[Int(place.source)].key(Int(place.slot))
      try out.u64(key.high)
      try out.u32(key.low)
    }
    var offset = 0
    for place in order {
      try out.u32(UInt32(truncatingIfNeeded: offset))
      offset += record(place).count
    }
    for start in directory(bits: bits) { try out.u32(start) }
    try forEachPosting { key, _ throws(E) in try out.u32(key) }
    try forEachPosting { _, slot throws(E) in try out.u32(slot) }
    for place in order { try out.raw(record(place)) }
    try out.finish()
  }

  private func record(_ place: (source: Int32, slot: Int32)) -> UnsafeRawBufferPointer {
    sources[Int(place.source)].record(Int(place.slot))
  }

  private func keptPostings() -> Int {
    var count = 0
    for (index, source) in sources.enumerated() {
      for at in 0..<source.postings where places[index][source.postingSlot(at)] >= 0 {
        count += 1
      }
    }
    return count
  }

  private func directory(bits: Int) -> [UInt32] {
    var starts = [UInt32](repeating: 0, count: (1 << bits) + 1)
    for (index, source) in sources.enumerated() {
      for at in 0..<source.postings where places[index][source.postingSlot(at)] >= 0 {
        let key = source.postingKey(at)
        starts[(bits == 0 ? 0 : Int(key >> (32 - UInt32(bits)))) + 1] += 1
      }
    }
    for at in 1..<starts.count { starts[at] += starts[at - 1] }
    return starts
  }

  /// The postings of all sources, by key, then by new place.
  private func forEachPosting<E: Error>(_ body: (UInt32, UInt32) throws(E) -> Void) throws(E) {
    var at = [Int](repeating: 0, count: sources.count)
    var slots: [UInt32] = []
    while true {
      var key: UInt32?
      for (index, source) in sources.enumerated() where at[index] < source.postings {
        let next = source.postingKey(at[index])
        if key.map({ next < $0 }) ?? true { key = next }
      }
      guard let key else { return }
      slots.removeAll(keepingCapacity: true)
      for (index, source) in sources.enumerated() {
        while at[index] < source.postings, source.postingKey(at[index]) == key {
          let place = places[index][source.postingSlot(at[index])]
          if place >= 0 { slots.append(UInt32(place)) }
          at[index] += 1
        }
      }
      slots.sort()
      for slot in slots { try body(key, slot) }
    }
  }
}

/// Gathers small writes, and sums what went through.
private struct PieceBuffer<E: Error> {
  private let sink: (UnsafeRawBufferPointer) throws(E) -> Void
  private var buffer: [UInt8] = []
  private var sum = SegmentChecksum()
  private static var size: Int { 1 << 16 }

  init(sink: @escaping (UnsafeRawBufferPointer) throws(E) -> Void) {
    self.sink = sink
    buffer.reserveCapacity(Self.size + 4096)
  }

  mutating func u32(_ value: UInt32) throws(E) {
    for shift in stride(from: UInt32(0), to: 32, by: 8) {
      buffer.append(UInt8(truncatingIfNeeded: value >> shift))
    }
    if buffer.count >= Self.size { try flush() }
  }

  mutating func u64(_ value: UInt64) throws(E) {
    try u32(UInt32(truncatingIfNeeded: value))
    try u32(UInt32(truncatingIfNeeded: value >> 32))
  }

  mutating func bytes(_ bytes: [UInt8]) throws(E) { buffer.append(contentsOf: bytes) }

  mutating func raw(_ bytes: UnsafeRawBufferPointer) throws(E) {
    buffer.append(contentsOf: bytes)
    if buffer.count >= Self.size { try flush() }
  }

  mutating func finish() throws(E) {
    try flush()
    let total = sum.value
    try u64(total)
    try flush()
  }

  private mutating func flush() throws(E) {
    buffer.withUnsafeBytes { sum.add($0) }
    // A typed throw cannot pass through withUnsafeBytes, so the outcome is carried out.
    let outcome: Result<Void, E> = buffer.withUnsafeBytes { raw in
      do throws(E) { return .success(try sink(raw)) } catch { return .failure(error) }
    }
    buffer.removeAll(keepingCapacity: true)
    try outcome.get()
  }
}
