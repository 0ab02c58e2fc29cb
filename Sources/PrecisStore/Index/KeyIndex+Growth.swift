import Glibc

extension KeyIndex {
  /// A larger index with the same articles, which takes this one's place.
  ///
  /// A small one doubles; a large one grows by a quarter, so that little of it lies empty, and what was copied leaves the
  /// memory at once: the two are never in it together. It has room for so many new articles with so many keys at least.
  func grown(articles: Int = 0, keys: Int = 0) -> KeyIndex? {
    let held = count + staged
    let records = held + articles
    let slots = Int(header.pointee.keyCount) + keys + 2 * articles
    var recordCapacity = Int(header.pointee.recordCapacity)
    var bucketCount = buckets.count
    let areRecordsFull = held * 8 >= recordCapacity * 7 || records > recordCapacity
    if areRecordsFull {
      repeat { recordCapacity = Self.larger(recordCapacity) } while recordCapacity < records
    }
    if !areRecordsFull || !crowdedOut.isEmpty || Int(header.pointee.keyCount) * 8 >= buckets.limit * 7
      || slots > buckets.limit
    {
      repeat { bucketCount = Self.larger(bucketCount) } while KeyBuckets.limit(of: bucketCount) < slots
    }
    bucketCount = max(bucketCount, KeyBuckets.fewest(records: recordCapacity))
    // By the same seed the keys have the same order.
    let seed = header.pointee.seed
    guard let larger = Self.create(path, recordCapacity: recordCapacity, buckets: bucketCount, seed: seed)
    else { return nil }
    let (here, there) = (layout, larger.layout)
    larger.memory.take((held + 1) * 4, from: memory, at: here.dates, to: there.dates)
    larger.memory.take((held + 1) * 8, from: memory, at: here.feeds, to: there.feeds)
    larger.memory.take(
      (held + 1) * MemoryLayout<IndexRecord>.stride, from: memory, at: here.records, to: there.records)
    larger.header.pointee.recordCount = header.pointee.recordCount
    larger.header.pointee.removedCount = header.pointee.removedCount
    larger.header.pointee.watermark = header.pointee.watermark
    larger.staged = staged
    takeKeys(into: larger)
    for (key, ordinal) in crowdedOut { larger.take(key, ordinal) }
    let boot = BootIdentity(high: header.pointee.bootHigh, low: header.pointee.bootLow)
    if larger.path == nil, let path {
      // No room for the larger file: the index lives in memory, and the file on disk must not be taken for it.
      _ = unlink(path)
    } else {
      larger.finishGrowth(boot: boot)
    }
    retire()
    return larger
  }

  /// The size that follows a number of records or buckets.
  private static func larger(_ size: Int) -> Int { size < 1 << 16 ? size * 2 : size + size / 4 }

  /// What a smaller index let in needs no judgement.
  private func take(_ mixedKey: UInt64, _ ordinal: UInt32) {
    put(mixed: mixedKey, ordinal) { $0 == ordinal }
  }

  private func takeKeys(into larger: KeyIndex) {
    let stride = KeyBuckets.stride
    let step = MappedMemory.copiedAtOnce / stride
    var filled = 0
    for from in Swift.stride(from: 0, to: buckets.count, by: step) {
      let part = from..<min(from + step, buckets.count)
      buckets.forEach(in: part) { key, ordinal in if ordinal != 0 { larger.take(key, ordinal) } }
      // The last piece, or the only one, is worth no faults.
      guard part.count == step else { return }
      memory.release(layout.buckets + part.lowerBound * stride, part.count * stride)
      // The order there is the same, so it is filled up to about here.
      let reached = part.upperBound * larger.buckets.count / buckets.count
      larger.memory.release(larger.layout.buckets + filled * stride, (reached - filled) * stride)
      filled = reached
    }
  }

  /// Gives an index that grew its name. It is not flushed, which would hold up the append that made it grow: until
  /// the next checkpoint a power cut leaves nothing of it, and it is made anew from the entries.
  private func finishGrowth(boot: BootIdentity) {
    header.pointee.checkpoint = IndexPosition()
    header.pointee.checkpointCount = 0
    header.pointee.bootHigh = boot.high
    header.pointee.bootLow = boot.low
    publish()
  }
}
