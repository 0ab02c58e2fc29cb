import Glibc

/// The derived index of the articles: identity key, id or address to the newest line, in a memory-mapped file.
///
/// Columns by ordinal, and a hash table of the keys (``KeyBuckets``). Ordinals count from 1 in the order of first
/// insertion; an article keeps its ordinal.
final class KeyIndex {
  /// The most identity keys that an article may have.
  static let keysPerArticle = 16
  /// After so many new articles the pages of the columns are given back.
  private static let releaseInterval = 8192

  let path: String?
  let memory: MappedMemory
  let layout: IndexLayout
  let header: UnsafeMutablePointer<IndexHeader>
  private let dates: UnsafeMutablePointer<UInt32>
  private let feeds: UnsafeMutablePointer<UInt64>
  private let records: UnsafeMutablePointer<IndexRecord>
  let buckets: KeyBuckets
  /// Articles after the last that are entered but not there yet, for readers and for look-ups.
  var staged = 0
  /// Mixed keys for which there was no room where they belong: they come with a larger index.
  var crowdedOut: [(key: UInt64, ordinal: UInt32)] = []

  private init(
    _ memory: MappedMemory, path: String?, records recordCapacity: Int, buckets bucketCount: Int, seed: UInt64
  ) {
    self.memory = memory
    self.path = path
    layout = IndexLayout(records: recordCapacity, buckets: bucketCount)
    let base = memory.base
    header = base.assumingMemoryBound(to: IndexHeader.self)
    dates = (base + layout.dates).assumingMemoryBound(to: UInt32.self)
    feeds = (base + layout.feeds).assumingMemoryBound(to: UInt64.self)
    records = (base + layout.records).assumingMemoryBound(to: IndexRecord.self)
    buckets = KeyBuckets(
      base: base + layout.buckets, count: bucketCount, records: recordCapacity, seed: seed)
  }

  /// Articles, removed ones included.
  var count: Int { Int(header.pointee.recordCount) }
  /// Articles that are not removed.
  var liveCount: Int { count - Int(header.pointee.removedCount) }
  /// Whether a larger file has taken this one's place.
  var isRetired: Bool { header.pointee.isRetired != 0 }
  /// What is indexed.
  var watermark: IndexPosition {
    get { header.pointee.watermark }
    set { header.pointee.watermark = newValue }
  }

  /// The record of an ordinal from 1 to `count`.
  func record(_ ordinal: UInt32) -> IndexRecord { records[Int(ordinal)] }
  /// The feed of an ordinal.
  func feed(_ ordinal: UInt32) -> UInt64 { feeds[Int(ordinal)] }
  /// Gives every record to `body`, in the order of the ordinals; those that were read do not stay in memory.
  func forEachRecord(_ body: (IndexRecord) -> Void) {
    let stride = MemoryLayout<IndexRecord>.stride
    let step = MappedMemory.copiedAtOnce / stride
    for first in Swift.stride(from: 1, through: count, by: step) {
      let last = min(first + step - 1, count)
      for ordinal in first...last { body(records[ordinal]) }
      memory.release(layout.records + first * stride, (last + 1 - first) * stride)
    }
  }

  /// Gives the columns of the dates and feeds, by ordinal, to `body`.
  func withColumns(_ body: (UnsafePointer<UInt32>, UnsafePointer<UInt64>) -> Void) {
    body(UnsafePointer(dates), UnsafePointer(feeds))
  }

  /// The date of an ordinal, seconds since 1970; 0 for a removed article.
  func date(_ ordinal: UInt32) -> UInt32 { dates[Int(ordinal)] }

  /// What orders articles of one moment, the greatest first in a list: the later one synced comes first.
  ///
  /// But the entries of one document that have no date all have the moment of the sync, and documents have the newest
  /// first: of those the one that was taken in first.
  func order(_ ordinal: UInt32) -> Int64 {
    records[Int(ordinal)].isUndated ? -Int64(ordinal) : Int64(ordinal)
  }
}

// MARK: - Opening and creating

extension KeyIndex {
  /// Opens a file for reading, or for reading and writing; nil where there is none or it is not one of ours.
  static func open(_ path: String, writable: Bool) -> KeyIndex? {
    guard let (memory, inode) = MappedMemory.open(path, writable: writable, minimum: IndexHeader.size) else {
      return nil
    }
    let header = memory.base.load(as: IndexHeader.self)
    let recordCapacity = Int(clamping: header.recordCapacity)
    let buckets = Int(clamping: header.bucketCount)
    guard header.magic == IndexHeader.magic, header.inode == inode, 1...(1 << 30) ~= recordCapacity,
      KeyBuckets.fewest(records: recordCapacity)...(1 << 32) ~= buckets,
      header.recordCount <= header.recordCapacity,
      header.keyCount <= header.bucketCount * UInt64(KeyBuckets.slotsPerBucket),
      header.removedCount <= header.recordCount,
      memory.size == IndexLayout(records: recordCapacity, buckets: buckets).size
    else { return nil }
    return KeyIndex(memory, path: path, records: recordCapacity, buckets: buckets, seed: header.seed)
  }

  /// A new, empty index for at least `articles` articles; without a path, or without room on the disk, in memory.
  static func create(_ path: String?, articles: Int) -> KeyIndex? {
    let recordCapacity = max(1024, articles + articles / 8)
    // Most articles have eight keys or fewer.
    return create(
      path, recordCapacity: recordCapacity, buckets: recordCapacity * 5 / 4,
      seed: .random(in: .min ... .max))
  }

  static func create(_ path: String?, recordCapacity: Int, buckets: Int, seed: UInt64) -> KeyIndex? {
    let size = IndexLayout(records: recordCapacity, buckets: buckets).size
    let temporary = path.map { $0 + ".tmp" }
    var memory = temporary.flatMap { MappedMemory.create($0, size: size) }
    let isFile = memory != nil
    if memory == nil { memory = MappedMemory.anonymous(size: size) }
    guard let memory else { return nil }
    let index = KeyIndex(
      memory, path: isFile ? path : nil, records: recordCapacity, buckets: buckets, seed: seed)
    index.header.pointee = IndexHeader()
    index.header.pointee.recordCapacity = UInt64(recordCapacity)
    index.header.pointee.bucketCount = UInt64(buckets)
    index.header.pointee.seed = seed
    return index
  }

  /// Gives a new index file its name, once it holds what it should.
  func publish() {
    guard let path else { return }
    var status = stat()
    guard stat(path + ".tmp", &status) == 0 else { return }
    header.pointee.inode = UInt64(status.st_ino)
    _ = rename(path + ".tmp", path)
  }

  /// Flushes a new index and gives it its name.
  func finishCreation(boot: BootIdentity) {
    _ = checkpoint(boot: boot)
    publish()
  }

  /// Makes the index ready for writing in this run of the machine; gives the position from which the entries must
  /// be read again to make it true.
  ///
  /// After a power cut every page may be as old as the last flush, so counts go back to it. What came after is
  /// durable in the entries (a line counts as indexed only then) and gets the same ordinals when it is read again.
  func beginWriting(boot: BootIdentity) -> IndexPosition {
    let sameRun = boot.isKnown && header.pointee.bootHigh == boot.high && header.pointee.bootLow == boot.low
    if !sameRun && header.pointee.isClean == 0 { restoreCheckpoint() }
    if header.pointee.isClean != 0 {
      // The mark must be on the disk before any page that it vouches for changes; those are on the disk already.
      header.pointee.isClean = 0
      _ = memory.synchronise(first: IndexHeader.size)
    }
    header.pointee.bootHigh = boot.high
    header.pointee.bootLow = boot.low
    return header.pointee.watermark
  }

  /// Whether what the index says can be relied on up to its watermark, in this run of the machine.
  func isTrusted(boot: BootIdentity) -> Bool {
    let sameRun = boot.isKnown && header.pointee.bootHigh == boot.high && header.pointee.bootLow == boot.low
    return (sameRun || header.pointee.isClean != 0) && header.pointee.isRetired == 0
  }

  private func restoreCheckpoint() {
    header.pointee.watermark = header.pointee.checkpoint
    header.pointee.recordCount = header.pointee.checkpointCount
    header.pointee.keyCount = UInt64(buckets.forgetOrdinals(beyond: count))
    var removed: UInt64 = 0
    for ordinal in 0..<count where records[ordinal + 1].isRemoved { removed += 1 }
    header.pointee.removedCount = removed
  }

  /// Removes an index file that no longer fits the entries.
  static func discard(_ path: String) {
    open(path, writable: true)?.retire()
    _ = unlink(path)
  }

  /// Tells those who have the file mapped that it is no longer the index.
  func retire() { header.pointee.isRetired = 1 }

  /// What a checkpoint that begins now can vouch for.
  var checkpoint: IndexCheckpoint {
    IndexCheckpoint(
      memory: path == nil ? nil : memory, position: header.pointee.watermark,
      count: header.pointee.recordCount)
  }

  /// Notes that what a checkpoint vouches for is on the disk; an index that grew meanwhile waits for its next one.
  func finish(_ checkpoint: IndexCheckpoint, boot: BootIdentity) {
    guard checkpoint.memory === memory else { return }
    header.pointee.checkpoint = checkpoint.position
    header.pointee.checkpointCount = checkpoint.count
    header.pointee.bootHigh = boot.high
    header.pointee.bootLow = boot.low
  }

  /// Flushes; then the entries up to here need never be read again. False where the disk refused.
  func checkpoint(boot: BootIdentity) -> Bool {
    let checkpoint = checkpoint
    guard checkpoint.flush() else { return false }
    finish(checkpoint, boot: boot)
    return true
  }

  /// Flushes and marks the file as whole.
  func close(boot: BootIdentity) {
    guard path != nil, checkpoint(boot: boot) else { return }
    header.pointee.isClean = 1
    _ = memory.synchronise()
  }
}

// MARK: - Lookup

extension KeyIndex {
  /// The ordinal of the article with an identity key, or whose id begins so.
  func ordinal(key: UInt64) -> UInt32? {
    var found: UInt32?
    buckets.forEachOrdinal(of: key) { ordinal in
      guard ordinal & KeyBuckets.addressMark == 0, ordinal > 0, Int(ordinal) <= count else { return true }
      let isByID = records[Int(ordinal)].idHigh == key
      if isByID || found == nil { found = ordinal }
      return !isByID
    }
    return found
  }

  /// The ordinal of a line's article, staged ones included.
  private func ordinal(of head: EntryHead) -> UInt32? {
    var found: UInt32?
    buckets.forEachOrdinal(of: head.idHigh) { ordinal in
      guard ordinal & KeyBuckets.addressMark == 0, ordinal > 0, Int(ordinal) <= count + staged else {
        return true
      }
      let record = records[Int(ordinal)]
      if record.idHigh == head.idHigh, record.idLow == head.idLow { found = ordinal }
      return found == nil
    }
    return found
  }

  /// The ordinals of the articles whose address may have this key.
  func ordinals(urlKey: UInt64) -> [UInt32] {
    var found: [UInt32] = []
    buckets.forEachOrdinal(of: urlKey) { held in
      let ordinal = held & ~KeyBuckets.addressMark
      if held & KeyBuckets.addressMark != 0, Int(ordinal) <= count { found.append(ordinal) }
      return found.count < KeyBuckets.addressLimit
    }
    return found
  }
}

// MARK: - Insertion

extension KeyIndex {
  /// Takes in a line; does nothing where the index knows a newer line of the article.
  ///
  /// False where there is no room, or was for a part alone: the caller enters the line again in the ``grown()`` one.
  func insert(_ head: EntryHead, keys: [UInt64], at location: LineLocation) -> Bool {
    guard crowdedOut.isEmpty, Int(header.pointee.keyCount) + keys.count + 2 <= buckets.limit else {
      return false
    }
    if let known = ordinal(of: head) {
      let old = records[Int(known)]
      if head.sequence >= old.sequence {
        if old.isRemoved, !head.isRemoved { header.pointee.removedCount -= 1 }
        if !old.isRemoved, head.isRemoved { header.pointee.removedCount += 1 }
        write(head, at: location, ordinal: known)
      }
      enter(keys, of: head, ordinal: known)
    } else {
      guard header.pointee.recordCount < header.pointee.recordCapacity else { return false }
      let new = UInt32(header.pointee.recordCount) + 1
      enter(head, keys: keys, at: location, ordinal: new)
      header.pointee.recordCount = UInt64(new)
      if head.isRemoved { header.pointee.removedCount += 1 }
    }
    return crowdedOut.isEmpty
  }

  /// Enters a new article.
  private func enter(_ head: EntryHead, keys: [UInt64], at location: LineLocation, ordinal: UInt32) {
    write(head, at: location, ordinal: ordinal)
    // Another may have claimed what the id begins with.
    put(head.idHigh, ordinal) { $0 == ordinal }
    enter(keys, of: head, ordinal: ordinal)
  }

  private func enter(_ keys: [UInt64], of head: EntryHead, ordinal: UInt32) {
    // The first article to claim an identity keeps it.
    for key in keys.prefix(Self.keysPerArticle) {
      put(key, ordinal) { $0 & KeyBuckets.addressMark == 0 }
    }
    guard head.urlKey != 0 else { return }
    let marked = ordinal | KeyBuckets.addressMark
    var others = 0
    put(head.urlKey, marked) { held in
      others += 1
      return held == marked || others >= KeyBuckets.addressLimit
    }
  }

  /// Whether so many new articles with so many keys, addresses included, can be taken in.
  func hasRoom(articles: Int, keys: Int) -> Bool {
    count + articles <= Int(header.pointee.recordCapacity)
      && Int(header.pointee.keyCount) + keys + 2 * articles <= buckets.limit
  }

  /// Enters a line that is not durable yet, if it is the first of its article; false where it is not. There must be room.
  func stage(_ head: EntryHead, at location: LineLocation) -> Bool {
    guard !head.isRemoved, ordinal(of: head) == nil else { return false }
    staged += 1
    enter(head, keys: head.keys, at: location, ordinal: UInt32(count + staged))
    return true
  }

  /// Makes what was staged be there; gives how much that was.
  func publishStaged() -> Int {
    defer { staged = 0 }
    header.pointee.recordCount += UInt64(staged)
    if count / Self.releaseInterval > (count - staged) / Self.releaseInterval { releaseColumns() }
    return staged
  }

  /// Gives the pages of the columns back, of which few are asked for again.
  private func releaseColumns() {
    memory.release(layout.dates, (count + 1) * 4)
    memory.release(layout.feeds, (count + 1) * 8)
    memory.release(layout.records, (count + 1) * MemoryLayout<IndexRecord>.stride)
  }

  /// Forgets what was staged, the pages that it went through included.
  func unstage() {
    guard staged > 0 else { return }
    header.pointee.keyCount = UInt64(buckets.forgetOrdinals(beyond: count))
    staged = 0
    crowdedOut = []
  }

  /// Notes that a line has another offset in its segment.
  func move(_ ordinal: UInt32, to offset: Int) { records[Int(ordinal)].offset = UInt32(offset) }

  private func write(_ head: EntryHead, at location: LineLocation, ordinal: UInt32) {
    var record = IndexRecord()
    record.idHigh = head.idHigh
    record.idLow = head.idLow
    record.fingerprint = head.fingerprint
    record.sequence = head.sequence
    record.segment = location.segment
    record.offset = location.offset
    record.length = location.length
    record.titleHash = head.titleHash
    record.flags = UInt32(min(head.revision, Int(IndexRecord.undated - 1)))
    if head.isRemoved { record.flags |= IndexRecord.removed }
    if head.isKept { record.flags |= IndexRecord.kept }
    if head.isUndated { record.flags |= IndexRecord.undated }
    records[Int(ordinal)] = record
    dates[Int(ordinal)] = head.isRemoved ? 0 : head.date
    feeds[Int(ordinal)] = head.feed
  }

  private func put(_ key: UInt64, _ ordinal: UInt32, isTaken: (UInt32) -> Bool) {
    put(mixed: buckets.mixedKey(key), ordinal, isTaken: isTaken)
  }

  /// Enters a key of an index with the same seed.
  func put(mixed key: UInt64, _ ordinal: UInt32, isTaken: (UInt32) -> Bool) {
    switch buckets.insert(key, ordinal, isTaken: isTaken) {
    case .filled: header.pointee.keyCount += 1
    case .known: break
    case .crowded:
      // In a table that is nearly empty only a key that hundreds of articles share finds no room, nor would in a larger one.
      if Int(header.pointee.keyCount) * 16 > buckets.limit { crowdedOut.append((key, ordinal)) }
    }
  }
}
