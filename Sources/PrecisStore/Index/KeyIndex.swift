import Glibc

/// The derived index of the articles: identity key, id or address to the newest line, in a memory-mapped file.
///
/// An open-addressing hash table with linear probing, insert-only: keys are never moved or removed, so any mixture
/// of older and newer pages after a power cut is made whole by inserting again what came after the last flush.
/// Ordinals count from 1 in the order of first insertion; an article keeps its ordinal.
final class KeyIndex {
  /// The most identity keys that an article may have.
  static let keysPerArticle = 16
  /// Marks the ordinal of a slot whose key is that of an address: not to be found as an identity.
  private static let addressMark: UInt32 = 1 << 31

  let path: String?
  private let memory: MappedMemory
  private let layout: IndexLayout
  private let header: UnsafeMutablePointer<IndexHeader>
  private let dates: UnsafeMutablePointer<UInt32>
  private let feeds: UnsafeMutablePointer<UInt64>
  private let records: UnsafeMutablePointer<IndexRecord>
  private let slotKeys: UnsafeMutablePointer<UInt64>
  private let slotOrdinals: UnsafeMutablePointer<UInt32>
  private let mask: Int

  private init(_ memory: MappedMemory, path: String?, records recordCapacity: Int, slots: Int) {
    self.memory = memory
    self.path = path
    layout = IndexLayout(records: recordCapacity, slots: slots)
    let base = memory.base
    header = base.assumingMemoryBound(to: IndexHeader.self)
    dates = (base + layout.dates).assumingMemoryBound(to: UInt32.self)
    feeds = (base + layout.feeds).assumingMemoryBound(to: UInt64.self)
    records = (base + layout.records).assumingMemoryBound(to: IndexRecord.self)
    slotKeys = (base + layout.slotKeys).assumingMemoryBound(to: UInt64.self)
    slotOrdinals = (base + layout.slotOrdinals).assumingMemoryBound(to: UInt32.self)
    mask = slots - 1
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
    let slots = Int(clamping: header.slotCapacity)
    guard header.magic == IndexHeader.magic, header.inode == inode, 1...(1 << 30) ~= recordCapacity,
      1...(1 << 32) ~= slots, slots & (slots - 1) == 0, header.recordCount <= header.recordCapacity,
      header.slotCount < header.slotCapacity, header.removedCount <= header.recordCount,
      memory.size == IndexLayout(records: recordCapacity, slots: slots).size
    else { return nil }
    return KeyIndex(memory, path: path, records: recordCapacity, slots: slots)
  }

  /// A new, empty index for at least `articles` articles; without a path, or without room on the disk, in memory.
  static func create(_ path: String?, articles: Int) -> KeyIndex? {
    var recordCapacity = 1024
    while recordCapacity < articles { recordCapacity *= 2 }
    return create(path, recordCapacity: recordCapacity, slots: recordCapacity * 4)
  }

  private static func create(_ path: String?, recordCapacity: Int, slots: Int) -> KeyIndex? {
    let size = IndexLayout(records: recordCapacity, slots: slots).size
    let temporary = path.map { $0 + ".tmp" }
    var memory = temporary.flatMap { MappedMemory.create($0, size: size) }
    let isFile = memory != nil
    if memory == nil { memory = MappedMemory.anonymous(size: size) }
    guard let memory else { return nil }
    let index = KeyIndex(memory, path: isFile ? path : nil, records: recordCapacity, slots: slots)
    index.header.pointee = IndexHeader()
    index.header.pointee.recordCapacity = UInt64(recordCapacity)
    index.header.pointee.slotCapacity = UInt64(slots)
    return index
  }

  /// Gives a new index file its name, once it holds what it should.
  private func publish() {
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

  /// Gives an index that grew its name. It is not flushed, which would hold up the append that made it grow: until
  /// the next checkpoint a power cut leaves nothing of it, and it is made anew from the entries.
  private func finishGrowth(boot: BootIdentity) {
    header.pointee.checkpoint = IndexPosition()
    header.pointee.checkpointCount = 0
    header.pointee.bootHigh = boot.high
    header.pointee.bootLow = boot.low
    publish()
  }

  /// Makes the index ready for writing in this run of the machine; gives the position from which the entries must
  /// be read again to make it true.
  ///
  /// After a power cut every page may be as old as the last flush, so counts go back to it. What came after is
  /// durable in the entries (a line is indexed only then) and gets the same ordinals when it is read again.
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
    var used: UInt64 = 0
    for slot in 0...mask where slotKeys[slot] != 0 {
      used += 1
      if Int(slotOrdinals[slot] & ~Self.addressMark) > count { slotOrdinals[slot] = 0 }
    }
    header.pointee.slotCount = used
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
  /// The ordinal of the article with an identity key.
  func ordinal(key: UInt64) -> UInt32? {
    let wanted = Self.key(key)
    var slot = Self.slot(wanted, mask)
    // Bounded, so that a damaged table cannot make a reader turn for ever.
    for _ in 0...mask {
      let key = slotKeys[slot]
      if key == 0 { return nil }
      if key == wanted {
        let ordinal = slotOrdinals[slot]
        if ordinal & Self.addressMark == 0, ordinal > 0, Int(ordinal) <= count { return ordinal }
      }
      slot = (slot + 1) & mask
    }
    return nil
  }

  /// The ordinals of the articles whose address may have this key.
  func ordinals(urlKey: UInt64) -> [UInt32] {
    let wanted = Self.key(urlKey)
    var slot = Self.slot(wanted, mask)
    var found: [UInt32] = []
    for _ in 0...mask where found.count < 64 {
      let key = slotKeys[slot]
      if key == 0 { break }
      let ordinal = slotOrdinals[slot] & ~Self.addressMark
      if key == wanted, slotOrdinals[slot] & Self.addressMark != 0, Int(ordinal) <= count {
        found.append(ordinal)
      }
      slot = (slot + 1) & mask
    }
    return found
  }

  private static func key(_ key: UInt64) -> UInt64 { key == 0 ? 1 : key }

  /// Where a key's probing begins; mixed (MurmurHash3's finaliser), for keys need not be evenly spread.
  static func slot(_ key: UInt64, _ mask: Int) -> Int {
    var mixed = key
    mixed = (mixed ^ mixed >> 33) &* 0xFF51_AFD7_ED55_8CCD
    mixed = (mixed ^ mixed >> 33) &* 0xC4CE_B9FE_1A85_EC53
    return Int(truncatingIfNeeded: mixed ^ mixed >> 33) & mask
  }
}

// MARK: - Insertion

extension KeyIndex {
  /// Takes in a line; does nothing where the index knows a newer line of the article.
  ///
  /// False where there is no room: the caller goes on with ``grown()``.
  func insert(_ head: EntryHead, keys: [UInt64], at location: LineLocation) -> Bool {
    guard Int(header.pointee.slotCount) + keys.count + 2 <= (mask + 1) / 5 * 4 else { return false }
    var ordinal = self.ordinal(key: head.idHigh)
    if let known = ordinal {
      let old = records[Int(known)]
      guard old.idHigh == head.idHigh, old.idLow == head.idLow else { return true }
      if head.sequence >= old.sequence {
        if old.isRemoved, !head.isRemoved { header.pointee.removedCount -= 1 }
        if !old.isRemoved, head.isRemoved { header.pointee.removedCount += 1 }
        write(head, at: location, ordinal: known)
      }
    } else {
      guard header.pointee.recordCount < header.pointee.recordCapacity else { return false }
      let new = UInt32(header.pointee.recordCount) + 1
      write(head, at: location, ordinal: new)
      header.pointee.recordCount = UInt64(new)
      if head.isRemoved { header.pointee.removedCount += 1 }
      ordinal = new
      put(head.idHigh, new)
    }
    guard let ordinal else { return true }
    for key in keys.prefix(Self.keysPerArticle) { put(key, ordinal) }
    if head.urlKey != 0 { put(head.urlKey, ordinal | Self.addressMark) }
    return true
  }

  /// Notes that a line has another offset in its segment.
  func move(_ ordinal: UInt32, to offset: Int) { records[Int(ordinal)].offset = UInt32(offset) }

  /// An index twice as large with the same articles, which takes this one's place.
  func grown() -> KeyIndex? {
    let recordsFull = header.pointee.recordCount * 8 >= header.pointee.recordCapacity * 7
    let recordCapacity = Int(header.pointee.recordCapacity) * (recordsFull ? 2 : 1)
    let slots = (mask + 1) * 2
    guard let larger = Self.create(path, recordCapacity: recordCapacity, slots: slots) else { return nil }
    larger.dates.update(from: dates, count: count + 1)
    larger.feeds.update(from: feeds, count: count + 1)
    larger.records.update(from: records, count: count + 1)
    larger.header.pointee.recordCount = header.pointee.recordCount
    larger.header.pointee.removedCount = header.pointee.removedCount
    larger.header.pointee.watermark = header.pointee.watermark
    for slot in 0...mask where slotKeys[slot] != 0 && slotOrdinals[slot] != 0 {
      larger.put(slotKeys[slot], slotOrdinals[slot])
    }
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

  /// Enters a key: the first article to claim an identity keeps it; an address may have several.
  private func put(_ key: UInt64, _ ordinal: UInt32) {
    let wanted = Self.key(key)
    let isAddress = ordinal & Self.addressMark != 0
    var slot = Self.slot(wanted, mask)
    while slotKeys[slot] != 0 {
      if slotKeys[slot] == wanted {
        let held = slotOrdinals[slot]
        // A key whose ordinal was lost in a power cut.
        if held == 0 {
          slotOrdinals[slot] = ordinal
          return
        }
        let heldIsAddress = held & Self.addressMark != 0
        if held == ordinal || (!isAddress && !heldIsAddress) { return }
      }
      slot = (slot + 1) & mask
    }
    slotKeys[slot] = wanted
    slotOrdinals[slot] = ordinal
    header.pointee.slotCount += 1
  }
}
