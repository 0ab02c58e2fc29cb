/// The hash table of a ``KeyIndex``: keys to ordinals, eight entries to a bucket, a bucket to a line of the processor's
/// cache.
///
/// Open addressing with linear probing over the buckets, insert-only: entries are never moved or removed, so any mixture
/// of older and newer pages after a power cut is made whole by inserting again what came after the last flush. A bucket
/// fills from its first slot on; the first free slot ends a search. Home buckets rise with the mixed key, so that a
/// larger table is filled from front to back when a smaller one is read so.
///
/// An entry does not hold its key but what the place leaves open of it (a quotient filter's remainder, Cleary 1984), so
/// that eight bytes suffice:
///
///     used:1  address:1  ordinal:r  displacement:6  remainder:56-r
///
/// where *r* bits hold any ordinal. Mixed keys count to 54 bits, and of these nothing is lost: as long as there are at
/// least half as many buckets as ordinals, home and remainder give them back (``mixedKey(home:remainder:)``).
struct KeyBuckets {
  static let slotsPerBucket = 8
  /// Bytes of a bucket.
  static let stride = 64
  /// Marks the ordinal of an entry whose key is that of an address: not to be found as an identity.
  static let addressMark: UInt32 = 1 << 31
  /// Articles that are found by one address; without a bound an address that thousands share would fill their places.
  static let addressLimit = 64

  /// Buckets from its home on in which an entry may be. A key that needs more finds no room; as full as ``limit`` allows
  /// that comes only where several addresses of very many articles have their homes side by side.
  private static let reach = 1 << Int(displacementBits)
  private static let used: UInt64 = 1 << 63
  private static let address: UInt64 = 1 << 62
  private static let displacementBits: UInt64 = 6
  /// Bits of a mixed key that do not count.
  private static let ignoredBits: UInt64 = 10

  let base: UnsafeMutableRawPointer
  /// How many there are.
  let count: Int
  /// Drawn with the file, so that nobody can choose keys that crowd one place.
  private let seed: UInt64
  private let remainderBits: UInt64
  private let ordinalMask: UInt64

  /// Buckets for the ordinals up to `records`, at least half as many as these.
  init(base: UnsafeMutableRawPointer, count: Int, records: Int, seed: UInt64) {
    self.base = base
    self.count = count
    self.seed = seed
    let ordinalBits = UInt64(Int.bitWidth - records.leadingZeroBitCount)
    remainderBits = 62 - Self.displacementBits - ordinalBits
    ordinalMask = 1 << ordinalBits - 1
  }

  /// The fewest buckets for ordinals up to `records`.
  static func fewest(records: Int) -> Int { records / 2 + 1 }

  /// A key as it is entered: mixed with the table's seed, and cut.
  func mixedKey(_ key: UInt64) -> UInt64 {
    (Self.mixed(key ^ seed) >> Self.ignoredBits) << Self.ignoredBits
  }

  /// The most keys that are let in: beyond it searches become long.
  var limit: Int { Self.limit(of: count) }

  /// The most keys that so many buckets let in.
  static func limit(of count: Int) -> Int { count * slotsPerBucket / 20 * 17 }

  /// Gives the ordinals that a key has, in the order in which they came, to `body`, until it answers false.
  @inline(__always)
  func forEachOrdinal(of key: UInt64, _ body: (UInt32) -> Bool) {
    var place = place(of: mixedKey(key))
    repeat {
      for slot in 0..<Self.slotsPerBucket {
        let entry = entry(place.bucket, slot)
        if entry == 0 { return }
        if isOf(place, entry), !body(ordinal(entry)) { return }
      }
    } while advance(&place)
  }

  /// What became of an insertion.
  enum Insertion {
    /// A slot was filled.
    case filled
    /// The key was there, and no slot was needed.
    case known
    /// All slots that the key may have are taken: a larger table is needed.
    case crowded
  }

  /// Enters an ordinal under a mixed key, unless `isTaken` says of one that the key has that no other may come or that it
  /// is there.
  func insert(_ key: UInt64, _ ordinal: UInt32, isTaken: (UInt32) -> Bool) -> Insertion {
    var place = place(of: key)
    repeat {
      for slot in 0..<Self.slotsPerBucket {
        let entry = entry(place.bucket, slot)
        if entry == 0 {
          set(place.bucket, slot, newEntry(place, ordinal))
          return .filled
        }
        guard isOf(place, entry) else { continue }
        let held = self.ordinal(entry)
        // Its ordinal was lost in a power cut.
        if held == 0 {
          set(place.bucket, slot, newEntry(place, ordinal))
          return .known
        }
        if isTaken(held) { return .known }
      }
    } while advance(&place)
    return .crowded
  }

  /// Gives every key of some buckets, mixed, with its ordinal to `body`.
  func forEach(in buckets: Range<Int>, _ body: (_ mixed: UInt64, UInt32) -> Void) {
    for bucket in buckets {
      for slot in 0..<Self.slotsPerBucket {
        let entry = entry(bucket, slot)
        if entry == 0 { break }
        let displacement = Int(entry >> remainderBits & (1 << Self.displacementBits - 1))
        // What a damaged file says is no place.
        guard displacement < count else { continue }
        let home = bucket - displacement
        body(mixedKey(home: home < 0 ? home + count : home, remainder: remainder(entry)), ordinal(entry))
      }
    }
  }

  /// Takes away the ordinals beyond `last`, whatever their marks; gives the number of slots that have a key.
  func forgetOrdinals(beyond last: Int) -> Int {
    let ordinals = Self.address | ordinalMask << (remainderBits + Self.displacementBits)
    var filled = 0
    for bucket in 0..<count {
      for slot in 0..<Self.slotsPerBucket {
        let entry = entry(bucket, slot)
        if entry == 0 { break }
        filled += 1
        if Int(ordinal(entry) & ~Self.addressMark) > last { set(bucket, slot, entry & ~ordinals) }
      }
    }
    return filled
  }

  /// MurmurHash3's finaliser: keys need not be evenly spread.
  static func mixed(_ key: UInt64) -> UInt64 {
    var mixed = key
    mixed = (mixed ^ mixed >> 33) &* 0xFF51_AFD7_ED55_8CCD
    mixed = (mixed ^ mixed >> 33) &* 0xC4CE_B9FE_1A85_EC53
    return mixed ^ mixed >> 33
  }
}

extension KeyBuckets {
  /// Where a search is.
  private struct Place {
    var bucket: Int
    var displacement: UInt64
    let remainder: UInt64
  }

  /// The home of a mixed key: the table is its range, and the remainder tells where in the bucket it would be.
  private func place(of mixed: UInt64) -> Place {
    let (home, within) = mixed.multipliedFullWidth(by: UInt64(count))
    return Place(bucket: Int(home), displacement: 0, remainder: within >> (64 - remainderBits))
  }

  /// The one mixed key that has this home and this remainder.
  private func mixedKey(home: Int, remainder: UInt64) -> UInt64 {
    let (key, rest) = (UInt64(count) << Self.ignoredBits).dividingFullWidth(
      (UInt64(home), remainder << (64 - remainderBits)))
    return (rest > 0 ? key + 1 : key) << Self.ignoredBits
  }

  /// Goes on to the next bucket; false where the key cannot be further on. Bounded, so that a damaged table cannot make a
  /// reader turn for ever.
  @inline(__always)
  private func advance(_ place: inout Place) -> Bool {
    place.displacement += 1
    place.bucket = place.bucket + 1 == count ? 0 : place.bucket + 1
    return place.displacement < UInt64(min(Self.reach, count))
  }

  @inline(__always)
  private func isOf(_ place: Place, _ entry: UInt64) -> Bool {
    let wanted = place.displacement << remainderBits | place.remainder
    return entry & (1 << (remainderBits + Self.displacementBits) - 1) == wanted
  }

  private func newEntry(_ place: Place, _ ordinal: UInt32) -> UInt64 {
    let number = UInt64(ordinal & ~Self.addressMark) & ordinalMask
    return Self.used | (ordinal & Self.addressMark != 0 ? Self.address : 0)
      | number << (remainderBits + Self.displacementBits) | place.displacement << remainderBits
      | place.remainder
  }

  private func ordinal(_ entry: UInt64) -> UInt32 {
    UInt32(truncatingIfNeeded: entry >> (remainderBits + Self.displacementBits) & ordinalMask)
      | (entry & Self.address != 0 ? Self.addressMark : 0)
  }

  private func remainder(_ entry: UInt64) -> UInt64 { entry & (1 << remainderBits - 1) }

  private func entry(_ bucket: Int, _ slot: Int) -> UInt64 {
    base.load(fromByteOffset: bucket * Self.stride + 8 * slot, as: UInt64.self)
  }

  private func set(_ bucket: Int, _ slot: Int, _ entry: UInt64) {
    base.storeBytes(of: entry, toByteOffset: bucket * Self.stride + 8 * slot, as: UInt64.self)
  }
}
