/// The hash table of a ``KeyIndex``: keys to ordinals, five to a bucket, a bucket to a line of the processor's cache.
///
/// Open addressing with linear probing over the buckets, insert-only: keys are never moved or removed, so any mixture
/// of older and newer pages after a power cut is made whole by inserting again what came after the last flush. A bucket
/// fills from its first slot on; the first free slot ends a search. Home buckets rise with the mixed key, so that a
/// larger table is filled from front to back when a smaller one is read so.
struct KeyBuckets {
  static let slotsPerBucket = 5
  /// Bytes of a bucket: five keys, five ordinals, four bytes of nothing.
  static let stride = 64
  private static let ordinals = 8 * slotsPerBucket

  let base: UnsafeMutableRawPointer
  /// How many there are.
  let count: Int

  /// The most keys that are let in: beyond it searches become long.
  var limit: Int { Self.limit(of: count) }

  /// The most keys that so many buckets let in.
  static func limit(of count: Int) -> Int { count * slotsPerBucket / 20 * 17 }

  /// Gives the ordinals that a key has, in the order in which they came, to `body`, until it answers false.
  @inline(__always)
  func forEachOrdinal(of key: UInt64, _ body: (UInt32) -> Bool) {
    let wanted = Self.stored(key)
    var bucket = home(wanted)
    // Bounded, so that a damaged table cannot make a reader turn for ever.
    for _ in 0..<count {
      for slot in 0..<Self.slotsPerBucket {
        let key = self.key(bucket, slot)
        if key == 0 { return }
        if key == wanted, !body(ordinal(bucket, slot)) { return }
      }
      bucket = bucket + 1 == count ? 0 : bucket + 1
    }
  }

  /// Enters an ordinal under a key, unless `isTaken` says of one that the key has that no other may come or that it is
  /// there; true where a slot was filled for it. There must be room.
  func insert(_ key: UInt64, _ ordinal: UInt32, isTaken: (UInt32) -> Bool) -> Bool {
    let wanted = Self.stored(key)
    var bucket = home(wanted)
    while true {
      for slot in 0..<Self.slotsPerBucket {
        let key = self.key(bucket, slot)
        if key == 0 {
          set(bucket, slot, wanted, ordinal)
          return true
        }
        guard key == wanted else { continue }
        let held = self.ordinal(bucket, slot)
        // Its ordinal was lost in a power cut.
        if held == 0 {
          set(bucket, slot, wanted, ordinal)
          return false
        }
        if isTaken(held) { return false }
      }
      bucket = bucket + 1 == count ? 0 : bucket + 1
    }
  }

  /// Gives every key of some buckets with its ordinal to `body`.
  func forEach(in buckets: Range<Int>, _ body: (UInt64, UInt32) -> Void) {
    for bucket in buckets {
      for slot in 0..<Self.slotsPerBucket {
        let key = self.key(bucket, slot)
        if key == 0 { break }
        body(key, ordinal(bucket, slot))
      }
    }
  }

  /// Takes away the ordinals beyond `last`, whatever their marks; gives the number of slots that have a key.
  func forgetOrdinals(beyond last: Int, mark: UInt32) -> Int {
    var used = 0
    for bucket in 0..<count {
      for slot in 0..<Self.slotsPerBucket {
        let key = self.key(bucket, slot)
        if key == 0 { break }
        used += 1
        if Int(ordinal(bucket, slot) & ~mark) > last { set(bucket, slot, key, 0) }
      }
    }
    return used
  }

  /// MurmurHash3's finaliser: keys need not be evenly spread.
  static func mixed(_ key: UInt64) -> UInt64 {
    var mixed = key
    mixed = (mixed ^ mixed >> 33) &* 0xFF51_AFD7_ED55_8CCD
    mixed = (mixed ^ mixed >> 33) &* 0xC4CE_B9FE_1A85_EC53
    return mixed ^ mixed >> 33
  }

  private static func stored(_ key: UInt64) -> UInt64 { key == 0 ? 1 : key }

  private func home(_ key: UInt64) -> Int {
    Int(Self.mixed(key).multipliedFullWidth(by: UInt64(count)).high)
  }

  private func key(_ bucket: Int, _ slot: Int) -> UInt64 {
    base.load(fromByteOffset: bucket * Self.stride + 8 * slot, as: UInt64.self)
  }

  private func ordinal(_ bucket: Int, _ slot: Int) -> UInt32 {
    base.load(fromByteOffset: bucket * Self.stride + Self.ordinals + 4 * slot, as: UInt32.self)
  }

  private func set(_ bucket: Int, _ slot: Int, _ key: UInt64, _ ordinal: UInt32) {
    base.storeBytes(of: key, toByteOffset: bucket * Self.stride + 8 * slot, as: UInt64.self)
    base.storeBytes(
      of: ordinal, toByteOffset: bucket * Self.stride + Self.ordinals + 4 * slot, as: UInt32.self)
  }
}
