import PrecisModel

/// Articles with a small record each, and an inverted index over their keys, as one run of bytes that never changes,
/// in memory or mapped from a file.
///
/// All numbers little-endian:
///
///     "PRECISPO" version:u32 articles:u32 postings:u32 directoryBits:u32 recordBytes:u64
///     ids        articles × (high:u64 low:u32), ascending
///     offsets    articles × u32, of each record
///     directory  (2^directoryBits + 1) × u32, where the postings of each key prefix begin
///     keys       postings × u32, ascending
///     slots      postings × u32, ascending within a key: the article's place in ids
///     records    as the caller made them
///     checksum   u64 of all before
struct PostingSegment {
  static let magic = Array("PRECISPO".utf8)
  static let version: UInt32 = 1
  static let headerLength = 32

  let storage: SegmentBytes
  let count: Int
  let postings: Int
  let directoryBits: Int
  private let ids: Int
  private let offsets: Int
  private let directory: Int
  private let keys: Int
  private let slots: Int
  private let records: Int
  private let recordBytes: Int

  /// A segment over bytes; nil where they are of another version, too short or damaged.
  init?(_ storage: SegmentBytes, verifying: Bool) {
    let raw = storage.bytes
    guard raw.count >= Self.headerLength + 8, raw.prefix(8).elementsEqual(Self.magic),
      Self.u32(raw, 8) == Self.version
    else { return nil }
    self.storage = storage
    count = Int(Self.u32(raw, 12))
    postings = Int(Self.u32(raw, 16))
    directoryBits = Int(Self.u32(raw, 20))
    let length = Self.u64(raw, 24)
    guard directoryBits <= 24, length <= UInt64(raw.count) else { return nil }
    recordBytes = Int(length)
    ids = Self.headerLength
    offsets = ids + 12 * count
    directory = offsets + 4 * count
    keys = directory + 4 * ((1 << directoryBits) + 1)
    slots = keys + 4 * postings
    records = slots + 4 * postings
    guard records + recordBytes + 8 == raw.count else { return nil }
    if verifying {
      var sum = SegmentChecksum()
      sum.add(UnsafeRawBufferPointer(rebasing: raw[..<(raw.count - 8)]))
      guard sum.value == Self.u64(raw, raw.count - 8) else { return nil }
    }
  }

  private static func u32(_ raw: UnsafeRawBufferPointer, _ at: Int) -> UInt32 {
    UInt32(littleEndian: raw.loadUnaligned(fromByteOffset: at, as: UInt32.self))
  }

  private static func u64(_ raw: UnsafeRawBufferPointer, _ at: Int) -> UInt64 {
    UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: at, as: UInt64.self))
  }

  func key(_ slot: Int) -> ArticleKey {
    ArticleKey(
      high: Self.u64(storage.bytes, ids + 12 * slot), low: Self.u32(storage.bytes, ids + 12 * slot + 8))
  }

  /// The place of an article; nil where it is not here.
  func slot(of key: ArticleKey) -> Int? {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if self.key(middle) < key { low = middle + 1 } else { high = middle }
    }
    return low < count && self.key(low) == key ? low : nil
  }

  func record(_ slot: Int) -> UnsafeRawBufferPointer {
    let raw = storage.bytes
    let from = min(Int(Self.u32(raw, offsets + 4 * slot)), recordBytes)
    let to = slot + 1 < count ? min(Int(Self.u32(raw, offsets + 4 * (slot + 1))), recordBytes) : recordBytes
    return UnsafeRawBufferPointer(rebasing: raw[(records + from)..<(records + max(from, to))])
  }

  func postingKey(_ at: Int) -> UInt32 { Self.u32(storage.bytes, keys + 4 * at) }
  func postingSlot(_ at: Int) -> Int { min(Int(Self.u32(storage.bytes, slots + 4 * at)), max(count - 1, 0)) }

  /// The places of the postings of a retrieval key.
  func postings(of key: UInt32) -> Range<Int> {
    guard postings > 0 else { return 0..<0 }
    let bucket = directoryBits == 0 ? 0 : Int(key >> (32 - UInt32(directoryBits)))
    var low = min(Int(Self.u32(storage.bytes, directory + 4 * bucket)), postings)
    let end = min(Int(Self.u32(storage.bytes, directory + 4 * (bucket + 1))), postings)
    low = lowerBound(low, end) { postingKey($0) < key }
    return low..<lowerBound(low, end) { postingKey($0) <= key }
  }

  private func lowerBound(_ from: Int, _ end: Int, isBefore: (Int) -> Bool) -> Int {
    var low = from
    var high = end
    while low < high {
      let middle = (low + high) / 2
      if isBefore(middle) { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

/// A sum over 8-byte words, order-sensitive, fast enough to check a file at start.
struct SegmentChecksum {
  private var state: UInt64 = 0xCBF2_9CE4_8422_2325
  private var pending: [UInt8] = []

  /// The sum of all bytes so far, those short of a word included.
  var value: UInt64 {
    pending.reduce(state) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
  }

  mutating func add(_ raw: UnsafeRawBufferPointer) {
    var at = 0
    if !pending.isEmpty {
      while pending.count < 8, at < raw.count {
        pending.append(raw[at])
        at += 1
      }
      guard pending.count == 8 else { return }
      mix(pending.reversed().reduce(0) { $0 << 8 | UInt64($1) })
      pending.removeAll(keepingCapacity: true)
    }
    while at + 8 <= raw.count {
      mix(UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: at, as: UInt64.self)))
      at += 8
    }
    while at < raw.count {
      pending.append(raw[at])
      at += 1
    }
  }

  private mutating func mix(_ word: UInt64) {
    state = (state ^ word) &* 0x9FB2_1C65_1E98_DF25
    state ^= state >> 32
  }
}
