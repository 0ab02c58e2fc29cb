/// A place in the entries: everything before it is indexed.
struct IndexPosition: Equatable {
  /// The last sequence number before it.
  var sequence: Int64 = 0
  /// The segment's number; 0 before the first.
  var segment: UInt64 = 0
  /// The offset in that segment.
  var offset: UInt64 = 0
}

/// The first page of index/keys; fields in native byte order, the file is derived and never leaves its machine.
struct IndexHeader {
  static let magic: UInt64 = 0x3453_5945_4B53_4950  // "PISKEYS4"
  static let size = 4096

  var magic: UInt64 = IndexHeader.magic
  /// Identifies the file itself: a copy has another inode and is not trusted.
  var inode: UInt64 = 0
  /// The run of the machine in which the file was last written: what was not flushed is there only in this one.
  var bootHigh: UInt64 = 0
  var bootLow: UInt64 = 0
  /// 1 after a close that flushed everything.
  var isClean: UInt64 = 0
  /// 1 when a larger file has taken this one's place.
  var isRetired: UInt64 = 0
  var recordCapacity: UInt64 = 0
  var bucketCount: UInt64 = 0
  var recordCount: UInt64 = 0
  /// Slots of the buckets that have a key.
  var keyCount: UInt64 = 0
  var removedCount: UInt64 = 0
  /// `recordCount` when the file was last flushed.
  var checkpointCount: UInt64 = 0
  /// What the index knows, as this run of the machine sees it.
  var watermark = IndexPosition()
  /// What the index knew when it was last flushed.
  var checkpoint = IndexPosition()
  /// What the keys of the buckets are mixed with.
  var seed: UInt64 = 0
}

/// Where an article's newest line lies, and what is asked of it most: 48 bytes.
struct IndexRecord: Equatable {
  var idHigh: UInt64 = 0
  var fingerprint: UInt64 = 0
  var sequence: Int64 = 0
  var idLow: UInt32 = 0
  var segment: UInt32 = 0
  var offset: UInt32 = 0
  var length: UInt32 = 0
  var titleHash: UInt32 = 0
  /// Bit 31: removed. Bit 30: kept. Bit 29: without a date of its own. The rest: the revision.
  var flags: UInt32 = 0

  static let removed: UInt32 = 1 << 31
  static let kept: UInt32 = 1 << 30
  static let undated: UInt32 = 1 << 29

  var isRemoved: Bool { flags & Self.removed != 0 }
  var isKept: Bool { flags & Self.kept != 0 }
  var isUndated: Bool { flags & Self.undated != 0 }
  var revision: Int { Int(flags & (Self.undated - 1)) }
  var location: LineLocation { LineLocation(segment: segment, offset: offset, length: length) }
}

/// A line's place: its segment, its offset there, its length without the line feed.
struct LineLocation: Equatable, Hashable, Sendable {
  var segment: UInt32
  var offset: UInt32
  var length: UInt32
}

/// Offsets of the columns in index/keys for a number of records and buckets.
///
/// Dates and feeds stand apart from the records, so that "the newest fifty of a feed" reads 12 bytes an article.
struct IndexLayout {
  let dates: Int
  let feeds: Int
  let records: Int
  let buckets: Int
  let size: Int

  init(records recordCapacity: Int, buckets bucketCount: Int) {
    dates = IndexHeader.size
    feeds = dates + (recordCapacity + 2) / 2 * 8
    records = feeds + (recordCapacity + 1) * 8
    let end = records + (recordCapacity + 1) * MemoryLayout<IndexRecord>.stride
    buckets = (end + KeyBuckets.stride - 1) / KeyBuckets.stride * KeyBuckets.stride
    size = (buckets + bucketCount * KeyBuckets.stride + 4095) / 4096 * 4096
  }
}

/// What the index knew at a moment, to be noted in it once that is on the disk.
struct IndexCheckpoint: Sendable {
  /// nil for an index that is in memory only, of which nothing is flushed.
  let memory: MappedMemory?
  let position: IndexPosition
  let count: UInt64

  /// Waits for the disk, on any thread; false where it refused.
  func flush() -> Bool { memory?.synchronise() ?? true }
}

/// Names one run of the machine, so that a power cut can be told from a killed process.
public struct BootIdentity: Sendable, Equatable {
  let high: UInt64
  let low: UInt64

  /// The identity of the run in which two numbers were drawn; for tests that simulate a power cut.
  public init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  /// This run, as `/proc/sys/kernel/random/boot_id` names it; all zeros (never trusted) where it cannot be read.
  public static let current: BootIdentity = {
    let directory = StoreDirectory(path: "/proc/sys/kernel/random", fileSystem: POSIXFileSystem())
    guard let file = try? directory.open("boot_id", .read), let text = try? file.read(count: 36, at: 0) else {
      return BootIdentity(high: 0, low: 0)
    }
    let digits = text.filter { $0 != 0x2D }
    return digits.withUnsafeBytes { bytes in
      BootIdentity(
        high: bytes.hexadecimal(at: 0, digits: 16) ?? 0, low: bytes.hexadecimal(at: 16, digits: 16) ?? 0)
    }
  }()

  var isKnown: Bool { high != 0 || low != 0 }
}
