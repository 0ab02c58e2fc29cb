import PrecisJSON
import PrecisModel

/// One line of the change log.
public struct Change: Sendable, Equatable {
  /// Its sequence number.
  public let sequence: Int64
  /// What happened.
  public let kind: Kind

  /// What can happen to an article.
  public enum Kind: Sendable, Equatable {
    /// It was added, or changed (`revision` above 1), or got a sighting.
    case article(Article)
    /// It was removed.
    case removed(ArticleID)
  }
}

extension StoreReader {
  /// The changes after a sequence number, oldest first, at most `limit`; only those that are durable.
  ///
  /// Of an article that changed several times, compaction leaves the last change.
  public func changes(since sequence: Int64, limit: Int) throws(StoreError) -> [Change] {
    var changes: [Change] = []
    try forEachDurableLine(after: sequence) { (line, head) throws(StoreError) in
      if head.isRemoved {
        changes.append(Change(sequence: head.sequence, kind: .removed(head.id)))
      } else if let json = try? JSONParser.parse(Array(line)), let article = Article(json: json) {
        changes.append(Change(sequence: head.sequence, kind: .article(article)))
      }
      return changes.count < limit
    }
    return changes
  }

  /// Gives every article once, in its newest state, to `body`.
  ///
  /// A writer may go on meanwhile: a line that is superseded while this reads is passed over, and compaction may
  /// have dropped it. Then the newer one lies behind the end that was seen first, and is read at last.
  func forEachLine(_ body: (EntryHead, Article?) throws -> Void) throws {
    if view.isStale(files) { try refresh() }
    var given: Set<UInt64> = []
    var last: Int64 = 0
    for segment in view.segments {
      var scanner = LineScanner(try view.file(UInt32(segment.number)), from: 0, to: segment.bytes)
      while true {
        var found: (EntryHead, Article)?
        let step: Void? = try scanner.next { (_, line) throws(StoreError) in
          guard StoreLine.fault(line) == nil, let head = EntryHead(line) else {
            damagedLines += 1
            return
          }
          last = max(last, head.sequence)
          guard !head.isRemoved, view.place(id: head.id)?.sequence ?? head.sequence <= head.sequence,
            let json = try? JSONParser.parse(Array(line)), let article = Article(json: json)
          else { return }
          found = (head, article)
        }
        if let (head, article) = found, given.insert(head.idHigh).inserted { try body(head, article) }
        if step == nil { break }
      }
    }
    var late: [UInt64: (EntryHead, Article)] = [:]
    // As in a view: each to the end that it has when it is opened, and what is begun meanwhile, too.
    var numbers = [view.segments.last?.number ?? 0][...]
    while let number = numbers.popFirst() {
      if let (segment, file) = try ReaderView.segment(files, "entries", number) {
        try takeLate(segment, file, after: last, without: given, to: &late)
      }
      if numbers.isEmpty { numbers = try files.segments(in: "entries").filter { $0 > number }[...] }
    }
    for (head, article) in late.values.sorted(by: { $0.0.sequence < $1.0.sequence }) {
      try body(head, article)
    }
  }

  /// Takes the articles of a segment's lines after a sequence number that were not given yet, each in its newest state.
  private func takeLate(
    _ segment: Manifest.Segment, _ file: StoreFile, after last: Int64, without given: Set<UInt64>,
    to late: inout [UInt64: (EntryHead, Article)]
  ) throws(StoreError) {
    var scanner = LineScanner(file, from: 0, to: segment.bytes)
    while true {
      let step: Void? = try scanner.next { (_, line) throws(StoreError) in
        guard let number = StoreLine.sequence(line), number > last, StoreLine.fault(line) == nil,
          let head = EntryHead(line), !given.contains(head.idHigh)
        else { return }
        late[head.idHigh] = nil
        guard !head.isRemoved, let json = try? JSONParser.parse(Array(line)),
          let article = Article(json: json)
        else { return }
        late[head.idHigh] = (head, article)
      }
      if step == nil { return }
    }
  }

  /// Gives the durable lines after a sequence number to `body` until it answers false.
  ///
  /// Whoever goes on where it stopped does not read again what was before.
  func forEachDurableLine(
    after sequence: Int64, _ body: (UnsafeRawBufferPointer, EntryHead) throws(StoreError) -> Bool
  ) throws(StoreError) {
    let durable = DurableMark.read(files, boot: boot) ?? .max
    let manifest = (try? Manifest.read(files)) ?? nil
    let place = lastGiven.flatMap { $0.sequence == sequence && isThere($0) ? $0 : nil }
    for segment in try ReaderView.segments(files, "entries") {
      if let place, segment.number < place.segment { continue }
      if let listed = manifest?.entries.first(where: { $0.number == segment.number }),
        listed.bytes == segment.bytes, listed.lastSequence <= sequence
      {
        continue
      }
      let file = try files.open("entries/" + StoreDirectory.segmentName(segment.number), .read)
      let start = segment.number == place?.segment ? place?.end ?? 0 : 0
      guard start <= segment.bytes else { continue }
      var scanner = LineScanner(file, from: start, to: segment.bytes)
      while true {
        let goesOn: Bool? = try scanner.next { (offset, line) throws(StoreError) in
          guard let number = StoreLine.sequence(line), number > sequence else { return true }
          guard number <= durable else { return false }
          guard StoreLine.fault(line) == nil, let head = EntryHead(line) else { return true }
          lastGiven = GivenLine(segment: segment.number, offset: offset, length: line.count, sequence: number)
          return try body(line, head)
        }
        guard let goesOn else { break }
        if !goesOn { return }
      }
    }
  }

  /// Whether a line still is where it was: a compaction may have moved it.
  private func isThere(_ line: GivenLine) -> Bool {
    guard let file = try? files.open("entries/" + StoreDirectory.segmentName(line.segment), .read),
      let bytes = try? file.read(count: line.length + 1, at: line.offset), bytes.last == 0x0A
    else { return false }
    return bytes.withUnsafeBytes { StoreLine.sequence($0) == line.sequence }
  }
}

/// The line that a reader of the change log saw last.
struct GivenLine {
  let segment: Int
  let offset: Int
  let length: Int
  let sequence: Int64

  /// Where the next line begins.
  var end: Int { offset + length + 1 }
}
