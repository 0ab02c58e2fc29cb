import PrecisModel

/// Articles with a small record each, and an inverted index over their keys, as one run of bytes that never changes,
/// in memory or mapped from a file.
///
/// Written from front to back in one go, so the counts stand at the end. All numbers little-endian:
///
///     "PRECISPO" version:u32 0:u32
///     ids        articles × (high:u64 low:u32), ascending
///     offsets    articles × u32, of each record
///     postings   postings × (key:u32 slot:u32), ascending; the slot is the article's place in ids
///     records    as the caller made them
///     directory  (2^directoryBits + 1) × u32, where the postings of each key prefix begin
///     filter     filterWords × u64, of the keys (``PostingFilter``)
///     articles:u32 postings:u32 directoryBits:u32 filterWords:u32 recordBytes:u64
///     checksum   u64 of all before
final class PostingSegment {
  static let magic = Array("PRECISPO".utf8)
  static let version: UInt32 = 3
  static let headerLength = 16
  static let footerLength = 32

  let storage: SegmentBytes
  let count: Int
  let postings: Int
  private let directoryBits: Int
  private let offsets: Int
  private let pairs: Int
  private let records: Int
  private let recordBytes: Int
  private let directory: Int
  private let filter: Int
  private let filterWords: Int

  private static let ids = headerLength
  private var raw: UnsafeRawBufferPointer { storage.bytes }

  /// A segment over bytes; nil where they are of another version, too short or damaged.
  init?(_ storage: SegmentBytes, verifying: Bool) {
    let raw = storage.bytes
    guard raw.count >= Self.headerLength + Self.footerLength, raw.prefix(8).elementsEqual(Self.magic),
      LittleEndian.u32(raw, 8) == Self.version
    else { return nil }
    let footer = raw.count - Self.footerLength
    let count = Int(LittleEndian.u32(raw, footer))
    let postings = Int(LittleEndian.u32(raw, footer + 4))
    let directoryBits = Int(LittleEndian.u32(raw, footer + 8))
    let filterWords = Int(LittleEndian.u32(raw, footer + 12))
    let length = LittleEndian.u64(raw, footer + 16)
    guard directoryBits <= 24, filterWords > 0, filterWords % PostingFilter.blockWords == 0,
      length <= UInt64(raw.count)
    else {
      return nil
    }
    self.storage = storage
    self.count = count
    self.postings = postings
    self.directoryBits = directoryBits
    self.filterWords = filterWords
    recordBytes = Int(length)
    offsets = Self.ids + 12 * count
    pairs = offsets + 4 * count
    records = pairs + 8 * postings
    directory = records + recordBytes
    filter = directory + 4 * ((1 << directoryBits) + 1)
    guard filter + 8 * filterWords == footer else { return nil }
    if verifying {
      var sum = SegmentChecksum()
      var start = 0
      while start < raw.count - 8 {
        let end = min(start + Self.checkedAtOnce, raw.count - 8)
        sum.add(UnsafeRawBufferPointer(rebasing: raw[start..<end]))
        // What was only looked through need not stay in memory.
        storage.release()
        start = end
      }
      guard sum.value == LittleEndian.u64(raw, raw.count - 8) else { return nil }
    }
  }

  private static let checkedAtOnce = 4 << 20

  /// Gives the pages of everything but the filter back, which every question reads all over.
  func releaseEntries() { storage.release(upTo: filter) }

  /// The bits of a directory of so many postings: about eight of them under each prefix.
  static func directoryBits(postings: Int) -> Int {
    min(24, max(0, Int.bitWidth - 1 - max(postings, 1).leadingZeroBitCount - 3))
  }

  func key(_ slot: Int) -> ArticleID {
    ArticleID(
      prefix64: LittleEndian.u64(raw, Self.ids + 12 * slot),
      suffix32: LittleEndian.u32(raw, Self.ids + 12 * slot + 8))
  }

  /// The article at a slot that a look-up found.
  func foundKey(_ slot: Int) -> ArticleID {
    storage.withPiece(at: Self.ids + 12 * slot, count: 12) {
      ArticleID(prefix64: LittleEndian.u64($0, 0), suffix32: LittleEndian.u32($0, 8))
    }
  }

  /// Gives the record at a slot that a look-up found to `body`.
  func withFoundRecord<Value>(_ slot: Int, _ body: (UnsafeRawBufferPointer) -> Value) -> Value {
    let isLast = slot + 1 >= count
    let range = storage.withPiece(at: offsets + 4 * slot, count: isLast ? 4 : 8) {
      recordRange(LittleEndian.u32($0, 0), isLast ? nil : LittleEndian.u32($0, 4))
    }
    return storage.withPiece(at: range.lowerBound, count: range.count, body)
  }

  /// Where a record lies, by its offset and that of the next.
  private func recordRange(_ offset: UInt32, _ next: UInt32?) -> Range<Int> {
    let from = min(Int(offset), recordBytes)
    let to = next.map { min(Int($0), recordBytes) } ?? recordBytes
    return (records + from)..<(records + max(from, to))
  }

  /// The place of an article; nil where it is not here.
  func slot(of key: ArticleID) -> Int? {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if self.key(middle) < key { low = middle + 1 } else { high = middle }
    }
    return low < count && self.key(low) == key ? low : nil
  }

  func record(_ slot: Int) -> UnsafeRawBufferPointer {
    let next = slot + 1 < count ? LittleEndian.u32(raw, offsets + 4 * (slot + 1)) : nil
    return UnsafeRawBufferPointer(rebasing: raw[recordRange(LittleEndian.u32(raw, offsets + 4 * slot), next)])
  }

  func postingKey(_ at: Int) -> UInt32 { LittleEndian.u32(raw, pairs + 8 * at) }

  func postingSlot(_ at: Int) -> Int {
    min(Int(LittleEndian.u32(raw, pairs + 8 * at + 4)), max(count - 1, 0))
  }

  /// Gives the key of every posting to `body`, in ascending order; the pages that were read do not stay.
  func forEachPostingKey(_ body: (UInt32) -> Void) {
    for start in stride(from: 0, to: postings, by: Self.readAtOnce) {
      for at in start..<min(start + Self.readAtOnce, postings) { body(postingKey(at)) }
      releaseEntries()
    }
  }

  private static let readAtOnce = 1 << 17

  /// False where no article has the key, for all but a few keys.
  @inline(__always)
  func mayHave(_ key: UInt32) -> Bool {
    PostingFilter.mayHave(key, words: filterWords) { LittleEndian.u64(raw, filter + 8 * $0) }
  }

  /// The places of the postings of a retrieval key.
  func postings(of key: UInt32) -> Range<Int> {
    guard postings > 0, mayHave(key) else { return 0..<0 }
    let bucket = directoryBits == 0 ? 0 : Int(key >> (32 - UInt32(directoryBits)))
    let (start, end) = storage.withPiece(at: directory + 4 * bucket, count: 8) { bounds in
      (min(Int(LittleEndian.u32(bounds, 0)), postings), min(Int(LittleEndian.u32(bounds, 4)), postings))
    }
    guard start < end else { return 0..<0 }
    return storage.withPiece(at: pairs + 8 * start, count: 8 * (end - start)) { run in
      func held(_ at: Int) -> UInt32 { LittleEndian.u32(run, 8 * (at - start)) }
      let first = lowerBound(start, end) { held($0) < key }
      guard first < end, held(first) == key else { return first..<first }
      return first..<lowerBound(first, end) { held($0) <= key }
    }
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
