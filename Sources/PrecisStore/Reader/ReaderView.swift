import Glibc
import PrecisModel

/// What a reader sees of the entries: the segments, the index as far as it goes, and what came after it.
final class ReaderView {
  /// The segments; their sizes are those of the files when the view was made.
  private(set) var segments: [Manifest.Segment] = []
  private let files: StoreDirectory
  private var index: KeyIndex?
  /// Lines after the index's watermark: few, unless the index is missing.
  private var tail = TailIndex()
  private(set) var lastSequence: Int64 = 0
  private var open: [UInt32: StoreFile] = [:]
  /// Files that are held open.
  private static let openLimit = 32

  /// Where an article's newest line is.
  struct Place {
    let id: (high: UInt64, low: UInt32)
    let location: LineLocation
    let sequence: Int64
    let date: UInt32
    let isRemoved: Bool
    let isKept: Bool
    let isUndated: Bool

    /// What orders articles of one moment, as ``KeyIndex/order(_:)`` does.
    var order: Int64 { isUndated ? -sequence : sequence }
  }

  init(_ files: StoreDirectory, boot: BootIdentity) throws(StoreError) {
    self.files = files
    do throws(StoreError) { _ = try Manifest.read(files) } catch {
      // A damaged manifest is the writer's to mend; the lines tell all that a reader needs.
      if case .damaged = error {} else { throw error }
    }
    // The index first: what is appended between the two is then read from the segments.
    var found = KeyIndex.open(files.path(IndexKeeper.name), writable: false)
    if found?.isTrusted(boot: boot) == false { found = nil }
    var position = found?.watermark ?? IndexPosition()
    var numbers = try files.segments(in: "entries")
    if numbers.isEmpty { try Self.checkIsStore(files, "entries") }
    if position.segment > 0, !numbers.contains(Int(clamping: position.segment)) {
      found = nil
      position = IndexPosition()
    }
    var segments: [Manifest.Segment] = []
    var at = 0
    // Ascending, and each to the end that it has when it is opened: what a compaction drops before is superseded by a line
    // that lies further on by then. So what is begun meanwhile is read, too.
    while at < numbers.count {
      let number = numbers[at]
      at += 1
      if let (segment, file) = try Self.segment(files, "entries", number) {
        if UInt64(number) == position.segment, UInt64(segment.bytes) < position.offset {
          // The index is of another file than this one: all lines are read.
          found = nil
          position = IndexPosition()
          segments = []
          at = 0
          continue
        }
        segments.append(segment)
        if UInt64(number) >= position.segment {
          try readTail(file, segment, from: UInt64(number) == position.segment ? Int(position.offset) : 0)
          if open.count < Self.openLimit { open[UInt32(number)] = file }
        }
      }
      if at == numbers.count { numbers += try files.segments(in: "entries").filter { $0 > number } }
    }
    self.segments = segments
    index = found
    lastSequence = max(lastSequence, position.sequence)
  }

  /// The segments of a log with the sizes of their files.
  static func segments(_ files: StoreDirectory, _ folder: String) throws(StoreError) -> [Manifest.Segment] {
    let numbers = try files.segments(in: folder)
    if numbers.isEmpty { try checkIsStore(files, folder) }
    var segments: [Manifest.Segment] = []
    for number in numbers {
      if let found = try segment(files, folder, number) { segments.append(found.segment) }
    }
    return segments
  }

  /// A segment with its size, and its file, opened; nil where a compaction has removed it.
  static func segment(
    _ files: StoreDirectory, _ folder: String, _ number: Int
  ) throws(StoreError) -> (segment: Manifest.Segment, file: StoreFile)? {
    do throws(StoreError) {
      let file = try files.open(folder + "/" + StoreDirectory.segmentName(number), .read)
      var segment = Manifest.Segment(number: number)
      segment.bytes = try file.size()
      return (segment, file)
    } catch {
      if case .io(_, _, ENOENT) = error { return nil }
      throw error
    }
  }

  private static func checkIsStore(_ files: StoreDirectory, _ folder: String) throws(StoreError) {
    if try !files.names(in: "").contains(where: { $0 == folder || $0 == Manifest.name }) {
      throw .notAStore(directory: files.path)
    }
  }

  /// Whether the writer has gone on: another index, or lines that this view does not hold.
  func isStale(_ files: StoreDirectory) -> Bool {
    guard let index else { return false }
    return index.isRetired || index.watermark.sequence > lastSequence
  }

  private func readTail(
    _ file: StoreFile, _ segment: Manifest.Segment, from start: Int
  ) throws(StoreError) {
    guard start < segment.bytes else { return }
    var scanner = LineScanner(file, from: start, to: segment.bytes)
    while true {
      let step: Void? = try scanner.next { (offset, line) throws(StoreError) in
        guard StoreLine.fault(line) == nil, let head = EntryHead(line) else { return }
        lastSequence = max(lastSequence, head.sequence)
        tail.add(
          head,
          at: LineLocation(
            segment: UInt32(segment.number), offset: UInt32(offset), length: UInt32(line.count)))
      }
      if step == nil { return }
    }
  }
}

// MARK: - Lookup

extension ReaderView {
  /// Articles that are not removed.
  var articleCount: Int {
    var count = index?.liveCount ?? 0
    for place in tail.places {
      let before = indexed(id: place.id)
      if !place.isRemoved, before == nil || before?.isRemoved == true { count += 1 }
      if place.isRemoved, let before, !before.isRemoved { count -= 1 }
    }
    return count
  }

  /// Where the newest line of an article is.
  func place(id: ArticleID) -> Place? {
    tail.place(high: id.prefix64, low: id.suffix32) ?? indexed(id: (id.prefix64, id.suffix32))
  }

  private func indexed(id: (high: UInt64, low: UInt32)) -> Place? {
    guard let index, let ordinal = index.ordinal(key: id.high) else { return nil }
    let record = index.record(ordinal)
    guard record.idHigh == id.high, record.idLow == id.low else { return nil }
    return place(ordinal, record)
  }

  /// Where the articles are whose address may have a key.
  func places(urlKey: UInt64) -> [Place] {
    var found = tail.places(urlKey: urlKey)
    guard let index else { return found }
    for ordinal in index.ordinals(urlKey: urlKey) {
      let record = index.record(ordinal)
      let place = tail.place(high: record.idHigh, low: record.idLow) ?? place(ordinal, record)
      if let place { found.append(place) }
    }
    return found
  }

  /// The newest articles of a filter's feed and dates, newest first; of two with one date the later one synced.
  func newest(_ count: Int, filter: ArticleFilter) -> [Place] {
    guard count > 0, let dates = filter.dates else { return [] }
    let feed = filter.feed?.number
    let newest = index?.newest(count, feed: feed, dates: dates) ?? []
    var places: [Place] = []
    for entry in newest {
      let ordinal = UInt32(entry.order.magnitude)
      guard let index, let place = place(ordinal, index.record(ordinal)),
        tail.place(high: place.id.high, low: place.id.low) == nil
      else { continue }
      places.append(place)
    }
    let fresh = tail.places.filter { !$0.isRemoved && dates.contains($0.date) }
      .filter { feed == nil || tail.feed(of: $0) == feed }
    guard !fresh.isEmpty else { return places }
    places += fresh
    places.sort { ($0.date, $0.order) > ($1.date, $1.order) }
    return Array(places.prefix(count))
  }

  /// The articles, removed ones left out, whose newest line has a greater sequence number; nil where they are more than
  /// `limit`. Looks at 48 bytes of each article.
  func places(after sequence: Int64, limit: Int) -> [Place]? {
    var found = tail.places.filter { !$0.isRemoved && $0.sequence > sequence }
    if let index, index.count > 0, index.watermark.sequence > sequence {
      for ordinal in 1...UInt32(index.count) {
        let record = index.record(ordinal)
        guard record.sequence > sequence, !record.isRemoved,
          tail.place(high: record.idHigh, low: record.idLow) == nil, let place = place(ordinal, record)
        else { continue }
        found.append(place)
        if found.count > limit { return nil }
      }
    }
    return found.count > limit ? nil : found
  }

  /// The ids of the articles that are not removed, in the order in which they came into the store, whose first 16 digits
  /// are in a range.
  func ids(_ range: ClosedRange<UInt64> = 0...(.max), limit: Int = .max) -> [(high: UInt64, low: UInt32)] {
    var ids: [(high: UInt64, low: UInt32)] = []
    if let index, index.count > 0 {
      for ordinal in 1...UInt32(index.count) where index.date(ordinal) != 0 {
        let record = index.record(ordinal)
        guard range.contains(record.idHigh) else { continue }
        if tail.place(high: record.idHigh, low: record.idLow) != nil { continue }
        ids.append((record.idHigh, record.idLow))
        if ids.count >= limit { return ids }
      }
    }
    let fresh = tail.places.filter { !$0.isRemoved && range.contains($0.id.high) }
    ids += fresh.sorted { $0.sequence < $1.sequence }.map(\.id)
    return Array(ids.prefix(limit))
  }

  /// The number of an article's feed.
  func feed(of place: Place) -> UInt64? {
    if let feed = tail.feed(of: place) { return feed }
    return index.flatMap { index in index.ordinal(key: place.id.high).map { index.feed($0) } }
  }

  /// Reads an article.
  func article(_ place: Place) throws(StoreError) -> Article {
    try StoredArticle.read(
      try line(place.location), id: ArticleID(prefix64: place.id.high, suffix32: place.id.low),
      place: place.location
    ).article
  }

  /// The bytes of a line.
  func line(_ location: LineLocation) throws(StoreError) -> [UInt8] {
    guard location.length <= UInt32(StoreLine.lengthLimit) else {
      throw .damaged(file: IndexKeeper.name, line: 0, reason: "it points at a line of impossible length")
    }
    return try file(location.segment).read(count: Int(location.length), at: Int(location.offset))
  }

  func file(_ segment: UInt32) throws(StoreError) -> StoreFile {
    if let file = open[segment] { return file }
    if open.count >= Self.openLimit { open.removeAll() }
    let file = try files.open("entries/" + StoreDirectory.segmentName(Int(segment)), .read)
    open[segment] = file
    return file
  }

  private func place(_ ordinal: UInt32, _ record: IndexRecord) -> Place? {
    guard let index else { return nil }
    return Place(
      id: (record.idHigh, record.idLow), location: record.location, sequence: record.sequence,
      date: index.date(ordinal), isRemoved: record.isRemoved, isKept: record.isKept,
      isUndated: record.isUndated)
  }
}
