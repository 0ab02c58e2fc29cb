import PrecisModel

/// Writes several segments as one, section by section, without holding the whole.
struct SegmentWriter {
  /// Older ones first.
  private let sources: [PostingSegment]
  /// Per source and slot, the place in the new segment; -1 for what is gone. Within a source they ascend.
  private var places: [[Int32]]
  /// In id order.
  private var order: [(source: Int32, slot: Int32)] = []
  /// After so many bytes the pages of the sources that were read are given back.
  private static let pagesHeld = 1 << 20

  /// A writer of what the sources hold, older ones first: of an article that several hold, the newest record counts.
  init(_ sources: [PostingSegment], isKept: (ArticleID) -> Bool) {
    self.sources = sources
    places = sources.map { [Int32](repeating: -1, count: $0.count) }
    order.reserveCapacity(sources.reduce(0) { $0 + $1.count })
    var at = [Int](repeating: 0, count: sources.count)
    var heads = sources.map { $0.count > 0 ? $0.key(0) : nil }
    while true {
      // The newest of those with the least id.
      var least: (key: ArticleID, source: Int)?
      for index in heads.indices {
        guard let key = heads[index] else { continue }
        if least.map({ key <= $0.key }) ?? true { least = (key, index) }
      }
      guard let (key, source) = least else { return }
      if isKept(key) {
        places[source][at[source]] = Int32(order.count)
        order.append((Int32(source), Int32(at[source])))
      }
      for index in heads.indices where heads[index] == key {
        at[index] += 1
        heads[index] = at[index] < sources[index].count ? sources[index].key(at[index]) : nil
      }
    }
  }

  /// Hands the segment's bytes to `sink` in pieces.
  ///
  /// - Parameter scratch: a folder for what is gathered meanwhile.
  /// - Throws: what `sink` throws.
  func write<E: Error>(scratch: String?, to sink: @escaping (UnsafeRawBufferPointer) throws(E) -> Void)
    throws(E)
  {
    var written = 0
    let sources = sources
    let postings = sources.reduce(0) { $0 + $1.postings }
    var out = SegmentOutput<E>(postings: postings, scratch: scratch) { piece throws(E) in
      written += piece.count
      if written >= Self.pagesHeld {
        written = 0
        for source in sources { source.storage.release() }
      }
      try sink(piece)
    }
    try out.header()
    for place in order {
      let key = sources[Int(place.source)].key(Int(place.slot))
      try out.id(high: key.prefix64, low: key.suffix32)
    }
    var offset = 0
    for place in order {
      try out.offset(offset)
      offset += record(place).count
    }
    try writePostings(to: &out)
    for place in order { try out.record(record(place)) }
    try out.finish()
  }

  private func record(_ place: (source: Int32, slot: Int32)) -> UnsafeRawBufferPointer {
    sources[Int(place.source)].record(Int(place.slot))
  }

  /// The postings of all sources, by key, then by new place.
  private func writePostings<E: Error>(to out: inout SegmentOutput<E>) throws(E) {
    var at = [Int](repeating: 0, count: sources.count)
    var heads = sources.indices.map { next(in: $0, &at[$0]) }
    while true {
      var least = UInt64.max
      var source = -1
      for index in heads.indices where heads[index] < least {
        least = heads[index]
        source = index
      }
      guard source >= 0 else { return }
      try out.posting(least)
      heads[source] = next(in: source, &at[source])
    }
  }

  /// The next posting of a source that is kept, its key above its new place; the highest number at the end.
  @inline(__always)
  private func next(in index: Int, _ at: inout Int) -> UInt64 {
    let source = sources[index]
    while at < source.postings {
      let posting = at
      at += 1
      let place = places[index][source.postingSlot(posting)]
      if place >= 0 { return UInt64(source.postingKey(posting)) << 32 | UInt64(UInt32(place)) }
    }
    return .max
  }
}
